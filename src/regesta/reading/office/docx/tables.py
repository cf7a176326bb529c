"""Tables of a DOCX: merged cells, header rows, and tables that are only frames.

    gridSpan=2            two columns wide
    vMerge restart … vMerge      as many rows high as follow; a continuing cell that holds words stays a cell of its own
    gridBefore=1          an empty cell before
    one cell, or mostly tables within: a frame, its blocks are read as if there were no table

A table within a cell is lines of that cell. Nothing here decides what cells mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from regesta.model import Place
from regesta.reading.laying.rows import RawCell
from regesta.reading.office.docx.styles import is_on
from regesta.reading.office.markup import Element, attribute, steps

if TYPE_CHECKING:
    from regesta.reading.office.docx.walk import Walker

__all__ = ["lay_out_table"]

_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"})
_MAX_SPAN = 1000
_LONG = 200
_MAX_FRAMES = 8


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as it was written, its path and its element; an empty one before a row has none."""

    path: str
    element: Element | None = None
    row_span: int = 1
    column_span: int = 1


def lay_out_table(walker: Walker, table: Element, path: str) -> None:
    """Lay out a table."""
    rows: list[list[_Cell]] = []
    places: list[Place] = []
    heads: list[bool] = []
    reach: dict[int, tuple[int, int]] = {}  # column -> where the cell is that may go on below
    for row, way in _found(walker, table, path, "w:tr"):
        cells, is_head, is_deleted = _row(walker, row, way, reach, rows)
        if is_deleted:
            walker.inline.deleted.append(" ".join(t.text or "" for t in row.iter("{*}delText", "{*}t")))
            walker.say()
            reach.clear()
            continue
        rows.append(cells)
        places.append(Place(part=walker.part, xpath=way))
        heads.append(is_head)
    if not any(rows):
        return
    if walker.out.flat or walker.n_frames > _MAX_FRAMES or _is_frame(walker, rows):
        walker.n_frames += 1
        _read_through(walker, rows)
        walker.n_frames -= 1
        return

    by_path = {cell.path: cell for row in rows for cell in row}

    def fill(cell: RawCell) -> None:
        _fill(walker, by_path[cast("Place", cell.origin).xpath or ""])

    n_heads = heads.index(False) if False in heads else 0
    if not n_heads and _is_bold_head(rows):
        n_heads = 1
    raw = [
        [
            RawCell(Place(part=walker.part, xpath=cell.path), cell.row_span, cell.column_span, r < n_heads)
            for cell in row
        ]
        for r, row in enumerate(rows)
    ]
    walker.out.table(Place(part=walker.part, xpath=path), raw, places, fill, n_heads or None)


def _found(walker: Walker, element: Element, path: str, wanted: str) -> Iterator[tuple[Element, str]]:
    for child, name, way in steps(element, path, walker.inline.short):
        if name == wanted:
            yield child, way
        elif name in _WRAPPERS:
            yield from _found(walker, child, way, wanted)


def _row(
    walker: Walker, row: Element, path: str, reach: dict[int, tuple[int, int]], above: list[list[_Cell]]
) -> tuple[list[_Cell], bool, bool]:
    cells: list[_Cell] = []
    column, is_head = 0, False
    properties = row.find("{*}trPr")
    if properties is not None:
        if properties.find("{*}del") is not None:
            return [], False, True
        header = properties.find("{*}tblHeader")
        is_head = header is not None and is_on(header)
        before = _span(properties.find("{*}gridBefore"), 0)
        if before:
            cells.append(_Cell(path, column_span=before))
            column = before
    went_on: set[int] = set()
    for cell, way in _found(walker, row, path, "w:tc"):
        across, merge, side = 1, None, None
        stated = cell.find("{*}tcPr")
        if stated is not None:
            across = _span(stated.find("{*}gridSpan"), 1) or 1
            merge, side = stated.find("{*}vMerge"), stated.find("{*}hMerge")
        goes_on = merge is not None and attribute(merge, "w:val") != "restart"
        if goes_on and column in reach and not _has_words(cell):
            r, n = reach[column]
            above[r][n] = replace(above[r][n], row_span=len(above) - r + 1)
            went_on.add(column)
        elif side is not None and attribute(side, "w:val") != "restart" and cells and not _has_words(cell):
            cells[-1] = replace(cells[-1], column_span=min(_MAX_SPAN, cells[-1].column_span + across))
        else:
            reach.pop(column, None)
            if merge is not None:
                reach[column] = (len(above), len(cells))
                went_on.add(column)
            cells.append(_Cell(way, cell, 1, across))
        column += across
    for passed in [c for c in reach if c not in went_on]:
        del reach[passed]
    return cells, is_head, False


def _span(element: Element | None, default: int) -> int:
    value = (attribute(element, "w:val") or "")[:5] if element is not None else ""
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() else default


def _has_words(cell: Element) -> bool:
    return any((t.text or "").strip() for t in cell.iter("{*}t"))


def _n_words(element: Element) -> int:
    return sum(len(t.text or "") for t in element.iter("{*}t"))


def _is_frame(walker: Walker, rows: list[list[_Cell]]) -> bool:
    """Return whether a table only arranges the page."""
    elements = [cell.element for row in rows for cell in row if cell.element is not None]
    if len(elements) <= 1:
        return True
    inner = [table for cell in elements for table in cell.iterfind(".//{*}tbl/..")]
    if inner:
        nested = sum(_n_words(t) for cell in elements for t in cell.iterfind("{*}tbl"))
        if nested > 0.6 * sum(map(_n_words, elements)):
            return True
    if len(rows) == 1:
        return any(_n_words(cell) > _LONG or _n_paragraphs(cell) > 2 for cell in elements)
    return any(
        walker.style_of(p).kind == "heading"
        for row in rows[1:]
        for cell in row[1:] or row
        if cell.element is not None
        for p in cell.element.iterfind("{*}p")
    )


def _n_paragraphs(cell: Element) -> int:
    return sum(any((t.text or "").strip() for t in p.iter("{*}t")) for p in cell.iterfind("{*}p"))


def _is_bold_head(rows: list[list[_Cell]]) -> bool:
    """Return whether the first row is bold throughout and the second is not."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    return all(_is_bold(cell) for cell in rows[0]) and not all(_is_bold(cell) for cell in rows[1])


def _is_bold(cell: _Cell) -> bool:
    if cell.element is None:
        return False
    runs = [run for run in cell.element.iter("{*}r") if _n_words(run)]
    return bool(runs) and all((bold := run.find("{*}rPr/{*}b")) is not None and is_on(bold) for run in runs)


def _fill(walker: Walker, cell: _Cell) -> None:
    if cell.element is None:
        return
    for child, name, way in steps(cell.element, cell.path, walker.inline.short):
        walker.walk(child, name, way)


def _read_through(walker: Walker, rows: list[list[_Cell]]) -> None:
    """Lay out the blocks within the cells as if there were no table; in another cell, as its lines."""
    for row in rows:
        if walker.out.flat:
            walker.out.layout.newline()
        else:
            walker.out.end_lists()
        for cell in row:
            _fill(walker, cell)
