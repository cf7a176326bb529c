"""What each column of a table of people means: names, dates, ages, places, ends.

A column's meaning is taken from `sources.toml` where it says so, else from the words of its heading, held against what its
cells look like ("From" over dates is no place, "Arrival" over towns is no date), else from the cells alone. A table whose
columns give no people is left to the rules for series and for prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from statistics import median
from types import MappingProxyType

from regesta.model import Table
from regesta.names import lists as names
from regesta.places import is_place
from regesta.text.span import Span
from regesta.vocab import Lexicon, lexicon

__all__ = ["MEANINGS", "cell_span", "is_somebody", "meaning_abroad", "meaning_of_heading", "meanings"]

MEANINGS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        meaning: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
        for meaning, words in {
            "given": "given names?|first names?|fore ?names?|christian names?|given|first",
            "family": "sur ?names?|family names?|last names?|surn\\.?|family|last",
            "name": "names?|full names?|persons?|people|defectors?|refugees?|escapees?|passengers?|fugitives?|emigrants?|exiles?|athletes?|players?|individuals?|who|migrants?|heads? of (?:family|household)|pilots?|party|crews?|sitters?|artists?|members?|officers?|applicants?|entrants?|subjects?|students?|scholars?|soldiers?|prisoners?|escapers?|internees?|evacuees?|children|dancers?|musicians?|writers?|scientists?",
            "birth": "born|births?|date of birth|d\\.? ?o\\.? ?b\\.?|birth ?(?:dates?|years?)|y\\.? ?o\\.? ?b\\.?|b\\.",
            "death": "died|deaths?|deceased|death ?dates?|d\\.",
            "age": "age|ages|aged|years old|yrs\\.?(?: old)?|age at \\w+",
            "day": "days?",
            "month": "months?|mo\\.?",
            "arrival": "arriv\\w*(?! from)|arr\\.?|landed|landing|reached|date of entry|entered|admitted|entry|registered|received on|came(?! from)|reception",
            "departure": "depart\\w*|dep\\.?|left|date of leaving|sailed|embarked|leaving|exit",
            "date": "dates?|years?|when|defected|defection|escaped?(?! from)|fled(?! from)|flight|crossed|crossing|month|yr|stayed behind|went over|jumped ship|time|exile|exiled|in exile|emigrat\\w+",
            "size": "number|no\\. of|persons? in|family size|group size|size|count|how many|souls|pers\\.?|persons|people|members|dependants?|aboard|heads?|no\\. in \\w+|party|passengers|n",
            "origin": "from|(?:came|coming|arrived|fled|escaped|travelled) from|posted (?:to|in|at)|posting|stationed \\w+|origin|nationality|nat\\.?|home|country of origin|place of origin|birthplace|homeland|native of|citizenship|parish|last (?:residence|seen)|(?:transit |refugee )?camp|residence|home ?town|left from",
            "destination": "to|dest\\w*\\.?|country|asylum in|refuge|defected to|resettled|received by|where|settled|stayed in|sent on|forwarded|landed at|host",
            "via": "via|transit(?: (?:countr(?:y|ies)|states?|points?))?|(?:escape |flight |migration )?routes?(?: taken)?|route of (?:escape|flight)|by way of|went through|passed through|stopovers?|en route",
            "vehicle": "vehicles?|aircraft|ships?|vessels?|boats?|means|methods?|transport|how|by|way|conveyance|mode|type|plane|travelled by",
            "role": "occ(?:upations?|up)?\\.?|professions?|prof\\.?|roles?|ranks?|trades?|positions?|sports?|instruments?|calling|function|post|jobs?|vocation|speciality|discipline|disciplines|field|employment",
            "kin": "with|accompanied(?: by)?|relatives|family members|companions?|kin|dependants?|spouse|wife|husband",
            "outcome": "outcomes?|results?|success(?:ful)?|how it ended|end|fate|movements?|came or went|in or out",
            "notes": "notes?|remarks?|rmks?\\.?|details?|comments?|description|circumstances|observations?|obs\\.?|later life|biography|summary|afterwards|status",
            "reference": "refs?\\.?|references?|sources?|citations?|src",
            "index": "no\\.?|nr\\.?|#|№|id|serial|reg\\. ?no\\.?|card(?: no\\.?)?|file(?: no\\.?)?",
        }.items()
    }
)

_ORDER = (
    *("given", "family", "birth", "death", "age", "arrival", "departure", "size", "reference"),
    *(
        "outcome",
        "notes",
        "role",
        "vehicle",
        "name",
        "date",
        "day",
        "month",
        "via",
        "origin",
        "destination",
        "kin",
    ),
    "index",
)
_DATES = frozenset(("birth", "death", "arrival", "departure", "date"))
_WORDS = frozenset(["name", "given", "family", "via", "origin", "destination", "role", "vehicle"])
_ONCE = frozenset(["name", "given", "family", "arrival", "age", "outcome"])
_SMALL = frozenset(
    "by to from how with where who way home end type n time first last mode function b. d.".split()
)
"""Words that mean a column where they are its whole heading or open it, and nothing within another."""
_WAYS = frozenset(("from", "to"))
"""Of them those that mean it at the end too, or with a capital, as a head below another: "Route From"."""
_WHY = re.compile(r"(?:reasons?|causes?|motives?|motivation|purpose)\b", re.IGNORECASE)
"""What opens the heading of a column of reasons, which are no places: "Reason for seeking refuge"."""
_ONWARD = re.compile(r"\W*(?:left|leaving|departed|departure) (?:for|to)\b", re.IGNORECASE)
_NOT_FLEEING = re.compile(
    r"\b(?:masters?|captains?|skippers?|commanders?|interpreters?|informants?|clerks?|recorded by|reported by|interviewers?|authors?|titles?|"
    r"venues?|places?|locations?|cit(?:y|ies)|towns?|events?|competitions?|tournaments?|championships?|meetings?|games|clubs?|teams?|opponents?|"
    r"films?|movies|books?|plays?|albums?|songs?|works?|awards?|categor(?:y|ies))\b",
    re.IGNORECASE,
)
"""What heads a column of others than those whom the table is about: who wrote it down, where it was, what was won or written."""
_MONTHS = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATED = re.compile(
    r"(?<!\d)(?<!\d[,.])(?:1[5-9]|20)\d\d(?!,?\d)|\b\d{1,2}[./-]\d{1,2}(?:[./-]|\b)|"
    rf"\b\d{{1,2}}\W{{0,2}}(?:st|nd|rd|th)?\W{{0,2}}{_MONTHS}\b|\b{_MONTHS}\W{{1,2}}\d",
    re.IGNORECASE,
)
_ONLY_DATE = re.compile(
    r"\W*(?:(?:c|ca|circa|about|early|late|spring|summer|autumn|winter|mid)\b\W*)?(?:\d{1,2}(?:st|nd|rd|th)?\W+)?(?:\d{1,2}(?:st|nd|rd|th)?\W+)?"
    r"(?:(?:[A-Za-z]{3,9}\W{1,2}|\d{1,2}\W))?(?:\d{1,2}\W{1,2})?(?:1[5-9]\d\d|20\d\d)(?:\W\d{1,4}){0,2}\W*"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_CAPITAL_WORDS = re.compile(r"^[^\W\d_]\S*(?:\s+\S+){1,4}$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
_MARKS = re.compile(r"\[[^\]]{0,6}\]|[*'\"`]+")
_FATHER = re.compile(
    r"(?:father'?s|father’s) names?|names? of (?:the )?father|patronymic|middle names?|second names?",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[\W_]*")
_ASIDE = re.compile(r"\s*[(\[].*")
_PARTS = re.compile(r"[,/;(]|\s+-\s+|\s(?:und|et|y|e|i|a|en|и|та|및)\s")
"""What parts a heading: "Name, Vorname", "Beruf / Occupation"."""


def meanings(table: Table, stated: Mapping[str, str], own: Lexicon | None = None) -> dict[int, str]:
    """Return what each column of the table means: column -> a key of `MEANINGS`; columns without meaning are absent.

    Heads in other languages are those of `own`, or of the shipped packs. A column of given names without one of surnames holds whole names: "Nombre", "Nome".

    >>> from regesta.model import Table
    >>> spans = ((Span(0, 4), Span(5, 9)),) * 2
    >>> meanings(Table(block=-1, rows=(("Name", "Year of escape"), ("Jan Novák", "1962")), n_header_rows=1, cells=spans), {})
    {0: 'name', 1: 'date'}
    """
    if not table.rows:
        return {}
    width = max(len(row) for row in table.rows)
    body = table.rows[table.n_header_rows :]
    found: dict[int, str] = {}
    unknown: list[int] = []
    for column in range(width):
        heading = _heading(table, column)
        if heading in stated:
            if stated[heading] != "ignore":
                found[column] = stated[heading]
            continue
        cells = _cells(body, column)
        meaning = meaning_of_heading(heading, cells, own)
        if meaning is None and not _NOT_FLEEING.search(heading):
            unknown.append(column)
        elif meaning == "departure" and "arrival" in found.values() and _ONWARD.match(heading):
            continue  # where they went on to, and not the flight
        elif meaning and not (meaning in _ONCE and meaning in found.values()):
            found[column] = meaning
    _parts_of_dates(table, found)
    if "given" in found.values() and not {"name", "family"} & set(found.values()):
        found = {column: "name" if meaning == "given" else meaning for column, meaning in found.items()}
    if not {"name", "given", "family"} & set(found.values()):
        named = _column_of_names(body, unknown, found)
        if named is None:
            named = next(
                (c for c, m in found.items() if m == "kin" and _share(_cells(body, c), _is_name) >= 0.8), None
            )
        if named is not None:
            found[named] = "name"
            unknown = [c for c in unknown if c != named]
    _names_of_fathers(table, body, found)
    if not {"arrival", "date", "departure"} & set(found.values()):
        _columns_of_dates(body, unknown, found)
    if "role" not in found.values() and not table.n_header_rows:
        _column_of_roles(body, [c for c in unknown if c not in found], found)
    return dict(sorted(found.items()))


def _names_of_fathers(table: Table, body: Sequence[Sequence[str]], found: dict[int, str]) -> None:
    """Take a column of fathers' names for the second names of people who are given one word each, as in Asmara."""
    named = [column for column, meaning in found.items() if meaning == "name"]
    if len(named) != 1 or {"given", "family"} & set(found.values()):
        return
    fathers = next(
        (c for c in range(named[0] + 1, named[0] + 3) if _FATHER.fullmatch(_heading(table, c).strip())), None
    )
    if fathers is None:
        return
    if all(_share(_cells(body, column), _is_one_word) >= 0.8 for column in (named[0], fathers)):
        found[named[0]], found[fathers] = "given", "family"


def _is_one_word(cell: str) -> bool:
    return len(cell.split()) == 1


def meaning_of_heading(heading: str, cells: Sequence[str] = (), own: Lexicon | None = None) -> str | None:
    """Return what a heading says that its cells are; None where it says nothing, or the cells say otherwise.

    >>> meaning_of_heading("From", ["Cuba", "Haiti"]), meaning_of_heading("From", ["May 1961", "1962"])
    ('origin', 'departure')
    """
    words = " ".join(_CAMEL.sub(" ", _MARKS.sub("", heading)).split())
    if not words or len(words) > 60:
        return None
    if _WHY.match(words):
        return "notes"
    hits = _hits(words)
    if "given" in hits and "family" in hits:
        return "name"
    bare = words.strip(" :.()")
    abroad = meaning_abroad(words, (own or lexicon()).columns)
    if abroad and abroad in MEANINGS and (fitting := _fit(abroad, cells, "")):
        return fitting
    exact = [m for m in hits if MEANINGS[m].fullmatch(bare) or MEANINGS[m].fullmatch(words)]
    loose = [m for m in hits if m not in ("day", "month", "index", "given", "family") and _weighs(m, words)]
    for meaning in (*exact, *loose):
        fitting = _fit(meaning, cells, _begins(words))
        if fitting:
            return fitting
    return None


@lru_cache(maxsize=1024)
def _hits(words: str) -> tuple[str, ...]:
    """Return the meanings of which a heading holds a word; records ask of the same headings again and again."""
    return tuple(m for m in _ORDER if MEANINGS[m].search(words))


def meaning_abroad(heading: str, heads: Mapping[str, str]) -> str | None:
    """Return what a heading in another language means, by the heads that a lexicon knows; None for one that it does not know.

    A heading is known whole, by each of its parts, or by the words that it opens with.

    >>> heads = {"nombre": "given", "apellidos": "family", "дата прибытия": "arrival", "geb": "birth"}
    >>> [meaning_abroad(words, heads) for words in ("Apellidos, nombre", "Дата прибытия в Омск", "geb.", "Wetter")]
    ['name', 'arrival', 'birth', None]
    """
    words = heading.lower().strip(" :*")
    for whole in (words, words.strip(".()"), _ASIDE.sub("", words)):
        if whole in heads:
            return heads[whole]
    parts = [p.strip(" .:") for p in _PARTS.split(words)]
    meant = [heads[p] for p in parts if p in heads]
    if {"given", "family"} <= set(meant):
        return "name"
    if len(parts) > 1 and meant:
        return meant[0]
    split = words.split()
    return next((m for n in range(len(split) - 1, 1, -1) if (m := heads.get(" ".join(split[:n])))), None)


def _weighs(meaning: str, words: str) -> bool:
    """Return whether a word of a heading says by itself what the cells are, or stands first: not "by" in "Paid by"."""
    return any(
        hit.start() == 0
        or (word := hit.group().lower()) not in _SMALL
        or (word in _WAYS and (hit.end() == len(words) or hit.group()[0].isupper()))
        for hit in MEANINGS[meaning].finditer(words)
    )


def _begins(words: str) -> str:
    return words.split(maxsplit=1)[0].lower() if words.split() else ""


def _fit(meaning: str, cells: Sequence[str], first: str) -> str | None:
    """Return the meaning, or the one it turns into for these cells, or None where they contradict it."""
    full = [c for c in cells if not _BLANK.fullmatch(c)]
    if not full:
        return meaning
    dated = _share(full, lambda c: bool(_DATED.search(c)))
    if meaning in _DATES:
        if dated >= 0.5:
            return meaning
        worded = _share(full, lambda c: sum(ch.isalpha() for ch in c) > 2)
        turned = {"arrival": "destination", "departure": "origin"}
        return turned.get(meaning) if dated < 0.2 and worded > 0.6 else None
    numbers = _share(full, lambda c: any(ch.isdigit() for ch in c))
    if meaning in ("day", "month"):
        return meaning if _share(full, lambda c: len(c) <= 10 and not _YEAR.search(c)) >= 0.7 else None
    if meaning == "age":
        return meaning if numbers >= 0.5 and _share(full, lambda c: bool(_YEAR.search(c))) < 0.3 else None
    if meaning == "size":
        counted = _share(full, lambda c: c[:1].isdigit() or c[:1] in "~c")
        return meaning if numbers >= 0.5 and counted >= 0.5 and not _counts_on(full) else None
    if meaning == "name" and _repeats(full) and all(c.isalpha() and c.endswith("s") for c in full):
        return None  # "Persons", "Cases": what the row counts
    if meaning in _WORDS:
        if dated >= 0.6 and first == "from":
            return "departure"
        if meaning == "role" and _share(full, lambda c: c[0].isdigit()) > 0.5:
            return None  # "7th": a place in a contest
        least = 1 if meaning == "vehicle" else 2
        worded = _share(full, lambda c: sum(ch.isalpha() for ch in c) >= least)
        return meaning if worded >= 0.5 and dated < 0.6 else None
    return meaning


def _repeats(cells: Sequence[str]) -> bool:
    """Whether few words fill many cells, none of them a name: kinds of things, not people."""
    return len(cells) > 2 and 3 * len(set(cells)) <= 2 * len(cells) and not any(map(_is_known, cells))


def _counts_on(cells: Sequence[str]) -> bool:
    """Whether the cells are 1, 2, 3: a number of the row and no count."""
    return len(cells) > 2 and [c.strip(" .") for c in cells[:6]] == [
        str(i) for i in range(1, min(len(cells), 6) + 1)
    ]


def _heading(table: Table, column: int) -> str:
    rows = table.rows[: table.n_header_rows]
    return " ".join(dict.fromkeys(row[column].strip() for row in rows if column < len(row))).strip()


def _cells(body: Iterable[Sequence[str]], column: int) -> list[str]:
    return [row[column].strip() for row in body if column < len(row) and row[column].strip()]


def _share(cells: Sequence[str], holds: object) -> float:
    return sum(bool(holds(c)) for c in cells) / len(cells) if cells else 0.0  # type: ignore[operator]


def _parts_of_dates(table: Table, found: dict[int, str]) -> None:
    """Keep "day" and "month" only beside a column of years, which they complete."""
    parts = [c for c, m in found.items() if m in ("day", "month")]
    years = [
        c
        for c, m in found.items()
        if m == "date" and re.fullmatch(r"years?|yr\.?", _heading(table, c), re.IGNORECASE)
    ]
    if parts and years:
        found[years[0]] = "year"
        return
    for column in parts:
        found[column] = "date"


def _is_name(cell: str) -> bool:
    return bool(_CAPITAL_WORDS.match(cell)) and cell[0].isupper() and not _YEAR.search(cell)


def _is_placed(cell: str) -> bool:
    """Whether a cell is a place, or ends with the country that it lies in: "Split", "Split, Croatia"."""
    head, comma, last = cell.rpartition(",")
    return is_place(last.strip(" .()")) if comma and head else is_place(cell)


def is_somebody(words: str) -> bool:
    """Return whether words open with a name of which a part is known: "Zofia and Henryk Wilczek", "Major Uwe Kranz (1940–99)".

    >>> is_somebody("Zofia and Henryk Wilczek"), is_somebody("Border regime"), is_somebody("Asylum (1951)")
    (True, False, False)
    """
    head = re.split(r"[(\[,;:–—]", words, maxsplit=1)[0].replace(" and ", " ").replace("&", " ").strip()
    parts = head.split()
    capital = sum(part[0].isupper() for part in parts)
    return 0 < len(parts) <= 7 and capital * 2 > len(parts) and parts[0][0].isupper() and _is_known(head)


def _is_known(cell: str) -> bool:
    words = [w.strip(".,()") for w in cell.lower().split()]
    return any(names.is_given(w) and not names.is_weak(w) for w in words) or any(
        names.is_surname(w) for w in words[-1:]
    )


def _column_of_names(
    body: Sequence[Sequence[str]], unknown: Sequence[int], found: Mapping[int, str]
) -> int | None:
    """Return the column without a meaning whose cells mostly look like names: the one with most known names."""
    sizes = [c for column, m in found.items() if m == "size" for c in _cells(body, column)]
    counts = [int(digits) for c in sizes if (digits := "".join(ch for ch in c if ch.isdecimal())[:9])]
    if counts and median(counts) > 20:
        return None
    least = _LEAST_KNOWN if sum(_is_of_figures(body, column) for column in unknown) > 1 else 0.0
    best: tuple[float, int] | None = None
    for column in unknown:
        cells = _cells(body, column)
        if len(cells) < 2 or _share(cells, _is_name) < 0.7 or _repeats(cells):
            continue
        if _share(cells, _is_placed) >= 0.5:
            continue
        known = _share(cells, lambda c: _is_name(c) and _is_known(c))
        if known < least:
            continue  # columns of counts beside codes and countries: statistics
        if best is None or known > best[0] + 0.2:
            best = (known, column)
    return best[1] if best else None


_LEAST_KNOWN = 0.3
_FIGURE = re.compile(r"\d[\d,. ]*%?")


def _is_of_figures(body: Sequence[Sequence[str]], column: int) -> bool:
    """Return whether the cells of a column are bare numbers and no years."""
    return (
        _share(_cells(body, column), lambda c: bool(_FIGURE.fullmatch(c)) and not _YEAR.fullmatch(c)) >= 0.6
    )


def _columns_of_dates(body: Sequence[Sequence[str]], unknown: Sequence[int], found: dict[int, str]) -> None:
    """Give the columns that hold nothing but dates their meaning: the later one dates the rows, an older one is of births."""
    dated: list[tuple[float, int]] = []
    for column in unknown:
        cells = [c for c in _cells(body, column) if not _BLANK.fullmatch(c)]
        if len(cells) >= 2 and _share(cells, lambda c: bool(_ONLY_DATE.fullmatch(c))) >= 0.7:
            years = [int(m.group()) for c in cells if (m := _YEAR.search(c))]
            dated.append((median(years), column))
    if not dated:
        return
    dated.sort()
    found[dated[-1][1]] = "date"
    if len(dated) > 1 and dated[-1][0] - dated[0][0] >= 10 and "birth" not in found.values():
        found[dated[0][1]] = "birth"


def _column_of_roles(body: Sequence[Sequence[str]], unknown: Sequence[int], found: dict[int, str]) -> None:
    """Give the first column whose cells are mostly words for what people do its meaning."""
    roles = lexicon().roles
    for column in unknown:
        cells = _cells(body, column)
        if len(cells) >= 2 and _share(cells, lambda c: any(w in roles for w in c.lower().split())) >= 0.5:
            found[column] = "role"
            return


def cell_span(table: Table, row: int, column: int) -> Span | None:
    """Return where a cell's words stand, None where the row is short or the cell empty."""
    if row >= len(table.cells) or column >= len(table.cells[row]):
        return None
    span = table.cells[row][column]
    return span if span.end > span.start else None
