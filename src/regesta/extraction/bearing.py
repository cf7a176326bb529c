"""Whom or what a clause is about, and when what it says took place, for rules that are not about people alone.

    whom    the people who stand as its subject; else the law, office or house named there; else the topic of the section
    when    a date of the clause; else one that opens its sentence; else, "at the time", "hours later", what was dated before

A date that belongs to a clause beside it ("... since the treaty was signed in 1968") is not taken over.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.chunk import Chunk
from regesta.extraction.clauses import Clause, clauses
from regesta.extraction.nearest_dates import is_birth, is_of_lifetime
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.extraction.topics import topic_of
from regesta.model.claim import Kind
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["about", "led_in", "thing_at", "when_of"]

_THINGS: dict[str, Kind] = {
    "organisation": "organisation",
    "facility": "facility",
    "law": "law",
    "work": "work",
    "place": "place",
}
_PEOPLE = ("person", "group")
_ARTICLES = frozenset(("the", "a", "an", "then"))
_BEFORE_OTHERS = frozenset(
    "in of from at by to on with via through into against for about across between near after before since under over within during "
    "according until among".split()
)
_CARRIED = frozenset(("who", "and", "but", "then", "ing", "or", "yet"))
_BESIDE = frozenset(
    "who whom whose which after before because since until as although though if unless".split()
)
_LEAD_IN = lazy(r"\*{0,2}(?:[.:]|\s[-–])\*{0,2}\s")
_SAME_TIME = lazy(
    r"\b(?:at the time|at that time|then|hours later|minutes later|that (?:day|night|evening|morning|afternoon)|on the way|soon afterwards?|"
    r"immediately|the same (?:day|night|evening|morning|afternoon))\b",
    re.IGNORECASE,
)


def about(scene: Scene, passage: Passage, clause: Clause, offset: int) -> tuple[Actor, ...]:
    """Return whom or what the words at `offset` are about; never empty.

    A person is taken from the clause itself, or from the clauses before it where it has no subject of its own.
    """
    own = [
        s
        for s in scene.said[passage.index]
        if clause.span.start <= s.span.start
        and s.span.end <= offset
        and s.is_subject
        and s.actor.kind in _PEOPLE
    ]
    owner = [
        s
        for s in scene.said[passage.index]
        if s.is_possessive and 0 <= s.span.start - clause.span.start <= 8 and s.span.end <= offset
    ]
    if not own and owner:
        return (owner[0].actor,)
    sentence = passage.sentence_at(offset)
    starts = scene.text[clause.span.start : offset].strip(" \"'")
    within = scene.text.rfind("(", sentence.start, clause.span.start)
    in_brackets = within >= 0 and ")" not in scene.text[within : clause.span.start]
    if (
        own
        or in_brackets
        or clause.opening in _CARRIED
        or (not starts and clause.span.start > sentence.start)
    ):
        found = _people(scene, passage, offset)
        if found:
            return found
    thing = _subject_thing(scene, passage, clause, offset)
    if thing is not None:
        return (thing,)
    entry = scene.entry_of[passage.index]
    if entry is not None and entry.kind != "prose" and entry.principals:
        return tuple(entry.principals)
    found = _people(scene, passage, offset) if _short_of_subject(scene, clause) else ()
    return found or (topic_of(scene, passage),)


def _people(scene: Scene, passage: Passage, offset: int) -> tuple[Actor, ...]:
    return tuple(a for a in subject_of(scene, passage, offset) if a.kind in _PEOPLE)


def _short_of_subject(scene: Scene, clause: Clause) -> bool:
    """Whether a clause begins with its verb, so that its subject stands elsewhere."""
    first = scene.tokens.between(clause.span.start, clause.span.end)
    return bool(first) and clause.verb == first.start


def _subject_thing(scene: Scene, passage: Passage, clause: Clause, offset: int) -> Actor | None:
    """Return the named thing that stands at the head of the clause, before its verb."""
    end = scene.tokens.starts[clause.verb] if clause.verb is not None else offset
    for chunk in scene.chunks[passage.index]:
        if clause.span.start <= chunk.span.start and chunk.span.end <= end:
            before = [
                w.lower()
                for w in scene.text[clause.span.start : chunk.span.start].split()
                if w.lower() not in _ARTICLES
            ]
            if len(before) <= 6 and not (before and before[-1] in _BEFORE_OTHERS):
                return thing_at(scene, passage, chunk)
    return None


def thing_at(scene: Scene, passage: Passage, chunk: Chunk) -> Actor | None:
    """Return the law, house, office, work or place that a proper name stands for; None where it names something else."""
    kind = _THINGS.get(chunk.kind)
    if kind is None:
        return None
    actor = scene.named(kind, chunk.text)
    scene.say(passage, chunk.span, actor, "name", is_possessive=chunk.is_possessive)
    return actor


def when_of(
    scene: Scene, passage: Passage, span: Span, *, is_open: bool = True
) -> tuple[str | None, tuple[Span, ...]]:
    """Return the date of what the words at `span` say, and the places that give it; (None, ()) where nothing dates it.

    `is_open` says whether "since 1959" and "until 1990" will do.
    """
    sentence = passage.sentence_at(span.start)
    row = clauses(scene, sentence)
    mine = [c for c in row if c.span.overlaps(span)]
    dates = [
        d
        for d in passage.dates_in(sentence)
        if d.kind != "now" and (is_open or d.kind != "open") and not is_birth(scene, d)
        if not is_of_lifetime(scene, d)
    ]
    inside = [d for d in dates if span.start <= d.span.start < span.end] or [
        d for d in dates if any(c.span.start <= d.span.start < c.span.end for c in mine)
    ]
    if inside:
        return _of(min(inside, key=lambda d: max(d.span.start - span.end, span.start - d.span.end, 0)))
    opening = [d for d in dates if d.span.start - sentence.start <= 24 and d.span.end <= span.start]
    if opening and _opens_sentence(scene, sentence, opening[-1]):
        return _of(opening[-1])
    if passage.sentences and sentence == passage.sentences[0] and not dates:
        return (None, ()) if any(_is_beside(row, c) for c in mine) else _filed(passage)
    if _SAME_TIME.search(scene.text, sentence.start, min(sentence.end, span.end + 60)):
        earlier = [d for d in passage.dates if d.edtf and d.kind != "now" and d.span.end <= span.start]
        return _of(earlier[-1]) if earlier else _filed(passage)
    return (None, ()) if dates or any(_is_beside(row, c) for c in mine) else led_in(scene, passage)


def led_in(scene: Scene, passage: Passage) -> tuple[str | None, tuple[Span, ...]]:
    """Return the date that a paragraph of a chronicle begins with: "1713. By the treaty ... About 2,500 live there."."""
    first = passage.dates[0] if passage.dates else None
    if first is None or first.kind not in ("date", "range") or first.span.start - passage.span.start > 1:
        return None, ()
    return _of(first) if _LEAD_IN.match(scene.text, first.span.end, passage.span.end) else (None, ())


def _is_beside(row: list[Clause], clause: Clause) -> bool:
    """Whether a clause tells of something else than the sentence does: "after his father had returned"."""
    told = False
    for one in row:
        if one.opening in _BESIDE and told and one.span.start <= clause.span.start:
            return True
        told = told or one.verb is not None
    return False


def _opens_sentence(scene: Scene, sentence: Span, date: DatePhrase) -> bool:
    before = scene.text[sentence.start : date.span.start]
    return len(before.split()) <= 3 and not any(mark in before for mark in ";(")


def _filed(passage: Passage) -> tuple[str | None, tuple[Span, ...]]:
    if passage.filed is None or passage.filed.is_weak or passage.kind in ("prose", "heading"):
        return None, ()
    return passage.filed.edtf, passage.filed.spans


def _of(date: DatePhrase) -> tuple[str | None, tuple[Span, ...]]:
    return date.edtf, tuple(s for s in date.evidence if s != date.span) or (date.span,)
