"""Two texts side by side, with ribbons between the passages that they share.

    ribbons(8000, 2500, [Shared(100, 600, 0, 480)], names=("the letter", "the pamphlet"), title="What they share")

Each text is a bar from its first word to its last, both as wide as the picture, so a ribbon that narrows tells of shortening and
one that crosses another of a changed order. Not here: finding the passages, and their words; that is `regesta.sharing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from regesta.drawing.lettering import LARGE, written
from regesta.drawing.scales import compact
from regesta.drawing.svg import Drawing, num, root, told

__all__ = ["Shared", "ribbons"]

_BAR: Final = 12.0
_LEAST: Final = 1.2


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage of two texts: half-open ranges of their code points."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    alike: float = 1.0
    """Share of words that agree."""
    title: str = ""
    link: str | None = None


def ribbons(
    a_length: int,
    b_length: int,
    shared: Sequence[Shared],
    *,
    names: tuple[str, str],
    title: str,
    desc: str = "",
    width: float = 720,
    height: float = 150,
) -> Drawing:
    """Return the two bars and their ribbons; lengths are code points; long passages are drawn first, short ones over them.

    >>> drawing = ribbons(1000, 500, [Shared(0, 100, 0, 50), Shared(900, 1000, 400, 500, 0.8)], names=("a", "b"), title="Two")
    >>> drawing.svg.count('class="ribbon exact"'), drawing.svg.count('class="ribbon"')
    (1, 1)
    """
    left, right = 2.0, width - 2
    top, foot = 20.0, max(height - 20, 60.0)

    def at(place: int, length: int) -> float:
        return left + (right - left) * min(max(place, 0), max(length, 1)) / max(length, 1)

    parts = [
        written(names[0], left, top - 7, "name", size=LARGE, most=right - left - 90),
        written(compact(a_length), right, top - 7, "note", anchor="end"),
        written(names[1], left, foot + 15, "name", size=LARGE, most=right - left - 90),
        written(compact(b_length), right, foot + 15, "note", anchor="end"),
    ]
    parts += [
        f'<rect class="sheet" x="{num(left)}" y="{num(y)}" width="{num(right - left)}" height="{num(_BAR)}"/>'
        for y in (top, foot - _BAR)
    ]
    high, low = num(top + _BAR), num(foot - _BAR)
    middle = num((top + foot) / 2)
    for one in sorted(shared, key=lambda one: (one.a_start - one.a_end, one.a_start, one.b_start)):
        a, b = at(one.a_start, a_length), at(one.b_start, b_length)
        a = min(a, right - _LEAST)
        b = min(b, right - _LEAST)
        a_end, b_end = max(at(one.a_end, a_length), a + _LEAST), max(at(one.b_end, b_length), b + _LEAST)
        band = (
            f"M{num(a)} {high}C{num(a)} {middle} {num(b)} {middle} {num(b)} {low}H{num(b_end)}"
            f"C{num(b_end)} {middle} {num(a_end)} {middle} {num(a_end)} {high}z"
        )
        ends = "".join(
            f'<rect class="shared" x="{num(x)}" y="{num(y)}" width="{num(x_end - x)}" height="{num(_BAR)}"/>'
            for x, x_end, y in ((a, a_end, top), (b, b_end, foot - _BAR))
        )
        kind = "ribbon exact" if one.alike >= 0.995 else "ribbon"
        parts.append(told(f'<path class="{kind}" d="{band}"/>{ends}', one.title, one.link))
    return root(parts, width=width, height=foot + 22, kind="drawing-ribbons", title=title, desc=desc)
