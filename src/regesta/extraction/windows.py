"""A large document in windows, so that memory and time depend on a window and not on the document.

    text     ----------------|-------------|------------------|-----
    windows  Document         Document      Document           ...     each with its own text, blocks, tables and marks
    base     0                n             m                          where its text begins in the whole

A cut is made before a heading where one is near, the higher the better, else before a block of the top, else before any
block, else at a space; never within a table. What a window says of somebody it says by itself: headings and names of the
windows before are not seen, and `resolution` joins who bears the same name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from regesta.model import Block, Document, Table
from regesta.text.span import Span

__all__ = ["WINDOW", "is_large", "windows"]

WINDOW = 1 << 17
"""Code points of a window, more or less by half."""


def is_large(document: Document, size: int = WINDOW) -> bool:
    """Return whether a document is read in more than one window."""
    return len(document.text) > 2 * size


def windows(document: Document, size: int = WINDOW) -> Iterator[tuple[Document, int]]:
    """Yield the windows of a document with where each begins; a document of less than two windows is its own.

    >>> from regesta.model import Source
    >>> small = Document(id="d", source=Source(name="a.txt"), text="Kim fled.")
    >>> [(window.text, base) for window, base in windows(small)]
    [('Kim fled.', 0)]
    """
    length = len(document.text)
    if not is_large(document, size):
        yield document, 0
        return
    starts = [block.span.start for block in document.blocks]
    tables = [document.blocks[table.block].span for table in document.tables if table.block >= 0]
    start = 0
    first = 0
    while start < length:
        end = length
        if length - start > size + size // 2:
            end = _cut(document, starts, start + size // 2, start + size + size // 2)
            within = next((span for span in tables if span.start < end < span.end), None)
            if within is not None:
                end = within.start if within.start > start + size // 2 else within.end
        last = bisect_left(starts, end, first)
        yield _window(document, Span(start, end), range(first, last)), start
        start, first = end, last
        while first and document.blocks[first - 1].span.end > start:
            first -= 1  # a block that goes on


def _cut(document: Document, starts: list[int], low: int, high: int) -> int:
    """Return the best place for a cut between two places."""
    here = range(bisect_left(starts, low), bisect_right(starts, high))
    heads = [i for i in here if document.blocks[i].kind == "heading"]
    if heads:
        return starts[min(heads, key=lambda i: (document.blocks[i].level, -i))]
    tops = [i for i in here if document.blocks[i].parent < 0]
    if tops or here:
        return starts[(tops or here)[-1]]
    space = document.text.rfind(" ", low, high)
    return space + 1 if space > 0 else high


def _window(document: Document, span: Span, indices: range) -> Document:
    """Return the part of a document that lies in `span`, counted from its start; blocks that go on are clipped."""
    kept: dict[int, int] = {-1: -1}
    blocks: list[Block] = []
    for index in indices:
        block = document.blocks[index]
        if block.span.end <= span.start:
            continue
        kept[index] = len(blocks)
        blocks.append(
            replace(
                block,
                span=_clip(block.span, span),
                content=_clip(block.content, span),
                parent=kept.get(block.parent, -1),
            )
        )
    tables = tuple(
        _moved(table, kept[table.block], -span.start)
        for table in document.tables
        if table.block in kept and table.block >= 0
    )
    starts = [marker.span.start for marker in document.markers]
    marks = document.markers[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    return replace(
        document,
        source=replace(document.source, title=document.title),
        text=span.of(document.text),
        blocks=tuple(blocks),
        tables=tables,
        markers=tuple(replace(mark, span=mark.span.shift(-span.start)) for mark in marks),
        references=(),
        problems=(),
        runs=(),
    )


def _clip(inner: Span, outer: Span) -> Span:
    start = min(max(inner.start, outer.start), outer.end)
    return Span(start, min(max(inner.end, start), outer.end)).shift(-outer.start)


def _moved(table: Table, block: int, by: int) -> Table:
    return replace(
        table, block=block, cells=tuple(tuple(cell.shift(by) for cell in row) for row in table.cells)
    )
