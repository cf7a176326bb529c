"""Where names go on a map, so that none lies on another: the first free place of a few around each spot.

    room = Room(600, 400); room.block(box of a stop) ; room.place("Seoul", 300, 200, gap=6) -> (309, 203.5, "start")

Boxes are kept in a grid, so a hundred names cost about a hundred look-ups. Lines may be crossed, at a price: of the free places the
one with the fewest points of lines under it is taken. Not here: moving what has its place already.
"""

from __future__ import annotations

from typing import Final

from regesta.drawing.lettering import width_of

__all__ = ["Box", "Room"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_CELL: Final = 48
_MOST: Final = 200
"""Points of lines that a cell keeps: beyond that it is full anyhow, and names must not get slow."""


class Room:
    """The places of a frame that are taken.

    >>> room = Room(200, 100)
    >>> room.place("Seoul", 100, 50, size=12, gap=6)
    (106, 54.2, 'start')
    >>> room.place("Incheon", 101, 50, size=12, gap=6)
    (95, 54.2, 'end')
    """

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._cells: dict[tuple[int, int], list[Box]] = {}
        self._lines: dict[tuple[int, int], list[tuple[float, float]]] = {}

    def block(self, box: Box) -> None:
        """Take a box."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def line(self, x: float, y: float) -> None:
        """Note a point of a line; names would rather not lie on it."""
        points = self._lines.setdefault((int(x // _CELL), int(y // _CELL)), [])
        if len(points) < _MOST:
            points.append((x, y))

    def is_free(self, box: Box) -> bool:
        """Return whether a box lies in the frame and meets none that is taken."""
        left, top, right, bottom = box
        if left < 2 or top < 2 or right > self._width - 2 or bottom > self._height - 2:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for cell in _cells(box)
            for other in self._cells.get(cell, ())
        )

    def place(
        self, name: str, x: float, y: float, *, size: float, gap: float
    ) -> tuple[float, float, str] | None:
        """Take a place for a name beside a spot: where its text stands and how it is anchored; None where all are taken."""
        wide, tall = width_of(name, size), size
        rise = size * 0.35
        low, diagonal = gap + size * 0.85, gap * 0.7
        choices = (
            (x + gap, y + rise, "start"),
            (x - gap, y + rise, "end"),
            (x, y - gap - 1, "middle"),
            (x, y + low, "middle"),
            (x + diagonal, y - diagonal, "start"),
            (x + diagonal, y + diagonal + size * 0.7, "start"),
            (x - diagonal, y - diagonal, "end"),
            (x - diagonal, y + diagonal + size * 0.7, "end"),
        )
        best: tuple[float, int, Box, tuple[float, float, str]] | None = None
        for rank, (at, base, anchor) in enumerate(choices):
            left = at if anchor == "start" else at - wide if anchor == "end" else at - wide / 2
            box = (left - 1, base - tall * 0.8, left + wide + 1, base + tall * 0.25)
            if not self.is_free(box):
                continue
            price = self._price(box) + rank * 0.4
            if best is None or price < best[0]:
                best = (price, rank, box, (at, base, anchor))
        if best is None:
            return None
        self.block(best[2])
        return best[3]

    def _price(self, box: Box) -> int:
        left, top, right, bottom = box
        return sum(
            left < px < right and top < py < bottom
            for cell in _cells(box)
            for px, py in self._lines.get(cell, ())
        )


def _cells(box: Box) -> list[tuple[int, int]]:
    left, top, right, bottom = (int(side // _CELL) for side in box)
    return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
