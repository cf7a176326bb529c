"""Series in lines: list items, plain lines, dot leaders.

    • pre-1989 – 607            a period, what stands between, a value, at most three words or a bracket
    • 1990 – 9 (7 men, 2 women)
                                a blank line ends nothing; a repeated period or any other line does
    Total: 616                  the line behind a run, or its caption, may state the total

"1990 – 1995" is a range: where most values look like years, the run is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from regesta.extraction.periods import Dates, Period, cover, period_at, with_year
from regesta.extraction.series_parts import (
    NUMBER,
    QUALIFIED,
    SCALES,
    TOTAL,
    PointFound,
    SeriesFound,
    qualifier_of,
    source_line,
    to_number,
    total_in_words,
    year_above,
)
from regesta.model import Document
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["series_of_lines"]


class _Line(NamedTuple):
    """A line of the text without white space and line end."""

    start: int
    end: int


class _Point(NamedTuple):
    """A line that reads as period and value."""

    point: PointFound
    tail: str
    is_yearlike: bool


_BULLET: Final = lazy(
    r"[ \t]*(?:[•·‣▪◦*+–-][ \t]+|\*+[ ]*|\|[ ]*|\(?\d{1,2}[.)][ \t]+(?=[^\d]|\d{4}))?(?:\*\*|__)?"
)
_BETWEEN: Final = lazy(
    r"(?:\*\*|__)?[ \t\u00a0]*(?:[–—−:=|→>-]{1,3}|\.{2,200}|(?:\.[ ]){2,99}\.?|…{1,40}|[,;]|\t)?[ \t\u00a0]*(?:\*\*|__)?"
)
_VALUE: Final = lazy(
    rf"{QUALIFIED}[$€£¥₩]?{NUMBER}(?P<plus>\+)?(?P<scale>[ ]?(?:million|thousand|billion)\b)?[ ]?%?"
    r"(?P<marks>(?:\[[^\]\n]{1,12}\]|[*†‡]|[ ]?\((?:p|e|r|prov\w*\.?|est\w*\.?)\)|[¹²³⁴-⁹])*)(?:\*\*|__)?"
    r"(?P<tail>(?:[ ][^\W\d_][^\W_]*(?:-[^\W_]+)?){0,3})(?:[ ]?[(\[][^()\[\]\n]{0,160}[)\]])*[ ]?[.,;|]?[ ]*\Z",
    re.IGNORECASE,
)
_REMARK: Final = lazy(r"[ \t]*\(.{0,200}\)[.;]?\Z")
_ORNAMENT: Final = lazy(r"^[\s#=*_|•!>+-]+|[\s#=*_|:–—-]+$")
_MOST_LABEL: Final = 300
_LINE: Final = lazy(r"[^\n\r]+")


def series_of_lines(document: Document, dates: Dates) -> list[SeriesFound]:
    """Return the series that stand in lines outside tables and notes, in order of the text."""
    return _Lines(document, dates).series()


class _Lines:
    """Reads the lines of a document that stand in no table."""

    def __init__(self, document: Document, dates: Dates) -> None:
        self.text = document.text
        self.document = document
        self.dates = dates
        self.years = [match.start() for match in _YEAR.finditer(document.text)]
        self.closed = sorted(
            b.span for b in document.blocks if b.kind in ("table", "footnote", "bibliography")
        )

    def series(self) -> list[SeriesFound]:
        """Return the series, one for each run of lines."""
        found: list[SeriesFound] = []
        before: _Line | None = None
        run: list[_Point] = []
        seen: set[str] = set()
        for line in self._lines():
            point = self._point(line)
            if point is None and (series := self._inline(line)):
                found.append(series)
                continue
            if point and point.point.period in seen and self._finish(run, before, None, found):
                before, run, seen = None, [], set()
            if point:
                run.append(point)
                seen.add(point.point.period)
                continue
            if run and _REMARK.match(self.text, line.start, line.end):
                continue
            if run:
                self._finish(run, before, line, found)
                run, seen = [], set()
            before = line
        self._finish(run, before, None, found)
        return found

    def _lines(self) -> Iterator[_Line]:
        """Yield the lines that are not blank and not in a table."""
        ranges = iter(self.closed)
        shut = next(ranges, None)
        for match in _LINE.finditer(self.text):
            start, end = match.span()
            while shut and shut[1] <= start:
                shut = next(ranges, None)
            if shut and shut[0] < end and shut[1] > start:
                continue
            span = Span(start, end).strip(self.text)
            if span.end > span.start:
                yield _Line(*span)

    def _point(self, line: _Line) -> _Point | None:
        """Read a line as period and value."""
        text = self.text
        if line.end - line.start > _MOST_LABEL or not _DIGIT.search(text, line.start, line.end):
            return None
        bullet = _BULLET.match(text, line.start, line.end)
        start = bullet.end() if bullet else line.start
        for period in self._periods(start, line.end):
            between = _BETWEEN.match(text, period.end, line.end)
            if between is None or between.end() == period.end:
                continue
            match = _VALUE.match(text, between.end(), line.end)
            if match is not None:
                return self._pointed(Span(start, period.end).strip(text, " *_"), period.edtf, match)
        return None

    def _periods(self, start: int, end: int) -> Iterator[Period]:
        """Yield the ways to read the period of a line: "1990 – 95" may be a range or a year and its value."""
        text = self.text
        period = period_at(text, start, end)
        if period is None:
            if worded := self._worded(start, end):
                yield worded
            return
        if not period.edtf.startswith("--"):
            yield period
        elif year := year_above(self.document, start):
            yield period._replace(edtf=with_year(period.edtf, year))
        if text[start + 4 : start + 5] == " " and (first := period_at(text, start, start + 4)):
            yield first

    def _pointed(self, label: Span, edtf: str, match: re.Match[str]) -> _Point:
        """Make the point of a period and a match of `_VALUE`."""
        text = self.text
        value = round(to_number(match["value"]) * SCALES.get((match["scale"] or "").strip().lower(), 1), 4)
        written = match["value"]
        yearlike = len(written) == 4 and written.isdecimal() and 1400 <= int(written) < 2100
        value_end = match.end("scale") if match["scale"] else match.end("value")
        point = PointFound(
            period=edtf, label=label.of(text), value=value, qualifier=qualifier_of(match), role="observation",
            span=Span(label.start, value_end), value_span=Span(match.start("value"), value_end), period_span=label,
        )  # fmt: skip
        return _Point(point, match["tail"].strip().lower(), yearlike and not match["tail"])

    def _inline(self, line: _Line) -> SeriesFound | None:
        """Read a series within one line: "Registered: 2007, 2,338; 2008, 627; 2009, 691"."""
        text = self.text
        third = bisect_left(self.years, line.start) + 2
        if third >= len(self.years) or self.years[third] >= line.end:
            return None
        points: list[PointFound] = []
        end = line.start
        for year in self.years[third - 2 : bisect_left(self.years, line.end)]:
            match = _INLINE.match(text, year, line.end) if year >= end else None
            if match is None:
                continue
            end = match.end()
            if points and not _LISTED.fullmatch(text, points[-1].value_span.end, match.start()):
                if len(points) >= 3:
                    break
                points = []
            period, value = match.span("period"), match.span("value")
            points.append(
                PointFound(
                    period=match["period"], label=match["period"], value=to_number(match["value"]), qualifier=None, role="observation",
                    span=Span(period[0], value[1]), value_span=Span(*value), period_span=Span(*period),
                )
            )  # fmt: skip
        years = [p.period for p in points]
        if len(points) < 3 or years != sorted(set(years)):
            return None
        begin = max(
            (m.end() for m in _SENTENCE.finditer(text, line.start, points[0].span.start)), default=line.start
        )
        label = Span(begin, points[0].span.start).strip(text, " :–—-•*\t")
        named = label if label.end - label.start > 3 else None
        return SeriesFound(
            label=named.of(text) if named else self.document.title or self.document.source.name, label_span=named,
            source_span=None, points=tuple(points),
        )  # fmt: skip

    def _worded(self, start: int, end: int) -> Period | None:
        """Read a date in words at the beginning of a line: "31 December 2001 .... 45"."""
        if not any(c.isdigit() for c in self.text[start : start + 24]) or end - start > 120:
            return None
        phrase = next(iter(self.dates(self.text, start, end)), None)
        if phrase is None or not phrase.edtf or phrase.span[0] != start:
            return None
        return Period(phrase.span[1], phrase.edtf)

    def _finish(
        self, run: list[_Point], before: _Line | None, after: _Line | None, found: list[SeriesFound]
    ) -> bool:
        """Make a series of a run of points, if it is one; return whether it was."""
        if len(run) < 2:
            return False
        clear = [p for p in run if not p.is_yearlike]
        if len(clear) * 2 < len(run) or len({p.tail.split(" ")[0] for p in run}) > 1 + len(run) * 2 // 5:
            return False
        points = [p.point for p in run]
        periods = [p.period for p in points]
        label_span, total = self._caption(before, points[0].span.start, periods)
        if total is None and after:
            total = self._total_line(after, periods)
        if len(points) < 3 and total is None:
            return False
        end = points[-1].span.end
        ordered = sorted([*points, *([total] if total else [])], key=lambda p: p.span)
        label = label_span.of(self.text) if label_span else self.document.title or self.document.source.name
        found.append(
            SeriesFound(
                label=label, label_span=label_span, source_span=source_line(self.text, _line_end(self.text, end), len(self.text)),
                points=tuple(ordered),
            )
        )  # fmt: skip
        return True

    def _caption(
        self, before: _Line | None, start: int, periods: list[str]
    ) -> tuple[Span | None, PointFound | None]:
        """Return what names the series, from the line above it, and the total stated there."""
        if before is None or start - before.end > 400:
            return None, None
        text = self.text
        begin, end = before
        total = (
            total_in_words(text, begin, end, self.dates, periods) if end - begin <= 2 * _MOST_LABEL else None
        )
        if total is None or end - begin > _MOST_LABEL:
            begin = max((m.end() for m in _SENTENCE.finditer(text, begin, end)), default=begin)
        ornament = _ORNAMENT.match(text[begin:end])
        lead = ornament.end() if ornament else 0
        begin += lead
        if total and total.value_span.start < begin:
            total = None
        stop = total.value_span.start if total and total.value_span.end >= end - 2 else end
        words = text[begin:stop]
        trail = re.compile(r"[\s#=*_|:–—-]+\Z").search(words)
        label = Span(begin, stop - (len(trail[0]) if trail else 0))
        return (label if label.end > label.start else None), total

    def _total_line(self, line: _Line, periods: list[str]) -> PointFound | None:
        """Read "Total: 18,000" below a list."""
        text = self.text
        bullet = _BULLET.match(text, line.start, line.end)
        start = bullet.end() if bullet else line.start
        if not TOTAL.match(text, start, line.end) or line.end - start > _MOST_LABEL:
            return None
        total = total_in_words(text, start, line.end, self.dates, periods)
        if total is None:
            word = TOTAL.match(text, start, line.end)
            assert word is not None
            between = _BETWEEN.match(text, word.end(), line.end)
            match = _VALUE.match(text, between.end() if between else word.end(), line.end)
            if match is None:
                return None
            total = PointFound(
                period=cover(periods), label=word[0], value=to_number(match["value"]), qualifier=qualifier_of(match), role="stated-total",
                span=Span(start, match.end("value")), value_span=Span(*match.span("value")), period_span=Span(*word.span()),
            )  # fmt: skip
        return total


_DIGIT: Final = lazy(r"\d")
_YEAR: Final = lazy(r"(?:1[4-9]|20)\d\d")
_SENTENCE: Final = lazy(r"[.!?][ ]+(?=[A-Z])")
_INLINE: Final = lazy(
    rf"(?<![\w,.-])(?P<period>(?:1[4-9]|20)\d\d)(?:[ ]?[:=][ ]?|[ ][–—-][ ]|,[ ]|[ ]?\()(?!(?:1[4-9]|20)\d\d\b){NUMBER}"
)
_LISTED: Final = lazy(r"\)?(?:[;,]|[;,]? and)[ ]+|\)?[ ]*[;,/|•·][ ]*")


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
