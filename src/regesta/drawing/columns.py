"""The marks of a chart of figures: a column each, or one line of steps with a place to point at for each figure.

About: the top fades. At least: an arrow upwards from the top. At most: hollow, an arrow down to it. Several years together:
pale. Open to one side: that side is an arrow. A figure of 0 is a mark on the axis and no empty place. Not here: where things
stand; a `Bar` has its left and right already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regesta.drawing.lettering import SMALL, width_of, written
from regesta.drawing.scales import Scale
from regesta.drawing.svg import num, told

__all__ = ["Bar", "column", "steps"]

_VISIBLE = 3.0
"""A step that is narrower gets a dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure that has its place on the axis of time."""

    left: float
    right: float
    start: float
    """Where its period begins, at or left of the column."""
    stop: float
    value: float
    label: str
    title: str
    link: str | None
    bound: str
    is_pooled: bool
    """It covers several periods together."""
    is_open: int
    """-1 where its period has no beginning, 1 where it has no end."""


def column(bar: Bar, figures: Scale, line: int, *, is_named: bool, edges: tuple[float, float]) -> str:
    """Return a column, its value above it where it is to be named."""
    zero = figures.at(max(figures.low, 0.0) if figures.low <= 0 else figures.low)
    y = figures.at(bar.value)
    wide = bar.right - bar.left
    top, tall = min(y, zero), abs(zero - y)
    classes = f"column s{line % 6 + 1}"
    if tall < 0.3:
        shape = f'<path class="zero" d="M{num(bar.left)} {num(zero - 1)}h{num(wide)}"/>'
    elif bar.is_open:
        shape = _open(bar, top, tall)
    else:
        kind = "most" if bar.bound == "max" else "pooled" if bar.is_pooled else "bar"
        down = min(4.0, tall) if bar.bound == "about" and bar.value > 0 else 0.0
        shape = (
            f'<rect class="{kind}" x="{num(bar.left)}" y="{num(top + down)}" '
            f'width="{num(wide)}" height="{num(max(tall - down, 0.5))}"/>'
        )
        if down:
            shape += "".join(
                f'<rect class="fade{k}" x="{num(bar.left)}" y="{num(top + down - 3 * k)}" width="{num(wide)}" height="2"/>'
                for k in (1, 2, 3)
                if top + down - 3 * k >= figures.end - 8
            )
    lift = 3.0
    if bar.bound in {"min", "max"}:
        x, head = (bar.left + bar.right) / 2, min(wide / 2, 3.5)
        fall = "" if bar.bound == "min" else "-"
        up = "-" if bar.bound == "min" else ""
        far = top - 1 if bar.bound == "min" else top - 9
        h = num(head)
        shape += (
            f'<path class="bound" d="M{num(x)} {num(far)}v{up}7m-{h} {fall}{h}l{h} {up}{h} {h} {fall}{h}"/>'
        )
        lift = 11.0
    elif bar.bound == "about":
        lift = 7.0
    if is_named:
        shape += _value(bar, top - lift if bar.value >= 0 else top + tall + 10, edges)
    return told(shape, bar.title, bar.link, classes)


def _value(bar: Bar, y: float, edges: tuple[float, float]) -> str:
    half = width_of(bar.label, SMALL) / 2
    x = min(max((bar.left + bar.right) / 2, edges[0] + half), edges[1] + 8 - half)
    return written(bar.label, x, y, "value", anchor="middle")


def _open(bar: Bar, top: float, tall: float) -> str:
    """Return a column whose side is an arrow: its period has no such end."""
    wide = bar.right - bar.left
    point = min(wide * 0.3, tall / 2, 8.0) * bar.is_open
    outer, inner = (bar.left, bar.right) if bar.is_open < 0 else (bar.right, bar.left)
    return (
        f'<path class="pooled" d="M{num(inner)} {num(top)}H{num(outer - point)}L{num(outer)} {num(top + tall / 2)}'
        f'L{num(outer - point)} {num(top + tall)}H{num(inner)}z"/>'
    )


def steps(
    bars: Sequence[Bar], figures: Scale, line: int, labelled: set[int], edges: tuple[float, float]
) -> str:
    """Return figures as one line of steps that breaks wherever a period is missing."""
    commands: list[str] = []
    hits: list[str] = []
    reached: float | None = None
    zero = figures.at(max(figures.low, 0.0) if figures.low <= 0 else figures.low)
    extra = []
    for n, bar in enumerate(bars):
        y = figures.at(bar.value)
        a, b = max(bar.start, edges[0]), min(bar.stop, edges[1])
        if reached is not None and abs(a - reached) < 0.3:
            commands.append(f"V{num(y)}H{num(b)}")
        else:
            commands.append(f"M{num(a)} {num(y)}H{num(b)}")
        reached = b
        if b - a < _VISIBLE:
            extra.append(f'<circle class="brief" cx="{num((a + b) / 2)}" cy="{num(y)}" r="1.8"/>')
        if bar.bound:
            extra.append(f'<circle class="loose" cx="{num((a + b) / 2)}" cy="{num(y)}" r="2.5"/>')
        top = min(y, zero)
        hit = f'<rect class="hit" x="{num(a)}" y="{num(top)}" width="{num(max(b - a, 0.5))}" height="{num(max(abs(zero - y), 2))}"/>'
        hits.append(told(hit, bar.title, bar.link))
        if n in labelled:
            extra.append(_value(bar, top - 5 if bar.value >= 0 else y + 12, edges))
    if not commands:
        return ""
    path = f'<path class="steps" d="{"".join(commands)}"/>'
    return f'<g class="line s{line % 6 + 1}">{path}{"".join(extra)}{"".join(hits)}</g>'
