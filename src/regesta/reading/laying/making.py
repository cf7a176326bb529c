"""Blocks and places made quickly, for readers that make a block of every line or cell: a workbook has a million of them.

    form_place(3, "/html/body/p")  ==  Place(line=3, xpath="/html/body/p")     in a seventh of the time

A frozen dataclass sets each of its fields through `object.__setattr__`, which for the twelve fields of a block costs more
than finding the words. The twins below have the same slots and no lock; an object is filled as a twin, and then becomes
what it is for; Python allows that where the two are laid out alike. What comes out is a `Block` or a `Place` like any
other: equal, hashable, frozen. Nothing is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from regesta.model import Block, Place
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.model.document import BlockKind

__all__ = [
    "FormingBlock",
    "form_block",
    "form_cell_place",
    "form_place",
    "make_block",
]


class FormingBlock:
    """A block that is being made: `form` gives it its place and ends it."""

    __slots__ = tuple(Block.__dataclass_fields__)

    kind: BlockKind
    span: Span
    content: Span
    parent: int
    level: int
    marker: str
    row: int
    column: int
    is_header: bool
    column_span: int
    row_span: int
    place: Any


class _FormingPlace:
    __slots__ = tuple(Place.__dataclass_fields__)


def make_block(
    kind: BlockKind,
    span: Span,
    content: Span,
    place: Place,
    parent: int = -1,
    level: int = 0,
    marker: str = "",
    row: int = -1,
    column: int = -1,
    is_header: bool = False,
    column_span: int = 1,
    row_span: int = 1,
) -> Block:
    """Return a block; a fifth of the time of `Block(...)`.

    >>> make_block("paragraph", Span(0, 9), Span(0, 8), form_place(3)) == Block(
    ...     kind="paragraph", span=Span(0, 9), content=Span(0, 8), place=Place(line=3)
    ... )
    True
    """
    made: Any = FormingBlock()
    made.kind = kind
    made.span = span
    made.content = content
    made.parent = parent
    made.level = level
    made.marker = marker
    made.row = row
    made.column = column
    made.is_header = is_header
    made.column_span = column_span
    made.row_span = row_span
    made.place = place
    made.__class__ = Block
    return cast("Block", made)


def form_block(made: FormingBlock, place: Place) -> Block:
    """Return the block, which is the very object that was given; every field must be set.

    >>> made = FormingBlock()
    >>> made.kind, made.span, made.content, made.parent = "cell", Span(0, 3), Span(0, 3), 4
    >>> made.level, made.marker, made.row, made.column, made.is_header = 0, "", 1, 2, False
    >>> made.column_span = made.row_span = 1
    >>> form_block(made, Place()) == Block(
    ...     kind="cell", span=Span(0, 3), content=Span(0, 3), parent=4, row=1, column=2
    ... )
    True
    """
    made.place = place
    block: Any = made
    block.__class__ = Block
    return cast("Block", block)


def form_place(line: int | None, xpath: str | None = None) -> Place:
    """Return the place of a line, from 1, or of an element.

    >>> form_place(3, "/html/body/p") == Place(line=3, xpath="/html/body/p")
    True
    """
    made: Any = _FormingPlace()
    made.line = line
    made.xpath = xpath
    made.offset = made.page = made.box = made.part = made.sheet = made.cell = made.pointer = None
    made.__class__ = Place
    return made  # type: ignore[no-any-return]


def form_cell_place(sheet: str, cell: str) -> Place:
    """Return the place of a sheet's cell.

    >>> form_cell_place("Arrivals", "B7") == Place(sheet="Arrivals", cell="B7")
    True
    """
    made: Any = _FormingPlace()
    made.line = made.xpath = made.offset = made.page = made.box = made.part = made.pointer = None
    made.sheet = sheet
    made.cell = cell
    made.__class__ = Place
    return cast("Place", made)
