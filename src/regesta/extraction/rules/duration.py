"""How long: predicate `duration`.

matches          "after staying in Vienna for 34 days"  ·  "a three-month programme"  ·  "cut from three months to two"
must not match   "in the first 73 days of 2018" of many people (when, not how long)
                 "aged 12 years"  ·  "sentenced to ten years" (imprisonment)  ·  "two years later" (a date)
"""

from __future__ import annotations

from regesta.extraction.houses import house_after
from regesta.extraction.measured import (
    clause_of,
    dated,
    open_quantities,
    qualified,
    says_when,
    value_of,
    whose,
)
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["durations"]

_UNITS = frozenset(("year", "month", "week", "day", "hour", "minute", "night", "decade"))


def durations(scene: Scene) -> None:
    """State every length of time that no other rule has taken."""
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        for quantity in open_quantities(scene, passage, "time"):
            if quantity.unit not in _UNITS or quantity.is_age:
                continue
            clause = clause_of(scene, passage, quantity.span)
            evidence = Span(
                max(clause.start, quantity.span.start - 70), min(clause.end, quantity.span.end + 50)
            )
            evidence = _whole_words(scene, evidence).cover(quantity.span)
            owners = whose(scene, passage, quantity.span)
            if (
                owners[0].kind == "topic"
                and quantity.number is None
                and quantity.low is None
                and quantity.high is None
            ):
                continue  # "lived there for centuries"
            if owners[0].kind in ("group", "topic") and says_when(scene, quantity):
                continue
            when, spans = dated(scene, passage, quantity.span)
            house = _house_behind(scene, passage, quantity.span.end) if owners[0].kind != "person" else None
            if house is not None:
                owners = (house,)
                if any(span.start > quantity.span.end for span in spans):
                    when, spans = None, ()  # "at Nordheim, a centre opened in 1999"
            for actor in owners:
                scene.state(
                    actor,
                    "duration",
                    value_of(quantity),
                    evidence,
                    *spans,
                    when=when,
                    qualifiers=qualified(quantity),
                    claims=(quantity.number_span,),
                )


def _house_behind(scene: Scene, passage: Passage, end: int) -> Actor | None:
    """Return the house with a name in which a time is spent: "twelve weeks [at Nordheim, a training centre]"."""
    if _SPENT_AT.match(scene.text, end) is None:
        return None
    house = house_after(scene, passage, end)
    first = (
        min((span.start for span, _ in house.mentions if span.start >= end), default=None) if house else None
    )
    return house if first is not None and first - end <= _BEHIND else None


_SPENT_AT = lazy(r" (?:of [a-z]+ )?(?:at|in|inside) (?:the )?")
_BEHIND = 30
"""Code points from a time to the house in which it is spent."""


def _whole_words(scene: Scene, span: Span) -> Span:
    """Return the span without words that its ends cut through."""
    start, end = span
    while start < end and start > 0 and scene.text[start - 1].isalnum() and scene.text[start].isalnum():
        start += 1
    while (
        end > start and end < len(scene.text) and scene.text[end - 1].isalnum() and scene.text[end].isalnum()
    ):
        end -= 1
    return Span(start, end).strip(scene.text)
