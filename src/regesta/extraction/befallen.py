"""Whom or what an event befell.

the person acted upon, else the person who acts      "They caught [Filmon] on the second day"
the law that a clause names, or that "it" is         "The Asylum Act replaced the Aliens Act. [It] was amended in 2005."
the house that "it" or "the centre" is               "In 1981 Nordheim had 460 places. [The centre] closed in 1992."
what the clause is about                              `bearing.about`
"""

from __future__ import annotations

import re

from regesta.extraction.bearing import about
from regesta.extraction.clauses import Clause
from regesta.extraction.houses import house_at
from regesta.extraction.instruments import actor_of, instruments
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.text.patterns import lazy

__all__ = ["TURNING", "whose"]

TURNING = lazy(
    r"\b(?:introduced|enacted|adopted|passed|signed|ratified|abolished|repealed|revised|amended|extended|launched|came into force|took effect)\b"
)
"""What becomes of a law."""
_HEAD = len("The ")
"""How far from the beginning of a sentence its subject stands: "The Asylum Act replaced the Aliens Act. [It] was amended"."""
_OF_A_LAW = lazy(
    r"(?:(?:and|it|the|this|act|law) ){0,2}(?:(?:was|has been|had been) (?:\w+ly )?(?:amended|revised|repealed|abolished|replaced|superseded|suspended|extended|passed|adopted|enacted|ratified|tightened|relaxed|loosened|softened|widened|broadened|renewed|consolidated|rewritten)|"
    r"took effect|c[ao]me into (?:force|effect)|entered into force|amended|repealed|replaced)\b",
    re.IGNORECASE,
)
"""What becomes of a law, said of "it" or of nothing: "It was amended in 1996", ", took effect on 1 January 2002"."""

_OF_A_HOUSE = lazy(
    r"(?:it|(?:the|this|that) (?:[a-z]+ )?(?:camp|centre|center|house|home|hostel|shelter|facility|complex|school|prison|site|campus)) "
    r"(?:(?:was|has been|had been|is) (?:\w+ly )?)?(?:closed|shut|enlarged|expanded|rebuilt|renovated|renamed|moved|relocated|demolished|reopened|destroyed|dismantled|handed)\b",
    re.IGNORECASE,
)
"""What becomes of a house, said of "it" or "the camp"."""


def whose(scene: Scene, passage: Passage, clause: Clause, start: int) -> tuple[Actor, ...]:
    """Return whom the event befell: the person acted upon, the person who acts, the law, else what the clause is about."""
    found = instruments(scene, passage, clause.span)
    law = next((i for i in found if i.kind == "law" and not i.is_generic and not i.is_anaphor), None)
    people = [
        s
        for s in scene.said[passage.index]
        if clause.span.start <= s.span.start < clause.span.end
        and s.actor.kind in ("person", "group")
        and not s.is_possessive
    ]
    subject = [s for s in people if s.is_subject and s.span.end <= start]
    if (
        law is not None
        and TURNING.search(scene.text, *clause.span)
        and not any(s.form == "pronoun" for s in people)
        and not any(s.actor.kind == "group" for s in subject)
    ):
        return (actor_of(scene, passage, law),)
    if subject:
        return about(scene, passage, clause, start)
    entry = scene.entry_of[passage.index]
    acted = [s for s in people if s.span.start > start and s.form == "pronoun"] or [
        s for s in people if s.span.start > start and entry is not None and s.actor in entry.principals
    ]
    if acted:
        return (acted[0].actor,)
    if _OF_A_LAW.match(scene.text, clause.span.start):
        laws = [s for s in scene.said[passage.index] if s.actor.kind == "law" and s.span.end <= start]
        if laws:
            last = passage.sentence_at(laws[-1].span.start)
            heads = (s for s in laws if last.start <= s.span.start <= last.start + _HEAD)
            return (next(heads, laws[-1]).actor,)
    if _OF_A_HOUSE.match(scene.text, clause.span.start):
        house = house_at(scene, passage, start)
        if house is not None:
            return (house,)
    return about(scene, passage, clause, start)
