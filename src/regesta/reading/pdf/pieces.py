"""Lines of a column into pieces: paragraphs, items of lists, headings, captions.

What parts two lines, the surest first: a table between them, another size, a blank wider than usual, a bullet, an indented first
line, or room at the end of a line into which the next word would have fitted. What does not: a hyphen at the end, or a small letter
that goes on where no sentence ended. A piece that the foot of a column cut in two is put together in `flow`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from regesta.reading.pdf.pages import Line, Region, RuledTable
from regesta.reading.pdf.styles import Styles

__all__ = ["Kind", "Piece", "is_caption", "pieces_of"]

Kind = Literal["paragraph", "heading", "list_item", "caption", "footnote", "table", "furniture", "rows"]

_BULLET = re.compile(r"[•◦▪‣●○■□➢►✓∙·◆❖]\s*|[–—*-]\s+|o\s+(?=[A-Z])")
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)]|\([A-Z]\)|[A-Z]\))\s+(?=\S)")
_ENDS = re.compile(r"[.!?:;…。！？][\"”’»')\]」』]*(?:[\d,*†‡ ]{0,6})$")
_CAPTION = re.compile(
    r"^(?:table|figure|fig\.|map|chart|graph|plate|photo(?:graph)?|illustration|box|diagram|tableau|carte|abbildung|abb\.|tabelle|karte"
    r"|cuadro|tabla|gráfico|таблица|рисунок|рис\.|표|그림|図|表|图)(?:\s?\d{1,3}(?:\.\d{1,2})?|\s(?-i:[IVX]{1,5}|[A-Z]\d?))(?:[.:)–—\s]|$)",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|(?:…\s?){2,}")
_WINDOW = 4  # lines above and below that tell how far lines reach


@dataclass(slots=True, eq=False)
class Piece:
    """Lines that belong together, and what they are."""

    kind: Kind
    lines: list[Line]
    page: int
    marker: str = ""
    skip: int = 0
    """Code points of the first line that are the marker."""
    left: float = 0.0
    level: int = 0
    table: RuledTable | None = None
    captions: list[Piece] = field(default_factory=list)
    """Of a table."""
    is_open: bool = False
    """Its last line fills its column: it may go on in the next one."""
    is_indented: bool = False
    """Its first line stands further in than the others of its column."""
    is_alone: bool = True
    """Blank space stands above and below."""

    @property
    def words(self) -> str:
        """Its lines with spaces between, for looking at."""
        return " ".join(line.text for line in self.lines)


def is_caption(words: str) -> bool:
    """Return whether words name a table or a picture by its number.

    >>> is_caption("Table 3. Arrivals by year"), is_caption("Tables were set")
    (True, False)
    """
    return len(words) < 400 and bool(_CAPTION.match(words))


def pieces_of(region: Region, styles: Styles) -> list[Piece]:
    """Return the pieces of a column, from top to bottom."""
    found: list[Piece] = []
    block: list[Line] = []
    for item in region.items:
        if isinstance(item, RuledTable):
            found += _of_lines(block, styles)
            block = []
            found.append(Piece("table", [], item.page, table=item, left=item.left))
        else:
            block.append(item)
    return found + _of_lines(block, styles)


def _of_lines(lines: Sequence[Line], styles: Styles) -> list[Piece]:
    if not lines:
        return []
    column = _Column(lines, styles)
    starts = [n for n in range(len(lines)) if n == 0 or column.parts(n)]
    found = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        found.append(column.piece(start, end))
    return found


def _usual(pitches: Sequence[float]) -> float:
    """Return the least pitch that a good part of the lines has."""
    near = sorted(pitch for pitch in pitches if 0.8 < pitch < 2.6)
    for n, pitch in enumerate(near):
        m = n
        while m < len(near) and near[m] < pitch * 1.04:
            m += 1
        if m - n >= max(2, 0.15 * len(near)):
            return near[(n + m) // 2]
    return min(near, default=1.2)


class _Column:
    """Lines below one another, while they are parted."""

    def __init__(self, lines: Sequence[Line], styles: Styles) -> None:
        self.lines, self.styles = lines, styles
        self.pitches = [b.base - a.base for a, b in pairwise(lines)]
        self.starts: set[int] = {0}
        self.pitch = _usual([p / line.size for p, line in zip(self.pitches, lines, strict=False)])
        """From line to line, in sizes: the narrowest that is no exception, for blanks between pieces may be many."""

    def parts(self, n: int) -> bool:
        """Return whether line `n` begins a new piece; asked in order."""
        if self._parts(n):
            self.starts.add(n)
            return True
        return False

    def _parts(self, n: int) -> bool:
        above, line = self.lines[n - 1], self.lines[n]
        size = max(above.size, line.size)
        if abs(above.size - line.size) > 0.07 * size:
            return True
        gap = line.base - above.base
        if gap > (self.pitch * 1.28 + 0.08) * size or gap <= 0:
            return True
        if line.gaps or above.gaps or _LEADERS.search(above.text):
            return True
        out = self.styles.stands_out(line)
        if out and self.styles.stands_out(above) and above.is_bold == line.is_bold:
            return bool(_NUMBER.match(line.text)) and self._has_room(n)
        if above.is_bold != line.is_bold and (self._has_room(n) or _ENDS.search(above.text)):
            return True
        if _BULLET.match(line.text) and not above.text.endswith("-"):
            return line.text[0] not in "–—*-·o" or self._has_room(n) or self._begins_like_bullet(n)
        if above.text.endswith(("-", "\u00ad")):
            return False
        is_end = bool(_ENDS.search(above.text))
        goes_on = not is_end and line.text[:1].islower()
        if self._numbered(n) and (
            is_end or self._has_room(n) or abs(line.left - self._start(n).left) < 0.3 * size
        ):
            return not goes_on or self._start(n) is not above or bool(_NUMBER.match(above.text))
        if goes_on and not self._has_room(n, share=0.45):
            return False
        if self._has_room(n):
            return True
        return self._steps(n)

    def _start(self, n: int) -> Line:
        return self.lines[max(start for start in self.starts if start < n)]

    def _numbered(self, n: int) -> bool:
        """Return whether line `n` begins with a number as items do, and that is no accident of wrapping."""
        match = _NUMBER.match(self.lines[n].text)
        if not match:
            return False
        start = self._start(n)
        before = _NUMBER.match(start.text)
        if before and abs(start.left - self.lines[n].left) < 0.6 * start.size:
            return True
        above, line = self.lines[n - 1], self.lines[n]
        if self._has_room(n) or abs(line.left - above.left) > 0.8 * start.size:
            return True
        # At the same edge, behind a full line: a blank above, or a line below that hangs.
        below = self.lines[n + 1] if n + 1 < len(self.lines) else None
        return bool(_ENDS.search(above.text)) and (
            line.base - above.base > 1.1 * self.pitch * line.size
            or (below is not None and below.left - line.left > 0.7 * line.size)
        )

    def _begins_like_bullet(self, n: int) -> bool:
        """Return whether a dash at the beginning of line `n` is a bullet: the piece above has it too, or the lines step."""
        line, start = self.lines[n], self._start(n)
        return line.text[0] == start.text[0] or abs(line.left - self.lines[n - 1].left) > 0.5 * line.size

    def _reach(self, n: int) -> tuple[float, float]:
        """Return how far the lines around line `n` reach, left and right."""
        size = self.lines[n].size
        near = [
            line
            for line in self.lines[max(0, n - _WINDOW) : n + _WINDOW]
            if abs(line.size - size) < 0.07 * size
        ]
        return min(line.left for line in near), max(line.right for line in near)

    def _has_room(self, n: int, share: float = 0.0) -> bool:
        """Return whether the first word of line `n` would have fitted at the end of the line above."""
        above, line = self.lines[n - 1], self.lines[n]
        left, right = self._reach(n)
        first = line.text.split(" ", 1)[0]
        width = (line.right - line.left) * (len(first) + 1) / max(1, len(line.text))
        if "\u3040" <= first[:1] <= "\u9fff":  # no spaces: one letter would have fitted
            width = 1.5 * line.size
        room = right - above.right - width
        if self._is_centred(n):
            return False
        return room > max(0.7 * line.size, 0.02 * (right - left), share * (right - left))

    def _is_centred(self, n: int) -> bool:
        above, line = self.lines[n - 1], self.lines[n]
        middle = (above.left + above.right) / 2
        return (
            abs(above.left - line.left) > line.size
            and abs(middle - (line.left + line.right) / 2) < 0.3 * line.size
            and not _ENDS.search(above.text)
        )

    def _steps(self, n: int) -> bool:
        """Return whether the left edge of line `n` says that a piece begins."""
        above, line = self.lines[n - 1], self.lines[n]
        below = self.lines[n + 1] if n + 1 < len(self.lines) else None
        step = line.left - above.left
        if abs(step) < 0.7 * line.size:
            # Behind a hanging item, as far in as it: a paragraph whose first line is indented, if the next line says so.
            steps_back = below is not None and below.left < line.left - 0.7 * line.size
            ends = _ENDS.search(above.text) and not _ENDS.search(line.text)
            return steps_back and bool(ends) and not line.text[:1].islower()
        begins_above = (n - 1) in self.starts
        if step > 0:
            if below is not None and below.left < line.left - 0.7 * line.size:
                return not begins_above or bool(_ENDS.search(above.text))
            # Further in, and so it stays: the rest of a hanging item, else a quotation.
            return not begins_above or bool(_ENDS.search(above.text) and self._has_room(n))
        return not begins_above

    def piece(self, start: int, end: int) -> Piece:
        """Return lines as a piece of its kind."""
        lines = list(self.lines[start:end])
        first = lines[0]
        piece = Piece("paragraph", lines, first.page, left=first.left)
        gap = (self.pitch * 1.28 + 0.08) * first.size
        piece.is_alone = (start == 0 or self.pitches[start - 1] > gap) and (
            end == len(self.lines) or self.pitches[end - 1] > gap
        )
        words = piece.words
        if _LEADERS.search(words[-20:]) or (_LEADERS.search(words) and words[-1:].isdigit()):
            piece.kind = "furniture"
            return piece
        bullet = _BULLET.match(first.text)
        number = None if bullet else _NUMBER.match(first.text)
        if is_caption(words) and not (len(lines) == 1 and self.styles.size * 1.1 < first.size):
            piece.kind = "caption"
        elif not bullet and self.styles.is_heading(lines, words, is_alone=piece.is_alone):
            piece.kind = "heading"
        elif bullet and (self._is_bullet(start, end) or bullet[0].strip() in "•◦▪‣●○■□➢►✓∙◆❖"):
            piece.kind, piece.marker, piece.skip = "list_item", bullet[0].strip(), bullet.end()
        elif number:
            hangs = len(lines) > 1 and all(line.left > first.left + 0.7 * first.size for line in lines[1:])
            if hangs or len(lines) == 1 or not number[0].strip("() .").isdigit():
                piece.kind = "list_item"
            if piece.kind == "list_item" or len(lines) > 1:
                piece.marker, piece.skip = number[0].strip(), number.end()
        left, right = self._reach(start if end - start < 2 else end - 1)
        last = lines[-1]
        piece.is_open = last.right > right - max(2.5 * last.size, 0.06 * (right - left))
        piece.is_indented = len(lines) > 1 and first.left > lines[1].left + 0.7 * first.size
        if len(lines) == 1:
            piece.is_indented = first.left > min(line.left for line in self.lines) + 0.7 * first.size
        return piece

    def _is_bullet(self, start: int, end: int) -> bool:
        """Return whether a dash or star is a bullet: the next piece has one too, or the lines hang."""
        first = self.lines[start]
        others = [self.lines[n] for n in (start - 1, end) if 0 <= n < len(self.lines)]
        others += [self.lines[n] for n in self.starts if abs(n - start) < 12 and n != start]
        if any(other.text[:2] == first.text[:2] for other in others):
            return True
        return end - start > 1 and self.lines[start + 1].left > first.left + 0.5 * first.size
