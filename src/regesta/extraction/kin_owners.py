"""Whose relative a word for kin means, and who that relative is.

    his mother Marie Novak   ·   Jan Novak's sons Danylo and Marko   ·   Marie Novak, his wife,   ·   Her husband Karel (opens an entry)

Where no name stands beside the word nobody is found; what the two are to each other is for `kin_sides.py`.
"""

from __future__ import annotations

import re

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["couple_before", "named_relatives", "person_before", "possessor_of"]

_BETWEEN = lazy(
    r"[\s,(\"'*_]*(?:(?:the|an?|whose name was|named|called|a fellow)\s+)?(?:(?:\w+[ -]){0,2}\w+\s+)?$"
)
_POSSESSIVE = frozenset(("his", "her", "their", "my", "our"))


def possessor_of(scene: Scene, passage: Passage, first: int) -> Said | None:
    """Return whose relative it is: "his", "Jan Novak's", with adjectives between."""
    tokens = scene.tokens
    index = first - 1
    for _ in range(5):
        if index < 0 or tokens.starts[index] < passage.span.start:
            return None
        token = tokens[index]
        gap = scene.text[token.end : tokens.starts[index + 1]]
        if token.lower in _POSSESSIVE or token.is_possessive:
            for said in scene.said[passage.index]:
                if (
                    said.span.start <= token.start
                    and token.end <= said.span.end
                    and (said.is_possessive or (token.is_possessive and said.form == "name"))
                ):
                    return said
            return (
                _said_before(scene, passage, Span(token.start, token.end))
                if token.lower in _POSSESSIVE
                else None
            )
        if (
            gap.strip(" -,")
            or token.is_capital
            or token.lower in ("and", "of", "the", "a", "an", "with", "to", "was", "is")
        ) and not (token.lower == "and" and index > 0 and tokens.lowers[index - 1] in scene.lexicon.kin):
            return None
        index -= 1
    return None


_COUPLE = lazy(
    r"\b(?P<spouse>wife|husband|spouse|fiancée?|partner)(?P<name>,? [A-Z][\w'’ -]{1,40}?)?(?: \([^()]{1,30}\))?,?(?: and| &)? $"
)


def couple_before(scene: Scene, passage: Passage, first: int) -> list[Said]:
    """Return whose child it is behind a couple: "with his wife Anna and [their] daughter Eva" is his, and Anna's."""
    tokens = scene.tokens
    their = next((i for i in range(first - 1, first - 4, -1) if i >= 0 and tokens.lowers[i] == "their"), None)
    if (
        their is None
        or tokens.lower(their, first - 1).count(",")
        or tokens.starts[their] < passage.span.start
    ):
        return []
    sentence = passage.sentence_at(tokens.starts[their])
    before = _COUPLE.search(scene.text, sentence.start, tokens.starts[their])
    if before is None:
        return []
    owner = possessor_of(scene, passage, tokens.between(*before.span("spouse")).start)
    if owner is None or owner.actor.kind != "person":
        return []
    named = [
        s
        for s in scene.said[passage.index]
        if s.form == "name"
        and s.actor.kind == "person"
        and before.end("spouse") <= s.span.start < before.end()
    ]
    return [owner, *named[:1]]


def _said_before(scene: Scene, passage: Passage, span: Span) -> Said | None:
    """Read "Her husband X" at the head of an entry: the pronoun means the person of the entry before."""
    if any(c.isalpha() for c in scene.text[passage.span.start : span.start]):
        return None
    for index in range(passage.index - 1, max(-1, passage.index - 4), -1):
        entry = scene.entry_of[index]
        if entry and len(entry.principals) == 1 and entry.principals[0].kind == "person":
            return scene.say(passage, span, entry.principals[0], "pronoun", is_possessive=True)
    return None


def named_relatives(scene: Scene, passage: Passage, end: int, start: int, possessor: Said) -> list[Said]:
    """Return the names that the word for the relative leads to: "his brother, Karel", "her sons Danylo and Marko"."""
    following = [
        s
        for s in scene.said[passage.index]
        if s.span.start >= end and s.form == "name" and s.actor.kind == "person"
    ]
    before = [s for s in scene.said[passage.index] if s.span.end <= start and s.form == "name"]
    if not following:
        return [before[-1]] if before and _is_apposed(scene, before[-1], possessor, end) else []
    gap = scene.text[end : following[0].span.start]
    if (
        len(gap) <= 40
        and _BETWEEN.fullmatch(gap)
        and not re.search(
            r"\b(?:and|of|with|to|was|who|in|at|fled|had|is|after|from|by|for|named after|his|her|their|my|our)\b",
            gap,
        )
    ) and not (gap.strip() == "," and _lists_on(scene, following[0])):
        found = [following[0]]
        for other in following[1:]:
            between = scene.text[found[-1].span.end : other.span.start]
            if not re.fullmatch(r"\s*(?:\([^)]{1,20}\)|,\s*\d{1,2},?)?\s*(?:,|and|, and)\s*", between):
                break
            found.append(other)
        if "," in gap and len(found) == 1 and _is_many(scene, start, end):
            return []  # "After meeting her relatives, Ana went on"
        return found if scene.text[end - 1] == "s" else found[:1]
    if before and _is_apposed(scene, before[-1], possessor, end):
        return [before[-1]]
    return []


def _is_many(scene: Scene, start: int, end: int) -> bool:
    word = Span(start, end).of(scene.text).lower()
    return word.endswith("s") and scene.lexicon.singular(word) != word


def _lists_on(scene: Scene, named: Said) -> bool:
    """Whether the name after a comma goes on a list rather than naming the relative: "with his wife, Karel and two others"."""
    return scene.text[named.span.end : named.span.end + 5] == " and "


def _is_apposed(scene: Scene, name: Said, possessor: Said, end: int) -> bool:
    """Whether a name stands before: "Marie Novak, his wife" and a mark."""
    gap = scene.text[name.span.end : possessor.span.start]
    after = scene.text[end : end + 1]
    return (
        gap.strip() in (",", "(")
        and name.actor is not possessor.actor
        and (after in (",", ".", ")", ";") or not after)
    )


def person_before(scene: Scene, passage: Passage, actor: Actor) -> Actor | None:
    """Return the person of the entry before, for an entry that opens with "Her husband X"."""
    for index in range(passage.index - 1, max(-1, passage.index - 4), -1):
        entry = scene.entry_of[index]
        if entry and entry.principals and entry.principals[0] is not actor:
            return entry.principals[0]
    return None
