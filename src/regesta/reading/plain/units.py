"""Lines into units: what was written as one piece and broken by the width of a screen is one piece again.

    Kim fled across the river in the winter of        one unit, two lines: "1953." would not
    1953. He was a pilot.                             have fitted on the first line

    Kim fled in 1953.                                 two units: there was room for "Park"
    Park fled in 1954.

A text is hard-wrapped at width W where most of its lines are followed by a word that would have passed W; a text that was
broken by hand, at no one width, is known by lines that go on with a small letter. A unit has no meaning yet beyond the mark it
opens with; `plain` decides what is a heading and what a footnote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from regesta.reading.plain.columns import Grid, find_grid
from regesta.reading.plain.lines import Line, Stretch, scan
from regesta.text.span import Span

__all__ = ["Unit", "units"]

UnitKind = Literal["text", "item", "heading", "rule", "grid", "quote"]

_HANGS = re.compile(
    r" (?:the|a|an|of|and|in|to|with|at|by|from|for|on|was|were|had|his|her|their|who|that|which|as|or|but|into)$"
)
"""Words that no line of its own ends with."""
_LONG = 100
"""Code points of a line that was broken by hand where it ends within a sentence and its paragraph does not."""
_RULE = re.compile(r"^(?:([-=_*~#+.─━═])[ \t]?)(?:\1[ \t]?){2,400}$")
_HASHES = re.compile(r"^(#{1,6})[ \t]+(?=\S)(.*?)[ \t]*#*$")
_EQUALS = re.compile(r"^(={1,6})[ \t]*([^=].*?)[ \t]*\1$")
_DATED_ENTRY = re.compile(
    r"(?:\d{1,2}(?:er|[.ºª])? (?:de |d['’])?[^\W\d]{3,12}\.?|[^\W\d]{3,10}\.? \d{1,2})(?: \d{4})?(?: [–—-]|:) ",
    re.IGNORECASE,
)
"""A day and a dash: where the line above ends its sentence, an entry of its own."""
_MONTH_ENDS = re.compile(
    r" (?:January|February|March|April|May|June|July|August|September|October|November|December)$"
)
"""A month at the end of a line: a day on the next one belongs to it."""
_YEAR_ENTRY = re.compile(r"\d{4}(?: ?[–-] ?\d{2,4})? ?: ")
"""A year and a colon: an entry of a timeline, whatever the line above ends with."""
_NAME_ENTRY = re.compile(r"[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3}: (?=[^\W\d_a-z])")
"""A name, a colon and what is told: an entry of its own."""
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"”’'»)\]]*(?:\[[^\]]{1,8}\]){0,9}$")
_FIRST_WORD = re.compile(r"\S+")
_ROW = re.compile(r"[^\r\n]+")


@dataclass(slots=True)
class Unit:
    """Lines that belong together."""

    kind: UnitKind
    text: str
    """The whole text."""
    number: int
    """Of the first line, from 1."""
    span: Span
    """From the first to the last visible code point."""
    content: Span
    """Without marker and heading signs."""
    gap: int
    """Blank lines above."""
    n_lines: int = 1
    level: int = 0
    """Of a heading that has signs of its own, else 0."""
    gap_after: int = 1
    """Blank lines below."""
    grid: Grid | None = None
    marker: str = ""
    mark_kind: str = ""
    indent: int = 0
    is_hanging: bool = True
    """Whether the second line is indented as much as the first, or more."""

    @property
    def words(self) -> str:
        """The content with line breaks as spaces; as long as the content, so that offsets count in both."""
        if self.grid is not None:
            return ""
        words = self.text[self.content.start : self.content.end]
        if self.n_lines > 1:
            words = words.replace("\r", " ").replace("\n", " ")
        return words.replace("\t", " ")

    @property
    def length(self) -> int:
        """How many code points its words have."""
        return 0 if self.grid is not None else self.content.end - self.content.start

    @property
    def is_single(self) -> bool:
        """Whether it stands on one line."""
        return self.n_lines == 1


def units(text: str) -> list[Unit]:
    """Return the units of a text in order; every visible line lies in exactly one."""
    lines = scan(text)
    width = _wrap_width(text, lines)
    found: list[Unit] = []
    for kind, run in groupby(lines, type):
        if kind is Stretch:
            for stretch in run:
                assert isinstance(stretch, Stretch)
                _unfold(text, stretch, width, found)
        else:
            found += _group(text, [line for line in run if isinstance(line, Line)], width)
    base = min((unit.indent for unit in found if unit.kind in ("text", "item")), default=0)
    for unit, below in pairwise(found):
        unit.gap_after = below.gap
    if base:
        for unit in found:
            unit.indent = max(0, unit.indent - base)
    return found


def _unfold(text: str, stretch: Stretch, width: int | None, found: list[Unit]) -> None:
    """Add the units of ordinary lines; the same questions as `_continues` asks, but for marks and indentation."""
    number, gap, whole = stretch.number, stretch.gap, Span(stretch.start, stretch.end)
    if stretch.n_lines == 1:
        found.append(Unit("text", text, number, whole, whole, gap))
        return
    rows = _ROW.finditer(text, whole.start, whole.end)
    first, end = next(rows).span()
    n_lines, above = 1, first
    is_prose = not _is_open(text, max(first, whole.end - 40), whole.end)
    for row in rows:
        start, stop = row.span()
        length = end - above
        goes_on = False
        if width is not None and length > 0.6 * width:
            word = text.find(" ", start, stop)
            goes_on = length + 1 + ((stop if word < 0 else word) - start) >= width - 2
        if not goes_on and length >= 40:
            goes_on = (
                not _ENDS_SENTENCE.search(text, max(above, end - 40), end)
                if text[start].islower()
                else _HANGS.search(text, end - 12, end) is not None
            )
        if not goes_on and text[start].isdigit() and length >= 40:
            goes_on = _MONTH_ENDS.search(text, end - 12, end) is not None
        if not goes_on and is_prose and length >= _LONG:
            goes_on = _is_open(text, above, end)
        if goes_on and (_YEAR_ENTRY.match(text, start, stop) or _NAME_ENTRY.match(text, start, stop)):
            goes_on = False
        elif goes_on and _DATED_ENTRY.match(text, start, stop):
            goes_on = not _ENDS_SENTENCE.search(text, max(above, end - 40), end)
        if goes_on:
            n_lines += 1
        else:
            span = Span(first, end)
            found.append(Unit("text", text, number, span, span, gap, n_lines))
            number, gap, first, n_lines = number + n_lines, 0, start, 1
        above, end = start, stop
    span = Span(first, end)
    found.append(Unit("text", text, number, span, span, gap, n_lines))


def _first_word(text: str, line: Line) -> int:
    match = _FIRST_WORD.match(text, line.start, line.end)
    return match.end() - match.start() if match else 0


def _wrap_width(text: str, lines: Sequence[Line | Stretch]) -> int | None:
    """Return the width at which the text was broken, None where each line is a piece of its own."""
    lengths: Counter[int] = Counter()
    reaches: Counter[int] = Counter()
    """How long the line would have been with the next one's first word."""
    small = still_open = 0
    above: Line | None = None
    for line in lines:
        if isinstance(line, Stretch):
            above = None
            if line.n_lines > 1:
                more, unended = _measure(text, line, lengths, reaches)
                small, still_open = small + more, still_open + unended
            continue
        if above is not None and not line.gap and not line.marker and above.length >= 30:
            lengths[above.length] += 1
            reaches[line.indent + above.length + 1 + _first_word(text, line) - above.indent] += 1
            small += text[line.start].islower()
            still_open += _is_open(text, above.start, above.end)
        above = line
    total = lengths.total()
    if total < 3:
        return None
    longer, width = 0, 0
    for width in sorted(lengths, reverse=True):
        longer += lengths[width]
        if longer > total // 20:
            break
    if 40 <= width <= 130 and sum(n for reach, n in reaches.items() if reach >= width - 2) >= 0.6 * total:
        return width
    if small < max(1, 0.2 * total) or still_open < 0.7 * total:
        return None
    return sorted(reaches.elements())[total // 8]  # broken by hand, now here, now there


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a line ends within a sentence."""
    return _ENDS_SENTENCE.search(text, max(start, end - 40), end) is None


def _measure(text: str, stretch: Stretch, lengths: Counter[int], reaches: Counter[int]) -> tuple[int, int]:
    """Count the lengths of ordinary lines but the last, and how far each would have reached.

    Returns how many of them go on with a small letter, and how many end within a sentence.
    """
    small = still_open = 0
    rows = _ROW.finditer(text, stretch.start, stretch.end)
    above, end = next(rows).span()
    for row in rows:
        start, stop = row.span()
        length = end - above
        if length >= 30:
            word = text.find(" ", start, stop)
            lengths[length] += 1
            reaches[length + 1 + (stop if word < 0 else word) - start] += 1
            small += text[start].islower()
            still_open += _is_open(text, above, end)
        above, end = start, stop
    return small, still_open


def _continues(text: str, first: Line, above: Line, line: Line, width: int | None) -> bool:
    """Return whether a line without marker goes on with the unit of `first`, whose last line is `above`."""
    if line.gap or _YEAR_ENTRY.match(text, line.start, line.end):
        return False
    if first.marker and line.indent > first.indent:
        return True
    if above.number == first.number == 1 and _is_capitals(text, above) and _is_capitals(text, line):
        return True  # a title in capitals over two lines
    is_open = not _ENDS_SENTENCE.search(text, max(above.start, above.end - 40), above.end)
    hangs = text[line.start].islower() or _HANGS.search(text, above.end - 12, above.end)
    if text[line.start].isdigit():
        hangs = hangs or _MONTH_ENDS.search(text, above.end - 12, above.end)
    if is_open and above.length >= 40 and hangs:
        return True
    if width is None:
        return False
    if line.indent > first.indent + 1 and line.indent > above.indent + 1 and not is_open:
        return False
    return above.length + 1 + _first_word(text, line) >= width - 2 and above.length > 0.6 * width


def _is_capitals(text: str, line: Line) -> bool:
    words = text[line.start : line.end]
    return words == words.upper() and sum(c.isalpha() for c in words) >= 8


def _group(text: str, lines: list[Line], width: int | None) -> Iterator[Unit]:
    index = 0
    while index < len(lines):
        line = lines[index]
        grid = find_grid(text, lines, index)
        if grid is not None:
            index += grid.n_lines
            whole = Span(line.start, lines[index - 1].end)
            yield Unit(
                "grid", text, line.number, whole, whole, line.gap, grid.n_lines, grid=grid, indent=line.indent
            )
            continue
        visible = text[line.start : line.end]
        if _RULE.match(visible):
            line.without_marker()
            yield Unit("rule", text, line.number, line.span, line.span, line.gap)
            index += 1
            continue
        sign = None if line.marker else _sign(visible)
        if sign is not None:
            content = Span(line.start + sign.start(2), line.start + sign.end(2)).strip(text)
            level, mark = len(sign.group(1)), sign.group(1)
            yield Unit("heading", text, line.number, line.span, content, line.gap, level=level, marker=mark)
            index += 1
            continue
        n = index + 1
        if visible.startswith("> "):
            while n < len(lines) and not lines[n].gap and text.startswith(">", lines[n].start):
                n += 1
            yield _unit("quote", text, lines[index:n], line.start + 1, marker=">")
            index = n
            continue
        while n < len(lines) and _goes_on(text, line, lines[n - 1], lines[n], width):
            n += 1
        level = _underline(text, lines, n) if n == index + 1 and not line.marker else 0
        if level:
            words = Span(line.start, line.end)
            both = Span(line.start, lines[n].end)
            mark = "=-"[level - 1]
            yield Unit("heading", text, line.number, both, words, line.gap, 2, level=level, marker=mark)
            index = n + 1
            continue
        unit = _unit("item" if line.marker else "text", text, lines[index:n], line.words, marker=line.marker)
        unit.mark_kind = line.kind
        yield unit
        index = n


def _unit(kind: UnitKind, text: str, lines: list[Line], start: int, *, marker: str) -> Unit:
    """Return the unit of some lines whose words begin at `start`."""
    first, last = lines[0], lines[-1]
    content = Span(start, last.end)
    return Unit(
        kind,
        text,
        first.number,
        Span(first.start, last.end),
        content.strip(text) if kind == "quote" else content,
        first.gap,
        len(lines),
        marker=marker,
        indent=first.indent,
        is_hanging=len(lines) == 1 or lines[1].indent >= first.indent,
    )


def _sign(visible: str) -> re.Match[str] | None:
    """Return the match of a heading's own signs."""
    if visible[0] == "#":
        return _HASHES.match(visible)
    return _EQUALS.match(visible) if visible[0] == "=" else None


def _goes_on(text: str, first: Line, above: Line, line: Line, width: int | None) -> bool:
    if line.marker or not _continues(text, first, above, line, width):
        return False
    visible = text[line.start : line.end]
    return not (_RULE.match(visible) or _sign(visible))


def _underline(text: str, lines: list[Line], index: int) -> int:
    """Return the level that a row of `=` or `-` right under a line gives it, else 0."""
    if index >= len(lines) or lines[index].gap or index == 0:
        return 0
    row = text[lines[index].start : lines[index].end]
    if len(row) < 3 or set(row) not in ({"="}, {"-"}, {"~"}) or lines[index - 1].length > 100:
        return 0
    return 1 if row[0] == "=" else 2
