"""Who came along: predicate `companion`, an entity, stated both ways.

    matches          "Jan Novak and Karel Kos flew"  ·  "fled with her son"  ·  "his aide Y defected with him"
    must not match   "He met Y and Z in Vienna."  ·  "X and Y were among hundreds who fled"  ·  "with the help of Y"  ·  "X fled from Y"

Only people of one sentence that tells of a flight that happened are companions: those who are its subject together, and
those whom "with", "together with", "bringing" joins to it.
"""

from __future__ import annotations

import re

from regesta.extraction.coming import of_comings
from regesta.extraction.cues import has_people, passages_spotted
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.told import movements_of
from regesta.model import EntityValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["companions"]

_MOST = 6
_A_PEOPLE = 100
"""Two groups of so many are counted beside each other, and nobody's company."""
_WITH = lazy(
    r"\b(?:with|together with|along with|accompanied by|alongside|bringing|bringing along|taking|taking along|carrying)\s+"
    r"(?:(?:both|all|another|fellow|the|an?)\s+)?(?:[a-z][\w-]*\s+){0,3}(?:[a-z][\w-]*,?\s+)?$"
)
_AND = lazy(
    r"(?:,|\band\b|&)\s*(?:(?:his|her|their|an?|the|two|three|four|five)\s+)?(?:[a-z][\w-]*\s+){0,4}$"
)
_NOT_WITH = lazy(
    r"\b(?:help|aid|assistance|support|permission|consent|money|agreement|negotiations|contact|interview|meeting|war)\b",
    re.IGNORECASE,
)

_AMONG = lazy(r"\b(?:were|are) (?:all |both )?among\b")
"""What makes several people some of many, who need not have come together."""


def companions(scene: Scene) -> None:
    """State who fled together."""
    stated: set[tuple[int, int]] = set()
    _of_entries(scene, stated)
    for passage in passages_spotted(scene, scene.lexicon.flight):
        if passage.kind in ("heading", "caption") or not has_people(scene, passage):
            continue
        for move in movements_of(scene, passage):
            if move.is_real and move.kind in ("arrive", "defect", "flee", "seek", "admit"):
                _of_move(scene, passage, move, stated)


def _of_move(scene: Scene, passage: Passage, move: Movement, stated: set[tuple[int, int]]) -> None:
    said = [
        s
        for s in scene.said[passage.index]
        if move.sentence.start <= s.span.start < move.sentence.end
        and s.actor.kind in ("person", "group")
        and not s.is_possessive
    ]
    together: list[tuple[Actor, Span]] = []
    for actor in move.who:
        named = (s.span for s in reversed(said) if s.actor is actor)
        place = next((p for p in named if move.is_presented or p.start < move.span.start), move.span)
        together.append((actor, place))
    if len(together) > 1 and _AMONG.search(
        scene.text, max(place.end for _, place in together), move.span.start
    ):
        together = together[:1]
    joined = False
    for one in said:
        if one.span.start < move.span.end:
            continue
        lead = scene.text[move.span.end : one.span.start]
        direct = _WITH.search(lead)
        if not (direct or (joined and _AND.search(lead[-60:]))):
            joined = False
            continue
        if _NOT_WITH.search(lead) or any(mark in lead for mark in ";:"):
            continue
        joined = True
        if one.form == "pronoun" and len(move.who) == 1 and one.actor is move.who[0]:
            other = _other(scene, passage, one.actor)
            if other is not None:
                _pairs(scene, [(other, one.span), together[0]], move.span, set())
            continue
        together.append((one.actor, one.span))
    _pairs(scene, together, move.span, stated)


def _other(scene: Scene, passage: Passage, actor: Actor) -> Actor | None:
    """Return who "him" is in "his aide Y defected with him": not Y but the one whom the entry is about."""
    entry = scene.entry_of[passage.index]
    if entry is None or not entry.principals or entry.principals[0] is actor:
        return None
    return entry.principals[0] if entry.principals[0].kind == "person" else None


def _of_entries(scene: Scene, stated: set[tuple[int, int]]) -> None:
    """People who share an entry are companions: "X – 12 May – former clerk and his aide Y came"."""
    for entry in scene.entries:
        if entry.kind == "row" and entry.table not in of_comings(scene):
            continue
        people = [a for a in entry.principals if a.kind == "person"]
        if len(people) < 2 or entry.kind == "prose" or not entry.passages:
            continue
        passage = scene.passages[entry.passages[0]]
        places = [
            (actor, next((s.span for s in scene.said[passage.index] if s.actor is actor), actor.first))
            for actor in people
        ]
        _pairs(scene, places, places[0][1], stated)


def _pairs(
    scene: Scene, together: list[tuple[Actor, Span]], verb: Span, stated: set[tuple[int, int]]
) -> None:
    people = [(a, s) for a, s in {id(a): (a, s) for a, s in together}.values()]
    if not 2 <= len(people) <= _MOST:
        return
    for one, here in people:
        for other, there in people:
            if one is other or (id(one), id(other)) in stated:
                continue
            if min(one.size or 0, other.size or 0) >= _A_PEOPLE:
                continue  # "1,127 came in one year, 1,137 in the next"
            stated.add((id(one), id(other)))
            evidence = here.cover(there) if verb in (here, there) else here.cover(there).cover(verb)
            if evidence.end - evidence.start > 300:
                evidence = here.cover(there)
            scene.state(one, "companion", EntityValue(key="", label=""), evidence, target=other)
