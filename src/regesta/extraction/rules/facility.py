"""When and where a house was opened, and when it closed: predicates `opened` and `location`.

    matches          "Nordheim, the reception centre, opened on 8 July 1999, in the hills of Styria."  ·  "a second camp opened near Graz"
    must not match   "He opened a restaurant in Vienna."  ·  "Guards opened fire."  ·  "The border was opened in 1989."

A house is something whose head noun the lexicon knows as a facility, or a name that such a noun stands beside. Somebody's
own shop or restaurant is what became of him, another rule's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta.extraction.bearing import when_of
from regesta.extraction.cues import Cue, passages_with
from regesta.extraction.passages import Passage
from regesta.extraction.reach import left_edge, plain
from regesta.extraction.scene import Actor, Scene
from regesta.model import DateValue, TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab.inflect import singular_of

__all__ = ["facilities"]

_OPENED = Cue(
    "opened reopened inaugurated founded established set built laid erected created dedicated commissioned "
    "operation operating started being",
    r"\b(?:(?:was|were|been|is|are) (?:officially |formally |first |re-?)?(?:opened|inaugurated|founded|established|set up|built|laid out|erected|created|dedicated|commissioned)|"
    r"(?:was |were )?re-?opened|founded(?= in \d| \d)|(?:re)?opened(?: its (?:doors|gates))?|went into operation|began operating|started work|came into being)\b(?! (?:fire|an? |the |his |her |their |up (?:to|about)))",
    re.IGNORECASE,
    opening="was were been is are founded reopened re opened went began started came",
)
_PASSIVE_ONLY = lazy(r"^(?:was|were|been|is|are)\b", re.IGNORECASE)
_WHERE = lazy(
    r"(?:^|[\s,])(?P<where>(?:(?:about|some|roughly|just|an? |[\w.,]+ (?:hours?|miles?|km|kilomet(?:re|er)s|minutes)) ?(?:(?:hours?|miles?|km|kilomet(?:re|er)s|minutes) )?)?"
    r"(?:in|at|near|south|north|east|west|outside|close to|on|southeast|southwest|northeast|northwest|within|beside)\b(?: of| from)?\s"
    r"(?:(?:the|a|an|of|in|at|on|and|former|old|island|town|village|city|district|province|county|suburb|outskirts|countryside|hills?|valley|port|border|region|"
    r"northern|southern|eastern|western|[a-z]+ish|[a-z]+ern|[A-ZÀ-Ž][\w'.-]*)(?:,? |(?=[.,;)]|$))){1,9})"
)
_HEAD_NOUN = lazy(
    r"\b(?:second|third|fourth|new|another|additional|similar|further|other|larger|smaller|sister)\b",
    re.IGNORECASE,
)
_DANGLING = frozenset("in at on of and the a an near with".split())
_KINDS = frozenset("detention reception medical school military other diplomatic".split())
_PLAIN_WORDS = frozenset("house office border shop restaurant room building station home market road".split())


def facilities(scene: Scene) -> None:
    """State when houses were opened, and where they stand."""
    opened = {passage.index for passage in passages_with(scene, _OPENED.words)}
    for passage in scene.passages:
        if passage.kind == "heading":
            continue
        _box(scene, passage)
        for sentence in passage.sentences if passage.index in opened else ():
            for match in _OPENED.find(scene, sentence):
                house = _house(scene, passage, sentence, match) or _itself(scene, passage, sentence, match)
                if house is not None:
                    _state(scene, passage, sentence, match, *house)
                    break


_BOX_LABEL = lazy(
    r"(?:opened|founded|established|inaugurated|in operation since|opening date|date of opening)\W*",
    re.IGNORECASE,
)


def _box(scene: Scene, passage: Passage) -> None:
    """State the row of a box: "Opened | 12 May 2014"."""
    if passage.kind not in ("cell", "definition") or not passage.index or len(passage.dates) != 1:
        return
    above, date = scene.passages[passage.index - 1], passage.dates[0]
    if date.edtf is None or date.kind != "date" or not _BOX_LABEL.fullmatch(scene.text, *above.span):
        return
    if passage.span.end - passage.span.start > 60 or passage.span.start - above.span.end > 12:
        return
    actor = scene.topic(passage)
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


def _itself(
    scene: Scene, passage: Passage, sentence: Span, match: re.Match[str]
) -> tuple[Actor, Span] | None:
    """Return the house of the page for "It was rebuilt and reopened in 2019", where the title or an earlier sentence names one."""
    lead = scene.text[sentence.start : match.start()]
    if lead and not lead.startswith(("It ", "This ")):
        return None
    topic = scene.topic(passage)
    earlier = [p for _, p in _phrases(scene, Span(passage.span.start, sentence.start))]
    label = f" {scene.document.title or ''} {topic.called or ''}".lower()
    if topic.kind in ("person", "group") or not (
        earlier or re.search(r"\b(?:house|centre|center|camp|home|hostel|school|facility)\b", label)
    ):
        return None
    return topic, Span(match.start(), match.end())


def _house(scene: Scene, passage: Passage, sentence: Span, match: re.Match[str]) -> tuple[Actor, Span] | None:
    """Return the house that the verb is said of, and where it is named: the facility nearest before the verb in the sentence."""
    best: tuple[Actor, Span] | None = None
    for index, phrase in _phrases(scene, Span(sentence.start, match.start())):
        gap = scene.text[scene.tokens[index].end : match.start()]
        if ";" in gap or re.search(r"\b(?:he|she|they|who|and (?:he|she|they))\b", gap):
            continue
        named = _named(scene, passage, sentence, index, phrase)
        best = named or (_described(scene, passage, phrase, index), phrase)
    return best


def _phrases(scene: Scene, span: Span) -> Iterator[tuple[int, Span]]:
    """Yield (index of the head noun, phrase) of the facilities that the words within `span` speak of."""
    tokens, lexicon = scene.tokens, scene.lexicon
    for index in tokens.between(*span):
        word = tokens[index].lower
        two = f"{tokens[index - 1].lower} {word}" if index else word
        kind = lexicon.facilities.get(two) or lexicon.facilities.get(word)
        if kind not in _KINDS and word not in ("facility", "centre", "center", "camp"):
            continue
        if two not in lexicon.facilities and singular_of(word) in _PLAIN_WORDS:
            continue
        following = (
            tokens[index + 1].lower
            if index + 1 < len(tokens) and scene.text[tokens[index].end : tokens[index + 1].start] == " "
            else ""
        )
        if following in lexicon.facilities or tokens[index].is_possessive:
            continue
        yield index, Span(tokens[left_edge(scene, index, span.start)].start, tokens[index].end)


def _named(
    scene: Scene, passage: Passage, sentence: Span, index: int, phrase: Span
) -> tuple[Actor, Span] | None:
    """Return the house by its name: "X, the reception centre", "the Nordheim camp", "the camp at Nordheim"."""
    for chunk in scene.chunks[passage.index]:
        if chunk.kind not in ("name", "place", "facility", "organisation") or not sentence.contains(
            chunk.span
        ):
            continue
        between = (
            scene.text[chunk.span.end : phrase.start].lower() if chunk.span.end <= phrase.start else None
        )
        apposed = (
            between is not None
            and re.fullmatch(r",? ?(?:the|an?|was the|is the)? ?", between)
            and "," in between
        )
        if apposed or (chunk.kind == "facility" and chunk.span.overlaps(phrase)):
            actor = scene.named("facility", chunk.text)
            scene.say(passage, chunk.span, actor, "name")
            return actor, chunk.span
    end = scene.tokens[index].end
    behind = re.compile(r" (?:at|in|of) (?=[A-ZÀ-Ž])").match(scene.text, end)
    if behind:
        site = next((c for c in scene.chunks[passage.index] if c.span.start == behind.end()), None)
        if site is not None:
            whole = Span(phrase.start, site.span.end)
            actor = scene.named("facility", plain(scene, whole))
            scene.say(passage, whole, actor, "name")
            return actor, whole
    if scene.text[phrase.start : phrase.end] != scene.text[
        phrase.start : phrase.end
    ].lower() and not _HEAD_NOUN.search(scene.text, *phrase):
        actor = scene.named("facility", plain(scene, phrase))
        scene.say(passage, phrase, actor, "name")
        return actor, phrase
    return None


def _described(scene: Scene, passage: Passage, phrase: Span, index: int) -> Actor:
    for said in scene.said[passage.index]:
        if said.span == phrase and said.actor.kind == "facility":
            return said.actor
    actor = scene.unnamed("facility", scene.tokens[index].lower)
    scene.say(passage, phrase, actor, "description")
    return actor


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
    stop = re.compile(r"[;]|, (?:and|who|which|where)\b").search(scene.text, start, sentence.end)
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
