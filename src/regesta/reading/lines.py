r"""A text's lines and what stands at their beginning: indentation, then a bullet or a number, then words.

    "    • Kim fled.\n"
     [--)              indent 4
         [)            marker "•", kind "•"
           [-------)   words

Lines end at LF, CR LF or CR. What a line *means* is decided by its neighbours, in `plain`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.text.span import Span

__all__ = ["INVISIBLE", "Line", "scan"]

INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
"""Characters that are not white space to Python and yet show nothing: a line of these alone is blank."""

_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"\r\n|\n|\r")
_INDENT = re.compile(rf"[\s{INVISIBLE}]*")
_TAB = 4

_MARKER = re.compile(
    r"""
      (?P<bullet>[•●▪◦‣⁃∙○■□▸►➢✓♦◆·])(?=\S|\s|$)
    | (?P<stars>\*{1,5})(?=\s|[^\s*][^*]*$)
    | (?P<dash>[-–—+])(?=\s)
    | (?P<o>o)(?=\t|\s\s)
    | (?P<bracketed>\[(?:\d{1,3}|[a-z]|(?:note|n|nb)\s?\d{1,3})\])(?=\s|[A-Z"“^])
    | (?P<enclosed>\((?:\d{1,3}|[a-z]|[ivx]{1,5})\))(?=\s)
    | (?P<number>\d{1,3}\.)(?=\s|\^)
    | (?P<paren>\d{1,3}\))(?=\s)
    | (?P<letter>[a-z]\.)(?=\s\s?[\^"“A-Z(]|\^)
    | (?P<note>(?:[Nn]ote|[Nn]b|[Ff]n)\s?\d{1,3}[:.)])(?=\s)
    | (?P<letterparen>(?:[a-z]|[ivx]{1,5})\))(?=\s)
    | (?P<super>[⁰¹²³⁴-⁹]{1,3})(?=\s|[A-Z"“])
    """,
    re.VERBOSE,
)
# "12. Mai 1953" opens with a date, not with the number of an item.
_DATE_AHEAD = re.compile(
    r"\s{1,2}(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)", re.IGNORECASE
)


@dataclass(slots=True)
class Line:
    """One line that holds something to see."""

    number: int
    """From 1."""
    start: int
    """First visible code point."""
    end: int
    """After the last visible code point."""
    indent: int
    """Columns before it; a tab goes to the next multiple of four."""
    words: int
    """First code point after the marker, equal to `start` where there is none."""
    marker: str = ""
    kind: str = ""
    """Of the marker: the bullet itself, or `1.`, `1)`, `(1)`, `[1]`, `a.`, `a)`, `¹`; empty without one."""
    gap: int = 0
    """Blank lines above."""

    @property
    def span(self) -> Span:
        """From the first to the last visible code point."""
        return Span(self.start, self.end)

    @property
    def length(self) -> int:
        """Visible length, indentation included."""
        return self.end - self.start + self.indent

    def without_marker(self) -> None:
        """Take the marker for a part of the words."""
        self.words, self.marker, self.kind = self.start, "", ""


def scan(text: str) -> list[Line]:
    r"""Return the lines that hold something to see, in order.

    >>> [(line.number, line.indent, line.marker) for line in scan("1953\n\n  • Kim\n")]
    [(1, 0, ''), (3, 2, '•')]
    """
    found: list[Line] = []
    position, number, gap = 0, 0, 0
    for ending in (*(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))):
        number += 1
        line = _line(text, position, ending[0], number)
        position = ending[1]
        if line is None:
            gap += 1
            continue
        line.gap, gap = gap, 0
        found.append(line)
    _refuse_dates(text, found)
    return found


def _line(text: str, start: int, end: int, number: int) -> Line | None:
    piece = text[start:end]
    visible = piece.rstrip().rstrip(INVISIBLE).rstrip()
    lead = _INDENT.match(visible)
    first = lead.end() if lead else 0
    if first >= len(visible):
        return None
    indent = 0
    for character in visible[:first]:
        if character == "\t":
            indent += _TAB - indent % _TAB
        elif character not in INVISIBLE:
            indent += 1
    line = Line(number, start + first, start + len(visible), indent, start + first)
    match = _MARKER.match(visible, first)
    if match:
        line.marker = match.group()
        line.kind = _kind(match.lastgroup or "", line.marker)
        rest = _INDENT.match(visible, match.end())
        line.words = min(line.end, start + (rest.end() if rest else match.end()))
    return line


def _kind(group: str, marker: str) -> str:
    if group in ("bullet", "stars"):
        return marker
    if group == "enclosed":
        return "(1)" if marker[1].isdigit() else "(a)"
    return _KINDS[group]


_KINDS = {
    "dash": "-",
    "o": "o",
    "bracketed": "[1]",
    "number": "1.",
    "paren": "1)",
    "super": "¹",
    "note": "note",
    "letter": "a.",
    "letterparen": "a)",
}


def _refuse_dates(text: str, lines: list[Line]) -> None:
    """Give back the numbers that open a date, unless the line before or after counts with them."""
    numbers = [int(line.marker[:-1]) if line.kind == "1." else -9 for line in lines]
    for index, line in enumerate(lines):
        if line.kind == "1." and _DATE_AHEAD.match(text, line.start + len(line.marker)):
            here = numbers[index]
            before = numbers[index - 1] if index else -9
            after = numbers[index + 1] if index + 1 < len(lines) else -9
            if before != here - 1 and after != here + 1:
                line.without_marker()
