"""A coming that nothing dates but the asylum that was granted for it.

    Ana reached Vora, where she was granted asylum in 1984.              1984, at Vora
    They fled to Vora. A court there granted them asylum in May 1984.    both of them
    Vora gave him refugee status in 1984.                                at Vora: it grants none to those who are elsewhere

Who is granted it has come by then, and may have come before: whatever dates the coming itself weighs more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta import places
from regesta.dates import DatePhrase
from regesta.extraction.cues import Cue
from regesta.extraction.dated_moves import Dated
from regesta.extraction.scene import Actor
from regesta.extraction.sentence_dates import is_usable
from regesta.extraction.story import Noted, StorySentence
from regesta.text.span import Span

__all__ = ["Haven", "grant"]

_WEIGHT = 2.1
"""As of asylum that is granted in a place with a date."""
_CAME = 3.5
"""From this weight on a flight or a coming has its goal."""
_REACH = 6
"""Sentences behind a coming within which its asylum is told."""
_NEXT = 2
"""Paragraphs behind it."""
_GRANTED = Cue(
    "asylum refugee refugees",
    r"(?:(?P<granter>\b[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}) )?\b(?:"
    r"(?P<gave>granted|gave|accorded|awarded) (?P<whom>him|her|them|(?:the|all) [a-z]+|[A-Z][\w'-]+)"
    r"|(?:was|were|been) (?:[a-z]+ly |later |then |soon )?(?:granted|given|accorded|awarded)|received|obtained|won"
    r"|(?P<as>(?:was|were) (?:[a-z]+ly |later |then )?recogni[sz]ed as))"
    r" (?:an? )?(?:[a-z]+ ){0,2}(?:asylum|refugee status|(?(as)refugees?|status as a refugee))\b(?! seeker)"
    r"(?P<place> (?:in|by) (?:the )?(?P<where>[A-Z][\w.'-]+(?: [A-Z][\w'-]+){0,2}))?",
)
_DENIED = re.compile(
    r"\b(?:not|never|nor|if|until|would|could|might|may|to be|without|hop\w+)\b[^.;,]{0,24}$"
)
_TO_DATE = re.compile(
    r"(?: there)?(?: (?:in|by) (?:the )?[A-Z][\w. '-]{1,30})?,? ?(?:(?:in|on|at|by|only in|again in|the) )?(?:(?:early|late|mid) )?"
)
"""What stands between asylum and its day."""


@dataclass(slots=True)
class Haven:
    """Where somebody came on a day that is not told, and how many sentences ago."""

    came: list[Noted]
    passage: int
    heard: int = 0


def grant(told: StorySentence, haven: Haven | None) -> Haven | None:
    """Date the coming told last by the asylum granted in a sentence; return the coming that lasts."""
    came = [(who, dated) for who, dated in told.undated if dated.weight >= _CAME and dated.where is not None]
    if came:
        haven = Haven(came, told.passage.index)
    elif told.noted or any(m.kind in ("fail", "return") and m.is_real for m in told.moves):
        haven = None
    if haven is not None:
        haven.heard += 1
        if haven.heard > _REACH or told.passage.index - haven.passage > _NEXT:
            haven = None
    for match in _GRANTED.find(told.scene, told.span) if told.dates.all else ():
        date = _date(told, match)
        if date is not None:
            _date_coming(told, match, date, haven)
    return haven


def _date_coming(told: StorySentence, match: re.Match[str], date: DatePhrase, haven: Haven | None) -> None:
    text = told.scene.text
    verb = (
        match.start("gave")
        if match["gave"]
        else match.end("granter") + 1
        if match["granter"]
        else match.start()
    )
    if _DENIED.search(text, told.span.start, verb):
        return
    who = (
        told.people.object_at(match.start("whom"), match["whom"]) if match["gave"] else told.people.who(verb)
    )
    granter = match["granter"] if match["gave"] and places.country(match["granter"] or "") else None
    months = any(d.span.contains(Span(*match.span("where"))) for d in told.dates.all)
    own = Span(*match.span("where")) if match["where"] and not months else None
    own = Span(*match.span("granter")) if granter else own
    for actor in who:
        known = _came(haven, actor)
        if own is None and known is None:
            continue
        where = own or (known.where if known else None)
        spans = (Span(verb, match.end()).cover(date.span), *(known.spans if known else ()), *date.evidence)
        told.note(
            actor, Dated(_WEIGHT, date.edtf or "", tuple(dict.fromkeys(spans)), where, told.passage.index)
        )


def _came(haven: Haven | None, actor: Actor) -> Dated | None:
    """Return the coming of somebody that is remembered."""
    found = [dated for who, dated in haven.came if actor in who] if haven else []
    return found[-1] if found else None


def _date(told: StorySentence, match: re.Match[str]) -> DatePhrase | None:
    """Return the day of the granting: right behind it, or at the head of the sentence."""
    text = told.scene.text
    usable = [d for d in told.dates.all if is_usable(d)]
    behind = [
        d
        for d in usable
        if d.span.start >= match.end() and _TO_DATE.fullmatch(text, match.end(), d.span.start)
    ]
    opens = [
        d
        for d in usable
        if d.span.end <= match.start() and d.span.start - told.span.start <= len("In early ")
    ]
    inside = [d for d in usable if match.start() <= d.span.start < match.end()]
    return next(iter(behind or inside or opens), None)
