"""The blocks of a text as elements of TEI: which element, in which, over which stretch of the text.

    heading 1 ..., paragraph, list_item, list_item   ──►   <div><head>...</head> <p>...</p> <list><item/> <item/></list></div>

`laid_out` gives tokens in order: a tag as written, or a `Run`, a stretch of text. The runs together are the whole text, each
code point once: what stands between blocks is white space between elements, else part of the block before (in lists and
tables), else an `<ab type="unblocked">`. Where TEI has no place for a block it becomes `<seg>` or `<ab>` with its kind as type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import quoteattr

__all__ = ["Laid", "Run", "Token", "laid_out", "plain"]

_BLANK: Final = re.compile(r"[ \t\r\n]*")
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST: Final = 40
"""Blocks deeper than this are words of the block around them."""
_ONLY_ELEMENTS: Final = frozenset({"body", "div", "list", "table", "row", "listBibl"})
_GROUPS: Final = {"list_item": "list", "bibliography": "listBibl"}


@dataclass(frozen=True, slots=True)
class Laid:
    """A block, as far as its layout goes."""

    kind: str
    start: int
    end: int
    content_start: int
    parent: int | None
    level: int = 0
    marker: str = ""
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text."""

    start: int
    end: int
    is_mixed: bool = True
    """False where only elements may stand between the tags around it: white space between items or divisions."""


Token = str | Run


@dataclass(slots=True)
class _Element:
    tag: str
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)
    words: int | None = None
    """Where its own words begin, behind a bullet or a number."""
    children: list[_Element] = field(default_factory=list)


def plain(words: str) -> str:
    r"""Return words with U+FFFD for each code point that XML cannot hold.

    >>> plain("a\x0cb\x00") == "a\ufffdb\ufffd"
    True
    """
    return _ILLEGAL.sub("\ufffd", words)


def laid_out(text: str, blocks: Sequence[Laid]) -> Iterator[Token]:
    """Yield the tokens of the body of a text; `parent` counts in `blocks`.

    >>> [t if isinstance(t, str) else "a b"[t.start : t.end] for t in laid_out("a b", [Laid("heading", 0, 1, 0, None, 1)])]
    ['<body>', '<div>', '<head>', 'a', '</head>', '<ab type="unblocked">', ' b', '</ab>', '</div>', '</body>']
    """
    children: list[list[int]] = [[] for _ in blocks]
    tops: list[int] = []
    for index, block in enumerate(blocks):
        (tops if block.parent is None else children[block.parent]).append(index)
    builder = _Builder(text, blocks, children)
    body = _Element("body", 0, len(text), children=builder.sections(tops))
    if all(child.tag == "note" for child in body.children):  # TEI wants more in a body than notes
        body.children.append(_Element("ab", len(text), len(text), {"type": "empty"}))
    yield from _tokens(text, body)


class _Builder:
    """Blocks into elements."""

    def __init__(self, text: str, blocks: Sequence[Laid], children: list[list[int]]) -> None:
        self.text = text
        self.blocks = blocks
        self.children = children

    def sections(self, tops: Sequence[int]) -> list[_Element]:
        """Return the blocks at the top as nested divisions, one for each heading."""
        root = _Element("body", 0, len(self.text))
        open_: list[tuple[int, _Element]] = [(0, root)]
        rest: list[int] = []
        for index in tops:
            block = self.blocks[index]
            if block.kind == "heading":
                self._put(open_[-1][1], rest)
                rest = []
                while open_[-1][0] >= max(block.level, 1):
                    open_.pop()[1].end = block.start
                division = _Element("div", block.start, len(self.text))
                open_[-1][1].children.append(division)
                division.children.append(self._mixed("head", index, "para", 0))
                open_.append((max(block.level, 1), division))
            else:
                rest.append(index)
        self._put(open_[-1][1], rest)
        return root.children

    def _put(self, into: _Element, indexes: Sequence[int]) -> None:
        into.children += self._several(indexes, "flow", 0)

    def _several(self, indexes: Sequence[int], context: str, depth: int) -> list[_Element]:
        """Return siblings as elements; items of a list, and entries of a bibliography, go into one."""
        made: list[_Element] = []
        if depth > _DEEPEST:
            return made
        for index in indexes:
            block = self.blocks[index]
            group = _GROUPS.get(block.kind)
            if group is None:
                made.append(self._one(index, context, depth))
                continue
            inner = (
                self._mixed("item", index, "flow", depth)
                if group == "list"
                else self._mixed("bibl", index, "bibl", depth)
            )
            if made and made[-1].tag == group and made[-1].end <= block.start:
                made[-1].children.append(inner)
                made[-1].end = block.end
            else:
                made.append(_Element(group, block.start, block.end, children=[inner]))
        return (
            [
                _Element("seg", e.start, e.end, {"type": e.tag}, children=[e]) if e.tag != "seg" else e
                for e in made
            ]
            if context == "bibl"
            else made
        )

    def _one(self, index: int, context: str, depth: int) -> _Element:
        block = self.blocks[index]
        match block.kind:
            case "paragraph" if context == "flow":
                return self._mixed("p", index, "para", depth)
            case "quote":
                return self._mixed("quote", index, "flow", depth)
            case "footnote":
                return self._mixed("note", index, "flow", depth, type="footnote", n=block.marker)
            case "table" if rows := self._rows(index, depth):
                return _Element("table", block.start, block.end, children=rows)
            case _:
                return self._mixed(
                    "ab" if context == "flow" else "seg", index, "para", depth, type=block.kind
                )

    def _rows(self, table: int, depth: int) -> list[_Element]:
        made: list[_Element] = []
        for index in self.children[table]:
            block = self.blocks[index]
            if block.kind == "row" and self.children[index]:
                cells = [
                    self._mixed(
                        "cell", cell, "flow", depth, role="label" if self.blocks[cell].is_header else ""
                    )
                    for cell in self.children[index]
                ]
                made.append(_Element("row", block.start, block.end, children=cells))
            elif block.kind == "caption":
                made.append(self._mixed("note", index, "flow", depth, type="caption"))
            else:
                made.append(
                    _Element(
                        "row", block.start, block.end, children=[self._mixed("cell", index, "flow", depth)]
                    )
                )
        return made if any(each.tag == "row" for each in made) else []

    def _mixed(self, tag: str, index: int, context: str, depth: int, **attributes: str) -> _Element:
        block = self.blocks[index]
        told = {name: value for name, value in attributes.items() if value}
        inner = self._several(self.children[index], context, depth + 1)
        return _Element(tag, block.start, block.end, told, block.content_start, inner)


def _tokens(text: str, element: _Element) -> Iterator[Token]:
    told = "".join(f" {name}={quoteattr(_attribute(value))}" for name, value in element.attributes.items())
    yield f"<{element.tag}{told}>"
    _fit(text, element)
    at = element.start
    mark_end = element.words if element.words is not None and element.words <= element.end else at
    first = element.children[0].start if element.children else element.end
    if at < mark_end <= first and _is_filled(text, at, mark_end):
        yield from ('<seg type="mark">', Run(at, mark_end), "</seg>")
        at = mark_end
    for child in element.children:
        yield from _between(text, at, child.start, element)
        yield from _tokens(text, child)
        at = child.end
    yield from _between(text, at, element.end, element)
    yield f"</{element.tag}>"


def _fit(text: str, element: _Element) -> None:
    """Cut children to what is left for them, and give words between them to one of them where only elements may stand."""
    at = element.start
    for child in element.children:
        child.start = min(max(child.start, at), element.end)
        child.end = min(max(child.end, child.start), element.end)
        at = child.end
    if element.tag not in _ONLY_ELEMENTS or element.tag in {"body", "div"} or not element.children:
        return
    first, last = element.children[0], element.children[-1]
    if _is_filled(text, element.start, first.start):
        first.start = element.start
    for left, right in zip(element.children, element.children[1:], strict=False):
        if _is_filled(text, left.end, right.start):
            left.end = right.start
    if _is_filled(text, last.end, element.end):
        last.end = element.end


def _between(text: str, start: int, end: int, element: _Element) -> Iterator[Token]:
    if start >= end:
        return
    if element.tag in {"body", "div"} and _is_filled(text, start, end):
        yield from ('<ab type="unblocked">', Run(start, end), "</ab>")
    else:
        yield Run(start, end, element.tag not in _ONLY_ELEMENTS)


def _is_filled(text: str, start: int, end: int) -> bool:
    """Return whether there is more than what XML calls white space."""
    found = _BLANK.match(text, start, end)
    return start < end and found is not None and found.end() < end


def _attribute(words: str) -> str:
    return " ".join(plain(words).split())
