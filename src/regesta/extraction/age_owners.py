"""Whose age an age is: the name before the bracket, the noun phrase that holds it, the name or the relative that the phrase leads to.

    Jan Novak (age 21)   ·   24-year-old soldier Jan Novak   ·   A girl of eight, Dolma Yangzom,   ·   father (42)

Who only came along is passed over: of "jailed with his mother at age six" who was jailed was six. Where nobody stands beside
it, the age is of the clause's subject.
"""

from __future__ import annotations

import re

from regesta.extraction.described import head_class
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Said, Scene
from regesta.extraction.subjects import subject_of
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["AT_AGE", "introduced_by", "owners_of"]

AT_AGE = lazy(r"\bat(?:\s+the)?\s+(?:(?:age|ages)(?:\s+of)?\s*)?$|\bat\s+(?:the\s+)?age", re.IGNORECASE)
_TO_NAME = lazy(r"[\s,(]*(?:(?:then|age|aged|who was|who|being|was|now|at|only|just|about|born)\s*){0,3}$")
_OF_AGE = lazy(r"\s+of\s*$")
_BESIDE = lazy(
    r"\b(?:with|without|by|from|alongside|beside|after|to|for)\s+(?:[\w'-]+\s+){0,3}$", re.IGNORECASE
)


def owners_of(
    scene: Scene, passage: Passage, span: Span
) -> tuple[tuple[Actor, ...], str | None, Span | None]:
    """Return (whose age, the part of the group that is meant, evidence)."""
    said = [
        s for s in scene.said[passage.index] if s.form != "pronoun" and s.actor.kind in ("person", "group")
    ]
    sentence = passage.sentence_at(span.start)
    told = _told_next(scene, passage, span, sentence) or introduced_by(scene, passage, span)
    if told is not None:
        return (told.actor,), None, None
    inside = [s for s in said if s.span.contains(span) or (s.span.overlaps(span))]
    leads = _name_after(scene, said, span, sentence)
    if leads is not None:
        return (leads.actor,), None, span.cover(leads.span)
    if inside:
        return (inside[0].actor,), None, inside[0].span.cover(span)
    kin = _kin_before(scene, span, sentence)
    before = [s for s in said if s.span.end <= span.start and s.span.start >= sentence.start]
    if before:
        gap = scene.text[before[-1].span.end : span.start]
        fits = _TO_NAME.fullmatch(gap) or _OF_AGE.fullmatch(gap)
        if fits and not _is_company(scene, before[-1].span.start, span, sentence):
            return (before[-1].actor,), None, before[-1].span.cover(span)
    if kin is not None:
        word, place = kin
        owners = _family_of(scene, passage, place)
        return owners, word, place.cover(span)
    after_kin = _kin_after(scene, span, sentence)
    if after_kin is not None:
        word, place = after_kin
        return _family_of(scene, passage, place), word, place.cover(span)
    if _UNKNOWN.search(scene.text, sentence.start, span.start) and scene.text[span.end : span.end + 1] == ",":
        return (), None, None
    if span.of(scene.text)[:1].isdigit() and "-" in span.of(scene.text) and not said and not before:
        entry = scene.entry_of[passage.index]
        if not entry or not entry.principals:
            return (), None, None
    subject = tuple(a for a in subject_of(scene, passage, span.start) if a.kind in ("person", "group"))
    if not subject and scene.language is not None:
        named = [s.actor for s in said if s.form == "name" and s.span.end <= span.start]
        subject = tuple(named[-1:])  # "Karim Sadek ... L'artiste de 36 ans"
    return subject, None, None


def _told_next(scene: Scene, passage: Passage, span: Span, sentence: Span) -> Said | None:
    """Return who follows at once upon "at the age of 43" that opens a clause: "At the age of 43, [she] went"."""
    before = scene.text[max(sentence.start, span.start - 24) : span.start]
    opens = _AT_AGE_OPENS.search(before)
    if opens is None and not AT_AGE.match(span.of(scene.text)):
        return None
    following = next((s for s in scene.said[passage.index] if s.span.start >= span.end), None)
    gap = scene.text[span.end : following.span.start] if following else ""
    return following if following and gap in (" ", ", ") and following.is_subject else None


def introduced_by(scene: Scene, passage: Passage, span: Span) -> Said | None:
    """Return who is named behind the words that tell the age: "A girl of eight, Dolma Yangzom, was with her aunt"."""
    following = next(
        (s for s in scene.said[passage.index] if s.form == "name" and s.span.start >= span.end), None
    )
    gap = scene.text[span.end : following.span.start] if following else ""
    if following is None or not gap.endswith(", "):
        return None
    if gap == ", ":
        of_age = _NOUN_OF.search(scene.text[max(passage.span.start, span.start - 24) : span.end])
        return following if of_age else None
    lead = scene.text[max(passage.span.start, span.start - 4) : span.start]
    described = _DESCRIBED.fullmatch(gap) if _ARTICLE.search(lead) else None
    closed = scene.text[following.span.end : following.span.end + 1] in (",", ".", ";")
    return following if described and closed and head_class(described["noun"], scene.lexicon) else None


_UNKNOWN = lazy(r"(?:^|[.!?;:)\"] |\n)[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,3}, (?:aged )?$")
"""A name that opens a sentence, and stands for nobody who is known: of "Kolo Band, 39, plays", the 39 are nobody else's."""
_ARTICLE = lazy(r"(?:^|\W)(?:[Aa]n?|[Tt]he) $")
_DESCRIBED = lazy(r"(?: [a-z-]+){0,2} (?P<noun>[a-z-]+), ")
"""What stands between "a 34-year-old" and the name: " fisherman, "."""
_NOUN_OF = lazy(r"\b[Aa]n? (?:[a-z-]+ ){1,2}of (?:about |only |barely )?[\w-]+$")
_AT_AGE_OPENS = lazy(r"(?:^|[,;] |\b(?:and|but) )at (?:the )?age (?:of )?$", re.IGNORECASE)


def _name_after(scene: Scene, said: list[Said], span: Span, sentence: Span) -> Said | None:
    """Return the name that "24-year-old soldier" leads up to."""
    following = next(
        (s for s in said if s.span.start >= span.end and s.form == "name" and s.span.end <= sentence.end),
        None,
    )
    if following is None:
        return None
    gap = scene.text[span.end : following.span.start]
    words = gap.split()
    if gap == " " and _JOINED.search(scene.text, *span):
        return following  # "the 17-year-old Karim"
    if not words or len(words) > 6 or any(mark in gap for mark in ",.;:()"):
        return None
    if any(w in _NOT_LEADING or w in scene.lexicon.flight for w in words):
        return None
    return following


_JOINED = lazy(r"\d-\w|[a-z]-years?-old")
"""An age that is one word with its unit, as before a name, in "der 22-Jährige" and in "eighty-year-old"."""
_NOT_LEADING = frozenset(
    (
        "he she they it we i and or of in at to from for by with who was is had has were when after before his her their the a an"
    ).split()
)


def _kin_before(scene: Scene, span: Span, sentence: Span) -> tuple[str, Span] | None:
    """Return the relative of "father (42)", "their daughter, 3"."""
    listed = _LISTED.search(scene.text, max(sentence.start, span.start - 48), span.start)
    words = scene.tokens.between(
        max(sentence.start, span.start - 24), listed.start() if listed else span.start
    )
    if not words:
        return None
    token = scene.tokens[words.stop - 1]
    kin = scene.lexicon.kin.get(token.lower)
    if kin is None:
        kin_word = (
            token.lower
            if scene.lexicon.singular(token.lower) in ("man", "woman", "boy", "girl", "child", "baby")
            else None
        )
        if kin_word is None:
            return None
    gap = scene.text[token.end : listed.start() if listed else span.start].strip()
    if _is_company(scene, token.start, span, sentence):
        return None
    return (token.lower, Span(token.start, token.end)) if gap in ("(", ",", "(aged", "aged", "") else None


_LISTED = lazy(r"(?:\d{1,2}(?:, | and |, and )){1,8}$")
"""Ages that stand before another one of the same people: "three children (aged 9, 6 and 2)"."""


def _is_company(scene: Scene, start: int, span: Span, sentence: Span) -> bool:
    """Whether who stands before "at age six" only came along: of "jailed with his mother" who was jailed was six."""
    if not (AT_AGE.match(span.of(scene.text)) or AT_AGE.search(scene.text, start, span.start)):
        return False
    return _BESIDE.search(scene.text[max(sentence.start, start - 40) : start]) is not None


def _kin_after(scene: Scene, span: Span, sentence: Span) -> tuple[str, Span] | None:
    """Return the relative of "his two-year-old son", where nobody stands for the son."""
    words = scene.tokens.between(span.end, min(sentence.end, span.end + 24))
    if not words:
        return None
    token = scene.tokens[words.start]
    if scene.text[span.end : token.start].strip() or token.lower not in scene.lexicon.kin:
        return None
    return token.lower, Span(token.start, token.end)


def _family_of(scene: Scene, passage: Passage, place: Span) -> tuple[Actor, ...]:
    possessor = next(
        (
            s
            for s in reversed(scene.said[passage.index])
            if s.is_possessive and 0 <= place.start - s.span.end <= 30
        ),
        None,
    )
    if possessor is not None:
        return (possessor.actor,)
    entry = scene.entry_of[passage.index]
    if entry is None or not entry.principals:
        return ()
    return tuple(entry.principals[:1])
