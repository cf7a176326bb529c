"""Dates in cells, where columns leave out what a sentence would say.

26/9/22       a year of two figures; the century is the one that the document names
08/02/1979    day or month first? another cell of the column (23/08/1980) tells
22 IX 1944    the month in Roman figures
4 | 11 | 2004 day, month and year in columns of their own
Feb. '39      a year cut short, after its month
3 March       the year stands in another column, in a row above, or over the table
--/11/1972    a day that nobody noted
2012. 12.     a year and a month in figures, and nothing else; 05/1986 too
1973?         in doubt
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from regesta import dates as dating
from regesta.extraction.passages import Filed
from regesta.text.span import Span

__all__ = ["century_of", "date_of", "from_parts", "is_day_first"]

_FIGURES = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/])")
_ROMAN = re.compile(
    r"(?<![\d./-])(\d{1,2})[ .]{1,2}(XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)[ .]{1,2}(\d{4})\b"
)
_NO_DAY = re.compile(
    r"(?<![\w./-])(?:-{1,2}|\?{1,2}|0{1,2}|[xX]{1,2}|_{1,2}|\*{1,2})([./-])(\d{1,2})\1(\d{4})(?![\d/])"
)
_YEAR_MONTH = re.compile(r"((?:1[5-9]|20)\d\d)(?:\. ?|/|-)(\d{1,2})\.?")
_MONTH_YEAR = re.compile(r"(\d{1,2})(?:/|\.|-)((?:1[5-9]|20)\d\d)")
_DOUBT = re.compile(r"\s?(?:\?|\(\?\))\s*")
_EXACT = re.compile(r"\d{4}(?:-\d\d){0,2}")
_ROMANS = {
    r: i for i, r in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)
}
_SHORT = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ .-]{1,2})?([A-Za-z]{3,9})\.?,?[ -]?['’](\d\d)(?![\d\w])")
_YEARS = re.compile(r"\b(1[5-9]|20)(\d\d)\b")


def century_of(text: str) -> dict[str, str]:
    """Return, by its last two figures, every year that the text writes out, and under "" the usual century.

    >>> century_of("In 1922 and 1923")
    {'22': '1922', '23': '1923', '': '19'}
    """
    found: dict[str, str] = {}
    usual: Counter[str] = Counter()
    for match in _YEARS.finditer(text, 0, 100_000):
        found.setdefault(match.group(2), match.group())
        usual[match.group(1)] += 1
    found[""] = usual.most_common(1)[0][0] if usual else "19"
    return found


def is_day_first(cells: Iterable[str]) -> bool | None:
    """Return whether dates in figures write the day first, as far as some cell of their column shows it.

    >>> is_day_first(["08/02/1979", "23/08/1980"]), is_day_first(["08/02/1979"])
    (True, None)
    """
    for cell in cells:
        match = _FIGURES.search(cell)
        if match and int(match.group(1)) > 12:
            return True
        if match and int(match.group(3)) > 12:
            return False
    return None


def date_of(
    text: str, span: Span, filed: Filed | None, years: dict[str, str], *, day_first: bool | None
) -> Filed | None:
    """Return the date that a cell opens with, completed by `filed`, with the places that say it; None without one."""
    figures = _FIGURES.search(text, *span)
    if figures and (len(figures.group(4)) == 2 or day_first is not None):
        first, second, year = int(figures.group(1)), int(figures.group(3)), figures.group(4)
        if len(year) == 2:
            year = years.get(year) or years[""] + year
        day, month = (second, first) if day_first is False or second > 12 else (first, second)
        if edtf := _edtf(year, month, day):
            return Filed(edtf, (Span(*figures.span()),))
    only_month = _YEAR_MONTH.fullmatch(text, *span)
    if only_month and (edtf := _edtf(only_month.group(1), int(only_month.group(2)), 0)):
        return Filed(edtf, (Span(*only_month.span()),))
    month_first = _MONTH_YEAR.fullmatch(text, *span)
    if month_first and (edtf := _edtf(month_first.group(2), int(month_first.group(1)), 0)):
        return Filed(edtf, (Span(*month_first.span()),))
    unknown_day = _NO_DAY.search(text, *span)
    if unknown_day and (edtf := _edtf(unknown_day.group(3), int(unknown_day.group(2)), 0)):
        return Filed(edtf, (Span(*unknown_day.span()),))
    roman = _ROMAN.search(text, *span)
    if roman and (edtf := _edtf(roman.group(3), _ROMANS[roman.group(2)], int(roman.group(1)))):
        return Filed(edtf, (Span(*roman.span()),))
    short = _SHORT.search(text, *span)
    if short and (number := _month(short.group(2))):
        year = years.get(short.group(3)) or years[""] + short.group(3)
        if edtf := _edtf(year, number, int(short.group(1) or 0)):
            return Filed(edtf, (Span(*short.span()),))
    found = dating.find_dates(text, *span)
    if not found:
        return None
    phrase = found[0]
    if phrase.edtf is None and filed and phrase.kind not in ("now", "relative"):
        phrase = dating.resolve(phrase, year=(filed.edtf[:4], filed.spans[0]))
    if phrase.edtf is None:
        return None
    doubt = _DOUBT.fullmatch(text, phrase.span.end, span.end)
    if doubt and _EXACT.fullmatch(phrase.edtf):
        return Filed(f"{phrase.edtf}?", (Span(phrase.span.start, doubt.end()).strip(text),))
    return Filed(phrase.edtf, tuple(phrase.evidence) or (phrase.span,))


def from_parts(text: str, year: Span, month: Span | None, day: Span | None) -> Filed | None:
    """Return the date whose year, month and day stand in cells of their own; as exact as the cells that are filled.

    >>> from_parts("3;4;2004", Span(4, 8), Span(2, 3), Span(0, 1)).edtf
    '2004-04-03'
    """
    spans: Sequence[Span] = [s for s in (day, month, year) if s]
    written = _YEARS.search(text, *year)
    if written is None:
        return None
    number = _month(month.of(text).strip(" .")) if month else None
    numeral = day.of(text).strip(" .") if day else ""
    edtf = _edtf(written.group(), number or 0, int(numeral) if numeral.isdecimal() else 0)
    return Filed(edtf or written.group(), tuple(spans))


def _month(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    if word.upper() in _ROMANS:
        return _ROMANS[word.upper()]
    found = dating.find_dates(f"{word} 1900") if word else []
    return int(found[0].edtf[5:7]) if found and found[0].edtf and len(found[0].edtf) == 7 else None


def _edtf(year: str, month: int, day: int) -> str | None:
    if not month:
        return year
    if not 1 <= month <= 12 or day > 31:
        return None
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
