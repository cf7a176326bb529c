"""Rows of cells into a layout, whatever format they came from.

    [title across the table ]      caption
    [Name ][Arrived         ]      row 0 of cells
    [     ][1997   ][1998   ]      row 1
    [Source: own count      ]      caption

A row that is one cell across the whole table, first or last, is a title or a note and no row of data; between rows it
is a heading and stays a row. What stands in a cell is written by the format's own walker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from regesta.model import Table
from regesta.reading.laying.grid import Cell, Grid, positions
from regesta.reading.laying.layout import Draft, Layout
from regesta.text.span import Span

__all__ = ["LaidTable", "RawCell", "lay_out_caption", "lay_out_rows"]


_new = tuple.__new__  # what `Cell(...)` comes down to, without the call in between


class RawCell(NamedTuple):
    """One cell as its format wrote it."""

    origin: object
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    words: str | None = None
    """Its words, where nothing but words stands in it; None where the format's walker has to write them."""


@dataclass(slots=True)
class LaidTable:
    """A table that was laid out, for `Document.tables`."""

    block: Draft
    grid: Grid
    caption: Span | None

    def table(self, text: str, n_header_rows: int | None = None) -> Table | None:
        """Return the table, its words taken from the finished text."""
        return self.grid.table(
            lambda span: text[span.start : span.end],
            block=self.block.index,
            caption=self.caption.of(text) if self.caption else None,
            n_header_rows=n_header_rows,
        )


def lay_out_rows(
    layout: Layout,
    origin: object,
    rows: Sequence[Sequence[RawCell]],
    row_origins: Sequence[object],
    fill: Callable[[RawCell], None],
    captions: Sequence[RawCell] = (),
) -> tuple[LaidTable, range]:
    """Lay out a table and return it, with the range of the rows that are rows of data; `fill` writes a cell's words."""
    block = layout.open("table", origin=origin)
    layout.lay()
    found = [lay_out_caption(layout, caption, fill) for caption in captions]
    places = positions([[cell[1:3] for cell in row] for row in rows])
    body = _body(places)
    found += [lay_out_caption(layout, row[0], fill) for row in rows[: body.start]]
    cells: list[Cell] = []
    for r in body:
        number = r - body.start
        row, reach = rows[r], places[r]
        if body.stop < len(rows):  # what a note below the table takes away
            reach = [(column, min(down, body.stop - r), across) for column, down, across in reach]
        if None not in [cell[4] for cell in row]:  # nothing but words
            spans = layout.row(row_origins[r], number, row, reach)
        else:
            line = Draft("row", gap=1, origin=row_origins[r], row=number)
            layout.begin(line)
            spans = _mixed(layout, row, number, reach, fill)
            layout.close(line)
        cells += [
            _new(Cell, (span, number, *place, cell[3]))
            for span, cell, place in zip(spans, row, reach, strict=True)
        ]
    for row in rows[body.stop :]:
        lay_out_caption(layout, row[0], fill)
    layout.close(block)
    return LaidTable(block, Grid(cells, len(body)), next((c for c in found if c), None)), body


def _mixed(
    layout: Layout,
    cells: Sequence[RawCell],
    row: int,
    places: Sequence[tuple[int, int, int]],
    fill: Callable[[RawCell], None],
) -> list[Span]:
    """Lay out the cells of a row, of which some hold more than words."""
    spans: list[Span] = []
    for cell, place in zip(cells, places, strict=True):
        if spans:
            layout.separate("\t")
        if cell.words is None:
            spans.append(_filled(layout, cell, (row, *place), fill))
        else:
            spans += layout.cells([cell], row, [place])
    return spans


def _filled(
    layout: Layout, cell: RawCell, place: tuple[int, int, int, int], fill: Callable[[RawCell], None]
) -> Span:
    """Lay out a cell whose words the walker of its format writes."""
    row, column, down, across = place
    draft = Draft(
        "cell",
        gap=0,
        origin=cell.origin,
        row=row,
        column=column,
        is_header=cell.is_header,
        column_span=across,
        row_span=down,
    )
    layout.begin(draft)
    fill(cell)
    layout.close(draft)
    return Span(draft.content_start, draft.content_end)


def lay_out_caption(layout: Layout, cell: RawCell, fill: Callable[[RawCell], None]) -> Span | None:
    """Lay out a caption and return where its words stand, None where it has none."""
    draft = layout.open("caption", gap=1, origin=cell.origin)
    fill(cell)
    layout.close(draft)
    return Span(draft.content_start, draft.content_end) if draft.index >= 0 else None


def _body(places: list[list[tuple[int, int, int]]]) -> range:
    """Return the rows between the titles across the whole table at its head and the notes across it at its end."""
    width = max((column + across for row in places for column, _, across in row), default=0)
    is_across = [len(row) == 1 and row[0][1] == 1 and row[0][2] == width > 1 for row in places]
    if all(is_across):
        return range(len(places))
    return range(is_across.index(False), len(places) - is_across[::-1].index(False))
