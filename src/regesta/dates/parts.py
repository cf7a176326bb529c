"""Parts of a year that are told by counting: the year behind them becomes the months that are meant.

    "in the second quarter of 2019"              2019  ──►  2019-34, as EDTF numbers quarters
    "2020 H1", "Q3 2016"                               ──►  2020-40, 2016-35
    "in den ersten sieben Monaten des Jahres"    2016  ──►  2016-01/2016-07
    "the year ending June 2021"               2021-06  ──►  2020-07/2021-06

What is counted in a part of a year must not stand as if it were of all of it. A part without its year ("the first half of the
year") stays undated. Early, mid and late are no counts: `finder` says them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from regesta.dates.phrase import DatePhrase
from regesta.text.span import Span

__all__ = ["narrowed"]

_CUES = (
    "quart,half,month,q1,q2,q3,q4,1q,2q,3q,4q,h1,h2,trimest,semest,halbjahr,monat,mois,mes,mês,maand,kwarta,helft,"
    "mezz,metà,meta,mitad,półrocz,miesi,полугод,кварт,месяц,year"
).split(",")
"""One of these stands in every part; looked for first, for that is quick."""
_REACH = 48
_FIRST = r"first|1st|ersten?[ns]?|1\.|primer[oa]?s?|1er|premi(?:er|ère)s?|prim[oiae]|primeir[oa]s?|eerste|pierwsz\w+|перв\w+"
_PLACES = (
    (1, rf"(?:{_FIRST})"),
    (2, r"(?:second|2nd|zweiten?[ns]?|2\.|segund[oa]|2º|deuxième|second[oa]?e?|2e|tweede|drug\w+|втор\w+)"),
    (
        3,
        r"(?:third|3rd|dritten?[ns]?|3\.|tercer[oa]?|troisième|3e|terz[oa]|terceir[oa]|derde|trzec\w+|трет\w+)",
    ),
    (
        4,
        r"(?:fourth|4th|last|final|vierten?[ns]?|4\.|cuart[oa]|quatrième|4e|quart[oa]|vierde|czwart\w+|четв[её]рт\w+)",
    ),
)
_LINK = r"(?:,? (?:of(?: the year)?|in|des Jahres|von|de(?:l(?: año)?)?|de l['’]année|d[ou]|dell['’]anno|van|roku))?,? ?$"
_PART = re.compile(
    rf"(?:{'|'.join(f'(?P<p{n}>{words})' for n, words in _PLACES)})(?:-| )?"
    r"(?:(?P<quarter>quarter|Quartals?|Vierteljahr\w*|trimestre|kwarta[alłe]\w*|квартал\w*)"
    r"|(?P<half>half|semestre|Halbjahr\w*|Jahreshälfte|helft|mitad|metà|półrocz\w+|полугоди\w+))" + _LINK,
    re.IGNORECASE,
)
_CODE = re.compile(r"(?:^|(?<=[\s(\[–-]))(?:(?P<unit>[QH])(?P<n>[1-4])|(?P<m>[1-4])Q)(?:,? of|,)? ?$")
_CODE_BEHIND = re.compile(r"[ -](?P<unit>[QH])(?P<n>[1-4])\b(?![-.,]?\d)")
_COUNTED = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
    "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10,
    "drie": 3, "zes": 6, "zeven": 7, "negen": 9, "tien": 10, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "dez": 10,
}  # fmt: skip
_NUMBER = rf"(?P<n>1[01]|[2-9]|{'|'.join(_COUNTED)})"
_MONTHS = r"(?:months|Monaten?|meses|mesi|mois|maanden)"
_RUN = re.compile(
    rf"(?:(?:{_FIRST})(?:-| ){_NUMBER} {_MONTHS}|{_NUMBER.replace('<n>', '<m>')} (?:{_FIRST}) {_MONTHS})"
    + _LINK,
    re.IGNORECASE,
)
_YEAR_TO = re.compile(
    r"(?:\byear|\b12[ -]months?|\btwelve months)(?:,? end(?:ed|ing)(?: in)?| to| up to| until)(?: the end of)? $",
    re.IGNORECASE,
)
_QUARTERS, _HALVES = (33, 34, 35, 36), (40, 41)
"""The numbers that EDTF has for them, in the place of a month."""
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(0\d|1[012])(?:-(?:2[89]|3[01]))?")


def narrowed(text: str, phrase: DatePhrase, floor: int = 0, stop: int | None = None) -> DatePhrase:
    """Return a date as the part of its year that the words beside it, in `text[floor:stop]`, count; the same where none do.

    >>> from regesta.dates import find_dates
    >>> [p.edtf for p in find_dates("408 in the second quarter of 2019, 90 en el primer semestre de 2016, 7 in 2014.")]
    ['2019-34', '2016-40', '2014']
    """
    edtf = phrase.edtf
    if edtf is None or phrase.kind not in ("date", "relative") or edtf != phrase.core_edtf:
        return phrase
    if phrase.bounds_hint in (f"{edtf}-01/{edtf}-06", f"{edtf}-07/{edtf}-12"):
        half = phrase.bounds_hint.endswith("12")  # "the first half of 1990", which `finder` reads
        return _with(phrase, f"{edtf}-{_HALVES[half]}", phrase.span)
    start, end = phrase.span
    before = text[max(floor, start - _REACH) : start]
    words = before.lower()
    is_year = _YEAR.fullmatch(edtf) is not None
    if (
        is_year
        and text[end : end + 1] in (" ", "-")
        and (code := _CODE_BEHIND.match(text, end, len(text) if stop is None else stop))
    ):
        return _dated(phrase, _numbered(code["unit"] == "Q", int(code["n"])), Span(start, code.end()))
    if not any(map(words.__contains__, _CUES)):
        return phrase
    if not is_year:
        month = _MONTH.fullmatch(edtf)
        to = _YEAR_TO.search(before) if month else None
        if month is None or to is None:
            return phrase
        year, last = int(month[1]), int(month[2])
        value = f"{year - (last < 12):04d}-{last % 12 + 1:02d}/{month[1]}-{month[2]}"
        return _with(phrase, value, Span(start - len(before) + to.start(), end))
    found, part = _part(before)
    if found is None:
        return phrase
    return _dated(phrase, part, Span(start - len(before) + found.start(), end))


def _part(before: str) -> tuple[re.Match[str] | None, str]:
    """Return the part of a year that ends some words, and what EDTF has for it, with `Y` for the year."""
    if code := _CODE.search(before):
        return code, _numbered(code["unit"] != "H", int(code["n"] or code["m"]))
    if run := _RUN.search(before):
        told = (run["n"] or run["m"]).lower()
        return run, f"Y-01/Y-{int(told) if told.isdecimal() else _COUNTED[told]:02d}"
    if part := _PART.search(before):
        place = next(n for n, _ in _PLACES if part[f"p{n}"])
        is_quarter = part["quarter"] is not None
        return part, _numbered(is_quarter, place)
    return None, ""


def _numbered(is_quarter: bool, place: int) -> str:
    numbers = _QUARTERS if is_quarter else _HALVES
    return f"Y-{numbers[place - 1]}" if 0 < place <= len(numbers) else ""


def _dated(phrase: DatePhrase, part: str, span: Span) -> DatePhrase:
    return _with(phrase, part.replace("Y", phrase.edtf or ""), span) if part else phrase


def _with(phrase: DatePhrase, value: str, span: Span) -> DatePhrase:
    return replace(
        phrase,
        span=span,
        core=span,
        edtf=value,
        core_edtf=value,
        qualifier=None,
        bounds_hint=None,
        evidence=(span, *phrase.evidence[1:]),
    )
