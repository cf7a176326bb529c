"""What stands around the columns of a chart: lines, axis, legend, what is missing, and totals that are stated.

Not here: the figures themselves (`columns`), and which of them there are (`series`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from regesta.dates.days import from_day_number
from regesta.drawing.bands import pack
from regesta.drawing.extent import Extent
from regesta.drawing.lettering import LARGE, LINE, SMALL, shorten, width_of, written
from regesta.drawing.scales import Scale, TimeScale, compact, unit_of
from regesta.drawing.svg import hatching, num, told
from regesta.drawing.words import Words

__all__ = ["EDGE", "Line", "Point", "Sorted", "across", "axis", "gaps", "grid", "legend", "totals"]

EDGE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series."""

    period: str
    """EDTF: `1998`, `1990/1993`, `../1988`, `2003-05`."""
    value: float | None
    """None where the source names the period and gives no figure."""
    name: str = ""
    """The period as worded."""
    title: str = ""
    """Shown on pointing; made of name and value where empty."""
    link: str | None = None
    bound: Literal["", "about", "min", "max"] = ""
    is_total: bool = False
    """A total that the source states; it is drawn apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A series: what is counted, and its figures."""

    name: str
    points: Sequence[Point]


@dataclass(slots=True)
class Sorted:
    """The points of a line by how they are drawn."""

    closed: list[tuple[Extent, Point]] = field(default_factory=list)
    before: list[Point] = field(default_factory=list)
    after: list[Point] = field(default_factory=list)
    totals: list[tuple[Extent, Point]] = field(default_factory=list)


def across(
    level: Point, y: float, edges: tuple[float, float], columns: Sequence[tuple[float, float, float]]
) -> str:
    """Return a line that holds at all times, with its name above it at the end where the columns are lower.

    A column is its left, its right and its value.
    """
    left, right = edges
    name = shorten(level.name, right - left, SMALL)
    wide = width_of(name, SMALL)
    at_left = max((value for a, _, value in columns if a < left + wide), default=0.0)
    at_right = max((value for _, b, value in columns if b > right - wide), default=0.0)
    x, anchor = (left, "start") if at_left < at_right else (right, "end")
    shape = f'<path class="mark" d="M{num(left)} {num(y)}H{num(right)}"/>'
    return told(
        shape + written(name, x, y - 4, "value", anchor=anchor),
        level.title or level.name,
        level.link,
        "level",
    )


def grid(figures: Scale, left: float, right: float, count: int) -> str:
    """Return the level lines with their figures."""
    parts = []
    for value in figures.ticks(count):
        y = figures.at(value)
        parts.append(f'<path class="grid" d="M{num(left)} {num(y)}H{num(right)}"/>')
        parts.append(written(compact(value).replace("-", "−"), left - 5, y + 3.5, "tick", anchor="end"))
    return "".join(parts)


def legend(lines: Sequence[Line], left: float, right: float, top: float) -> tuple[str, float]:
    """Return the names of lines with their colours, and how low they reach."""
    x, y, parts = left, top + 9, []
    for n, line in enumerate(lines):
        room = min(width_of(line.name, LARGE), right - left - 18)
        if x > left and x + 18 + room > right:
            x, y = left, y + LINE
        swatch = f'<rect class="swatch" x="{num(x)}" y="{num(y - 9)}" width="12" height="10"/>'
        name = written(line.name, x + 17, y, "name", size=LARGE, most=right - left - 17)
        parts.append(f'<g class="column s{n % 6 + 1}">{swatch}{name}</g>')
        x += room + 36
    return "".join(parts), y + 14


def gaps(
    one: Sorted,
    time: TimeScale,
    figures: Scale,
    unit: float,
    share: tuple[int, int],
    words: Words,
    *,
    is_steps: bool,
) -> str:
    """Return what lies between the figures of a line and has none, hatched."""
    holes: list[tuple[int, int]] = []
    reached: int | None = None
    for extent, point in one.closed:
        first, last = extent.known
        if reached is not None and first > reached + 1:
            holes.append((reached + 1, first - 1))
        if point.value is None and first > (first - 1 if reached is None else reached):
            holes.append((first, last))
        reached = last if reached is None else max(reached, last)
    merged: list[tuple[int, int]] = []
    for first, last in holes:
        if merged and first == merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    parts = []
    top, foot = figures.end, figures.start
    if is_steps:
        top = foot - 6
    for first, last in merged:
        pieces = max(1, round((last - first + 1) / unit)) if share[1] > 1 else 1
        x, step = time.at(first), (time.at(last + 1) - time.at(first)) / pieces
        if pieces > 60:  # too fine to be told apart
            pieces, step = 1, step * pieces
        boxes = [(x + k * step + step * share[0] / share[1], step / share[1]) for k in range(pieces)]
        lines = "".join(hatching(a, top, w, foot - top, 6) for a, w in boxes if w > 0.8)
        cover = f'<rect x="{num(x)}" y="{num(top)}" width="{num(step * pieces)}" height="{num(foot - top)}"/>'
        parts.append(
            told(
                f'{cover}<path class="hatch" d="{lines}"/>' if lines else cover,
                f"{_period(first, last)}: {words.gap}",
                None,
                "gap",
            )
        )
    return "".join(parts)


def _period(first: int, last: int) -> str:
    a, b = from_day_number(first), from_day_number(last)
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31):
        return str(a.year) if a.year == b.year else f"{a.year}–{b.year}"
    return f"{a}–{b}"


def axis(
    time: TimeScale,
    unit: float,
    zero: float,
    foot: float,
    sorted_: Sequence[Sorted],
    zones: tuple[float, float, float],
) -> str:
    """Return the axis of time, its labels, and the breaks before periods that are open."""
    left, zone, right = zones
    parts = [f'<path class="axis" d="M{num(left)} {num(zero)}H{num(right)}"/>']
    room = max(width_of("2000", SMALL), *(width_of(label, SMALL) for _, label in time.ticks(6)), 1) + 12
    periods = round((time.last + 1 - time.first) / unit)
    count = max(min(int((time.end - time.start) / room), periods), 1)
    kind, _ = unit_of((time.last + 1 - time.first) / count)
    middle = {"year": 365.25, "month": 30.4, "day": 1.0}[kind] * time.per_day / 2
    middle = middle if unit >= 0.9 * middle * 2 / time.per_day or kind == "year" else 0
    before, reached = _open_zone(
        [p for s in sorted_ for p in s.before], (0, left + zone - 6), foot, is_after=False
    )
    after, limit = _open_zone(
        [p for s in sorted_ for p in s.after], (right - zone + 8, right + EDGE), foot, is_after=True
    )
    for day, label in time.ticks(count):
        x = time.at(day) + middle
        half = width_of(label, SMALL) / 2
        x_text = min(max(x, half), right + EDGE - half)
        if x_text - half < reached + 4 or x_text + half > limit - 4 or x > time.end + 1:
            continue
        reached = x_text + half
        parts.append(f'<path class="axis" d="M{num(x)} {num(foot)}v4"/>')
        parts.append(written(label, x_text, foot + LINE, "tick", anchor="middle"))
    return "".join([*parts, before, after])


def _open_zone(
    points: Sequence[Point], edges: tuple[float, float], foot: float, *, is_after: bool
) -> tuple[str, float]:
    """Return the break before a zone of open periods and its label, and how near to the axis of time that comes."""
    if not points:
        return "", math.inf if is_after else -math.inf
    at = edges[0] - 4 if is_after else edges[1]
    parts = f'<path class="break" d="M{num(at - 4)} {num(foot + 5)}l4 -10M{num(at)} {num(foot + 5)}l4 -10"/>'
    names = {point.name or _open_name(point.period) for point in points}
    label = shorten(names.pop() if len(names) == 1 else "…", edges[1] - edges[0] - 4, SMALL)
    room = width_of(label, SMALL)
    middle = (edges[0] + edges[1]) / 2 if is_after else edges[1] - 28
    x = min(max(middle, edges[0] + room / 2), edges[1] - room / 2 - 2)
    parts += written(label, x, foot + LINE, "tick", anchor="middle")
    return parts, x - room / 2 if is_after else x + room / 2


def _open_name(period: str) -> str:
    """Return `… 1988` for `../1988`."""
    return " … ".join(side.strip(".") for side in period.split("/")).strip()


def totals(
    sorted_: Sequence[Sorted], time: TimeScale, top: float, edges: tuple[float, float], words: Words
) -> tuple[str, float]:
    """Return stated totals as lines over what they cover, and how low they reach."""
    rows = []
    for n, one in enumerate(sorted_):
        for extent, point in one.totals:
            first, last = extent.known
            a = edges[0] if extent.open_start else time.at(first)
            b = edges[1] if extent.open_end else time.at(last + 1)
            sign = {"about": "≈", "min": "≥", "max": "≤"}.get(point.bound, "")
            figure = sign + compact(point.value or 0.0)
            name = point.name or point.period
            is_told = name.casefold().startswith(words.total.split()[-1].casefold())  # "Total, 1953 to 2009"
            label = f"{name}: {figure}" if is_told else f"{words.total} {name}: {figure}"
            room = min(width_of(label, SMALL), edges[1] - edges[0])
            x = min(max((a + b) / 2 - room / 2, edges[0]), edges[1] - room)
            rows.append(
                (min(a, x), max(b, x + room) + 10, a, max(b, a + 1), x, room, label, point, extent, n)
            )
    placed = pack([(row[0], row[1]) for row in rows])
    parts = []
    for row, (_, _, a, b, x, room, label, point, extent, n) in zip(placed, rows, strict=True):
        y = top + row * 26 + 22
        ends = ("" if extent.open_start else f"M{num(a)} {num(y - 4)}v8") + (
            "" if extent.open_end else f"M{num(b)} {num(y - 4)}v8"
        )
        ends += f"M{num(a + 5)} {num(y - 4)}l-5 4 5 4" if extent.open_start else ""
        ends += f"M{num(b - 5)} {num(y - 4)}l5 4 -5 4" if extent.open_end else ""
        line = f'<path class="stated" d="M{num(a)} {num(y)}H{num(b)}{ends}"/>'
        words_ = written(label, x, y - 7, "note", most=room + 1)
        parts.append(told(line + words_, point.title or label, point.link, f"total s{n % 6 + 1}"))
    return "".join(parts), top + (max(placed) + 1) * 26 + 4 if rows else top - 4
