"""The line of a leg: a curve that bends to its right, or the great circle where the edge of a map of the world lies between.

Not here: how wide it is drawn and in which colour; that comes with the leg.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from regesta.drawing.projection import View, turned
from regesta.drawing.svg import joined, num

__all__ = ["Arc", "Course", "arc", "drawn"]

_POINTS: Final = 16
_GAP: Final = 5.0
"""Pixels that a line keeps from the middle of a stop."""


@dataclass(frozen=True, slots=True)
class Course:
    """Where a leg runs, in pixels."""

    lines: tuple[tuple[tuple[float, float], ...], ...]
    """One, or two where the edge of the map cuts it."""
    head: tuple[float, float, float] | None
    """Where its arrow points, and the direction in radians; None where it is too short for one."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A leg ready to be drawn."""

    lines: tuple[tuple[tuple[float, float], ...], ...]
    head: tuple[float, float, float] | None
    width: float
    leg_kind: str
    people: float | None
    title: str
    link: str | None


def arc(
    start: tuple[float, float],
    end: tuple[float, float],
    a: tuple[float, float],
    b: tuple[float, float],
    view: View,
    turn: int,
) -> Course:
    """Return the course between two places (longitude, latitude), whose pixels are `a` and `b`; `turn` counts those before it.

    >>> from regesta.drawing.projection import fit
    >>> view = fit([(0, 0), (10, 0)], 200, 100)
    >>> course = arc((0, 0), (10, 0), view.at(0, 0), view.at(10, 0), view, 0)
    >>> len(course.lines), [round(c, 1) for c in course.head]
    (1, [106.0, 67.9, -0.0])
    """
    if view.is_world:
        first, last = (turned(place[0] - view.longitude) for place in (start, end))
        if abs(first - last) > 180:
            return _great_circle(start, end, view)
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    if length < 2 * _GAP + 2:
        return Course(((a, b),), None) if length > 1 else _loop(a, turn)
    bend = (0.12 + 0.11 * turn) * length
    control = (a[0] + dx / 2 - dy / length * bend * 2, a[1] + dy / 2 + dx / length * bend * 2)
    low, high = _GAP / length, 1 - _GAP / length
    points = tuple(_on_curve(a, control, b, low + (high - low) * n / _POINTS) for n in range(_POINTS + 1))
    x, y = _on_curve(a, control, b, 0.54)
    head = (x, y, math.atan2(*reversed(_slope(a, control, b, 0.54)))) if length > 26 else None
    return Course((points,), head)


def _on_curve(
    a: tuple[float, float], c: tuple[float, float], b: tuple[float, float], t: float
) -> tuple[float, float]:
    s = 1 - t
    return (s * s * a[0] + 2 * s * t * c[0] + t * t * b[0], s * s * a[1] + 2 * s * t * c[1] + t * t * b[1])


def _slope(
    a: tuple[float, float], c: tuple[float, float], b: tuple[float, float], t: float
) -> tuple[float, float]:
    return (
        (1 - t) * (c[0] - a[0]) + t * (b[0] - c[0]),
        (1 - t) * (c[1] - a[1]) + t * (b[1] - c[1]),
    )


def _loop(a: tuple[float, float], turn: int) -> Course:
    """Return a small round above a place: a leg within it."""
    radius = 7.0 + 3 * turn
    angles = (math.radians(120 + n * 300 / _POINTS) for n in range(_POINTS + 1))
    points = tuple(
        (a[0] + radius * math.cos(angle), a[1] - radius - 2 + radius * math.sin(angle)) for angle in angles
    )
    return Course((points,), None)


def _great_circle(start: tuple[float, float], end: tuple[float, float], view: View) -> Course:
    """Return the shortest way over the globe, in two lines where it leaves one side of the map and enters at the other."""
    p, q = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(u * v for u, v in zip(p, q, strict=True)))))
    lines: list[list[tuple[float, float]]] = [[]]
    before: float | None = None
    for n in range(3 * _POINTS + 1):
        t = n / (3 * _POINTS)
        k, m = (
            (math.sin((1 - t) * angle), math.sin(t * angle)) if 1e-6 < angle < math.pi - 1e-6 else (1 - t, t)
        )
        x, y, z = (k * u + m * v for u, v in zip(p, q, strict=True))
        lon, lat = math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
        here = turned(lon - view.longitude)
        if before is not None and abs(here - before) > 180:
            lines.append([])
        before = here
        lines[-1].append(view.at(lon, lat))
    kept = tuple(tuple(line) for line in lines if len(line) > 1)
    longest = max(kept, key=len, default=())
    if len(longest) < 4:
        return Course(kept, None)
    middle = len(longest) // 2
    (x0, y0), (x1, y1) = longest[middle - 1], longest[middle]
    return Course(kept, (x1, y1, math.atan2(y1 - y0, x1 - x0)))


def _vector(place: tuple[float, float]) -> tuple[float, float, float]:
    lon, lat = math.radians(place[0]), math.radians(place[1])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def drawn(one: Arc, kind: int) -> str:
    """Return the markup of a leg: its lines, and an arrow at its middle."""
    path = "".join(joined(line) for line in one.lines)
    shape = f'<path class="leg t{kind % 7 + 1}" stroke-width="{num(one.width)}" d="{path}"/>'
    if one.head is not None:
        x, y, angle = one.head
        size = 4 + one.width * 0.9
        points = [
            (x + size * math.cos(angle + turn) * far, y + size * math.sin(angle + turn) * far)
            for turn, far in ((0, 1.1), (2.5, 0.9), (-2.5, 0.9))
        ]
        shape += f'<path class="head" d="{joined(points, is_closed=True)}"/>'
    return shape
