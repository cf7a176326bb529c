"""Cells of sheets and their places made quickly: a workbook has a million of them.

The way of `forming`, with what a cell of a sheet has. Nothing else belongs here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from regesta.model import Block, Place

if TYPE_CHECKING:
    from regesta.text.span import Span

__all__ = ["form_cell", "form_cell_place"]


class _Cell:
    __slots__ = tuple(Block.__dataclass_fields__)


class _CellPlace:
    __slots__ = tuple(Place.__dataclass_fields__)


def form_cell(
    span: Span, parent: int, row: int, column: int, place: Place, *, is_header: bool, across: int, down: int
) -> Block:
    """Return the block of a cell that is its words and nothing else.

    >>> from regesta.text.span import Span
    >>> here = Span(0, 3)
    >>> form_cell(here, 4, 1, 2, Place(), is_header=False, across=1, down=1) == Block(
    ...     kind="cell", span=here, content=here, parent=4, row=1, column=2
    ... )
    True
    """
    made: Any = _Cell()
    made.kind = "cell"
    made.span = made.content = span
    made.parent = parent
    made.level = 0
    made.marker = ""
    made.row = row
    made.column = column
    made.is_header = is_header
    made.column_span = across
    made.row_span = down
    made.place = place
    made.__class__ = Block
    return cast("Block", made)


def form_cell_place(sheet: str, cell: str) -> Place:
    """Return the place of a sheet's cell.

    >>> form_cell_place("Arrivals", "B7") == Place(sheet="Arrivals", cell="B7")
    True
    """
    made: Any = _CellPlace()
    made.line = made.xpath = made.offset = made.page = made.box = made.part = made.pointer = None
    made.sheet = sheet
    made.cell = cell
    made.__class__ = Place
    return cast("Place", made)
