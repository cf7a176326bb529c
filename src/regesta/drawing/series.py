"""Figures by period as columns or steps on a true axis of time.

    series([Line(name="arrivals", points=[Point("1998", 71), Point("1999", 148)])], title="Arrivals by year")

What a source leaves out is hatched and never bridged. A figure of several years together is a wide, pale column; one that is open
("before 1989") stands apart, behind a break of the axis. About fades at its top, at least and at most have arrows. Totals that
are stated stand below the axis as lines over what they cover: they are no observations and would dwarf them. Not here:
sums, rates and smoothing; only figures that somebody stated are drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

from regesta.drawing.bands import Band, lay
from regesta.drawing.columns import Bar, column, steps
from regesta.drawing.extent import extent_of
from regesta.drawing.frame import EDGE, Line, Point, Sorted, across, axis, gaps, grid, legend, totals
from regesta.drawing.lettering import LINE, SMALL, width_of
from regesta.drawing.scales import Scale, TimeScale, compact, steps_of
from regesta.drawing.svg import Drawing, root
from regesta.drawing.words import Words

__all__ = ["Line", "Point", "series"]

_LEAST_COLUMN: Final = 3.0
_WIDEST: Final = 56.0
_MOST: Final = 1e100
"""No figure of anything is larger; beyond it the arithmetic of scales overflows."""


def series(
    lines: Sequence[Line],
    *,
    title: str,
    desc: str = "",
    bands: Sequence[Band] = (),
    level: Point | None = None,
    width: float = 720,
    height: float = 260,
    scale: Literal["linear", "log"] = "linear",
    form: Literal["auto", "columns", "steps"] = "auto",
    words: Words | None = None,
) -> Drawing:
    """Return a chart of series; `height` is that of the plot, the drawing grows by what stands above and below it.

    `level` is a value that holds at all times, such as what a house can take: a broken line across all columns, called by its
    name. `omitted` names points without a date that can be drawn, with no value of this world, or not above 0 on a logarithmic scale, and
    bands outside the axis. Without a single figure the chart is an empty frame.

    >>> chart = series([Line(name="n", points=[Point("1998", 71), Point("2000", 312, bound="about")])], title="Arrivals")
    >>> chart.svg.count('class="column'), chart.svg.count('class="gap"'), chart.omitted
    (2, 1, ())
    """
    words = words or Words()
    omitted: list[str] = []
    sorted_ = [_sort(line, omitted, is_log=scale == "log") for line in lines]
    closed = [one for s in sorted_ for one in s.closed]
    values = [
        p.value
        for s in sorted_
        for p in (*(p for _, p in s.closed), *s.before, *s.after)
        if p.value is not None
    ]
    if level is not None and level.value is not None:
        values.append(level.value)
    figures = _figures(values, height, is_log=scale == "log")
    left = max((width_of(compact(t), SMALL) for t in figures.ticks(_count(height))), default=0) + EDGE
    right = width - EDGE
    zone = min(64.0, (right - left) * 0.15)
    plot_left = left + zone * (1 if any(s.before for s in sorted_) else 0)
    plot_right = right - zone * (1 if any(s.after for s in sorted_) else 0)
    days = [day for extent, _ in (closed or [t for s in sorted_ for t in s.totals]) for day in extent.known]
    time = TimeScale(min(days, default=0), max(days, default=365), plot_left, plot_right)
    top = EDGE + 4
    parts = []
    if len(lines) > 1:
        names, top = legend(lines, left, right, top)
        parts.append(names)
    laid = lay(bands, time, (left, right))
    plot_top = top + laid.height + 8
    foot = plot_top + height
    figures = Scale(figures.low, figures.high, foot, plot_top, figures.is_log, figures.least)
    parts.append(laid.draw(top, foot, (left, right)))
    parts.append(grid(figures, left, right, _count(height)))
    lengths = sorted(e.known[1] - e.known[0] + 1 for e, _ in closed)
    unit = lengths[len(lengths) // 2] if lengths else 365
    slot = unit * time.per_day / max(len(lines), 1)
    as_steps = form == "steps" or (form == "auto" and slot < _LEAST_COLUMN)
    columns: list[tuple[float, float, float]] = []
    for n, one in enumerate(sorted_):
        share = (0, 1) if as_steps else (n, max(len(lines), 1))
        parts.append(gaps(one, time, figures, unit, share, words, is_steps=as_steps and len(lines) > 1))
        bars = _bars(one, time, unit, share, (left, zone, right))
        columns += [(bar.left, bar.right, bar.value) for bar in bars]
        wide = bool(bars) and all(width_of(bar.label, SMALL) <= bar.right - bar.left + 2 for bar in bars)
        labelled = _worth_naming(bars) if wide else set()
        if bars and not wide and len(lines) == 1:
            labelled = {max(range(len(bars)), key=lambda i: bars[i].value)}
        if as_steps:
            parts.append(steps(bars, figures, n, labelled, (left, right)))
        else:
            parts += [
                column(bar, figures, n, is_named=i in labelled, edges=(left, right))
                for i, bar in enumerate(bars)
            ]
    if level is not None and level.value is not None and closed:
        parts.append(across(level, figures.at(level.value), (left, right), columns))
    parts.append(axis(time, unit, figures.at(max(figures.low, 0)), foot, sorted_, (left, zone, right)))
    stated, foot = totals(sorted_, time, foot + LINE + 8, (left, right), words)
    parts.append(stated)
    omitted += laid.omitted
    return root(
        parts, width=width, height=foot + 6, kind="drawing-series", title=title, desc=desc, omitted=omitted
    )


def _sort(line: Line, omitted: list[str], *, is_log: bool) -> Sorted:
    sorted_ = Sorted()
    for point in line.points:
        extent = extent_of(point.period)
        is_number = point.value is None or abs(point.value) <= _MOST  # not so of nan
        if extent is None or not is_number or (point.is_total and point.value is None):
            omitted.append(point.name or point.period)
        elif point.is_total:
            sorted_.totals.append((extent, point))
        elif is_log and point.value is not None and point.value < 0:
            omitted.append(point.name or point.period)
        elif extent.open_start:
            sorted_.before.append(point)
        elif extent.open_end:
            sorted_.after.append(point)
        else:
            sorted_.closed.append((extent, point))
    sorted_.closed.sort(key=lambda one: one[0].known)
    return sorted_


def _worth_naming(bars: Sequence[Bar]) -> set[int]:
    """Return which columns bear their figure: all, but for the noughts where they are many."""
    noughts = {i for i, bar in enumerate(bars) if not bar.value}
    return set(range(len(bars))) - (noughts if len(noughts) > len(bars) / 3 else set())


def _count(height: float) -> int:
    return max(2, round(height / 45))


def _figures(values: Sequence[float], height: float, *, is_log: bool) -> Scale:
    """Return the scale of figures from 0 to 1; its place is found later."""
    if is_log:
        above = [value for value in values if value > 1 / _MOST] or [1.0]
        low = 10.0 ** math.floor(math.log10(min(above)))
        high = max(above)
        if low == min(above):  # so that the least has a column
            low /= 10
        return Scale(low, high * 1.1, 1, 0, is_log=True)
    low, high = min([0.0, *values]), max([0.0, *values])
    least = 1.0 if all(value == int(value) for value in values) else 0.0
    if high == low:
        return Scale(0, 1, 1, 0, least=least)
    low, high = steps_of(low, high, _count(height), least)
    return Scale(low, high, 1, 0, least=least)


def _bars(
    one: Sorted, time: TimeScale, unit: float, share: tuple[int, int], zones: tuple[float, float, float]
) -> list[Bar]:
    left, zone, right = zones
    bars = []
    for points, start in ((one.before, left), (one.after, right - zone)):
        for k, point in enumerate(points):
            if point.value is not None:
                step = (zone - 16) / len(points)
                a = start + (6 if start == left else 10) + k * step
                bars.append(_bar(point, a, a + step, share, is_open=-1 if start == left else 1))
    for extent, point in one.closed:
        if point.value is None:
            continue
        first, last = extent.known
        is_pooled = last - first + 1 > 1.6 * unit
        bars.append(_bar(point, time.at(first), time.at(last + 1), share, is_pooled=is_pooled))
    return sorted(bars, key=lambda bar: (bar.left, bar.right))


def _bar(
    point: Point, a: float, b: float, share: tuple[int, int], *, is_pooled: bool = False, is_open: int = 0
) -> Bar:
    value = point.value or 0.0
    inset = (
        min((b - a) * 0.1, 4) if is_pooled else max(min((b - a) * 0.1, 4), (b - a - _WIDEST * share[1]) / 2)
    )
    start, stop = a, b
    a, b = a + inset, max(b - inset, a + inset + 0.5)
    wide = (b - a) / share[1]
    sign = {"about": "≈", "min": "≥", "max": "≤"}.get(point.bound, "")
    label = sign + compact(value).replace("-", "−")
    return Bar(
        left=a + wide * share[0],
        right=a + wide * (share[0] + 1),
        start=start,
        stop=stop,
        value=value,
        label=label,
        title=point.title or f"{point.name or point.period}: {label}",
        link=point.link,
        bound=point.bound,
        is_pooled=is_pooled,
        is_open=is_open,
    )
