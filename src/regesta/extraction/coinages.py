"""Who brought a word in: "coined by a journalist in 1961", "the exile parliament decided to use *omukwaita*"."""

from __future__ import annotations

import re

from regesta.extraction.bearing import when_of
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Scene
from regesta.model import EntityValue, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["state_coinage", "state_introduction"]

_BROUGHT_IN = lazy(
    r"\b(?:coined|introduced|first used|popularised|popularized|proposed|invented|brought in) by (?P<who>(?:an? |the )?[^,.;:()]{3,60}?)(?= in \d| on \d| and\b|[,.;:()]|$)"
)
_INTRODUCED = lazy(
    r"\b(?:announced|introduced|adopted|coined|proposed|established|began using|started using|decided (?:on|to use)|replaced|chose|prescribed|recommended)\b"
)
_BY_OFFICE = lazy(
    r"(?:^|[\s,])(?P<who>(?:[Tt]he|[Aa]n?|its) (?:[a-z-]+ ){0,3}[a-z-]{4,}|(?:officials|authorities|scholars|journalists|exiles)) (?:then |later |also |has |had )?\Z"
)
"""An office without a name right before its verb: "the exile parliament decided"."""


def state_coinage(scene: Scene, passage: Passage, span: Span, actor: Actor) -> None:
    """State who is said to have brought a word in: "coined by Fidel Castro in 1961", "introduced by a decree of 1957"."""
    match = _BROUGHT_IN.search(scene.text, *span)
    if match is None or any(f.predicate == "introduced_by" for f in scene.facts_of(actor)):
        return
    who = Span(*match.span("who"))
    when, spans = when_of(scene, passage, Span(*match.span()))
    evidence = Span(*match.span())
    person = next((s for s in scene.said[passage.index] if s.span == who and s.form == "name"), None)
    value = EntityValue(key="", label="") if person else TextValue(text=plain(scene, who))
    scene.state(
        actor, "introduced_by", value, evidence, *spans, when=when, target=person.actor if person else None
    )


def state_introduction(scene: Scene, passage: Passage, sentence: Span, term: Span, actor: Actor) -> None:
    """State who announced or coined the term: the office or person that is the subject of the verb."""
    verb: re.Match[str] | None = None
    for match in _INTRODUCED.finditer(scene.text, sentence.start, term.start):
        verb = match
    if verb is None or term.start - verb.end() > 60:
        return
    when, spans = when_of(scene, passage, Span(verb.start(), term.end))
    evidence = Span(verb.start(), term.end)
    person = next(
        (
            s
            for s in reversed(scene.said[passage.index])
            if s.is_subject
            and s.form == "name"
            and sentence.start <= s.span.start
            and s.span.end <= verb.start()
        ),
        None,
    )
    chunk = next(
        (
            c
            for c in reversed(scene.chunks[passage.index])
            if c.kind in ("organisation", "name")
            and not c.text.startswith("In ")
            and sentence.start <= c.span.start
            and c.span.end <= verb.start()
        ),
        None,
    )
    if person is not None:
        scene.state(
            actor,
            "introduced_by",
            EntityValue(key="", label=""),
            person.span.cover(evidence),
            *spans,
            when=when,
            target=person.actor,
        )
    elif chunk is not None:
        office = scene.named("organisation", chunk.text)
        scene.say(passage, chunk.span, office, "name")
        scene.state(
            actor,
            "introduced_by",
            EntityValue(key="", label=""),
            chunk.span.cover(evidence),
            *spans,
            when=when,
            target=office,
        )
    elif by_office := _BY_OFFICE.search(scene.text, sentence.start, verb.start()):
        whole = Span(by_office.start("who"), evidence.end)
        text = TextValue(text=plain(scene, Span(*by_office.span("who"))))
        scene.state(actor, "introduced_by", text, whole, *spans, when=when)
    else:
        scene.state(actor, "event", TextValue(text=plain(scene, evidence)), evidence, *spans, when=when)
