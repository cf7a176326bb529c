"""How old somebody was: predicate `age`, in years, months or weeks.

    matches          "Jan Novak (age 21)"  ·  "24-year-old soldier Jan Novak"  ·  "fled at age 15"  ·  "father (42)"
    must not match   "a 12-year-old law"  ·  "aged bread"  ·  "(42 of them)"

The age belongs to whom it stands beside: the name before the bracket, the noun phrase that holds it, the name that the
phrase leads to. Only "at age 15" belongs to the clause's subject, with the event of the clause in `at_event`, whoever came
along: "jailed with his mother at age six".
"""

from __future__ import annotations

import re
from functools import lru_cache

from regesta.extraction.age_dates import (
    DIED,
    arrival_of,
    at_arrival,
    at_death,
    date_beside,
    event_of,
    is_of_birth,
)
from regesta.extraction.age_owners import AT_AGE, introduced_by, owners_of
from regesta.extraction.cues import DIGITS, Cue, has_people, is_cued
from regesta.extraction.described import head_class
from regesta.extraction.entries import is_aged_heading
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Entry, Scene
from regesta.extraction.subjects import joined_to_last, subject_of
from regesta.model import Qualifiers, QuantityValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["ages"]

_BARE_AFTER = lazy(
    r"[*_\"\s]*(?:씨)?[,(]\s*(?:(?:then|about|also|now|only|just)\s+)?(?P<age>\d{1,2})"
    r"(?=\s*[,;.)–](?!\d{3})|\s+(?:was|were|had|who|fled|came|escaped)\b)"
)
_BARE_LATER = lazy(
    r"[*_\"\s]*[,(–]\s[^.;:()\d–]{3,60},\s(?:then\s+|about\s+)?(?P<age>\d{1,2})(?=\s*[,;.)](?!\d{3}))"
)
_CALLED = lazy(r",? (?:called |named |by the name of )?[A-Z]")
_AND_ANOTHER = lazy(r",? and an? $")
_OF_YEARS = lazy(r"\b(?P<noun>[a-z]+)\s+of\s+(?:about\s+|only\s+|barely\s+)?$")
_DECADE = 10
"""Years between which the age of one person may be told: "in his thirties"."""
_GROWN = 16
"""Years from which "a widow of 40" tells an age, where "a widow of three" would be of children."""
_WAS_YEARS = lazy(
    r"(?<!\bthere )\b(?:(?:was|is|am|were|turned|then|now|lived to|lived to be)|(?:the\s+)?(?:oldest|youngest|eldest)(?:\s+(?:was|is))?)\s+(?:(?:only|just|then|still|about|barely|already|now)\s+)?$",
    re.IGNORECASE,
)
_YEARS_END = lazy(r"\s*(?:[.,;)!?\"–]|$|(?:when|who|at the time|then|and|fled|years old|in [12]\d{3})\b)")
_BARE_END = lazy(r",\s*(?P<age>\d{1,2})\s*$")
_AT_NUMBER = Cue("at", r"\bAt\s+(?P<age>\d{1,2})(?=,?\s+(?:he|she|I)\b|,)", opening="at")
_DID = "died came arrived fled left escaped defected emigrated married enlisted retired orphaned widowed conscripted drafted"
_DONE_AT = Cue(
    _DID,
    rf"\b(?:{_DID.replace(' ', '|')})\b[^.;:()]{{0,40}}? "
    r"at (?P<age>1[3-9]|[2-9]\d)(?=[,;]|\.(?!\d)|\s+(?:and|with|after|as|when|but)\b)",
    opening=_DID,
)
"""What people do at an age: "died on 9 June at 91", "came at 17 with a team"."""


def ages(scene: Scene) -> None:
    """State every age in the document of the person it belongs to."""
    for passage in scene.passages:
        if not (has_people(scene, passage) and (passage.quantities or is_cued(scene, DIGITS, passage.span))):
            continue
        if passage.kind in ("heading", "caption") and not is_aged_heading(scene, passage):
            continue
        shared = _shared(scene, passage)
        for quantity in passage.quantities:
            if (
                (quantity.is_age or _is_of_somebody(scene, quantity))
                and quantity.kind == "time"
                and not any(s.overlaps(quantity.span) for s in shared)
            ):
                _state(scene, passage, quantity.span, quantity.as_value(), quantity)
        _bare(scene, passage)
    for entry in scene.entries:
        if entry.kind == "row" and "age" in entry.cells:
            _cell(scene, entry)


_SHARED = lazy(
    r"(?:[ ,(]{1,2}(?:aged|ages?|who were|were|then|both)\s|\s\()(?P<ages>\d{1,2}(?:, \d{1,2})*,? and \d{1,2})(?=\s*[,;.)]|\s(?:and|who|were|came|then|at)\b)"
)
_PAIR_REACH = 90
"""Code points over which two names share "both 47"."""
_AND_NUMBER = lazy(r" and \d")

_BOTH_OF = Cue("both", r",? both (?:aged )?(?P<age>\d{1,2})(?=\s*[,;.)–]|\s(?:and|who|were|from|of|at)\b)")
_APPOSED = lazy(r"[*_]{0,3}(?:, [a-z][a-z ]{2,30})?")


def _shared(scene: Scene, passage: Passage) -> list[Span]:
    """State the ages that several people share out, and return where: "the sisters Esther and Jeanne, aged 16 and 20"."""
    done: list[Span] = []
    for match in _BOTH_OF.find(scene, passage.span):
        named = [s for s in scene.said[passage.index] if s.form == "name" and s.actor.kind == "person"]
        two = [s for s in named if s.span.end <= match.start()][-2:]
        if (
            len(two) < 2
            or two[1].span.end != match.start()
            or match.start() - two[0].span.start > _PAIR_REACH
        ):
            continue
        place = Span(*match.span("age"))
        for one in two:
            value = QuantityValue(number=int(match["age"]), unit="year")
            when = at_arrival(scene, passage, one.actor, place)
            scene.state(one.actor, "age", value, two[0].span.cover(place), when=when, claims=[place])
        done.append(Span(*match.span()))
    if len(passage.quantities) < 2 or not _AND_NUMBER.search(scene.text, *passage.span):
        return done
    for match in _SHARED.finditer(scene.text, *passage.span):
        said = [s for s in scene.said[passage.index] if s.form != "pronoun" and s.span.end <= match.start()]
        if not said or not _APPOSED.fullmatch(scene.text, said[-1].span.end, match.start()):
            continue
        parts = list(re.finditer(r"\d{1,2}", match["ages"]))
        people = [a for a in joined_to_last(scene, said) if a.kind == "person" and not a.is_plural]
        if len(people) != len(parts):
            continue
        for actor, part in zip(people, parts, strict=True):
            at = match.start("ages")
            place = Span(at + part.start(), at + part.end())
            value = QuantityValue(number=int(part[0]), unit="year")
            scene.state(
                actor, "age", value, said[-1].span.cover(place), when=arrival_of(scene, actor), claims=[place]
            )
        done.append(Span(*match.span()))
    return done


_OF_SOMEBODY = lazy(
    r"(?:^|[^\w-])(?P<article>el|la|este|esta|ese|esa|le|l[’']|ce|cette|cet|o|a|il|lo|questo|questa)[ ’']?"
    r"(?P<nouns>(?:[^\W\d_]+[ ,]){1,4})(?:de|di) $",
    re.IGNORECASE,
)
"""What leads up to the years of a person in Romance languages: "l'artiste russe de [36 ans]"."""


def _is_of_somebody(scene: Scene, quantity: Quantity) -> bool:
    """Whether "de 36 ans" tells how old somebody is who is known already: the noun before it is one of people."""
    if scene.language is None or quantity.unit != "year" or not 0 < (quantity.number or 0) < _OLDEST:
        return False
    found = _OF_SOMEBODY.search(scene.text, max(0, quantity.span.start - 60), quantity.span.start)
    return found is not None and any(
        noun in _ADULTS
        or ((known := head_class(noun, scene.lexicon)) is not None and known[0] in ("role", "person", "rank"))
        for noun in found["nouns"].lower().split()
    )


_OLDEST = 105
_ADULTS = frozenset("hombre mujer joven homme femme jeune uomo donna giovane homem mulher jovem".split())


def _state(
    scene: Scene, passage: Passage, span: Span, value: QuantityValue, quantity: Quantity | None = None
) -> None:
    owners, subset, near = owners_of(scene, passage, span)
    if not owners or (owners[0] is scene.tellers[passage.index] and _NOMINAL.search(scene.text, *span)):
        return  # who tells of "der 22-Jährige" tells of another
    sentence = passage.sentence_at(span.start)
    if (value.high or 0) - (value.low or 0) > _DECADE and owners[0].kind == "person":
        return  # "men and women aged between 18 and 45" are not he
    if any(a.is_plural or a.kind == "group" for a in owners) and _OF_ONE.search(
        scene.text, sentence.start, span.end
    ):
        return  # "four men, three women and a 2-year-old girl"
    event = None
    evidence = near or span
    before = scene.text[max(sentence.start, span.start - 18) : span.end]
    if AT_AGE.search(before[: len(before) - (span.end - span.start)]) or AT_AGE.match(span.of(scene.text)):
        event, verb = event_of(scene, sentence, span)
        if verb is not None and verb.cover(span).end - verb.cover(span).start < 120:
            evidence = verb.cover(span)
    fled = [d for d in passage.dates_in(evidence) if d.edtf and d.kind == "date"] if event == "flight" else []
    when = None
    at_age = event is None and _AT_NUMBER.pattern.match(scene.text, span.start) is not None
    if not at_age and event in (None, "arrival", "flight"):
        when = fled[0].edtf if len(fled) == 1 else at_arrival(scene, passage, owners[0], span, event)
        if when is None and event is None and passage.dates_in(sentence) == []:
            entry = scene.entry_of[passage.index]
            when = entry.filed.edtf if entry and entry.filed and entry.kind != "prose" else None
    if DIED.search(scene.text, sentence.start, span.start):
        when = at_death(scene, passage, sentence, span)
    if (
        owners
        and owners[0] is scene.tellers[passage.index]
        and _I_AM.search(scene.text, sentence.start, span.start)
    ):
        when = None
    beside = date_beside(scene, passage, span)
    if beside is not None:
        when = None if is_of_birth(scene, passage, beside) else beside.edtf
    bound = quantity.bound if quantity else None
    for actor in owners:
        scene.state(
            actor,
            "age",
            value,
            evidence,
            when=when,
            qualifiers=Qualifiers(at_event=event, subset=subset, bound=bound),
            claims=[span],
        )


_OF_ONE = lazy(r"(?:\band|,) an? [\w-]+-old$")
_NOMINAL = lazy(r"-(?:Jährige|year-old$)")
_I_AM = lazy(r"\bI(?: am|'m) [^.;]*$")


def _bare(scene: Scene, passage: Passage) -> None:
    """Ages that are nothing but a number behind a person: "Jan Novak, 34, a clerk", "Eva (19)"."""
    if not is_cued(scene, DIGITS, passage.span):
        _in_words(scene, passage)
        return
    numbers = {q.number_span.start: q for q in passage.quantities}
    for at in _AT_NUMBER.find(scene, passage.span):
        quantity = numbers.get(at.start("age"))
        if quantity is None or not quantity.is_age:
            _state(scene, passage, Span(*at.span()), QuantityValue(number=int(at["age"]), unit="year"))
    for at in _DONE_AT.find(scene, passage.span):
        quantity = numbers.get(at.start("age"))
        if quantity is None or (not quantity.is_age and quantity.kind in ("bare", "count", "code")):
            span = Span(*at.span("age"))
            if not scene.is_claimed(span):
                _state(scene, passage, span, QuantityValue(number=int(at["age"]), unit="year"))
    _in_words(scene, passage)
    for said in scene.said[passage.index]:
        if said.form == "pronoun" or said.actor.kind != "person":
            continue
        match = _BARE_AFTER.match(scene.text, said.span.end, min(passage.span.end, said.span.end + 16))
        entry = scene.entry_of[passage.index]
        if match is None and entry is not None and entry.kind == "item" and said.actor in entry.principals:
            match = _BARE_LATER.match(scene.text, said.span.end, min(passage.span.end, said.span.end + 80))
        if match is None and said.span.end < passage.span.end:
            match = _BARE_END.match(scene.text, said.span.end, passage.span.end)
        if match is None:
            continue
        span = Span(*match.span("age"))
        years = int(match["age"])
        quantity = numbers.get(span.start)
        if not 0 < years < 105 or (quantity and quantity.is_age):
            continue
        if quantity is not None and quantity.kind not in ("bare", "code"):
            continue
        when = at_arrival(scene, passage, said.actor, span)
        scene.state(
            said.actor,
            "age",
            QuantityValue(number=years, unit="year"),
            said.span.cover(span),
            when=when,
            claims=[span],
        )


def _in_words(scene: Scene, passage: Passage) -> None:
    """Ages without "years" after a noun or a verb: "a student of 27", "she was fifty", "the youngest 13"."""
    for quantity in passage.quantities:
        number, span = quantity.number, quantity.number_span
        if (
            quantity.is_age
            or number is None
            or not 0 < number < 105
            or quantity.kind not in ("bare", "count", "code")
        ):
            continue
        if (
            not _YEARS_END.match(scene.text, span.end, passage.span.end)
            or scene.text[span.end : span.end + 2].strip()[:1] == "%"
        ):
            continue
        sentence = passage.sentence_at(span.start)
        before = scene.text[max(sentence.start, span.start - 40) : span.start]
        if noun := _OF_YEARS.search(before):
            known = head_class(noun["noun"], scene.lexicon)
            grown = noun["noun"] in ("widow", "widower") and number >= _GROWN
            if known is None or (known[0] in ("group", "kin") and not grown) or known[2]:
                continue
            place = Span(span.start - len(before) + noun.start(), span.end)
            if _AND_ANOTHER.search(scene.text, sentence.start, place.start) and not _CALLED.match(
                scene.text, span.end
            ):
                continue  # "Ah Sing and a boy of sixteen"
        elif was := _WAS_YEARS.search(before):
            place = Span(span.start - len(before) + was.start(), span.end)
        else:
            continue
        beside = [
            s
            for s in scene.said[passage.index]
            if s.actor.kind == "person"
            and (
                (s.form == "description" and s.span.overlaps(place))
                or (s.form != "pronoun" and scene.text[s.span.end : place.start] in (", ", " ("))
            )
        ]
        people = (beside[0].actor,) if beside else subject_of(scene, passage, place.start)
        if noun and not beside and (introduced := introduced_by(scene, passage, place)):
            people = (introduced.actor,)
        value = QuantityValue(number=number, unit="year", approximate=quantity.approximate)
        for actor in people[:1]:
            when = arrival_of(scene, actor) if noun else None
            scene.state(actor, "age", value, place, when=when, claims=[quantity.span])


@lru_cache(maxsize=1)
def _age_cell() -> re.Pattern[str]:
    return re.compile(
        r"(?P<about>about|c\.|circa|ca\.?|~|abt\.?)?\s*(?P<age>\d{1,3})(?:\s*(?P<unit>years?|yrs?|months?|mos?|weeks?|y|m|w)\b)?",
        re.IGNORECASE,
    )


def _cell(scene: Scene, entry: Entry) -> None:
    """State the age of a row's cell, or of each of its people where the cell gives as many: "40, 33"."""
    cell = entry.cells["age"]
    parts = list(re.finditer(r"\d{1,3}[^\d,;/&]{0,8}", cell.of(scene.text)))
    if len(parts) == len(entry.principals) > 1:
        for actor, part in zip(entry.principals, parts, strict=True):
            own = Span(cell.start + part.start(), cell.start + part.end()).strip(scene.text, " \n\t.")
            _cell_age(scene, entry, actor, own)
    elif entry.principals:
        _cell_age(scene, entry, entry.principals[0], cell)


def _cell_age(scene: Scene, entry: Entry, actor: Actor, cell: Span) -> None:
    match = _age_cell().match(scene.text, cell.start, cell.end)
    if match is None:
        return
    unit = {"m": "month", "w": "week"}.get((match["unit"] or "y")[0].lower(), "year")
    number = int(match["age"])
    if number > 120:
        return
    approximate = bool(match["about"])
    when = arrival_of(scene, actor) or (entry.filed.edtf if entry.filed else None)
    names = entry.cells.get("name") or entry.cells.get("family")
    scene.state(
        actor,
        "age",
        QuantityValue(number=number, unit=unit, approximate=approximate),
        cell,
        *((names,) if names else ()),
        when=when,
        qualifiers=Qualifiers(bound="about" if approximate else None),
        claims=[cell],
    )
