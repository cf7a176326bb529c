"""Comings that a story tells in other words than verbs of flight: "was picked up by a trawler", "has lived in Leeds since 1999".

`stations.py` holds the words and how plainly each says that somebody arrived; here is whom and which date they take.
"""

from __future__ import annotations

import re
from dataclasses import replace

from regesta import places
from regesta.dates import DatePhrase
from regesta.extraction.abroad import inverted
from regesta.extraction.cues import is_cued
from regesta.extraction.enumeration import row_after
from regesta.extraction.sentence_dates import DAY, is_usable
from regesta.extraction.stations import (
    ACROSS,
    BROUGHT,
    CARRIED,
    CARRIED_MANY,
    FETCHED,
    FOLLOWED,
    FOUND,
    IN_EXILE,
    LIVES,
    MET,
    OVER,
    OVER_BORDER,
    PATTERN_VERBS,
    PRESENT,
    RECOGNISED,
    STAYED_AWAY,
)
from regesta.extraction.story import StorySentence
from regesta.text.span import Span

__all__ = ["tell_otherwise"]

_BY = re.compile(r"\bby (?:the )?(?:\w+ of )?$", re.IGNORECASE)
_EVER_SINCE = re.compile(r"\bsince (?:that |the |this )?$")
_REFUSED = re.compile(r"\b(?:refused|rejected|denied|turned down|in vain)\b")
_BREAK = re.compile(r"[,;:]")
_ON_BOARD = re.compile(
    r"\bthere\s+were\s[^.;,]{3,50}\b(?:on\s+board|aboard),?\s+(?:among\s+them|including)\b"
)
_NACH = re.compile(r"\bnach(?=\s*[,.;])")
_DENIED = re.compile(r"\b(?:pas|nicht|kein\w*|no|non|não|niet|geen|nie)\b[^.,;]*$")
_STAY = 60
"""Code points between a verb of living somewhere and since when."""
_OTHER_CLAUSE = re.compile(r",|\b(?:y|e|et|und|en|i|and)\b")
"""What parts a date from a verb of living behind it: "threatened since 2018 [and] lives in Oslo"."""
_LEAD = len(" between ")
_CLOSE = 24
"""Code points between words and the date that goes with them."""
_TITLE = 24
"""Code points of what somebody is, before the name: "followed by [the pilot] Jan Kos"."""


def tell_otherwise(told: StorySentence) -> None:
    """Note what the sentence says in other words than verbs of flight."""
    if not (told.scene.language or is_cued(told.scene, PATTERN_VERBS, told.span)):
        return
    text = told.scene.text
    for match in FOLLOWED.finditer(text, *told.span):
        date = told.dates.near(match.start(), match.end())
        behind = match["by"] is not None
        if behind:
            who = tuple(s.actor for s in told.people.said if 0 <= s.span.start - match.end() <= _TITLE)[:1]
            after = next((s.span.end for s in told.people.said if s.actor in who), match.end())
        else:
            who, after = told.people.who(match.start()), match.end()
        if (
            date is not None
            and 0 <= date.span.start - after <= _CLOSE
            and any(a.kind == "person" for a in who)
        ):
            told.add(who, 4.8, date, Span(*match.span()), None, is_behind=behind)
    for match in BROUGHT.finditer(text, *told.span):
        date = told.dates.near(match.start(), match.end())
        if date is not None and date.span.start - match.end() <= _CLOSE and _brings(told, match):
            told.add(told.people.who(match.start()), 4.4, date, Span(*match.span()), None)
    for match in (*FOUND.finditer(text, *told.span), *ACROSS.finditer(text, *told.span)):
        date = told.dates.near(match.start(), match.end())
        if date is not None:
            told.add(
                told.people.carried_by(match.start()) or told.people.who(match.start()),
                4.4,
                date,
                Span(*match.span()),
                Span(*match.span("place")) if match["place"] else None,
            )
    for pattern, weight in (
        (CARRIED, 4.6),
        (OVER, 4.4),
        (OVER_BORDER, 4.4),
        (MET, 4.4),
        (RECOGNISED, 3.4),
    ):
        for match in pattern.finditer(text, *told.span):
            date = told.dates.near(match.start(), match.end())
            whom = told.people.object_at(match.start("whom"), match.group("whom"))
            if date is not None and whom:
                place = Span(*match.span("place")) if "place" in pattern.groupindex else None
                told.add(whom, weight, date, Span(*match.span()), place)
    for match in PRESENT.finditer(text, *told.span):
        _present(told, match)
    for match in IN_EXILE.finditer(text, *told.span):
        _in_exile(told, match)
    _on_board(told)
    for match in CARRIED_MANY.finditer(text, *told.span):
        _carried_many(told, match)
    for match in FETCHED.finditer(text, *told.span) if told.scene.language else ():
        _fetched(told, match)
    for match in LIVES.finditer(text, *told.span) if told.scene.language else ():
        _lives(told, match)
    for match in STAYED_AWAY.finditer(text, *told.span):
        date = told.dates.near(match.start(), match.end()) or told.dates.same_day()
        who = told.people.who(match.start())
        if _REFUSED.search(text, match.end(), told.span.end):
            continue
        if date is not None and match.group().lower() not in ("left", "leaves"):
            told.add(who, 3.6, date, Span(*match.span()), None)
        elif date is not None and told.scene.protagonist in who and not _sets_out(told, match.end(), date):
            told.add(who, 2.6, date, Span(*match.span()), None)


_A_HOUSE = re.compile(r" (?:the|his|her|their) (?P<what>[A-Za-z][\w'-]*(?: [A-Z][\w'-]*)*)")


def _sets_out(told: StorySentence, end: int, date: DatePhrase) -> bool:
    """Whether somebody left on a day, and not only a house: "left on 3 May", "left the Congo on 3 May", not "left the hotel"."""
    house = _A_HOUSE.match(told.scene.text, end, told.span.end)
    return len(date.edtf or "") == DAY and (house is None or places.country(house["what"]) is not None)


def _brings(told: StorySentence, match: re.Match[str]) -> bool:
    """Whether those who are brought are kin, who cannot come alone: "brought her mother two days later"."""
    noun = match["whom"].split()[1]
    return noun in told.scene.lexicon.kin or noun in ("family", "children", "wife", "baby", "parents")


def _present(told: StorySentence, match: re.Match[str]) -> None:
    """Note a stay: "By Jan. 11 she was in Costa Rica", "he had been in Spain since 3 August", "has lived in Leeds since 1999"."""
    verb = match["verb"] or match["there"]
    stays = verb not in ("was", "were")
    if (
        not stays
        and not places.is_place(match.group("place").removeprefix("the ").split(" ")[0])
        and not places.is_place(match.group("place"))
    ):
        return
    since = next(
        (d for d in told.dates.all if d.span.start >= match.end() - 1 and d.edtf and d.edtf.endswith("/..")),
        None,
    )
    by = next(
        (
            d
            for d in told.dates.all
            if (d.span.end <= match.start() or 0 <= d.span.start - match.end() <= 8)
            and d.edtf
            and (
                _BY.search(told.scene.text, told.span.start, d.span.start)
                or told.scene.text[d.span.start : d.span.start + 3].lower() == "by "
            )
        ),
        None,
    )
    who = told.people.who(match.start())
    if since is None:
        since = next(
            (
                d
                for d in told.dates.all
                if d.span.start >= match.end()
                and _EVER_SINCE.search(told.scene.text, match.end(), d.span.start)
            ),
            None,
        )
    if since is not None and since.span.start - match.end() <= 30 and since.edtf:
        weight = 4.3 if "been" in (match["verb"] or "") else 2.6
        told.add(who, weight, replace(since, edtf=since.edtf.removesuffix("/..")), Span(*match.span()), None)
    elif verb in ("was", "were"):
        lead = by or next((d for d in told.dates.all if d.edtf and d.edtf.startswith("../")), None)
        if lead is not None and lead.edtf:
            told.add(who, 4.4, replace(lead, edtf=lead.edtf.removeprefix("../")), Span(*match.span()), None)


def _in_exile(told: StorySentence, match: re.Match[str]) -> None:
    """Note when an exile began whose two ends are told: "was in exile between 1976 and 1979"."""
    years = next((d for d in told.dates.all if 0 <= d.span.start - match.end() <= _LEAD), None)
    begun, _, ended = (years.edtf or "").partition("/") if years else ("", "", "")
    if years is not None and begun[:1].isdigit() and ended:
        place = Span(*match.span("place")) if match["place"] else None
        told.add(told.people.who(match.start()), 2.6, replace(years, edtf=begun), Span(*match.span()), place)


def _on_board(told: StorySentence) -> None:
    """Date those named among the people on board: "On 11 May there were ninety-one people on board, among them ..."."""
    match = _ON_BOARD.search(told.scene.text, *told.span)
    date = told.dates.near(match.start(), match.end()) if match else None
    date = date or next(
        (d for d in told.dates.all if match and is_usable(d) and d.span.end <= match.start()), None
    )
    if match is None or date is None or any(m.kind in ("fail", "return") for m in told.moves):
        return
    for said in row_after(told.scene, told.passage, match.end(), told.span.end):
        told.add((said.actor,), 4.3, date, said.span, None)


def _carried_many(told: StorySentence, match: re.Match[str]) -> None:
    """Date those who are named among many that were taken somewhere."""
    date = told.dates.near(match.start(), match.end())
    spans = [match.span("whom"), *([match.span("among")] if match["among"] else [])]
    who = [s.actor for span in spans for s in told.people.said if span[0] <= s.span.start < span[1]]
    if date is not None and who:
        told.add(tuple(dict.fromkeys(who)), 4.6, date, Span(*match.span()), Span(*match.span("place")))


def _fetched(told: StorySentence, match: re.Match[str]) -> None:
    """Date the relative whom somebody has come: "Trouxe a namorada, Graça, no ano seguinte", "holte er Inge nach"."""
    text, end = told.scene.text, told.span.end
    if match["parted"] and not _NACH.search(text, match.end(), end):
        return
    said = [s for s in told.people.said if s.form == "name"]
    behind = [s for s in said if 0 <= s.span.start - match.end() <= _STAY]
    whom = behind[:1] or [s for s in said if match["parted"] and s.span.end <= match.start()][:1]
    near = [d for d in told.dates.all if is_usable(d)]
    near = [d for d in near if not _BREAK.search(text, *sorted((match.end(), d.span.end)))] or [
        d for d in near if d.span.start >= match.end() and not match["parted"]
    ]
    date = near[0] if near else None
    if whom and date is not None:
        told.add((whom[0].actor,), 4.4, date, Span(*match.span()), None)


def _lives(told: StorySentence, match: re.Match[str]) -> None:
    """Note since when somebody lives where the text tells of: "vit à Liège depuis 1991", "seit 1948 wohnte sie dort"."""
    since = [d for d in told.dates.all if d.edtf and d.edtf.endswith("/..") and d.qualifier == "since"]
    since = [
        d
        for d in since
        if max(d.span.start - match.end(), match.start() - d.span.end) <= _STAY
        and not any(m in told.scene.text[match.end() : d.span.start] for m in ".;")
        and (
            d.span.start > match.start()
            or not _OTHER_CLAUSE.search(told.scene.text, d.span.end, match.start())
        )
    ]
    if _DENIED.search(told.scene.text, max(told.span.start, match.start() - 24), match.start()):
        return
    if since and since[0].edtf:
        known = replace(since[0], edtf=since[0].edtf.removesuffix("/.."))
        behind = inverted(told.scene, told.passage, told.span, Span(*match.span()))
        if not behind and told.people.said and told.people.said[0].span.start > match.start():
            return  # who is named behind the verb may be its subject
        told.add(
            behind or told.people.who(match.start()),
            2.6,
            known,
            Span(*match.span()),
            None,
            is_behind=bool(behind),
        )
