"""Tables of camps, centres and prisons: which tables are such, and what their columns say of each house.

    Camp | Province | Capacity | Population 2006 | Opened | Closed      the head of the first is a noun for houses
    Lager | Land | Eröffnet | Geschlossen | Plätze                      heads in other languages are words of the lexicon

Such a table has a column of names under a noun that the lexicon knows as a facility, a column that only houses have, and
no column that only people have. A table of people by the camp that they came from is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from regesta.extraction.rows import meaning_abroad
from regesta.model import Table
from regesta.text.patterns import lazy
from regesta.vocab import Lexicon
from regesta.vocab.inflect import singular_of

__all__ = ["Houses", "houses_of"]

_NAMING = frozenset(("name", "names", "of", "the", "name of", "de", "du", "del", "des"))
_HEADS = {
    "opened": lazy(
        r"(?:date |year |when )?(?:opened|opening|established|founded|set up|in use since|since|start(?:ed)?)\b(?: date| in| on| since)?",
        re.IGNORECASE,
    ),
    "closed": lazy(r"(?:date |year |when )?(?:closed|closing|closure|dissolved)\b", re.IGNORECASE),
    "capacity": lazy(
        r"(?:design(?:ed)? |planned |official |normal )?(?:capacity|places|beds|bunks)\b", re.IGNORECASE
    ),
    "population": lazy(
        r"(?:peak |max(?:imum|\.)? |average |actual |refugee |total |current |highest )?(?:population|occupancy|residents|inmates|internees|detainees|prisoners|occupants|inhabitants|refugees|"
        r"people held|held)\b",
        re.IGNORECASE,
    ),
    "location": lazy(
        r"(?:location|place|town|district|province|state|region|country|county|where)\b", re.IGNORECASE
    ),
}
_TELLING = frozenset(("opened", "closed", "capacity", "population"))
_PERSONAL = lazy(
    r"(?:(?:full |first |last |given |family )?names?\Z|surname|forename|born|birth|age\b|sex|gender|nationality|occupation|profession|"
    r"arriv|departure|fate)",
    re.IGNORECASE,
)
_PERSONAL_ABROAD = frozenset(("family", "given", "birth", "age", "role", "arrival", "departure"))
_LONGEST = 80


class Houses(NamedTuple):
    """A table of houses."""

    table: Table
    names: int
    """The column of their names."""
    kinds: dict[int, str]
    """What other columns say of them: `opened closed capacity population location`."""


def houses_of(table: Table, lexicon: Lexicon) -> Houses | None:
    """Return what the columns of a table of houses say; None for a table of something else."""
    if not table.n_header_rows or not table.rows:
        return None
    names = _column_of_names(table, lexicon)
    kinds = dict(_kinds(table, lexicon))
    if names is None or not set(kinds.values()) & _TELLING:
        return None
    people = any(_is_personal(head, lexicon) for at, head in enumerate(table.rows[0]) if at != names)
    return None if people else Houses(table, names, kinds)


def _is_personal(head: str, lexicon: Lexicon) -> bool:
    if _PERSONAL.match(head.strip()):
        return True
    return meaning_abroad(head, lexicon.columns) in _PERSONAL_ABROAD


def _column_of_names(table: Table, lexicon: Lexicon) -> int | None:
    """Return the first column whose head is a word for houses and whose cells are words: "Camp", "Name of centre"."""
    for column, head in enumerate(table.rows[0]):
        words = [w for w in re.findall(r"[^\W\d_]+", head.lower()) if w not in _NAMING]
        tail = " ".join(map(singular_of, words[-2:]))
        known = words and (lexicon.facilities.get(tail) or lexicon.facilities.get(singular_of(words[-1])))
        if known or meaning_abroad(head, lexicon.columns) == "house":
            cells = [row[column].strip(" *_") for row in table.rows[table.n_header_rows :]]
            worded = sum(cell[:1].isalpha() and len(cell) <= _LONGEST for cell in cells)
            return column if len(cells) > 1 and worded * 5 >= len(cells) * 4 else None
    return None


def _kinds(table: Table, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    for column, head in enumerate(table.rows[0]):
        abroad = meaning_abroad(head, lexicon.columns)
        for kind, pattern in _HEADS.items():
            if abroad == kind or pattern.match(head.strip()):
                yield column, kind
                break
