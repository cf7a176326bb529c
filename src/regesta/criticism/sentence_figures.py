"""The numbers and the dates that one sentence tells, apart from one another.

    "By 8 November 1972, 51 days later, 6,214 people had come [2]"
        dates    1972-11-08
        numbers  51 days, 6,214 people            not 8, 1972 nor [2]

Numbers are whole, in digits or English words, or millions ("3.7 million", which is about so many); years that stand alone, days of months, marks, ages of a century and ordinals are
left out. A date has its own year, or that of the date before it in the same text, and says which. What they mean is each check's work.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from regesta.criticism.wordings import NUMBER, number_of
from regesta.criticism.words_of_numbers import FOREIGN, foreign_number, is_foreign
from regesta.dates import find_dates, resolve
from regesta.text.span import Span
from regesta.vocab.lexicon import lexicon

__all__ = ["Number", "ToldDate", "dates_of", "kind_of", "numbers_of"]

_HUNDRED: Final = r"(?P<percent>\s?%|\s?(?:per|pour|por)\s?(?:cent|ciento)\b|\s?Prozent\b)?"
_COUNTED: Final = r"(?:(?=\s(?P<noun>[^\W\d_][\w'’-]*)))?"
_EDGES: Final = r"(?<![\w.,/’'\[^-])", r"(?![\w/\]]|[.,]\d|-\w)"
_SCALED: Final = r"\d{1,3}\.\d{1,3}\s(?:thousand|million|billion)(?!\w)"
_SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_NUMBER: Final = re.compile(rf"(?i){_EDGES[0]}(?P<n>{_SCALED}|{NUMBER}){_EDGES[1]}{_HUNDRED}{_COUNTED}")
_ABROAD: Final = re.compile(
    rf"(?i){_EDGES[0]}(?P<n>{_SCALED}|{FOREIGN}|{NUMBER}){_EDGES[1]}{_HUNDRED}{_COUNTED}"
)
_ABOUT: Final = re.compile(
    r"(?:\b(?:about|around|some|nearly|almost|over|more than|less than|fewer than|at least|at most|roughly|up to|circa|c\.|"
    r"approximately|under|perhaps|or|estimated|below|above|etwa|rund|ungefähr|fast|über|mehr als|knapp|mindestens|höchstens|"
    r"environ|près de|plus de|moins de|quelque|presque|au moins|unos|unas|cerca de|más de|casi)|~|≈)\s*(?:the )?$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"\b(?:no|nos|number|numbers|nr|page|pages|pp|p|chapter|section|table|figure|fig|volume|vol|line|room|camp|block|street|article|"
    r"paragraph|bus|train|flight|unit|note|item|aged|age|barrack|hut|baracke|haus|stube|zimmer|seite|nummer|baraque|chambre|numéro|n°|"
    r"barraca|cuarto|página|número)\.?\s*$",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"\b(?:if|the|that|this|as|no|any|every|each|which|another|when|than|by|like)\s$", re.IGNORECASE
)
"""Words before "one" that make it no number."""

_MONTH: Final = r"(?:Jan|Jän|Feb|Mar|Mär|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[a-zé]*|(?:jan|fév|mars|avr|mai|jui|août|sep|oct|nov|déc|ene|feb|mar|abr|may|jun|jul|ago|dic)[a-zéè]*"
_OF_MONTH: Final = re.compile(rf"(?:{_MONTH})")
_DAY: Final = 31
_AGE: Final = re.compile(
    r"\b(?:children|boys|girls|people|persons|men|women|pupils|those|anyone|everyone|infants|were|was|are|is|half|thirds?|quarters?|cent)\s"
    r"(?:under|over|below|above)\s$",
    re.IGNORECASE,
)
"""Words before an age that bounds a group: "children under twelve"."""
_OLDEST: Final = 100

_PLAIN: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_BETWEEN: Final = re.compile(
    r"\s+(?:to|until|till|and|bis(?: zum)?|und|à|au|et|a|al|hasta|y)\s+|\s?[–—]\s?|\s-\s"
)
"""What stands between the two dates of a range."""

_YEARLIKE: Final = re.compile(r"1[0-9]{3}|20[0-9]{2}")


_PEOPLE: Final = frozenset(
    "people persons passengers refugees orphans souls exiles fugitives evacuees emigrants deportees inmates aboard on inhabitants residents "
    "personen menschen flüchtlinge flüchtlingen vertriebene vertriebenen leute köpfe personnes réfugiés âmes personas refugiados almas".split()
)
_MEASURES: Final = frozenset(
    "years year days day weeks week months month hours hour minutes kilometres kilometers km miles metres meters tons tonnes per percent "
    "dollars euros francs marks kroner crowns pounds rubles roubles won yen o'clock knots degrees times feet acres hectares kg litres and "
    "to or in at was were had of the for from on".split()
)


class Number(NamedTuple):
    """A number and where it stands in its text."""

    start: int
    end: int
    value: int
    noun: str
    is_about: bool
    is_percent: bool


class ToldDate(NamedTuple):
    """A date and where it stands in its text."""

    start: int
    end: int
    edtf: str
    is_lent: bool
    """Whether its year is that of the date before it."""


@lru_cache(maxsize=2048)
def dates_of(text: str) -> tuple[ToldDate, ...]:
    """Return the dates of a text; what has no year of its own has that of the date before it, else is left out.

    >>> [one.edtf for one in dates_of("Sailed on 30 April 1939 from Riga, landed on 6 May.")]
    ['1939-04-30', '1939-05-06']
    """
    found: list[ToldDate] = []
    year: int | None = None
    for phrase in find_dates(text):
        span, edtf, is_lent = phrase.core, phrase.core_edtf, False
        if phrase.kind == "range" and edtf is None and year is not None and phrase.qualifier is None:
            edtf, is_lent = resolve(phrase, year=(year, Span(0, 0))).edtf, True
        if phrase.kind == "range" and edtf is not None:
            low, _, high = edtf.partition("/")
            cut = _BETWEEN.search(text, phrase.span.start, phrase.span.end)
            if cut and _PLAIN.fullmatch(low) and _PLAIN.fullmatch(high):
                found.append(
                    ToldDate(
                        phrase.span.start,
                        cut.start(),
                        low,
                        is_lent or low[:4] not in text[phrase.span.start : cut.start()],
                    )
                )
                found.append(ToldDate(cut.end(), phrase.span.end, high, is_lent))
                year = int(high[:4])
            continue
        if phrase.kind not in ("date", "season", "open") or phrase.qualifier not in (
            None,
            "until",
            "by",
            "from",
            "since",
        ):
            continue
        if edtf is None and year is not None and phrase.offset is None and phrase.qualifier is None:
            edtf, is_lent = resolve(phrase, year=(year, Span(0, 0))).edtf, True
        if edtf is None or not _PLAIN.fullmatch(edtf):
            continue
        year = int(edtf[:4])
        found.append(ToldDate(span.start, span.end, edtf, is_lent))
    return tuple(found)


def numbers_of(text: str) -> list[Number]:
    """Return the numbers of a text that count or measure something.

    >>> [(n.value, n.noun, n.is_about) for n in numbers_of("In 1951 some 40 boats took 1,200 people [3].")]
    [(40, 'boats', True), (1200, 'people', False)]
    >>> [(n.value, n.noun, n.is_about) for n in numbers_of("It cost 3.7 million dollars.")]
    [(3700000, 'dollars', True)]
    """
    dates = dates_of(text)
    found = []
    is_abroad = is_foreign(text)
    for match in (_ABROAD if is_abroad else _NUMBER).finditer(text):
        scale = _SCALES.get(match["n"].split()[-1].lower()) if match["n"][0].isdigit() else None
        value = number_of(match["n"]) if scale is None else round(float(match["n"].split()[0]) * scale)
        if value is None and is_abroad:
            value = foreign_number(match["n"])
        start, end = match.span("n")
        is_date = any(one.start < end and start < one.end for one in dates)
        is_year = _YEARLIKE.fullmatch(match["n"]) is not None and not match["percent"]
        before = text[max(0, start - 24) : start]
        if value is None or is_date or is_year or _LABEL.search(before):
            continue
        if match["n"].lower() == "one" and _PRONOUN.search(before):
            continue
        if value <= _DAY and _OF_MONTH.fullmatch(match["noun"] or ""):
            continue  # a day whose year nobody says
        if value < _OLDEST and _AGE.search(before) and not match["percent"]:
            continue
        is_about = scale is not None or _ABOUT.search(before) is not None
        found.append(Number(start, end, value, match["noun"] or "", is_about, match["percent"] is not None))
    return found


def kind_of(number: Number, text: str) -> str | None:
    """Return of what kind a number counts, `people` for all words for many people; None where it measures or nothing is said.

    >>> text = "took 63 Acadians, 12 barrels and 4 hours"
    >>> [kind_of(number, text) for number in numbers_of(text)]
    ['people', 'barrels', None]
    """
    noun = number.noun
    if not noun or number.is_percent or noun.lower() in _MEASURES - {"on"}:
        return None
    if noun == "on":
        return "people" if re.match(r" on (?:board|the [A-Z])", text[number.end :]) else None
    known = lexicon()
    low = noun.lower()
    if low in _PEOPLE or (noun[0].isupper() and re.search(r"(?:ns|s|ese|ish)$", noun)):
        return "people"
    behind = re.match(r"\s[\w'’-]+\s([\w'’-]+)", text[number.end :])
    if behind and behind[1].lower() in _PEOPLE - {"on", "aboard"}:
        return "people"
    return low if low in known.plurals or re.search(r"[^su'’i]s$|children|men$|women$", low) else None
