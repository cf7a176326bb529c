"""Blocks and places made quickly, for readers that make hundreds of thousands of them.

    form_block(...)  equals  Block(kind=..., span=..., ...)          about a tenth of its time
    form_place(3, "/html/body/p")  equals  Place(line=3, xpath="/html/body/p")

A frozen dataclass sets each of its fields through `object.__setattr__`, which is most of what reading a page of tables
costs. Here a plain class with the very same slots is filled and then becomes the frozen one; Python allows that where
the two are laid out alike, and `tests/test_reading_layout.py` holds the results to be equal. Nothing else belongs here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from regesta.model import Block, Place

if TYPE_CHECKING:
    from regesta.model.document import BlockKind
    from regesta.text.span import Span

__all__ = ["form_block", "form_cell_place", "form_place"]


class _Block:
    __slots__ = tuple(Block.__dataclass_fields__)

    def __init__(self, kind: BlockKind, span: Span, content: Span, parent: int, place: Place) -> None:
        self.kind = kind
        self.span = span
        self.content = content
        self.parent = parent
        self.level = 0
        self.marker = ""
        self.row = self.column = -1
        self.is_header = False
        self.column_span = self.row_span = 1
        self.place = place


class _Place:
    __slots__ = tuple(Place.__dataclass_fields__)

    def __init__(self, line: int | None, xpath: str | None) -> None:
        self.line = line
        self.xpath = xpath
        self.offset = self.page = self.box = self.part = None
        self.sheet = self.cell = self.pointer = None


def form_block(
    kind: BlockKind,
    span: Span,
    content: Span,
    parent: int,
    place: Place,
    more: tuple[int, str, int, int, bool, int, int] | None = None,
) -> Block:
    """Return a block; `more` is its level, marker, row, column, whether it is a header, and its column and row span.

    >>> from regesta.text.span import Span
    >>> here = Span(0, 3)
    >>> form_block("heading", here, here, -1, Place(), (2, "", -1, -1, False, 1, 1)) == Block(
    ...     kind="heading", span=here, content=here, level=2
    ... )
    True
    """
    made: Any = _Block(kind, span, content, parent, place)
    if more is not None:
        (
            made.level,
            made.marker,
            made.row,
            made.column,
            made.is_header,
            made.column_span,
            made.row_span,
        ) = more
    made.__class__ = Block
    return cast("Block", made)


def form_place(line: int | None, xpath: str | None) -> Place:
    """Return the place of an element.

    >>> form_place(3, "/html/body/p") == Place(line=3, xpath="/html/body/p")
    True
    """
    made: Any = _Place(line, xpath)
    made.__class__ = Place
    return cast("Place", made)


def form_cell_place(sheet: str, cell: str) -> Place:
    """Return the place of a sheet's cell.

    >>> form_cell_place("Arrivals", "B7") == Place(sheet="Arrivals", cell="B7")
    True
    """
    made: Any = _Place(None, None)
    made.sheet = sheet
    made.cell = cell
    made.__class__ = Place
    return cast("Place", made)
