"""The numbers of a DOCX's lists and headings as Word displays them.

    paragraph  numId 4, ilvl 1
    num 4      abstractNumId 2, perhaps another start
    abstract 2 level 1: counts "lowerLetter", shows "%1.%2)"            ──► "2.b)"

Lists of one abstract number count on together. A deeper level starts anew after a shallower one. Chains of list styles
are followed eight links at most. Nothing here reads a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from regesta.reading.office.counting import shown
from regesta.reading.office.markup import Element, attribute

__all__ = ["Numbering"]

_PLACE = re.compile(r"%([1-9])")
_MAX_LEVEL = 9
_MAX_LABEL = 40


@dataclass(slots=True)
class _Level:
    start: int = 1
    counting: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    _nums: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = field(default_factory=dict)
    """numId -> its abstract, starts that it states, levels that it states."""
    _abstracts: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)
    """Abstract -> style of lists that it stands for."""
    _styled: dict[str, str] = field(default_factory=dict)
    """Style of lists -> the abstract that defines it."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """Return the lists of `word/numbering.xml`."""
        numbering = cls()
        for element in root if root is not None else ():
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag.endswith("}abstractNum"):
                numbering._take_abstract(element)
            elif tag.endswith("}num"):
                numbering._take_num(element)
        return numbering

    def _take_abstract(self, element: Element) -> None:
        name = attribute(element, "w:abstractNumId") or ""
        self._abstracts[name] = dict(_numbered(level) for level in element.iterfind("{*}lvl"))
        for child in element:
            if isinstance(child.tag, str) and child.tag.endswith("}numStyleLink"):
                self._links[name] = attribute(child, "w:val") or ""
            elif isinstance(child.tag, str) and child.tag.endswith("}styleLink"):
                self._styled[attribute(child, "w:val") or ""] = name

    def _take_num(self, element: Element) -> None:
        abstract = element.find("{*}abstractNumId")
        starts: dict[int, int] = {}
        levels: dict[int, _Level] = {}
        for override in element.iterfind("{*}lvlOverride"):
            depth = _int(attribute(override, "w:ilvl"), 0)
            start = override.find("{*}startOverride")
            if start is not None:
                starts[depth] = _int(attribute(start, "w:val"), 1)
            level = override.find("{*}lvl")
            if level is not None:
                levels[depth] = _numbered(level)[1]
        name = attribute(abstract, "w:val") if abstract is not None else None
        self._nums[attribute(element, "w:numId") or ""] = (name or "", starts, levels)

    def label(self, number: str, depth: int) -> str | None:
        """Count on and return what is displayed: `•` for any bullet, None where the list is not there or shows nothing."""
        num = self._nums.get(number)
        if num is None:
            return None
        abstract, starts, own = num
        for _ in range(8):
            if abstract not in self._links:
                break
            abstract = self._styled.get(self._links[abstract], "")
        levels = self._abstracts.get(abstract)
        if levels is None:
            return None
        depth = min(depth, _MAX_LEVEL - 1)

        def level_at(place: int) -> _Level:
            return own.get(place) or levels.get(place) or _Level(counting="none")

        level = level_at(depth)
        counts = self._counts.setdefault(abstract, [None] * _MAX_LEVEL)
        if (number, depth) not in self._started:
            self._started.add((number, depth))
            if depth in starts:
                counts[depth] = starts[depth] - 1
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _MAX_LEVEL):
            restart = level_at(deeper).restart
            if restart is None or (restart > 0 and depth < restart):
                counts[deeper] = None
        if level.counting == "bullet":
            return "•"

        def piece(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            at = level_at(place)
            value = counts[place] if place <= depth else None
            counting = "decimal" if level.is_legal and at.counting != "none" else at.counting
            return shown(at.start if value is None else value, counting)

        return _PLACE.sub(piece, level.text).strip()[:_MAX_LABEL] or None


def _numbered(element: Element) -> tuple[int, _Level]:
    level = _Level()
    for child in element:
        tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        value = attribute(child, "w:val") or ""
        if tag == "start":
            level.start = _int(value, 1)
        elif tag == "numFmt":
            level.counting = value
        elif tag == "lvlText":
            level.text = value[:_MAX_LABEL]
        elif tag == "lvlRestart":
            level.restart = _int(value, 0)
        elif tag == "isLgl":
            level.is_legal = value not in {"0", "false", "off"}
    return _int(attribute(element, "w:ilvl"), 0), level


def _int(value: str | None, default: int) -> int:
    value = (value or "")[:7]
    return int(value) if value.isascii() and value.isdigit() else default
