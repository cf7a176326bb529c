"""A landing that nothing dates, soon after a setting out that is dated: of the same month or year.

    In July 1980 the Lam family left Rach Gia. After six days at sea they reached Bidong.       1980-07
    Ana set off on 3 May 1968. ... A trawler took her to Gedser, where she came ashore.         1968-05
    He left Chad in 1991 and settled in Lyon.                                                   1991
    In 1943 the town was taken. ... She reached Sweden after the war.                           nothing

A day becomes a month, and a month a year where weeks pass: coarse, but true. Whatever dates the landing itself weighs more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.dates import DatePhrase
from regesta.extraction.dated_moves import Dated
from regesta.extraction.scene import Actor
from regesta.extraction.sentence_dates import DAY, is_usable
from regesta.extraction.stations import PLAIN
from regesta.extraction.story import StorySentence

__all__ = ["Outset", "land"]

_WEIGHT = 2.4
"""Less than of anything that dates the landing itself."""
_WITH_GOAL = 3.5
"""From this weight on a flight or a settling with its goal is a landing, where the same sentence tells of the setting out."""
_REACH = 4
"""Sentences behind a setting out within which the landing is told."""
_NEXT = 1
"""Paragraphs behind it."""
_LONG = re.compile(
    r"\b(?:months?|years?|decades?|eventually|finally|ultimately|subsequently|later(?! that)|after the war|when the war|until|then moved|born)\b"
    r"(?<!\bhours later)(?<!\bminutes later)(?<!\bdays later)(?<!\bday later)(?<!\bhour later)(?<!\bweeks later)"
)
"""Words of a time that may have been long."""
_WEEKS = re.compile(r"\bweeks?\b")
_TRIED = re.compile(r"\b(?:tried|attempted|attempts?|tries|managed) to $")
_LATE_DAY, _LATE_MONTH = 24, 10
"""Days of a month and months of a year from which a journey may lead into the next."""


@dataclass(slots=True)
class Outset:
    """Somebody's setting out, and how many sentences ago it was told."""

    who: tuple[Actor, ...]
    date: DatePhrase
    passage: int
    heard: int = 0


def land(told: StorySentence, out: Outset | None) -> Outset | None:
    """Note the undated landings of a sentence by the setting out before them; return the one that lasts."""
    own = _outset(told)
    out = own or (None if any(is_usable(d) for d in told.dates.all) else out)
    if out is None or out.heard > _REACH or told.passage.index - out.passage > _NEXT:
        return None
    out.heard += 1
    for who, landing in told.undated:
        verb = landing.spans[0]
        came = [a for a in who if a in out.who]
        joins = verb.of(told.scene.text).lower().startswith("join")
        here = out is own and landing.where is not None and landing.weight >= _WITH_GOAL
        if not (landing.weight >= PLAIN or here) or joins or not came or verb.start < out.date.span.end:
            continue
        between = told.scene.text[out.date.span.end : told.span.end]
        edtf = None if _LONG.search(between) else _coarse(out.date.edtf or "", between)
        for actor in came if edtf else ():
            spans = (verb, *out.date.evidence)
            told.note(actor, Dated(_WEIGHT, edtf or "", spans, landing.where, told.passage.index))
    return out


def _outset(told: StorySentence) -> Outset | None:
    """Return the setting out that the sentence dates, if it dates no coming."""
    if told.noted:
        return None
    for move in told.moves:
        tried = _TRIED.search(told.scene.text, told.span.start, move.span.start)
        if move.kind != "flee" or not (move.is_real or tried):
            continue
        date = told.dates.of_move(move)
        who = told.people.who(move.span.start) if date is not None else ()
        if date is not None and who:
            return Outset(tuple(dict.fromkeys((*who, *told.people.along()))), date, told.passage.index)
    return None


def _coarse(edtf: str, words: str) -> str | None:
    """Return a date in whose month or year the journey has ended that began on it; None where none is sure.

    >>> _coarse("1968-05-03", "after two days"), _coarse("1968-05-30", ""), _coarse("1968-12-30", "")
    ('1968-05', '1968', None)
    """
    year, month, day = edtf[:4], edtf[5:7], edtf[8:10]
    if not year.isdecimal() or "/" in edtf or ".." in edtf:
        return None
    weeks = _WEEKS.search(words) is not None
    if len(edtf) == DAY and not weeks and int(day) <= _LATE_DAY:
        return edtf[:7]
    if len(edtf) == DAY or weeks:
        return year if not month.isdecimal() or int(month) <= _LATE_MONTH else None
    return edtf
