"""Routes: journeys on a map by transport and number, what is said of each country, and every journey with its passages.

A leg is drawn where the gazetteer knows both its ends; what it does not know is listed. People are counted once for a leg,
however many sources tell of it; a group counts by its size where a source gives one. Countries stand in their
middle. Nothing here adds a stop that no source names.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regesta.drawing import Country, Leg, Stop
from regesta.drawing import routes as draw
from regesta.pages.dating import in_words
from regesta.pages.drawn import STANDS, Pair, drawn_words, pair, place_of
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Passage, passages_of, sources_of
from regesta.pages.placing import Located, located, named_nearby
from regesta.pages.telling import Value, value_of
from regesta.places import country, country_name
from regesta.shelf import Row, Shelf
from regesta.vocab import classes_of

__all__ = ["PAGE", "Routes", "routes"]

_AT_ONCE = 30
_LEGS = 400
"""Legs as worded that are looked at, those of most people first."""
_WHO = 6
"""People named with a leg; of the others the number is told."""
_SAID = 6
"""Claims shown of a country."""
_SUBJECTS = 400
_NEAR_KM = 3500.0
_MOST_OF = 0.7

_GROUPED = """
select l.start_text, l.end_text, l.by_what, count(*) as n, json_group_object(l.subject,
        case e.kind when 'person' then 1 when 'group' then coalesce(e.group_size, 0) else 0 end) as subjects,
    sum(case e.kind when 'person' then 1 when 'group' then coalesce(e.group_size, 0) else 0 end) as people
from legs l join entities e on e.id = l.subject
group by l.start_text, l.end_text, l.by_what order by people desc, n desc, l.start_text, l.end_text limit ?
"""

_JOURNEYS = f"""
select c.*, {STANDS}, s.documents, s.independent
from journeys j cross join claims c on c.id = j.claim left join claim_support s on s.claim = j.claim
where j.place > ?2 and j.place <= ?2 + ?1 order by j.place
"""  # noqa: S608 - our own columns

_OF_COUNTRIES = f"""
select c.*, {STANDS} from json_each(?) as wanted cross join claims c on c.subject = wanted.value
where c.predicate <> 'route' and c.rank <> 'deprecated' order by c.subject, coalesce(c.earliest, '9999'), c.id limit 2000
"""  # noqa: S608 - our own columns


@dataclass(slots=True)
class _Merged:
    """Legs as worded that are one on the map, in the making."""

    start: Located
    end: Located
    transport: str
    subjects: dict[str, int] = field(default_factory=dict)
    """Whoever took it, with how many they are; 0 where nobody says."""

    @property
    def people(self) -> int:
        """How many took it, as far as anybody says."""
        return sum(self.subjects.values())


@dataclass(frozen=True, slots=True)
class Between:
    """A leg as it is drawn."""

    key: str
    """Its place on the page."""
    start: str
    end: str
    transport: str
    """In words."""
    people: int
    """0 where nobody says how many."""
    who: tuple[Row, ...]
    """Some of those who took it: id, label."""
    n_more: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of a country."""

    predicate: str
    value: Value
    when: str
    address: str


@dataclass(frozen=True, slots=True)
class Crossed:
    """A country on the way."""

    code: str
    name: str
    n: int
    """People and groups whose stops lie in it, by what the legs say."""
    said: tuple[Statement, ...]
    n_more: int
    subjects: tuple[Row, ...]
    """The entities that are spoken of: id, label."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A route as a source tells it."""

    claim: Row
    value: Value
    when: str
    address: str
    passages: tuple[Passage, ...]
    n_sources: int
    n_families: int


@dataclass(frozen=True, slots=True)
class Routes:
    """The page."""

    drawn: Pair | None
    """None where no stop has coordinates."""
    legs: tuple[Between, ...]
    countries: tuple[Crossed, ...]
    nowhere: tuple[tuple[str, int], ...]
    """Stops without coordinates, with how often they are named in legs."""
    within: tuple[tuple[str, str], ...]
    """Stops that are drawn at the place they lie in: as worded, and that place."""
    journeys: tuple[Journey, ...]
    n: int
    beyond: tuple[str, ...]
    """Stops that lie beyond the map as it is drawn."""
    has_transport: bool
    """Of some leg it is said how."""
    is_all: bool
    """Everything was asked to be on the map."""
    titles: Mapping[str, str]
    part: int
    n_parts: int


def routes(shelf: Shelf, asked: Asked) -> Routes:
    """Return the page."""
    n = shelf.value("select count(*) from journeys")
    n_parts = max(1, -(-n // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    grouped = shelf.rows(_GROUPED, [_LEGS])
    named = _named(shelf)
    near = named_nearby(named)
    at = {name: located(name, near) for name in named}
    merged, crossed = _merged(grouped, at)
    known = {place.id: place for place in at.values() if place is not None}
    is_all = asked.get("map") == "all"
    core = _core(known, merged) if not is_all else set(known)
    labels = _labels(at)
    worded = {place.id: name for name, place in reversed(at.items()) if place is not None and name in named}
    legs = _between(shelf, asked, merged, labels)
    countries = _countries(shelf, asked, crossed)
    listed = shelf.rows(_JOURNEYS, [_AT_ONCE, (part - 1) * _AT_ONCE])
    passages = passages_of(shelf, [row["id"] for row in listed], asked.links)
    cited = {p.source for all_ in passages.values() for p in all_}
    return Routes(
        drawn=_drawn(asked, merged, legs, known, core, labels, worded, countries) if known else None,
        legs=legs,
        countries=countries,
        nowhere=tuple((name, named.get(name, 0)) for name, place in at.items() if place is None),
        within=tuple((name, place.name) for name, place in at.items() if place and not place.is_whole),
        journeys=tuple(_journey(row, passages.get(row["id"], ()), asked) for row in listed),
        n=n,
        beyond=tuple(sorted({labels[id_] for id_ in known if id_ not in core})),
        has_transport=any(leg.transport for leg in merged),
        is_all=is_all,
        titles={name: row["title"] or name for name, row in sources_of(shelf, cited).items()},
        part=part,
        n_parts=n_parts,
    )


def _named(shelf: Shelf) -> dict[str, int]:
    """Return the stops that people and groups have, with how many have them, most first."""
    return shelf.pairs(
        "select value, n from facet_counts where facet = 'route' order by n desc, value limit ?", [_LEGS]
    )


def _merged(
    grouped: Sequence[Row], at: dict[str, Located | None]
) -> tuple[tuple[_Merged, ...], dict[str, set[str]]]:
    """Return legs that are one on the map, and the subjects of each country; adds the stops of legs to `at`."""
    near = named_nearby(at)
    found: dict[tuple[str, str, str], _Merged] = {}
    crossed: dict[str, set[str]] = {}
    for row in grouped:
        ends = []
        for name in (row["start_text"], row["end_text"]):
            place = at.setdefault(name, located(name, near))
            ends.append(place)
            if place is not None and place.country:
                crossed.setdefault(place.country, set()).update(json.loads(row["subjects"]))
        start, end = ends
        if start is None or end is None or start.id == end.id:
            continue
        transport = _transport(row["by_what"])
        leg = found.setdefault((start.id, end.id, transport), _Merged(start, end, transport))
        leg.subjects.update(json.loads(row["subjects"]))
    return tuple(sorted(found.values(), key=lambda leg: (-leg.people, leg.start.name, leg.end.name))), crossed


def _transport(worded: str) -> str:
    """Return the kind of transport that words tell of: air, water, rail, road, foot, other, or "" for none.

    >>> _transport("a small fishing boat"), _transport("by sea"), _transport("Sirius"), _transport("")
    ('water', 'water', 'other', '')
    """
    if not worded:
        return ""
    kinds = classes_of("vehicle", worded)
    return next(iter(kinds)) if len(kinds) == 1 else "other"


def _core(known: Mapping[str, Located], merged: Sequence[_Merged]) -> set[str]:
    """Return the places that a map of the whole would make too small to tell apart: those around the one that most pass.

    All of them where they lie close together, or where too much would be lost.
    """
    weight = dict.fromkeys(known, 1)
    for leg in merged:
        for end in (leg.start, leg.end):
            weight[end.id] = weight.get(end.id, 0) + len(leg.subjects)
    if not known:
        return set()
    centre = known[max(sorted(known), key=lambda id_: weight[id_])]
    close = {id_ for id_, place in known.items() if _kilometres(centre, place) <= _NEAR_KM}
    return close if sum(weight[id_] for id_ in close) >= _MOST_OF * sum(weight.values()) else set(known)


def _kilometres(a: Located, b: Located) -> float:
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    turn = math.radians(a.longitude - b.longitude)
    cosine = math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(turn)
    return 6371 * math.acos(max(-1.0, min(1.0, cosine)))


def _labels(at: Mapping[str, Located | None]) -> dict[str, str]:
    """Return what each place is called: as the sources call it most, else as the gazetteer does."""
    labels: dict[str, str] = {}
    for name, place in at.items():
        if place is not None and place.is_whole:
            labels.setdefault(place.id, name)
    for place in at.values():
        if place is not None:
            labels.setdefault(place.id, place.name)
    return labels


def _between(
    shelf: Shelf, asked: Asked, merged: Sequence[_Merged], labels: Mapping[str, str]
) -> tuple[Between, ...]:
    wanted = sorted({subject for leg in merged for subject in sorted(leg.subjects)[:_WHO]})
    who = {
        row["id"]: row
        for row in shelf.rows(
            "select k.id, k.label from json_each(?) as wanted cross join cards k on k.id = wanted.value",
            [json.dumps(wanted)],
        )
    }
    return tuple(
        Between(
            key=f"leg-{number}",
            start=labels[leg.start.id],
            end=labels[leg.end.id],
            transport=asked.words(f"transport.{leg.transport or 'unknown'}"),
            people=leg.people,
            who=tuple(who[id_] for id_ in sorted(leg.subjects)[:_WHO] if id_ in who),
            n_more=max(0, len(leg.subjects) - _WHO),
        )
        for number, leg in enumerate(merged, 1)
    )


def _countries(shelf: Shelf, asked: Asked, crossed: Mapping[str, set[str]]) -> tuple[Crossed, ...]:
    """Return the countries on the way and those of which something is said, most people first."""
    subjects: dict[str, list[Row]] = {}
    for row in shelf.rows(
        "select id, label from cards where kind in ('place', 'topic') and n_claims > 0 order by n_claims desc, id limit ?",
        [_SUBJECTS],
    ):
        words = row["label"].removeprefix("In ").removeprefix("in ").removeprefix("the ")
        code = country(words)
        if code and code.isalpha():
            subjects.setdefault(code, []).append(row)
    ids = [row["id"] for rows in subjects.values() for row in rows]
    claims: dict[str, list[Row]] = {}
    for row in shelf.rows(_OF_COUNTRIES, [json.dumps(ids)]):
        claims.setdefault(row["subject"], []).append(row)
    found = []
    for code in {*crossed, *subjects}:
        rows = subjects.get(code, [])
        said = [_statement(claim, asked) for row in rows for claim in claims.get(row["id"], ())]
        found.append(
            Crossed(
                code=code,
                name=country_name(code) or code,
                n=len(crossed.get(code, ())),
                said=tuple(said[:_SAID]),
                n_more=max(0, len(said) - _SAID),
                subjects=tuple(rows),
            )
        )
    return tuple(sorted((one for one in found if one.n or one.said), key=lambda one: (-one.n, one.name)))


def _statement(claim: Row, asked: Asked) -> Statement:
    when = claim["when_edtf"]
    return Statement(
        claim["predicate"],
        value_of(claim, asked.words),
        in_words(when, asked.words) if when and when != claim["value_edtf"] else "",
        place_of(claim, asked.links),
    )


def _drawn(
    asked: Asked,
    merged: Sequence[_Merged],
    legs: Sequence[Between],
    known: Mapping[str, Located],
    core: set[str],
    labels: Mapping[str, str],
    worded: Mapping[str, str],
    countries: Sequence[Crossed],
) -> Pair:
    stops = {
        id_: Stop(
            labels[id_],
            place.latitude,
            place.longitude,
            link=asked.links.to("people", route=worded[id_]) if id_ in worded else None,
        )
        for id_, place in known.items()
        if id_ in core
    }
    ways = [
        Leg(
            stops[one.start.id],
            stops[one.end.id],
            told.transport if any(leg.transport for leg in merged) else "",
            one.people or None,
            title=_told(asked, told),
            link=f"#{told.key}",
        )
        for one, told in zip(merged, legs, strict=True)
        if one.start.id in stops and one.end.id in stops
    ]
    named = {place.country for id_, place in known.items() if place.is_country and id_ in core}
    shaded = [
        Country(
            one.code,
            "" if one.code in named else one.name,  # its stop has the name
            one.n or None,
            title=f"{one.name}: {asked.words.counted('count.passed', one.n)}" if one.n else one.name,
            link=f"#in-{one.code}",
        )
        for one in countries
        if len(one.code) == 2
    ]
    title = asked.words("routes.drawing")
    return pair(
        lambda width: draw(
            ways,
            title=title,
            desc=asked.words("routes.below"),
            stops=list(stops.values()),
            countries=shaded,
            width=width,
            height=580 if width > 600 else 380,
            words=drawn_words(asked.words),
        )
    )


def _told(asked: Asked, leg: Between) -> str:
    people = f": {asked.words.counted('count.people', leg.people)}" if leg.people else ""
    return f"{leg.start} → {leg.end}, {leg.transport}{people}"


def _journey(claim: Row, passages: tuple[Passage, ...], asked: Asked) -> Journey:
    return Journey(
        claim=claim,
        value=value_of(claim, asked.words),
        when=in_words(claim["when_edtf"], asked.words) if claim["when_edtf"] else "",
        address=place_of(claim, asked.links),
        passages=passages,
        n_sources=claim["documents"] or 1,
        n_families=claim["independent"] or 1,
    )


PAGE = Page(
    name="routes",
    section="routes",
    view=routes,
    template="routes.html",
    parameters=("map", "part"),
    is_long=True,
)
