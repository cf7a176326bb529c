"""Blocks and places made quickly, for readers that make hundreds of thousands of them.

    form_place(3, "/html/body/p")  ==  Place(line=3, xpath="/html/body/p")     in a seventh of the time

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

__all__ = ["FormingBlock", "form_block", "form_place"]


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

    line: int | None
    xpath: str | None
    offset: None
    page: None
    box: None
    part: None
    sheet: None
    cell: None
    pointer: None


def form_block(made: FormingBlock, place: Place) -> Block:
    """Return the block, which is the very object that was given; every field must be set.

    >>> from regesta.text.span import Span
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


def form_place(line: int | None, xpath: str | None) -> Place:
    """Return the place of an element.

    >>> form_place(3, "/html/body/p") == Place(line=3, xpath="/html/body/p")
    True
    """
    made: Any = _FormingPlace()
    made.line = line
    made.xpath = xpath
    made.offset = made.page = made.box = made.part = made.sheet = made.cell = made.pointer = None
    made.__class__ = Place
    return made  # type: ignore[no-any-return]
