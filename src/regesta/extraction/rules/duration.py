"""How long: predicate `duration`.

matches          "after staying in Vienna for 34 days"  ·  "a three-month programme"  ·  "cut from three months to two"
must not match   "in the first 73 days of 2018" of many people (when, not how long)
                 "aged 12 years"  ·  "sentenced to ten years" (imprisonment)  ·  "two years later" (a date)
"""

from __future__ import annotations

from regesta.extraction.measured import (
    clause_of,
    dated,
    open_quantities,
    qualified,
    says_when,
    value_of,
    whose,
)
from regesta.extraction.scene import Scene
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
            if owners[0].kind in ("group", "topic") and says_when(scene, quantity):
                continue
            when, spans = dated(scene, passage, quantity.span)
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
