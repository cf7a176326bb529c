"""Which names share a number: pairs of a number and a place, sorted and kept in leaves of a few hundred.

    numbers, places ── Spellings.keep ──► leaves (first number, numbers, places) ── sharing ──► places, those that share most first

A name of three words has thirty numbers, so a chronicle of many people has millions of pairs. As rows they would cost more than all
else that is kept of names; a leaf is one row, and a number stands in one leaf of each part alone. Nothing here knows a name.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from regesta.shelf.reading import Shelf

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Spellings", "sharing"]

_LEAF = 256
"""Pairs of a leaf, and more where they are of one number."""


class Spellings:
    """The pairs of a shelf that is being made."""

    def __init__(self, shelf: sqlite3.Connection) -> None:
        self._shelf = shelf
        self._parts = 0
        shelf.execute(
            "create table name_keys (part integer, first integer, keys blob, places blob, primary key (part, first))"
        )

    def keep(self, keys: NDArray[np.int64], places: NDArray[np.int64]) -> None:
        """Keep pairs as one part more: with each number those that share it, each once."""
        import numpy as np

        if not len(keys):
            return
        order = np.lexsort((places, keys))
        keys, places = keys[order], places[order]
        is_new = np.ones(len(keys), bool)
        is_new[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
        keys, places = keys[is_new], places[is_new].astype(np.int32)
        starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        edges = starts[np.r_[True, starts[1:] // _LEAF != starts[:-1] // _LEAF]]
        self._shelf.executemany(
            "insert into name_keys values (?, ?, ?, ?)",
            (
                (self._parts, int(keys[start]), keys[start:end].tobytes(), places[start:end].tobytes())
                for start, end in zip(edges.tolist(), [*edges[1:].tolist(), len(keys)], strict=True)
            ),
        )
        self._parts += 1


def sharing(shelf: Shelf, keys: Iterable[int], limit: int) -> list[int]:
    """Return the places of at most so many that share one of these numbers, those that share most first, then by place."""
    import numpy as np

    counted = Counter(keys)
    rows = shelf.rows(_LEAVES, [json.dumps(list(counted))])
    if not rows:
        return []
    found = np.concatenate([np.frombuffer(row["keys"], np.int64) for row in rows])
    places = np.concatenate([np.frombuffer(row["places"], np.int32) for row in rows])
    wanted = np.array(sorted(counted), np.int64)
    weights = np.array([counted[int(key)] for key in wanted])
    at = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
    is_wanted = wanted[at] == found
    distinct, which = np.unique(places[is_wanted], return_inverse=True)
    shared = np.bincount(which, weights[at[is_wanted]], len(distinct))
    order: list[int] = distinct[np.lexsort((distinct, -shared))][:limit].tolist()
    return order


_LEAVES = """
select keys, places from name_keys where rowid in (
    select (select n.rowid from name_keys n where n.part = p.part and n.first <= w.value order by n.first desc limit 1)
    from json_each(?) w cross join (select distinct part from name_keys) p)
"""
