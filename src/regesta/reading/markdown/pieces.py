"""What is known of a Markdown file while it is read: its lines, and the blocks being found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from regesta.model.document import BlockKind
from regesta.reading.tagged import TaggedTable
from regesta.text.span import Span

__all__ = ["Page", "Piece", "lines_of", "within"]

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(slots=True, eq=False)
class Piece:
    """A block being found; parents are pieces until all are in order."""

    kind: BlockKind
    span: Span
    content: Span
    parent: Piece | None = None
    level: int = 0
    marker: str = ""
    row: int = -1
    column: int = -1
    is_header: bool = False
    has_words: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class Page:
    """The file, its lines, and what was found."""

    text: str
    lines: list[Span]
    pieces: list[Piece] = field(default_factory=list)
    tables: list[tuple[Piece, list[list[Span]], str | None]] = field(default_factory=list)
    tagged: list[tuple[Piece, TaggedTable]] = field(default_factory=list)
    problems: list[tuple[Span, str, str]] = field(default_factory=list)

    def line(self, number: int) -> Span:
        """Return the span of a line, the last one for numbers beyond."""
        return self.lines[min(number, len(self.lines) - 1)]

    def span(self, lines: Sequence[int]) -> Span:
        """Return the span of lines [from, to) without blank lines and white space around."""
        first, last = lines[0], max(lines[0], min(lines[1], len(self.lines)) - 1)
        return Span(self.line(first).start, self.line(last).end).strip(self.text)


def lines_of(text: str) -> list[Span]:
    """Return the lines of a text, without what ends them."""
    found, start = [], 0
    for end in _LINE_END.finditer(text):
        found.append(Span(start, end.start()))
        start = end.end()
    return [*found, Span(start, len(text))]


def within(span: Span, outer: Span) -> Span:
    """Return the part of the span that lies in another; a child of a block lies in it."""
    if outer.contains(span):
        return span
    start = min(max(span.start, outer.start), outer.end)
    return Span(start, max(start, min(span.end, outer.end)))
