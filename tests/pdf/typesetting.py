"""Sets known texts as PDFs the way books, articles and reports are set, so that what is read can be compared with what was written.

    Setting(columns=2, justified=True) + [Piece("heading", "Routes", level=2), ...]  ─► bytes

Lines are broken and hyphenated here, notes go to the foot of their column, running heads and page numbers to the edges. `^1^` in a
text is a raised mark. Nothing here reads PDFs.
"""

from __future__ import annotations

import io
import random
import re
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

VOWELS = "aeiouy"
_TOKEN = re.compile(r"\^[^^]+\^|[^\s^]+|\s+")


@dataclass
class Piece:
    """What is set: a block and its words."""

    kind: str
    text: str = ""
    level: int = 0
    marker: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """(row, column) -> (rows, columns) that a cell covers."""

    @property
    def plain(self) -> str:
        """The words without marks."""
        return re.sub(r"\^[^^]+\^", "", self.text)


@dataclass
class Setting:
    """How a document is set."""

    width: float = 595.0
    height: float = 842.0
    columns: int = 1
    gutter: float = 18.0
    margin: float = 70.0
    size: float = 10.5
    leading: float = 1.2
    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    justified: bool = True
    hyphenated: bool = True
    indent: float = 14.0
    """Of first lines; 0: blank lines between paragraphs."""
    head: str = "alternating"
    """`alternating`, `plain`, `foot`, or empty."""
    title: str = "The long road"
    note_rule: bool = True
    rules: str = "grid"
    """Of tables: `grid`, `level` or `boxes`."""
    first_page: int = 1
    wide_titles: bool = True
    """Headings of level 1 go over all columns."""


class Typesetter:
    """Sets pieces on pages; `pages` tells what was put on which."""

    def __init__(self, setting: Setting, **canvas: Any) -> None:
        self.setting = setting
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(setting.width, setting.height), invariant=1, **canvas)
        self.page = -1
        self.column = 0
        self.top_of_columns = 0.0
        self.y = 0.0
        self.foot: list[list[list[str]]] = []
        self.furniture: list[str] = []
        self.section = setting.title
        self._new_page()

    # -- geometry
    @property
    def column_width(self) -> float:
        s = self.setting
        return (s.width - 2 * s.margin - (s.columns - 1) * s.gutter) / s.columns

    @property
    def left(self) -> float:
        return self.setting.margin + self.column * (self.column_width + self.setting.gutter)

    @property
    def bottom(self) -> float:
        return self.setting.margin + self._foot_height()

    @property
    def note_size(self) -> float:
        return self.setting.size * 0.8

    def _foot_height(self) -> float:
        n = sum(len(lines) for lines in self.foot)
        return n * self.note_size * 1.2 + (14 if n else 0)

    # -- pages
    def _new_page(self) -> None:
        if self.page >= 0:
            self.canvas.showPage()
        self.page += 1
        self.column = 0
        self.top_of_columns = self.y = self.setting.height - self.setting.margin
        self._head()

    def _head(self) -> None:
        s, c = self.setting, self.canvas
        number = self.page + s.first_page
        if not s.head or (self.page == 0 and s.head != "foot"):
            return
        c.setFont(s.font, s.size * 0.85)
        if s.head == "foot":
            c.drawCentredString(s.width / 2, 38, str(number))
            self.furniture.append(str(number))
        elif s.head == "plain":
            c.drawString(s.margin, s.height - 45, s.title)
            c.drawRightString(s.width - s.margin, s.height - 45, f"Page {number}")
            self.furniture += [s.title, f"Page {number}"]
        elif number % 2:
            c.drawRightString(s.width - s.margin, s.height - 45, str(number))
            c.drawCentredString(s.width / 2, s.height - 45, self.section)
            self.furniture += [str(number), self.section]
        else:
            c.drawString(s.margin, s.height - 45, str(number))
            c.drawCentredString(s.width / 2, s.height - 45, s.title)
            self.furniture += [str(number), s.title]

    def _end_column(self) -> None:
        """Set the notes of the column and go on to the next one."""
        s, c = self.setting, self.canvas
        if self.foot:
            y = s.margin + self._foot_height() - 14
            if s.note_rule:
                c.setLineWidth(0.5)
                c.line(self.left, y + 8, self.left + self.column_width * 0.33, y + 8)
            for lines in self.foot:
                for line in lines:
                    self._line(line, self.left, y, self.note_size, s.font)
                    y -= self.note_size * 1.2
        self.foot = []
        self.column += 1
        if self.column == s.columns:
            self._new_page()
        else:
            self.y = self.top_of_columns

    def finish(self) -> bytes:
        """Return the file."""
        self._end_column()
        self.canvas.save()
        return self.buffer.getvalue()

    # -- lines
    def broken(self, text: str, width: float, font: str, size: float, first: float = 0.0) -> list[list[str]]:
        """Return the text as lines of tokens that fit."""
        lines: list[list[str]] = [[]]
        room = width - first
        for token in _TOKEN.findall(text):
            if token.isspace():
                if lines[-1]:
                    lines[-1].append(" ")
                continue
            needed = self._width(token, font, size)
            if needed <= room - self._width("".join(lines[-1]), font, size):
                lines[-1].append(token)
                continue
            cut = self._cut(token, room - self._width("".join(lines[-1]), font, size), font, size)
            if cut:
                lines[-1].append(cut[0])
                token = cut[1]  # noqa: PLW2901 - the rest goes to the next line
            if lines[-1] and lines[-1][-1] == " ":
                lines[-1].pop()
            lines.append([token])
            room = width
        return [line for line in lines if line]

    def _width(self, token: str, font: str, size: float) -> float:
        whole = 0.0
        for part in _TOKEN.findall(token):
            small = part.startswith("^")
            whole += stringWidth(part.strip("^"), font, size * 0.62 if small else size)
        return whole

    def _cut(self, token: str, room: float, font: str, size: float) -> tuple[str, str] | None:
        if not self.setting.hyphenated or token.startswith("^"):
            return None
        if "-" in token[1:-1]:
            at = token.index("-", 1) + 1
            return (token[:at], token[at:]) if stringWidth(token[:at], font, size) <= room else None
        for at in range(len(token) - 3, 3, -1):
            word = token[: at + 1]
            if not word.isalpha() or not word.islower() or token[at - 1] not in VOWELS or token[at] in VOWELS:
                continue
            if stringWidth(token[:at] + "-", font, size) <= room:
                return token[:at] + "-", token[at:]
        return None

    def _line(
        self, tokens: list[str], x: float, y: float, size: float, font: str, stretch: float = 0.0
    ) -> None:
        c = self.canvas
        run: list[str] = []

        def flush() -> None:
            nonlocal x
            if run:
                words = "".join(run)
                t = c.beginText(x, y)
                t.setFont(font, size)
                t.setWordSpace(stretch)
                t.textOut(words)
                c.drawText(t)
                x += stringWidth(words, font, size) + words.count(" ") * stretch
                run.clear()

        for token in tokens:
            for part in _TOKEN.findall(token):
                if part.startswith("^"):
                    flush()
                    c.setFont(font, size * 0.62)
                    c.drawString(x, y + size * 0.35, part.strip("^"))
                    x += stringWidth(part.strip("^"), font, size * 0.62)
                else:
                    run.append(part)
        flush()

    # -- pieces
    def set(self, piece: Piece) -> None:
        """Set one piece."""
        s = self.setting
        getattr(self, f"_set_{piece.kind}")(piece)
        if piece.kind == "heading" and piece.level <= 2:
            self.section = piece.text if piece.level == 2 else s.title

    def _set_heading(self, piece: Piece) -> None:
        s = self.setting
        size = {1: s.size * 1.9, 2: s.size * 1.35, 3: s.size}[piece.level]
        gap = size * 1.5
        wide = piece.level == 1 and s.wide_titles
        width = s.width - 2 * s.margin if wide else self.column_width
        lines = self.broken(piece.text, width, s.bold, size)
        if self.y - gap - len(lines) * size * 1.2 - 3 * s.size < self.bottom:
            self._end_column()
        if self.y < self.top_of_columns - 1:
            self.y -= gap * 0.6
        for line in lines:
            self.y -= size * 1.15
            self._line(line, s.margin if wide else self.left, self.y, size, s.bold)
        self.y -= size * 0.5
        if wide:
            self.top_of_columns = self.y

    def _set_paragraph(self, piece: Piece) -> None:
        s = self.setting
        if not s.indent and self.y < self.top_of_columns - 1:
            self.y -= s.size * 0.8
        self._set_lines(piece, self.column_width, 0.0, s.indent)

    def _set_list_item(self, piece: Piece) -> None:
        s = self.setting
        inset = 14.0 * piece.level
        if self.y < self.top_of_columns - 1:
            self.y -= s.size * 0.3
        self._set_lines(piece, self.column_width - inset, inset, 0.0, marker=piece.marker)

    def _set_lines(self, piece: Piece, width: float, inset: float, first: float, marker: str = "") -> None:
        s = self.setting
        lines = self.broken(piece.text, width, s.font, s.size, first)
        for number, line in enumerate(lines):
            marks = re.findall(r"\^([^^]+)\^", "".join(line))
            notes = [
                self.broken(f"^{mark}^ {piece.notes[mark]}", self.column_width, s.font, self.note_size)
                for mark in marks
                if mark in piece.notes
            ]
            needed = sum(map(len, notes)) * self.note_size * 1.2 + (14 if notes and not self.foot else 0)
            if self.y - s.size * s.leading - needed < self.bottom:
                self._end_column()
            self.foot += notes
            self.y -= s.size * s.leading
            x = self.left + inset + (first if number == 0 else 0)
            room = width - (first if number == 0 else 0)
            n_spaces = line.count(" ")
            used = self._width("".join(line), s.font, s.size)
            stretch = (
                (room - used) / n_spaces if s.justified and n_spaces and number + 1 < len(lines) else 0.0
            )
            if marker and number == 0:
                self._line([marker], x - 12, self.y, s.size, s.font)
            self._line(line, x, self.y, s.size, s.font, stretch)

    def _set_caption(self, piece: Piece) -> None:
        s = self.setting
        if self.y - 16 * s.size < self.bottom:
            self._end_column()
        self.y -= s.size * 0.8
        for line in self.broken(piece.text, self.column_width, s.font, s.size * 0.9):
            self.y -= s.size * 1.1
            self._line(line, self.left, self.y, s.size * 0.9, s.font)
        self.y -= s.size * 0.3

    def _set_table(self, piece: Piece) -> None:
        s, c = self.setting, self.canvas
        n = max(len(row) for row in piece.rows)
        size = s.size * 0.9
        width = self.column_width / n
        line_height = size * 1.2
        cells = [
            [self.broken(cell, width - 8, s.bold if r == 0 else s.font, size) for cell in row]
            for r, row in enumerate(piece.rows)
        ]
        heights = [max([1, *map(len, row)]) * line_height + 6 for row in cells]
        if self.y - sum(heights) - 12 < self.bottom:
            self._end_column()
        self.y -= 6
        top = self.y
        c.setLineWidth(0.5)
        hidden = {
            (r + i, k + j)
            for (r, k), (down, across) in piece.spans.items()
            for i in range(down)
            for j in range(across)
            if i or j
        }
        for r, (row, height) in enumerate(zip(cells, heights, strict=True)):
            for k, lines in enumerate(row):
                if (r, k) in hidden:
                    continue
                down, across = piece.spans.get((r, k), (1, 1))
                x, tall = self.left + k * width, sum(heights[r : r + down])
                if s.rules != "level":
                    c.rect(x, self.y - tall, width * across, tall)
                y = self.y - size
                for line in lines:
                    self._line(line, x + 4, y - 1, size, s.bold if r == 0 else s.font)
                    y -= line_height
            if s.rules == "level" and r in (0, 1):
                c.line(self.left, self.y, self.left + self.column_width, self.y)
            self.y -= height
        if s.rules == "level":
            c.line(self.left, self.y, self.left + self.column_width, self.y)
        assert top > self.y
        self.y -= 10


def typeset(pieces: list[Piece], setting: Setting, **canvas: Any) -> bytes:
    """Return a PDF of the pieces."""
    setter = Typesetter(setting, **canvas)
    for piece in pieces:
        setter.set(piece)
    return setter.finish()


_SUBJECTS = "The ferryman|A schoolteacher|Nobody in the village|The younger brother|Her aunt|The customs officer|A group of weavers|The harbour master|Two of the miners|The Lisbon-based committee|An anti-government paper|The well-known printer".split("|")  # fmt: skip
_VERBS = "crossed|remembered|described|had reported|left behind|was registered at|returned to|could not reach|had already passed|walked around".split("|")  # fmt: skip
_OBJECTS = "the resettlement office|a temporary accommodation centre|the southern checkpoint|an abandoned monastery|the international administration|the neighbouring district|the registration department|a half-finished bridge|the North-African consulate|the municipal hospital|an overcrowded steamer".split("|")  # fmt: skip
_WHEN = "in the winter of 1953|on 12 May 1961|shortly before the frontier was closed|during the second evacuation|in 1947|after eleven months of imprisonment|at the beginning of September|when the administration collapsed".split("|")  # fmt: skip
_TAILS = "and nobody was punished for it|although the authorities had forbidden it|because transportation was unavailable|with 37 other passengers|as the correspondence shows|without documents|according to several independent witnesses|with his mother and three sisters".split("|")  # fmt: skip
_TOPICS = "Routes across the river|The years of hunger|Registration and shelter|Letters from abroad|What the archives hold|Arrivals by sea|Prisons and camps|The question of numbers".split("|")  # fmt: skip


class Prose:
    """Invents sentences; the same seed, the same sentences."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret
        self.n_notes = 0

    def sentence(self) -> str:
        pick = self.random.choice
        return f"{pick(_SUBJECTS)} {pick(_VERBS)} {pick(_OBJECTS)} {pick(_WHEN)}, {pick(_TAILS)}."

    def paragraph(self, *, noted: bool = False) -> Piece:
        sentences = [self.sentence() for _ in range(self.random.randint(2, 7))]
        notes: dict[str, str] = {}
        if noted:
            self.n_notes += 1
            mark = str(self.n_notes)
            at = self.random.randrange(len(sentences))
            sentences[at] += f"^{mark}^"
            notes[mark] = f"Archive of the district, file {self.random.randint(10, 99)}, {self.sentence()}"
        return Piece("paragraph", " ".join(sentences), notes=notes)

    def table(self) -> Piece:
        rows = [["Year", "Arrivals", "Place of registration"]]
        rows += [
            [str(year), f"{self.random.randint(10, 4000):,}", self.random.choice(_OBJECTS)]
            for year in range(1950, 1950 + self.random.randint(3, 7))
        ]
        return Piece("table", rows=rows)

    def book(self, n_sections: int = 5, *, notes: bool = True, tables: bool = True) -> list[Piece]:
        """Return a whole document: title, sections, lists, notes, tables with captions."""
        pieces = [
            Piece("heading", "The long road: crossings and arrivals, 1945-1961", level=1),
            self.paragraph(),
        ]
        n_tables = 0
        for topic in self.random.sample(_TOPICS, n_sections):
            pieces.append(Piece("heading", topic, level=2))
            n = self.random.randint(2, 4)
            pieces += [self.paragraph(noted=notes and self.random.random() < 0.5) for _ in range(n)]
            if self.random.random() < 0.5:
                pieces.append(Piece("heading", f"A remark on {self.random.choice(_OBJECTS)}", level=3))
                pieces.append(self.paragraph())
            if self.random.random() < 0.6:
                for number in range(1, self.random.randint(3, 5)):
                    numbered = len(pieces) % 2
                    marker = f"{number}." if numbered else "•"
                    pieces.append(Piece("list_item", self.sentence(), level=1, marker=marker))
                pieces.append(self.paragraph())
            if tables and self.random.random() < 0.6:
                n_tables += 1
                pieces.append(Piece("caption", f"Table {n_tables}. Arrivals by year and place"))
                pieces.append(self.table())
                pieces.append(self.paragraph())
        return pieces
