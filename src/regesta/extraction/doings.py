"""What somebody did where no word for a role says it.

    worked in a shipyard at Gdynia  ·  one of a 31-person team sent to Oslo  ·  NAME – father of the nuclear programme

Where a word for a role stands in the same words, `rules/role.py` has claimed it already, and names it as `covered`.
"""

from __future__ import annotations

import re

from regesta.extraction.after_flight import EARLIER, LATER, has_fled
from regesta.extraction.clauses import spell_out
from regesta.extraction.cues import Cue
from regesta.extraction.passages import Passage
from regesta.extraction.reach import is_role, plain
from regesta.extraction.role_places import UNREAL, is_told_of, named_before, opens_telling
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import TextValue
from regesta.text.span import Span

__all__ = ["DOING", "MEMBER", "state_doings", "state_founders"]

DOING = Cue(
    "work worked working employed served",
    r"\b(?:used to work|had (?:once )?worked|(?:has|have) worked|worked|had been working|was working|were working|working|employed|had served|served)\s+"
    r"(?!as (?:(?:an?|the|its|his|her|their) )?(?:inspiration|basis|model|example|reminder|symbol|proof|warning|setting|backdrop|evidence)\b)"
    r"(?=(?:(?:for|over) (?:\w+ ){1,3}(?:years|months|decades) )?(?:as|in|at|for|with|on|by|under (?:the|a|an)? ?(?!name))\s?)",
    re.IGNORECASE,
    opening="used had has have was were worked working employed served",
)
MEMBER = Cue(
    "one member members part",
    r"\b(?:one of (?:an?|the|several|\w+)|(?:an? |the )?(?:former )?members? of (?:an?|the)|part of (?:an?|the))\s+(?=[^.;,]{3,200})",
    re.IGNORECASE,
)


def state_doings(scene: Scene, passage: Passage, covered: list[Span]) -> None:
    """State what somebody did where no word for a role says it: "worked in ...", "one of a team sent ..."."""
    for match in DOING.find(scene, passage.span):
        if any(span.start - 40 < match.end() <= span.start + 2 for span in covered):
            continue
        start = match.start()
        sentence = passage.sentence_at(start)
        if UNREAL.search(scene.text, max(sentence.start, start - 30), start):
            continue
        follows = scene.text[match.end() : match.end() + 24].split()
        if follows[:1] == ["by"] and "employed" not in match.group().lower():
            continue
        if re.search(
            r"\b(?:becom\w+|became)\s+(?:an?\s+)?(?:\w+\s+){1,2}$",
            scene.text[max(sentence.start, start - 40) : start],
        ):
            continue
        end = spell_out(scene, passage, match.end())
        later = has_fled(scene, passage, start) and not EARLIER.search(scene.text, sentence.start, end + 20)
        if passage.index and later and opens_telling(scene, sentence, start):
            later = bool(LATER.search(scene.text, sentence.start, start))
        actors = _before_participle(scene, passage, start) or subject_of(scene, passage, start)
        for actor in actors:
            if actor.kind == "person" or (
                actor.kind == "group" and is_told_of(scene, passage, actor, sentence)
            ):
                scene.state(
                    actor,
                    "role_after" if later else "role",
                    TextValue(text=plain(scene, Span(start, end))),
                    Span(start, end),
                )
    for match in MEMBER.find(scene, passage.span):
        words = scene.tokens.between(match.end(), match.end() + 60)
        group = next(
            (
                i
                for i in words
                if scene.lexicon.singular(scene.tokens.lowers[i]) in scene.lexicon.group_nouns
                or scene.tokens.lowers[i] in scene.lexicon.organisations
            ),
            None,
        )
        if group is None or any(
            mark in scene.text[match.end() : scene.tokens.starts[group]] for mark in ",.;"
        ):
            continue
        end = spell_out(scene, passage, match.start())
        sentence = passage.sentence_at(match.start())
        if any(s.overlaps((match.start(), end)) for s in covered):
            continue
        people = [s for s in scene.said[passage.index] if s.actor.kind == "person"]
        before = named_before(scene, passage, people, match.start())
        lead = scene.text[max(sentence.start, match.start() - 16) : match.start()]
        members: tuple[Actor, ...] = ()
        if before is not None:
            members = (before.actor,)
        elif re.search(r"\b(?<!which )(?:was|were|(?:work|serv)\w+ as|been|is)\s+$", lead):
            members = subject_of(scene, passage, match.start())
        for actor in members:
            span = Span(match.start(), end)
            scene.state(actor, "role", TextValue(text=plain(scene, span)), span)


def state_founders(scene: Scene, passage: Passage, fathers: list[int]) -> None:
    """Read "NAME – father of the nuclear programme": a relative's word with a thing behind it is an honour, not kin."""
    tokens = scene.tokens
    for index in fathers:
        if not passage.span.start <= tokens.starts[index] < passage.span.end or index + 2 >= len(tokens):
            continue
        start = tokens.starts[index]
        people = [s for s in scene.said[passage.index] if s.actor.kind == "person"]
        before = named_before(scene, passage, people, start)
        end = spell_out(scene, passage, start, 90)
        inside = [s for s in people if start < s.span.start < end]
        things = range(index + 2, tokens.between(start, end).stop)
        if (
            before is None
            or inside
            or not things
            or tokens.lowers[index + 2] in ("a", "an", "two", "three", "four", "five")
        ):
            continue
        if any(
            tokens.lowers[i] in scene.lexicon.kin or is_role(tokens.lowers[i], scene.lexicon) for i in things
        ):
            continue
        if not tokens.capital[things[-1]]:
            scene.state(
                before.actor, "role", TextValue(text=plain(scene, Span(start, end))), Span(start, end)
            )


def _before_participle(scene: Scene, passage: Passage, start: int) -> tuple[Actor, ...]:
    """Return who stands right before "working at ...": "twelve women and one man working at a hotel"."""
    said = [
        s for s in scene.said[passage.index] if s.span.end <= start and s.actor.kind in ("person", "group")
    ]
    if said and not scene.text[said[-1].span.end : start].strip() and said[-1].form != "pronoun":
        return (said[-1].actor,)
    return ()
