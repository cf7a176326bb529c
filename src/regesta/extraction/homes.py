"""The country that somebody fled from: who comes to a town of it has only come as far as that.

    I am from Sudan. ... In 2002 I went to Khartoum            a town at home: no arrival
    My Escape from Hungary ... on 4 December we reached Győr    neither
    She fled Somalia in 1991 and came to Nairobi                abroad

It is told by the first flight that names a country, else by where somebody says to come from, else by the heading of a teller's
story. Countries that once were two, where one could flee from the one into the other, are nobody's home here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from regesta import places
from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.extraction.subjects import subject_of
from regesta.text.span import Span

__all__ = ["homes", "is_at_home"]

_ONCE_TWO = frozenset(("DE", "VN", "YE", "CY", "KR", "KP"))
_FROM = re.compile(r"(?: (?:from|out of|away from))? (?:the )?")
_COMES_FROM = Cue(
    "from born raised grew",
    r"\b(?:am|is|I'm|come|comes|came|hails?)(?: \w+ly)? from (?:the )?|\b(?:born|raised|grew up)\b[^.;,]{0,30}? in (?:[A-Z][\w'-]+, )?(?:the )?",
    opening="am is i come comes came hail hails born raised grew",
)
_HEADS = re.compile(r"\b(?:[Ee]scape|[Ff]light|[Ff]leeing|[Ee]scaping) (?:from |out of )?(?:the )?")
_OPENING = 3
"""Passages among which the heading of a story stands."""


def homes(scene: Scene, moves: Mapping[int, list[Movement]]) -> dict[int, str]:
    """Return the code of the country that each actor fled from, by the id of the actor, where one is told."""
    found: dict[int, str] = {}
    reached: set[tuple[int, str]] = set()
    fled_to: set[tuple[int, str]] = set()
    for index, row in moves.items():
        for move in row:
            if not move.who:
                continue
            if move.kind in ("arrive", "admit", "seek") and move.place is not None:
                goal = places.country(move.place.of(scene.text)) or ""
                reached |= {(id(actor), goal) for actor in move.who}
            if move.kind in ("flee", "defect"):
                code = _country(scene, scene.passages[index], move.span.end, _FROM)
                refuge = places.country(move.place.of(scene.text)) if move.place is not None else None
                if refuge is not None:
                    fled_to |= {(id(actor), refuge) for actor in move.who}
                for actor in move.who if code else ():
                    if (id(actor), code) not in reached:  # "arrived in Kenya and left Kenya again"
                        found.setdefault(id(actor), code)
    found = {actor: code for actor, code in found.items() if (actor, code) not in fled_to}
    for passage in passages_with(scene, _COMES_FROM.words):
        for match in _COMES_FROM.find(scene, passage.span):
            code = _country(scene, passage, match.end(), None)
            for actor in subject_of(scene, passage, match.start()) if code else ():
                found.setdefault(id(actor), code)
    tellers = {id(actor) for actor in scene.tellers if actor is not None}
    for passage in scene.passages[:_OPENING] if len(tellers) == 1 else ():
        for match in _HEADS.finditer(scene.text, *passage.span) if passage.kind == "heading" else ():
            if code := _country(scene, passage, match.end(), None):
                found.setdefault(next(iter(tellers)), code)
    return found


def _country(scene: Scene, passage: Passage, at: int, lead: re.Pattern[str] | None) -> str:
    """Return the code of the country that is named at a position, behind what may lead to it; empty where none is."""
    if lead is not None:
        match = lead.match(scene.text, at, passage.span.end)
        at = match.end() if match else at
    named = next((c for c in scene.chunks[passage.index] if c.span.start == at), None)
    code = places.country(named.text) if named is not None else None
    return "" if code is None or code.startswith("x-") or code in _ONCE_TWO else code


def is_at_home(scene: Scene, home: str | None, where: Span | None) -> bool:
    """Return whether a place surely lies in the country of the code."""
    if home is None or where is None:
        return False
    place = places.settled(where.of(scene.text))
    return place is not None and place.country == home
