"""How many: predicates `group_size`, `count`, `population` and `capacity`.

    matches          "a family of four Cubans"  ·  "fired over 40 rounds"  ·  "about 900 live in Oslo"  ·  "built for 200 people"
                     "held 1,183 people (population) against a capacity of 600 (capacity)"
    must not match   "Article 3"  ·  "aged 12"  ·  "the first refugees"

The number of a group that somebody belongs to is its `group_size`; of people who live or stay somewhere `population`;
of what a place can hold `capacity`; everything else that is counted `count`.
"""

from __future__ import annotations

import re

from regesta.extraction.counted import counted_by
from regesta.extraction.headcounts import counts_people, live_there
from regesta.extraction.houses import house_after, house_at, house_phrases
from regesta.extraction.listed import gone_to, listed_place, says_origin
from regesta.extraction.measured import (
    clause_of,
    dated,
    is_of_rate,
    open_quantities,
    qualified,
    says_change,
    value_of,
)
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Scene
from regesta.model import Qualifiers, QuantityValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["sizes"]

_CAPACITY = lazy(
    r"\b(?:capacity|(?<=can )host|(?<=could )host|(?<=able to )host|accommodat\w*|hold|holds|held|house|houses|housed|housing|sleep|sleeps|feed|(?<!by )(?<!the )(?<!a )train|places? for|beds?|bunks?|room for|built (?:for|to)|"
    r"designed (?:for|to)|meant for|intended for|space for|seats?)\b",
    re.IGNORECASE,
)
_HELD = frozenset(("held", "houses", "housed", "housing"))
"""Said of those who were in fact there, where nothing says that it could."""
_COULD = lazy(
    r"\b(?:can|could|may|might|would|able to|to|capable of)(?: (?:also|then|have|be|been))*\s*$",
    re.IGNORECASE,
)
_ROOM_FOR = lazy(
    r"\b(?:capacity(?: of (?:the |this )?[a-z]+)?(?: of| at| was| is| being)?(?: (?:said|reported|put|given|set|limited)(?: to be| as| at| to)?)?|(?:built|designed|meant|intended|planned|room|space|places) (?:for|to hold))"
    r"(?: (?:about|some|only|just|up to|around|at most|nearly|roughly|a maximum of))*[:\s]*$",
    re.IGNORECASE,
)
_CAN_TAKE = lazy(
    r"\b(?:can|could|able to) (?:take|hold|host|house|sleep|shelter|accommodate|receive|feed)(?: in)?\s*$"
    r"|\b(?:[Ii]t|[Ww]hich|that|cent(?:re|er)|camp|prison|hostel|shelter|house) (?:now |today |currently |still )?(?:holds|sleeps|accommodates|has beds for)(?: (?:about|some|only|up to|around|nearly))?\s*$"
    r"|\bto (?:hold|house|accommodate|sleep)(?: (?:about|some|up to|around|nearly))?\s*$"
    r"|\bcapable of (?:taking|holding|hosting|housing|sheltering|accommodating|receiving)(?: in)?\s*$"
)
_ROOM_ABROAD = lazy(
    r"(?:(?:pouvai(?:t|ent)|peu(?:t|vent)|podían?|pueden?|poteva(?:no)?|può|possono|podiam?|podem?|mógł|mogła|mogło|może|мог|могла|могло|может)\s(?:y\s)?"
    r"(?:loger|accueillir|abriter|héberger|recevoir|contenir|alojar|acoger|albergar|recibir|ospitare|accogliere|alloggiare|acolher|receber|abrigar|"
    r"pomieścić|przyjąć|вместить|принять|разместить)|"
    r"(?:prévue?s?|conçue?s?) pour|(?:capacité|capacidad|capacidade|capienza|capaciteit|вместимость\w*)(?: \w+)? (?:de|d'|para|di|van)|capacidad|capacidade|capienza|вместимость\w*|"
    r"(?:[Pp]latz|[Rr]aum|ausgelegt|vorgesehen|geplant|gebaut) für|(?:previst|diseñad|pensad|projetad)[oa]s? (?:para|per)|plaats (?:voor|aan)|рассчитан\w* на|вмещал\w*)"
    r"(?: (?:environ|etwa|rund|unos|unas|circa|cerca de|około|ponad|около))?\s*$"
)
"""What says in other languages that a number is what a place has room for."""
_ROOM_AFTER = lazy(
    r"\s*(?:can|could|might|may) (?:then )?(?:be (?:housed|accommodated|held|lodged|sheltered|quartered|taken in|put up)|sleep|stay|live|find room)\b|"
    r"\s*(?:Platz|aufnehmen|unterbringen|pouvaient (?:y )?(?:être logée?s|loger)|podían (?:ser )?aloja)"
)
_ROOM_SAID = lazy(r"\b(?:capacity|(?:built|designed|meant|intended|planned|room|space|places) for)\b")
_CAPACITY_UNITS = frozenset(("bed", "place", "seat", "room", "bunk", "cell", "cot"))
_POPULATION = lazy(
    r"\b(?:population|inhabitants|residents?|living|live|lives|reside|residing|home to|settled in|there (?:are|were)|remain(?:ed)?|community of|diaspora|(?:has|have|had) (?:between|about|some|around|over|an estimated|up to|at least)|hosts?|hosted|hosting)\b",
    re.IGNORECASE,
)
_POPULATION_OF = lazy(r"\bpopulation of (?:(?:about|some|around|over|nearly|an estimated|up to|at least) )?$")
_DWELLERS = frozenset("inhabitants residents inmates occupants".split())
_COMINGS = frozenset("arrivals departures deaths casualties victims applicants fatalities drownings".split())
"""Who were counted once and dwell nowhere: "there were 205 arrivals"."""
_MAX_GAP = 40


def sizes(scene: Scene) -> None:
    """State every counted number that no other rule has taken."""
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        for quantity in open_quantities(scene, passage, "count", "bare"):
            if quantity.number is None and quantity.low is None and quantity.high is None:
                continue
            if says_change(scene, quantity) or is_of_rate(scene, passage, quantity):
                continue
            if quantity.kind == "count" or _is_room(scene, passage, quantity):
                _state(scene, passage, quantity)
            elif quantity.kind == "bare":
                _behind_group(scene, passage, quantity)
    _cells(scene)


def _behind_group(scene: Scene, passage: Passage, quantity: Quantity) -> None:
    """State how many a group is whose number stands in brackets right behind it: "the Kos family (4)"."""
    start, end = quantity.span
    if scene.text[start - 2 : start] != " (" or scene.text[end : end + 1] != ")":
        return
    for said in scene.said[passage.index]:
        if said.span.end == start - 2 and said.actor.kind == "group":
            value = value_of(quantity, "person")
            scene.state(
                said.actor,
                "group_size",
                value,
                said.span.cover(quantity.span),
                claims=(quantity.number_span,),
            )
            return


def _state(scene: Scene, passage: Passage, quantity: Quantity) -> None:
    clause = clause_of(scene, passage, quantity.span)
    own = _described(scene, passage, quantity)
    predicate = _predicate(scene, passage, quantity, clause, own)
    house = _house(scene, passage, quantity) if predicate == "capacity" else None
    owner = house or own
    actors = (owner,) if owner is not None else counted_by(scene, passage, quantity)
    when, spans = dated(scene, passage, quantity.span)
    evidence = _evidence(scene, quantity, clause, predicate)
    subset = _subset(quantity, own)
    place = (
        listed_place(scene, passage, quantity)
        if predicate in ("count", "group_size") and _is_listed(scene, quantity)
        else None
    )
    if place is None and predicate == "count" and quantity.unit == "person" and not quantity.noun:
        place = gone_to(scene, passage, quantity)
    if place is not None and "\n" not in place.cover(evidence).of(scene.text):
        evidence = place.cover(evidence)
    origin = place.of(scene.text) if place is not None and says_origin(scene, passage, place) else None
    for actor in actors:
        scene.state(
            actor,
            predicate,
            value_of(quantity, quantity.unit or "person"),
            evidence,
            *spans,
            when=when,
            where=place.of(scene.text) if place and origin is None else None,
            qualifiers=qualified(quantity, subset=subset or origin),
            claims=(quantity.number_span,),
        )


def _is_listed(scene: Scene, quantity: Quantity) -> bool:
    """Whether a sign right before a number parts it from what it is listed under: "Venezuela (41 applicants)", "Iraq: 70 people"."""
    before = scene.text[max(0, quantity.span.start - 6) : quantity.span.start].rstrip()
    return before.endswith(("(", ":", "–", "—", "-", " mit", " with", " con", " avec", " com", " met"))


def _is_room(scene: Scene, passage: Passage, quantity: Quantity) -> bool:
    """Whether the words right before a number say that it is what a place has room for: "a capacity of 600"."""
    sentence = passage.sentence_at(quantity.span.start)
    before = Span(max(sentence.start, quantity.span.start - 60), quantity.span.start)
    said = before.of(scene.text)
    return (_ROOM_FOR.search(said) or _CAN_TAKE.search(said)) is not None and (
        any(
            scene.lexicon.facilities.get(scene.tokens.lowers[index])
            for index in scene.tokens.between(*passage.span)
        )
        or any(True for _ in house_phrases(scene, passage.span))
    )


def _house(scene: Scene, passage: Passage, quantity: Quantity) -> Actor | None:
    """Return the facility that holds so many: named in the sentence, else last before it in the passage, else after it."""
    sentence = passage.sentence_at(quantity.span.start)
    for actor in scene.actors:
        if actor.kind == "facility" and actor.is_named:
            at = scene.text.find(actor.first.of(scene.text), *sentence)
            if at >= 0:
                scene.say(passage, Span(at, at + actor.first.end - actor.first.start), actor, "name")
                return actor
    told = house_at(scene, passage, quantity.span.start) or house_after(scene, passage, quantity.span.end)
    if told is not None:
        return told
    named = [s for s in scene.said[passage.index] if s.actor.kind == "facility"]
    before = [s for s in named if s.span.start < quantity.span.start]
    after = [s for s in named if sentence.start <= s.span.start < sentence.end]
    return before[-1].actor if before else after[0].actor if after else None


def _described(scene: Scene, passage: Passage, quantity: Quantity) -> Actor | None:
    """Return the group that the counted words describe."""
    for said in scene.said[passage.index]:
        if said.form == "description" and said.actor.kind == "group" and said.span.overlaps(quantity.span):
            return said.actor
    return None


_FOUND_ROOMS = lazy(
    r"\b(?:found|rented|shared|lived in|live in|(?:paid|paying) [^.;]{2,24} for|booked)\s+(?:us |them |him |her )?(?:the |these |those |our |their )?$"
)
"""How people come by rooms, which are no house's."""
_OF_US = lazy(r" ?(?:of )?(?:us|them)\b")
"""Who is counted on the way: "there were nineteen of us"."""


def _predicate(scene: Scene, passage: Passage, quantity: Quantity, clause: Span, own: Actor | None) -> str:
    before = scene.text[max(clause.start, quantity.span.start - 90) : quantity.span.start]
    after = scene.text[quantity.span.end : min(clause.end, quantity.span.end + _MAX_GAP)]
    if quantity.unit in _CAPACITY_UNITS and _FOUND_ROOMS.search(before):
        return "count"
    if quantity.unit in _CAPACITY_UNITS or _ROOM_FOR.search(before) or _CAN_TAKE.search(before):
        return "capacity"
    if quantity.unit == "person" and (_ROOM_AFTER.match(after) or _ROOM_ABROAD.search(before)):
        return "capacity"
    cue = [*_CAPACITY.finditer(before)][-1:] if quantity.unit == "person" else []
    if cue and (
        cue[0].group().lower() not in _HELD
        or (quantity.bound == "max" and not _ROOM_SAID.search(scene.text, clause.start, quantity.span.start))
        or _COULD.search(before[: cue[0].start()])
    ):
        return "capacity"
    if cue:
        return "population"
    if _OF_US.match(after):
        return "count"
    if quantity.unit == "person" and not quantity.noun and live_there(before, after):
        return "population"
    if quantity.noun.rpartition(" ")[2].lower() in _COMINGS:
        return "count" if own is None or own.size != quantity.number else "group_size"
    if quantity.unit == "person" and _POPULATION_OF.search(before):
        return "population"
    if quantity.unit == "person" and not quantity.noun and counts_people(after, "", 0, len(after), None):
        return "count"  # "a population of 900, of whom 300 fled"
    lives = _POPULATION.search(before) or _POPULATION.match(after.lstrip())
    if quantity.unit == "person" and (lives or quantity.noun.lower() in _DWELLERS):
        moving = own is not None and own in _principals(scene, passage)
        return "count" if moving else "population"
    if own is not None and own.size == quantity.number and not quantity.is_adjective:
        return "group_size"
    return "count"


def _principals(scene: Scene, passage: Passage) -> list[Actor]:
    entry = scene.entry_of[passage.index]
    return entry.principals if entry else []


def _evidence(scene: Scene, quantity: Quantity, clause: Span, predicate: str) -> Span:
    """Return the words from the trigger to the number, or the number with its noun and what follows in the clause."""
    if predicate in ("capacity", "population"):
        return clause if clause.end - clause.start <= 240 else quantity.span
    return quantity.span.cover(
        Span(quantity.span.start, min(clause.end, quantity.span.end + _MAX_GAP))
    ).strip(scene.text)


def _subset(quantity: Quantity, own: Actor | None) -> str | None:
    """Return the part of a group that is counted: "12 women and one man" of a group of 13."""
    if own is None or own.size is None or quantity.number is None or own.size == quantity.number:
        return None
    return quantity.noun.lower() or None


def _cells(scene: Scene) -> None:
    """State the sizes that stand in a column of a table of people."""
    for entry in scene.entries:
        cell = entry.cells.get("size")
        if entry.kind != "row" or cell is None or not entry.principals or scene.is_claimed(cell):
            continue
        words = cell.of(scene.text).strip().replace(",", "")
        if not words.isdecimal() or not 0 < int(words) < 10_000_000:
            continue
        actor = entry.principals[0]
        when = entry.filed.edtf if entry.filed else None
        value = QuantityValue(number=int(words), unit="person")
        name = entry.cells.get("name", cell)
        scene.state(
            actor, "group_size", value, cell, name, when=when, qualifiers=Qualifiers(), claims=(cell,)
        )
