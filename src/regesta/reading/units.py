"""Lines into units: what was written as one piece and broken by the width of a screen is one piece again.

    Kim fled across the river in the winter of        one unit, two lines: "1953." would not
    1953. He was a pilot.                             have fitted on the first line

    Kim fled in 1953.                                 two units: there was room for "Park"
    Park fled in 1954.

A text is hard-wrapped at width W where most of its lines are followed by a word that would have passed W. A unit has no
meaning yet beyond the mark it opens with; `plain` decides what is a heading and what a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from regesta.reading.columns import Grid, find_grid
from regesta.reading.lines import Line, scan
from regesta.text.span import Span

__all__ = ["Unit", "units"]

UnitKind = Literal["text", "item", "heading", "rule", "grid", "quote"]

_RULE = re.compile(r"^(?:([-=_*~#+.─━═])[ \t]?)(?:\1[ \t]?){2,400}$")
_HASHES = re.compile(r"^(#{1,6})[ \t]+(?=\S)(.*?)[ \t]*#*$")
_EQUALS = re.compile(r"^(={2,6})[ \t]*([^=].*?)[ \t]*\1$")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"”’'»)\]]*(?:\[[^\]]{1,8}\]){0,9}$")
_FIRST_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Unit:
    """Lines that belong together."""

    kind: UnitKind
    lines: list[Line]
    content: Span
    """Without marker and heading signs."""
    level: int = 0
    """Of a heading that has signs of its own, else 0."""
    gap_after: int = 0
    """Blank lines below."""
    grid: Grid | None = None
    marker: str = ""
    mark_kind: str = ""
    indent: int = 0
    words: str = field(default="", repr=False)
    """The content with line breaks as spaces; as long as the content, so that offsets count in both."""

    @property
    def span(self) -> Span:
        """From the first to the last visible code point."""
        return Span(self.lines[0].start, self.lines[-1].end)

    @property
    def gap(self) -> int:
        """Blank lines above."""
        return self.lines[0].gap

    @property
    def is_single(self) -> bool:
        """Whether it stands on one line."""
        return len(self.lines) == 1


def units(text: str) -> list[Unit]:
    """Return the units of a text in order; every visible line lies in exactly one."""
    lines = scan(text)
    width = _wrap_width(text, lines)
    found = list(_group(text, lines, width))
    base = min((unit.indent for unit in found if unit.kind in ("text", "item")), default=0)
    for index, unit in enumerate(found):
        unit.gap_after = found[index + 1].gap if index + 1 < len(found) else 1
        unit.indent = max(0, unit.indent - base)
        if unit.kind != "grid":
            unit.words = _flat(unit.content.of(text))
    return found


def _flat(words: str) -> str:
    return words.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def _first_word(text: str, line: Line) -> int:
    match = _FIRST_WORD.match(text, line.start, line.end)
    return match.end() - match.start() if match else 0


def _wrap_width(text: str, lines: list[Line]) -> int | None:
    """Return the width at which the text was broken, None where each line is a piece of its own."""
    pairs = [
        (a.length, b.indent + a.length + 1 + _first_word(text, b) - a.indent)
        for a, b in pairwise(lines)
        if b.gap == 0 and not b.marker and a.length >= 30
    ]
    if len(pairs) < 3:
        return None
    lengths = sorted((length for length, _ in pairs), reverse=True)
    width = lengths[len(lengths) // 20]
    if not 40 <= width <= 130:
        return None
    return width if sum(reach >= width - 2 for _, reach in pairs) >= 0.6 * len(pairs) else None


def _continues(text: str, first: Line, above: Line, line: Line, width: int | None) -> bool:
    """Return whether a line without marker goes on with the unit of `first`, whose last line is `above`."""
    if line.gap:
        return False
    if first.marker and line.indent > first.indent:
        return True
    if above.number == first.number == 1 and _is_capitals(text, above) and _is_capitals(text, line):
        return True  # a title in capitals over two lines
    is_open = not _ENDS_SENTENCE.search(text, max(above.start, above.end - 40), above.end)
    if is_open and text[line.start].islower() and above.length >= 40:
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
        visible = text[line.start : line.end]
        grid = find_grid(text, lines, index)
        if grid is not None:
            n = grid.n_lines
            yield Unit(
                "grid",
                lines[index : index + n],
                Span(line.start, lines[index + n - 1].end),
                grid=grid,
                indent=line.indent,
            )
            index += n
            continue
        if _RULE.match(visible):
            line.without_marker()
            yield Unit("rule", [line], line.span)
            index += 1
            continue
        sign = None if line.marker else _HASHES.match(visible) or _EQUALS.match(visible)
        if sign is not None:
            content = Span(line.start + sign.start(2), line.start + sign.end(2)).strip(text)
            yield Unit("heading", [line], content, level=len(sign.group(1)), marker=sign.group(1))
            index += 1
            continue
        if visible.startswith("> "):
            n = index + 1
            while n < len(lines) and not lines[n].gap and text.startswith(">", lines[n].start):
                n += 1
            yield Unit(
                "quote",
                lines[index:n],
                Span(line.start + 1, lines[n - 1].end).strip(text),
                marker=">",
                indent=line.indent,
            )
            index = n
            continue
        n = index + 1
        while n < len(lines) and _goes_on(text, line, lines[n - 1], lines[n], width):
            n += 1
        level = _underline(text, lines, n) if n == index + 1 and not line.marker else 0
        last = lines[n - 1]
        if level:
            yield Unit(
                "heading",
                lines[index : n + 1],
                Span(line.start, last.end),
                level=level,
                marker="=-"[level - 1],
            )
            index = n + 1
            continue
        yield Unit(
            "item" if line.marker else "text",
            lines[index:n],
            Span(line.words, last.end),
            marker=line.marker,
            mark_kind=line.kind,
            indent=line.indent,
        )
        index = n


def _goes_on(text: str, first: Line, above: Line, line: Line, width: int | None) -> bool:
    if line.marker or not _continues(text, first, above, line, width):
        return False
    visible = text[line.start : line.end]
    return not (_RULE.match(visible) or _HASHES.match(visible) or _EQUALS.match(visible))


def _underline(text: str, lines: list[Line], index: int) -> int:
    """Return the level that a row of `=` or `-` right under a line gives it, else 0."""
    if index >= len(lines) or lines[index].gap or index == 0:
        return 0
    row = text[lines[index].start : lines[index].end]
    if len(row) < 3 or set(row) not in ({"="}, {"-"}, {"~"}) or lines[index - 1].length > 100:
        return 0
    return 1 if row[0] == "=" else 2
