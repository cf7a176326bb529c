"""What lists and tables of figures have in common: the types, the number of a cell, stated totals, the source line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from regesta.extraction.periods import Dates, cover
from regesta.extraction.quantities import find_quantities
from regesta.model import Document
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = [
    "ALL_ABROAD",
    "NUMBER",
    "QUALIFIED",
    "SCALES",
    "TOTAL",
    "PointFound",
    "SeriesFound",
    "qualifier_of",
    "source_line",
    "to_number",
    "total_in_words",
    "year_above",
]

Role = Literal["observation", "stated-total"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFound:
    """One value of a series and where it stands."""

    period: str
    """EDTF."""
    label: str
    """The period as worded; "Total" for a total without one."""
    value: float
    qualifier: str | None
    """`about`, `min`, `max` or None."""
    role: Role
    span: Span
    """Period and value: `1990 – 9`."""
    value_span: Span
    period_span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFound:
    """The points of one list or one table column, in order of the text."""

    label: str
    """What is counted, as worded in the caption, heading or column."""
    label_span: Span | None
    source_span: Span | None
    """The line that names the origin of the figures."""
    points: tuple[PointFound, ...]


QUALIFIED: Final = (
    r"(?P<least>over|more[ ]than|at[ ]least|above|>|≥|über|mehr[ ]als|mindestens|plus[ ]de|au[ ]moins|más[ ]de|al[ ]menos|mais[ ]de|oltre|più[ ]di|"
    r"almeno|meer[ ]dan|ponad|co[ ]najmniej|более|свыше|понад)?"
    r"(?P<most>up[ ]to|less[ ]than|fewer[ ]than|under|at[ ]most|no[ ]more[ ]than|<|≤|bis[ ]zu|weniger[ ]als|höchstens|moins[ ]de|menos[ ]de|meno[ ]di|"
    r"mniej[ ]niż|менее)?"
    r"(?P<near>about|approx(?:imately|\.)?|around|circa|ca?\.|~|≈|some|nearly|roughly|almost|est(?:imated|\.)?|etwa|rund|ungefähr|knapp|environ|"
    r"près[ ]de|un[oa]s|cerca[ ]de|alrededor[ ]de|ongeveer|około|ok\.|около|примерно|близько|약)?[ ]?"
)
NUMBER: Final = r"(?P<value>\d{1,3}(?:[,\u00a0\u2009\u202f'’ ]\d{3}){1,4}(?:\.\d{1,2}(?!\d))?(?![\d]|[,.]\d{3})|\d{1,3}(?:\.\d{3}){2,4}(?!\d)|\d{1,12}(?:\.\d{1,4})?(?![\d]|,\d))"
_SOURCE: Final = lazy(
    r"[ \t]*(?:[*_•-][ ]?)?\(?(?:data[ ])?sources?\b[ ]?(?:of[ ]data)?[*_]{0,2}[ ]?[:–—-]", re.IGNORECASE
)
ALL_ABROAD: Final = (
    r"(?:summe|gesamt(?:zahl|summe)?|insgesamt|zusammen|ensemble|suma|totale|somma|totaal|samen|razem|ogółem|łącznie|celkem|"
    r"итого|всего|разом|усього|합계|총계|계)(?!\w)"
)
"""What a row or column of sums is called in German, French, Spanish, Italian, Dutch, Polish, Czech, Russian, Ukrainian, Korean."""
TOTAL: Final = lazy(
    r"(?:grand[ ]|over)?(?:totals?\b|sum\b|altogether\b|cumulative\b|all(?:[ ](?:years|periods))?[ ]*(?:$|[:|–—.-]))|"
    + ALL_ABROAD,
    re.IGNORECASE,
)
_IN_ALL: Final = lazy(r"\b(?:total|altogether|in all|overall|all told|sum|combined)\b", re.IGNORECASE)
_YEAR_ALONE: Final = lazy(r"(?<![^\n])[ \t#=*•_-]*((?:1[4-9]|20)\d\d)[ \t:=*_]*(?=\r?\n)")
_YEAR: Final = lazy(r"(?<![\d-])(?:1[4-9]|20)\d\d(?![\d-])")
_ABOUT: Final = lazy(
    r"\b(?:approximate(?:ly)?|approx|about|around|roughly|estimated?|nearly|almost|some)\b", re.IGNORECASE
)
_LINE: Final = lazy(r"[^\n\r]+")
SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def to_number(written: str) -> float:
    """Return the number that a cell or a line writes, thousands separated as it likes.

    >>> to_number("1,139"), to_number("2 018"), to_number("3.5"), to_number("1.234.567")
    (1139, 2018, 3.5, 1234567)
    """
    if written.count(".") > 1:
        written = written.replace(".", "")
    plain = re.sub(r"[^\d.]", "", written)
    return (
        float(plain) if plain.rpartition(".")[2].strip("0") and "." in plain else int(plain.partition(".")[0])
    )


def grouped_by_points(points: tuple[PointFound, ...], text: str) -> tuple[PointFound, ...]:
    """Return the points with points for thousands where three values or more are given, and all that have a point are written so: "4.871"."""
    written = [p.value_span.of(text) for p in points]
    pointed = [
        bool(_GROUPED.fullmatch(w)) and float(w) == p.value for w, p in zip(written, points, strict=True)
    ]
    plain = all(one or "." not in w for w, one in zip(written, pointed, strict=True))
    if len(points) < _LEAST_GROUPED or not plain:
        return points
    return tuple(
        replace(p, value=round(p.value * 1000)) if one else p for p, one in zip(points, pointed, strict=True)
    )


_GROUPED: Final = lazy(r"[1-9]\d{0,2}\.\d{3}")
_LEAST_GROUPED: Final = 3


def qualifier_of(match: re.Match[str]) -> str | None:
    """Return `min`, `max`, `about` or None of a match of `QUALIFIED`."""
    if match["least"] or match["plus"]:
        return "min"
    if match["most"]:
        return "max"
    return "about" if match["near"] else None


def source_line(text: str, start: int, end: int) -> Span | None:
    """Return the first of the next two lines of `text[start:end]` that says where figures come from."""
    lines = 0
    for match in _LINE.finditer(text, start, min(end, start + 1500)):
        if not match[0].strip():
            continue
        if _SOURCE.match(match[0]):
            return Span(*match.span()).strip(text)
        lines += 1
        if lines == 2:
            break
    return None


def year_above(document: Document, at: int) -> str | None:
    """Return the year for months without one: of a heading that is a year alone, of the source, or of the title lines."""
    years = list(_YEAR_ALONE.finditer(document.text, max(0, at - 1600), at))
    if years:
        return years[-1][1]
    if document.source.date:
        return document.source.date[:4]
    top = _YEAR.search(document.text, 0, min(at, 300))
    return top[0] if top else None


def total_in_words(text: str, start: int, end: int, dates: Dates, periods: list[str]) -> PointFound | None:
    """Return the total that a caption or a sentence states ("in total, from 1953 to 2009: 18,000"), None where it has none."""
    if not _IN_ALL.search(text, start, end):
        return None
    phrases = [p for p in dates(text, start, end) if p.edtf]
    numbers = [
        q
        for q in find_quantities(text, start, end, skip=[p.span for p in phrases])
        if q.number is not None and not q.is_weak and q.kind in ("bare", "count") and not q.is_adjective
    ]
    if not numbers:
        return None
    quantity = numbers[-1]
    spans = [p for p in phrases if p.edtf and "/" in p.edtf] or phrases
    period = spans[0].edtf if spans and spans[0].edtf else cover(periods)
    qualifier: str | None = quantity.bound
    if qualifier is None and _ABOUT.search(text, start, end):
        qualifier = "about"
    assert quantity.number is not None
    where = Span(*spans[0].span) if spans else quantity.number_span
    return PointFound(
        period=period, label=where.of(text) if spans else "total", value=quantity.number, qualifier=qualifier, role="stated-total",
        span=Span(start, end), value_span=quantity.number_span, period_span=where,
    )  # fmt: skip
