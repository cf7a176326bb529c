"""How a line stands among its neighbours: alone, above a list, said before. `headings` judges its words."""

from __future__ import annotations

from regesta.reading.headings import could_head, heading_shape, is_period
from regesta.reading.sense import Senses

__all__ = ["is_repeated", "stands_as_heading", "stands_as_numbered_heading"]


def is_repeated(senses: Senses, index: int) -> bool:
    """Return whether the line says again what an earlier one said."""
    words = senses.units[index].words.casefold()
    return any(unit.words.casefold() == words for unit in senses.units[:index])


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
        or (below.kind == "text" and len(below.words) > 120)
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
        and len(below.words) > len(unit.words)
        and below.indent <= unit.indent + 3
        and (above is None or (above.kind != "item" and bool(unit.gap)))
    )
