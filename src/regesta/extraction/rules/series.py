"""Figures by period: every point of a statistical series is an observation and a claim (`count` or `amount`).

    matches          "• 1990 – 9  • 1991 – 12  • 1992 – 7"  ·  a table of years and numbers  ·  "Total: 28"
    must not match   "• 1990 – Jan Novak fled"  ·  "1990 – 1995"

Where a series is and what its points are is found in `series.py` of this room; here they are stated.
"""

from __future__ import annotations

from regesta import places
from regesta.extraction.labels import is_share, speaks_of_people, unit_of
from regesta.extraction.scene import Actor, Fact, Scene
from regesta.extraction.series import PointFound, SeriesFound, find_series
from regesta.model import Evidence, Observation, Qualifiers, QuantityValue, content_id
from regesta.text.span import Span

__all__ = ["observations"]

_BOUNDS = {"about": "about", "min": "min", "max": "max"}


def observations(scene: Scene) -> list[tuple[Fact, Observation]]:
    """State every point of every series and return the points with their facts."""
    found: list[tuple[Fact, Observation]] = []
    for series in find_series(scene.document):
        actor = _topic(scene, series)
        unit = "percent" if is_share(series.label) else _unit(scene, series)
        key = content_id("s", [scene.document.id, series.label, series.points[0].span.start])
        found += [
            (_fact(scene, actor, unit, point), _observation(scene, series, key, point))
            for point in series.points
        ]
        if series.source_span is not None:
            scene.claim(series.source_span)
    return found


def _unit(scene: Scene, series: SeriesFound) -> str:
    """Return what one of the counted is; where a place heads the column, people, if what stands above speaks of people or of flight."""
    above, _, head = series.label.rpartition(": ")
    if not places.is_place(head):
        return unit_of(series.label, scene.lexicon)
    start = series.points[0].span.start
    headings = [p.span.of(scene.text) for p in scene.passages if p.kind == "heading" and p.span.start < start]
    told = [above, *headings[-1:], scene.document.title or ""]
    words = {word.lower() for text in told for word in text.split()}
    people = any(speaks_of_people(text, scene.lexicon) for text in told if text)
    return "person" if people or not words.isdisjoint(scene.lexicon.flight_nouns) else "unit"


def _topic(scene: Scene, series: SeriesFound) -> Actor:
    """Return what is counted, as a topic whose mention is the words that say so."""
    span = series.label_span or series.points[0].span
    actor = scene.named("topic", series.label or span.of(scene.document.text))
    if not actor.mentions:
        actor.mentions.append((span, "description"))
        actor.called = " ".join(series.label.split())
    return actor


def _fact(scene: Scene, actor: Actor, unit: str, point: PointFound) -> Fact:
    bound = point.qualifier if point.qualifier in _BOUNDS else None
    unit = "percent" if scene.text.startswith(("%", " %"), point.value_span.end) else unit
    value = QuantityValue(number=point.value, unit=unit, approximate=point.qualifier == "about")
    spans = (point.span,) if point.span.contains(point.period_span) else (point.span, point.period_span)
    return scene.state(
        actor,
        "figure" if unit == "percent" else "count",
        value,
        *spans,
        when=point.period,
        qualifiers=Qualifiers(bound=bound),  # type: ignore[arg-type]  # checked against _BOUNDS
        claims=(point.value_span, Span(*point.span), point.period_span),
    )


def _observation(scene: Scene, series: SeriesFound, key: str, point: PointFound) -> Observation:
    text = scene.document.text
    evidence = Evidence(
        source=scene.document.source.name,
        start=point.span.start,
        end=point.span.end,
        quote=point.span.of(text),
    )
    return Observation(
        series=key,
        series_label=series.label,
        period=point.period,
        label=point.label,
        value=point.value,
        qualifier=point.qualifier,
        role=point.role,
        claim="",
        evidence=evidence,
    )
