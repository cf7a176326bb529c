"""Houses in running text: which words speak of a camp, a prison, a centre, and which one is meant.

    "Nordheim, the reception centre, ..."   ->  Nordheim           "the camp at Nordheim held ..."  ->  the camp at Nordheim
    "a second camp was opened"              ->  a house without a name

A house is something whose head noun the lexicon knows as a facility, or a name that such a noun stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta.extraction.passages import Passage
from regesta.extraction.reach import left_edge, plain
from regesta.extraction.scene import Actor, Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab.inflect import singular_of

__all__ = ["house_before", "house_phrases"]

_HEAD_NOUN = lazy(
    r"\b(?:second|third|fourth|new|another|additional|similar|further|other|larger|smaller|sister)\b",
    re.IGNORECASE,
)
_KINDS = frozenset("detention reception medical school military other diplomatic".split())
_PLAIN_WORDS = frozenset("house office border shop restaurant room building station home market road".split())


def house_before(scene: Scene, passage: Passage, sentence: Span, end: int) -> tuple[Actor, Span] | None:
    """Return the house that what stands at `end` is said of, and where it is named: the one nearest before it in the sentence."""
    best: tuple[Actor, Span] | None = None
    for index, phrase in house_phrases(scene, Span(sentence.start, end)):
        gap = scene.text[scene.tokens[index].end : end]
        if ";" in gap or re.search(r"\b(?:he|she|they|who|and (?:he|she|they))\b", gap):
            continue
        named = _named(scene, passage, sentence, index, phrase)
        best = named or (_described(scene, passage, phrase, index), phrase)
    return best


def house_phrases(scene: Scene, span: Span) -> Iterator[tuple[int, Span]]:
    """Yield (index of the head noun, phrase) of the facilities that the words within `span` speak of."""
    tokens, lexicon = scene.tokens, scene.lexicon
    for index in tokens.between(*span):
        word = tokens[index].lower
        two = f"{tokens[index - 1].lower} {word}" if index else word
        kind = lexicon.facilities.get(two) or lexicon.facilities.get(word)
        if kind not in _KINDS and word not in ("facility", "centre", "center", "camp"):
            continue
        if two not in lexicon.facilities and singular_of(word) in _PLAIN_WORDS:
            continue
        following = (
            tokens[index + 1].lower
            if index + 1 < len(tokens) and scene.text[tokens[index].end : tokens[index + 1].start] == " "
            else ""
        )
        if following in lexicon.facilities or tokens[index].is_possessive:
            continue
        yield index, Span(tokens[left_edge(scene, index, span.start)].start, tokens[index].end)


def _named(
    scene: Scene, passage: Passage, sentence: Span, index: int, phrase: Span
) -> tuple[Actor, Span] | None:
    """Return the house by its name: "X, the reception centre", "the Nordheim camp", "the camp at Nordheim"."""
    for chunk in scene.chunks[passage.index]:
        if chunk.kind not in ("name", "place", "facility", "organisation") or not sentence.contains(
            chunk.span
        ):
            continue
        between = (
            scene.text[chunk.span.end : phrase.start].lower() if chunk.span.end <= phrase.start else None
        )
        apposed = (
            between is not None
            and re.fullmatch(r",? ?(?:the|an?|was the|is the)? ?", between)
            and "," in between
        )
        if apposed or (chunk.kind == "facility" and chunk.span.overlaps(phrase)):
            actor = scene.named("facility", chunk.text)
            scene.say(passage, chunk.span, actor, "name")
            return actor, chunk.span
    end = scene.tokens[index].end
    behind = re.compile(r" (?:at|in|of) (?=[A-ZÀ-Ž])").match(scene.text, end)
    if behind:
        site = next((c for c in scene.chunks[passage.index] if c.span.start == behind.end()), None)
        if site is not None:
            whole = Span(phrase.start, site.span.end)
            actor = scene.named("facility", plain(scene, whole))
            scene.say(passage, whole, actor, "name")
            return actor, whole
    if scene.text[phrase.start : phrase.end] != scene.text[
        phrase.start : phrase.end
    ].lower() and not _HEAD_NOUN.search(scene.text, *phrase):
        actor = scene.named("facility", plain(scene, phrase))
        scene.say(passage, phrase, actor, "name")
        return actor, phrase
    return None


def _described(scene: Scene, passage: Passage, phrase: Span, index: int) -> Actor:
    for said in scene.said[passage.index]:
        if said.span == phrase and said.actor.kind == "facility":
            return said.actor
    actor = scene.unnamed("facility", scene.tokens[index].lower)
    scene.say(passage, phrase, actor, "description")
    return actor
