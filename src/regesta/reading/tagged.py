"""Tables that stand in a text as tags, in a format whose text is the file: where their rows and cells are.

    <table><caption>Landings</caption>          caption
    <tr><th rowspan="2">Port</th><td>…          rows of cells; their words without the tags round them

Whole pages are read by `html`; this looks for nothing but tables, and lays nothing out. A table within a cell is words of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from regesta.reading.laying.grid import Cell, Grid, positions
from regesta.text.span import Span

__all__ = ["TaggedTable", "tagged_tables"]

_TAG: Final = re.compile(r"<(/?)(table|caption|tr|td|th)(?=[\s/>])([^<>]{0,2000})>", re.IGNORECASE)
_AROUND: Final = re.compile(r"(?:\s|&nbsp;|<[^<>]{0,500}>)+")
_REACH: Final = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)


@dataclass(slots=True)
class TaggedTable:
    """A table in tags: its whole span, its caption, and the spans of its rows."""

    span: Span
    caption: Span | None = None
    rows: list[Span] = field(default_factory=list)
    grid: Grid = field(default_factory=lambda: Grid([], 0))


@dataclass(slots=True)
class _Open:
    """A table of which the end was not yet seen."""

    start: int
    caption: Span | None = None
    rows: list[Span] = field(default_factory=list)
    cells: list[list[tuple[Span, int, int, bool]]] = field(default_factory=list)


def tagged_tables(text: str, span: Span) -> list[TaggedTable]:
    """Return the tables with two cells or more in a stretch of text, in order; a table without an end reaches to the end of it.

    >>> text = "<table><tr><th>Port<th>Landed<tr><td>Orla<td><b>12</b></table>"
    >>> (table,) = tagged_tables(text, Span(0, len(text)))
    >>> [[cell.span.of(text), cell.row, cell.column, cell.is_header] for cell in table.grid.cells][2:]
    [['Orla', 1, 0, False], ['12', 1, 1, False]]
    """
    found: list[TaggedTable] = []
    table: _Open | None = None
    depth = 0
    cell: tuple[int, str, bool, str] | None = (
        None  # where its words begin, its attributes, whether a head, its tag
    )
    for tag in _TAG.finditer(text, *span):
        name, closes = tag[2].lower(), bool(tag[1])
        if name == "table":
            depth += -1 if closes else 1
            if depth > 1 or (closes and depth == 1):
                continue
            if not closes:
                table = _Open(tag.start())
                continue
        if table is None or depth > 1:
            continue
        if cell is not None and (name not in ("td", "th") or not closes or name == cell[3]):
            _keep(text, table, cell, tag.start())
            cell = None
        if name == "table":
            found += _closed(table, tag.end())
            table, depth = None, 0
        elif (not closes and name == "tr") or (not closes and name != "caption" and not table.rows):
            table.rows.append(Span(*tag.span()))
            table.cells.append([])
        if not closes and name in ("td", "th", "caption"):
            cell = (tag.end(), tag[3], name == "th", name)
    if table is not None:
        if cell is not None:
            _keep(text, table, cell, span.end)
        found += _closed(table, span.end)
    return found


def _keep(text: str, table: _Open, cell: tuple[int, str, bool, str], end: int) -> None:
    """Add a cell or the caption that ends at `end`."""
    start, attributes, is_header, name = cell
    if around := _AROUND.match(text, start, end):
        start = around.end()
    while start < end and (text[end - 1].isspace() or text[end - 1] == ">"):
        opening = text.rfind("<", start, end) if text[end - 1] == ">" else end - 1
        if opening < start:
            break
        end = opening
    words = Span(start, max(start, end))
    if name == "caption":
        table.caption = words
        return
    reach = {found[1].lower(): int(found[2]) for found in _REACH.finditer(attributes)}
    table.cells[-1].append((words, reach.get("row", 1), reach.get("col", 1) or 1, is_header))
    table.rows[-1] = Span(table.rows[-1].start, max(table.rows[-1].end, words.end))


def _closed(table: _Open, end: int) -> list[TaggedTable]:
    """Return the table that ends at `end`, nothing where it has no two cells."""
    kept = [(span, row) for span, row in zip(table.rows, table.cells, strict=True) if row]
    if sum(len(row) for _, row in kept) <= 1:
        return []
    places = positions([[(down, across) for _, down, across, _ in row] for _, row in kept])
    cells = [
        Cell(words, number, *place, is_header)
        for number, ((_, row), reach) in enumerate(zip(kept, places, strict=True))
        for (words, _, _, is_header), place in zip(row, reach, strict=True)
    ]
    rows = [span for span, _ in kept]
    return [TaggedTable(Span(table.start, end), table.caption, rows, Grid(cells, len(kept)))]
