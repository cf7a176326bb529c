"""The movements of each passage, found once: several rules ask for them, and none may change them."""

from __future__ import annotations

from regesta.extraction.movement import Movement, movements
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene

__all__ = ["movements_of"]


def movements_of(scene: Scene, passage: Passage) -> list[Movement]:
    """Return the movements of a passage in the order of the text; found anew where more people were met since."""
    known: dict[int, tuple[int, list[Movement]]] = scene.kept.setdefault("told", {})
    n_said = len(scene.said[passage.index])  # a rule that says more of people may change who moves
    found = known.get(passage.index)
    if found is None or found[0] != n_said:
        found = known[passage.index] = n_said, list(movements(scene, passage))
    return found[1]
