"""The walk through the tree of a page that lays out its words.

    enter(element) ──► a block opens, or a line breaks, or nothing (inline)
      its text, its children in order
    leave(element) ──► what entering asked for
      its tail

No recursion over depth: a stack of elements stands for it. Within `flat` blocks (cells, headings, captions) other
blocks only break lines. This module decides nothing about what is furniture or a note; it is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import ClassVar

from regesta.reading.citing.sections import entry_kind
from regesta.reading.html.dom import Element, words_of
from regesta.reading.html.namings import EDIT
from regesta.reading.html.notes import Notes, is_backlink
from regesta.reading.html.survey import Survey
from regesta.reading.laying.layout import Draft, Layout
from regesta.reading.laying.rows import LaidTable
from regesta.text.span import Span

__all__ = ["LaidEntry", "Walker"]

Leave = Callable[[], None]

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "embed", "img", "video", "audio",
    "canvas", "input", "textarea", "select", "option", "datalist", "map", "area", "col", "colgroup", "meta", "link",
    "base", "param", "source", "track", "annotation", "title",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address", "center", "fieldset",
    "form", "details", "summary", "figure", "hgroup", "dialog", "body", "html", "legend", "search", "ul", "ol", "dl",
    "menu", "dir", "hr", "thead", "tbody", "tfoot", "tr", "td", "th", "table", "caption", "li", "dt", "dd",
    "blockquote", "pre", "listing", "xmp", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "br",
})  # fmt: skip
_EMPTY = frozenset(
    {"img", "input", "area", "col", "meta", "link", "base", "param", "source", "track", "embed"}
)
_HELD = (_BLOCKS | _SKIPPED | {"q"}) - _EMPTY  # what makes more of its parent than a line of words
_FOLDED_CLASS = re.compile(
    r"collaps|accordion|tab-?(?:pane|content)|navcontent|toggle|read-?more|spoiler", re.IGNORECASE
)
_EDIT_END = re.compile(rf"(?<=\S)\s{{0,9}}\[\s?{EDIT}(?:\s?\|\s?{EDIT})?\s?\]$", re.IGNORECASE)
_BRACKETS = re.compile(r"[\s\[\](),;:–-]*")


@dataclass(slots=True)
class LaidEntry:
    """A footnote or an entry of a bibliography that was laid out."""

    block: Draft
    element: Element
    kind: str
    label: str = ""
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Walker:
    """What has been laid out so far."""

    left_out: set[Element]
    notes: Notes
    seen: Survey
    layout: Layout = field(default_factory=Layout)
    tables: list[tuple[LaidTable, int | None]] = field(default_factory=list)
    """Each with the number of its header rows, where the page states it."""
    entries: list[LaidEntry] = field(default_factory=list)
    marks: list[tuple[Span, str, str]] = field(default_factory=list)
    """Where a mark stands, its label, the id that it points at."""
    aside: list[Element] = field(default_factory=list)
    """What was met and left for the end of the text."""
    flat: int = 0
    in_furniture: bool = False
    _pre: int = 0
    _in_note: int = 0
    _lists: list[list[int]] = field(default_factory=list)
    _terms: list[bool] = field(default_factory=list)
    _section: str = ""
    _has_heading: bool = False
    _special: set[Element] = field(default_factory=set)
    """What `walk` has to look at more closely before it enters."""

    holders: set[Element] = field(default_factory=set)
    """Elements that hold more than words: all others are written in one piece, whatever is linked or slanted in them."""

    def __post_init__(self) -> None:
        seen = self.seen
        self._special |= self.left_out | seen.hidden | self.notes.targets.keys()
        for tag in (_SKIPPED - _EMPTY) & seen.by_tag.keys():
            self._special.update([seen.elements[at] for at in seen.by_tag[tag]])
        self._find_holders()

    def _find_holders(self) -> None:
        holders, seen = self.holders, self.seen
        held = [element for element, tag in zip(seen.elements, seen.tags, strict=True) if tag in _HELD]
        for element in (*held, *self._special, *seen.captions, *self.notes.marks):
            above = element.getparent()
            while above is not None and above not in holders:
                holders.add(above)
                above = above.getparent()

    def walk(self, root: Element, *, inside: bool = False) -> None:
        """Lay out an element, or with `inside` only what stands in it."""
        write, put = self.layout.write, self.layout.put
        special, enter, enter_special = self._special, self._enter, self._enter_special
        stack: list[tuple[Iterator[Element], Leave, Element]] = []
        children: Iterator[Element]
        holders = self.holders
        if inside:
            if root not in holders and not self._in_note:
                (put if self._pre else write)(words_of(root))
                return
            if words := root.text:
                (put if self._pre else write)(words)
            children = iter(root)
        else:
            children = iter((root,))
        while True:
            element = next(children, None)
            if element is None:
                if not stack:
                    return
                children, leave, element = stack.pop()
                leave()
            elif (
                entered := (enter_special if element in special else enter)(element, element.tag)
            ) is not None:
                if len(element):
                    if element in holders or self._in_note:
                        if words := element.text:
                            (put if self._pre else write)(words)
                        stack.append((children, entered, element))
                        children = iter(element)
                        continue
                    (put if self._pre else write)(words_of(element))
                elif words := element.text:
                    (put if self._pre else write)(words)
                if entered is not _nothing:
                    entered()
            if (words := element.tail) and element is not root:
                (put if self._pre else write)(words)

    def lay_out_furniture(self) -> None:
        """Lay out what was left aside, each element one block of many lines, at the end of the text."""
        self.layout.new_paragraph()
        self.in_furniture, self.flat = True, 0
        self.layout.paragraph_kind = "furniture"
        for element in self.aside:
            self.layout.new_paragraph(element)
            self.walk(element)
            self.layout.new_paragraph()

    def _enter_special(self, element: Element, tag: str) -> Leave | None:
        """Begin an element that is left out, or hidden, or a note, or never shown."""
        if tag in _SKIPPED:
            return None
        if not self.in_furniture and element in self.left_out:
            self.aside.append(element)
            return None
        if element in self.seen.hidden:
            is_block = tag in _BLOCKS and not self.flat
            is_folded = is_block and _is_folded(element)
            if is_block and not self.in_furniture and not is_folded:
                self.aside.append(element)
                self.left_out.add(element)
                return None
            if not (self.in_furniture and element in self.left_out) and not is_folded:
                return None
        if element in self.notes.targets and not self.flat and not self.in_furniture:
            return self._note(element)
        return self._enter(element, tag)

    def _enter(self, element: Element, tag: str) -> Leave | None:
        """Begin an element; None leaves out what stands in it."""
        is_block = tag in _BLOCKS
        if self.in_furniture:
            return self._line(tag) if is_block else _nothing
        if is_block and self.flat:
            return self._flat_block(element)
        entering = self._BY_TAG.get(tag)
        if entering is not None:
            return entering(self, element)
        return self._break(element) if is_block else self._inline(element)

    # What elements do ----------------------------------------------------------------------------------------------

    def _inline(self, element: Element) -> Leave:
        if element in self.seen.captions and not self.flat:
            return self._caption(element)
        return _nothing

    def _break(self, element: Element) -> Leave:
        if element.tag == "br" and not self._is_second_break():
            self.layout.newline()
            return _nothing
        if element in self.seen.captions:
            return self._caption(element)
        self.layout.new_paragraph(element)
        return self._after(element)

    def _line(self, tag: str) -> Leave:
        """Within furniture: an empty line between blocks, none where a line only breaks."""
        if tag == "br" and not self.layout.is_at_new_line:
            self.layout.newline()
            return _nothing
        self.layout.empty_line()
        return _nothing if tag == "br" else self.layout.empty_line

    def _after(self, element: Element) -> Leave:
        """Words that follow the element are a paragraph of the one that holds it."""
        return lambda: self.layout.new_paragraph(element.getparent())

    def _flat_block(self, element: Element) -> Leave:
        """Within a cell, a heading or a caption: only a new line."""
        if element.tag in {"td", "th"}:
            self.layout.write(" ")
            return _nothing
        if self._pre:
            if element.tag == "br":
                self.layout.put("\n")
            return _nothing
        self.layout.newline()
        return self.layout.newline if element.tag != "br" else _nothing

    def _is_second_break(self) -> bool:
        return self.layout.is_at_new_line

    def _leaf(self, block: Draft) -> Leave:
        self.flat += 1

        def leave() -> None:
            self.flat -= 1
            self.layout.close(block)

        return leave

    def _holder(self, block: Draft) -> Leave:
        return lambda: self.layout.close(block)

    def _heading(self, element: Element) -> Leave:
        level = int(element.tag[1])
        block = self.layout.open("heading", level=level, origin=element)
        words = words_of(element)[:120].split("[")[0].strip()
        self._section = words if self._has_heading else ""  # the page's own title heads no list
        self._has_heading = self._has_heading or bool(words)
        self.flat += 1

        def leave() -> None:
            self.flat -= 1
            self.layout.close(block)
            if block.index >= 0 and (button := _EDIT_END.search(self.layout.tail(block.content_start))):
                block.content_end = block.content_start + button.start()

        return leave

    def _caption(self, element: Element) -> Leave:
        return self._leaf(self.layout.open("caption", origin=element))

    def _quote(self, element: Element) -> Leave:
        return self._holder(self.layout.open("quote", origin=element))

    def _preformatted(self, element: Element) -> Leave:
        block = self.layout.open("preformatted", origin=element)
        self._pre += 1
        self.flat += 1
        if element.text and element.text[0] == "\n":
            with suppress(ValueError):  # the parser lets characters pass that may not be set
                element.text = element.text[1:]

        def leave() -> None:
            self._pre -= 1
            self.flat -= 1
            self.layout.close(block)

        return leave

    def _quoted(self, element: Element) -> Leave:
        del element
        self.layout.write("“")
        return lambda: self.layout.write("”")

    def _list(self, element: Element) -> Leave:
        self.layout.new_paragraph(element)
        start = element.get("start", "1")
        is_counted = element.tag == "ol"
        self._lists.append(
            [
                int(start) if is_counted and start.removeprefix("-").isdecimal() and len(start) < 10 else 1,
                int(is_counted),
            ]
        )

        def leave() -> None:
            self._lists.pop()
            self.layout.new_paragraph(element.getparent())

        return leave

    def _item(self, element: Element) -> Leave:
        level = max(1, len(self._lists))
        marker = "•"
        if self._lists and self._lists[-1][1]:
            value = element.get("value", "")
            if value.isdecimal():
                self._lists[-1][0] = int(value[:9])
            marker = f"{_ordinal(self._lists[-1][0], element.getparent())}."
            self._lists[-1][0] += 1
        prefix = "  " * min(level - 1, 12) + marker + " "
        kind = None
        if level == 1 and self._section:
            kind = entry_kind(self._section, words_of(element), is_numbered=marker != "•")
        if kind == "footnote":
            label = marker.rstrip(".")
            block = self.layout.open("footnote", marker=label, prefix=prefix, gap=1, origin=element)
            self.entries.append(LaidEntry(block, element, kind, label))
        elif kind:
            label = marker.rstrip(".") if marker != "•" else ""
            block = self.layout.open("bibliography", marker=marker, prefix=prefix, gap=1, origin=element)
            self.entries.append(LaidEntry(block, element, kind, label))
        else:
            block = self.layout.open(
                "list_item", level=level, marker=marker, prefix=prefix, gap=1, origin=element
            )
        return self._holder(block)

    def _note(self, element: Element) -> Leave:
        names = self.notes.targets[element]
        label = next((self.notes.labels[n] for n in names), "")
        bare = label.split()[-1] if label else ""
        opening = words_of(element)[:40].lstrip(" \n\t^[(")
        is_labelled = bool(bare) and element.tag != "li" and opening.startswith(bare)
        first = next(element.iter("a"), None)
        if is_labelled and first is not None and is_backlink(first) and _opens_with(element, first):
            is_labelled = False  # the number is the way back, and goes with it
        block = self.layout.open(
            "footnote", marker=label, prefix="" if is_labelled else f"{label}. ", gap=1, origin=element
        )
        self.entries.append(LaidEntry(block, element, "footnote", label, tuple(names)))
        self._in_note += 1

        def leave() -> None:
            self._in_note -= 1
            self.layout.close(block)

        return leave

    def _link(self, element: Element) -> Leave | None:
        if self._in_note and is_backlink(element):
            return None
        if (name := self.notes.marks.get(element)) is None:
            return _nothing
        label = words_of(element).strip().strip("[]() \u200b")
        tail = element.tail or ""
        if self.layout.ends_with("[") and tail.startswith("]"):
            inner = self.layout.put(label)
            self.marks.append((Span(inner.start - 1, inner.end + 1), label, name))
        else:
            self.marks.append((self.layout.put(f"[{label}]"), label, name))
        return None

    def _raised(self, element: Element) -> Leave | None:
        links = [a for a in element.iter("a") if a in self.notes.marks]
        if self._in_note and not links:
            anchors = list(element.iter("a"))
            if anchors and all(is_backlink(a) for a in anchors):
                return None
        if not links:
            return _nothing
        beside = words_of(element)
        for link in links:
            beside = beside.replace(words_of(link), "", 1)
        if not _BRACKETS.fullmatch(beside):
            return _nothing
        for link in links:
            label = words_of(link).strip().strip("[]() \u200b")
            self.marks.append((self.layout.put(f"[{label}]"), label, self.notes.marks[link]))
        return None

    def _definitions(self, element: Element) -> Leave:
        self.layout.new_paragraph(element)
        self._terms.append(element.find(".//dt") is not None)

        def leave() -> None:
            self._terms.pop()
            self.layout.new_paragraph(element.getparent())

        return leave

    def _term(self, element: Element) -> Leave:
        return self._leaf(self.layout.open("term", origin=element))

    def _definition(self, element: Element) -> Leave:
        if self._terms and not self._terms[-1]:
            self.layout.new_paragraph(element)  # indented words, no definition
            return self._after(element)
        return self._holder(self.layout.open("definition", prefix="  ", gap=1, origin=element))

    def _table(self, element: Element) -> Leave | None:
        from regesta.reading.html.tables import lay_out_table

        if lay_out_table(self, element):
            return None
        self.layout.new_paragraph(element)
        return self._after(element)

    _BY_TAG: ClassVar[dict[str, Callable[[Walker, Element], Leave | None]]] = {
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
        **dict.fromkeys(("pre", "listing", "xmp"), _preformatted),
        **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
        "figcaption": _caption,
        "blockquote": _quote,
        "q": _quoted,
        "li": _item,
        "a": _link,
        "sup": _raised,
        "dl": _definitions,
        "dt": _term,
        "dd": _definition,
        "table": _table,
    }


def _ordinal(number: int, parent: Element | None) -> str:
    """Return the number of an item as its list shows it: letters for `<ol type="a">`."""
    letters = parent is not None and parent.get("type") in {"a", "A"} and 0 < number < 27
    if not letters or parent is None:
        return str(number)
    return chr(ord(parent.get("type", "a")) + number - 1)


def _is_folded(element: Element) -> bool:
    """Return whether a hidden block is one that readers unfold with a click, not one that they never see."""
    return bool(_FOLDED_CLASS.search(element.get("class", ""))) or (
        element.tag != "form" and element.find(".//table//th") is not None
    )


def _opens_with(element: Element, link: Element) -> bool:
    """Return whether no word of the element stands before the link."""
    for piece in element.iter("*"):
        if piece is link:
            return True
        if (piece.text or "").strip():
            return False
    return False


def _nothing() -> None:
    return None
