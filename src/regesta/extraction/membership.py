"""Who the members of a counted group are, where they are named one by one beside it or when it is spoken of again.

    I left with two others, Yonas and a girl called Abrehet.        the two others
    Three brothers were picked up. The brothers, Ali, Omar and Sami Haddad, had ...      the three brothers
    ... and a neighbour. The neighbour, Rule Batista, 22, said      the neighbour

A group of known members travels as its members do: what befell one of them befell him alone (`travellers.py`), and what
dates the group dates them (`families.py`). A row counts only where it has as many people as the group.
"""

from __future__ import annotations

import re

from regesta.extraction.cues import Cue
from regesta.extraction.enumeration import row_after
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene

__all__ = ["find_members"]

_ROW = re.compile(r"(?: (?:from|of|in|at) [^,.;:]{2,30})?(?:,|:| –) ")
"""What may stand between a group and the row of its members."""
_AGAIN = Cue("the", r"\b[Tt]he (?:two |three |four |five |six )?(?P<noun>[a-z]+), ", opening="the")
_NEAR = 6
"""Passages within which a group is spoken of again."""


def find_members(scene: Scene) -> None:
    """Fill `Actor.members` of the unnamed groups of the document."""
    if not any(actor.kind == "group" for actor in scene.actors):
        return
    for passage in scene.passages:
        if passage.kind not in ("prose", "item"):
            continue
        for said in scene.said[passage.index]:
            if said.form == "description" and said.actor.kind == "group" and said.actor.size:
                _beside(scene, passage, said)
        for match in _AGAIN.find(scene, passage.span):
            _again(scene, passage, match)


def _beside(scene: Scene, passage: Passage, said: Said) -> None:
    lead = _ROW.match(scene.text, said.span.end, passage.span.end)
    if lead is None:
        return
    row = row_after(scene, passage, lead.end() - 1, passage.sentence_at(said.span.start).end)
    _note(said.actor, [s.actor for s in row])


def _again(scene: Scene, passage: Passage, match: re.Match[str]) -> None:
    noun = scene.lexicon.singular(match["noun"])
    group = next(
        (
            s.actor
            for index in range(passage.index, max(-1, passage.index - _NEAR), -1)
            for s in scene.said[index]
            if s.form == "description"
            and s.span.end <= match.start()
            and s.actor.kind == "group"
            and not s.actor.members
            and scene.lexicon.singular(s.actor.head) == noun
        ),
        None,
    )
    if group is not None:
        row = row_after(scene, passage, match.end() - 1, passage.sentence_at(match.start()).end)
        _note(group, [s.actor for s in row])


def _note(group: Actor, row: list[Actor]) -> None:
    members = tuple(dict.fromkeys(a for a in row if a is not group))
    if len(members) == (group.size or len(members)) and len(members) > 1:
        group.members = members
