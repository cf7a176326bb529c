"""Tables of a page: those that hold data, those that only lay out the page, and boxes of facts.

    <table role=presentation>, one cell, a column of prose      its cells are read as if they were no table's
    <table class="infobox">   th | td                           term, definition
    any other                                                   table > row > cell, merged cells by their reach

Hidden keys for sorting are no words. A table within a cell is lines of that cell. This module decides nothing about
what the cells mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from regesta.reading.grid import Cell, Grid, positions
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.reading.html.walk import Walker

__all__ = ["lay_out_table"]

_DATA_CLASS = re.compile(
    r"(?:^|[\s_-])(?:wikitable|sortable|datatable|data|stats|results|roster)(?=$|[\s_-])", re.I
)
_BOX_CLASS = re.compile(r"(?:^|[\s_-])infobox(?=$|[\s_-])", re.IGNORECASE)
_PROSE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "article", "section", "main", "form"})
_BOLD = frozenset({"b", "strong"})

Row = list[etree._Element]


def lay_out_table(walker: Walker, table: etree._Element) -> bool:
    """Lay out a table that holds data and return True; return False for one that only arranges the page."""
    rows, elements = _rows(table)
    if not any(rows):
        return False
    name = table.get("class", "")
    if _BOX_CLASS.search(name) and sum(len(row) > 2 for row in rows) * 3 < len(rows):
        _lay_out_box(walker, table, rows)
        return True
    if _is_arrangement(table, rows):
        return False
    _lay_out_data(walker, table, rows, elements)
    return True


def _rows(table: etree._Element) -> tuple[list[Row], list[etree._Element]]:
    """Return the cells row by row and the elements of the rows; those of nested tables are not among them."""
    rows, elements = [], []
    groups = [table]
    for child in table:
        if child.tag in {"thead", "tbody", "tfoot"}:
            groups.append(child)
    for group in groups:
        for row in group:
            if row.tag == "tr" and not _is_hidden(row):
                rows.append([cell for cell in row if cell.tag in {"td", "th"} and not _is_hidden(cell)])
                elements.append(row)
    if len(groups) > 2 or (len(groups) == 2 and any(child.tag == "tr" for child in table)):
        order = {id(element): n for n, element in enumerate(table.iter("tr"))}
        pairs = sorted(zip(elements, rows, strict=True), key=lambda pair: order[id(pair[0])])
        elements, rows = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return rows, elements


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def _is_arrangement(table: etree._Element, rows: list[Row]) -> bool:
    if table.get("role") in {"presentation", "none"}:
        return True
    n_cells = sum(map(len, rows))
    has_nested = table.find(".//table") is not None
    if has_nested:
        nested = sum(1 for row in rows for cell in row if cell.find(".//table") is not None)
        has_heads = any(cell.tag == "th" for row in rows for cell in row) or table.find("caption") is not None
        if nested * 2 >= n_cells or (not has_heads and nested * 4 >= n_cells):
            return True
    if _DATA_CLASS.search(table.get("class", "")) or table.find("caption") is not None:
        return False
    if n_cells == 1:
        return True
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    if any(child.tag in _PROSE for row in rows for cell in row for child in cell.iter("*")):
        return True
    if len(rows) == 1:
        return any(
            cell.find(".//p") is not None
            or cell.find(".//li") is not None
            or len("".join(cell.itertext())) > 200
            for cell in rows[0]
        )
    return False


def _place_cells(rows: list[Row]) -> list[list[tuple[int, int, int]]]:
    return positions([[(_number(c, "rowspan"), _number(c, "colspan") or 1) for c in row] for row in rows])


def _number(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return int(value[:6]) if value.isascii() and value[:6].isdigit() else 1


def _lay_out_data(walker: Walker, table: etree._Element, rows: list[Row], elements: Row) -> None:
    from regesta.reading.html.walk import LaidTable

    layout = walker.layout
    block = layout.open("table", origin=table)
    layout.lay()
    caption: Span | None = None
    for element in table.iterchildren("caption"):
        draft = layout.open("caption", gap=1, origin=element)
        _flat(walker, element)
        layout.close(draft)
        if draft.index >= 0 and caption is None:
            caption = Span(draft.content_start, draft.content_end)
    cells: list[Cell] = []
    for r, (row, element, places) in enumerate(zip(rows, elements, _place_cells(rows), strict=True)):
        line = layout.open("row", row=r, gap=1, origin=element)
        layout.lay()
        for n, (cell, (column, down, across)) in enumerate(zip(row, places, strict=True)):
            if n:
                layout.separate("\t")
            is_header = cell.tag == "th"
            draft = layout.open(
                "cell",
                gap=0,
                row=r,
                column=column,
                is_header=is_header,
                row_span=down,
                column_span=across,
                origin=cell,
            )
            layout.lay()
            _flat(walker, cell)
            layout.close(draft)
            span = Span(draft.content_start, draft.content_end)
            cells.append(Cell(span, r, column, down, across, is_header))
        layout.close(line)
    layout.close(block)
    walker.tables.append(LaidTable(block, Grid(cells, len(rows)), caption, _stated_header_rows(table, rows)))


def _flat(walker: Walker, element: etree._Element) -> None:
    walker.flat += 1
    walker.walk(element, inside=True)
    walker.flat -= 1


def _stated_header_rows(table: etree._Element, rows: list[Row]) -> int | None:
    """Return the number of header rows where <thead> or bold type says it."""
    if any(cell.tag == "th" for row in rows for cell in row):
        return None
    head = table.find("thead")
    if head is not None:
        return len(head.findall("tr"))
    first = rows[0]
    if len(rows) > 1 and len(first) > 1 and all(map(_is_bold, first)) and not all(map(_is_bold, rows[1])):
        return 1
    return None


def _is_bold(cell: etree._Element) -> bool:
    if (cell.text or "").strip():
        return False
    inner = [child for child in cell if isinstance(child.tag, str) and child.tag != "br"]
    while len(inner) == 1 and inner[0].tag not in _BOLD and not (inner[0].text or "").strip():
        inner = [child for child in inner[0] if isinstance(child.tag, str) and child.tag != "br"]
    return bool(inner) and all(e.tag in _BOLD and not (e.tail or "").strip() for e in inner)


def _lay_out_box(walker: Walker, table: etree._Element, rows: list[Row]) -> None:
    """Lay out a box of facts as pairs of term and definition; a row of one cell is a caption or a title."""
    layout = walker.layout
    for element in table.iterchildren("caption"):
        draft = layout.open("caption", origin=element)
        _flat(walker, element)
        layout.close(draft)
    for row in rows:
        pair = len(row) == 2 and bool("".join(row[0].itertext()).strip())
        for n, cell in enumerate(row):
            if not pair:
                draft = layout.open("caption", gap=1, origin=cell)
            elif n == 0:
                draft = layout.open("term", gap=1, origin=cell)
            else:
                draft = layout.open("definition", prefix="  ", gap=1, origin=cell)
            _flat(walker, cell)
            layout.close(draft)
