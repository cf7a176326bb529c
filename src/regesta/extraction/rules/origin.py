"""Where people came from, as a table says it: predicate `origin`.

    matches          a column "From", "Home town", "Nationality", "Place of origin"
    must not match   a table without such a column: in sentences `routes` and `lives` tell of places

The words of the cell are the value. Nothing is made of them here.
"""

from __future__ import annotations

from regesta.extraction.scene import Scene
from regesta.model import TextValue

__all__ = ["origins"]

_LONGEST = 100
"""Code points of a cell that still names a place."""


def origins(scene: Scene) -> None:
    """State where the people of each row are from."""
    for entry in scene.entries:
        cell = entry.cells.get("origin") if entry.kind == "row" else None
        if cell is None or cell.end - cell.start > _LONGEST:
            continue
        said = " ".join(cell.of(scene.text).split())
        if not any(letter.isalpha() for letter in said):
            continue
        names = entry.cells.get("name") or entry.cells.get("family")
        spans = [cell, *([names] if names else [])]
        for actor in entry.principals:
            if actor.kind in ("person", "group"):
                scene.state(actor, "origin", TextValue(text=said), *spans, claims=[cell])
