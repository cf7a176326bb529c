"""Sheets of a workbook into one text: headings, titles, tables and the lines around them.

    Arrivals by sea, 1990-1999          caption         a line above a table
    Year    Men    Women                row 0, header
    1990    12     7                    row 1
                                        an empty row ends a table, unless the rows behind it only go on
    Source: own count                   paragraph

Every sheet is a heading and what stands below it; empty rows and columns around it are no cells. Every cell knows its
sheet and its name (`B7`). The formats that have sheets say what stands in a cell; nothing here opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from regesta.model import Block, Document, Place, Source, Table, content_id
from regesta.model.document import BlockKind
from regesta.reading.laying.grid import header_rows
from regesta.reading.laying.making import form_cell_place, make_block
from regesta.text.span import Span

__all__ = ["MAX_CELLS", "MAX_TEXT", "Sheet", "SheetWriter", "cell_name", "column_name", "ranges"]

MAX_CELLS = 2_000_000
"""Filled cells of one workbook; what comes after is left out, and said."""
MAX_TEXT = 50_000_000
"""Code points of one workbook; a string that is told once may be shown in a million cells."""
_MAX_GRID = 4_000_000  # cells of one table, the empty ones too
_MAX_HEADER = 6
_LONG = 60
_NOTE = re.compile(
    r"[#*†‡]|(?:sources?|notes?|compiled|data|retrieved|last updated|quellen?|anmerkung(?:en)?|hinweis|fuentes?|notas?|"
    r"remarques?|fonte|источник|примечани[ея]|자료|출처|주)\b",
    re.IGNORECASE,
)

Row = tuple[int, list[tuple[int, str]]]
"""Its number from 0, and its filled cells: column from 0, words."""


@dataclass(slots=True)
class Sheet:
    """One sheet as its format holds it."""

    name: str
    rows: list[Row] = field(default_factory=list)
    """Ascending; rows without words may be left out."""
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """(row, column) of a merged cell -> rows and columns that it covers."""
    n_frozen: int = 0
    """Rows from the top that stay in sight, or that the format calls headers."""
    remarks: list[tuple[str, str]] = field(default_factory=list)
    """Name of a cell, what somebody remarked on it."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Code, sentence."""


@dataclass(slots=True)
class SheetWriter:
    """The text so far and what stands in it."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    problems: list[tuple[Span, str, str]] = field(default_factory=list)
    n_cells: int = 0
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, sheet: Sheet) -> None:
        """Lay out a sheet; one without a word is left out, unless something is to be said of it."""
        for code, sentence in sheet.problems:
            self.problems.append(
                (Span(self._length, self._length), code, f"sheet {sheet.name!r}: {sentence}")
            )
        rows = [row for row in sheet.rows if row[1]]
        if not rows and not sheet.remarks:
            return
        self._line("heading", sheet.name, Place(sheet=sheet.name), level=2, gap=2)
        caption: str | None = None
        for region in _regions(rows, sheet):
            for number, line in enumerate(region.above):
                is_title = caption is None and not region.is_loose and number == 0
                words = self._words(line)
                kind: BlockKind = "caption" if is_title else "paragraph"
                self._line(kind, words, self._place(sheet, line), gap=2 if number == 0 else 1)
                caption = words if is_title or (region.is_loose and caption is None) else caption
            if region.rows:
                self._table(sheet, region, caption)
                caption = None
            for number, line in enumerate(region.below):
                self._line("paragraph", self._words(line), self._place(sheet, line), gap=1 if number else 2)
        for cell, words in sheet.remarks:
            place = Place(sheet=sheet.name, cell=cell)
            self._line("furniture", words, place, prefix=f"{cell}: ", gap=1)

    @property
    def cells_left(self) -> int:
        """How many filled cells may come yet."""
        return MAX_CELLS - self.n_cells

    @property
    def text_left(self) -> int:
        """How many code points may come yet."""
        return MAX_TEXT - self._length

    def document(self, source: Source, form: str) -> Document:
        """Return the document."""
        text = "".join(self._parts)
        if not text:
            self.problems.append((Span(0, 0), "R002", "the file holds no words"))
        problems = [
            (Span(*(min(n, len(text)) for n in span)), code, said) for span, code, said in self.problems
        ]
        return Document(
            id=content_id("d", [form, text]),
            source=source,
            text=text,
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            problems=tuple(problems),
        )

    def _words(self, line: Row) -> str:
        return " ".join(words for _, words in line[1])

    def _place(self, sheet: Sheet, line: Row) -> Place:
        return Place(sheet=sheet.name, cell=cell_name(line[0], line[1][0][0]))

    def _put(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)

    def _line(
        self, kind: BlockKind, words: str, place: Place, *, level: int = 0, prefix: str = "", gap: int = 2
    ) -> None:
        if self._length:
            self._put("\n" * gap)
        start = self._length
        self._put(prefix)
        content = Span(self._length, self._length + len(words))
        self._put(words)
        self.blocks.append(
            Block(kind=kind, span=Span(start, content.end), content=content, level=level, place=place)
        )

    def _table(self, sheet: Sheet, region: _Region, caption: str | None) -> None:
        first, width = region.first_column, region.width
        n_rows = len(region.rows)
        is_gridded = n_rows * width <= _MAX_GRID
        if self._length:
            self._put("\n\n")
        index, place = len(self.blocks), self._place(sheet, region.rows[0])
        start = self._length
        self.blocks.append(
            Block(kind="table", span=Span(start, start), content=Span(start, start), place=place)
        )
        n_header_rows = min(region.n_header_rows, n_rows)
        all_words: list[tuple[str, ...]] = []
        all_spans: list[tuple[Span, ...]] = []
        below: dict[int, tuple[int, str, Span]] = {}  # column -> rows still covered from above, words, span
        for r, (number, cells) in enumerate(region.rows):
            if r:
                self._put("\n")
            row = len(self.blocks)
            row_start = self._length
            row_place = form_cell_place(sheet.name, cell_name(number, cells[0][0] if cells else first))
            self.blocks.append(Block(kind="row", span=Span(0, 0), content=Span(0, 0), place=row_place))
            line = [""] * width if is_gridded else []
            spans: list[Span | None] = [None] * width if is_gridded else []
            here = first
            pieces: list[str] = []
            position = row_start
            for n, (column, words) in enumerate(cells):
                if column > here:
                    pieces.append("\t" * (column - here))
                    position += column - here
                    here = column
                span = Span(position, position + len(words))
                pieces.append(words)
                position = span.end
                down, across = sheet.merged.get((number, column), (1, 1)) if sheet.merged else (1, 1)
                after = cells[n + 1][0] if n + 1 < len(cells) else first + width
                down, across = min(down, n_rows - r), min(across, after - column)
                self.blocks.append(
                    make_block(
                        "cell", span, span, form_cell_place(sheet.name, cell_name(number, column)), parent=row,
                        row=r, column=column - first, is_header=r < n_header_rows, column_span=across, row_span=down,
                    )
                )  # fmt: skip
                if is_gridded:
                    c = column - first
                    for covered in range(c, c + across):
                        line[covered], spans[covered] = words, span
                        if down > 1:
                            below[covered] = (down, words, span)
            self._put("".join(pieces))
            self.blocks[row] = Block(
                kind="row", span=Span(row_start, self._length), content=Span(row_start, row_start), parent=index,
                row=r, place=row_place,
            )  # fmt: skip
            if is_gridded:
                if below:
                    _fill_from_above(line, spans, below)
                nothing = Span(self._length, self._length)
                all_words.append(tuple(line))
                all_spans.append(tuple([span or nothing for span in spans]))
        self.n_cells += sum(len(cells) for _, cells in region.rows)
        self.blocks[index] = Block(
            kind="table", span=Span(start, self._length), content=Span(start, start), place=place
        )
        if is_gridded:
            self.tables.append(
                Table(
                    block=index, rows=tuple(all_words), n_header_rows=n_header_rows, cells=tuple(all_spans),
                    caption=caption,
                )
            )  # fmt: skip
        else:
            reason = f"sheet {sheet.name!r}: the cells stand too far apart to be one table"
            self.problems.append((Span(start, self._length), "R005", reason))


def _fill_from_above(
    line: list[str], spans: list[Span | None], below: dict[int, tuple[int, str, Span]]
) -> None:
    for column, (rest, words, span) in list(below.items()):
        if spans[column] is None:
            line[column], spans[column] = words, span
        if rest <= 1:
            del below[column]
        else:
            below[column] = (rest - 1, words, span)


@dataclass(slots=True)
class _Region:
    """A table and the lines around it, or lines alone."""

    above: list[Row]
    rows: list[Row]
    below: list[Row]
    first_column: int = 0
    width: int = 0
    n_header_rows: int = 0

    @property
    def is_loose(self) -> bool:
        """Whether it is lines alone."""
        return not self.rows


def _regions(rows: list[Row], sheet: Sheet) -> Iterator[_Region]:
    """Yield the tables of a sheet with the lines around them, from top to bottom."""
    found: list[_Region] = []
    is_list = len({column for _, cells in rows for column, _ in cells}) == 1 and _looks_like_list(rows)
    pieces = [rows] if is_list else _pieces(rows, sheet)
    for piece in pieces:
        last = found[-1] if found else None
        may_go_on = (
            last is not None and 1 < last.width == len(piece[0][1]) and last.first_column == piece[0][1][0][0]
        )
        region = _region(piece, sheet, is_list=is_list, may_go_on=may_go_on)
        if last is not None and region.rows and last.rows and _goes_on(last, region):
            last.rows += region.rows
            last.below += region.below
        else:
            found.append(region)
    yield from found


def _looks_like_list(rows: list[Row]) -> bool:
    lengths = [len(cells[0][1]) for _, cells in rows]
    return len(rows) > 2 and sum(lengths) < _LONG * len(lengths)


def _pieces(rows: list[Row], sheet: Sheet) -> Iterator[list[Row]]:
    """Yield the runs of rows between which a row is empty."""
    piece: list[Row] = []
    reach = -1
    for row in rows:
        if piece and row[0] > max(piece[-1][0] + 1, reach):
            yield piece
            piece = []
        piece.append(row)
        if sheet.merged:
            for column, _ in row[1]:
                down, _across = sheet.merged.get((row[0], column), (1, 1))
                reach = max(reach, row[0] + down)
    if piece:
        yield piece


def _goes_on(above: _Region, region: _Region) -> bool:
    """Return whether an empty row between two tables only makes room."""
    return (
        not region.above
        and not above.below
        and region.n_header_rows == 0
        and above.first_column <= region.first_column
        and region.first_column + region.width <= above.first_column + above.width
        and region.width * 2 > above.width
        and region.rows[0][0] - above.rows[-1][0] <= 3
    )


def _region(rows: list[Row], sheet: Sheet, *, is_list: bool, may_go_on: bool) -> _Region:
    first = min(cells[0][0] for _, cells in rows)
    last = max(cells[-1][0] for _, cells in rows)
    fullest = max(len(cells) for _, cells in rows)
    if fullest == 1 and not is_list:
        return _Region(rows, [], [])
    if len(rows) == 1 and fullest <= 2 and not is_list and not may_go_on:
        return _Region(rows, [], [])
    start, end = 0, len(rows)
    if not is_list:
        while start < end - 1 and _is_line(rows, start, first, last, sheet):
            start += 1
        while end > start + 1 and _is_note(rows[end - 1], first, last, sheet):
            end -= 1
    body = rows[start:end]
    region = _Region(rows[:start], body, rows[end:], first, last - first + 1)
    region.n_header_rows = _header_rows(region, sheet)
    return region


def _is_line(rows: list[Row], at: int, first: int, last: int, sheet: Sheet) -> bool:
    """Return whether a row above a table is a line of words, not a row of headings."""
    number, cells = rows[at]
    if len(cells) != 1 or first == last:
        return False
    column = cells[0][0]
    across = sheet.merged.get((number, column), (1, 1))[1]
    if column == first or column + across - 1 >= last > first + 1:
        return True
    # Words over the middle, merged with nothing: a title if the next row names the columns.
    below = [_wide(line, first, last) for _, line in rows[at + 1 : at + 200]]
    return across == 1 and header_rows(below) == 1


def _is_note(row: Row, first: int, last: int, sheet: Sheet) -> bool:
    number, cells = row
    if len(cells) != 1 or cells[0][0] != first or first == last:
        return False
    words = cells[0][1]
    is_merged = sheet.merged.get((number, first), (1, 1))[1] > 1
    return is_merged or len(words) > _LONG or bool(_NOTE.match(words))


def _header_rows(region: _Region, sheet: Sheet) -> int:
    """Return how many of the first rows name the columns: those frozen, those under merged cells, else the first if it looks so."""
    n_rows = len(region.rows)
    top = region.rows[0][0]
    if 0 < sheet.n_frozen - top <= min(_MAX_HEADER, n_rows - 1):
        return sum(number < sheet.n_frozen for number, _ in region.rows[:_MAX_HEADER])
    n = 1
    if sheet.merged:
        r = 0
        while r < n and r < min(_MAX_HEADER, n_rows - 1):
            number, cells = region.rows[r]
            for column, _ in cells:
                down, across = sheet.merged.get((number, column), (1, 1))
                n = max(n, r + down + (across > 1))
            r += 1
        if 1 < n <= min(_MAX_HEADER, n_rows - 1):
            return n
    last = region.first_column + region.width - 1
    return header_rows([_wide(cells, region.first_column, last) for _, cells in region.rows[:200]])


def _wide(cells: Sequence[tuple[int, str]], first: int, last: int) -> list[str]:
    line = [""] * min(last - first + 1, 1000)
    for column, words in cells:
        if column - first < len(line):
            line[column - first] = words
    return line


def column_name(column: int) -> str:
    """Return the letters of a column, from 0.

    >>> column_name(0), column_name(27), column_name(16383)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_FIRST_COLUMNS = tuple(column_name(column) for column in range(256))


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell as people write it, both numbers from 0.

    >>> cell_name(6, 1)
    'B7'
    """
    return f"{_FIRST_COLUMNS[column] if column < 256 else column_name(column)}{row + 1}"


def ranges(numbers: Iterable[int], *, columns: bool = False) -> str:
    """Return numbers from 0 as people write ranges of rows, or of columns.

    >>> ranges([1, 2, 3, 7]), ranges([0, 1], columns=True)
    ('2-4, 8', 'A-B')
    """
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    name = column_name if columns else lambda n: str(n + 1)
    told = [name(a) if a == b else f"{name(a)}-{name(b)}" for a, b in found[:20]]
    return ", ".join(told) + (", …" if len(found) > 20 else "")
