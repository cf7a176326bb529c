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

from regesta.dates import DatePhrase
from regesta.extraction.coming import of_comings
from regesta.extraction.company import date_others, state_companions
from regesta.extraction.dated_moves import Dated, choose, without_later_homes
from regesta.extraction.dating import POINT_KINDS, agrees, best_date, entry_date, head_date, plain
from regesta.extraction.families import members_of, of_groups
from regesta.extraction.fates import seized, stopped
from regesta.extraction.following import after_others
from regesta.extraction.itinerary import is_narrative, narrate
from regesta.extraction.listing import dates_reports, is_register, lend_lead_in
from regesta.extraction.movement import Movement
from regesta.extraction.passages import Passage
from regesta.extraction.row_arrivals import row_arrivals
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.stations import changes_place, plainness
from regesta.extraction.story import Note
from regesta.extraction.subjects import joined_to_last
from regesta.extraction.told import movements_of
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

    def note(actor: Actor, dated: Dated) -> None:
        if actor.kind in ("person", "group") and id(actor) not in held and not _is_tally(actor, dated):
            actors[id(actor)] = actor
            found[id(actor)].append(dated)

    caught = seized(scene)

    def tell(actor: Actor, dated: Dated) -> None:
        if id(actor) not in caught and actor.kind in ("person", "group") and not _is_tally(actor, dated):
            actors[id(actor)] = actor
            found[id(actor)].append(dated)

    parties = narrate(scene, moves, tell, apart)
    for actor, shared in members_of(scene, found, parties):
        note(actor, shared)
    for passage in scene.passages:
        for move in () if is_narrative(scene, passage) else moves.get(passage.index, ()):
            _explicit(scene, passage, move, refuge, note, scattered=scattered)
        _nominal(scene, passage, note)
    register, comings = is_register(scene, moves), of_comings(scene)
    lend_lead_in(scene, moves)
    for entry in scene.entries:
        if entry.kind == "row" and entry.table not in comings:
            continue
        if entry.principals and (entry.kind == "row" or not reported):
            _filed(scene, entry, moves, note, register=register)
    date_others(scene, moves, refuge, found, actors, held)
    for actor, shared in list(of_groups(scene, found)):
        note(actor, shared)
    for actor, later in list(after_others(scene, moves, found)):
        found[id(actor)] = []
        note(actor, later)
    refuges = _goals_of_several(scene, found)
    for key, dated in found.items():
        since = without_later_homes(_from_defection(moves, key, dated), lambda d: _goal(scene, d) in refuges)
        found[key] = _one_journey(scene, since)
        _state_best(scene, actors[key], found[key])
    state_companions(scene, moves, refuge, set(found) | held, found)


_LABEL = re.compile(
    r"(?:^|\n)\W*(?:[Dd]ate|[Uu]pdated?|[Pp]ublished|[Pp]osted|[Ll]ast modified)(?: on| at)?\W{1,3}$"
)


def _of_writing(scene: Scene) -> list[Span]:
    """Return the dates that a label says to be of the text itself: "date 2021-01-26", "Updated: 3 May 2021"."""
    return [
        date.span
        for passage in scene.passages[:_OPENING]
        for date in passage.dates
        if _LABEL.search(scene.document.text, max(0, date.span.start - 24), date.span.start)
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
    """Return the places that the document's people arrive in or defect to, as worded, in lower case."""
    seen: Counter[str] = Counter()
    for row in moves.values():
        for move in row:
            crossing = move.span.of(scene.text).lower().startswith(("cross", "went to", "goes to"))
            if move.kind in ("arrive", "defect") and move.place is not None and move.is_real and not crossing:
                seen[plain(move.place.of(scene.text))] += 1
    title = scene.document.title or ""
    for match in re.finditer(r"\b(?:to|in)\s+(?:the\s+)?([A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})", title):
        seen[plain(match.group(1))] += 1
    return frozenset(seen)


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


def _explicit(
    scene: Scene, passage: Passage, move: Movement, refuge: frozenset[str], note: Note, *, scattered: bool
) -> None:
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
    entry = scene.entry_of[passage.index]
    spans = (_clause(move, date), *(s for s in date.evidence if not move.sentence.contains(s)))
    for actor in _heads(scene, passage, entry, move):
        principal = entry is not None and actor in entry.principals
        if move.kind == "arrive" and (_at_institution(scene, move) or _comes_otherwise(scene, passage, move)):
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


_ASKED = re.compile(r"regist|asylum|refug|sanctuary|protection")
"""What somebody asks for who has come."""


_REFUSED = re.compile(r"\b(?:refused|rejected|denied|turned down|sent back|deported)\b")
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
    words = scene.tokens.between(*move.place) if move.place else range(0)
    kinds = {scene.lexicon.facilities.get(scene.tokens[i].lower) for i in words}
    return "diplomatic" in kinds or any(scene.tokens[i].lower in scene.lexicon.laws for i in words)


def _comes_otherwise(scene: Scene, passage: Passage, move: Movement) -> bool:
    """Whether "come" tells of no coming: "come out openly against the war"."""
    verb = scene.text[move.span.start : move.span.end].lower()
    return verb.startswith(("came", "come")) and not plainness(scene, passage, move)


def _clause(move: Movement, date: DatePhrase) -> Span:
    span = move.span.cover(date.span)
    if move.place is not None and move.place.end - span.start < 300:
        span = span.cover(move.place)
    return span


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
                if scene.tokens[i].lower in scene.lexicon.flight_nouns and scene.tokens[i].lower not in _AWAY
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


def _filed(
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
        and (scene.language is None or any(a in m.who for a in entry.principals))
        for m in real
    ):
        return
    if entry.kind == "item" and not (register or moving):
        return
    for actor in entry.principals:
        moved = [m for m in real if actor in m.who]
        if moved and all(m.kind == "flee" and _ONWARD.match(scene.text, m.span.start) for m in moved):
            continue  # "has left for Viipuri": no coming
        head = entry_date(scene, entry, passage, actor)
        weight = 4.2 if is_narrative(scene, passage) else 4.5
        if head is not None and head.edtf and not head.edtf.startswith(".."):
            here = _mention(scene, passage, actor)
            joined = head.span.cover(here)
            if not actor.is_named and _TALLIED.search(scene.text, joined.start, here.start):
                continue
            tight = joined.end - joined.start <= 200 and " not " not in joined.of(scene.text)
            spans: tuple[Span, ...] = (joined,) if tight else (head.span, here)
            others = (s for s in head.evidence if s != head.span)
            note(actor, Dated(weight, head.edtf.removesuffix("/.."), (*spans, *others), None, passage.index))
        elif _is_decade(entry) and not any(m.kind in telling for m in moved) and _tells_of_days(passage):
            continue  # a decade that dates neither the arrest nor the release
        elif entry.filed is not None and not entry.filed.is_weak and ".." not in entry.filed.edtf:
            spans = (_mention(scene, passage, actor), *entry.filed.spans)
            note(actor, Dated(2.0, entry.filed.edtf, spans, None, passage.index))
        elif entry.filed is None and entry.kind == "item" and register and not failed:
            for move in real:
                date = best_date(move) if move.kind == "admit" and actor in move.who else None
                if date is not None and date.edtf and _tells_one_date(scene, passage):
                    note(actor, Dated(1.5, date.edtf, (_clause(move, date),), move.place, passage.index))


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
