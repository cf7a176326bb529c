"""Arrivals told in running prose: a journey of many sentences, read in order, with whoever travels together.

    In October 2012 he crossed to Lebanon with his sister Lubna.      a station; the party is now two
    On 12 July 2014 they were landed at Augusta                       "they": the party
    and walked out of the station at Malmö on the 21st.               the last station of the journey: the arrival

Each place that dates somebody's coming is a `Dated`, weighed by how plainly it says so; `choose` takes one of them: of
those that say it plainly (`stations.py`) the last of the journey, which ends when years pass.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from regesta.dates import DatePhrase
from regesta.extraction.dated_moves import Dated
from regesta.extraction.granted import Haven, grant
from regesta.extraction.landings import among_them, its_day, label_aboard, last_landing
from regesta.extraction.move_dates import dates_no_move
from regesta.extraction.movement import Movement
from regesta.extraction.other_comings import tell_otherwise
from regesta.extraction.outset import Outset, land
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.sentence_dates import DAY, is_usable
from regesta.extraction.stations import (
    PLAIN,
    plainness,
)
from regesta.extraction.story import Note, Noted, StorySentence
from regesta.text.span import Span

__all__ = ["is_narrative", "narrate"]

_STORY = 4
"""Sentences from which a paragraph that opens with a name tells a story, and is no entry of a list."""
_GAPPED = re.compile(r",? and (?P<who>(?:(?:his|her|their) )?[^,.;]{2,50}?),? (?:(?:in|on|at) )?$")
_FORCED = re.compile(
    r"\b(?:sent back|deported|repatriated|returned by|pushed back|forced back|handed back|put back|flown back|shipped back)\b"
)
"""What undoes an arrival: the next one counts."""
_LEFT_FOR = re.compile(r"(?:left|leaves|leave)\s+(?:[^.;,]{3,40}? )?for\b", re.IGNORECASE)
_LOOKS_AWAY = re.compile(
    r"\b(?:had|has|have|later|then|after|before|eventually|finally|subsequently|once|first|earlier|would|will|yet|ever)\b"
)
_MOVING = ("arrive", "defect", "flee", "seek")


def is_narrative(scene: Scene, passage: Passage) -> bool:
    """Return whether the passage belongs to running prose rather than to a list or a table."""
    entry = scene.entry_of[passage.index]
    return entry is not None and (
        entry.kind == "prose"
        or (
            entry.kind == "item"
            and passage.kind in ("prose", "item")
            and len(passage.sentences) >= _STORY
            and (entry.filed is None or entry.filed.is_weak)
        )
    )


def narrate(
    scene: Scene, moves: dict[int, list[Movement]], note: Note, apart: frozenset[Span] = frozenset()
) -> list[list[Actor]]:
    """Note every place in the running prose that dates somebody's arrival; the dates `apart` date none.

    Returns the parties that travelled together, in the order of the text.
    """
    parties: list[list[Actor]] = []
    party: list[Actor] = []
    sent_back: Counter[int] = Counter()
    landing: Dated | None = None
    landed: list[Noted] = []
    out: Outset | None = None
    haven: Haven | None = None
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        if not is_narrative(scene, passage):
            if passage.kind in ("prose", "item") and passage.dates:
                _short_entry(scene, passage, moves.get(passage.index, []), note, apart)
            continue
        row = moves.get(passage.index, [])
        dates = [
            d
            for d in passage.dates
            if d.span not in apart and not dates_no_move(scene, passage.sentence_at(d.span.start), d)
        ]
        if not (row or dates or scene.said[passage.index]):
            continue
        for sentence in passage.sentences:
            own = [m for m in row if m.sentence == sentence]
            here = [d for d in dates if d.edtf and sentence.start <= d.span.start < sentence.end]
            if not (own or here or scene.people_in(passage, sentence)):
                continue
            if landed and not own and (day := its_day(scene, sentence, here)):
                for who, undated in landed:
                    for actor in who:
                        note(
                            actor,
                            replace(undated, edtf=day.edtf or "", spans=(*undated.spans, *day.evidence)),
                        )
            told = StorySentence(scene, passage, sentence, own, here, party, note, sent_back)
            _tell(told)
            out = land(told, out)
            haven = grant(told, haven)
            among_them(told, landed)
            landing = last_landing(told, landing)
            landed = told.undated or (landed if not own and not here else [])
            if told.people.party is not party and len(told.people.party) > 1:
                parties.append(told.people.party)
            party = told.people.party

    return parties


def _short_entry(
    scene: Scene, passage: Passage, moves: list[Movement], note: Note, apart: frozenset[Span]
) -> None:
    """Note what an entry of a few sentences says in other words than verbs of flight: "has lived in Leeds since 1999"."""
    for sentence in passage.sentences:
        here = [d for d in passage.dates_in(sentence) if d.edtf and d.span not in apart]
        if here:
            own = [m for m in moves if m.sentence == sentence]
            told = StorySentence(scene, passage, sentence, own, here, [], note, Counter())
            if told.dates.all:
                tell_otherwise(told)


def _tell(told: StorySentence) -> None:
    """Note what the sentence dates, and who travels on."""
    along = told.people.along()
    leaders: list[Actor] = []
    for move in told.moves:
        if move.is_presented:
            who = move.who
        else:
            who = told.people.carried_by(move.span.start) or told.people.who(move.span.start)
        if not move.is_real:
            continue
        if move.kind in ("fail", "return"):
            if _FORCED.search(told.scene.text, *move.span):
                told.sent_back.update(id(a) for a in who)
            told.people.party = [a for a in told.people.party if a not in who or len(who) > 1]
            continue
        weight = plainness(told.scene, told.passage, move)
        banished = told.scene.text[move.span.start : move.span.end].lower().endswith(("expelled", "exiled"))
        kin = any(a.head != "other" for a in along)
        if (weight or kin or move.kind == "flee") and move.kind in _MOVING and not banished:
            leaders += [a for a in who if a not in leaders]
        date = told.dates.of_move(move) or (told.dates.same_day() if weight >= PLAIN else None)
        if weight and date is not None and _sets_out(told, move, date):
            continue
        if weight and date is not None:
            told.add(who, weight, date, move.span, move.place, is_behind=move.is_presented)
        elif weight >= PLAIN and _is_of_the_day(told, move):
            told.of_the_day(who, move.span)
        elif weight:
            told.undated.append((who, Dated(weight, "", (move.span,), move.place, told.passage.index)))
    if told.dates.all or told.dates.same_day():
        tell_otherwise(told)
    label_aboard(told)
    _companions(told, along)
    if not leaders and not along and (family := told.people.family()):
        leaders += family
    if not leaders and any(a.head != "other" for a in along):
        leaders += told.people.first_subject()
    together = [*leaders, *(a for a in along if a not in leaders)]
    if leaders and (len(together) > 1 or together[0] not in told.people.party):
        told.people.party = together


def _sets_out(told: StorySentence, move: Movement, date: DatePhrase) -> bool:
    """Whether a day is that of leaving for somewhere: "left for her uncle at Marseilles on 3 March 1927"."""
    return len(date.edtf or "") == DAY and _LEFT_FOR.match(told.scene.text, move.span.start) is not None


def _is_of_the_day(told: StorySentence, move: Movement) -> bool:
    if told.heading_day() is None:
        return False
    before = told.scene.text[told.span.start : move.span.end]
    return move.kind == "arrive" and not told.dates.all and _LOOKS_AWAY.search(before) is None


def _companions(told: StorySentence, along: list[Actor]) -> None:
    """Give those who are with the mover the date, and those of ", and her brother the following year" their own."""
    plain = [(who, d) for who, d in told.noted if d.weight >= 3.4]
    if not plain:
        return
    who, best = max(plain, key=lambda n: n[1].weight)
    for actor in along:
        if actor not in who:
            said = told.people.said_of(actor)
            spans = (said.span, *best.spans) if said else best.spans
            told.note(actor, replace(best, spans=spans))
    for date in told.dates.all:
        if not is_usable(date) or date.span.start < best.spans[0].end:
            continue
        match = _GAPPED.search(told.scene.text, best.spans[0].end, date.span.start)
        if match is None or match.start() - best.spans[0].end > 4:
            continue
        for said in told.scene.people_in(told.passage, match.span("who")):
            if said.form != "pronoun":
                span = Span(match.start("who"), date.span.end)
                told.note(
                    said.actor,
                    Dated(best.weight, date.edtf or "", (span, *date.evidence), None, told.passage.index),
                )
