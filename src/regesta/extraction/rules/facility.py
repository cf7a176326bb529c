"""When and where a house was opened, and when it closed: predicates `opened` and `location`.

    matches          "Nordheim, the reception centre, opened on 8 July 1999, in the hills of Styria."  ·  "a second camp opened near Graz"
    must not match   "He opened a restaurant in Vienna."  ·  "Guards opened fire."  ·  "The border was opened in 1989."

A house is something whose head noun the lexicon knows as a facility, or a name that such a noun stands beside. Somebody's
own shop or restaurant is what became of him, another rule's affair.
"""

from __future__ import annotations

import re

from regesta.extraction.bearing import when_of
from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.houses import house_before, house_phrases
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.topics import topic_of
from regesta.model import DateValue, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["facilities"]

_OPENED = Cue(
    "opened reopened inaugurated founded established set built laid erected created dedicated commissioned "
    "operation operating started being",
    r"\b(?:(?:was|were|been|is|are) (?:officially |formally |first |re-?)?(?:opened|inaugurated|founded|established|set up|built(?! for (?:[a-z]+ ){0,2}\d)|laid out|erected|created|dedicated|commissioned)|"
    r"(?:was |were )?re-?opened|founded(?= in \d| \d)|(?:re)?opened(?: its (?:doors|gates))?|went into operation|began operating|started work|came into being)\b(?! (?:fire|an? |the |his |her |their |up (?:to|about)))",
    re.IGNORECASE,
    opening="was were been is are founded reopened re opened went began started came",
)
_OPENED_ABROAD = Cue(
    "ouvert ouverte ouvrit inauguré inaugurée eröffnet errichtet eingerichtet gegründet abierto abierta abrió inaugurado inaugurada fundado aperto aperta "
    "aberto aberta geopend otwarty otwarto otwarta otwarte założony uruchomiony utworzony открыт открытый открыта открыто открылся основан создан",
    r"\b(?:ouverte?|ouvrit|inaugurée?|eröffnet|errichtet|eingerichtet|gegründet|abiert[oa]|abrió|inaugurad[oa]|fundado|apert[oa]|abert[oa]|geopend|"
    r"otwart[yaoe]|założony|uruchomiony|utworzony|открыт(?:ый|ого|ом|ая|а|о)?|открылся|основан|создан)\b",
    re.IGNORECASE,
)
"""What says in other languages that a house began."""
_WHERE = lazy(
    r"(?:^|[\s,])(?P<where>(?:(?:about|some|roughly|just|an? |[\w.,]+ (?:hours?|miles?|km|kilomet(?:re|er)s|minutes)) ?(?:(?:hours?|miles?|km|kilomet(?:re|er)s|minutes) )?)?"
    r"(?:in|at|near|south|north|east|west|outside|close to|on|southeast|southwest|northeast|northwest|within|beside)\b(?: of| from)?\s"
    r"(?:(?:the|a|an|of|in|at|on|and|former|old|island|town|village|city|district|province|county|suburb|outskirts|countryside|hills?|valley|port|border|region|"
    r"northern|southern|eastern|western|[a-z]+ish|[a-z]+ern|[A-ZÀ-Ž][\w'.-]*)(?:,? |(?=[.,;)]|$))){1,9})"
)
_AS_HOUSE = lazy(
    r" as (?:an? )?(?:[a-z-]+ ){0,2}(?:camp|centre|center|hostel|shelter|prison|station|facility)\b"
)
_DANGLING = frozenset("in at on of and the a an near with".split())


def facilities(scene: Scene) -> None:
    """State when houses were opened, and where they stand."""
    opened = {passage.index for passage in passages_with(scene, _OPENED.words)}
    abroad = {passage.index for passage in passages_with(scene, _OPENED_ABROAD.words)}
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        _box(scene, passage)
        for sentence in passage.sentences if passage.index in opened else ():
            for match in _OPENED.find(scene, sentence):
                as_camp = _AS_HOUSE.match(scene.text, match.end(), sentence.end)
                house = house_before(
                    scene, passage, sentence, as_camp.end() if as_camp else match.start()
                ) or _itself(scene, passage, sentence, match)
                if house is not None and not _is_somebodys(scene, passage, sentence, match, house[1]):
                    _state(scene, passage, sentence, match, *house)
                    break
        for sentence in passage.sentences if passage.index in abroad else ():
            for match in _OPENED_ABROAD.find(scene, sentence):
                house = house_before(scene, passage, sentence, match.start())
                if house is not None:
                    _opened_abroad(scene, passage, match, *house)
                    break


def _opened_abroad(scene: Scene, passage: Passage, match: re.Match[str], actor: Actor, name: Span) -> None:
    """State the date beside the verb: "ouvert le 1er février", "wurde am 3. Mai 1945 eröffnet"; no mark or other verb between."""
    sentence = passage.sentence_at(match.start())
    dates = [d for d in passage.dates_in(sentence) if d.edtf and d.kind != "now" and d.span.start >= name.end]
    near = [
        d
        for d in dates
        if not re.search(r"[,;:]", _gap(scene, d.span, match)) and len(_gap(scene, d.span, match)) < _BESIDE
    ]
    if not near:
        return
    date = min(near, key=lambda d: len(_gap(scene, d.span, match)))
    edtf = (date.edtf or "").removesuffix("/..")
    evidence = Span(name.start, max(match.end(), date.span.end))
    scene.state(actor, "opened", DateValue(edtf=edtf), evidence, when=date.edtf, claims=[date.span])


_BESIDE = 40


def _gap(scene: Scene, span: Span, match: re.Match[str]) -> str:
    """Return the words between a date and a verb."""
    return (
        scene.text[match.end() : span.start]
        if span.start >= match.end()
        else scene.text[span.end : match.start()]
    )


def _is_somebodys(scene: Scene, passage: Passage, sentence: Span, match: re.Match[str], house: Span) -> bool:
    """Whether the verb goes on to tell of a person: "He entered the flying school in 1949 and was commissioned in 1952"."""
    if not scene.text.endswith(" and ", sentence.start, match.start()):
        return False
    before = scene.people_in(passage, Span(sentence.start, house.start))
    return any(s.is_subject and not s.is_possessive and s.actor.kind == "person" for s in before)


_BOX_LABEL = lazy(
    r"(?:opened|founded|established|inaugurated|in operation since|opening date|date of opening)\W*",
    re.IGNORECASE,
)


def _box(scene: Scene, passage: Passage) -> None:
    """State the row of a box: "Opened | 12 May 2014"."""
    if passage.kind not in ("cell", "definition") or not passage.index or len(passage.dates) != 1:
        return
    if scene.document.blocks[passage.block].is_header:
        return
    above, date = scene.passages[passage.index - 1], passage.dates[0]
    if date.edtf is None or date.kind != "date" or not _BOX_LABEL.fullmatch(scene.text, *above.span):
        return
    if passage.span.end - passage.span.start > 60 or passage.span.start - above.span.end > 12:
        return
    actor = topic_of(scene, passage)
    if actor.kind not in ("person", "group"):
        scene.state(
            actor,
            "opened",
            DateValue(edtf=date.edtf),
            date.span,
            above.span,
            when=date.edtf,
            claims=[date.span],
        )


_BESIDE_IT = lazy(r"\b(?:since|when|which|that|because|after|before|while|as|where|until)\b")
"""What a clause with a subject of its own opens with: "This lasted since the guilds were created in 1681"."""


def _itself(
    scene: Scene, passage: Passage, sentence: Span, match: re.Match[str]
) -> tuple[Actor, Span] | None:
    """Return the house of the page for "It was rebuilt and reopened in 2019", where the title or an earlier sentence names one."""
    lead = scene.text[sentence.start : match.start()]
    if lead and (not lead.startswith(("It ", "This ")) or _BESIDE_IT.search(lead)):
        return None
    topic = topic_of(scene, passage)
    earlier = [p for _, p in house_phrases(scene, Span(passage.span.start, sentence.start))]
    label = f" {scene.document.title or ''} {topic.called or ''}".lower()
    if topic.kind in ("person", "group") or not (
        earlier or re.search(r"\b(?:house|centre|center|camp|home|hostel|school|facility)\b", label)
    ):
        return None
    return topic, Span(match.start(), match.end())


def _state(
    scene: Scene, passage: Passage, sentence: Span, match: re.Match[str], actor: Actor, name: Span
) -> None:
    end = _clause_end(scene, match.end(), sentence)
    when, spans = when_of(scene, passage, Span(match.start(), end))
    where = _place(scene, passage, match.end(), sentence)
    text = None
    if where is not None:
        text = plain(scene, where)
    if when is not None:
        date = next((d.span for d in passage.dates_in(sentence) if d.edtf == when), None)
        evidence = Span(name.start, max(match.end(), date.end if date else 0))
        scene.state(
            actor,
            "opened",
            DateValue(edtf=when.removesuffix("/..")),
            evidence,
            *spans,
            when=when,
            where=text,
            claims=[date] if date else [],
        )
    if where is not None and text is not None:
        scene.state(
            actor,
            "location",
            TextValue(text=text),
            where,
            Span(name.start, match.end()),
            when=None,
            where=text,
        )


def _clause_end(scene: Scene, start: int, sentence: Span) -> int:
    stop = re.compile(r"[;]|,? but\b|, (?:and|while|who|which|where)\b").search(
        scene.text, start, sentence.end
    )
    return stop.start() if stop else sentence.end


def _place(scene: Scene, passage: Passage, start: int, sentence: Span) -> Span | None:
    """Return the words that say where, joined over commas: "in Anton, Tyrol Province, about two hours west of Graz"."""
    best: Span | None = None
    at = start
    limit = min(sentence.end, start + 220)
    for match in _WHERE.finditer(scene.text, at, limit):
        span = Span(*match.span("where")).strip(scene.text)
        while span.end > span.start and scene.text[span.end - 1] in ",. ":
            span = Span(span.start, span.end - 1)
        words = [scene.tokens[i] for i in scene.tokens.between(*span)]
        while words and words[-1].lower in _DANGLING:
            words.pop()
        if not words:
            continue
        span = Span(span.start, words[-1].end)
        if not any(w.is_capital for w in words) or any(d.span.overlaps(span) for d in passage.dates):
            continue
        if best is not None and scene.text[best.end : span.start].strip(" ,") == "":
            best = best.cover(span)
        elif best is None:
            best = span
    return best
