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

from regesta.dates import DatePhrase
from regesta.extraction.cues import DIGITS, Cue, has_people, is_cued
from regesta.extraction.described import head_class
from regesta.extraction.entries import is_aged_heading
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Entry, Said, Scene
from regesta.extraction.subjects import joined_to_last, subject_of
from regesta.model import DateValue, Qualifiers, QuantityValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["ages", "arrival_of"]

_AT_AGE = lazy(r"\bat(?:\s+the)?\s+(?:(?:age|ages)(?:\s+of)?\s*)?$|\bat\s+(?:the\s+)?age", re.IGNORECASE)
_TO_NAME = lazy(r"[\s,(]*(?:(?:then|age|aged|who was|who|being|was|now|at|only|just|about|born)\s*){0,3}$")
_OF_AGE = lazy(r"\s+of\s*$")
_BESIDE = lazy(
    r"\b(?:with|without|by|from|alongside|beside|after|to|for)\s+(?:[\w'-]+\s+){0,3}$", re.IGNORECASE
)
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
_GROWN = 16
"""Years from which "a widow of 40" tells an age, where "a widow of three" would be of children."""
_WAS_YEARS = lazy(
    r"\b(?:(?:was|is|am|were|turned|then|now|lived to|lived to be)|(?:the\s+)?(?:oldest|youngest|eldest)(?:\s+(?:was|is))?)\s+(?:(?:only|just|then|still|about|barely|already|now)\s+)?$",
    re.IGNORECASE,
)
_YEARS_END = lazy(r"\s*(?:[.,;)!?\"–]|$|(?:when|who|at the time|then|and|fled|years old|in [12]\d{3})\b)")
_BARE_END = lazy(r",\s*(?P<age>\d{1,2})\s*$")
_AT_NUMBER = Cue("at", r"\bAt\s+(?P<age>\d{1,2})(?=,?\s+(?:he|she|I)\b|,)", opening="at")
_DID = "died came arrived fled left escaped defected emigrated married enlisted retired orphaned widowed conscripted drafted"
_DONE_AT = Cue(
    _DID,
    rf"\b(?:{_DID.replace(' ', '|')})\b[^.;:()]{{0,40}}? "
    r"at (?P<age>1[3-9]|[2-9]\d)(?=[.,;]|\s+(?:and|with|after|as|when|but)\b)",
    opening=_DID,
)
"""What people do at an age: "died on 9 June at 91", "came at 17 with a team"."""
_EVENTS = (
    (
        lazy(r"\b(?:imprison|jail|arrest|detain|intern|incarcerat|sentenc)\w*", re.IGNORECASE),
        "imprisonment",
    ),
    (lazy(r"\b(?:died|die|dies|killed|death|passed away)\b", re.IGNORECASE), "death"),
    (lazy(r"\bmarr(?:y|ied|iage|ies)\b", re.IGNORECASE), "marriage"),
)
_MOVES = {"arrive": "arrival", "defect": "flight", "flee": "flight", "seek": "flight", "admit": "arrival"}


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
            when = _at_arrival(scene, passage, one.actor, place)
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


def arrival_of(scene: Scene, actor: Actor) -> str | None:
    """Return the date on which the actor arrived, as a rule before has stated it; None where unknown or disputed."""
    dates = {
        fact.value.edtf
        for fact in scene.facts_of(actor)
        if fact.predicate == "arrival" and isinstance(fact.value, DateValue)
    }
    return dates.pop() if len(dates) == 1 else None


def _at_arrival(
    scene: Scene, passage: Passage, actor: Actor, span: Span, event: str | None = None
) -> str | None:
    """Return the date of the actor's arrival where an age is of that day: prose tells most ages of other days."""
    when = arrival_of(scene, actor)
    entry = scene.entry_of[passage.index]
    if when is None or event is not None or entry is None or entry.kind != "prose":
        return when
    sentence = passage.sentence_at(span.start)
    spans = (s for f in scene.facts_of(actor) if f.predicate == "arrival" for s in f.spans)
    near = next((s for s in spans if sentence.overlaps(s)), None)
    if near is None or '"' in scene.text[min(near.end, span.end) : max(near.start, span.start)]:
        return None  # 'Ana Ruiz, 34, says: "I came in 1999"'
    return when


def _state(
    scene: Scene, passage: Passage, span: Span, value: QuantityValue, quantity: Quantity | None = None
) -> None:
    owners, subset, near = _owners(scene, passage, span)
    if not owners or (owners[0] is scene.tellers[passage.index] and _NOMINAL.search(scene.text, *span)):
        return  # who tells of "der 22-Jährige" tells of another
    sentence = passage.sentence_at(span.start)
    event = None
    evidence = near or span
    before = scene.text[max(sentence.start, span.start - 18) : span.end]
    if _AT_AGE.search(before[: len(before) - (span.end - span.start)]) or _AT_AGE.match(span.of(scene.text)):
        event, verb = _event(scene, sentence, span)
        if verb is not None and verb.cover(span).end - verb.cover(span).start < 120:
            evidence = verb.cover(span)
    when = None
    at_age = event is None and _AT_NUMBER.pattern.match(scene.text, span.start) is not None
    if not at_age and event in (None, "arrival", "flight"):
        when = _at_arrival(scene, passage, owners[0], span, event)
        if when is None and event is None and passage.dates_in(sentence) == []:
            entry = scene.entry_of[passage.index]
            when = entry.filed.edtf if entry and entry.filed and entry.kind != "prose" else None
    if _DIED.search(scene.text, sentence.start, span.start):
        when = _at_death(scene, passage, sentence, span)
    if (
        owners
        and owners[0] is scene.tellers[passage.index]
        and _I_AM.search(scene.text, sentence.start, span.start)
    ):
        when = None
    beside = _beside(scene, passage, span)
    if beside is not None:
        when = None if _is_of_birth(scene, passage, beside) else beside.edtf
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


_NOMINAL = lazy(r"-(?:Jährige|year-old$)")
_BIRTH = lazy(r"\b(?:born|birth|b\.|d\.?o\.?b\.?)", re.IGNORECASE)
_I_AM = lazy(r"\bI(?: am|'m) [^.;]*$")
_DIED = lazy(r"\b(?:[Dd]ied|dies|was killed|was shot|passed away)\b[^;:()]{0,70}$")


def _at_death(scene: Scene, passage: Passage, sentence: Span, span: Span) -> str | None:
    """Return the date of "He died in Dresden in 1883, aged 93": the one between the verb and the age."""
    verb = _DIED.search(scene.text, sentence.start, span.start)
    if verb is None:
        return None
    dates = [
        d for d in passage.dates_in(sentence) if verb.start() < d.span.start and d.span.end <= span.start
    ]
    return dates[-1].edtf if dates else None


def _beside(scene: Scene, passage: Passage, span: Span) -> DatePhrase | None:
    """Return the date that an age stands in brackets behind: "1 May 1998 (aged 87)" is how old somebody was on that day."""
    for date in passage.dates:
        if (
            date.edtf
            and date.span.end <= span.start
            and scene.text[date.span.end : span.start].strip() == "("
        ):
            return date
    return None


def _is_of_birth(scene: Scene, passage: Passage, date: DatePhrase) -> bool:
    """Whether the date is one of birth, so that the age beside it is of the day on which that was written."""
    label = (
        scene.passages[passage.index - 1].span
        if passage.index and passage.kind in ("cell", "definition")
        else None
    )
    lead = scene.text[passage.span.start : date.span.start]
    return _BIRTH.search(lead) is not None or (
        label is not None and _BIRTH.search(label.of(scene.text)) is not None
    )


def _owners(scene: Scene, passage: Passage, span: Span) -> tuple[tuple[Actor, ...], str | None, Span | None]:
    """Return (whose age, the part of the group that is meant, evidence)."""
    said = [
        s for s in scene.said[passage.index] if s.form != "pronoun" and s.actor.kind in ("person", "group")
    ]
    sentence = passage.sentence_at(span.start)
    told = _told_next(scene, passage, span, sentence) or _introduced(scene, passage, span)
    if told is not None:
        return (told.actor,), None, None
    inside = [s for s in said if s.span.contains(span) or (s.span.overlaps(span))]
    leads = _name_after(scene, said, span, sentence)
    if leads is not None:
        return (leads.actor,), None, span.cover(leads.span)
    if inside:
        return (inside[0].actor,), None, inside[0].span.cover(span)
    kin = _kin_before(scene, span, sentence)
    before = [s for s in said if s.span.end <= span.start and s.span.start >= sentence.start]
    if before:
        gap = scene.text[before[-1].span.end : span.start]
        fits = _TO_NAME.fullmatch(gap) or _OF_AGE.fullmatch(gap)
        if fits and not _is_company(scene, before[-1].span.start, span, sentence):
            return (before[-1].actor,), None, before[-1].span.cover(span)
    if kin is not None:
        word, place = kin
        owners = _family_of(scene, passage, place)
        return owners, word, place.cover(span)
    after_kin = _kin_after(scene, span, sentence)
    if after_kin is not None:
        word, place = after_kin
        return _family_of(scene, passage, place), word, place.cover(span)
    if span.of(scene.text)[:1].isdigit() and "-" in span.of(scene.text) and not said and not before:
        entry = scene.entry_of[passage.index]
        if not entry or not entry.principals:
            return (), None, None
    subject = tuple(a for a in subject_of(scene, passage, span.start) if a.kind in ("person", "group"))
    if not subject and scene.language is not None:
        named = [s.actor for s in said if s.form == "name" and s.span.end <= span.start]
        subject = tuple(named[-1:])  # "Karim Sadek ... L'artiste de 36 ans"
    return subject, None, None


def _told_next(scene: Scene, passage: Passage, span: Span, sentence: Span) -> Said | None:
    """Return who follows at once upon "at the age of 43" that opens a clause: "At the age of 43, [she] went"."""
    before = scene.text[max(sentence.start, span.start - 24) : span.start]
    opens = _AT_AGE_OPENS.search(before)
    if opens is None and not _AT_AGE.match(span.of(scene.text)):
        return None
    following = next((s for s in scene.said[passage.index] if s.span.start >= span.end), None)
    gap = scene.text[span.end : following.span.start] if following else ""
    return following if following and gap in (" ", ", ") and following.is_subject else None


def _introduced(scene: Scene, passage: Passage, span: Span) -> Said | None:
    """Return who is named behind the words that tell the age: "A girl of eight, Dolma Yangzom, was with her aunt"."""
    following = next(
        (s for s in scene.said[passage.index] if s.form == "name" and s.span.start >= span.end), None
    )
    gap = scene.text[span.end : following.span.start] if following else ""
    if following is None or not gap.endswith(", "):
        return None
    if gap == ", ":
        of_age = _NOUN_OF.search(scene.text[max(passage.span.start, span.start - 24) : span.end])
        return following if of_age else None
    lead = scene.text[max(passage.span.start, span.start - 4) : span.start]
    described = _DESCRIBED.fullmatch(gap) if _ARTICLE.search(lead) else None
    closed = scene.text[following.span.end : following.span.end + 1] in (",", ".", ";")
    return following if described and closed and head_class(described["noun"], scene.lexicon) else None


_ARTICLE = lazy(r"(?:^|\W)(?:[Aa]n?|[Tt]he) $")
_DESCRIBED = lazy(r"(?: [a-z-]+){0,2} (?P<noun>[a-z-]+), ")
"""What stands between "a 34-year-old" and the name: " fisherman, "."""
_NOUN_OF = lazy(r"\b[Aa]n? (?:[a-z-]+ ){1,2}of (?:about |only |barely )?[\w-]+$")
_AT_AGE_OPENS = lazy(r"(?:^|[,;] |\b(?:and|but) )at (?:the )?age (?:of )?$", re.IGNORECASE)


def _name_after(scene: Scene, said: list[Said], span: Span, sentence: Span) -> Said | None:
    """Return the name that "24-year-old soldier" leads up to."""
    following = next(
        (s for s in said if s.span.start >= span.end and s.form == "name" and s.span.end <= sentence.end),
        None,
    )
    if following is None:
        return None
    gap = scene.text[span.end : following.span.start]
    words = gap.split()
    if gap == " " and _JOINED.search(scene.text, *span):
        return following  # "the 17-year-old Karim"
    if not words or len(words) > 6 or any(mark in gap for mark in ",.;:()"):
        return None
    if any(w in _NOT_LEADING or w in scene.lexicon.flight for w in words):
        return None
    return following


_JOINED = lazy(r"\d-\w|[a-z]-years?-old")
"""An age that is one word with its unit, as before a name, in "der 22-Jährige" and in "eighty-year-old"."""
_NOT_LEADING = frozenset(
    (
        "he she they it we i and or of in at to from for by with who was is had has were when after before his her their the a an"
    ).split()
)


def _kin_before(scene: Scene, span: Span, sentence: Span) -> tuple[str, Span] | None:
    """Return the relative of "father (42)", "their daughter, 3"."""
    words = scene.tokens.between(max(sentence.start, span.start - 24), span.start)
    if not words:
        return None
    token = scene.tokens[words.stop - 1]
    kin = scene.lexicon.kin.get(token.lower)
    if kin is None:
        kin_word = (
            token.lower
            if scene.lexicon.singular(token.lower) in ("man", "woman", "boy", "girl", "child", "baby")
            else None
        )
        if kin_word is None:
            return None
    gap = scene.text[token.end : span.start].strip()
    if _is_company(scene, token.start, span, sentence):
        return None
    return (token.lower, Span(token.start, token.end)) if gap in ("(", ",", "(aged", "aged", "") else None


def _is_company(scene: Scene, start: int, span: Span, sentence: Span) -> bool:
    """Whether who stands before "at age six" only came along: of "jailed with his mother" who was jailed was six."""
    if not (_AT_AGE.match(span.of(scene.text)) or _AT_AGE.search(scene.text, start, span.start)):
        return False
    return _BESIDE.search(scene.text[max(sentence.start, start - 40) : start]) is not None


def _kin_after(scene: Scene, span: Span, sentence: Span) -> tuple[str, Span] | None:
    """Return the relative of "his two-year-old son", where nobody stands for the son."""
    words = scene.tokens.between(span.end, min(sentence.end, span.end + 24))
    if not words:
        return None
    token = scene.tokens[words.start]
    if scene.text[span.end : token.start].strip() or token.lower not in scene.lexicon.kin:
        return None
    return token.lower, Span(token.start, token.end)


def _family_of(scene: Scene, passage: Passage, place: Span) -> tuple[Actor, ...]:
    possessor = next(
        (
            s
            for s in reversed(scene.said[passage.index])
            if s.is_possessive and 0 <= place.start - s.span.end <= 30
        ),
        None,
    )
    if possessor is not None:
        return (possessor.actor,)
    entry = scene.entry_of[passage.index]
    if entry is None or not entry.principals:
        return ()
    return tuple(entry.principals[:1])


def _event(scene: Scene, sentence: Span, span: Span) -> tuple[str | None, Span | None]:
    """Return what happened at that age, by the verb nearest to it in the sentence."""
    found: list[tuple[int, str, Span]] = []
    for pattern, name in _EVENTS:
        found.extend(
            (_distance(Span(*match.span()), span), name, Span(*match.span()))
            for match in pattern.finditer(scene.text, sentence.start, sentence.end)
        )
    for index in scene.tokens.between(*sentence):
        token = scene.tokens[index]
        kind = scene.lexicon.flight.get(token.lower)
        if kind in _MOVES:
            place = Span(token.start, token.end)
            found.append((_distance(place, span), _MOVES[kind], place))
    if not found:
        return None, None
    distance, name, place = min(found)
    return (name, place) if distance < 90 else (None, None)


def _distance(a: Span, b: Span) -> int:
    gap = max(b.start - a.end, a.start - b.end, 0)
    return gap + (15 if a.start > b.end else 0)  # what stands before the age is nearer than what follows


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
        when = _at_arrival(scene, passage, said.actor, span)
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
            if s.span.overlaps(place) and s.actor.kind == "person" and s.form == "description"
        ]
        people = (beside[0].actor,) if beside else subject_of(scene, passage, place.start)
        if noun and not beside and (introduced := _introduced(scene, passage, place)):
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
