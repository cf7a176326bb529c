"""The walk through the elements of an ODT: blocks, and the words in them.

    text:h text:p          a heading or a paragraph, by its style
    text:list              items with the number that is displayed
    table:table            see `tables`
    text:section …         only hold others; tables of contents are furniture
    text:note              a mark here, its words at the end
    draw:text-box          kept for the end of the paragraph

The place of every block is its part and its path. Nothing here opens the package.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from regesta.model import Place
from regesta.reading.office.composing import Composer, Look
from regesta.reading.office.markup import Below, Element, attribute, names, steps
from regesta.reading.office.odt.styles import ListLevel, Lists, Styles, count

__all__ = ["Aside", "Walker"]

_INDEXES = frozenset({
    "text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index",
    "text:alphabetical-index",
})  # fmt: skip
_SKIPPED = frozenset({
    "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:forms", "text:script",
    "text:ruby-text", "svg:title", "svg:desc", "text:table-of-content-source", "text:bibliography-source",
    "text:illustration-index-source", "text:table-index-source", "text:alphabetical-index-source", "draw:image",
    "text:note-citation", "text:dde-connection-decls", "office:event-listeners", "text:object-index-source",
    "text:user-index-source", "text:index-entry-template", "draw:plugin", "draw:applet",
})  # fmt: skip
_MAX_DEPTH = 120


@dataclass(slots=True)
class Aside:
    """Words met in the body that stand at the end of the text."""

    element: Element
    path: str
    label: str = ""
    name: str = ""


@dataclass(slots=True)
class Walker:
    """Lays out the elements of one part."""

    part: str | None
    out: Composer
    styles: Styles
    lists: Lists
    short: dict[str, str] = field(default_factory=names)
    has_title: bool = False
    notes: list[Aside] = field(default_factory=list)
    remarks: list[Aside] = field(default_factory=list)
    hidden: list[tuple[Place, str]] = field(default_factory=list)
    _boxes: list[Element] = field(default_factory=list)
    depth: int = 0
    n_frames: int = 0
    """Tables around this place that are only frames."""
    n_repeated: int = 0
    """Cells that repetitions have been spread out to."""
    _furnished: int = 0
    _here: Below | None = None
    """Paths below the block whose words are being written."""
    _lists: list[tuple[dict[int, ListLevel], list[int | None], str]] = field(default_factory=list)
    _marker: str | None = None
    _ids: dict[str, str] = field(default_factory=dict)
    _n_lists: int = 0
    _inner: int = 0
    _last_of: dict[str, str] = field(default_factory=dict)

    def walk(self, element: Element, name: str, path: str) -> None:
        """Lay out one block, or the blocks that an element holds."""
        if self.depth > _MAX_DEPTH:
            self.out.problem("R005", "blocks are nested deeper than is read; the innermost were left out")
            return
        self.depth += 1
        self._walk(element, name, path)
        self.depth -= 1

    def _walk(self, element: Element, name: str, path: str) -> None:
        if name in {"text:p", "text:h"}:
            self._paragraph(element, name, path)
        elif name == "text:list":
            self._list(element, path)
        elif name == "table:table":
            from regesta.reading.office.odt.tables import lay_out_table

            lay_out_table(self, element, path)
        elif name == "text:tracked-changes":
            self._tracked(element)
        elif name in _SKIPPED:
            return
        elif name == "office:annotation":
            self.remarks.append(Aside(element, path))
        else:
            is_hidden = name == "text:section" and attribute(element, "text:display") == "none"
            if is_hidden:
                self.out.problem("R031", "a section is hidden; it was read as furniture")
            is_furniture = name in _INDEXES or is_hidden
            self._furnished += is_furniture
            for child, inner, way in steps(element, path, self.short):
                self.walk(child, inner, way)
            self._furnished -= is_furniture

    def place(self, path: str) -> Place:
        """Return the place of an element."""
        return Place(part=self.part, xpath=path)

    def _tracked(self, element: Element) -> None:
        for deletion in element.iter("{*}deletion"):
            words = " ".join("".join(p.itertext()) for p in deletion.iter("{*}p", "{*}h")).strip()  # type: ignore[arg-type]
            if words:
                told = words if len(words) <= 200 else words[:199] + "…"
                self.out.problem("R030", f"deleted in a tracked change, and left out: {told!r}")

    def _paragraph(self, element: Element, name: str, path: str) -> None:
        style = self.styles.of(attribute(element, "text:style-name"))
        place = self.place(path)
        marker, self._marker = self._marker, None
        look = Look(style.kind, 0, marker or "")
        if self._furnished:
            look = Look("furniture")
        elif style.is_title or (style.kind == "heading" and style.level == 0):
            self.has_title = self.has_title or not self.out.flat
            look = Look("heading", 1)
        elif name == "text:h" or style.kind == "heading":
            stated = attribute(element, "text:outline-level") or ""
            level = int(stated[:2]) if stated[:2].isdecimal() else style.level or 1
            if name == "text:h" and marker is None and attribute(element, "text:is-list-header") != "true":
                marker = self._outline(level)
            look = Look("heading", max(1, min(6, level + self.has_title)), (marker or "").replace("•", ""))
        elif marker and style.kind in {"paragraph", "bibliography"}:
            look = Look("list_item", len(self._lists), marker)
        if style.is_hidden:
            self.hidden.append((place, _words(element)))
            return
        outer, self._here = self._here, Below(element, path, self.short)
        self.out.block(look, place, lambda: self._inline(element), lambda: _words(element))
        self._here = outer
        if self._boxes:
            boxes, self._boxes = self._boxes, []
            paths = Below(element, path, self.short)
            for box in boxes:
                self.walk(box, "draw:text-box", paths.path(box))

    def _outline(self, level: int) -> str:
        if not self.lists.outline or level not in self.lists.outline:
            return ""
        counts = self.lists.counts(" outline", goes_on=True)
        return count(self.lists.outline, counts, level) if self.lists.outline[level].counting else ""

    # Lists ---------------------------------------------------------------------------------------------------------

    def _list(self, element: Element, path: str) -> None:
        style = attribute(element, "text:style-name")
        if self._lists:
            levels, counts, key = self._lists[-1]
            if style:
                levels = self.lists.levels(style)
        else:
            levels = self.lists.levels(style or "")
            before = attribute(element, "text:continue-list")
            goes_on = attribute(element, "text:continue-numbering") == "true"
            found = self._ids.get(before or "") or (self._last_of.get(style or "") if goes_on else None)
            self._n_lists += 1
            key = found or f"list {self._n_lists}"
            counts = self.lists.counts(key, goes_on=found is not None)
            self._last_of[style or ""] = key
        if name := attribute(element, "xml:id"):
            self._ids[name] = key
        self._lists.append((levels, counts, key))
        depth = len(self._lists)
        for child, kind, way in steps(element, path, self.short):
            if kind == "text:list-item":
                start = attribute(child, "text:start-value") or ""
                holds_words = any(self.short[inner.tag] in {"text:p", "text:h"} for inner in child)
                if holds_words:
                    self._marker = count(
                        levels, counts, depth, int(start[:6]) if start[:6].isdecimal() else None
                    )
            for inner, inner_kind, inner_way in steps(child, way, self.short):
                self.walk(inner, inner_kind, inner_way)
            self._marker = None
        self._lists.pop()

    # Words ---------------------------------------------------------------------------------------------------------

    def _inline(self, element: Element) -> None:
        layout = self.out.layout
        if self._inner > _MAX_DEPTH:
            layout.write(_words(element))
            return
        self._inner += 1
        if element.text:
            layout.write(element.text)
        for child in element:
            self._piece(child, self.short[child.tag])
            if child.tail:
                layout.write(child.tail)
        self._inner -= 1

    def _piece(self, child: Element, name: str) -> None:
        layout = self.out.layout
        if name == "text:span":
            if self.styles.hidden and attribute(child, "text:style-name") in self.styles.hidden:
                if self._here is not None:
                    self.hidden.append((self.place(self._here.path(child)), _words(child)))
            else:
                self._inline(child)
        elif name == "text:s":
            layout.write(" ")
        elif name == "text:tab":
            if self.out.flat:
                layout.write(" ")
            else:
                layout.tab()
        elif name == "text:line-break":
            layout.newline()
        elif name == "text:a":
            href = attribute(child, "xlink:href") or ""
            if href.startswith(("http://", "https://")):
                self.out.link = self.out.link or href
            self._inline(child)
        elif name == "text:note":
            self._note(child)
        elif name == "office:annotation":
            self.remarks.append(Aside(child, self._path(child)))
        elif name in _SKIPPED:
            return
        elif name == "draw:object":
            self.out.problem("R032", "an object, such as a chart, is embedded; its words were not read")
        elif name.startswith("draw:") and self._holds_blocks(child):
            self._boxes.append(child)
        else:
            self._inline(child)

    def _holds_blocks(self, element: Element) -> bool:
        return any(
            self.short[child.tag] in {"text:p", "text:h", "text:list", "table:table"} for child in element
        )

    def _note(self, note: Element) -> None:
        citation, body = note.find("{*}note-citation"), note.find("{*}note-body")
        if citation is None or body is None:
            return
        label = " ".join(_words(citation).split())[:20]
        name = f"note {len(self.notes)}"
        self.out.mark(label, name)
        self.notes.append(Aside(body, self._path(body), label, name))

    def _path(self, element: Element) -> str:
        return self._here.path(element) if self._here is not None else ""

    def lay_out_notes(self) -> None:
        """Lay out the notes whose marks were met; a note within a note comes behind them all."""
        for note in self.notes:
            self._lay_out_note(note)

    def _lay_out_note(self, note: Aside) -> None:
        self.out.note(
            note.label, note.name, self.place(note.path), lambda: self.walk(note.element, "", note.path)
        )

    def lay_out_remarks(self) -> None:
        """Lay out the remarks in the margin and what is hidden."""
        self.out.layout.new_paragraph()
        for remark in self.remarks:
            author = remark.element.findtext("{http://purl.org/dc/elements/1.1/}creator") or ""
            self.furnish(remark.element, remark.path, f"{author[:80]}: " if author else "")
        hidden = [(place, words) for place, words in self.hidden if words.strip()]
        if hidden:
            said = f"{len(hidden)} passages are hidden; they stand at the end, not in the body"
            self.out.problem("R031", said)
        for place, words in hidden:
            self._furnish_words(place, words)

    def furnish(self, element: Element, path: str, prefix: str = "") -> None:
        """Lay out the paragraphs of an element as furniture."""
        self.out.furniture(self.place(path), lambda: self._lines(element, path), prefix)

    def _lines(self, element: Element, path: str) -> None:
        for child, name, way in steps(element, path, self.short):
            if name.startswith(("text:", "table:", "style:")):
                self.walk(child, name, way)

    def _furnish_words(self, place: Place, words: str) -> None:
        self.out.furniture(place, lambda: self.out.layout.write(words))


def _words(element: Element) -> str:
    return "".join(map(str, element.itertext()))
