"""What a page is while it is read: words, lines, regions of lines in reading order.

    glyphs (JSON) ─► Word ─► Line ─► Region ─► Page
                                └─ tables, furniture

A `Line` keeps the boxes of its words packed, so that thousands of pages fit into memory; words live only while their page is
laid out. Coordinates of layout (`left`, `base`, ...) are those of the text turned upright; boxes are the page's as people see it.
Nothing here decides anything.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

__all__ = ["Box", "Font", "Line", "Page", "Region", "RuledCell", "RuledTable", "Word"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Font = tuple[str, int]
"""Name, and 1 where its strokes are heavy."""


@dataclass(slots=True)
class Word:
    """A stretch without blanks, in one size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    """The line it stands on: y of its first character."""
    size: float
    is_bold: bool
    box: Box


@dataclass(slots=True)
class Line:
    """Words beside one another on one page, in reading order."""

    page: int
    """From 0."""
    left: float
    right: float
    base: float
    size: float
    """Of most of its characters, in points."""
    is_bold: bool
    text: str
    """Its words with one space between."""
    starts: array[int]
    """Where each piece of the text that has a box of its own begins."""
    edges: array[float]
    """Left, top, right, bottom of each such piece on the page as people see it."""
    raised: tuple[int, ...] = ()
    """Which pieces are raised, by their number."""
    gaps: tuple[int, ...] = ()
    """Offsets in the text before which a wide blank stands."""

    @property
    def top(self) -> float:
        """About where its capitals end."""
        return self.base - 0.72 * self.size

    @property
    def bottom(self) -> float:
        """About where its descenders end."""
        return self.base + 0.2 * self.size


@dataclass(slots=True)
class RuledCell:
    """A cell between drawn lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[Line]
    is_bold: bool = False


@dataclass(slots=True)
class RuledTable:
    """A table between drawn lines: a thing of its own in the flow of lines."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    rows: list[list[RuledCell]]
    columns: tuple[float, ...]
    """x of its upright lines."""
    box: Box
    rows_page: int = -1
    """The page of its last rows, where it goes on over several; else that of its first."""

    def __post_init__(self) -> None:
        self.rows_page = max(self.page, self.rows_page)

    @property
    def base(self) -> float:
        """Its lower edge."""
        return self.bottom


@dataclass(slots=True)
class Region:
    """Lines and tables below one another: a column, or the whole width of a page."""

    items: list[Line | RuledTable]
    left: float
    right: float


@dataclass(slots=True)
class Page:
    """One page, laid out."""

    index: int
    width: float
    height: float
    """Of the text turned upright."""
    regions: list[Region]
    aside: list[Line]
    """What runs in another direction than the text, or stands outside the page."""
    rules: list[Box]
    """Level lines that belong to no table."""
    n_characters: int = 0
    n_unmapped: int = 0
    is_picture: bool = False
    """Pictures cover most of it, and it has no words."""
    problem: str = ""
