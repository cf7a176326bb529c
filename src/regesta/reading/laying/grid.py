"""Cells in rows and columns, merged ones included, into a `Table`; and which of its first rows are headings.

    | Name      | Arrived      |        row 0   Name | Arrived | Arrived      row_span, column_span
    |           | month | year |        row 1   Name | month   | year         are spread over the grid
    | Kim       | May   | 1997 |        row 2   Kim  | May     | 1997

Shared by all formats that have tables. It reads no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regesta.model import Table
from regesta.text.span import Span

__all__ = ["Cell", "Grid", "header_rows", "positions"]

MAX_COLUMNS = 1000  # the HTML standard's own limit for colspan
MAX_PLACES = 50_000
MAX_CELLS = 2_000_000  # merged cells spread out: what a hostile page may cost

_ONE = (1, 1)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[\s\d.,:;/%+()\[\]~–—-]*\d[\s\d.,:;/%+()\[\]~–—-]*")
_YEARLIKE = re.compile(r"\s*(?:1[0-9]|20)\d\d\s*")


class Cell(NamedTuple):
    """One cell where it was written: its words, its place in the grid, how far it reaches."""

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False


def positions(rows: Sequence[Sequence[tuple[int, int]]]) -> list[list[tuple[int, int, int]]]:
    """Return, for the (row span, column span) of each cell as written, its column and both spans as they fit.

    A row span of 0 reaches to the last row. The way of the HTML standard ("forming a table"), overlaps not allowed.

    >>> positions([[(2, 1), (1, 1)], [(1, 1)]])
    [[(0, 2, 1), (1, 1, 1)], [(1, 1, 1)]]
    """
    n_rows = len(rows)
    reach: dict[int, int] = {}  # column -> first row that is free again
    placed = []
    plain: dict[int, list[tuple[int, int, int]]] = {}  # width -> the places of a row of nothing merged
    last = 0
    room = MAX_CELLS  # places that merged cells may still cover; beyond it they cover one
    for r, row in enumerate(rows):
        if r >= last:
            reach.clear()
        if not reach and row.count(_ONE) == len(row):  # no cell is merged, as in most rows
            if len(row) not in plain:
                plain[len(row)] = [(column, 1, 1) for column in range(len(row))]
            placed.append(plain[len(row)])
            continue
        column, out = 0, []
        for down, across in row:
            while reach.get(column, 0) > r:
                column += 1
            rest = n_rows - r
            height = rest if down == 0 else max(1, min(down, rest))
            width = max(1, min(across, MAX_COLUMNS))
            free = 1
            while free < width and reach.get(column + free, 0) <= r:
                free += 1
            if height * free > room:
                height = free = 1
            room -= height * free - 1
            if height > 1:
                last = max(last, r + height)
                for c in range(column, column + free):
                    reach[c] = r + height
            out.append((column, height, free))
            column += free
        placed.append(out)
    return placed


@dataclass(slots=True)
class Grid:
    """The cells of one table in the order in which they were written."""

    cells: list[Cell]
    n_rows: int

    def table(
        self,
        text_of: Callable[[Span], str],
        *,
        block: int,
        caption: str | None = None,
        n_header_rows: int | None = None,
    ) -> Table | None:
        """Return the table, merged cells repeated in every place that they cover; None where there is no cell, or merged cells fill millions.

        Without `n_header_rows` the leading rows of header cells count, else what `header_rows` says.
        """
        width = max([cell.column + cell.column_span for cell in self.cells], default=0)
        if width * self.n_rows > max(MAX_PLACES, 4 * len(self.cells)):
            # Columns that only merged cells reach into are no columns: a title with colspan="1000", or a trap.
            width = max([cell.column + 1 for cell in self.cells])
        if not width or width * self.n_rows > max(MAX_CELLS, 4 * len(self.cells)):
            return None
        end = max([cell.span[1] for cell in self.cells])
        nothing = Span(end, end)
        spans = [[nothing] * width for _ in range(self.n_rows)]
        words = [[""] * width for _ in range(self.n_rows)]
        heads = [True] * self.n_rows
        filled = [False] * self.n_rows
        for span, row, column, down, across, is_header in self.cells:
            piece = text_of(span)
            if down == 1 and across == 1:
                spans[row][column], words[row][column] = span, piece
                if is_header:
                    filled[row] = filled[row] or bool(piece)
                elif piece:
                    heads[row] = False
                continue
            for r in range(row, min(row + down, self.n_rows)):
                heads[r] = heads[r] and (is_header or not piece)
                filled[r] = filled[r] or (is_header and bool(piece))
                row_spans, row_words = spans[r], words[r]
                for c in range(column, min(column + across, width)):
                    row_spans[c], row_words[c] = span, piece
        if n_header_rows is None:
            n_header_rows = 0
            while n_header_rows < self.n_rows and heads[n_header_rows] and filled[n_header_rows]:
                n_header_rows += 1
            if n_header_rows == 0 and not any(cell.is_header for cell in self.cells):
                n_header_rows = header_rows(words)
        return Table(
            block=block,
            rows=tuple(map(tuple, words)),
            n_header_rows=n_header_rows,
            cells=tuple(map(tuple, spans)),
            caption=caption,
        )


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return 1 where the first row names the columns, judged by what stands in it and below, else 0.

    Headings are short words, each different, where some column below holds figures or dates; a heading may be a year
    if the others are words. Without figures anywhere, the first row counts as headings when its words come back nowhere
    below and are short against the columns.

    >>> header_rows([["Name", "Arrived"], ["Kim", "1997"], ["Lee", "2001"]])
    1
    >>> header_rows([["Kim", "1997"], ["Lee", "2001"]])
    0
    """
    if len(rows) < 2:
        return 0
    first = [cell.strip() for cell in rows[0]]
    named = [cell for cell in first if cell]
    if not named or len(named) < len(first) - 1 or len({cell.lower() for cell in named}) < len(named):
        return 0
    if any(len(cell) > 80 for cell in named):
        return 0
    body = rows[1:200]
    figures = [
        sum(bool(_FIGURE.fullmatch(row[c])) for row in body if c < len(row)) for c in range(len(first))
    ]
    is_figure = [bool(_FIGURE.fullmatch(cell)) for cell in first]
    if any(is_figure):
        years = all(_YEARLIKE.fullmatch(cell) for cell, yes in zip(first, is_figure, strict=True) if yes)
        return int(years and not is_figure[0] and sum(is_figure) > 1)
    if max(figures) * 2 >= len(body):
        return 1
    dated = [sum(bool(_DIGIT.search(row[c])) for row in body if c < len(row)) for c in range(len(first))]
    if any(
        n * 2 > len(body) and not _DIGIT.search(cell) for n, cell in zip(dated, first, strict=True)
    ) and all(len(cell.split()) <= 5 for cell in named):
        return 1
    below = {cell.strip().lower() for row in body for cell in row}
    return int(
        not any(cell.lower() in below for cell in named)
        and not any(_DIGIT.search(cell) for cell in named)
        and all(len(cell.split()) <= 3 for cell in named)
        and len(named) > 1
        and _looks_longer(first, body)
    )


def _looks_longer(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether most columns hold longer words below than in the first row."""
    longer = 0
    for c, cell in enumerate(first):
        lengths = [len(row[c]) for row in body if c < len(row) and row[c].strip()]
        longer += bool(lengths) and sum(lengths) > 1.2 * len(cell) * len(lengths)
    return longer * 2 > len(first)
