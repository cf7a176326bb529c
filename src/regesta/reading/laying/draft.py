"""A block while it is being laid out.

    Draft("heading", origin=element)     index -1: no word yet, so it leaves no trace
    first word                           index, start and parent are set
    closed                               content_end and end are set; finish() makes it a Block

What begins, ends and takes words is decided in `layout`.
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.model import Block, Place
from regesta.model.document import BlockKind
from regesta.reading.laying.making import FormingBlock, form_block
from regesta.text.span import Span

__all__ = ["Draft"]

_new = tuple.__new__  # what `Span(...)` comes down to, without the call in between


@dataclass(slots=True, eq=False)
class Draft:
    """A block while it is being laid out; `index` is -1 until it has a word."""

    kind: BlockKind
    level: int = 0
    marker: str = ""
    prefix: str = ""
    gap: int = 2
    origin: object = None
    row: int = -1
    column: int = -1
    is_header: bool = False
    column_span: int = 1
    row_span: int = 1
    implicit: bool = False
    index: int = -1
    parent: int = -1
    start: int = 0
    content_start: int = 0
    content_end: int = -1
    end: int = -1

    def finish(self, place: Place) -> Block:
        """Return the block as it stands for good."""
        made = FormingBlock()
        start, end = self.content_start, self.content_end
        made.content = content = _new(Span, (start, end))
        is_whole = start == self.start and end == self.end
        made.span = content if is_whole else _new(Span, (self.start, self.end))
        made.kind = self.kind
        made.parent = self.parent
        made.level = self.level
        made.marker = self.marker
        made.row = self.row
        made.column = self.column
        made.is_header = self.is_header
        made.column_span = self.column_span
        made.row_span = self.row_span
        return form_block(made, place)
