"""The walk through the blocks of a DOCX part: paragraphs, tables, and what holds them.

    w:body ──stream──► w:p     by its style: heading, item of a list with its number, caption, paragraph
                       w:tbl   a table, or a frame around blocks
                       w:sdt … only holds others

The place of every block is its part and its path. Nothing here opens the package.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from regesta.model import Place
from regesta.reading.office.composing import Composer, Look
from regesta.reading.office.docx.inline import Inline
from regesta.reading.office.docx.numbering import Numbering
from regesta.reading.office.docx.styles import Style, Styles, is_on, outline_level
from regesta.reading.office.markup import Below, Element, attribute, steps

__all__ = ["Walker"]

_HOLDERS = frozenset({
    "w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "w:txbxContent", "w:tc", "mc:Choice",
    "mc:Fallback", "mc:AlternateContent", "w:footnote", "w:endnote", "w:comment", "w:hdr", "w:ftr",
})  # fmt: skip
_MAX_DEPTH = 120
_GALLERIES = frozenset({"Table of Contents", "Page Numbers (Bottom of Page)", "Page Numbers (Top of Page)"})


@dataclass(slots=True)
class Walker:
    """Lays out the blocks of one part."""

    part: str
    out: Composer
    inline: Inline
    styles: Styles
    numbering: Numbering
    has_title: bool = False
    hidden: list[tuple[Place, str]] | None = None
    """Hidden words with their places, for the end of the text."""
    depth: int = 0
    n_frames: int = 0
    """Tables around this place that are only frames."""
    _furnished: int = 0

    def walk(self, element: Element, name: str, path: str) -> None:
        """Lay out one block, or the blocks that an element holds."""
        if self.depth > _MAX_DEPTH:
            self.out.problem("R005", "blocks are nested deeper than is read; the innermost were left out")
            return
        self.depth += 1
        self._walk(element, name, path)
        self.depth -= 1

    def _walk(self, element: Element, name: str, path: str) -> None:
        if name == "w:p":
            self.paragraph(element, path)
        elif name == "w:tbl":
            from regesta.reading.office.docx.tables import lay_out_table

            lay_out_table(self, element, path)
        elif name == "mc:AlternateContent":
            for child, inner, way in steps(element, path, self.inline.short):
                if len(child):
                    self.walk(child, inner, way)
                    break
        elif name in _HOLDERS:
            is_furniture = name == "w:sdt" and self._is_furniture(element)
            self._furnished += is_furniture
            for child, inner, way in steps(element, path, self.inline.short):
                self.walk(child, inner, way)
            self._furnished -= is_furniture
        elif name in {"w:del", "w:moveFrom"}:
            self.inline.deleted.append("".join(t.text or "" for t in element.iter("{*}delText", "{*}t")))
            self.say()
        elif name == "w:altChunk":
            self.out.problem("R032", "a file of another format is embedded; its words were not read")

    def _is_furniture(self, control: Element) -> bool:
        for gallery in control.iterfind("{*}sdtPr/{*}docPartObj/{*}docPartGallery"):
            return attribute(gallery, "w:val") in _GALLERIES
        return False

    def paragraph(self, p: Element, path: str) -> None:
        """Lay out a paragraph, then the text boxes that hang on it."""
        properties = p[0] if len(p) and self.inline.short[p[0].tag] == "w:pPr" else None
        style = self._style(properties)
        is_joined = False
        look = self._look(style, properties)
        if properties is not None and (words := properties.find("{*}rPr")) is not None:
            is_joined = words.find("{*}del") is not None or words.find("{*}moveFrom") is not None
        place = Place(part=self.part, xpath=path)
        inline = self.inline

        def fill() -> None:
            inline.write(p)
            inline.finish_paragraph()

        if style.is_hidden and self.hidden is not None:
            inline.hidden.append("".join(t.text or "" for t in p.iter("{*}t")))
        else:
            self.out.block(look, place, fill, lambda: _words_of(p), is_joined=is_joined)
        if inline.hidden:
            if self.hidden is not None:
                self.hidden.append((place, "".join(inline.hidden)))
            inline.hidden.clear()
        if inline.deleted or inline.unread:
            self.say()
        if inline.boxes:
            boxes, inline.boxes = inline.boxes, []
            paths = Below(p, path, inline.short)
            for box in boxes:
                self.walk(box, "w:txbxContent", paths.path(box))

    def say(self) -> None:
        """Tell as problems what was met and not read."""
        inline = self.inline
        if words := "".join(inline.deleted).strip():
            told = words if len(words) <= 200 else words[:199] + "…"
            self.out.problem("R030", f"deleted in a tracked change, and left out: {told!r}")
        for kind in inline.unread:
            self.out.problem("R032", f"a {kind} is embedded; its words were not read")
        inline.deleted.clear()
        inline.unread.clear()

    def style_of(self, p: Element) -> Style:
        """Return what the style of a paragraph says."""
        return self._style(p[0] if len(p) and self.inline.short[p[0].tag] == "w:pPr" else None)

    def _style(self, properties: Element | None) -> Style:
        named = properties.find("{*}pStyle") if properties is not None else None
        style = self.styles.of_paragraph(attribute(named, "w:val") if named is not None else None)
        if properties is None:
            return style
        level = outline_level(properties)
        if level is not None and style.kind in {"paragraph", "heading"} and (level or style.level):
            style = (
                replace(style, kind="heading", level=level)
                if level
                else replace(style, kind="paragraph", level=0)
            )
        numbering = properties.find("{*}numPr")
        if numbering is not None:
            number, depth = numbering.find("{*}numId"), numbering.find("{*}ilvl")
            value = (attribute(depth, "w:val") or "") if depth is not None else ""
            style = replace(
                style,
                number=attribute(number, "w:val") if number is not None else style.number,
                depth=min(int(value[:2]), 8) if value.isascii() and value.isdigit() else style.depth,
            )
        words = properties.find("{*}rPr")
        if words is not None and (vanish := words.find("{*}specVanish")) is not None and is_on(vanish):
            style = replace(style, is_hidden=False)
        return style

    def _look(self, style: Style, properties: Element | None) -> Look:
        marker: str | None = None
        if (
            style.number
            and style.number != "0"
            and (properties is None or properties.find("{*}sectPr") is None)
        ):
            marker = self.numbering.label(style.number, style.depth)
        if self._furnished:
            return Look("furniture", marker=marker or "")
        if style.kind == "heading":
            if style.level == 0:
                self.has_title = self.has_title or not self.out.flat
                return Look("heading", 1, marker or "")
            return Look("heading", min(6, style.level + self.has_title), (marker or "").replace("•", ""))
        if marker and style.kind in {"paragraph", "bibliography"}:
            return Look("list_item", style.depth + 1, marker)
        return Look(style.kind, 0, marker or "")


def _words_of(p: Element) -> str:
    return "".join(t.text or "" for t in p.iter("{*}t"))
