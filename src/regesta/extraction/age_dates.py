"""Of which day an age is: of the arrival, of a death, of the date that it stands in brackets behind, or of what the sentence tells.

    He died in Dresden in 1883, aged 93   ·   1 May 1998 (aged 87)   ·   imprisoned at the age of 15

Prose tells most ages of other days than that of the arrival; a list or a table tells them of it.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.model import DateValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["DIED", "arrival_of", "at_arrival", "at_death", "date_beside", "event_of", "is_of_birth"]

_EVENTS = (
    (
        lazy(r"\b(?:imprison|jail|arrest|detain|intern|incarcerat|sentenc)\w*", re.IGNORECASE),
        "imprisonment",
    ),
    (lazy(r"\b(?:died|die|dies|killed|death|passed away)\b", re.IGNORECASE), "death"),
    (lazy(r"\bmarr(?:y|ied|iage|ies)\b", re.IGNORECASE), "marriage"),
)
_MOVES = {"arrive": "arrival", "defect": "flight", "flee": "flight", "seek": "flight", "admit": "arrival"}


def arrival_of(scene: Scene, actor: Actor) -> str | None:
    """Return the date on which the actor arrived, as a rule before has stated it; None where unknown or disputed."""
    dates = {
        fact.value.edtf
        for fact in scene.facts_of(actor)
        if fact.predicate == "arrival" and isinstance(fact.value, DateValue)
    }
    return dates.pop() if len(dates) == 1 else None


def at_arrival(
    scene: Scene, passage: Passage, actor: Actor, span: Span, event: str | None = None
) -> str | None:
    """Return the date of the actor's arrival where an age is of that day: prose tells most ages of other days."""
    when = arrival_of(scene, actor)
    entry = scene.entry_of[passage.index]
    if when is None or event is not None or entry is None or entry.kind != "prose":
        return when
    sentence = passage.sentence_at(span.start)
    spans = (s for f in scene.facts_of(actor) if f.predicate == "arrival" for s in f.spans)
    near = next((s for s in spans if sentence.overlaps(s)), None)
    if near is None or '"' in scene.text[min(near.end, span.end) : max(near.start, span.start)]:
        return None  # 'Ana Ruiz, 34, says: "I came in 1999"'
    return when


_BIRTH = lazy(r"\b(?:born|birth|b\.|d\.?o\.?b\.?)", re.IGNORECASE)
DIED = lazy(r"\b(?:[Dd]ied|dies|was killed|was shot|passed away)\b[^;:()]{0,70}$")


def at_death(scene: Scene, passage: Passage, sentence: Span, span: Span) -> str | None:
    """Return the date of "He died in Dresden in 1883, aged 93": the one between the verb and the age."""
    verb = DIED.search(scene.text, sentence.start, span.start)
    if verb is None:
        return None
    dates = [
        d for d in passage.dates_in(sentence) if verb.start() < d.span.start and d.span.end <= span.start
    ]
    return dates[-1].edtf if dates else None


def date_beside(scene: Scene, passage: Passage, span: Span) -> DatePhrase | None:
    """Return the date that an age stands in brackets behind: "1 May 1998 (aged 87)" is how old somebody was on that day."""
    for date in passage.dates:
        if (
            date.edtf
            and date.span.end <= span.start
            and scene.text[date.span.end : span.start].strip() == "("
        ):
            return date
    return None


def is_of_birth(scene: Scene, passage: Passage, date: DatePhrase) -> bool:
    """Whether the date is one of birth, so that the age beside it is of the day on which that was written."""
    label = (
        scene.passages[passage.index - 1].span
        if passage.index and passage.kind in ("cell", "definition")
        else None
    )
    lead = scene.text[passage.span.start : date.span.start]
    return _BIRTH.search(lead) is not None or (
        label is not None and _BIRTH.search(label.of(scene.text)) is not None
    )


def event_of(scene: Scene, sentence: Span, span: Span) -> tuple[str | None, Span | None]:
    """Return what happened at that age, by the verb nearest to it in the sentence."""
    found: list[tuple[int, str, Span]] = []
    for pattern, name in _EVENTS:
        found.extend(
            (_distance(Span(*match.span()), span), name, Span(*match.span()))
            for match in pattern.finditer(scene.text, sentence.start, sentence.end)
        )
    for index in scene.tokens.between(*sentence):
        token = scene.tokens[index]
        kind = scene.lexicon.flight.get(token.lower)
        if kind in _MOVES:
            place = Span(token.start, token.end)
            found.append((_distance(place, span), _MOVES[kind], place))
    if not found:
        return None, None
    distance, name, place = min(found)
    return (name, place) if distance < 90 else (None, None)


def _distance(a: Span, b: Span) -> int:
    gap = max(b.start - a.end, a.start - b.end, 0)
    return gap + (15 if a.start > b.end else 0)  # what stands before the age is nearer than what follows
