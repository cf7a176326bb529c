"""Which entry of a list stands under which: by indentation, and at equal indentation by the kind of bullet.

• 1953                     depth 1
  – Kim fled.              depth 2: deeper
- Park fled.               depth 2: not deeper, but another bullet than the list began with
• 1954                     depth 1
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.reading.plain.sense import Sense
from regesta.reading.plain.units import Unit

__all__ = ["depths"]


@dataclass(slots=True)
class _Level:
    indent: int
    kind: str
    unit: int


_ENTRIES = ("list_item", "footnote", "bibliography")


def depths(pieces: list[Unit], senses: list[Sense]) -> list[tuple[int, int]]:
    """Return (depth, index of the parent unit) for each unit: (0, -1) for what is in no list."""
    found: list[tuple[int, int]] = []
    stack: list[_Level] = []
    for number, (unit, sense) in enumerate(zip(pieces, senses, strict=True)):
        if sense.kind in _ENTRIES and not sense.is_flat:
            _fall_back(stack, unit)
            parent = stack[-1].unit if stack else -1
            stack.append(_Level(unit.indent, _bullet(unit), number))
            found.append((len(stack), parent))
            continue
        if (
            sense.kind in ("paragraph", "quote", "table", "caption")
            and stack
            and unit.indent > stack[0].indent
        ):
            while len(stack) > 1 and unit.indent <= stack[-1].indent:
                stack.pop()
            found.append((0, stack[-1].unit))
            continue
        if sense.kind != "furniture" or unit.indent == 0:
            stack.clear()
        found.append((1 if sense.kind in _ENTRIES else 0, -1))
    return found


def _bullet(unit: Unit) -> str:
    return unit.mark_kind or "indent"


def _fall_back(stack: list[_Level], unit: Unit) -> None:
    """Take from the stack what the unit does not stand under."""
    kind = _bullet(unit)
    while stack and stack[-1].indent > unit.indent:
        stack.pop()
    if not stack or stack[-1].indent < unit.indent:
        return
    if set(kind) == {"*"} and set(stack[-1].kind) == {"*"}:
        while stack and stack[-1].indent == unit.indent and len(stack[-1].kind) >= len(kind):
            stack.pop()
        return
    same = [level.kind for level in stack if level.indent == unit.indent]
    if kind in same:
        while stack[-1].kind != kind:
            stack.pop()
        stack.pop()
    # A line without a bullet at the indentation of a bullet is no child of it.
    elif kind == "indent" or same[-1] == "indent":
        stack.pop()
