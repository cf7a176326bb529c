"""Numbers that names share, kept in leaves: what is found is what a plain count finds."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from regesta.shelf.reading import Shelf
from regesta.shelf.spelling import Spellings, sharing

PAIRS = st.lists(st.tuples(st.integers(0, 40) | st.integers(0, 1 << 62), st.integers(1, 900)), max_size=900)


@given(st.lists(PAIRS, max_size=3), st.lists(st.integers(0, 40), max_size=12), st.integers(1, 30))
def test_those_who_share_most_are_found_as_by_counting(
    parts: list[list[tuple[int, int]]], keys: list[int], limit: int
) -> None:
    # each part has places of its own, as each batch of names has
    parts = [[(key, place * 3 + n) for key, place in part] for n, part in enumerate(parts)]
    with closing(sqlite3.connect(":memory:")) as made:
        made.row_factory = sqlite3.Row
        spellings = Spellings(made)
        for part in parts:
            spellings.keep(np.array([k for k, _ in part], np.int64), np.array([p for _, p in part], np.int64))
        found = sharing(_Open(made), keys, limit)
    wanted = Counter(keys)
    counted: Counter[int] = Counter()
    for key, place in {pair for part in parts for pair in part}:
        counted[place] += wanted[key]
    plain = sorted((p for p, n in counted.items() if n), key=lambda place: (-counted[place], place))[:limit]
    assert found == plain


class _Open(Shelf):
    """A shelf that is still in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._made = connection

    def rows(self, sql: str, parameters: object = ()) -> list[sqlite3.Row]:
        return self._made.execute(sql, parameters).fetchall()  # type: ignore[arg-type]
