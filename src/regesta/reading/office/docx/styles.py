"""What a paragraph of a DOCX is, by its style and the styles that one is based on.

    <w:style w:styleId="berschrift2">  name "heading 2"       heading of level 2, whatever the language of the program
    <w:style w:styleId="Kapitel">      basedOn berschrift2    the same, if it says nothing else

Word keeps English names for its own styles in every language. Styles that are based on each other in a circle end where
the circle closes. Nothing here reads a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from regesta.model.document import BlockKind
from regesta.reading.office.markup import Element, attribute

__all__ = ["Style", "Styles", "is_on", "outline_level"]

_HEADING = re.compile(r"heading\s?([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|table of (?:figures|authorities)|index)\s?\d?", re.IGNORECASE)
_KINDS: dict[str, BlockKind] = {
    "quote": "quote", "intense quote": "quote", "block text": "quote", "quotations": "quote",
    "caption": "caption", "table": "caption", "figure": "caption", "illustration": "caption", "drawing": "caption",
    "html preformatted": "preformatted", "preformatted text": "preformatted",
    "bibliography": "bibliography",
    "toc heading": "furniture", "toa heading": "furniture", "index heading": "furniture",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs."""

    kind: BlockKind = "paragraph"
    level: int = 0
    """Of a heading; 0 for the document's title."""
    number: str | None = None
    """Id of its list."""
    depth: int = 0
    """Depth in that list, from 0."""
    is_hidden: bool = False


_PLAIN = Style()


@dataclass(slots=True)
class Styles:
    """The styles of one document."""

    hidden: frozenset[str] = frozenset()
    """Ids of styles, for characters too, whose words are hidden."""
    _elements: dict[str, Element] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)
    _default: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Return the styles of `word/styles.xml`."""
        styles = cls()
        for element in root.iterchildren("{*}docDefaults", "{*}style") if root is not None else ():
            if element.tag.endswith("}docDefaults"):
                for lang in element.iter("{*}lang"):
                    styles.language = attribute(lang, "w:val")
            if element.tag.endswith("}style") and (name := attribute(element, "w:styleId")):
                styles._elements.setdefault(name, element)
                if attribute(element, "w:type") == "paragraph" and attribute(element, "w:default") in {
                    "1",
                    "true",
                }:
                    styles._default = styles._default or name
        styles.hidden = frozenset(name for name in styles._elements if styles.of_paragraph(name).is_hidden)
        return styles

    def of_paragraph(self, name: str | None) -> Style:
        """Return what the style of that id says; the default style's word where a paragraph names none."""
        name = name or self._default or ""
        if (found := self._known.get(name)) is not None:
            return found
        chain: dict[str, None] = {}
        here: str | None = name
        while here and here in self._elements and here not in self._known and here not in chain:
            chain[here] = None
            based = self._elements[here].find("{*}basedOn")
            here = attribute(based, "w:val") if based is not None else None
        style = self._known.get(here or "", _PLAIN)
        for one in reversed(chain):
            style = self._known[one] = _own(self._elements[one], one, style)
        return self._known.get(name, _PLAIN)


def _own(element: Element, style_id: str, above: Style) -> Style:
    """Return what a style says, given what the style says that it is based on."""
    named = element.find("{*}name")
    name = ((attribute(named, "w:val") if named is not None else None) or style_id).lower()
    style = above
    if found := _HEADING.fullmatch(name):
        style = replace(style, kind="heading", level=int(found[1]))
    elif name in {"title", "subtitle"}:
        style = replace(style, kind="heading", level=0 if name == "title" else 1)
    elif _CONTENTS.fullmatch(name):
        style = replace(style, kind="furniture", level=0)
    elif name in _KINDS:
        style = replace(style, kind=_KINDS[name], level=0)
    properties = element.find("{*}pPr")
    if properties is not None:
        level = outline_level(properties)
        if level is not None and style.kind in {"paragraph", "heading"} and name not in {"title", "subtitle"}:
            style = (
                replace(style, kind="heading", level=level)
                if level
                else replace(style, kind="paragraph", level=0)
            )
        numbering = properties.find("{*}numPr")
        if numbering is not None:
            number, depth = numbering.find("{*}numId"), numbering.find("{*}ilvl")
            if number is not None:
                style = replace(style, number=attribute(number, "w:val"))
            if depth is not None and (value := attribute(depth, "w:val") or "").isdecimal():
                style = replace(style, depth=min(int(value[:2]), 8))
    words = element.find("{*}rPr")
    if words is not None and (vanish := words.find("{*}vanish")) is not None:
        style = replace(style, is_hidden=is_on(vanish))
    return style


def outline_level(properties: Element) -> int | None:
    """Return the level that a paragraph's properties state, 0 for words of the body, None where they state none."""
    stated = properties.find("{*}outlineLvl")
    if stated is None:
        return None
    value = attribute(stated, "w:val") or ""
    return int(value) + 1 if value in set("012345678") else 0


def is_on(switch: Element) -> bool:
    """Return whether an element such as `<w:vanish/>` switches on what it names."""
    return attribute(switch, "w:val") not in {"0", "false", "off", "none"}
