"""The movements of each passage, found once: several rules ask what an entry tells before and after a flight."""

from __future__ import annotations

from regesta.extraction.movement import Movement, movements
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene

__all__ = ["movements_of"]


def movements_of(scene: Scene, passage: Passage) -> list[Movement]:
    """Return the movements of a passage in the order of the text; kept as long as the scene lives."""
    known: dict[int, list[Movement]] = scene.kept.setdefault("told", {})
    if passage.index not in known:
        known[passage.index] = list(movements(scene, passage))
    return known[passage.index]
