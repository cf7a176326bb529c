"""Who says "I": the one person who tells a testimony, a statement or an interview, and the words that mean him or her.

    Interview 14: Ana Ruiz                 a heading that says whose words follow
    My name is Ana Ruiz                    or the teller's own words
    AR: I left in May.                     her part of a conversation: by her initials or her name
    CL: When I asked ...                   somebody else's "I"

A document without such a teller has none: the author of a report is nobody of the chronicle. What stands within quotation
marks is said by others and tied to nobody here.
"""

from __future__ import annotations

import re

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.text.span import Span

__all__ = ["find_narrator", "tie_first_person"]

_HEADED = re.compile(
    r"\b(?:interview|testimony|statement|account|narrative|memoirs?|recollections?|reminiscences|story|deposition|affidavit|"
    r"oral history|witness|evidence)\b[^\n:]{0,24}?(?:: | of | with | by | from )(?:the |mrs?\.? |ms\.? )?$",
    re.IGNORECASE,
)
_I_AM = re.compile(r"\b[Mm]y (?:full )?name is $")
_LABEL = re.compile(r"[*_ ]{0,4}(?P<who>[^\W\d_][\w'-]{0,20}(?: [^\W\d_][\w'-]{0,20}){0,2}):[*_ ]{1,4}")
_LEAST = 4
"""How often a teller says "I", "my" or "we" at least."""
_OWN = frozenset(("I", "me", "my", "My", "myself", "mine", "we", "We", "us", "our", "Our"))
_LINE = 100
"""Code points of a paragraph that may head a text as a heading does."""
_OPENING = 3
"""Passages that may head the words of a teller."""
_FORMS = frozenset(("i", "me", "my", "myself", "mine", "we", "us", "our"))
_POSSESSIVE = frozenset(("my", "mine", "our"))


def find_narrator(scene: Scene) -> Actor | None:
    """Return the person who tells the document in the first person, and note where he or she is named; else None."""
    if sum(scene.tokens[i].text in _OWN for i in scene.tokens.where(_FORMS)) < _LEAST:
        return None
    for passage in scene.passages[:12]:
        for chunk in scene.chunks[passage.index]:
            if chunk.kind != "name" or (chunk.first == chunk.last and passage.kind == "heading"):
                continue
            lead = scene.text[max(passage.span.start, chunk.span.start - 60) : chunk.span.start]
            heads = passage.kind == "heading" or (
                passage.index <= _OPENING and passage.span.end - passage.span.start <= _LINE
            )
            if _I_AM.search(lead) or (heads and _HEADED.search(lead)):
                actor = scene.named("person", chunk.text)
                scene.say(passage, chunk.span, actor, "name")
                _in_capitals(scene, chunk.text, actor)
                return actor
    return None


def _in_capitals(scene: Scene, name: str, actor: Actor) -> None:
    """Tie the name in the capitals of a heading to the teller: "STATEMENT OF ANA RUIZ"."""
    for passage in scene.passages[:_OPENING]:
        at = scene.text.find(name.upper(), *passage.span) if passage.kind == "heading" and " " in name else -1
        if at >= 0:
            scene.say(passage, Span(at, at + len(name)), actor, "name")


def tie_first_person(scene: Scene) -> None:
    """Tie "I", "my", "we" to the narrator where the narrator speaks."""
    narrator = scene.narrator
    if narrator is None:
        _tie_voices(scene)
        return
    initials = "".join(word[0] for word in narrator.words)
    speaking = True
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        label = _LABEL.match(scene.text, *passage.span)
        if label:
            who = label["who"].lower()
            speaking = who == initials or set(who.split()) <= set(narrator.words)
            if speaking:
                scene.say(passage, Span(*label.span("who")), narrator, "name")
        if not speaking:
            continue
        _tie(scene, passage, narrator)


def _tie_voices(scene: Scene) -> None:
    """Tie "I" and "we" of paragraphs that open with the full name of who speaks: "Amela Hodžić: We left in April"."""
    voices: list[tuple[Passage, Actor]] = []
    for passage in scene.passages:
        label = _LABEL.match(scene.text, *passage.span) if passage.kind in ("prose", "item") else None
        if label is None or " " not in label["who"]:
            continue
        named = (s.actor for s in scene.said[passage.index] if s.span == Span(*label.span("who")))
        speaker = next((a for a in named if a.kind == "person" and a.is_named), None)
        if speaker is not None:
            voices.append((passage, speaker))
    if len(voices) > 1:
        for passage, speaker in voices:
            _tie(scene, passage, speaker)


def _tie(scene: Scene, passage: Passage, narrator: Actor) -> None:
    for index in scene.tokens.within(_FORMS, passage.span):
        token = scene.tokens[index]
        if token.text not in _OWN or scene.text.count('"', passage.span.start, token.start) % 2:
            continue
        scene.say(
            passage,
            Span(token.start, token.end),
            narrator,
            "pronoun",
            is_possessive=token.lower in _POSSESSIVE,
        )
