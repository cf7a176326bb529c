"""Where somebody was held, and for how long: predicates `imprisoned_at` and `imprisoned_for`.

    matches          "seven years in a labour camp at Kolo"  ·  "was held for 21 days"  ·  "sentenced to ten years"
    must not match   "worked in a refugee camp for three years"  ·  "held the post for three years"

A term counts where the words beside it speak of prison: a verb (jailed, interned, served), a place (cell, camp) or a
sentence that was passed; "released ten years later" counts where the sentences before tell of the arrest.
"""

from __future__ import annotations

import re

from regesta.extraction.cues import Cue, has_people, passages_with
from regesta.extraction.passages import Passage
from regesta.extraction.quantity import Quantity
from regesta.extraction.reach import plain, right_edge
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.subjects import subject_of
from regesta.model import Qualifiers, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["imprisonments"]

_VERB = (
    r"imprison(?:ed|ment)|jailed|gaoled|incarcerat(?:ed|ion)|detained|detention|intern(?:ed|ment)|locked up|behind bars|"
    r"solitary confinement|confined|custody|captivity|house arrest|hard labou?r|forced labou?r|prison|jail|gaol|"
    r"(?:was|were|been|being) held|held (?:him|her|them)|kept in (?:a )?cell|penal servitude"
)
_HELD = lazy(rf"\b(?:{_VERB})\b", re.IGNORECASE)
_SENTENCED = lazy(
    r"\b(?:sentenc(?:ed|e[sd]?|ing)|condemned|got|given|received)\b[^.;:]{0,60}?\b(?:to|of)?\s*$",
    re.IGNORECASE,
)
_SENTENCE_WORD = lazy(
    r"\b(?:sentenc\w+|condemned|in prison|in jail|prison term|imprisonment|in a labou?r camp|hard labou?r|treason|illegal)\b",
    re.IGNORECASE,
)
_SERVED = lazy(
    r"\b(?:served|serving|spent|spending|suffer(?:ed|ing)|endured|after|survived|passed|did)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_HELD_FOR = lazy(
    r"\b(?:held|detained|imprisoned|jailed|interned|kept|imprisonment|incarcerated|confined|locked up|interrogated)\b[^.;]{0,50}?\bfor\s+(?:a total of |almost |nearly |over |more than |about |another )?$",
    re.IGNORECASE,
)
_IN_PLACE = lazy(
    r"^\s*(?:years?|months?|weeks?|days?|hours?)?\s*(?:later\s+)?(?:without (?:charge|trial|being charged)\s+)?(?:in|at|inside|of)\s+"
)
_RELEASED = lazy(r"\b(?:released|freed|let go|set free)\b[^.;,]{0,40}$", re.IGNORECASE)
_HELD_AT = Cue(
    "imprisoned jailed gaoled held detained interned incarcerated kept confined locked prisoner inmate "
    "imprisonment internment detention sent deported taken transferred days weeks months years experiences "
    "survivor survived suffered beaten tortured escaped escaping released born life spent",
    r"\b(?:imprisoned|jailed|gaoled|held|detained|interned|incarcerated|kept|confined|locked up|prisoner|inmate|imprisonment|internment|detention|"
    r"(?:was|were|been) sent|sent|deported|taken|transferred|days|weeks|months|years|experiences|survivor|survived|suffered|beaten|tortured|"
    r"escap(?:ed|ing)|released|born|life|spent[^.;]{0,30})\s+(?:(?:first|mainly|briefly|again|there|only|without charge|without trial)\s+)?(?:in|at|from|to|of|inside|on)\s+",
    opening="imprisoned jailed gaoled held detained interned incarcerated kept confined locked prisoner inmate "
    "imprisonment internment detention was were been sent deported taken transferred days weeks months years "
    "experiences survivor survived suffered beaten tortured escaped escaping released born life spent",
)
_STRONG = lazy(
    r"\b(?:imprisoned|jailed|gaoled|detained|interned|incarcerated|locked up|held|imprisonment|internment|detention|days|weeks|months|years)\b",
    re.IGNORECASE,
)
_NAMED = lazy(r"(?:the\s+)?[A-Z][\w'-]*(?:(?:\s+|\s+and\s+|,\s+|\s+of\s+(?:the\s+)?)[A-Z0-9][\w'-]*){0,5}")
_BEYOND = lazy(r"\s+(?:for|until|till|from|since|after|before|during|while|where|when|with|as)\b|\s+[—–]\s")
"""What ends the name of a place: "Kolo prison [for two years]"."""
_EVENT = lazy(
    r"\b(?:which|that|meetings?|conferences?|sessions?|ceremon(?:y|ies)|trainings?|workshops?|consultations?|summits?|hearings?|celebrations?|exhibitions?|talks) "
    r"(?:was|were|is|are|has been|have been|had been|is being) (?:\w+ )?held\b"
)
"""What is said of a congress or of games: "the Games, which were held in Oslo"."""
_TOOK_TO = Cue(
    "took brought moved sent transferred",
    r"\b(?:took|brought|moved|sent|transferred) (?:me|him|her|us|them) (?:(?:first|then|away|straight) )?to (?P<place>(?:the )?[A-Z][\w'-]*(?: (?:of the |of |del? |al-)?[A-Z][\w'-]*){0,3})",
)
_ARRESTED = lazy(r"\b(?:arrested|seized|detained|caught|captured|imprisoned)\b")
_SPEAKS_OF_IT = (
    "imprison,prison,jail,gaol,camp,cell,detain,detention,intern,sentenc,served,serving,held,captiv,custody,confine,incarcerat,condemned,"
    "arrest,gulag,locked up,behind bars,in irons,in chains"
).split(",")
_DAY_THEN = lazy(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))? (?:to|in|at) (?:the |an? )?"
)
"""When somebody was taken: "taken on Monday afternoon to the detention centre"."""
_GENERIC = frozenset(
    "prison prisons jail gaol camp camps cell cells custody detention captivity confinement prison camp".split()
)
_POST_HELD = lazy(r"\bheld\s+(?:the|a|an|talks|elections?|office|his|her|their|posts?)\b", re.IGNORECASE)


def imprisonments(scene: Scene) -> None:
    """State every term and every place of imprisonment."""
    held = {passage.index for passage in passages_with(scene, _HELD_AT.words)}
    for passage in scene.passages:
        if not (passage.quantities or passage.index in held):
            continue
        terms = [
            quantity
            for quantity in passage.quantities
            if quantity.kind == "time"
            and quantity.unit in ("year", "month", "week", "day", "hour")
            and not quantity.is_age
        ]
        if not (terms or passage.index in held) or passage.kind in ("heading", "caption"):
            continue
        if not (has_people(scene, passage) and _speaks_of_it(passage.span.of(scene.text))):
            continue
        for quantity in terms:
            _term(scene, passage, quantity)
        for match in _HELD_AT.find(scene, passage.span):
            _place(scene, passage, match)

    for passage in passages_with(scene, _TOOK_TO.words):
        if passage.kind not in ("heading", "caption"):
            _taken(scene, passage)


def _speaks_of_it(text: str) -> bool:
    return any(map(text.casefold().__contains__, _SPEAKS_OF_IT))


def _term(scene: Scene, passage: Passage, quantity: Quantity) -> None:
    span = quantity.span
    if any(f.predicate == "imprisoned_for" and f.spans[0].contains(span) for f in scene.facts):
        return
    sentence = passage.sentence_at(span.start)
    before = scene.text[max(sentence.start, span.start - 90) : span.start]
    after = scene.text[span.end : min(sentence.end, span.end + 70)]
    evidence: Span | None = None
    at_event: str | None = None
    if match := _HELD_FOR.search(before):
        if not _POST_HELD.search(before):
            evidence = Span(span.start - len(before) + match.start(), span.end)
    elif _released(scene, passage, sentence, span, before, after):
        released = _RELEASED.search(before)
        later = re.match(r"\s*later", after)
        first = span.start - len(before) + released.start() if released else span.start
        evidence = Span(first, span.end + (later.end() if later else 0))
    elif (match := _SENTENCED.search(before)) and (
        _SENTENCE_WORD.search(before[match.start() :]) or _SENTENCE_WORD.search(after[:50])
    ):
        evidence, at_event = Span(span.start - len(before) + match.start(), span.end), "sentence"
    elif _IN_PLACE.match(after) and (place := _detention_after(scene, sentence, span.end)):
        evidence = Span(span.start, place)
        if lead := _SERVED.search(before):
            evidence = Span(span.start - len(before) + lead.start(), place)
    elif re.match(
        r"(?:'s?)?\s+(?:of\s+)?(?:imprisonment|detention|in prison|in jail|internment|in solitary|of solitary|hard labou?r|sentence|prison (?:term|sentence)|behind bars|in irons|in chains|in custody|in detention|of detention|under house arrest|in captivity)\b",
        after,
        re.IGNORECASE,
    ):
        evidence = span.cover((span.start, span.end + 24 if len(after) > 24 else span.end + len(after)))
        evidence = Span(span.start, _word_end(scene, evidence.end))
    elif re.search(r"\bserved\s+$", before, re.IGNORECASE) and not re.match(
        r"\s+(?:as|in the|with|on)\b", after
    ):
        evidence = Span(span.start - 7, span.end)
    if evidence is None:
        return
    people = _who(scene, passage, evidence.start, span)
    where = None
    for actor in people:
        scene.state(
            actor,
            "imprisoned_for",
            quantity.as_value(),
            evidence.strip(scene.text, " ,;"),
            where=where,
            qualifiers=Qualifiers(at_event=at_event, bound=quantity.bound),
            claims=[span],
        )


def _who(scene: Scene, passage: Passage, offset: int, span: Span) -> list[Actor]:
    """Return whom a court or a guard held: the object of the verb, else the clause's subject."""
    inside = [
        s
        for s in scene.said[passage.index]
        if offset <= s.span.start < span.start and s.actor.kind in ("person", "group") and not s.is_possessive
    ]
    if inside:
        return [inside[0].actor]
    return [a for a in subject_of(scene, passage, offset) if a.kind in ("person", "group")]


def _word_end(scene: Scene, offset: int) -> int:
    for index in scene.tokens.between(max(0, offset - 40), offset):
        token = scene.tokens[index]
        if token.start < offset <= token.end:
            return token.end
    return offset


def _released(scene: Scene, passage: Passage, sentence: Span, span: Span, before: str, after: str) -> bool:
    """Whether the term lies between an arrest told before and a release."""
    if not (_RELEASED.search(before) and re.match(r"\s*later\b", after)) and not re.search(
        r"\b(?:released|freed)\s+after\s+(?:\w+\s+)?$", before, re.IGNORECASE
    ):
        return False
    earlier = scene.text[max(passage.span.start, sentence.start - 500) : span.start]
    return bool(_HELD.search(earlier) or re.search(r"\barrested\b", earlier))


def _detention_after(scene: Scene, sentence: Span, start: int) -> int | None:
    """Return where the place of detention named after "in" ends, None where the words name no such place."""
    tokens = scene.tokens
    for index in tokens.between(start, min(sentence.end, start + 70)):
        gap = scene.text[start : tokens.starts[index]]
        if any(mark in gap for mark in ",.;:("):
            return None
        for length in (3, 2, 1):
            if index + length > len(tokens):
                continue
            phrase = tokens.lower(index, index + length - 1)
            if scene.lexicon.facilities.get(phrase) == "detention" and phrase not in (
                "camp",
                "camps",
                "cell",
                "cells",
            ):
                return tokens.ends[index + length - 1]
            if phrase in ("camp", "camps", "cell", "cells") and length == 1:
                before = tokens.lowers[index - 1]
                if before not in _CAMPS_OF_REFUGE and not _is_of_refuge(scene, sentence, index):
                    return tokens.ends[index]
        if tokens.lowers[index] in ("confinement", "captivity", "custody", "detention"):
            return tokens.ends[index]
    return None


_CAMPS_OF_REFUGE = frozenset(
    "refugee refugees transit reception training summer persons displacement displaced settlement relief tent holiday mining base".split()
)
_OF_PRISON = frozenset(
    "prison prisons prisoner prisoners jail gaol concentration labour labor gulag interned internment detained detention arrested deported "
    "imprisoned sentenced guards held captured".split()
)


def _is_of_refuge(scene: Scene, sentence: Span, index: int) -> bool:
    """Whether a camp is known by name alone where a text tells of refugees and the sentence of no prison: "at the Dera camp"."""
    tokens = scene.tokens
    if not tokens.capital[index - 1] or tokens.within(_OF_PRISON, sentence):
        return False
    return bool(tokens.by_word.get("refugee") or tokens.by_word.get("refugees"))


def _taken(scene: Scene, passage: Passage) -> None:
    """State where the arrested were taken: "They arrested me on 2 October and took me to Kolo"."""
    for match in _TOOK_TO.find(scene, passage.span):
        sentence = passage.sentence_at(match.start())
        if not _ARRESTED.search(scene.text, sentence.start, match.start()):
            continue
        whom = [s.actor for s in scene.people_in(passage, Span(match.start(), match.start("place")))]
        span = Span(*match.span("place"))
        if (
            whom
            and whom[0].kind == "person"
            and not any(
                f.predicate == "imprisoned_at" and f.spans[0].overlaps(span) for f in scene.facts_of(whom[0])
            )
        ):
            scene.state(
                whom[0],
                "imprisoned_at",
                TextValue(text=plain(scene, span).removeprefix("the ")),
                Span(*match.span()),
            )


def _place(scene: Scene, passage: Passage, match: re.Match[str]) -> None:
    """State where somebody was held: a place of detention, or any named place after a verb of holding."""
    sentence = passage.sentence_at(match.start())
    start = match.end()
    if _EVENT.search(scene.text, max(sentence.start, match.start() - 40), start):
        return  # "a meeting was held with the camp"
    end = _detention_after(scene, sentence, start)
    if end is not None:
        words = scene.tokens.between(start, end)
        last = words.stop - 1
        edge = max(end, right_edge(scene, passage, last, min(sentence.end, end + 50)))
        beyond = _BEYOND.search(scene.text, end, edge)
        end = beyond.start() if beyond else edge
        follows = re.match(r"\s+(?:\d{1,3}|[A-Z])\b(?!\w)", scene.text[end : end + 6])
        if follows:
            end += follows.end()
        lead = re.match(
            r"(?:(?:an?|the|his|her|their|various|several|other|different)\s+)*", scene.text[start:end]
        )
        start += lead.end() if lead else 0
        weekday = _DAY_THEN.match(scene.text, start, end)
        start = weekday.end() if weekday else start
        span = Span(start, end)
    else:
        if not _STRONG.search(match.group()) or match.group().split()[-1] in ("from", "to", "of"):
            return
        spent = re.search(r"\b(?:days|weeks|months|years|hours)\b", match.group())
        if (
            spent
            and not any(
                f.predicate == "imprisoned_for" and f.spans[0].overlaps(match.span()) for f in scene.facts
            )
            and not _HELD.search(scene.text, sentence.start, sentence.end)
        ):
            return
        named = _NAMED.match(scene.text, start, sentence.end)
        if named is None or any(d.span.start == start for d in passage.dates):
            return
        before = scene.text[max(sentence.start, match.start() - 16) : match.start()]
        if "held" in match.group().lower() and (
            not re.search(r"\b(?:was|were|been|being|him|her|them|and|[,.;])\s*$|^$", before[-6:])
        ):
            return
        span = Span(start, named.end())
    text = plain(scene, span)
    if text.lower() in _GENERIC:
        return
    people = _who(scene, passage, match.start(), span)
    for actor in people:
        scene.state(actor, "imprisoned_at", TextValue(text=text), Span(match.start(), span.end))
