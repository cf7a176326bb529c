"""Searching a shelf: which rows have the words, in what order, and how many of what; names in any spelling.

    Wanted ──► names: shared keys, then compared (regesta.names) ──► people, best first, each with the reason
           ──► FTS5, an index a kind ──► rows; few are put in order of relevance, many stay in that of the shelf

Counting stops at `COUNTED`, so that a word that stands everywhere costs no more than one that stands there so often. Nothing
here reads the rows that are found or shows anything.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regesta.shelf.indexing import INDEXED, mark, slips, squeezed
from regesta.shelf.reading import Shelf
from regesta.shelf.wanted import Wanted

__all__ = ["COUNTED", "Found", "Likeness", "likenesses", "search", "tally"]

COUNTED = 1000
"""Results that are counted, put in order of relevance and sorted into facets; what is more is "more than" that."""
_LIKE = 0.5
_SLIP = 0.6
"""How likely a name is meant that is one letter apart, where nothing else speaks for it: our own estimate."""
_CANDIDATES = 400
_LONGEST_NAME = 80
_FACETS: dict[str, dict[str, str]] = {
    "entities": {
        "kind": "select e.kind from sought s join entities e on e.id = s.entity where s.place = w.rowid"
    },
    "claims": {
        "predicate": "select c.predicate from claims c where c.rowid = w.rowid",
        "source": "select c.source from claims c where c.rowid = w.rowid",
        "year": "select substr(c.earliest, 1, 4) from claims c where c.rowid = w.rowid",
    },
    "passages": {"source": "select b.source from blocks b where b.rowid = w.rowid"},
    "citations": {"source": "select r.source from citations r where r.rowid = w.rowid"},
    "findings": {
        "finding": "select f.kind from findings f where f.rowid = w.rowid",
        "severity": "select f.severity from findings f where f.rowid = w.rowid",
    },
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A person or a group whose name a query may spell."""

    entity: str
    label: str
    spelled: str
    """The label or the alias that is likest."""
    probability: float
    reason: str
    place: int
    """Its rowid in `sought`: those of whom most is said come first."""


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one kind that have the words."""

    rows: tuple[int, ...]
    """rowids of the table: `sought`, `claims`, `blocks`, `citations`, `findings`."""
    n: int
    """How many there are, at most `COUNTED` + 1."""

    @property
    def is_many(self) -> bool:
        """There are more than were counted."""
        return self.n > COUNTED


def search(
    shelf: Shelf,
    kind: str,
    wanted: Wanted,
    *,
    narrowed: Mapping[str, str] | None = None,
    or_names: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Return the rows of one kind of `INDEXED` that have the words, and are of what they are narrowed to.

    `narrowed` has values of facets, such as `{"predicate": "arrival"}`; a facet that the kind has not finds nothing.
    """
    if not wanted or kind not in INDEXED:
        return Found((), 0)
    match = _match(kind, wanted, narrowed or {}, or_names)
    if match is None:
        return Found((), 0)
    index = f"words_of_{kind}"
    counted = f"select count(*) from (select 1 from {index} where {index} match ? limit ?)"  # noqa: S608 - of `INDEXED`
    n = shelf.value(counted, [match, COUNTED + 1])
    order = "rank, rowid" if n <= COUNTED and kind != "entities" else "rowid"
    rows = shelf.rows(
        f"select rowid from {index} where {index} match ? order by {order} limit ? offset ?",  # noqa: S608 - the same
        [match, limit, offset],
    )
    return Found(tuple(row[0] for row in rows), n)


def tally(
    shelf: Shelf,
    kind: str,
    wanted: Wanted,
    *,
    narrowed: Mapping[str, str] | None = None,
    or_names: Sequence[str] = (),
) -> dict[str, dict[str, int]]:
    """Return for each facet of a kind how many of the first `COUNTED` results have each value, most first."""
    found: dict[str, dict[str, int]] = {}
    if not wanted or kind not in INDEXED:
        return found
    index = f"words_of_{kind}"
    for facet, value in _FACETS[kind].items():
        others = {name: chosen for name, chosen in (narrowed or {}).items() if name != facet}
        match = _match(kind, wanted, others, or_names)
        if match is None:
            continue
        found[facet] = shelf.pairs(
            f"select ({value}) as value, count(*) as n from (select rowid from {index} where {index} match ? limit ?) w "  # noqa: S608
            "group by value having value is not null order by n desc, value limit 200",
            [match, COUNTED],
        )
    return found


def likenesses(shelf: Shelf, name: str, *, least: float = _LIKE, limit: int = 20) -> tuple[Likeness, ...]:
    """Return the people and groups of whom a name may be a spelling, likest first.

    Names are found by keys that spellings share, in other scripts and with a slip too, and then compared with
    `regesta.names`. What is longer than a name finds nobody.
    """
    name = " ".join(name.replace("\x00", " ").split())
    if not name or len(name) > _LONGEST_NAME:
        return ()
    import numpy as np

    from regesta.names.comparing import NameTable, compare

    turned = {squeezed(words) for words in _turns(name)}
    keys = [*NameTable([name]).keys()[1].tolist(), *(key for letters in turned for key in slips(letters))]
    rows = shelf.rows(
        "select s.place, e.id, e.label, e.aliases from ("
        "select k.place, count(*) as n from json_each(?) w cross join name_keys k on k.key = w.value "
        "group by k.place order by n desc, k.place limit ?) f "
        "cross join sought s on s.place = f.place cross join entities e on e.id = s.entity",
        [json.dumps(keys), _CANDIDATES],
    )
    pairs = [
        (row, spelled)
        for row in rows
        for spelled in dict.fromkeys((row["label"], *json.loads(row["aliases"])))
    ]
    pairs = [(row, spelled) for row, spelled in pairs if len(spelled) <= 120]
    if not pairs:
        return ()
    table = NameTable([name, *(spelled for _, spelled in pairs)])
    chances = table.compare(np.zeros(len(pairs), np.intp), np.arange(1, len(pairs) + 1))
    best: dict[int, tuple[float, Any, str, bool]] = {}
    for (row, spelled), compared in zip(pairs, chances.tolist(), strict=True):
        is_slip = compared < _SLIP and _is_slip(turned, squeezed(spelled))
        chance = _SLIP if is_slip else compared
        if chance >= least and chance > best.get(row["place"], (0.0,))[0]:
            best[row["place"]] = (chance, row, spelled, is_slip)
    ordered = sorted(best.items(), key=lambda item: (-round(item[1][0], 2), item[0]))[:limit]
    return tuple(
        Likeness(
            row["id"],
            row["label"],
            spelled,
            chance,
            "one letter apart" if is_slip else compare(name, spelled).reason,
            place,
        )
        for place, (chance, row, spelled, is_slip) in ordered
    )


def _turns(name: str) -> tuple[str, ...]:
    """Return a name as it stands, and with the last word first, and the first one last.

    >>> _turns("Lee Ung Pyong")
    ('Lee Ung Pyong', 'Pyong Lee Ung', 'Ung Pyong Lee')
    """
    words = name.split()
    return (name, " ".join((words[-1], *words[:-1])), " ".join((*words[1:], words[0])))


def _is_slip(turned: Collection[str], letters: str) -> bool:
    from rapidfuzz.distance import OSA

    return len(letters) >= 6 and any(OSA.distance(some, letters, score_cutoff=1) <= 1 for some in turned)


def _match(kind: str, wanted: Wanted, narrowed: Mapping[str, str], or_names: Sequence[str]) -> str | None:
    """Return the query as FTS5 reads it, None where nothing can be of what it is narrowed to."""
    if not set(narrowed) <= set(_FACETS[kind]):
        return None
    match = f"{{words}} : ({wanted.expression(or_names=tuple(or_names))})"
    for facet, value in narrowed.items():
        match += f' AND {{about}} : "{mark(facet, value)}"'
    return match
