"""What the rules for quantities share: the clause a number stands in, whom it speaks of, and the date that goes with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta.extraction.bearing import led_in
from regesta.extraction.houses import house_at
from regesta.extraction.nearest_dates import when_near
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.extraction.topics import topic_of
from regesta.model import Qualifiers, QuantityValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = [
    "clause_of",
    "dated",
    "is_of_rate",
    "open_quantities",
    "qualified",
    "says_change",
    "says_when",
    "value_of",
    "whose",
]

_BREAK = lazy(r"[;:–]|, (?:and|but|or|while|when|where|which|who|after|before|although|though|because)\b|\. ")
_THINGS = ("facility", "law", "organisation", "term", "topic")


def open_quantities(scene: Scene, passage: Passage, *kinds: str) -> Iterator[Quantity]:
    """Yield the quantities of these kinds that no rule has claimed and that do count something."""
    for quantity in passage.quantities:
        if quantity.kind in kinds and not quantity.is_weak and not scene.is_claimed(quantity.number_span):
            yield quantity


def clause_of(scene: Scene, passage: Passage, span: Span) -> Span:
    """Return the part of the sentence round `span` that ends at commas before "and", "which" ..., semicolons, dashes.

    At most 160 code points to each side.
    """
    sentence = passage.sentence_at(span.start)
    start, end = max(sentence.start, span.start - 160), min(sentence.end, span.end + 160)
    for match in _BREAK.finditer(scene.text, start, span.start):
        start = match.end()
    following = _BREAK.search(scene.text, span.end, end)
    if following:
        end = following.start()
    return Span(min(start, span.start), max(end, span.end)).strip(scene.text, " ,.;:–()")


def whose(scene: Scene, passage: Passage, span: Span) -> tuple[Actor, ...]:
    """Return whom or what a number at `span` speaks of.

    First the group that the words themselves describe; then the subject of its clause; then a facility or law named in
    the sentence or the passage; then whoever is named last in the sentence; at last the topic of the section.
    """
    for said in scene.said[passage.index]:
        if said.span.overlaps(span) and said.form == "description" and said.actor.kind == "group":
            return (said.actor,)
    if any("가" <= sign <= "힣" for sign in scene.text[span.start : span.end + 2]):
        return (topic_of(scene, passage),)  # whoever is named before it is seldom counted
    sentence = passage.sentence_at(span.start)
    near = [s for s in scene.said[passage.index] if s.actor.kind in _THINGS and s.span.end <= span.start]
    people = _without_teller(scene, passage, subject_of(scene, passage, span.start), sentence, span.start)
    entry = scene.entry_of[passage.index]
    own = entry is not None and entry.kind != "prose"
    if people and (
        own or any(s.actor in people and s.span.start >= sentence.start for s in scene.said[passage.index])
    ):
        return people
    if people or near:
        house = house_at(scene, passage, span.start)
        if house is not None:
            return (house,)
    if near:
        return (max(near, key=lambda s: s.span.start).actor,)
    named = [s for s in scene.people_in(passage, (sentence.start, span.start)) if s.form != "pronoun"]
    if not people and named:
        last = _without_teller(scene, passage, (named[-1].actor,), sentence, span.start)
        return last or (topic_of(scene, passage),)
    if all(a.kind == "group" and a.size is not None for a in people):
        people = tuple(
            a
            for a in people
            if any(s.actor is a and s.span.start >= sentence.start for s in scene.said[passage.index])
        )
    return people or (
        topic_of(scene, passage),
    )  # a group that was counted in another sentence has its number


def _without_teller(
    scene: Scene, passage: Passage, people: tuple[Actor, ...], sentence: Span, start: int
) -> tuple[Actor, ...]:
    """Return the subjects but somebody who only says the number: "the spokesman Peter Kos said about 200 of them"."""
    if len(people) != 1 or people[0].kind != "person":
        return people
    said = scene.said[passage.index]
    own = [s for s in said if s.actor is people[0] and sentence.start <= s.span.start < start]
    tells = _TELLS.search(scene.text, own[0].span.end, start) if own else None
    return () if tells and not _OF_ONESELF.search(scene.text, tells.end(), start) else people


_OF_ONESELF = lazy(r"\b(?:he|she|his|her|him|I|my|me|we|our)\b")
"""What somebody says of his own: "she said that she was held for"."""
_TELLS = lazy(
    r"\b(?:said|says|told|announced|reported|estimated|estimates|claimed|stated|added|explained|informó|dijo|anunció|declaró|afirmó|explicó|riferito|dichiarato|annunciato|detto|"
    r"erklärte?|sagte?|teilte|déclaré|déclarait|annoncé|affirmé)\b(?! (?:his|her|him|them|me|us)\b)"
)


def dated(scene: Scene, passage: Passage, span: Span) -> tuple[str | None, tuple[Span, ...]]:
    """Return the date of a number: in its sentence, else the one its entry is filed under, else what the passage opened with."""
    when, spans = when_near(scene, passage, span)
    if when is not None:
        return when, spans
    entry = scene.entry_of[passage.index]
    stated = next(
        (
            f
            for a in (entry.principals if entry else ())
            for f in scene.facts_of(a)
            if f.predicate == "arrival"
        ),
        None,
    )
    if stated is not None and stated.when and not (entry and entry.kind == "prose"):
        return stated.when, stated.spans[-1:]
    filed = passage.filed
    if filed is not None and not filed.is_weak:
        return filed.edtf, filed.spans
    return _of_list(scene, passage) or led_in(scene, passage)


def _of_list(scene: Scene, passage: Passage) -> tuple[str, tuple[Span, ...]] | None:
    """Return the one date of the words that lead a list in: "Claims received in June 2023 are as follows:"."""
    if passage.kind != "item" or passage.dates:
        return None
    at = passage.index - 1
    while at >= 0 and scene.passages[at].kind == "item":
        at -= 1
    lead = scene.passages[at] if at >= 0 else passage
    if lead.kind != "prose" or not scene.text[: lead.span.end].endswith(":"):
        return None
    sentence = lead.sentence_at(lead.span.end - 1)
    told = [d for d in lead.dates_in(sentence) if d.edtf and d.kind in ("date", "range")]
    return (told[0].edtf or "", tuple(told[0].evidence)) if len(told) == 1 else None


def value_of(quantity: Quantity, unit: str | None = None) -> QuantityValue:
    """Return the value of a quantity, with another unit where one is given."""
    return QuantityValue(
        number=quantity.number,
        unit=unit or quantity.unit or "unit",
        low=quantity.low,
        high=quantity.high,
        approximate=quantity.approximate,
    )


def qualified(quantity: Quantity, *, subset: str | None = None) -> Qualifiers:
    """Return how a quantity is said: its bound, the part of the subject that it counts."""
    return Qualifiers(bound=quantity.bound, subset=subset)


def says_when(scene: Scene, quantity: Quantity) -> bool:
    """Return whether a time says when something happened to many, not how long: "in the past 27 days", "two weeks after"."""
    start = quantity.span.start
    return quantity.kind == "time" and (
        _WHEN.search(scene.text[max(0, start - 24) : start]) is not None
        or _SUPERLATIVE.search(scene.text[max(0, start - 70) : start]) is not None
        or _RECENT.search(quantity.span.of(scene.text)) is not None
        or (
            _FROM.match(scene.text, quantity.span.end) is not None
            and quantity.bound is None
            and _HOW_LONG.search(scene.text[max(0, start - 8) : start]) is None
        )
    )


_SUPERLATIVE = lazy(
    r"\bthe (?:[a-z]{2,}est|most|worst|best) (?:(?!was|were|is|are|had)[a-z]+ ){1,4}in (?:the )?$"
)
"""What stands before the time that something is the greatest of: "the lowest number in [twenty years]"."""
_HOW_LONG = lazy(r"\b(?:for|within|is|are|of)\s$")
_FROM = lazy(
    r"\s(?:after|before|ahead|earlier|later|ago|prior|después|antes|más tarde|après|plus tard|avant|dopo|später|danach|zuvor|nach|vor|depois|później|temu|назад|спустя)\b"
)
_RECENT = lazy(
    r"\s(?:últimos|últimas|pasados|letzten|vergangenen|derni(?:ers|ères)|ultim[ie]|ostatnich)\s",
    re.IGNORECASE,
)
"""What stands between a number and its time: "los dos últimos años"."""


_WHEN = lazy(
    r"(?<!\bfor the )\b(?:first|last|past|previous|preceding|recent|next|coming|following|letzten|vergangenen|ersten|nächsten|últimos|primeros|próximos|"
    r"dern(?:iers|ières)|premi(?:ers|ères)|proch(?:ains|aines)|ultim[ie]|prim[ie]|prossim[ie]|ostatnich|pierwszych|il y a|vor|hace|последни[ех]|первы[ех])\s$",
    re.IGNORECASE,
)


def says_change(scene: Scene, quantity: Quantity) -> bool:
    """Return whether a number only says how another has changed: "119 more than in May", "by 190 to 12,390", "621 (-292)", "-36%"."""
    text, (start, end) = scene.document.text, quantity.span
    if quantity.kind == "percent":
        return _SIGN.search(text[max(0, start - 2) : start]) is not None
    if quantity.kind not in ("bare", "count"):
        return False
    return (
        _IN_BRACKETS.search(text[max(0, start - 2) : start]) is not None
        or _MORE_THAN.match(text, end) is not None
        or _STEP.search(text[max(0, start - 40) : start]) is not None
        or (_BY.search(text[max(0, start - 5) : start]) is not None and _UP_TO.match(text, end) is not None)
    )


_IN_BRACKETS = lazy(r"\([+−–-]\s?$")
_SIGN = lazy(r"(?<![\w)%])[+−–-]$")
"""The sign of a share that grew or shrank: "the arrivals (-36%)"."""
_MORE_THAN = lazy(
    r"(?:\s(?:oder|or|ou|o|bzw\.)\s[\d.,]+\s?(?:%|Prozent|per\s?cent|por ciento|pour cent|per cento)|\s\([+−–-]?\s?[\d.,]+\s?%\))?"
    r"\s(?:mehr|weniger|more|fewer|less|higher|lower|más|menos|de (?:plus|moins)|in (?:più|meno)|a (?:mais|menos)|meer|minder|więcej|mniej)"
    r"(?:\s[^\W\d_]+){0,2}?\s(?:als|than|que|qu['’]|dan|rispetto|niż|do que|gegenüber|con respecto|respecto|frente|par rapport)\b(?!\s\d)"
)
"""What follows a difference: "5,609 fewer than in 2012"."""
_STEP = lazy(
    r"\b(?:gr[eo]w(?:n|ing)?|r[io]sen?|rising|increas\w+|f[ae]ll(?:en|ing)?|declin\w+|decreas\w+|drop\w*|shr[aiu]nk|swell\w*|jump\w*)"
    r"(?:\s\w+ly)?\sby\s(?:(?:about|some|around|over|nearly|almost|more than)\s)?$"
)
"""What leads to the step of a number that rose or fell: "grew by 4,120"."""
_BY = lazy(r"\b(?:by|um|en|di|de|met|o)\s$")
_UP_TO = lazy(r"\s(?:auf|to|a|à|hasta|naar|do)\s(?:[a-zà-ÿ]+\s){0,2}\d")
"""What follows the step of a number that rose or fell to another: "by 190 to 12,390"."""


def is_of_rate(scene: Scene, passage: Passage, quantity: Quantity) -> bool:
    """Return whether a number is a rate of so many, or what the rate is of: "26 refugees per 100,000 residents"."""
    if quantity.kind not in ("bare", "count") or "00" not in scene.text[slice(*passage.span)]:
        return False
    text, (start, end) = scene.text, quantity.span
    if _PER.search(text[max(0, start - 6) : start]):
        return quantity.number in _SO_MANY
    return _PER_SO_MANY.match(text, end, passage.sentence_at(start).end) is not None


_SO_MANY = (1_000, 10_000, 100_000, 1_000_000)
_PER = lazy(r"\b(?:per|pro|por|pour|auf je)\s$")
_PER_SO_MANY = lazy(
    r"[^.;]{0,90}?\b(?:per|pro|por|pour)\s(?:\d{1,3}[,. ]000|100[,. ]?000|1000|thousand|million|mill[oó]n|mille)\b"
)
