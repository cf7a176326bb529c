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
from collections.abc import Callable
from dataclasses import dataclass, field

from regesta.model import Block, Place
from regesta.model.document import BlockKind
from regesta.reading.forming import FormingBlock, form_block
from regesta.text.span import Span

__all__ = ["Draft", "Layout"]

_SPACE = " \t\r\n\f"
_FOLD = re.compile(r"[ \t\r\n\f]+")
_NOWHERE = Place()
_new = tuple.__new__  # what `Span(...)` comes down to, without the call in between
_HOLDERS = frozenset({"table", "row"})  # hold blocks, never words


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
        return tuple(
            [
                draft.finish(place_of(draft.origin)) if draft.__class__ is Draft else _formed(draft, place_of)
                for draft in self._drafts
            ]
        )

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
        stack = self._stack
        if stack and stack[-1].implicit:
            self.close(stack[-1])
        if stack:
            self._end_words(stack[-1])
        draft = Draft(
            kind, level, marker, prefix, gap, origin, row, column, is_header, column_span, row_span, implicit
        )
        stack.append(draft)
        self._pending = ""
        return draft

    def begin(self, draft: Draft) -> None:
        """Begin a block right where the text ends, within the innermost open one, which holds blocks and is laid out."""
        draft.start = draft.content_start = self.length
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

    def end_paragraph(self) -> None:
        """End the block that words without a block of their own went into."""
        if self._stack and self._stack[-1].implicit:
            self.close(self._stack[-1])

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
        return self._pending == "\n"

    def ends_with(self, words: str) -> bool:
        """Return whether the last piece that was written ends with the words, and no space is due."""
        return not self._pending and bool(self._parts) and self._parts[-1].endswith(words)

    def newline(self) -> None:
        """Let the next words of this block begin on a new line."""
        self._pending = "\n"

    def tab(self) -> None:
        """Let the next words of this block stand behind a tab."""
        self._pending = self._pending if self._pending == "\n" else "\t"

    def ensure(self) -> Draft:
        """Lay out what is open even if no word follows, and return the block that takes words."""
        top = self._stack[-1] if self._stack else None
        if top is None or top.content_end >= 0 or top.kind in _HOLDERS:
            pending = self._pending
            top = self.open(self.paragraph_kind, gap=self.paragraph_gap, origin=self.origin, implicit=True)
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

    def cell(
        self, origin: object, words: str, row: int, column: int, spans: tuple[int, int], *, is_header: bool
    ) -> Span:
        """Lay out a cell of nothing but words within the open row; `spans` are the rows and columns that it reaches over.

        >>> page = Layout()
        >>> row = page.open("row", row=0)
        >>> page.lay()
        >>> span = page.cell(None, " Kim  fled ", 0, 0, (1, 1), is_header=False)
        >>> page.close(row)
        >>> [block.kind for block in page.blocks()], span.of(page.text())
        (['row', 'cell'], 'Kim fled')
        """
        bare = words.strip(_SPACE)
        if "\n" in bare or "  " in bare or "\t" in bare or "\r" in bare or "\f" in bare:
            bare = _FOLD.sub(" ", bare)
        start = self.length
        if bare:
            self._parts.append(bare)
            self.length = start + len(bare)
        made = FormingBlock()
        made.kind, made.level, made.marker = "cell", 0, ""
        made.span = made.content = span = _new(Span, (start, self.length))
        made.parent = self._stack[-1].index
        made.row = row
        made.column = column
        made.is_header = is_header
        made.row_span, made.column_span = spans
        made.place = origin
        self._drafts.append(made)
        self._pending = ""
        return span

    def separate(self, separator: str) -> None:
        """Write a separator, such as the tab between two cells, that belongs to no cell."""
        self._parts.append(separator)
        self.length += len(separator)

    def _end_words(self, draft: Draft) -> None:
        if draft.index >= 0 and draft.content_end < 0:
            draft.content_end = self.length

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


def _formed(made: Draft | FormingBlock | Block, place_of: Callable[[object], Place]) -> Block:
    """Return the block of a cell, whose origin stands in the place of its place until it has one."""
    if isinstance(made, Draft):
        return made.finish(place_of(made.origin))
    if isinstance(made, Block):
        return made
    return form_block(made, place_of(made.place))
