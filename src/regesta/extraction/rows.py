"""Tables of people: what each column means, and where each row's cells stand.

A column's meaning is taken from `sources.toml` where it says so, else from the words of its heading, else from what its
cells hold. A table whose columns give no people is left to the rules for series and for prose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from regesta.model import Table
from regesta.text.span import Span

__all__ = ["MEANINGS", "meanings"]

MEANINGS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        meaning: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        for meaning, words in {
            "given": "given names?|first names?|forenames?|christian names?",
            "family": "surnames?|family names?|last names?",
            "name": "names?|persons?|people|defectors?|refugees?|escapees?|passengers?|fugitives?|emigrants?|exiles?|athletes?|players?|individuals?|who|migrants?|heads? of (?:family|household)|pilots?|party",
            "birth": "born|births?|date of birth|d\\.?o\\.?b\\.?|birth ?dates?|year of birth",
            "death": "died|deaths?|deceased",
            "age": "age|aged|years old",
            "arrival": "arriv\\w+|landed|landing|reached|date of entry|entered|admitted|entry|registered",
            "departure": "depart\\w+|left|date of leaving|sailed|embarked",
            "date": "dates?|years?|when|defected|defection|escaped?|fled|flight|crossed|crossing|month",
            "size": "number|no\\. of|persons in|family size|group size|size|count|how many|souls",
            "origin": "from|origin|nationality|home|country of origin|place of origin|birthplace|homeland|native of|citizenship|parish",
            "destination": "to|destinations?|country|asylum in|refuge|defected to|resettled|received by|where|settled",
            "vehicle": "vehicle|aircraft|ship|vessel|means|method|transport|how|boat|by",
            "role": "occupations?|professions?|roles?|ranks?|trades?|positions?|sports?|instruments?|titles?|calling|function|post",
            "kin": "with|accompanied|relatives|family members|companions?",
            "notes": "notes?|remarks?|details?|fate|comments?|description|circumstances|outcome|observations|later life|biography|summary",
            "reference": "refs?|references?|sources?|citations?",
        }.items()
    }
)

_ORDER = (
    "given",
    "family",
    "birth",
    "death",
    "age",
    "arrival",
    "departure",
    "size",
    "reference",
    "notes",
    "role",
    "vehicle",
    "name",
    "date",
    "origin",
    "destination",
    "kin",
)
_YEAR_LIKE = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b")
_CAPITAL_WORDS = re.compile(r"^[^\W\d_]\S+(?:\s+\S+){1,4}$")


def meanings(table: Table, stated: Mapping[str, str]) -> dict[int, str]:
    """Return what each column of the table means: column -> a key of `MEANINGS`; columns without meaning are absent.

    >>> from regesta.model import Table
    >>> spans = ((Span(0, 4), Span(5, 9)),) * 2
    >>> meanings(Table(block=-1, rows=(("Name", "Year of escape"), ("Jan Novák", "1962")), n_header_rows=1, cells=spans), {})
    {0: 'name', 1: 'date'}
    """
    if not table.rows:
        return {}
    width = max(len(row) for row in table.rows)
    found: dict[int, str] = {}
    for column in range(width):
        heading = " ".join(
            row[column] for row in table.rows[: table.n_header_rows] if column < len(row)
        ).strip()
        if heading in stated:
            if stated[heading] != "ignore":
                found[column] = stated[heading]
            continue
        meaning = _from_heading(heading)
        if meaning and not (meaning in found.values() and meaning in ("name", "arrival", "age")):
            found[column] = meaning
    if "name" not in found.values() and not {"given", "family"} & set(found.values()):
        named = _column_of_names(table, found)
        if named is not None:
            found[named] = "name"
    return dict(sorted(found.items()))


def _from_heading(heading: str) -> str | None:
    if not heading or len(heading) > 60:
        return None
    hits = [m for m in _ORDER if MEANINGS[m].search(heading)]
    if "given" in hits and "family" in hits:
        return "name"
    if not hits:
        return None
    exact = [m for m in hits if MEANINGS[m].fullmatch(heading.strip(" :.()"))]
    return (exact or hits)[0]


def _column_of_names(table: Table, found: Mapping[int, str]) -> int | None:
    """Return the first column without a meaning whose cells mostly look like names."""
    body = table.rows[table.n_header_rows :]
    width = max((len(row) for row in table.rows), default=0)
    for column in range(width):
        if column in found:
            continue
        cells = [row[column].strip() for row in body if column < len(row) and row[column].strip()]
        if len(cells) >= 2 and sum(
            bool(_CAPITAL_WORDS.match(c)) and c[0].isupper() and not _YEAR_LIKE.search(c) for c in cells
        ) >= 0.7 * len(cells):
            return column
    return None


def cell_span(table: Table, row: int, column: int) -> Span | None:
    """Return where a cell's words stand, None where the row is short or the cell empty."""
    if row >= len(table.cells) or column >= len(table.cells[row]):
        return None
    span = table.cells[row][column]
    return span if span.end > span.start else None
