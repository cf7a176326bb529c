"""The day of leaving: predicate `departure`, where it is not the day of arriving.

    matches          "since leaving the country in August 1996"  ·  "His brother fled to China in 1998."  ·  "left Oran on 3 May 1962"
    must not match   "left the party in 1960"  ·  "left his wife in 1960"  ·  "left Prague"

What is left must be a place, or the way must be said ("from", "to", "by"): parties and wives are left too.
"""

from __future__ import annotations

from regesta.extraction.bearing import about
from regesta.extraction.clauses import Clause, clauses
from regesta.extraction.cues import Cue, sentences_with
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Entry, Scene
from regesta.extraction.waypoints import waypoint
from regesta.model import DateValue
from regesta.text.span import Span

__all__ = ["departures"]

_LEFT = Cue(
    "leaving left departed departing set sailed fled fleeing escaped escaping embarked emigrated exile",
    r"\b(?:(?:since|before|after|upon|on) )?(?:leaving|left|departed|departing|set (?:out|off)|sailed|fled|fleeing|escaped|escaping|embarked|emigrated|went into exile)\b",
    opening="since before after upon on leaving left departed departing set sailed fled fleeing escaped escaping "
    "embarked emigrated went",
)


def departures(scene: Scene) -> None:
    """State the day on which somebody left, where it is not the day on which he arrived."""
    arrived = {(id(f.actor), f.when) for f in scene.facts if f.predicate == "arrival"}
    for passage in scene.passages:
        if passage.kind == "heading" or not passage.dates:
            continue
        for entry, cell in _departure_cell(scene, passage):
            left = next((d for d in passage.dates if d.edtf and cell.contains(d.span)), None)
            if left is None or left.edtf is None:
                continue
            for actor in entry.principals:
                scene.state(
                    actor, "departure", DateValue(edtf=left.edtf), cell, when=left.edtf, claims=[cell]
                )
        for sentence in sentences_with(scene, passage, _LEFT.words):
            for clause in clauses(scene, sentence):
                match = _LEFT.search(scene, clause.span)
                if match is None:
                    continue
                following = scene.tokens.between(match.end(), match.end() + 2)
                date = next(
                    (
                        d
                        for d in passage.dates_in(clause.span)
                        if d.span.start > match.end() and d.kind in ("date", "season", "relative", "range")
                    ),
                    None,
                ) or next(
                    (
                        d
                        for d in passage.dates_in(clause.span)
                        if d.span.start - clause.span.start < 6 and d.kind in ("date", "season")
                    ),
                    None,
                )
                if (
                    date is None
                    or date.edtf is None
                    or date.span.start - match.end() > 90
                    or not _is_exit(scene, passage, clause, following)
                ):
                    continue
                for actor in about(scene, passage, clause, match.start()):
                    if actor.kind in ("person", "group") and (id(actor), date.edtf) not in arrived:
                        span = Span(*match.span()).cover(date.span)
                        more = [s for s in date.evidence if not span.contains(s)]
                        scene.state(
                            actor,
                            "departure",
                            DateValue(edtf=date.edtf),
                            span,
                            *more,
                            when=date.edtf,
                            claims=[date.span],
                        )
                break


def _departure_cell(scene: Scene, passage: Passage) -> list[tuple[Entry, Span]]:
    entry = scene.entry_of[passage.index]
    if entry is None or entry.kind != "row":
        return []
    cell = entry.cells.get("departure")
    return [(entry, cell)] if cell is not None and cell == passage.span else []


def _is_exit(scene: Scene, passage: Passage, clause: Clause, following: range) -> bool:
    """Whether a place is left or fled to, rather than a party, a wife or a meal."""
    if not following:
        return False
    word = scene.tokens.lowers[following.start]
    if (
        word
        in ("to", "from", "for", "across", "via", "over", "into", "on", "in", "by", "with", "at", "through")
        or scene.tokens.texts[following.start][0].isdigit()
    ):
        return True
    return waypoint(scene, passage, following.start, clause.span.end) is not None
