"""How a line stands among its neighbours: alone, above a list, said before. `headings` judges its words."""

from __future__ import annotations

from collections.abc import Callable

from regesta.reading.plain.headings import could_head, heading_shape, is_period
from regesta.reading.plain.sense import Senses

__all__ = ["first_said", "stands_as_heading", "stands_as_numbered_heading"]

_MAX_REPEATED = 600
"""Code points, of what could be a heading said twice; three times what `could_head` takes, as case may lengthen words."""


def first_said(senses: Senses) -> Callable[[str], int]:
    """Return what tells which unit was the first to say the words of a short line, in whatever case."""
    first: dict[str, int] = {}

    def index_of(words: str) -> int:
        if not first:
            for index, unit in enumerate(senses.units):
                if unit.length <= _MAX_REPEATED:
                    first.setdefault(unit.words.casefold(), index)
        return first[words.casefold()]

    return index_of


def stands_as_heading(senses: Senses, index: int) -> bool:
    """Return whether a free unit of text stands and reads like a heading."""
    unit = senses.units[index]
    if unit.kind != "text" or not unit.is_single or not could_head(unit.words):
        return False
    below = senses.units[index + 1] if index + 1 < len(senses.units) else None
    if below is None:
        return False
    if is_period(unit.words):
        return True
    stands_alone = bool(unit.gap) or index == 0
    is_deeper = below.indent > unit.indent
    opens = (
        unit.gap_after
        or below.kind in ("item", "grid")
        or is_deeper
        or (below.kind == "text" and below.length > 120)
    )
    is_capitals = heading_shape(unit.words) == "capitals"
    return bool((stands_alone and opens) or (is_capitals and (stands_alone or opens)))


def stands_as_numbered_heading(senses: Senses, index: int) -> bool:
    """Return whether a numbered item alone between paragraphs is a heading: "2. Routes"."""
    unit = senses.units[index]
    if unit.mark_kind != "1." or not unit.is_single or not could_head(unit.words) or not unit.gap_after:
        return False
    below = senses.units[index + 1] if index + 1 < len(senses.units) else None
    above = senses.units[index - 1] if index else None
    return (
        below is not None
        and below.kind == "text"
        and below.length > unit.length
        and below.indent <= unit.indent + 3
        and (above is None or (above.kind != "item" and bool(unit.gap)))
    )
