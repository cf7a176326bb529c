"""Arrivals that a verb dates outright, in a list or an entry: "arrived on 20 April 1997", "defected in 1992", "registered here in May".

How much a date weighs follows from the verb and from whether its goal is where the people of the document came to. Stories of
several sentences are for `itinerary.py`.
"""

from __future__ import annotations

import re

from regesta.dates import DatePhrase
from regesta.extraction.dated_moves import Dated
from regesta.extraction.dating import agrees, best_date, plain
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.stations import changes_place, plainness
from regesta.extraction.story import Note
from regesta.extraction.subjects import joined_to_last
from regesta.extraction.told import movements_of
from regesta.text.span import Span

__all__ = ["by_verb", "move_span"]


def by_verb(
    scene: Scene, passage: Passage, move: Movement, refuge: frozenset[str], note: Note, *, scattered: bool
) -> None:
    """Note the date of a verb that tells of somebody's coming; `scattered`: each of the entries went to a place of its own."""
    registers = move.kind == "seek" and (
        scene.language is not None or _ASKED.search(scene.text, *move.span) is not None
    )
    if not move.is_real or not move.dates or not (registers or move.kind in ("arrive", "defect", "flee")):
        return
    date = best_date(move)
    if date is None or date.edtf is None:
        return
    if registers and _REFUSED.search(scene.text, move.span.end, min(passage.span.end, move.span.end + _SOON)):
        return
    place = plain(move.place.of(scene.text)) if move.place else None
    if move.kind == "flee" and place is None and _LET_GO.match(scene.text, move.span.start):
        return
    if _is_term(scene, move, date):
        return
    entry = scene.entry_of[passage.index]
    spans = (move_span(move, date), *(s for s in date.evidence if not move.sentence.contains(s)))
    for actor in _heads(scene, passage, entry, move):
        principal = entry is not None and actor in entry.principals
        walked_in = scene.text.startswith("walked", move.span.start)
        if (move.kind == "arrive" or walked_in) and _at_institution(scene, move):
            continue
        if move.kind == "arrive" and _comes_otherwise(scene, passage, move):
            continue
        if move.kind == "arrive":
            weight = _STEP if _is_step(scene, passage, move) else 5.0
        elif move.kind == "defect":
            weight = 4.0
        elif registers:
            weight = 3.2
        elif place is not None and place in refuge:
            weight = 3.5
        elif principal and (
            place is None
            or not refuge
            or entry is None
            or entry.kind == "prose"
            or (scattered and entry.kind == "item")
            or _comes_there(scene, passage, move)
        ):
            weight = 3.0
            if (
                entry is not None
                and entry.filed
                and not entry.filed.is_weak
                and not agrees(entry.filed.edtf, date.edtf)
            ):
                continue
        elif place is None and actor.is_named and not principal and plainness(scene, passage, move) >= _FLED:
            weight = 3.0  # "He was followed by Jan Kos, who fled in 1950"
        else:
            continue
        changes = changes_place(scene, move.span)
        dated = Dated(weight, date.edtf, spans, move.place, passage.index, is_change=changes)
        dated.is_flight = weight < _STEP and not changes and plainness(scene, passage, move) >= _GOT_AWAY
        note(actor, dated)


def _is_term(scene: Scene, move: Movement, date: DatePhrase) -> bool:
    """Whether years before the verb are those of an office: "minister of trade 1965-68, escaped to Munich"."""
    first, _, last = (date.edtf or "").partition("/")
    long = first[:4].isdigit() and last[:4].isdigit() and int(last[:4]) - int(first[:4]) > 1
    return long and date.span.end <= move.span.start and scene.text.startswith((",", ")"), date.span.end)


def _comes_there(scene: Scene, passage: Passage, flight: Movement) -> bool:
    """Whether the sentence goes on to the coming: "fled Chad in 1948 and came to Mali"."""
    return any(
        m.kind == "arrive"
        and m.is_real
        and not m.dates
        and m.sentence == flight.sentence
        and m.span.start > flight.span.end
        and m.place == flight.place
        and m.who == flight.who
        and plainness(scene, passage, m) > 0
        for m in movements_of(scene, passage)
    )


_ASKED = re.compile(r"regist|asylum|refug|sanctuary|protection")
"""What somebody asks for who has come."""
_REFUSED = re.compile(r"\b(?:refused|rejected|denied|turned down|sent back|deported)\b")
_LET_GO = re.compile(r"(?:was|were) (?:released|freed)\b")
"""Who is let go from prison is in no other country yet."""
_SOON = 120
"""Code points within which a refusal is told."""


def _is_step(scene: Scene, passage: Passage, move: Movement) -> bool:
    """Whether a verb tells of a step of a journey that others may follow, or of a change of place after it."""
    plain_so = plainness(scene, passage, move)
    return plain_so == _STEP or (not plain_so and _MOVED.match(scene.text, move.span.start) is not None)


_MOVED = re.compile(r"(?:moved|transferred|(?:was|were) (?:moved|transferred|taken)|settled)\b")
_STEP = 4.2
"""The weight of words that tell of a step of a journey: "got off at", "was taken to"."""
_FLED = 3.0
_GOT_AWAY = 3.4
"""How plain words are that tell of a flight which got somewhere."""
_APPOSED = re.compile(r"\s(?:both\s)?|\s?[,:–][^.;]{0,120}[,:–]\s?(?:who\s)?|\s?[:–][^.;,]{0,120}")
"""What parts the people at the head of an entry from a verb that tells of them all."""


def _heads(scene: Scene, passage: Passage, entry: Entry | None, move: Movement) -> tuple[Actor, ...]:
    """Return who moves; both of a pair at the head of an entry: "Ana and her sister Eva: cooks, reached Lyon in 1939"."""
    if entry is None or entry.kind != "item" or len(move.who) != 1 or len(entry.principals) < 2:
        return move.who
    said = [
        s
        for s in scene.said[passage.index]
        if move.sentence.start <= s.span.start and s.span.end <= move.span.start and s.form == "name"
    ]
    apposed = said and _APPOSED.fullmatch(scene.text, said[-1].span.end, move.span.start)
    if not apposed or said[-1].actor is not move.who[0]:
        return move.who
    joined = joined_to_last(scene, said, with_kin=True)
    return joined if all(actor in entry.principals for actor in joined) else move.who


def _at_institution(scene: Scene, move: Movement) -> bool:
    """Whether an arrival leads to an embassy or an office, which is not yet the country of refuge."""
    if _INTO_EMBASSY.match(scene.text, move.span.end, move.sentence.end):
        return True
    words = scene.tokens.between(*move.place) if move.place else range(0)
    kinds = {scene.lexicon.facilities.get(scene.tokens.lowers[i]) for i in words}
    return "diplomatic" in kinds or any(scene.tokens.lowers[i] in scene.lexicon.laws for i in words)


_INTO_EMBASSY = re.compile(
    r"(?:\s+(?:in|into|at|to|inside))?\s+(?:the|an?|his|her|their|its)\s+(?:(?:[A-Z][\w.'’-]+|country's|nearest|local) ){0,4}"
    r"(?:[Ee]mbassy|[Cc]onsulate|[Ll]egation|[Nn]unciature|[Hh]igh [Cc]ommission|[Dd]iplomatic mission)\b"
)
"""What leads to a house of another country, wherever that stands: "entered the French embassy in Prague"."""


def _comes_otherwise(scene: Scene, passage: Passage, move: Movement) -> bool:
    """Whether "come" tells of no coming: "come out openly against the war"."""
    verb = scene.text[move.span.start : move.span.end].lower()
    return verb.startswith(("came", "come")) and not plainness(scene, passage, move)


def move_span(move: Movement, date: DatePhrase) -> Span:
    """Return the words that tell of a movement, from its verb to its date and, where that is near, its goal."""
    span = move.span.cover(date.span)
    if move.place is not None and move.place.end - span.start < 300:
        span = span.cover(move.place)
    return span
