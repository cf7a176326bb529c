r"""A text's lines and what stands at their beginning: indentation, then a bullet or a number, then words.

    "    • Kim fled.\n"
     [--)              indent 4
         [)            marker "•", kind "•"
           [-------)   words

Lines end at LF, CR LF or CR. Most lines of most texts are prose at the left edge, which nothing can be but prose: where
all lines from one blank line to the next are such, one pattern takes them together as a `Stretch`, and no line is looked
at. What a line *means* is decided by its neighbours, in `plain`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.text.span import Span

__all__ = ["INVISIBLE", "Line", "Stretch", "scan"]

INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
"""Characters that are not white space to Python and yet show nothing: a line of these alone is blank."""

_BREAK = r"(?>\r\n?|\n)"
_BLANKS = re.compile(rf"(?>(?:[ \t]*+{_BREAK})+)")
"""Line ends with blanks alone between them. Atomic, and no possessive repeat of a group: before Python 3.11.5 (gh-106052) one kept the blanks
of a last line that is not blank, and so its indentation."""
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


# What begins none of the marks above, no rule, no table and no heading: letters, quotes, figures that are no item's number.
_OPENING = r"""(?:
    (?![a-z][.)]|[ivx]{2,5}\)|[NnFf](?:ote|[bn])\s?\d)[a-zA-Z\u00c0-\u024f\u0370-\u03ff\u0400-\u0481\u048a-\u052f\uac00-\ud7a3\u3041-\u30ff\u4e00-\u9fff]
  | ["'“‘„«「『$£€]
  | [0-9]{4,}+ | [0-9]{1,3}+(?![0-9.)])
  | \((?![\w]{1,5}\))
)"""
_ODD = "\t\v\f\r|\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def _stretches(shown: str, line_end: str) -> re.Pattern[str]:
    line = rf"{_OPENING}{shown}*+(?<![\ {INVISIBLE}])"
    return re.compile(
        rf"{line}(?>(?:{line_end}{line}){{0,2000}})(?=\Z|{line_end}[ \t]*+(?:[\r\n]|\Z))", re.VERBOSE
    )


_STRETCH = _stretches(f"[^\n{re.escape(_ODD)}]", _BREAK)
_STRETCH_OF_PLAIN = _stretches(".", r"\n")
"""The same for a text without odd white space, bars and other line ends: five times as fast."""


@dataclass(slots=True)
class Stretch:
    """Ordinary lines from one blank line to the next: no indentation, no marks, no cells; single spaces."""

    number: int
    """Of its first line, from 1."""
    start: int
    end: int
    gap: int
    """Blank lines above."""
    n_lines: int = 1


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


def scan(text: str) -> list[Line | Stretch]:
    r"""Return the lines that hold something to see, in order, stretches of ordinary ones together.

    >>> [(line.number, line.indent, line.marker) for line in scan("1953\n\n  • Kim\n")]
    [(1, 0, ''), (3, 2, '•')]
    >>> scan("1953\n\nKim fled.\nPark fled.\n")[1]
    Stretch(number=3, start=6, end=26, gap=1, n_lines=2)
    """
    found: list[Line | Stretch] = []
    position, number, gap, length = 0, 1, 0, len(text)
    pattern = _STRETCH if any(character in text for character in _ODD) else _STRETCH_OF_PLAIN
    match_stretch, match_blanks = pattern.match, _BLANKS.match
    while position < length:
        blanks = match_blanks(text, position)
        if blanks:
            n = _n_breaks(text, position, blanks.end())
            number, gap, position = number + n, gap + n, blanks.end()
        if gap and number > 1 and (match := match_stretch(text, position)):
            end = match.end()
            if text.find("  ", position, end) < 0:
                n = _n_breaks(text, position, end) + 1
                found.append(Stretch(number, position, end, gap, n))
                number, gap, position = number + n, 0, end + 1 + text.startswith("\r\n", end)
                continue
        number, gap, position = _scan_lines(text, position, number, gap, found)
    _refuse_dates(text, found)
    return found


def _n_breaks(text: str, start: int, end: int) -> int:
    if end == start + 1:
        return 1
    n = text.count("\n", start, end)
    returns = text.count("\r", start, end)
    return n + returns - text.count("\r\n", start, end) if returns else n


def _scan_lines(
    text: str, position: int, number: int, gap: int, found: list[Line | Stretch]
) -> tuple[int, int, int]:
    """Take lines one by one up to a blank one; return the number and place of the next, and the blank lines before it."""
    length = len(text)
    while position < length:
        end = _end_of(text, position)
        line = _line(text, position, end, number)
        number, position = number + 1, end + 1 + text.startswith("\r\n", end)
        if line is None:
            return number, gap + 1, position
        line.gap, gap = gap, 0
        found.append(line)
    return number, gap, position


def _end_of(text: str, start: int) -> int:
    """Return where a line ends: at a CR, a LF, or with the text."""
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    back = text.find("\r", start, end)
    return back if back >= 0 else end


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


def _refuse_dates(text: str, lines: list[Line | Stretch]) -> None:
    """Give back the numbers that open a date, unless the line before or after counts with them."""
    numbers = [
        int(line.marker[:-1]) if isinstance(line, Line) and line.kind == "1." else -9 for line in lines
    ]
    for index, line in enumerate(lines):
        if (
            isinstance(line, Line)
            and line.kind == "1."
            and _DATE_AHEAD.match(text, line.start + len(line.marker))
        ):
            here = numbers[index]
            before = numbers[index - 1] if index else -9
            after = numbers[index + 1] if index + 1 < len(lines) else -9
            if before != here - 1 and after != here + 1:
                line.without_marker()
