"""Periods of policy behind a chart: a strip for each above the plot, its name beside it, a faint ground below.

Strips are packed into rows so that neither they nor their names meet. A period of which only one end is told is a short arrow from
there over a line: nobody says how far it reached. Not here: what was in force; a band is what the caller says it is.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from regesta.drawing.extent import extent_of
from regesta.drawing.lettering import SMALL, width_of, written
from regesta.drawing.scales import TimeScale
from regesta.drawing.svg import num, told

__all__ = ["Band", "Laid", "lay", "pack"]

_ROW: Final = 20.0
_STRIP: Final = 4.0
_ARROW: Final = 44.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A period with a name: a law in force, a programme, a war."""

    name: str
    period: str
    """EDTF; usually an interval."""
    title: str = ""
    """Shown on pointing; the name where empty."""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """Bands in their rows, before it is known how low the plot reaches."""

    rows: tuple[tuple[Band, float, float, int, bool, bool], ...]
    """Band, left, right, row, open to the left, open to the right."""
    height: float
    omitted: tuple[str, ...]

    def draw(self, top: float, foot: float, edges: tuple[float, float]) -> str:
        """Return the strips from `top` on, and their grounds down to `foot`."""
        grounds, strips = [], []
        for band, left, right, row, is_before, is_after in self.rows:
            y = top + row * _ROW + 11
            wide = max(right - left, 1)
            begin, broad = (right - 1, 1.0) if is_before else (left, 1.0 if is_after else wide)
            grounds.append(
                f'<rect class="ground" x="{num(begin)}" y="{num(y)}" width="{num(broad)}" height="{num(foot - y)}"/>'
            )
            strip = f'<rect class="strip" x="{num(left)}" y="{num(y)}" width="{num(wide)}" height="{num(_STRIP)}"/>'
            middle = y + _STRIP / 2
            if is_before:
                strip += f'<path class="tip" d="M{num(left + 7)} {num(middle - 5)}l-7 5 7 5z"/>'
            if is_after:
                strip += f'<path class="tip" d="M{num(right - 7)} {num(middle - 5)}l7 5 -7 5z"/>'
            room = width_of(band.name, SMALL)
            if left + room <= edges[1]:
                name = written(band.name, left, y - 3, "note")
            elif right - room >= edges[0]:
                name = written(band.name, right, y - 3, "note", anchor="end")
            else:
                name = written(band.name, edges[0], y - 3, "note", most=edges[1] - edges[0])
            strips.append(told(strip + name, band.title or band.name, band.link, "band"))
        return "".join(grounds + strips)


def lay(bands: Sequence[Band], scale: TimeScale, edges: tuple[float, float]) -> Laid:
    """Return bands packed into rows; one that lies outside the scale, or has no date, is omitted."""
    found, omitted = [], []
    for band in bands:
        extent = extent_of(band.period)
        if extent is None:
            omitted.append(band.name)
            continue
        first, last = extent.known
        if (last < scale.first and not extent.open_end) or (first > scale.last and not extent.open_start):
            omitted.append(band.name)
            continue
        left, right = scale.at(first), scale.at(last + 1)
        if extent.open_start:
            left = max(edges[0], min(right, edges[1]) - _ARROW)
        if extent.open_end:
            right = min(edges[1], max(left, edges[0]) + _ARROW)
        found.append((left, right, band, extent.open_start, extent.open_end))
    found.sort(key=lambda one: (one[0], one[1], one[2].name))
    taken = []
    for left, right, band, _, _ in found:
        room = min(width_of(band.name, SMALL), edges[1] - edges[0])
        if left + room <= edges[1]:
            taken.append((left, max(right, left + room) + 8))
        else:
            taken.append((max(min(left, right - room), edges[0]), max(right, edges[0] + room) + 8))
    rows = pack(taken)
    told_ = tuple(
        (band, left, right, row, before, after)
        for (left, right, band, before, after), row in zip(found, rows, strict=True)
    )
    height = (max(rows) + 1) * _ROW + 6 if rows else 0.0
    return Laid(told_, height, tuple(omitted))


def pack(taken: Sequence[tuple[float, float]]) -> list[int]:
    """Return for each stretch the row where it stands, so that no two of a row meet, in few rows and n log n time.

    Stretches are taken in the order of their left ends; each goes to the highest row that is free there.

    >>> pack([(0, 10), (5, 8), (9, 12), (10, 20)])
    [0, 1, 1, 0]
    """
    order = sorted(range(len(taken)), key=lambda n: (taken[n][0], n))
    rows = [0] * len(taken)
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    used = 0
    for n in order:
        left, right = taken[n]
        while busy and busy[0][0] <= left:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            row = heapq.heappop(free)
        else:
            row, used = used, used + 1
        rows[n] = row
        heapq.heappush(busy, (right, row))
    return rows
