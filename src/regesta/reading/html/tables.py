"""Tables of a page: those that hold data, those that only lay out the page, and boxes of facts.

    <table role=presentation>, one cell, a column of prose      its cells are read as if they were no table's
    <table class="infobox">   th | td                           term, definition
    any other                                                   table > row > cell, merged cells by their reach

Hidden keys for sorting are no words. A table within a cell is lines of that cell. This module decides nothing about
what the cells mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from regesta.model.document import BlockKind
from regesta.reading.html.dom import Element, words_of
from regesta.reading.html.survey import Survey
from regesta.reading.laying.rows import RawCell, lay_out_caption, lay_out_rows

if TYPE_CHECKING:
    from regesta.reading.html.walk import Walker

__all__ = ["lay_out_table"]

_DATA_CLASS = re.compile(
    r"(?:^|[\s_-])(?:wikitable|sortable|datatable|data|stats|results|roster)(?=$|[\s_-])", re.IGNORECASE
)
_BOX_CLASS = re.compile(r"(?:^|[\s_-])infobox(?=$|[\s_-])", re.IGNORECASE)
_PROSE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "article", "section", "main", "form"})
_NUMBER = re.compile(r"\s{0,9}\d{1,6}", re.ASCII)  # "2" of "2;", " 2" and "2px", as browsers read it
_CELLS = frozenset({"td", "th"})
_FRAME = frozenset({"table", "thead", "tbody", "tfoot", "tr"})  # a form around rows is no prose in a cell
_NO_ROWS = frozenset({"caption", "colgroup", "col", "table", "script", "style", "template"})
_new = tuple.__new__  # what `RawCell(...)` comes down to, without the call in between
_BOLD = frozenset({"b", "strong"})

Row = list[Element]


def lay_out_table(walker: Walker, table: Element) -> bool:
    """Lay out a table that holds data and return True; return False for one that only arranges the page."""
    rows, elements = _rows(table, walker.seen.hidden)
    if not any(rows):
        return False
    name = table.get("class", "")
    if _BOX_CLASS.search(name) and sum(len(row) > 2 for row in rows) * 3 < len(rows):
        _lay_out_box(walker, table, rows)
        return True
    if _is_arrangement(walker.seen, table, rows):
        return False
    _lay_out_data(walker, table, rows, elements)
    return True


def _rows(table: Element, hidden: set[Element]) -> tuple[list[Row], list[Element]]:
    """Return the cells row by row and the elements of the rows, as a page shows them: head, bodies, foot.

    Those of nested tables are not among them. What stands between a table and its rows (a form, a font) is passed
    through, and cells without a row make one.
    """
    head: list[tuple[Element, Row]] = []
    body: list[tuple[Element, Row]] = []
    foot: list[tuple[Element, Row]] = []
    todo: list[tuple[Element, list[tuple[Element, Row]]]] = [
        (child, body) for child in reversed(table) if child.tag not in _NO_ROWS
    ]
    while todo:
        element, group = todo.pop()
        tag = element.tag
        if tag == "tr":
            if element not in hidden or not _is_gone(element):
                group.append((element, _cells(element, hidden)))
        elif tag in _CELLS:
            before = element.getprevious()
            if group and before is not None and before.tag in _CELLS:
                group[-1][1].append(element)
            else:
                group.append((element, [element]))
        else:
            if tag == "thead" and not head:
                group = head
            elif tag == "tfoot" and not foot:
                group = foot
            todo.extend([(child, group) for child in reversed(element) if child.tag not in _NO_ROWS])
    found = [*head, *body, *foot]
    return [row for _, row in found], [element for element, _ in found]


def _cells(row: Element, hidden: set[Element]) -> Row:
    found = [cell for cell in row if cell.tag in _CELLS and (cell not in hidden or not _is_gone(cell))]
    if not found and len(row):  # `<tr><font><td>`
        found = [cell for child in row if child.tag not in _NO_ROWS for cell in child if cell.tag in _CELLS]
    return found


def _is_gone(element: Element) -> bool:
    """Return whether a hidden row or cell takes no place either."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _is_arrangement(seen: Survey, table: Element, rows: list[Row]) -> bool:
    at = seen.index[table]
    if seen.roles.get(at) in {"presentation", "none"}:
        return True
    n_cells = sum(map(len, rows))
    within, last = 0, at
    for nested in seen.within(at, "table"):
        if nested >= last:
            within += seen.words(nested)
            last = seen.end(nested)
    if within and within > 0.6 * seen.words(at):
        return True
    if _DATA_CLASS.search(table.get("class", "")) or any(child.tag == "caption" for child in table):
        return False
    if n_cells == 1:
        return True
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    if any(seen.elements[inner].getparent().tag not in _FRAME for inner in seen.within(at, *_PROSE)):  # type: ignore[union-attr]
        return True
    if len(rows) == 1:
        return bool(seen.within(at, "p", "li")) or any(seen.words(seen.index[cell]) > 200 for cell in rows[0])
    return False


def _number(cell: Element, name: str) -> int:
    value = cell.get(name)
    if not value:
        return 1
    found = _NUMBER.match(value)
    return int(found[0]) if found else 1


def _raw(cell: Element, holders: set[Element], merged: set[Element]) -> RawCell:
    words = (cell.text or "") if len(cell) == 0 else None if cell in holders else words_of(cell)
    if cell not in merged:
        return _new(RawCell, (cell, 1, 1, cell.tag == "th", words))
    return RawCell(cell, _number(cell, "rowspan"), _number(cell, "colspan") or 1, cell.tag == "th", words)


def _lay_out_data(walker: Walker, table: Element, rows: list[Row], elements: Row) -> None:
    holders, merged = walker.holders, walker.seen.merged
    laid, body = lay_out_rows(
        walker.layout,
        table,
        [
            [
                _new(RawCell, (cell, 1, 1, cell.tag == "th", cell.text or ""))
                if len(cell) == 0 and cell not in merged
                else _raw(cell, holders, merged)
                for cell in row
            ]
            for row in rows
        ],
        elements,
        lambda cell: _flat(walker, cast("Element", cell.origin)),
        [RawCell(element) for element in table.iterchildren("caption")],
    )
    walker.tables.append((laid, _stated_header_rows(table, rows[body.start : body.stop])))


def _flat(walker: Walker, element: Element) -> None:
    if len(element) == 0:
        walker.layout.write(element.text or "")
        return
    walker.flat += 1
    walker.walk(element, inside=True)
    walker.flat -= 1


def _stated_header_rows(table: Element, rows: list[Row]) -> int | None:
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


def _is_bold(cell: Element) -> bool:
    if (cell.text or "").strip():
        return False
    inner = [child for child in cell if isinstance(child.tag, str) and child.tag != "br"]
    while len(inner) == 1 and inner[0].tag not in _BOLD and not (inner[0].text or "").strip():
        inner = [child for child in inner[0] if isinstance(child.tag, str) and child.tag != "br"]
    return bool(inner) and all(e.tag in _BOLD and not (e.tail or "").strip() for e in inner)


def _lay_out_box(walker: Walker, table: Element, rows: list[Row]) -> None:
    """Lay out a box of facts as pairs of term and definition; a row of one cell is a caption or a title."""
    layout = walker.layout

    def fill(cell: RawCell) -> None:
        _flat(walker, cast("Element", cell.origin))

    for element in table.iterchildren("caption"):
        lay_out_caption(layout, RawCell(element), fill)
    for row in rows:
        if len(row) != 2 or not walker.seen.words(walker.seen.index[row[0]]):
            for cell in row:
                lay_out_caption(layout, RawCell(cell), fill)
            continue
        for cell, kind, prefix in zip(row, ("term", "definition"), ("", "  "), strict=True):
            draft = layout.open(cast("BlockKind", kind), prefix=prefix, gap=1, origin=cell)
            _flat(walker, cell)
            layout.close(draft)
