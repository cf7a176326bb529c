"""Whether what an entry tells comes after the flight it tells of: what somebody was before it is a role, what became of somebody is not."""

from __future__ import annotations

import re

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.told import movements_of
from regesta.text.patterns import lazy

__all__ = ["EARLIER", "FLIGHTS", "LATER", "has_fled", "has_told", "is_later"]

LATER = lazy(
    r"\b(?:later|now|nowadays|today|currently|since|afterwards?|subsequently|thereafter)\b", re.IGNORECASE
)
EARLIER = lazy(
    r"\b(?:before|prior to|until|previously|formerly|used to|had|once|at the time|by then)\b", re.IGNORECASE
)
FLIGHTS = frozenset(("arrive", "defect", "flee", "admit"))


def has_told(scene: Scene, passage: Passage, actor: Actor, offset: int) -> bool:
    """Whether the sentences before have already told what the person was, or that the person fled."""
    if any(
        f.predicate == "role" and f.spans[0].end <= offset and f.spans[0].start >= passage.span.start
        for f in scene.facts_of(actor)
    ):
        return True
    return any(passage.span.start <= move < offset for move in _moves(scene, passage.index))


def has_fled(scene: Scene, passage: Passage, offset: int) -> bool:
    """Return whether the entry has told of a flight before `offset`."""
    entry = scene.entry_of[passage.index]
    indices = entry.passages if entry else [passage.index]
    return any(move < offset for index in indices if index <= passage.index for move in _moves(scene, index))


def is_later(scene: Scene, passage: Passage, offset: int) -> bool:
    """Return whether what the entry tells at `offset` comes after the flight: a flight is told before, or none after.

    A biography tells in order; an entry that tells of no movement is about what became of its people.
    """
    entry = scene.entry_of[passage.index]
    indices = entry.passages if entry else [passage.index]
    before = after = False
    for index in indices:
        if index > passage.index and before:
            break
        for move in _moves(scene, index):
            if move < offset:
                before = True
            else:
                after = True
    return before or not after


def _moves(scene: Scene, index: int) -> list[int]:
    return [
        m.span.start for m in movements_of(scene, scene.passages[index]) if m.is_real and m.kind in FLIGHTS
    ]
