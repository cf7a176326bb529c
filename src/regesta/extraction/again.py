"""Answers about one place that several rules ask for, found once.

    once(scene, _subject, passage, 41)      whom the clause at 41 speaks of: asked by arrivals, by ways, by ages

They follow from who is named, described or meant in the passage: while people are still being looked for nothing is kept, and
where a rule has said more of people since, the answer is found anew. This module does not know what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene

__all__ = ["keep_answers", "once"]

_T = TypeVar("_T")


def keep_answers(scene: Scene) -> None:
    """Keep from now on what `once` finds: everybody has been looked for."""
    scene.kept["again"] = {}


def once(scene: Scene, answer: Callable[[Scene, Passage, int], _T], passage: Passage, offset: int) -> _T:
    """Return what `answer` returns of a place in a passage; it may change nothing."""
    known: dict[tuple[object, ...], Any] | None = scene.kept.get("again")
    if known is None:
        return answer(scene, passage, offset)
    asked = answer, passage.index, offset, len(scene.said[passage.index])
    found: Any = known.get(asked, known)
    if found is known:
        found = known[asked] = answer(scene, passage, offset)
    kept: _T = found
    return kept
