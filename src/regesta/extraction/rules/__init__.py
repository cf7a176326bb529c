"""The rules of extraction, in the order in which they run.

A rule is a function `(scene) -> None`, or returns points of a series with the facts that say the same. Earlier rules win
where two make the same claim; the later ones see what is already claimed (`scene.is_claimed`).
"""

from __future__ import annotations

from collections.abc import Callable

from regesta.extraction.rules.arrival import arrivals
from regesta.extraction.scene import Fact, Scene
from regesta.model import Observation

__all__ = ["RULES", "Rule"]

Rule = Callable[[Scene], list[tuple[Fact, Observation]] | None]

RULES: tuple[Rule, ...] = (arrivals,)
