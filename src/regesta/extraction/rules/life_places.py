"""Where somebody was born or died, as far as it is told apart from the day: the place joins the claim that has the date.

    3 May 1921 ⏎ Kolín, Bohemia        the other line of the cell
    (Oslo, 3 May 1920 – 1994, Bergen)  before or behind the date in the brackets of a life
    birth place | Kolín                another line of the box
    "was born in Kolín"                a sentence without a date, of whom the text dates elsewhere

A birth without any date is no claim, and no place is guessed: a name of the gazetteer has to stand in it, but behind "born in".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from regesta import places
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Fact, Scene
from regesta.model import DateValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["place_lives"]

_PLACE = r"(?P<place>[^\W\d_a-z][\w'’.-]*(?:,? (?:(?:de|di|da|del|la|am|an der|upon|of|sur|na|nad) )?[^\W\d_a-z][\w'’.-]*){0,4})"
_BEHIND = lazy(
    rf"[\s,;]*(?:\((?:aged?|age) [^()]{{1,12}}\))?[\s,;]*(?:in |at )?{_PLACE}(?=\s*(?:\Z|[–)†]|- ))"
)
_BEFORE = lazy(rf"(?:\A|[(–†]|- )\s*{_PLACE},? \Z")
_TERM = re.compile(
    r"(?:place of (?P<a>birth|death)|(?P<b>birth|death)[ -]?place|(?P<c>born|died) (?:in|at))", re.IGNORECASE
)
_LINES = 6
"""Passages between the line of a day and that of its place in one box."""


def place_lives(scene: Scene, told: Iterable[tuple[Actor, str, Span]]) -> None:
    """Give births and deaths their places; `told`: whose birth or death the text places in a sentence without a date."""
    facts = [
        fact
        for fact in scene.facts
        if fact.predicate in ("birth", "death") and fact.where is None and isinstance(fact.value, DateValue)
    ]
    if not facts:
        return
    boxed: list[tuple[int, Fact]] = []
    for fact in facts:
        passage = scene.passage_at(fact.spans[0].start)
        if passage is None:
            continue
        if passage.kind == "definition":
            boxed.append((passage.index, fact))
        if (place := _beside(scene, passage, fact)) is not None:
            _join(scene, fact, place)
    for at, fact in boxed:
        for index in (
            range(max(1, at - _LINES), min(at + _LINES, len(scene.passages))) if fact.where is None else ()
        ):
            if (place := _in_box(scene, index, fact.predicate)) is not None:
                _join(scene, fact, place)
    for actor, predicate, span in told:
        for fact in facts:
            if fact.actor is actor and fact.predicate == predicate and fact.where is None:
                _join(scene, fact, span)
                break


def _join(scene: Scene, fact: Fact, place: Span) -> None:
    fact.where = " ".join(place.of(scene.text).strip(" ,").split())
    if not any(span.contains(place) for span in fact.spans):
        fact.spans = (*fact.spans, place)


def _beside(scene: Scene, passage: Passage, fact: Fact) -> Span | None:
    """Return the place that stands beside the date in a cell, or in the brackets of a life."""
    first = fact.spans[0]
    dates = [d.span for d in passage.dates if d.edtf == fact.when and first.start <= d.span.start < first.end]
    if not dates:
        return None
    date = dates[-1]
    whole = passage.span
    if passage.kind not in ("cell", "definition"):
        opened = scene.text.rfind("(", first.start, date.start)
        closed = scene.text.find(")", date.end, date.end + 60)
        if opened < 0 or closed < 0 or scene.text.find(")", opened, date.start) >= 0:
            return None
        whole = Span(opened, closed + 1)
    behind = _BEHIND.match(scene.text[: whole.end], date.end)
    before = _BEFORE.search(scene.text[whole.start : date.start]) if behind is None else None
    if behind is not None:
        place = Span(*behind.span("place"))
    elif before is not None:
        place = Span(whole.start + before.start("place"), whole.start + before.end("place"))
    else:
        return None
    return place if _is_known(scene, passage, place) else None


def _in_box(scene: Scene, index: int, predicate: str) -> Span | None:
    """Return what the line of a box says behind "birth place"."""
    passage = scene.passages[index]
    if passage.kind != "definition":
        return None
    term = _TERM.fullmatch(scene.passages[index - 1].span.of(scene.text).strip(" *_:"))
    if (
        term is None
        or {"born": "birth", "died": "death"}.get(word := (term["a"] or term["b"] or term["c"]).lower(), word)
        != predicate
    ):
        return None
    match = _BEHIND.match(scene.text[: passage.span.end], passage.span.start)
    if match is None:
        return None
    place = Span(*match.span("place"))
    return place if _is_known(scene, passage, place) else None


def _is_known(scene: Scene, passage: Passage, span: Span) -> bool:
    if places.is_place(span.of(scene.text).split(",")[0]):
        return True
    return any(c.kind == "place" and span.contains(c.span) for c in scene.chunks[passage.index])
