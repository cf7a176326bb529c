"""When somebody reached the country of refuge: predicate `arrival` (and `departure`).

    matches          "They arrived in Seoul on 20 April 1997."  ·  "1968 • Jan Novák – pilot"  ·  "defected in 1992"
    must not match   "He was arrested on 5 May 1990."  ·  "He tried to flee in 1991."  ·  "fled to China in 1998" (and stayed there)

Several places may date one arrival. They are weighed, and the document's own statement wins over the heading:

    5    a verb of arriving with a date         3.5  a flight to the refuge with a date
    4.5  the date at the head of the entry      3    another flight with a date that the heading does not contradict
    4    a verb of defecting with a date        2    the heading alone
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from regesta.extraction.coming import of_comings
from regesta.extraction.company import date_others, state_companions
from regesta.extraction.dated_moves import Dated, choose, without_other_homes
from regesta.extraction.dating import POINT_KINDS, agrees, head_date, plain
from regesta.extraction.families import members_of, of_groups
from regesta.extraction.fates import seized, stopped
from regesta.extraction.filed_arrivals import by_filing
from regesta.extraction.following import after_others
from regesta.extraction.homes import homes, is_at_home
from regesta.extraction.itinerary import is_narrative, narrate
from regesta.extraction.listing import dates_reports, is_register, lend_lead_in
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.rules.lifetimes import opens_lifetime
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.story import Note
from regesta.extraction.told import movements_of
from regesta.extraction.verb_arrivals import by_verb
from regesta.model import DateValue
from regesta.text.span import Span

__all__ = ["arrivals"]

_MANY_YEARS = 3
"""An interval as long as this dates a tally of people, not a group."""
_ERA = 5
"""An interval of so many years is a life or an era, and the day of nobody's coming."""
_MULTITUDE = 50_000
"""More people than ever came at once."""
_OPENING = 6
"""Passages within which a text says when it was written."""
_AWAY = frozenset("return departure deportation repatriation expulsion attempt".split())
_YEAR = re.compile(r"\d{4}")


def arrivals(scene: Scene) -> None:
    """State the arrival of every person and group whose document dates it."""
    moves = {p.index: movements_of(scene, p) for p in scene.passages if p.kind != "heading"}
    reported = dates_reports(scene)
    heads = [head_date(scene, p) for p in scene.passages if p.kind != "heading"] if reported else []
    apart = frozenset([*(head.span for head in heads if head is not None), *_of_writing(scene)])
    if apart:
        moves = {index: [_without(move, apart) for move in row] for index, row in moves.items()}
    refuge = _refuge(scene, moves)
    scattered = _is_scattered(scene, moves)
    found: dict[int, list[Dated]] = defaultdict(list)
    actors: dict[int, Actor] = {}

    held = stopped(scene, moves) | _stopped_abroad(scene, moves)
    home = homes(scene, moves)

    def note(actor: Actor, dated: Dated) -> None:
        if _is_lifetime(scene, dated) or is_at_home(scene, home.get(id(actor)), dated.where):
            return
        if actor.kind in ("person", "group") and id(actor) not in held and not _is_tally(actor, dated):
            actors[id(actor)] = actor
            found[id(actor)].append(dated)

    caught = seized(scene)

    def tell(actor: Actor, dated: Dated) -> None:
        if _is_lifetime(scene, dated) or is_at_home(scene, home.get(id(actor)), dated.where):
            return
        if id(actor) not in caught and actor.kind in ("person", "group") and not _is_tally(actor, dated):
            actors[id(actor)] = actor
            found[id(actor)].append(dated)

    parties = narrate(scene, moves, tell, apart)
    for actor, shared in members_of(scene, found, parties):
        note(actor, shared)
    for passage in scene.passages:
        for move in () if is_narrative(scene, passage) else moves.get(passage.index, ()):
            by_verb(scene, passage, move, refuge, note, scattered=scattered)
        _nominal(scene, passage, note)
    register, comings = is_register(scene, moves), of_comings(scene)
    lend_lead_in(scene, moves)
    for entry in scene.entries:
        if entry.kind == "row" and entry.table not in comings:
            continue
        if entry.principals and (entry.kind == "row" or not reported):
            by_filing(scene, entry, moves, note, register=register)
    date_others(scene, moves, refuge, found, actors, held)
    for actor, shared in list(of_groups(scene, found)):
        note(actor, shared)
    for actor, later in list(after_others(scene, moves, found)):
        found[id(actor)] = []
        note(actor, later)
    refuges = _goals_of_several(scene, found)
    for key, dated in found.items():
        if not dated:
            continue
        since = without_other_homes(_from_defection(moves, key, dated), lambda d: _goal(scene, d) in refuges)
        found[key] = _one_journey(scene, since)
        _state_best(scene, actors[key], found[key])
    state_companions(scene, moves, refuge, set(found) | held, found)


def _is_lifetime(scene: Scene, dated: Dated) -> bool:
    """Whether a date is the first of a life in brackets: "Ana Lis (Oslo, 3 May 1920 – Bergen, 9 June 1994) fled"."""
    span = dated.spans[0]
    opening = scene.text.rfind("(", span.start, span.end)
    return (
        opening >= 0 and scene.text.find(")", opening, span.end) < 0 and opens_lifetime(scene.text, opening)
    )


_LABEL = re.compile(
    r"(?:^|\n)\W*(?:[Dd]ate|[Uu]pdated?|[Pp]ublished|[Pp]osted|[Ll]ast modified)(?: on| at)?\W{1,3}$"
)


_SENT = re.compile(r",? ?\(?[A-Z][A-Za-z]{1,10}\){1,2} ?(?:--|—|–)")
"""What stands behind the day on which an agency sent a report: "(Oct 15, 2015, (BBC))--"."""


def _of_writing(scene: Scene) -> list[Span]:
    """Return the dates that a label says to be of the text itself: "date 2021-01-26", "Updated: 3 May 2021"."""
    return [
        date.span
        for passage in scene.passages[:_OPENING]
        for date in passage.dates
        if _LABEL.search(scene.document.text, max(0, date.span.start - 24), date.span.start)
        or _SENT.match(scene.text, date.span.end)
    ]


def _without(move: Movement, apart: frozenset[Span]) -> Movement:
    """Return a movement without some dates."""
    return replace(move, dates=[date for date in move.dates if date.span not in apart])


def _is_tally(actor: Actor, dated: Dated) -> bool:
    """Whether a number of people over years is no group that came: "47,000 people were picked up from 1989 to 1996"."""
    first, _, last = dated.edtf.partition("/")
    years = [part[:4] for part in (first, last)]
    if not actor.is_named and actor.kind == "group" and (first == ".." or (actor.size or 0) >= _MULTITUDE):
        return True
    longest = _ERA if actor.is_named else _MANY_YEARS
    return all(y.isdigit() for y in years) and int(years[1]) - int(years[0]) >= longest


def _stopped_abroad(scene: Scene, moves: dict[int, list[Movement]]) -> set[int]:
    """Return those of whom a text in another language tells nothing but that they died or were caught."""
    told = [m for row in moves.values() for m in row if m.is_real] if scene.language is not None else []
    came = {id(a) for m in told if m.kind != "fail" for a in m.who}
    return {id(a) for m in told if m.kind == "fail" for a in m.who} - came


def _refuge(scene: Scene, moves: dict[int, list[Movement]]) -> frozenset[str]:
    """Return the places that the document's people arrive in or defect to, as worded, in lower case.

    Where one of them came says nothing of another: a place is told twice, or in the title.
    """
    seen: Counter[str] = Counter()
    for row in moves.values():
        for move in row:
            crossing = move.span.of(scene.text).lower().startswith(("cross", "went to", "goes to"))
            if move.kind in ("arrive", "defect") and move.place is not None and move.is_real and not crossing:
                seen[plain(move.place.of(scene.text))] += 1
    title = scene.document.title or ""
    for match in re.finditer(r"\b(?:to|in)\s+(?:the\s+)?([A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})", title):
        seen[plain(match.group(1))] += _TOLD
    return frozenset(place for place, count in seen.items() if count >= _TOLD)


_TOLD = 2
"""Times that a place is told before it is where a document's people flee to."""


def _is_scattered(scene: Scene, moves: dict[int, list[Movement]]) -> bool:
    """Whether the entries of a list went each to a place of its own, so that no place is where all of them arrived."""
    items = [i for e in scene.entries if e.kind == "item" and e.principals for i in e.passages]
    goals = [
        plain(move.place.of(scene.text))
        for index in items
        for move in moves.get(index, ())
        if move.place is not None and move.is_real and move.kind in ("arrive", "defect", "flee", "admit")
    ]
    most = Counter(goals).most_common(1)
    return len(set(goals)) >= 3 and most[0][1] * 3 <= len(goals)


_NOT_OF_NOUN = re.compile(r"\.|\b(?:and|but|after|before|since|until|following)\b")
"""What parts a date from a noun: "his flight, and in 1986 he sent"."""


def _nominal(scene: Scene, passage: Passage, note: Note) -> None:
    """Date the flight of which a noun tells: "his mother Ana Ruiz's defection a year earlier" dates her arrival."""
    if not scene.tokens.within(scene.lexicon.flight_nouns, passage.span):
        return
    for said in scene.said[passage.index]:
        following = scene.tokens.between(said.span.end, min(passage.span.end, said.span.end + 30))
        if not following or not (said.is_possessive or said.form == "name"):
            continue
        noun = next(
            (
                scene.tokens[i]
                for i in following
                if scene.tokens.lowers[i] in scene.lexicon.flight_nouns
                and scene.tokens.lowers[i] not in _AWAY
            ),
            None,
        )
        if noun is None or scene.text[said.span.end : noun.start].strip() not in (
            "'s",
            "'",
            "",
            "'s own",
            "own",
        ):
            continue
        date = next(
            (
                d
                for d in passage.dates
                if d.edtf
                and 0 <= d.span.start - noun.end <= 40
                and d.kind in POINT_KINDS
                and not _NOT_OF_NOUN.search(scene.text, noun.end, d.span.start)
            ),
            None,
        )
        if date is not None and date.edtf and ".." not in date.edtf:
            spans = (Span(said.span.start, date.span.end), *(s for s in date.evidence if s != date.span))
            note(said.actor, Dated(3.8, date.edtf, spans, None, passage.index))


def _from_defection(moves: dict[int, list[Movement]], key: int, dated: list[Dated]) -> list[Dated]:
    """Return the dates without those before a dated defection: who came in 1943 and defected in 1945 had been posted."""
    defected = [
        d.edtf
        for row in moves.values()
        for m in row
        if m.kind == "defect" and m.is_real and any(id(a) == key for a in m.who)
        for d in m.dates
        if d.edtf and d.kind in POINT_KINDS and ".." not in d.edtf
    ]
    first = min(defected, default="")
    since = [d for d in dated if d.edtf[: len(first)] >= first[: len(d.edtf)]]
    return since if any(agrees(first, d.edtf) for d in since) else dated


def _goal(scene: Scene, dated: Dated) -> str:
    return plain(dated.where.of(scene.text)) if dated.where else ""


def _goals_of_several(scene: Scene, found: dict[int, list[Dated]]) -> frozenset[str]:
    """Return the places to which several people of a document came: there they are safe, however late they came."""
    several = Counter(goal for row in found.values() for goal in {_goal(scene, d) for d in row})
    return frozenset(goal for goal, count in several.items() if goal and count > 1)


def _one_journey(scene: Scene, dated: list[Dated]) -> list[Dated]:
    """Return the dates with one in place of all that running prose gives: a story tells one journey."""
    told = [d for d in dated if is_narrative(scene, scene.passages[d.passage])]
    return [*(d for d in dated if d not in told), choose(told)] if told else dated


def _state_best(scene: Scene, actor: Actor, dated: list[Dated]) -> None:
    for one in dated:
        one.edtf = _as_interval(one.edtf)
    best = max(
        dated, key=lambda d: (d.weight, len(d.edtf), d.edtf if d.weight == 3.0 else "", -d.spans[0].start)
    )
    kept = [best]
    kept += [
        other
        for other in dated
        if other.weight >= 4
        and other.passage != best.passage
        and not agrees(best.edtf, other.edtf)
        and scene.entry_of[other.passage] is not scene.entry_of[best.passage]
    ]
    for one in {d.edtf: d for d in reversed(kept)}.values():
        same = [d.where for d in dated if d.where and d.edtf == one.edtf and d.passage == one.passage]
        place = min(same, default=one.where)  # "flew to Graz and settled in Linz": the arrival was at Graz
        where = place.of(scene.document.text) if place else None
        scene.state(
            actor,
            "arrival",
            DateValue(edtf=one.edtf),
            *one.spans,
            when=one.edtf,
            where=where,
        )


_DAYS = re.compile(r"[\[{](\d{4}-\d\d-)(\d\d),\1(\d\d)[\]}]")


def _as_interval(edtf: str) -> str:
    """Return two days that follow each other as an interval: "on 14 and 15 September".

    >>> _as_interval("{1962-09-14,1962-09-15}")
    '1962-09-14/1962-09-15'
    """
    match = _DAYS.fullmatch(edtf)
    if match and int(match.group(3)) - int(match.group(2)) == 1:
        return f"{match.group(1)}{match.group(2)}/{match.group(1)}{match.group(3)}"
    return edtf
