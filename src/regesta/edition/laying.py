"""The document of an edition: a new text of what is seen, its blocks, and where each old place went.

    • Ri Han – nephew of X; shot in 1997     ──►    • Ri Han [withheld] shot in 1997 [withheld]
    • (a whole item withheld)                ┐
    • (another one)                          ┴─►    [withheld]

Everything that is not seen between two things that are becomes one mark, whatever its length and however many blocks it was.
White space, bullets and lines are laid anew, for those of the original tell its lengths. A row of a table keeps its cells. A
place of the old text leads to what is left of it, or to the mark that stands for it. Nothing here decides what is seen.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from regesta.chronicle.rows import BlockRow

__all__ = ["MARK", "Laid", "lay"]

MARK: Final = "[withheld]"
"""What stands for words that are not shown."""

_MARKER: Final = re.compile(r"[^\w\s]{1,3}|[\[(^]?\s?\w{1,3}[\])./:]{0,2}")
"""Bullets and numbers; what is longer may be a label, and is left out."""
_SOLID: Final = re.compile(r"[^\W_]")
_SEEN: Final = re.compile(rb"[^\x00]+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the old text, and what became of it."""

    old_start: int
    old_end: int
    start: int
    end: int
    is_mark: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A new text, and the way to it from the old one."""

    text: str
    blocks: list[BlockRow]
    pieces: list[_Piece]
    """In order, of the old text and of the new."""
    limit: int = 500

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where `[start, end)` of the old text is in the new: what is seen of it, else the mark; None where there is neither."""
        first = bisect_right(self.pieces, start, key=lambda p: p.old_end)
        touched = []
        for i in range(first, len(self.pieces)):
            if self.pieces[i].old_start >= end:
                break
            touched.append(self.pieces[i])
        seen = [p for p in touched if not p.is_mark]
        if seen:
            low = seen[0].start + max(0, start - seen[0].old_start)
            high = min(seen[-1].end, seen[-1].start + end - seen[-1].old_start)
            low, high = _trimmed(self.text, low, high)
            if high > low:
                return low, min(high, low + self.limit)
        marks = [p for p in touched if p.is_mark]
        if not marks and self.pieces:
            marks = [p for p in self.pieces[max(0, first - 1) : first + 1] if p.is_mark]
        return (marks[0].start, marks[0].end) if marks else None

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether all letters and digits of `[start, end)` of the old text are seen."""
        first = bisect_right(self.pieces, start, key=lambda p: p.old_end)
        last = bisect_left(self.pieces, end, key=lambda p: p.old_start)
        touched = self.pieces[first:last]
        return bool(touched) and not any(p.is_mark for p in touched)


def _trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high


def lay(text: str, blocks: Sequence[BlockRow], shown: bytearray) -> Laid:
    """Return the new text of a document of which only the code points in `shown` are seen."""
    blocks = blocks or [_whole(text)]
    writer = _Writer(text, shown)
    kept = _kept(blocks, shown)
    run: list[BlockRow] = []
    for position, block in enumerate(blocks):
        if position in kept:
            if run:
                writer.close(run)
                run = []
            writer.open(block)
        elif block.content_end > block.content_start and _SOLID.search(
            text, block.content_start, block.content_end
        ):
            run.append(block)
    if run:
        writer.close(run)
    return writer.laid()


def _whole(text: str) -> BlockRow:
    return BlockRow(
        "", 0, "paragraph", 0, len(text), 0, len(text), None, 0, "", None, None, False,
        None, None, None, None, None, None, None, None, None,
    )  # fmt: skip


def _kept(blocks: Sequence[BlockRow], shown: bytearray) -> set[int]:
    """Return the blocks that are seen in part, those around them, and the cells beside them."""
    place = {block.position: i for i, block in enumerate(blocks)}
    kept: set[int] = set()
    for i, block in enumerate(blocks):
        if any(shown[block.content_start : block.content_end]):
            at: int | None = i
            while at is not None and at not in kept:
                kept.add(at)
                parent = blocks[at].parent
                at = None if parent is None else place.get(parent)
    for i, block in enumerate(blocks):
        if block.kind == "cell" and block.parent is not None and place.get(block.parent) in kept:
            kept.add(i)
    return kept


class _Writer:
    """Text that grows block by block."""

    def __init__(self, text: str, shown: bytearray) -> None:
        self.text, self.shown = text, shown
        self._parts: list[str] = []
        self._size = 0
        self._pieces: list[_Piece] = []
        self._blocks: list[BlockRow] = []
        self._new: dict[int, int] = {}
        """Old position of a block -> its new one."""
        self._is_first_cell = False

    def open(self, block: BlockRow) -> None:
        """Write a block that is seen, its own words only."""
        parent = None if block.parent is None else self._new.get(block.parent)
        marker = block.marker if _MARKER.fullmatch(block.marker) else ""
        self._begin(block.kind, parent)
        start = self._size
        if marker:
            self._write(marker + " ")
        content = self._size
        self._words(block)
        self._add(block, start, content, parent, marker)
        self._new[block.position] = len(self._blocks) - 1

    def close(self, run: Sequence[BlockRow]) -> None:
        """Write one mark for blocks that are not seen."""
        first, last = run[0], run[-1]
        parent = None if first.parent is None else self._new.get(first.parent)
        inside = None if parent is None else self._blocks[parent].kind
        if inside == "table":
            self._begin("row", parent)
            self._add(replace(_whole(""), kind="row"), self._size, self._size, parent, "")
            parent, self._is_first_cell = len(self._blocks) - 1, True
        kind = "cell" if inside in ("table", "row") else "paragraph"
        self._begin(kind, parent)
        start = self._size
        self._mark(first.content_start, max(last.content_end, first.content_end))
        column = 0 if kind == "cell" else None
        row = replace(_whole(""), kind=kind, column_index=column, row_index=column)
        self._add(row, start, start, parent, "")

    def laid(self) -> Laid:
        """Return what was written; blocks reach to the end of those inside them."""
        ends = [block.end_char for block in self._blocks]
        for i in range(len(self._blocks) - 1, -1, -1):
            parent = self._blocks[i].parent
            if parent is not None:
                ends[parent] = max(ends[parent], ends[i])
        blocks = [replace(b, position=i, end_char=ends[i]) for i, b in enumerate(self._blocks)]
        text = "".join(self._parts)
        return Laid(text + "\n" if text else text, blocks, self._pieces)

    def _begin(self, kind: str, parent: int | None) -> None:
        """Write what stands before a block."""
        if kind == "row":
            self._is_first_cell = True
        if kind == "cell":
            if not self._is_first_cell:
                self._write("\t")
            self._is_first_cell = False
            return
        if self._size and not (kind == "row" and self._parts[-1].endswith("\n")):
            tight = (
                kind in ("row", "list_item", "definition", "footnote", "bibliography") or parent is not None
            )
            self._write("\n" if tight else "\n\n")

    def _words(self, block: BlockRow) -> None:
        """Write what is seen of a block's own words, with marks between."""
        pending, end = block.content_start, block.content_end
        for match in _SEEN.finditer(self.shown, pending, end):
            if self.text[match.start() : match.end()].isspace():
                continue
            self._gap(pending, match.start(), block.content_start)
            self._piece(*match.span())
            pending = match.end()
        if pending < end and _SOLID.search(self.text, pending, end):
            if pending > block.content_start:
                self._space()
            self._mark(pending, end)

    def _gap(self, start: int, end: int, first: int) -> None:
        """Write what stands for `[start, end)`, which is not seen."""
        if end <= start:
            return
        if not _SOLID.search(self.text, start, end):
            self._space()
            return
        if start > first:
            self._space()
        self._mark(start, end)
        self._write(" ")

    def _space(self) -> None:
        if self._parts and not self._parts[-1][-1:].isspace():
            self._write(" ")

    def _piece(self, start: int, end: int) -> None:
        while start < end and self.text[start].isspace() and self._parts and self._parts[-1][-1:].isspace():
            start += 1
        if start < end:
            self._pieces.append(_Piece(start, end, self._size, self._size + end - start, is_mark=False))
            self._write(self.text[start:end])

    def _mark(self, start: int, end: int) -> None:
        self._pieces.append(_Piece(start, end, self._size, self._size + len(MARK), is_mark=True))
        self._write(MARK)

    def _write(self, words: str) -> None:
        if words:
            self._parts.append(words)
            self._size += len(words)

    def _add(self, block: BlockRow, start: int, content: int, parent: int | None, marker: str) -> None:
        """Note a block; of where it stood in the raw file only its page is kept."""
        self._blocks.append(
            BlockRow(
                "", 0, block.kind, start, self._size, content, self._size, parent, block.level, marker,
                block.row_index, block.column_index, block.is_header,
                None, None, None, block.page, None, None, None, None, None,
            )
        )  # fmt: skip
