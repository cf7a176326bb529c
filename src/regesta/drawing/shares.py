"""Shares of a whole as one bar: what became of a text, of a budget, of a crowd.

    shares([("in claims", 0.4), ("left out", 0.1)], title="What was read")      ████████░░................

Parts stand in the given order, each with its name and share as its title; what they leave of the whole stays empty. A bar is small
enough to stand in a line of a table. Not here: what the parts are, and numbers beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from regesta.drawing.svg import Drawing, num, root, told

__all__ = ["shares"]

_LEAST: Final = 1.5
"""Pixels of a part that is there at all."""


def shares(
    parts: Sequence[tuple[str, float]], *, title: str, width: float = 220, height: float = 12
) -> Drawing:
    """Return the bar; shares are of 1, those beyond the whole are cut, those that are none at all are left out.

    >>> bar = shares([("used", 0.75), ("seen", 0), ("left out", 0.5)], title="What was read", width=100)
    >>> bar.svg.count('class="share'), 'width="75"' in bar.svg, 'width="25"' in bar.svg, bar.omitted
    (2, True, True, ('seen',))
    """
    drawn = [f'<rect class="sheet" x="0.5" y="0.5" width="{num(width - 1)}" height="{num(height - 1)}"/>']
    omitted = []
    at = 0.0
    for number, (name, share) in enumerate(parts, 1):
        wide = min(max(share if share == share else 0.0, 0.0) * width, width - at)  # noqa: PLR0124 - not a number
        if wide <= 0:
            omitted.append(name)
            continue
        wide = min(max(wide, _LEAST), width - at)
        rect = f'<rect x="{num(at)}" y="0" width="{num(wide)}" height="{num(height)}"/>'
        drawn.append(told(rect, f"{name}: {share:.0%}", class_=f"share p{min(number, 4)}"))
        at += wide
    return root(drawn, width=width, height=height, kind="drawing-shares", title=title, omitted=omitted)
