"""Arrivals that an entry dates without a verb: the date at its head, in brackets behind the name above it, or that of the heading it stands under.

    1968 • Jan Novák – pilot   ·   Ana Ruiz (3 May 1971)   ·   under "1990": "Ivo Kos, student"

Whether the rows of a table tell of comings is for `coming.py`; which date stands at the head of an entry, for `dating.py`.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.dated_moves import Dated
from regesta.extraction.dating import agrees, best_date, entry_date
from regesta.extraction.itinerary import is_narrative
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.row_arrivals import row_arrivals
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.stations import plainness
from regesta.extraction.story import Note
from regesta.extraction.verb_arrivals import move_span
from regesta.text.span import Span

__all__ = ["by_filing"]


def by_filing(
    scene: Scene, entry: Entry, moves: dict[int, list[Movement]], note: Note, *, register: bool
) -> None:
    """Date the principals by the head of their entry, or by what the entry is filed under."""
    own = [m for i in entry.passages for m in moves.get(i, ())]
    real = [m for m in own if m.is_real]
    moving = any(m.kind in ("arrive", "defect", "flee", "admit") for m in real)
    failed = any(m.kind == "fail" for m in real) and not any(m.kind in ("arrive", "defect") for m in real)
    unreal_only = any(m.kind != "return" for m in own) and not real
    if entry.kind == "row":
        for actor, dated in row_arrivals(scene, entry):
            note(actor, dated)
        return
    if not entry.passages or (failed and not register) or unreal_only:
        return
    passage = scene.passages[entry.passages[0]]
    telling = ("arrive", "defect", "flee")
    if entry.kind == "item" and not moving and _is_of_returns(scene, passage):
        return
    if (headed := _in_heading(scene, entry)) is not None:
        told = [m for m in real if m.kind in telling]
        if any(all(agrees(headed.edtf or "", d.edtf or "") for d in m.dates) for m in told):
            for actor in entry.principals:
                note(actor, Dated(4.5, headed.edtf or "", (passage.span,), None, passage.index))
        return
    if entry.kind == "prose" and not any(
        m.kind in telling
        and m.sentence == scene.opening_of(passage)
        and (m.kind != "arrive" or plainness(scene, passage, m) > 0)
        and ((scene.language is None and not m.who) or any(a in m.who for a in entry.principals))
        for m in real
    ):
        return
    if entry.kind == "item" and not (register or moving):
        return
    for actor in entry.principals:
        moved = [m for m in real if actor in m.who]
        if moved and all(m.kind == "flee" and _ONWARD.match(scene.text, m.span.start) for m in moved):
            continue  # "has left for Viipuri": no coming
        if entry.kind == "item" and not actor.is_named and actor is scene.tellers[passage.index]:
            continue  # an answer of an interview is no entry of a list
        head = entry_date(scene, entry, passage, actor)
        weight = 4.2 if is_narrative(scene, passage) else 4.5
        if head is not None and head.edtf and not head.edtf.startswith(".."):
            if _is_told_otherwise(scene, passage, moved, head):
                continue
            here = _mention(scene, passage, actor)
            joined = head.span.cover(here)
            if not actor.is_named and _TALLIED.search(scene.text, joined.start, here.start):
                continue
            tight = joined.end - joined.start <= 200 and " not " not in joined.of(scene.text)
            spans: tuple[Span, ...] = (joined,) if tight else (head.span, here)
            others = (s for s in head.evidence if s != head.span)
            where = _where(scene, moved, passage, head.edtf) or _led_to(scene, passage, head)
            note(actor, Dated(weight, head.edtf.removesuffix("/.."), (*spans, *others), where, passage.index))
        elif _is_decade(entry) and not any(m.kind in telling for m in moved) and _tells_of_days(passage):
            continue  # a decade that dates neither the arrest nor the release
        elif entry.filed is not None and not entry.filed.is_weak and ".." not in entry.filed.edtf:
            spans = (_mention(scene, passage, actor), *entry.filed.spans)
            note(
                actor,
                Dated(
                    2.0,
                    entry.filed.edtf,
                    spans,
                    _where(scene, moved, passage, entry.filed.edtf),
                    passage.index,
                ),
            )
        elif entry.filed is None and entry.kind == "item" and register and not failed:
            for move in real:
                date = best_date(move) if move.kind == "admit" and actor in move.who else None
                if date is not None and date.edtf and _tells_one_date(scene, passage):
                    note(actor, Dated(1.5, date.edtf, (move_span(move, date),), move.place, passage.index))


def _is_of_returns(scene: Scene, passage: Passage) -> bool:
    """Whether an entry stands under a heading such as "Returned", so that its date is the return's."""
    above = (scene.document.blocks[index].content for index in scene.document.sections[passage.block])
    return any(_RETURNS.match(scene.text, *span) for span in above)


_RETURNS = re.compile(
    r"(?:(?:those|people|defectors|refugees) who )?(?:later )?(?:returned|returns|returnees|repatriat\w+|re-?defect\w+)\b",
    re.IGNORECASE,
)


def _where(scene: Scene, moved: list[Movement], passage: Passage, date: str) -> Span | None:
    """Return where the first sentence of an entry says that somebody came whom its head dates: "1990  Ana Ruiz is exiled to Sweden"."""
    opening = scene.opening_of(passage)
    told = [
        m
        for m in moved
        if m.place is not None and m.sentence == opening and all(agrees(date, d.edtf or "") for d in m.dates)
    ]
    came = [m.place for m in told if m.kind in ("arrive", "defect")]
    fled = [m.place for m in told if m.kind == "flee"]
    return came[0] if came else fled[-1] if fled else None


def _led_to(scene: Scene, passage: Passage, head: DatePhrase) -> Span | None:
    """Return the place that stands right before a date of its own: "Ana Ruiz (aunt), to Palestine 1934", "in exile in Lund since 2007"."""
    match = _TO_PLACE.search(scene.text, max(passage.span.start, head.span.start - 60), head.span.start)
    if match is None:
        return None
    place = Span(*match.span("place"))
    known = any(c.kind == "place" and place.contains(c.span) for c in scene.chunks[passage.index])
    return place if known else None


_TO_PLACE = re.compile(
    r"[,;.:–)-] (?:now |living |settled |exiled |based )?(?:to|in|in exile in) (?:the )?(?P<place>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}),? (?:in |on |since )?$"
)


def _is_told_otherwise(scene: Scene, passage: Passage, moved: list[Movement], head: DatePhrase) -> bool:
    """Whether the sentence that a date opens dates the flight itself otherwise: "In 2019 she wrote of leaving Lima in 1971"."""
    if not scene.text.endswith(("In ", "On "), 0, head.span.start):
        return False
    dates = [d.edtf or "" for m in moved if m.sentence == scene.opening_of(passage) for d in m.dates]
    return bool(dates) and not any(agrees(head.edtf or "", own) for own in dates)


_TALLIED = re.compile(r"\b(?:[Nn]umbers?|[Tt]otals?|[Ff]igures?|[Pp]opulation)\b")
"""What stands before how many there were, and not who came: "May 2007: number of defectors reached 10,000 persons"."""


def _is_decade(entry: Entry) -> bool:
    return entry.filed is not None and "X" in entry.filed.edtf


def _tells_of_days(passage: Passage) -> bool:
    """Whether an entry has days of its own, so that a decade says nothing of them."""
    return sum(d.kind == "date" and len(d.edtf or "") == len("1999-08-11") for d in passage.dates) > 1


_ONWARD = re.compile(
    r"(?:left|sailed|departed|set out|set off|took off) (?:us |here |again |the [a-z]+ ){0,2}for\b"
)
_BORN = re.compile(r"\b(?:born|b\.)(?: (?:in|on|about|circa|c\.))?\s*$", re.IGNORECASE)


def _tells_one_date(scene: Scene, passage: Passage) -> bool:
    """Whether a passage has one date besides that of a birth."""
    starts = (d.span.start for d in passage.dates)
    return sum(not _BORN.search(scene.text[max(passage.span.start, s - 12) : s]) for s in starts) == 1


_IN_BRACKETS = re.compile(r"[^()]{3,60}\([^()]{4,24}\)\W*")


def _in_heading(scene: Scene, entry: Entry) -> DatePhrase | None:
    """Return the date that stands in brackets behind the name that heads a biography, where several are headed so."""
    passage = scene.passages[entry.passages[0]]
    if passage.kind != "heading" or not _IN_BRACKETS.fullmatch(scene.text, *passage.span):
        return None
    like = [
        p
        for p in scene.passages
        if p.kind == "heading" and len(p.dates) == 1 and _IN_BRACKETS.fullmatch(scene.text, *p.span)
    ]
    date = passage.dates[0] if len(passage.dates) == 1 else None
    usable = date is not None and date.edtf and date.kind == "date" and scene.text[date.span.start - 1] == "("
    return date if usable and len(like) >= 2 else None


def _mention(scene: Scene, passage: Passage, actor: Actor) -> Span:
    """Return where the passage names the actor, else its first words."""
    return next(
        (s.span for s in scene.said[passage.index] if s.actor is actor),
        Span(passage.span.start, min(passage.span.end, passage.span.start + 80)),
    )
