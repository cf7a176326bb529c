"""Houses in running text: which words speak of a camp, a prison, a centre, and which one is meant.

    "Nordheim, the reception centre, ..."   ->  Nordheim           "the camp at Nordheim held ..."  ->  the camp at Nordheim
    "a second camp was opened"              ->  a house without a name
    "Nordheim opened in 1999"               ->  Nordheim, where the text says elsewhere that it is a centre

A house is something whose head noun the lexicon knows as a facility, or a name that such a noun stands beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from regesta import places
from regesta.extraction.chunk import Chunk
from regesta.extraction.passages import Passage
from regesta.extraction.reach import left_edge, plain
from regesta.extraction.scene import Actor, Scene
from regesta.names import lists as names
from regesta.text.patterns import lazy
from regesta.text.span import Span
from regesta.vocab.inflect import singular_of

__all__ = ["house_after", "house_at", "house_before", "house_phrases"]

_HEAD_NOUN = lazy(
    r"\b(?:second|third|fourth|new|another|additional|similar|further|other|larger|smaller|sister)\b",
    re.IGNORECASE,
)
_ANAPHOR = lazy(r"\b(?:the|this|that) \w+$")
_SAME = lazy(r"\b(?:[Ii]t|[Tt]here|[Ii]ts|[Hh]ere)\b")
_AS = lazy(
    r"\b(?:(?:re)?opened|used|served|established|founded|set up|turned in|converted in|began|acted)(?:to)? (?:as )?(?:an? )?(?:[a-z-]+ ){0,2}$"
)
_APPOSED = lazy(r", (?:the|an?|its|their|one of the) (?:[a-z]+ ){0,2}")
_SITE_ABROAD = lazy(
    r"(?: (?:de|del|von|zu|bei|in|im|di|a|em|te|van|w|we|près de|в|у) (?:(?:El|Le|La|Les|Los|Las) )?| d['’]| (?=[A-ZÄÖÜ]))"
    r"[A-ZÀ-ŽА-Я][\w'’]+(?:-[\w'’]+)*(?: [A-ZÀ-ŽА-Я][\w'’]+)?"
)
"""Where a house lies, behind its noun: "camp d'Argelès", "Lager Friedland", "ośrodek w Dębaku"."""
_ARTICLES = frozenset(
    "das der die dem den ein eine le la les un une el los il lo i gli o a os as het de een".split()
)
_KINDS = frozenset("detention reception medical school military other diplomatic".split())
_PLAIN_WORDS = frozenset("house office border shop restaurant room building station home market road".split())


def house_before(scene: Scene, passage: Passage, sentence: Span, end: int) -> tuple[Actor, Span] | None:
    """Return the house that what stands at `end` is said of, and where it is named: the one nearest before it in the sentence."""
    best: tuple[Actor, Span] | None = None
    for index, phrase in house_phrases(scene, Span(sentence.start, end)):
        gap = scene.text[scene.tokens.ends[index] : end]
        if ";" in gap or re.search(r"\b(?:he|she|they|who|and (?:he|she|they))\b", gap):
            continue
        if best is not None and _AS.search(scene.text[sentence.start : phrase.start]):
            continue  # "the old school was opened as a camp"
        if best is not None and _APPOSED.fullmatch(scene.text, best[1].end, phrase.start):
            continue  # "Nordheim, the largest transit camp, opened"
        named = _named(scene, passage, sentence, index, phrase)
        best = named or (_described(scene, passage, phrase, index), phrase)
    return best or _introduced(scene, passage, Span(sentence.start, end))


def _introduced(scene: Scene, passage: Passage, span: Span) -> tuple[Actor, Span] | None:
    """Return the house that is called by nothing but its name within `span`: "Nordheim opened in 1999"."""
    for chunk in reversed(scene.chunks[passage.index]):
        if span.contains(chunk.span) and chunk.kind in ("name", "place") and _is_house(scene, chunk.text):
            actor = scene.named("facility", chunk.text)
            scene.say(passage, chunk.span, actor, "name")
            return actor, chunk.span
    return None


def _is_house(scene: Scene, name: str) -> bool:
    """Whether the text says of a name what house it is: "Nordheim, a training centre near Kiel", "the Nordheim camp"."""
    known: dict[str, bool] = scene.kept.setdefault("houses", {})
    if name not in known:
        known[name] = any(
            _is_of_house(scene, " ".join(words[-2:]), words[-1])
            for match in re.finditer(rf"(?<!\w){re.escape(name)}{_WHAT}", scene.text)
            if (words := match["what"].split())
        )
    return known[name]


def _is_of_house(scene: Scene, two: str, last: str) -> bool:
    """Whether words end in what a house is called, `two` the last two of them: "reception centre"; a home or a market says too little."""
    facilities = scene.lexicon.facilities
    kind = facilities.get(two) or facilities.get(last)
    if kind not in _KINDS and last not in ("facility", "centre", "center", "camp"):
        return False
    return two in facilities or singular_of(last) not in _PLAIN_WORDS


_WHAT = (
    r"(?:, (?:an?|the)| (?:is|was|became) (?:an?|the)|(?= [a-z])) (?P<what>(?:[a-z-]+ ){0,3}?[a-z-]+)"
    r"(?=[,.;:)]| (?:in|at|near|of|on|outside|for|where|which|that|with|run|opened|built|south|north|east|west)\b)"
)
"""What follows the name of a house that is introduced by it."""


def house_at(scene: Scene, passage: Passage, offset: int) -> Actor | None:
    """Return the house that a number or date at `offset` is said of, where the words tell.

    It stands before it in its sentence; "it", "there" and "the centre" mean the first one of an earlier sentence.
    """
    sentence = passage.sentence_at(offset)
    told = house_before(scene, passage, sentence, offset)
    if told is not None and told[0].is_named:
        return told[0]
    if told is not None and not _is_anaphor(scene, told[1]):
        return told[0]
    if told is None and not _SAME.search(scene.text, *sentence):
        return None
    for earlier in reversed([s for s in passage.sentences if s.end <= sentence.start]):
        said = [
            s for s in scene.said[passage.index]
            if s.actor.kind == "facility" and s.actor.is_named and earlier.start <= s.span.start < earlier.end
        ]  # fmt: skip
        if said:
            return min(said, key=lambda s: s.span).actor
        for index, phrase in house_phrases(scene, earlier):
            named = _named(scene, passage, earlier, index, phrase)
            if named is not None:
                return named[0]
    return told[0] if told is not None else None


def house_after(scene: Scene, passage: Passage, offset: int) -> Actor | None:
    """Return the house with a name that the rest of the sentence behind `offset` speaks of first."""
    sentence = passage.sentence_at(offset)
    for index, phrase in house_phrases(scene, Span(offset, sentence.end)):
        named = _named(scene, passage, sentence, index, phrase)
        return named[0] if named is not None else None
    return None


def _is_anaphor(scene: Scene, phrase: Span) -> bool:
    """Whether a house is told of as one that is known: "the centre", "this camp"."""
    before = scene.text[max(0, phrase.start - 5) : phrase.end].lower()
    return _ANAPHOR.search(before) is not None


def house_phrases(scene: Scene, span: Span) -> Iterator[tuple[int, Span]]:
    """Yield (index of the head noun, phrase) of the facilities that the words within `span` speak of."""
    tokens, lexicon = scene.tokens, scene.lexicon
    for index in tokens.between(*span):
        if scene.language and index + 2 < len(tokens):
            three = " ".join(tokens.lowers[i] for i in range(index, index + 3))  # "centro de acogida"
            if lexicon.facilities.get(three) in _KINDS:
                yield index + 2, Span(tokens.starts[index], tokens.ends[index + 2])
                continue
        word = tokens.lowers[index]
        two = f"{tokens.lowers[index - 1]} {word}" if index else word
        if not _is_of_house(scene, two, word):
            continue
        following = (
            tokens.lowers[index + 1]
            if index + 1 < len(tokens) and scene.text[tokens.ends[index] : tokens.starts[index + 1]] == " "
            else ""
        )
        if following in lexicon.facilities or tokens.possessive[index]:
            continue
        yield index, Span(tokens.starts[left_edge(scene, index, span.start)], tokens.ends[index])


def _named(
    scene: Scene, passage: Passage, sentence: Span, index: int, phrase: Span
) -> tuple[Actor, Span] | None:
    """Return the house by its name: "X, the reception centre", "the Nordheim camp", "the camp at Nordheim"."""
    if scene.language and (behind := _SITE_ABROAD.match(scene.text, scene.tokens.ends[index], sentence.end)):
        opens = scene.tokens.between(phrase.start, phrase.end)[0]
        while opens < index and scene.tokens.lowers[opens] in _ARTICLES:
            opens += 1
        whole = Span(scene.tokens.starts[opens], behind.end())
        actor = scene.named("facility", plain(scene, whole))
        scene.say(passage, whole, actor, "name")
        return actor, whole
    for chunk in scene.chunks[passage.index]:
        if chunk.kind not in ("name", "place", "facility", "organisation") or not sentence.contains(
            chunk.span
        ):
            continue
        between = (
            scene.text[chunk.span.end : phrase.start].lower() if chunk.span.end <= phrase.start else None
        )
        apposed = between is not None and re.fullmatch(
            r", ?(?:the|an?|was the|is the)? ?|, (?:the|an?) (?:[a-z-]+ ){1,3}| (?:is|was|became) (?:an?|the)? ?",
            between,
        )
        if (
            apposed
            or (chunk.kind == "facility" and chunk.span.overlaps(phrase))
            or _is_its_name(scene, index, chunk)
        ):
            actor = scene.named("facility", chunk.text)
            scene.say(passage, chunk.span, actor, "name")
            return actor, chunk.span
    if _AS.search(scene.text[sentence.start : phrase.start]):
        first = next((c for c in scene.chunks[passage.index] if sentence.contains(c.span)), None)
        if (
            first is not None
            and first.span.start - sentence.start <= len("The ")
            and first.span.end < phrase.start
        ):
            actor = scene.named("facility", first.text)
            scene.say(passage, first.span, actor, "name")
            return actor, first.span
    end = scene.tokens.ends[index]
    at_place = re.compile(r" (?:at|in|of) (?=[A-ZÀ-Ž])").match(scene.text, end)
    if at_place:
        site = next((c for c in scene.chunks[passage.index] if c.span.start == at_place.end()), None)
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


def _is_its_name(scene: Scene, index: int, chunk: Chunk) -> bool:
    """Whether a name stands right behind the noun of a house, and is nobody's: "the reception centre Haus Anfang"."""
    end = scene.tokens.ends[index]
    gap = scene.text[end : chunk.span.start] if end < chunk.span.start <= end + 2 else ""
    first = scene.tokens.lowers[chunk.first]
    if gap == ", ":  # "the training centre, Haus Anfang, in Kiel"
        return (
            chunk.kind in ("name", "facility")
            and not names.is_given(first)
            and not places.is_place(chunk.text)
            and _SET_OFF.match(scene.text, chunk.span.end) is not None
        )
    return (
        gap == " "
        and chunk.kind in ("name", "facility", "organisation")
        and (not names.is_given(first) or _GOES_ON.match(scene.text, chunk.span.end) is not None)
    )


_SET_OFF = lazy(r",? (?:in|at|near|on|outside) (?:the )?[A-Z]|, (?:was|which|opened|held|where|houses|has)\b")
_GOES_ON = lazy(r"(?:,| (?:was|is|were|in|at|near|opened|closed|held|houses?|where|which)\b)")
"""What follows a house, and no somebody of whom the house is told: "the prison Ana Ruiz escaped from"."""


def _described(scene: Scene, passage: Passage, phrase: Span, index: int) -> Actor:
    for said in scene.said[passage.index]:
        if said.span == phrase and said.actor.kind == "facility":
            return said.actor
    actor = scene.unnamed("facility", scene.tokens.lowers[index])
    scene.say(passage, phrase, actor, "description")
    return actor
