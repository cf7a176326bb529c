"""Tables of an ODT: repeated and merged cells, header rows, and tables that are only frames.

A table within a cell is lines of that cell. Repetitions are bounded. Nothing here decides what cells mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from regesta.model import Place
from regesta.reading.laying.rows import RawCell
from regesta.reading.office.markup import Element, attribute, steps

if TYPE_CHECKING:
    from regesta.reading.office.odt.walk import Walker

__all__ = ["lay_out_table"]

_GROUPS = frozenset({"table:table-rows", "table:table-row-group", "table:table-header-rows"})
_MAX_SPAN = 1000
_MAX_REPEATED = 10_000
_LONG = 200
_MAX_FRAMES = 8


@dataclass(frozen=True, slots=True)
class _Cell:
    path: str
    element: Element
    row_span: int
    column_span: int


def lay_out_table(walker: Walker, table: Element, path: str) -> None:
    """Lay out a table."""
    rows: list[list[_Cell]] = []
    places: list[Place] = []
    n_heads = 0
    for row, way, is_head in _rows(walker, table, path, is_head=False):
        cells = list(_cells(walker, row, way))
        repeated = _number(row, "table:number-rows-repeated")
        for _ in range(_repetitions(walker, repeated, [cell.element for cell in cells])):
            rows.append(cells)
            places.append(walker.place(way))
            n_heads += is_head and n_heads == len(rows) - 1
    if not any(rows):
        return
    if walker.out.flat or walker.n_frames > _MAX_FRAMES or _is_frame(rows):
        walker.n_frames += 1
        for line in rows:
            if walker.out.flat:
                walker.out.layout.newline()
            for cell in line:
                _fill(walker, cell)
        walker.n_frames -= 1
        return
    by_path = {cell.path: cell for row in rows for cell in row}

    def fill(cell: RawCell) -> None:
        _fill(walker, by_path[cast("Place", cell.origin).xpath or ""])

    if not n_heads and _is_bold_head(walker, rows):
        n_heads = 1
    raw = [
        [RawCell(walker.place(cell.path), cell.row_span, cell.column_span, r < n_heads) for cell in row]
        for r, row in enumerate(rows)
    ]
    walker.out.table(walker.place(path), raw, places, fill, n_heads or None)


def _rows(
    walker: Walker, element: Element, path: str, *, is_head: bool
) -> Iterator[tuple[Element, str, bool]]:
    for child, name, way in steps(element, path, walker.short):
        if name == "table:table-row":
            yield child, way, is_head
        elif name in _GROUPS:
            yield from _rows(walker, child, way, is_head=is_head or name == "table:table-header-rows")


def _cells(walker: Walker, row: Element, path: str) -> Iterator[_Cell]:
    for child, name, way in steps(row, path, walker.short):
        if name == "table:table-cell":
            found = _Cell(
                way,
                child,
                _number(child, "table:number-rows-spanned"),
                _number(child, "table:number-columns-spanned"),
            )
            repeated = _number(child, "table:number-columns-repeated")
            for _ in range(_repetitions(walker, repeated, [child])):
                yield found


def _repetitions(walker: Walker, stated: int, cells: list[Element]) -> int:
    """Return how often to lay out what is stated to be repeated: bounded, and once where tables stand within."""
    if stated == 1 or any(cell.find(".//{*}table") is not None for cell in cells):
        return 1
    stated = min(stated, 1 + (_MAX_REPEATED - walker.n_repeated) // max(1, len(cells)))
    walker.n_repeated += (stated - 1) * len(cells)
    return max(1, stated)


def _number(element: Element, name: str) -> int:
    value = (attribute(element, name) or "1")[:8]
    return max(1, min(int(value), _MAX_SPAN)) if value.isascii() and value.isdigit() else 1


def _n_words(element: Element) -> int:
    return sum(len(str(piece).strip()) for piece in element.itertext())


def _is_frame(rows: list[list[_Cell]]) -> bool:
    cells = [cell.element for row in rows for cell in row]
    if len(cells) <= 1:
        return True
    nested = sum(_n_words(table) for cell in cells for table in cell.iterfind("{*}table"))
    if nested and nested > 0.6 * sum(map(_n_words, cells)):
        return True
    if len(rows) == 1:
        return any(_n_words(cell) > _LONG or sum(_n_words(p) > 0 for p in cell) > 2 for cell in cells)
    return any(cell.element.find("{*}h") is not None for row in rows[1:] for cell in row[1:] or row)


def _is_bold_head(walker: Walker, rows: list[list[_Cell]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    return all(_is_bold(walker, cell) for cell in rows[0]) and not all(
        _is_bold(walker, cell) for cell in rows[1]
    )


def _is_bold(walker: Walker, cell: _Cell) -> bool:
    paragraphs = [p for p in cell.element if _n_words(p)]
    return bool(paragraphs) and all(
        walker.styles.of(attribute(p, "text:style-name")).is_bold
        or (
            not (p.text or "").strip()
            and len(p) == 1
            and walker.styles.of(attribute(p[0], "text:style-name")).is_bold
            and not (p[0].tail or "").strip()
        )
        for p in paragraphs
    )


def _fill(walker: Walker, cell: _Cell) -> None:
    for child, name, way in steps(cell.element, cell.path, walker.short):
        walker.walk(child, name, way)
