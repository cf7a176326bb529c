"""What a paragraph of an ODT is, by its style and the styles that one is based on; and how its lists count.

    P7 (automatic) ──parent──► Caption ──parent──► Standard

Styles that are based on each other in a circle end where the circle closes. Nothing here reads a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from regesta.model.document import BlockKind
from regesta.reading.office.counting import letters, shown
from regesta.reading.office.markup import Element, attribute

__all__ = ["ListLevel", "Lists", "Style", "Styles", "count"]

_CONTENTS = re.compile(
    r"(?:contents|illustration index|table index|object index|user index|index)\s?(?:heading|\d{1,2})",
    re.IGNORECASE,
)
_KINDS: dict[str, BlockKind] = {
    "quotations": "quote", "caption": "caption", "illustration": "caption", "table": "caption", "figure": "caption",
    "drawing": "caption", "preformatted text": "preformatted",
}  # fmt: skip
_COUNTING = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "01, 02, 03, ...": "decimalZero", "1st": "ordinal", "가, 나, 다, ...": "ganada", "ㄱ, ㄴ, ㄷ, ...": "chosung",
    "①, ②, ③, ...": "decimalEnclosedCircle", "一, 二, 三, ...": "chineseCounting", "А, Б, .. Аа, Бб, ... (ru)": "russianUpper",
    "а, б, .. аа, бб, ... (ru)": "russianLower", "甲, 乙, 丙, ...": "ideographTraditional",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs, the styles above it included."""

    kind: BlockKind = "paragraph"
    level: int = 0
    """Of a heading; 0 for the document's title."""
    is_hidden: bool = False
    is_title: bool = False
    is_bold: bool = False


_PLAIN = Style()


@dataclass(slots=True)
class _Own:
    name: str
    parent: str | None
    level: int
    display: str | None
    bold: str | None


@dataclass(slots=True)
class Styles:
    """The styles of one document."""

    hidden: set[str] = field(default_factory=set)
    """Names of styles of words, sections and tables that are not shown."""
    _own: dict[str, _Own] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)

    def take(self, root: Element) -> None:
        """Add the styles that stand in an element."""
        for element in root.iter("{*}style"):
            name = attribute(element, "style:name")
            if not name:
                continue
            display, bold = None, None
            for child in element:
                display = attribute(child, "text:display") or display
                bold = attribute(child, "fo:font-weight") or bold
                if attribute(child, "table:display") == "false":
                    self.hidden.add(name)
            if display == "none":
                self.hidden.add(name)
            level = attribute(element, "style:default-outline-level") or ""
            shown_as = attribute(element, "style:display-name") or name.replace("_20_", " ")
            self._own[name] = _Own(
                shown_as.lower(), attribute(element, "style:parent-style-name"),
                int(level) if level in set("123456789") else 0, display, bold,
            )  # fmt: skip

    def of(self, name: str | None) -> Style:
        """Return what the style of that name says."""
        name = name or ""
        chain: dict[str, None] = {}
        here: str | None = name
        while here and here in self._own and here not in self._known and here not in chain:
            chain[here] = None
            here = self._own[here].parent
        style = self._known.get(here or "", _PLAIN)
        for one in reversed(chain):
            style = self._known[one] = _owned(self._own[one], style)
        return self._known.get(name, _PLAIN)


def _owned(own: _Own, above: Style) -> Style:
    """Return what a style says, given what the style says that it is based on."""
    style = above
    if own.name in {"title", "subtitle"}:
        style = replace(style, is_title=own.name == "title", kind="heading", level=int(own.name != "title"))
    elif _CONTENTS.fullmatch(own.name):
        style = replace(style, kind="furniture", level=0)
    elif own.name in _KINDS:
        style = replace(style, kind=_KINDS[own.name], level=0)
    elif re.fullmatch(r"bibliography \d", own.name):
        style = replace(style, kind="bibliography", level=0)
    if own.level:
        style = replace(style, kind="heading", level=own.level)
    if own.display:
        style = replace(style, is_hidden=own.display == "none")
    if own.bold:
        style = replace(style, is_bold=own.bold == "bold" or own.bold >= "600")
    return style


@dataclass(slots=True)
class ListLevel:
    """How one level of a list counts."""

    counting: str = ""
    """A name of `counting.shown`; empty for a bullet."""
    before: str = ""
    after: str = ""
    n_shown: int = 1
    start: int = 1
    is_synced: bool = False


@dataclass(slots=True)
class Lists:
    """The list styles of one document, and how far the lists have counted."""

    _styles: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    outline: dict[int, ListLevel] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def take(self, root: Element) -> None:
        """Add the list styles that stand in an element."""
        for element in root.iter("{*}list-style", "{*}outline-style"):
            levels: dict[int, ListLevel] = {}
            for child in element.iterchildren("{*}*"):
                number = attribute(child, "text:level") or ""
                if number.isascii() and number.isdigit():
                    levels[int(number[:3])] = _level(child)
            if element.tag.endswith("}outline-style"):
                self.outline = levels
            else:
                self._styles[attribute(element, "style:name") or ""] = levels

    def counts(self, name: str, *, goes_on: bool) -> list[int | None]:
        """Return how far the list of that name has counted, level by level; from nothing unless it goes on."""
        if not goes_on or name not in self._counts:
            self._counts[name] = [None] * 11
        return self._counts[name]

    def levels(self, name: str) -> dict[int, ListLevel]:
        """Return the levels of a list style."""
        return self._styles.get(name, {})


def count(
    levels: dict[int, ListLevel], counts: list[int | None], depth: int, start: int | None = None
) -> str:
    """Count on at a depth, from 1, and return what is displayed: `•` for any bullet, nothing where nothing is."""
    depth = min(depth, 10)
    level = levels.get(depth, ListLevel())
    before = counts[depth]
    counts[depth] = start if start is not None else level.start if before is None else before + 1
    for deeper in range(depth + 1, 11):
        counts[deeper] = None
    if not level.counting:
        return "•"
    if level.counting == "none":
        return (level.before + level.after).strip()
    pieces = []
    for place in range(max(1, depth - level.n_shown + 1), depth + 1):
        at = levels.get(place, level)
        number = counts[place] if counts[place] is not None else at.start
        if at.counting and at.counting != "none":
            pieces.append(_shown(number or 0, at))
    return (level.before + ".".join(pieces) + level.after).strip()[:40]


def _shown(number: int, level: ListLevel) -> str:
    if level.counting in {"lowerLetter", "upperLetter"}:
        found = letters(number, repeated=level.is_synced)
        return found if level.counting == "lowerLetter" else found.upper()
    return shown(number, level.counting)


def _level(element: Element) -> ListLevel:
    if element.tag.endswith(("-bullet", "-image")):
        return ListLevel()
    counting = attribute(element, "style:num-format") or ""
    n_shown, start = (
        attribute(element, "text:display-levels") or "1",
        attribute(element, "text:start-value") or "1",
    )
    return ListLevel(
        _COUNTING.get(counting, "decimal"),
        (attribute(element, "style:num-prefix") or "")[:20],
        (attribute(element, "style:num-suffix") or "")[:20],
        int(n_shown) if n_shown in set("123456789") else 1,
        int(start[:6]) if start[:6].isdecimal() else 1,
        attribute(element, "style:num-letter-sync") == "true",
    )
