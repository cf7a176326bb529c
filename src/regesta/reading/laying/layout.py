r"""A text laid out piece by piece, every block knowing where its words went.

For formats whose text is not the file itself (HTML, wikitext). The walker of a format says what begins and ends, and
writes words; white space is folded as a browser folds it, and separators are written only when words follow:

    open("list_item", marker="•")        •_Kim_fled_in_1953.\n__•_A_companion
    write("Kim  fled in 1953.")          [-- own words ---]               content of the first item
    open("list_item", level=2)           [------------- span ------------]
    write("A companion")                              [--]---- the nested item, parent 0

A block that never gets a word leaves no trace. Nothing here knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import cast

from regesta.model import Block, Place
from regesta.model.document import BlockKind
from regesta.reading.laying.draft import Draft
from regesta.reading.laying.making import FormingBlock
from regesta.text.span import Span

__all__ = ["Draft", "Layout"]

_SPACE = " \t\r\n\f"
_FOLD = re.compile(r"[ \t\r\n\f]+")
_NOWHERE = Place()
_new = tuple.__new__  # what `Span(...)` comes down to, without the call in between
_HOLDERS = frozenset({"table", "row"})  # hold blocks, never words


@dataclass(slots=True)
class Layout:
    r"""The text so far and its blocks.

    >>> page = Layout()
    >>> item = page.open("list_item", marker="•", prefix="• ", level=1, gap=1)
    >>> page.write("Kim \n fled ")
    >>> page.close(item)
    >>> page.text(), [b.content.of(page.text()) for b in page.blocks()]
    ('• Kim fled', ['Kim fled'])
    """

    length: int = 0
    paragraph_kind: BlockKind = "paragraph"
    """Kind of the blocks that words without a block of their own go into."""
    paragraph_gap: int = 2
    origin: object = None
    """Origin of such a block."""
    _parts: list[str] = field(default_factory=list)
    _drafts: list[Draft | FormingBlock | Block] = field(default_factory=list)
    _stack: list[Draft] = field(default_factory=list)
    _pending: str = ""

    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._parts)

    def blocks(self, place_of: Callable[[object], Place] = lambda _: _NOWHERE) -> tuple[Block, ...]:
        """Return the blocks in the order of the text, each with the place of its origin; every one must be closed."""
        return self.placed([place_of(origin) for origin in self.origins()])

    def origins(self) -> list[object]:
        """Return where each block came from, in the order of the text."""
        return [
            draft.origin if draft.__class__ is Draft else cast("FormingBlock", draft).place
            for draft in self._drafts
        ]

    def placed(self, places: Iterable[Place]) -> tuple[Block, ...]:
        """Return the blocks, given the place of each: those of their `origins`, in that order; may be asked once."""
        drafts, self._drafts = self._drafts, []
        for at, (draft, place) in enumerate(zip(drafts, places, strict=True)):
            if draft.__class__ is Draft:
                drafts[at] = draft.finish(place)
            else:
                draft.place = place  # type: ignore[misc,union-attr]
                draft.__class__ = Block
        return tuple(cast("list[Block]", drafts))

    def tail(self, start: int) -> str:
        """Return the text from `start` on; cheap where that is near the end."""
        found: list[str] = []
        position = self.length
        for piece in reversed(self._parts):
            if position <= start:
                break
            position -= len(piece)
            found.append(piece)
        return "".join(reversed(found))[max(0, start - position) :]

    @property
    def top(self) -> Draft | None:
        """The innermost open block."""
        return self._stack[-1] if self._stack else None

    def open(
        self,
        kind: BlockKind,
        *,
        level: int = 0,
        marker: str = "",
        prefix: str = "",
        gap: int = 2,
        origin: object = None,
        row: int = -1,
        column: int = -1,
        is_header: bool = False,
        column_span: int = 1,
        row_span: int = 1,
        implicit: bool = False,
    ) -> Draft:
        """Begin a block within the innermost open one; `gap` newlines come before it, `prefix` is written but is no content."""
        draft = Draft(
            kind, level, marker, prefix, gap, origin, row, column, is_header, column_span, row_span, implicit
        )
        self._open(draft)
        self._pending = ""
        return draft

    def _open(self, draft: Draft) -> None:
        stack = self._stack
        if stack and stack[-1].implicit:
            self.close(stack[-1])
        if stack and stack[-1].index >= 0 and stack[-1].content_end < 0:
            stack[-1].content_end = self.length
        stack.append(draft)

    def begin(self, draft: Draft) -> None:
        """Begin a block, be it empty, within the innermost open one, which holds blocks and is laid out."""
        if draft.gap and self.length:
            missing = draft.gap - self._trailing_newlines(draft.gap)
            if missing > 0:
                self._append("\n" * missing)
        draft.start = draft.content_start = self.length
        if draft.kind in _HOLDERS:
            draft.content_end = self.length
        draft.parent, draft.index = self._stack[-1].index, len(self._drafts)
        self._drafts.append(draft)
        self._stack.append(draft)
        self._pending = ""

    def close(self, draft: Draft) -> None:
        """End a block and what is still open within it."""
        stack = self._stack
        if not stack or (stack[-1] is not draft and draft not in stack):
            return
        while stack:
            last = stack.pop()
            if last.index >= 0:
                if last.content_end < 0:
                    last.content_end = self.length
                last.end = self.length
                if last.kind == "preformatted" and last.content_end == self.length:
                    bare = self.length - self._trailing_newlines(self.length)
                    last.end = last.content_end = max(last.content_start, bare)
            if last is draft:
                break
        self._pending = ""

    def new_paragraph(self, origin: object = None) -> None:
        """Let the next words stand by themselves; the first paragraph of an item is the item's own words."""
        if stack := self._stack:
            if stack[-1].implicit:
                self.close(stack[-1])
            if stack and stack[-1].index >= 0 and stack[-1].content_end < 0:
                stack[-1].content_end = self.length
        self._pending = ""
        self.origin = origin

    def write(self, words: str) -> None:
        """Append words, white space folded."""
        bare = words.strip(_SPACE)
        if not bare:
            if words and not self._pending:
                self._pending = " "
            return
        is_stripped = len(bare) != len(words)
        if is_stripped and not self._pending and words[0] in _SPACE:
            self._pending = " "
        if "\n" in bare or "  " in bare or "\t" in bare or "\r" in bare or "\f" in bare:
            bare = _FOLD.sub(" ", bare)
        self._write(bare)
        if is_stripped and words[-1] in _SPACE:
            self._pending = " "

    def put(self, words: str) -> Span:
        """Append words as they are and return where they stand."""
        start = self._write(words)
        return Span(start, self.length)

    def _write(self, words: str) -> int:
        top = self._stack[-1] if self._stack else None
        if top is None or top.index < 0 or top.content_end >= 0:
            top = self.ensure()
        if self._pending:
            if self.length > top.content_start:
                self._append(self._pending)
            self._pending = ""
        start = self.length
        if words:
            self._parts.append(words)
            self.length = start + len(words)
        return start

    @property
    def is_at_new_line(self) -> bool:
        """Whether the next words of this block begin on a new line anyway."""
        return self._pending[:1] == "\n"

    def ends_with(self, words: str) -> bool:
        """Return whether the last piece that was written ends with the words, and no space is due."""
        return not self._pending and bool(self._parts) and self._parts[-1].endswith(words)

    def newline(self) -> None:
        """Let the next words of this block begin on a new line."""
        self._pending = "\n"

    def empty_line(self) -> None:
        """Let the next words of this block begin after an empty line."""
        self._pending = "\n\n"

    def tab(self) -> None:
        """Let the next words of this block stand behind a tab."""
        self._pending = self._pending if self.is_at_new_line else "\t"

    def ensure(self) -> Draft:
        """Lay out what is open even if no word follows, and return the block that takes words."""
        top = self._stack[-1] if self._stack else None
        if top is None or top.content_end >= 0 or top.kind in _HOLDERS:
            pending = self._pending  # a space that is due stays so
            top = Draft(self.paragraph_kind, gap=self.paragraph_gap, origin=self.origin, implicit=True)
            self._open(top)
            self._pending = pending
        if top.index < 0:
            self.lay()
        return top

    def lay(self) -> None:
        """Give every open block its place in the text, empty or not."""
        stack = self._stack
        first = len(stack)
        while first and stack[first - 1].index < 0:
            first -= 1
        parent = stack[first - 1].index if first else -1
        for draft in stack[first:]:
            gap = draft.gap
            if gap and self.length:
                missing = gap - self._trailing_newlines(gap)
                if missing > 0:
                    self._append("\n" * missing)
            draft.start = draft.content_start = self.length
            if prefix := draft.prefix:
                self._append(prefix)
                draft.start += len(prefix) - len(prefix.lstrip(" "))
                draft.content_start = self.length
            draft.parent = parent
            parent = draft.index = len(self._drafts)
            self._drafts.append(draft)
            if draft.kind in _HOLDERS:
                draft.content_end = draft.content_start

    def cells(
        self,
        cells: Iterable[tuple[object, int, int, bool, str | None]],
        row: int,
        places: Iterable[tuple[int, int, int]],
    ) -> list[Span]:
        r"""Lay out cells of nothing but words in the open row, a tab between two; return where their words stand.

        A cell is what `rows.RawCell` says of it; its place the column, and the rows and columns that it reaches over.

        >>> page = Layout()
        >>> row = page.open("row", row=0)
        >>> page.lay()
        >>> cells = [(None, 1, 1, False, " Kim  fled "), (None, 1, 1, False, "1953")]
        >>> spans = page.cells(cells, 0, [(0, 1, 1), (1, 1, 1)])
        >>> page.close(row)
        >>> page.text(), [block.kind for block in page.blocks()], spans[0].of(page.text())
        ('Kim fled\t1953', ['row', 'cell', 'cell'], 'Kim fled')
        """
        return self._cells(cells, row, places, self._stack[-1].index)

    def row(
        self,
        origin: object,
        number: int,
        cells: Iterable[tuple[object, int, int, bool, str | None]],
        places: Iterable[tuple[int, int, int]],
    ) -> list[Span]:
        r"""Lay out a row of cells of nothing but words in the open table, on a line of its own; the rest is as in `cells`.

        >>> page = Layout()
        >>> table = page.open("table")
        >>> page.lay()
        >>> spans = page.row(None, 0, [(None, 1, 1, False, "Kim")], [(0, 1, 1)])
        >>> page.close(table)
        >>> [(block.kind, block.parent) for block in page.blocks()]
        [('table', -1), ('row', 0), ('cell', 1)]
        """
        if self.length and not self._trailing_newlines(1):
            self._append("\n")
        start, index = self.length, len(self._drafts)
        made = FormingBlock()
        self._drafts.append(made)
        spans = self._cells(cells, number, places, index)
        made.kind = "row"
        made.content = content = _new(Span, (start, start))
        made.span = _new(Span, (start, self.length)) if self.length > start else content
        made.parent = self._stack[-1].index
        made.level = 0
        made.marker = ""
        made.row = number
        made.column = -1
        made.is_header = False
        made.column_span = made.row_span = 1
        made.place = origin
        return spans

    def _cells(
        self,
        cells: Iterable[tuple[object, int, int, bool, str | None]],
        row: int,
        places: Iterable[tuple[int, int, int]],
        parent: int,
    ) -> list[Span]:
        parts, drafts = self._parts, self._drafts
        spans: list[Span] = []
        length = self.length
        for (origin, _, _, is_header, words), (column, down, across) in zip(cells, places, strict=True):
            if spans:
                parts.append("\t")
                length += 1
            bare = words.strip(_SPACE) if words else ""
            if not bare.isalnum() and (
                "\n" in bare or "  " in bare or "\t" in bare or "\r" in bare or "\f" in bare
            ):
                bare = _FOLD.sub(" ", bare)
            start = length
            if bare:
                parts.append(bare)
                length += len(bare)
            made = FormingBlock()
            made.kind = "cell"
            made.span = made.content = span = _new(Span, (start, length))
            made.parent = parent
            made.level = 0
            made.marker = ""
            made.row = row
            made.column = column
            made.is_header = is_header
            made.column_span = across
            made.row_span = down
            made.place = origin
            drafts.append(made)
            spans.append(span)
        self.length = length
        self._pending = ""
        return spans

    def separate(self, separator: str) -> None:
        """Write a separator, such as the tab between two cells, that belongs to no cell."""
        self._parts.append(separator)
        self.length += len(separator)

    def _append(self, piece: str) -> None:
        if piece:
            self._parts.append(piece)
            self.length += len(piece)

    def _trailing_newlines(self, enough: int) -> int:
        """Return how many newlines end the text, counting no further than to `enough`."""
        parts, found = self._parts, 0
        if not parts or parts[-1][-1] != "\n":
            return 0
        for piece in reversed(parts):
            bare = len(piece.rstrip("\n"))
            found += len(piece) - bare
            if bare or found >= enough:
                break
        return found
