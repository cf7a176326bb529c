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
        nested = [inner for row in rows for cell in row for inner in cell.iterfind(".//table")]
        within = sum(_n_words(inner) for inner in nested if _outermost(inner) is table)
        if within > 0.6 * _n_words(table):
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


def _n_words(element: etree._Element) -> int:
    return sum(len(piece.strip()) for piece in element.itertext())


def _outermost(inner: etree._Element) -> etree._Element | None:
    return next(inner.iterancestors("table"), None)


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
    captions = [_lay_out_caption(walker, element) for element in table.iterchildren("caption")]
    places = _place_cells(rows)
    first, last = _body(places)
    captions += [_lay_out_caption(walker, row[0]) for row in rows[:first]]
    cells: list[Cell] = []
    for r in range(first, last):
        line = layout.open("row", row=r - first, gap=1, origin=elements[r])
        layout.lay()
        for n, (cell, (column, down, across)) in enumerate(zip(rows[r], places[r], strict=True)):
            if n:
                layout.separate("\t")
            is_header = cell.tag == "th"
            draft = layout.open(
                "cell",
                gap=0,
                row=r - first,
                column=column,
                is_header=is_header,
                row_span=min(down, last - r),
                column_span=across,
                origin=cell,
            )
            layout.lay()
            _flat(walker, cell)
            layout.close(draft)
            span = Span(draft.content_start, draft.content_end)
            cells.append(Cell(span, r - first, column, min(down, last - r), across, is_header))
        layout.close(line)
    for row in rows[last:]:
        _lay_out_caption(walker, row[0])
    layout.close(block)
    caption = next((found for found in captions if found), None)
    stated = _stated_header_rows(table, rows[first:last])
    walker.tables.append(LaidTable(block, Grid(cells, last - first), caption, stated))


def _body(places: list[list[tuple[int, int, int]]]) -> tuple[int, int]:
    """Return the first row that is no title across the whole table, and the first of the notes across it at its end."""
    width = max((column + across for row in places for column, _, across in row), default=0)
    is_across = [len(row) == 1 and row[0][1] == 1 and row[0][2] == width > 1 for row in places]
    if all(is_across):
        return 0, len(places)
    first = is_across.index(False)
    return first, len(places) - is_across[::-1].index(False)


def _lay_out_caption(walker: Walker, element: etree._Element) -> Span | None:
    draft = walker.layout.open("caption", gap=1, origin=element)
    _flat(walker, element)
    walker.layout.close(draft)
    return Span(draft.content_start, draft.content_end) if draft.index >= 0 else None


def _flat(walker: Walker, element: etree._Element) -> None:
    if len(element) == 0:
        walker.layout.write(element.text or "")
        return
    walker.flat += 1
    walker.walk(element, inside=True)
    walker.flat -= 1


def _stated_header_rows(table: etree._Element, rows: list[Row]) -> int | None:
    """Return the number of header rows where <thead> or bold type says it."""
    if any(cell.tag == "th" for row in rows for cell in row):
        return None
    head = table.find("thead")
    if head is not None:
        return min(len(head.findall("tr")), len(rows))
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
        _lay_out_caption(walker, element)
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
