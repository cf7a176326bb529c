"""Laws, policies, programmes and practices as a text speaks of them: named, quoted, described, or "it" once more.

    In 1962 the government introduced the "Special law on ..." which remained in force; this law ...
                                          [ quoted name     ]                            [again ]

Each becomes one actor: kind `law` where the head noun is one of law, else `topic`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from regesta.extraction.cues import Cue
from regesta.extraction.passages import Passage
from regesta.extraction.reach import left_edge, plain
from regesta.extraction.scene import Actor, Scene
from regesta.model.claim import Kind
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["Instrument", "actor_of", "instrument_words", "instruments", "latest"]

_QUOTED = Cue('"', r"\"([^\"]{4,140})\"")
_AGAIN = frozenset("this that these those the it its such said".split())
_GENERIC = frozenset(
    "order rule section article provision bill code judgment judgement ruling verdict declaration resolution convention operation plan "
    "measure campaign amendment clause protocol charter regulation agreement instruction directive".split()
)


@dataclass(frozen=True, slots=True)
class Instrument:
    """One mention of a law, a policy or a practice."""

    span: Span
    kind: Kind
    is_anaphor: bool
    """Only points back: "this policy", "the law"."""
    is_generic: bool
    """Its noun has many other senses: "order", "plan"."""


def instruments(scene: Scene, passage: Passage, span: Span) -> list[Instrument]:
    """Return the laws, policies and practices that the words within `span` name, in order."""
    found: list[Instrument] = []
    for quoted in _QUOTED.find(scene, span):
        inner = Span(*quoted.span(1))
        nouns = [scene.tokens.lowers[i] for i in scene.tokens.between(*inner)]
        if (
            any(noun in scene.lexicon.laws or noun in scene.lexicon.policies for noun in nouns)
            and len(nouns) > 1
        ):
            is_law = any(noun in scene.lexicon.laws for noun in nouns)
            found.append(Instrument(inner, "law" if is_law else "topic", False, False))
    for chunk in scene.chunks[passage.index]:
        if (
            chunk.kind == "law"
            and span.start <= chunk.span.start < span.end
            and not _covered(found, chunk.span)
        ):
            found.append(Instrument(chunk.span, "law", False, False))
    for index in scene.tokens.within(instrument_words(scene), span):
        token = scene.tokens[index]
        word = token.lower
        is_law = word in scene.lexicon.laws
        if found and _covered(found, Span(token.start, token.end)):
            continue
        before = scene.tokens.lowers[index - 1] if index else ""
        if before in ("to", "will", "would", "can", "could", "may") or token.is_possessive:
            continue
        numbered = _numbered(scene, index, span.end)
        if numbered is not None and any(
            one.kind == "law" and scene.text[one.span.end : numbered.start] == " (" for one in found
        ):
            continue  # "the Reception Act (Act No. 48 of 1978)"
        if numbered is not None and is_law:
            found.append(Instrument(numbered, "law", False, False))
            continue
        if _opens_name(scene, index, span.end):
            continue
        first = left_edge(scene, index, span.start)
        words = Span(scene.tokens.starts[first], token.end)
        anaphor = first == index and before in _AGAIN
        singular = scene.lexicon.singular(word).removesuffix("s")
        found.append(
            Instrument(words, "law" if is_law else "topic", anaphor, first == index and singular in _GENERIC)
        )
    return sorted(found, key=lambda i: i.span)


def _numbered(scene: Scene, index: int, stop: int) -> Span | None:
    """Return a law that is known by its number, or by its day alone: "Law 12/2009", "Decree No. 45", "decree of 3 May 1982"."""
    token = scene.tokens[index]
    told = _NUMBER.match(scene.text, token.end, stop) if token.is_capital else None
    told = told or _DAY.match(scene.text, token.end, stop)
    return Span(token.start, told.end()) if told is not None else None


def _opens_name(scene: Scene, index: int, stop: int) -> bool:
    """Whether a word with a capital only opens the name of something else: "Ban Salong Camp", "Operation Bright Sea"."""
    token, words = scene.tokens[index], instrument_words(scene)
    return (
        token.is_capital
        and _NAMES_ON.match(scene.text, token.end, stop) is not None
        and scene.tokens.lowers[index + 1] not in words
    )


_NAMES_ON = lazy(r" [A-Z][a-z]")
_NUMBER = lazy(
    r" (?:\([A-Z]{2,4}\) )?(?:(?:[Nn]o\.?|[Nn]r\.?|[Nn]umber|№) ?\d{1,5}(?:[/-]\d{2,4})?|\d{1,5}[/-]\d{2,4}(?:/[A-Z]{2,3})?)(?![\w/])"
)
_DAY = lazy(
    r" of \d{1,2} [A-Z][a-z]{2,8} (?:1[6-9]|20)\d\d\b| of [A-Z][a-z]{2,8} \d{1,2}, (?:1[6-9]|20)\d\d\b"
)


def instrument_words(scene: Scene) -> frozenset[str]:
    """Return the words of the lexicon for laws and policies, one of which is in every phrase that names one."""
    return _words(scene.lexicon.laws, scene.lexicon.policies)


@lru_cache(maxsize=4)
def _words(laws: frozenset[str], policies: frozenset[str]) -> frozenset[str]:
    return laws | policies


def actor_of(scene: Scene, passage: Passage, instrument: Instrument) -> Actor:
    """Return the actor that the mention stands for, the last one spoken of where it only points back."""
    last: dict[int, Actor] = scene.kept.setdefault("instruments", {})
    if instrument.is_anaphor:
        known = latest(scene, passage)
        if known is not None and _may_mean(scene, instrument, known):
            scene.say(passage, instrument.span, known, "description")
            return known
    actor = scene.named(instrument.kind, plain(scene, instrument.span))
    scene.say(passage, instrument.span, actor, "name")
    last[passage.index] = actor
    return actor


def _may_mean(scene: Scene, instrument: Instrument, known: Actor) -> bool:
    """Whether "the allowance" may point back to what was spoken of last: not to a language course."""
    word = scene.lexicon.singular(instrument.span.of(scene.text).split()[-1].lower())
    last = known.words[-1].lower() if known.words else ""
    return instrument.kind == "law" or word in _OF_ANY_KIND or scene.lexicon.singular(last) == word


_OF_ANY_KIND = frozenset(
    "policy programme program scheme system practice arrangement regime measure package plan project initiative".split()
)


def latest(scene: Scene, passage: Passage) -> Actor | None:
    """Return the law or policy that was spoken of last, in this passage or the two before it."""
    last: dict[int, Actor] = scene.kept.setdefault("instruments", {})
    return next((last[i] for i in range(passage.index, max(-1, passage.index - 3), -1) if i in last), None)


def _covered(found: list[Instrument], span: Span) -> bool:
    return any(one.span.overlaps(span) for one in found)
