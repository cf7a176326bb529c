"""Blocks and places made quickly, for readers that make a block of every line or cell.

A frozen dataclass sets each of its fields through `object.__setattr__`, which for the twelve fields of a block costs more
than finding the words. The twins below have the same slots and no lock; an object is filled as a twin, and then becomes
what it is for. What comes out is a `Block` or a `Place` like any other: equal, hashable, frozen. Nothing is checked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from regesta.model import Block, Place
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.model.document import BlockKind

__all__ = ["at_line", "make_block"]


class _OpenBlock:
    __slots__ = Block.__slots__


class _OpenPlace:
    __slots__ = Place.__slots__


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
) -> Block:
    """Return a block that covers one row and one column; a fifth of the time of `Block(...)`.

    >>> make_block("paragraph", Span(0, 9), Span(0, 8), at_line(3)) == Block(
    ...     kind="paragraph", span=Span(0, 9), content=Span(0, 8), place=Place(line=3)
    ... )
    True
    """
    made: Any = _OpenBlock()
    made.kind = kind
    made.span = span
    made.content = content
    made.parent = parent
    made.level = level
    made.marker = marker
    made.row = row
    made.column = column
    made.is_header = is_header
    made.column_span = 1
    made.row_span = 1
    made.place = place
    made.__class__ = Block
    return cast("Block", made)


def at_line(line: int) -> Place:
    """Return the place in line `line`, from 1.

    >>> at_line(3) == Place(line=3)
    True
    """
    made: Any = _OpenPlace()
    made.line = line
    made.xpath = made.offset = made.page = made.box = None
    made.part = made.sheet = made.cell = made.pointer = None
    made.__class__ = Place
    return cast("Place", made)
