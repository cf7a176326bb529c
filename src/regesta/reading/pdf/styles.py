"""What the letters say: which size is the text's own, and which lines are set as headings.

Sizes are counted over the whole document, by characters. A heading is short and stands out: larger than the text, heavy where the
text is not, in capitals on its own, or numbered on its own. Levels come from the ranks of these looks, and from the depth of the
numbers: `2.1` is below `2`. What the words themselves say ("1953", "Further reading") is not asked here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regesta.reading.pdf.pages import Line

__all__ = ["Look", "Styles", "depth_of_number", "levels", "look_of"]

_NUMBERED = re.compile(
    r"^(?:(?:chapter|part|section|annex|appendix|kapitel|teil|chapitre)\s[\dIVXLA-Z]{1,5}\b|(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s|([IVXL]{1,6})\.\s|([A-Z])\.\s)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.;,:!?…][\"”’»)\]]?$")


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """How a heading is set; the first in order is the highest."""

    minus_size: float
    is_light: bool
    is_lower: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Styles:
    """The look of the document's own text."""

    size: float
    is_bold: bool

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Styles:
        """Return the size and weight in which most characters are set."""
        counted: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            counted[round(line.size * 2) / 2, line.is_bold] += len(line.text)
        if not counted:
            return cls(10.0, False)
        (size, is_bold), _ = counted.most_common(1)[0]
        return cls(size, is_bold)

    def stands_out(self, line: Line) -> bool:
        """Return whether a line is larger than the text, or heavy in a text that is not."""
        if line.size > 1.1 * self.size:
            return True
        return line.is_bold and not self.is_bold and line.size > 0.93 * self.size

    def is_heading(self, lines: Sequence[Line], words: str, *, is_alone: bool) -> bool:
        """Return whether lines that belong together are a heading; `is_alone` where blank space is around them."""
        letters = [c for c in words if c.isalpha()]
        if not 1 <= len(words) <= 250 or not (letters or words.strip().isdigit()) or len(lines) > 5:
            return False
        if all(line.size > 1.1 * self.size for line in lines):
            return len(words) <= 250 and not (len(words) > 120 and _SENTENCE_END.search(words))
        n_words = words.count(" ") + 1
        if n_words > 25:
            return False
        if all(self.stands_out(line) for line in lines):
            return (
                not _SENTENCE_END.search(words)
                or (n_words <= 12 and words[-1] in ":?!")
                or bool(depth_of_number(words) and n_words <= 12)
            )
        if not is_alone or len(lines) > 2 or lines[0].size < 0.93 * self.size or _SENTENCE_END.search(words):
            return False
        is_capitals = len(letters) >= 4 and words.upper() == words != words.lower()
        return is_capitals or bool(
            depth_of_number(words) and n_words <= 12 and re.match(r"\S+\s+[A-ZÀ-Þ]", words)
        )


def look_of(lines: Sequence[Line], words: str) -> Look:
    """Return how a heading is set."""
    size = max(line.size for line in lines)
    is_capitals = words.upper() == words != words.lower()
    return Look(
        -size, not all(line.is_bold for line in lines), not is_capitals, max(0, depth_of_number(words) - 1)
    )


def depth_of_number(words: str) -> int:
    """Return how deep the number before a heading goes, 0 where there is none.

    >>> [depth_of_number(x) for x in ("2. Routes", "2.1 By sea", "Chapter 4", "Routes", "IV. Laws")]
    [1, 2, 1, 0, 1]
    """
    match = _NUMBERED.match(words)
    if not match:
        return 0
    if match[1]:
        return match[1].count(".") + 1
    return 2 if match[3] and not match[2] else 1


def levels(looks: Sequence[Look], *, has_title: bool) -> list[int]:
    """Return the level of each heading; the first is the title where `has_title`."""
    if not looks:
        return []
    sizes = sorted({look.minus_size for look in looks[1 if has_title else 0 :]})
    group: dict[float, int] = {}
    last = None
    for size in sizes:  # sizes within a twentieth are one
        if last is None or abs(size - last) > 0.05 * abs(last):
            last = size
            number = len(set(group.values()))
        group[size] = number
    found, above = ([1] if has_title else []), [(-1, False, False, 0)] if has_title else []
    for look in looks[len(found) :]:
        rank = _rank(look, group)
        while above and above[-1] >= rank:
            above.pop()
        above.append(rank)
        found.append(min(6, len(above) + (not has_title)))
    return found


def _rank(look: Look, group: dict[float, int]) -> tuple[int, bool, bool, int]:
    return group[look.minus_size], look.is_light, look.is_lower, look.depth
