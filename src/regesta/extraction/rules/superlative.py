"""What is said to be the greatest or the first of its kind: predicates `superlative` and `first`.

    matches          "the highest-ranking official to defect"  ·  "for the first time"  ·  "the first soldier to desert"
    must not match   "his eldest son"  ·  "at the latest"  ·  "the first train"  ·  "the first half of 1990"  ·  "one of the largest"

The value is the statement with its scope, from "the" to the end of the clause: what it is the greatest of matters as much
as that it is. Ordinals that only count a sequence are no firsts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import methodcaller

from regesta.extraction.bearing import about, thing_at, when_of
from regesta.extraction.clauses import Clause, clauses, is_finite
from regesta.extraction.cues import (
    Cue,
    is_cued,
    passages_with,
    sentences_with,
    starts_of,
    vocabulary,
    words_of,
)
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.tokens import sift
from regesta.model import TextValue
from regesta.model.claim import Kind
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["firsts", "superlatives"]

_GREATEST = lazy(
    r"\b(?P<lead>the|its|their|his|her|one of the|among the|(?<='s))\s+(?:world's\s+|country's\s+)?(?:single\s+|by far (?:the\s+)?|very\s+|second[- ])?"
    r"(?P<word>(?:most|least|best|worst|only|sole|last|[a-z]{2,12}est)(?:-[a-z]+)?)\b",
    re.IGNORECASE,
)
_NOT_GREATEST = frozenset(
    "arrest protest interest request guest rest test quest harvest contest honest modest invest suggest priest nest chest west "
    "northwest southwest detest digest manifest forest latest midwest conquest inquest everest pest vest behest budapest attest crest "
    "divest jest zest west's bequest trieste dishonest".split()
)
_NO_SCOPE = lazy(
    r"\s+(?:level|point|time|degree|extent|moment|opportunity|possible|way|thing|days?|weeks?|months?|years?|decades?|part|chance|minute|"
    r"friends?|man|night|hours?|sense|name|word|resort|bid|detail|price|common|one|reason|option|to|recent(?:ly)? (?:\w+ )?(?:data|figures?|statistics|reports?|census|survey|estimates?|available))\b",
    re.IGNORECASE,
)
_BIRTH_ORDER = lazy(
    r"\s+of (?:\w+ ){1,3}(?:children|brothers|sisters|siblings|sons|daughters)\b|\s+(?:\w+|\d+) years? old\b|\s+\d"
)
_may_be_greatest = methodcaller("endswith", "est")
_DULL: set[str] = set()
"""Words known to be no superlatives."""
_WEAK = frozenset(("only", "sole", "last"))
_SCOPE = lazy(
    r"\b(?:to\s+(?:have\s+)?(?:been\s+|be\s+)?[a-z]+|ever|of (?:the|all|its|their|any)|in (?:the|its|history)|since|outside|among|within|"
    r"until|at the time|from|who|that|the [A-Z]\w*)\b"
)
_WITHOUT_ENDING = words_of("most least best worst only sole last")
_WANT_SCOPE = words_of("sole last")
"""Words that say nothing without a scope."""
_FIRST_TIME = Cue("first", r"\bfor the (?:very )?first time\b", re.IGNORECASE)
_FIRST = Cue(
    "first",
    r"\b(?:the|its|their|his|her)\s+(?:very\s+)?first(?:[- ]ever)?(?P<gap>,?\s+)(?=[\w\"'])|\bfirst[- ]ever\b",
    re.IGNORECASE,
)
_SEQUENCE = frozenset(
    "half quarter time times year years day days week weeks month months decade decades hour hours floor name names place places instance "
    "part part phase stage train trains bus ship step steps stop glance sight two three four five six few class and of night morning aid "
    "line lady page volume edition wave generation world person-plural letter attempt".split()
)
_KIND_OF_FIRST = lazy(
    r"\bto\s+(?!(?:the|a|an|his|her|its|their|[A-Z])\b)(?:(?:have|be|do|have been)\s+)?[a-z]+|\bsince\b|\bever\b|\bin (?:its |the )?(?:[\w']+ ){0,2}history\b|"
    r"\bof (?:its|their|the|this) kinds?\b|\b(?:who|that) (?:had|has|have|was|were|ever)\b"
)
_THING = lazy(
    r"(?:(?:since|as|because|then|and)\s+)?(?P<phrase>(?:this|that|the|these|those)\s+(?:[\w-]+\s+){0,2}?(?P<noun>[a-z-]+))\s+"
    r"(?:is|was|were|are|has|had|became|represented|remains|remained|stands)\b",
    re.IGNORECASE,
)
_COPULA = lazy(
    r"\b(?:is|was|were|are|be|been|became|become|becoming|as|being|making (?:him|her|it|them|this))\s*$|,\s*$",
    re.IGNORECASE,
)


def superlatives(scene: Scene) -> None:
    """State what is said to be the greatest, the highest, the only or the last of its kind."""
    superlatives_met = frozenset(sift(vocabulary(scene), _DULL, _may_be_greatest)) - _NOT_GREATEST
    strong = superlatives_met | _WITHOUT_ENDING - _WANT_SCOPE
    for passage, sentence in _prose(scene, strong | _WANT_SCOPE):
        if not (is_cued(scene, strong, sentence) or _has_scope(scene, sentence)):
            continue
        if any(_may_say(scene, match, sentence) for match in _GREATEST.finditer(scene.text, *sentence)):
            _greatest(scene, passage, sentence)


def _has_scope(scene: Scene, sentence: Span) -> bool:
    """Whether what may be a scope follows the first word of a sentence that wants one."""
    starts = starts_of(scene, _WANT_SCOPE)
    first = starts[bisect_left(starts, sentence.start)]
    return _SCOPE.search(scene.text, first, sentence.end) is not None


def _may_say(scene: Scene, match: re.Match[str], sentence: Span) -> bool:
    """Whether a match may be more than "the last page", which has no scope; clauses, which take time, are not looked at."""
    return (
        match["word"].lower() not in _WANT_SCOPE
        or _SCOPE.search(scene.text, match.end(), sentence.end) is not None
    )


def _greatest(scene: Scene, passage: Passage, sentence: Span) -> None:
    for clause in clauses(scene, sentence):
        for match in _GREATEST.finditer(scene.text, *clause.span):
            word = match["word"].lower()
            if not _is_superlative(scene, match, word, clause):
                continue
            start = match.start("lead") if match["lead"] else match.start("word")
            span = _phrase(scene, clause, Span(start, match.end()))
            short = scene.text[span.start : span.end].count(" ") <= 2
            rest = scene.text[match.end() : span.end]
            if (
                word in _WEAK
                and not _SCOPE.search(rest)
                and not (word == "only" and _stands_alone(scene, clause, start, rest))
            ):
                continue
            if (
                not short
                and not _said_of_something(scene, clause, start)
                and not _SCOPE.search(rest)
                and "single" not in match.group()
            ):
                continue
            _say(scene, passage, clause, "superlative", clause.span if short else span)
            break


def firsts(scene: Scene) -> None:
    """State what is said to have been done for the first time, or by the first to do so."""
    for passage, sentence in _prose(scene, _FIRST.words):
        if _FIRST.search(scene, sentence) or _FIRST_TIME.search(scene, sentence):
            _first(scene, passage, sentence)


def _first(scene: Scene, passage: Passage, sentence: Span) -> None:
    for clause in clauses(scene, sentence):
        match = _FIRST_TIME.search(scene, clause.span)
        if match:
            start = scene.tokens.starts[clause.verb] if clause.verb is not None else clause.span.start
            _say(scene, passage, clause, "first", Span(min(start, match.start()), match.end()))
        for match in _FIRST.find(scene, clause.span):
            if not _is_first(scene, passage, match, clause):
                continue
            span = _phrase(scene, clause, Span(match.start(), match.end()), whole=True)
            _say(scene, passage, clause, "first", span, _with_since(scene, passage, span))
            break


def _prose(scene: Scene, words: frozenset[str]) -> Iterator[tuple[Passage, Span]]:
    """Yield the sentences outside headings that hold one of `words`."""
    for passage in passages_with(scene, words):
        if passage.kind != "heading":
            for sentence in sentences_with(scene, passage, words):
                yield passage, sentence


def _is_superlative(scene: Scene, match: re.Match[str], word: str, clause: Clause) -> bool:
    if word.split("-", maxsplit=1)[0] in _NOT_GREATEST or match["lead"].lower() in (
        "one of the",
        "among the",
    ):
        return False
    before = scene.text[max(clause.span.start, match.start() - 12) : match.start()].lower().rstrip()
    if before.endswith(("one of", "some of", "among", "amongst")) and word not in _WEAK:
        return False
    after = scene.text[match.end() : match.end() + 40]
    if match["lead"].lower() in ("his", "her", "their", "its") and word not in (
        "most",
        "best",
        "only",
        "highest",
        "largest",
        "biggest",
    ):
        return False
    following = re.match(r"\s+([\w-]+)", after)
    noun = following.group(1).lower() if following else ""
    if noun in scene.lexicon.kin or (word in ("most", "least", "only", "last", "sole") and not noun):
        return False
    if word in ("oldest", "eldest", "youngest") and _BIRTH_ORDER.match(after):
        return False
    if word in ("most", "least") and noun in ("of", "part", "recent", "likely"):
        return False
    if before.endswith(("at", "not", "in")) and "single" not in match.group() and not _SCOPE.search(after):
        return False
    return not _NO_SCOPE.match(after) or (
        bool(_SCOPE.search(after[after.find(noun) + len(noun) :])) and word not in ("last", "only")
    )


def _stands_alone(scene: Scene, clause: Clause, start: int, rest: str) -> bool:
    """Whether "the only openly religious officer" is said of somebody, with words enough to say what he alone is."""
    return _said_of_something(scene, clause, start) and rest.strip().count(" ") >= 2


def _said_of_something(scene: Scene, clause: Clause, start: int) -> bool:
    before = scene.text[max(clause.span.start, start - 24) : start]
    return not before.strip() or _COPULA.search(before) is not None


def _is_first(scene: Scene, passage: Passage, match: re.Match[str], clause: Clause) -> bool:
    following = re.match(r"[\"']?([\w'-]+)(?:\s+([\w'-]+))?", scene.text[match.end() : match.end() + 60])
    words = [w.lower() for w in following.groups() if w] if following else []
    if not words or words[0] in _SEQUENCE or words[0].isdigit():
        return False
    before = scene.text[max(clause.span.start, match.start() - 24) : match.start()]
    rest = scene.text[match.end() : passage.sentence_at(match.start()).end]
    if "ever" in match.group().lower():
        return True
    if _COPULA.search(before):
        singular = (
            words[0] in scene.lexicon.person_nouns
            or scene.lexicon.is_role(words[0])
            or words[0] in ("to", "country", "state")
        )
        described = re.match(
            r"(?:[A-Z][\w'-]*|female|male|black|young|woman|foreign) (?:(?:woman|female|male) )?([a-z]+)",
            rest.lstrip(),
        )
        return (
            singular
            or (described is not None and scene.lexicon.is_role(described.group(1)))
            or _KIND_OF_FIRST.search(rest[:120]) is not None
            or re.match(r"(?:[\w'-]+ ){1,5}(?:of|in|from|at) ", rest) is not None
        )
    if _KIND_OF_FIRST.search(rest[:120]):
        return True
    opens = not before.strip(" \"'") and clause.verb is not None
    if opens and following is not None:
        verb = scene.tokens.lowers[clause.verb or 0]
        counted = following.group(1)[0].isupper() or scene.lexicon.singular(
            words[0]
        ) in scene.lexicon.person_nouns | {"refugee"}
        return counted and verb not in ("is", "was", "has", "had") and bool(passage.dates_in(clause.span))
    return False


def _phrase(scene: Scene, clause: Clause, start: Span, *, whole: bool = False) -> Span:
    """Return the statement from its "the" to the next comma or to the verb of which it is the subject."""
    end = clause.span.end
    comma = re.search(r",\s|[;(]", scene.text[start.end : end])
    if comma and not whole:
        end = start.end + comma.start()
    contact = re.match(r"\s+the\b", scene.text[start.end : start.end + 5]) is not None
    if contact:  # "the best the fleet had"
        return Span(start.start, end - 1 if scene.text[end - 1] in ".!?" else end).strip(scene.text)
    if not _said_of_something(scene, clause, start.start) or not scene.text[
        clause.span.start : start.start
    ].strip(" \"'"):
        for index in scene.tokens.between(start.end, end):
            if index > 0 and is_finite(scene, index) and not whole:
                if scene.tokens.starts[index] > start.end + 8:
                    end = scene.tokens.ends[index - 1]
                break
    if end == clause.span.end and scene.text[end - 1 : end] in ".!?":
        end -= 1
    return Span(start.start, min(end, start.start + 300)).strip(scene.text)


def _with_since(scene: Scene, passage: Passage, span: Span) -> Span:
    """Return the statement with the clause that limits it: "the first to be received ¦ since the treaty was signed"."""
    row = clauses(scene, passage.sentence_at(span.start))
    following = next((c for c in row if span.end <= c.span.start <= span.end + 2), None)
    if following is not None and following.opening in ("since", "after", "who", "that"):
        end = min(following.span.end, span.start + 300)
        span = Span(span.start, end - 1 if scene.text[end - 1] == "." else end)
    return span


_DENIED = lazy(r"\b(?:not|never|hardly|neither)(?: even| yet| among)? $|n't $")


def _say(
    scene: Scene, passage: Passage, clause: Clause, predicate: str, span: Span, whole: Span | None = None
) -> None:
    when, spans = when_of(scene, passage, span, is_open=False)
    said = whole or span
    if _DENIED.search(scene.text, max(passage.span.start, span.start - 12), span.start):
        return  # "he is not the first who came"
    for actor in _whose(scene, passage, clause, span.start):
        scene.state(actor, predicate, TextValue(text=plain(scene, said)), said, *spans, when=when)


def _whose(scene: Scene, passage: Passage, clause: Clause, start: int) -> tuple[Actor, ...]:
    """Return what the statement is about: what stands before the comma of an apposition, else the subject of the clause."""
    before = scene.text[:start].rstrip()
    if before.endswith(","):
        here = len(before) - 1
        person = next((s for s in scene.said[passage.index] if s.span.end == here), None)
        if person:
            return (person.actor,)
        chunk = next((c for c in scene.chunks[passage.index] if c.span.end == here), None)
        thing = thing_at(scene, passage, chunk) if chunk and not _is_of_people(scene, start) else None
        if thing:
            return (thing,)
    thing = _described(scene, passage, clause)
    return (thing,) if thing is not None else about(scene, passage, clause, start)


def _described(scene: Scene, passage: Passage, clause: Clause) -> Actor | None:
    """Return the thing at the head of the clause, "this plane", "the camp", where no person is meant."""
    match = _THING.match(scene.text, clause.span.start, clause.span.end)
    if match is None:
        return None
    noun = match["noun"].lower()
    lexicon = scene.lexicon
    if noun in lexicon.facilities:
        kind: Kind = "facility"
    elif noun in lexicon.vehicles or noun in lexicon.works:
        kind = "work" if noun in lexicon.works else "topic"
    else:
        return None
    span = Span(match.start("phrase"), match.end("phrase"))
    actor = scene.unnamed(kind, noun)
    scene.say(passage, span, actor, "description")
    return actor


def _is_of_people(scene: Scene, start: int) -> bool:
    """Whether the noun behind the superlative is a word for people."""
    words = scene.tokens.between(start, start + 70)
    return any(
        scene.lexicon.is_role(scene.tokens.lowers[i]) or scene.tokens.lowers[i] in scene.lexicon.person_nouns
        for i in words[:6]
    )
