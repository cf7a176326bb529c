"""The levels of headings that have no sign of their own.

The title                 1   the first of all
Routes                    2
By sea                  3   right below another heading
By land                 3   begins ... like "By sea"
1950s                     2
1953                    3   a year below a decade
"""

from __future__ import annotations

from itertools import takewhile

from regesta.reading.citing.apparatus import strip_edit
from regesta.reading.plain.headings import heading_shape, is_day
from regesta.reading.plain.sense import Sense
from regesta.reading.plain.units import Unit

__all__ = ["set_levels"]


def set_levels(units: list[Unit], senses: list[Sense]) -> None:
    """Give headings their levels: the first is the title, like shapes get like levels, a heading right below one is deeper."""
    shapes: dict[str, int] = {}
    above: int | None = None
    has_title = False
    has_capitals = (
        sum(
            sense.kind == "heading" and heading_shape(unit.words) == "capitals"
            for unit, sense in zip(units, senses, strict=True)
        )
        >= 2
    )
    has_level_1 = any(unit.level == 1 for unit in units)
    last = 1
    above_all = takewhile(
        lambda one: one[1].kind == "furniture" or is_day(one[0].words), zip(units, senses, strict=True)
    )
    n_above = sum(1 for _ in above_all)
    for index, (unit, sense) in enumerate(zip(units, senses, strict=True)):
        if sense.kind != "heading":
            above = None if sense.kind not in ("furniture", "caption") else above
            continue
        shape = heading_shape(strip_edit(unit.words))
        is_time = shape in ("period", "decade", "century")
        if unit.level and not (unit.marker == "-" and not has_level_1 and index <= n_above):
            sense.level = min(6, unit.level)
        elif not has_title and not is_time and sense.role is None and index <= n_above:
            sense.level = 1
        elif sense.role is not None:
            sense.level = 2
        elif shape in shapes:
            sense.level = shapes[shape]
        elif is_time:
            coarser = {"century": (), "decade": ("century",), "period": ("century", "decade")}[shape]
            under = [shapes[s] for s in coarser if s in shapes]
            sense.level = max(under) + 1 if under else min(3, max(2, last + 1))
        elif shape.startswith("number"):
            sense.level = 2 + int(shape.split()[1])
        elif above is not None:
            sense.level = min(6, above + 1)
        else:
            sense.level = 3 if has_capitals and shape != "capitals" else 2
        if sense.level > 1 and not unit.level and sense.role is None:
            shapes.setdefault(shape, sense.level)
        if not is_time:
            last = sense.level
        has_title = has_title or sense.level == 1
        above = sense.level
