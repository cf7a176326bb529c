"""Setting a text: its blocks as headings, paragraphs, lists and tables, its marks in place, its notes in the margin.

    blocks, pieces, notes ── set_text ──► Markup

The one place beside the templates that writes HTML, because a text is a tree with marks across it. Every word of a
source goes through `escape`; what is not a word of the source comes from the caller. No element stands in the source: what
it says is text, never markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from regesta.pages.marking import Piece

__all__ = ["Block", "Notes", "escaped", "set_marked", "set_text", "with_loose"]

_SHORT = 12
"""Letters of a word that a cell keeps on one line."""
_DEEPEST = 12
"""Blocks within blocks; what lies deeper is set as if it stood on its own."""

Notes = Mapping[int, str]
"""Notes for the margin, by `blocks.position`, as HTML."""

_ELEMENTS = {
    "paragraph": "p",
    "term": "dt",
    "definition": "dd",
    "quote": "blockquote",
    "caption": "p",
    "footnote": "div",
    "bibliography": "div",
    "furniture": "div",
    "preformatted": "pre",
    "row": "tr",
    "table": "table",
}
_GROUPS = {"list_item": "ul", "term": "dl", "definition": "dl"}
"""Elements around neighbours of one kind."""
_SPECIAL = re.compile(r"""[&<>"']""")
"""What `escape` changes: words without it are written as they are."""


def escaped(words: str) -> str:
    """Return words as HTML; most have nothing that must be written otherwise.

    >>> escaped("plain"), escaped("a < b")
    ('plain', 'a &lt; b')
    """
    return words if _SPECIAL.search(words) is None else escape(words)


class Block(NamedTuple):
    """What of a row of `blocks` its setting needs."""

    position: int
    kind: str
    content_start: int
    content_end: int
    parent: int | None = None
    level: int = 0
    marker: str = ""
    is_header: bool = False


@dataclass(slots=True)
class _Setter:
    text: str
    start: int
    pieces: Sequence[Piece]
    inside: Callable[[Piece, str], str]
    """Returns the HTML of a piece, given its escaped words."""
    notes: Notes
    children: dict[int | None, list[Block]]
    out: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    waiting: list[list[Block]] = field(default_factory=list)
    """What lies too deep, to be set when those around it are closed."""
    level: int = 0
    """Of the last heading: headings go down one step at a time."""

    def siblings(self, blocks: Sequence[Block], depth: int) -> None:
        group = ""
        for block in blocks:
            wanted = _GROUPS.get(block.kind, "")
            if wanted != group:
                if group:
                    self.out.append(f"</{group}>")
                if wanted:
                    self.out.append(f'<{wanted} class="set">' if wanted == "ul" else f"<{wanted}>")
                group = wanted
            self.block(block, depth)
        if group:
            self.out.append(f"</{group}>")

    def block(self, block: Block, depth: int) -> None:
        kind = block.kind
        inner = self.children.get(block.position, [])
        if kind == "list_item":
            self.out.append("<li>")
            self.note(block)
            self.out.append(f'<span class="marker">{escape(block.marker)}</span> ')
        elif kind == "heading":
            self.level = min(block.level or 1, self.level + 1, 5)
            self.out.append(f"<h{self.level + 1}>")
        elif kind == "cell":
            whole = ' class="whole"' if self.is_whole(block) else ""
            self.out.append(f"<th{whole}>" if block.is_header else f"<td{whole}>")
        elif kind == "table":
            self.note(block)
            self.out.append('<div class="scroll" tabindex="0"><table class="set">')
        else:
            if kind not in ("row", "term", "definition", "bibliography", "footnote"):
                self.note(block)
            self.out.append(f'<{_ELEMENTS.get(kind, "p")} class="{escape(kind)}">')
            if block.marker:
                self.out.append(f'<span class="marker">{escape(block.marker)}</span> ')
            if kind in ("term", "definition"):
                self.note(block)
        self.words(block.content_start, block.content_end)
        if inner and depth < _DEEPEST:
            self.siblings(inner, depth + 1)
        if kind in ("bibliography", "footnote"):
            self.out.append(" ")
            self.note(block)
        self.out.append(_closing(block, self.level))
        if kind == "heading":
            self.note(block)
        if inner and depth >= _DEEPEST:
            self.waiting.append(inner)

    def is_whole(self, block: Block) -> bool:
        """Return whether a cell holds one short word, such as a date, that no line should part at its hyphens."""
        said = self.text[block.content_start - self.start : block.content_end - self.start].strip()
        return "-" in said and len(said) <= _SHORT and len(said.split()) == 1

    def note(self, block: Block) -> None:
        note = self.notes.get(block.position)
        if note:
            self.out.append(note)

    def words(self, start: int, end: int) -> None:
        """Set the pieces of `[start, end)`; pieces never cross the edges of a block."""
        pieces, text, origin = self.pieces, self.text, self.start
        at = bisect_left(self.starts, start)
        until = bisect_right(self.starts, end - 1, lo=at)
        if until > at and pieces[until - 1].end > end:
            until -= 1
        is_plain = _SPECIAL.search(text, max(0, start - origin), max(0, end - origin)) is None
        for piece in pieces[at:until]:
            words = text[piece.start - origin : piece.end - origin]
            self.out.append(self.inside(piece, words if is_plain else escape(words)))


def _closing(block: Block, level: int) -> str:
    kind = block.kind
    if kind == "list_item":
        return "</li>"
    if kind == "heading":
        return f"</h{level + 1}>"
    if kind == "table":
        return "</table></div>"
    if kind == "cell":
        return "</th>" if block.is_header else "</td>"
    return f"</{_ELEMENTS.get(kind, 'p')}>"


def set_text(
    text: str,
    start: int,
    blocks: Sequence[Block],
    pieces: Sequence[Piece],
    inside: Callable[[Piece, str], str],
    notes: Notes,
) -> Markup:
    """Return a text as HTML.

    `text` begins at `start`; `blocks` stand in order of position, and `pieces` are cut where their words begin and end.
    """
    known = {block.position for block in blocks}
    children: dict[int | None, list[Block]] = {}
    for block in blocks:
        children.setdefault(block.parent if block.parent in known else None, []).append(block)
    setter = _Setter(text, start, pieces, inside, notes, children, starts=[piece.start for piece in pieces])
    for block_run in _runs(children.get(None, [])):
        setter.siblings(block_run, 0)
        while setter.waiting:
            setter.siblings(setter.waiting.pop(0), 0)
    return Markup("".join(setter.out))  # noqa: S704 - escaped piece by piece above


def set_marked(parts: Iterable[tuple[str, bool]]) -> Markup:
    """Return pieces of text, with whether they are marked, as HTML.

    >>> print(set_marked([("a < b ", False), ("c", True)]))
    a &lt; b <mark>c</mark>
    """
    return Markup(  # noqa: S704 - escaped piece by piece
        "".join(
            [f"<mark>{escaped(text)}</mark>" if is_marked else escaped(text) for text, is_marked in parts]
        )
    )


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return neighbours that share an element around them, together."""
    return [list(run) for _, run in groupby(blocks, key=lambda block: _GROUPS.get(block.kind, ""))]


def with_loose(text: str, start: int, blocks: Sequence[Block]) -> list[Block]:
    r"""Return the blocks and, as paragraphs, the words that stand in none: nothing of the text is lost.

    Signs alone and the markers of blocks are what the layout replaces; they make no paragraph.

    >>> found = with_loose("lost\n1 kept", 0, [Block(0, "list_item", 7, 11, marker="1")])
    >>> [(block.kind, block.content_start, block.content_end) for block in found]
    [('loose', 0, 4), ('list_item', 7, 11)]
    """
    ends = sorted((block.content_start, block.content_end) for block in blocks if block.content_end > start)
    markers = {_letters(block.marker) for block in blocks}
    loose: list[Block] = []
    reached = start
    for begin, end in [*ends, (start + len(text), start + len(text))]:
        if begin > reached:
            offset = reached
            for line in text[reached - start : begin - start].splitlines(keepends=True):
                words = line.strip()
                if (bare := _letters(words)) and bare not in markers:
                    at = offset + line.index(words)
                    loose.append(Block(-1 - at, "loose", at, at + len(words)))
                offset += len(line)
        reached = max(reached, end)
    if not loose:
        return list(blocks)
    return sorted([*blocks, *loose], key=lambda block: (block.content_start, block.position))
