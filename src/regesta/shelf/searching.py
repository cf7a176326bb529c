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
from regesta.shelf.reading import Row, Shelf
from regesta.shelf.spelling import sharing
from regesta.shelf.wanted import Wanted

__all__ = ["COUNTED", "FACETS", "KINDS", "Found", "Likeness", "Search", "likenesses", "one_letter_off"]

COUNTED = 1000
"""Results that are counted, put in order of relevance and sorted into facets; what is more is "more than" that."""
_LIKE = 0.5
_SLIP = 0.6
"""How likely a name is meant that is one letter apart, where nothing else speaks for it: our own estimate."""
_CANDIDATES = 400
_LONGEST_NAME = 80
_SURE = 0.7
"""How likely somebody is meant whose other spellings are searched for as well."""
_NAMES = 8
KINDS = ("people", "things", "claims", "passages", "citations", "findings")
"""What is searched. Things are the entities that are no people: places, laws, terms."""
_INDEX = {"people": "entities", "things": "entities"} | {kind: kind for kind in INDEXED if kind != "entities"}
_ENTITY_KIND = "select e.kind from sought s join entities e on e.id = s.entity where s.place = w.rowid"
FACETS: dict[str, dict[str, str]] = {
    "people": {"kind": _ENTITY_KIND},
    "things": {"kind": _ENTITY_KIND},
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
"""What results of each kind are narrowed by, with the query for the value of a row."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A person or a group whose name a query may spell."""

    entity: str
    kind: str
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
    """rowids of `sought` for people and things, else of `claims`, `blocks`, `citations`, `findings`."""
    n: int
    """How many there are, at most `COUNTED` + 1."""

    @property
    def is_many(self) -> bool:
        """There are more than were counted."""
        return self.n > COUNTED


class Search:
    """A query put to a shelf; names are compared once, rows are found a kind at a time.

    Where the query may be a name, those who may bear it come first among people, and what is said with another spelling of
    the name is found as well.
    """

    def __init__(self, shelf: Shelf, wanted: Wanted) -> None:
        self.wanted = wanted
        """What is searched for."""
        self._shelf = shelf
        self.likenesses: tuple[Likeness, ...] = likenesses(shelf, wanted.text) if wanted.is_plain else ()
        """Whose name it may be, likest first."""
        other = (x.spelled for x in self.likenesses if x.probability >= _SURE)
        self.other_names = tuple(x for x in dict.fromkeys(other) if x.casefold() != wanted.text.casefold())[
            :_NAMES
        ]
        """Other spellings that are searched for as well."""

    def found(
        self, kind: str, *, narrowed: Mapping[str, str] | None = None, limit: int = 20, offset: int = 0
    ) -> Found:
        """Return the rows of one of `KINDS` that have the words, and are of what they are narrowed to.

        `narrowed` has values of facets, such as `{"predicate": "arrival"}`; a facet that the kind has not finds nothing.
        """
        narrowed = narrowed or {}
        match = self._match(kind, narrowed)
        if match is None:
            return Found((), 0)
        first = self._first(kind, narrowed)
        index = f"words_of_{_INDEX[kind]}"
        where = f"{index} match ?1 and rowid not in (select value from json_each(?2))"  # noqa: S608 - the same
        values = [match, json.dumps(first)]
        n = self._shelf.value(
            f"select count(*) from (select 1 from {index} where {where} limit ?3)",  # noqa: S608 - of `_INDEX`
            [*values, COUNTED + 1],
        )
        order = "rank, rowid" if n <= COUNTED and _INDEX[kind] != "entities" else "rowid"
        here = first[offset : offset + limit]
        rows = self._shelf.rows(
            f"select rowid from {index} where {where} order by {order} limit ?3 offset ?4",  # noqa: S608 - the same
            [*values, limit - len(here), max(0, offset - len(first))],
        )
        return Found((*here, *(row[0] for row in rows)), min(n + len(first), COUNTED + 1))

    def tally(self, kind: str, *, narrowed: Mapping[str, str] | None = None) -> dict[str, dict[str, int]]:
        """Return for each facet of a kind how many of the first `COUNTED` results have each value, most first."""
        found: dict[str, dict[str, int]] = {}
        index = f"words_of_{_INDEX[kind]}"
        for facet, value in FACETS[kind].items():
            others = {name: chosen for name, chosen in (narrowed or {}).items() if name != facet}
            match = self._match(kind, others)
            if match is not None:
                found[facet] = self._shelf.pairs(
                    f"select ({value}) as value, count(*) as n from ("  # noqa: S608 - made of constants above
                    f"select value as rowid from json_each(?1) union select * from ("
                    f"select rowid from {index} where {index} match ?2 limit ?3)) w "
                    "group by value having value is not null order by n desc, value limit 200",
                    [json.dumps(self._first(kind, others)), match, COUNTED],
                )
        return found

    def _first(self, kind: str, narrowed: Mapping[str, str]) -> list[int]:
        """Return the places of those who may bear the name, where they are of the kind."""
        chosen = narrowed.get("kind")
        return [x.place for x in self.likenesses if kind == "people" and chosen in (None, x.kind)]

    def _match(self, kind: str, narrowed: Mapping[str, str]) -> str | None:
        """Return the query as FTS5 reads it, None where nothing can be of what it is narrowed to."""
        if not self.wanted or not set(narrowed) <= set(FACETS[kind]):
            return None
        match = f"{{words}} : ({self.wanted.expression(or_names=self.other_names)})"
        marks = [mark(facet, value) for facet, value in narrowed.items()]
        if _INDEX[kind] == "entities":
            marks.append(mark("class", kind))
        return match + "".join(f' AND {{about}} : "{word}"' for word in marks)


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
        "select s.place, e.id, e.kind, e.label, e.aliases from json_each(?) f "
        "cross join sought s on s.place = f.value cross join entities e on e.id = s.entity order by f.key",
        [json.dumps(sharing(shelf, keys, _CANDIDATES))],
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
            row["kind"],
            row["label"],
            spelled,
            chance,
            "one letter apart" if is_slip else compare(name, spelled).reason,
            place,
        )
        for place, (chance, row, spelled, is_slip) in ordered
    )


def one_letter_off(shelf: Shelf, words: Sequence[str], *, limit: int = 20) -> list[Row]:
    """Return the people and groups who have a word of their name from which one of these differs by a letter behind the first.

    Those of whom most is said come first, with `id` and `label`. A word of fewer than four letters is one letter off too many.
    """
    from rapidfuzz.distance import OSA

    near: set[str] = set()
    for word in {word.lower() for word in words if len(word) >= _FEWEST}:
        first, n = word[0], len(word)
        rows = shelf.rows(
            "select distinct word from names where word >= ? and word < ? and length(word) between ? and ? limit ?",
            [first, first + "\U0010ffff", n - 1, n + 1, _WORDS],
        )
        near.update(
            row["word"]
            for row in rows
            if OSA.distance(squeezed(word), squeezed(row["word"]), score_cutoff=1) <= 1
        )
    return shelf.rows(
        "select id, label from cards where id in (select entity from names where word in (select value from json_each(?)))"
        " order by n_claims desc, sorted, id limit ?",
        [json.dumps(sorted(near)), limit],
    )


_FEWEST = 4
_WORDS = 20_000


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
