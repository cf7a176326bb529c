"""Words for people and what they mean: predicates `term`, `means` and `introduced_by`.

    matches          "the term aussiedler ("resettlers")"  ·  "known as balseros (rafters)"  ·  "Hangul 탈북자" in a box
    must not match   "He was known as Ivan (37)."  ·  "the term of his sentence"  ·  "at the end of the term"

A term is a referent of its own; `term` gives it in another writing, `means` its sense, `introduced_by` who brought it in.
"""

from __future__ import annotations

import re

from regesta.extraction.coinages import state_coinage, state_introduction
from regesta.extraction.cues import Cue, is_cued, passages_with
from regesta.extraction.glossaries import Explained, explained
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Actor, Scene
from regesta.extraction.term_boxes import (
    WRITING_LABEL,
    is_other_script,
    state_box,
    state_name_abroad,
    state_row_of_box,
)
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["terms"]

_WORD = r"[^\W\d_][\w'’ʼ-]{2,30}"
_NAMED = Cue(
    "term terms word words expression expressions name names label labels",
    rf"\b(?:(?:the|a|an|new|newer|old|older|another|official|common|preferred|pejorative|legal)\s+){{0,3}}(?:(?:term|word|expression|name|label)s?)(?:\s+(?:most |more )?(?:\w+ly |often )?(?:used|preferred|heard)(?: (?:in|by|for|among) [\w' -]{{2,40}}?)?(?=\s+(?:is|was)\b))?(?:\s+is|\s+was|\s+for (?:them|these people|such people) (?:is|was))?,?\s+"
    rf"[\"'*_]{{0,3}}(?P<term>{_WORD}(?: {_WORD})?)[\"'*_]{{0,3}}(?=\s*\(|\s*[,.;]|\s+(?:was|is|for|instead|has|had|means|meaning|rather|in)\b)",
)
_KNOWN_AS = Cue(
    "known called referred described dubbed labelled labeled nicknamed termed",
    rf"\b(?:known|called|referred to|described|dubbed|labelled|labeled|nicknamed|termed)(?: \w+ly)? (?:as )?(?:the )?[\"'*_]{{0,3}}(?P<term>{_WORD}(?: {_WORD})?)[\"'*_]{{0,3}}\s*(?=\(|, (?:literally|meaning) \")",
)
_PHRASE = r"[^\W\d_A-Z][\w'’ʼ-]{1,30}(?: [^\W\d_A-Z][\w'’ʼ-]{1,30}){0,3}"
_CALLED = Cue(
    "call calls calling called speak speaks spoke speaking write writes wrote talk talked use uses used prefer prefers preferred",
    rf"\b(?:call(?:s|ed|ing)?(?: (?:themselves|them|him|her|it|these people|such people))?|(?:speaks?|spoke|speaking|writes?|wrote|talk(?:ed)?) of|(?:uses?|used|prefer(?:s|red)?)(?! of\b| (?:the )?(?:word|term|name|expression|label)s?\b)) (?:the )?"
    rf"[\"'*_]{{0,3}}(?P<term>{_PHRASE})[\"'*_]{{0,3}}\s*(?=\([^()]*(?:\"|[^\x00-\u024f]{{2}}))",
)
_SET_APART = lazy(
    rf"(?<!\w)(?P<mark>[*_]{{1,2}})(?P<term>{_PHRASE})(?P=mark)\s*(?=\([^()]*(?:\"|[^\x00-\u024f]{{2}}))"
)
"""A word in the marks of Markdown before a bracket that gives its sense or its script."""
_NAMES_IT = lazy(
    r"\b(?:call(?:s|ed|ing)?|(?:known|referred to|described) (?:\w+ )?as|terms?|words?|speaks? of|spoke of|dubbed|nicknamed)\b"
)
_GLOSSED = lazy(r"[\"'*_]{0,3}\b(?P<term>[^\W\d_][\w'’ʼ-]{2,30})[\"'*_]{0,3} (?=\(\"[^\"A-Z])")
"""A word with its sense in quotes, anywhere behind a word of naming."""
_OPENS_GLOSSED = lazy(
    r"[\"'*_]{0,3}(?P<term>[^\W\d_][\w'’ʼ-]{2,30})[\"'*_]{0,3} (?=\(\"[^\"A-Z][^()]{1,90}\) (?:is|was|are|were) (?:the|an?) (?:word|term|name|expression|label)\b)"
)
_OPENS_MEANT = lazy(
    rf"(?:The (?:word |term |name )?|(?P<abroad>(?:La parola|Le mot|Le terme|Das Wort|La palabra|El término|A palavra|Słowo|Слово|Het woord) ))?(?P<mark>[\"'*_]{{0,3}})(?P<term>{_WORD}(?: {_WORD})?)(?P=mark)(?P<aside> \([^()]{{2,60}}\))? (?:literally )?(?:means?|meant|translates as|significa|signifie|bedeutet|oznacza|означает|betekent) "
    r"[\"'](?P<sense>[^\"]{2,120}?)[\"'](?P<of> in [A-Z])?"
)
"""A word that opens its sentence as the subject of "means", set off or with its language behind: "Omukwaita means "fighter" in Oshiwambo"."""
_IN_ITS_LANGUAGE = lazy(
    r"\((?:[Ii]n )?[A-Z][a-z]+: [\"'*_]{0,3}(?P<term>[^\W\d_][\w'’ʼ-]{2,30}(?: [^\W\d_][\w'’ʼ-]{1,30}){0,3})[\"'*_]{0,3}(?:,|;)? "
    r"(?:lit\.|literally|meaning|roughly),? [\"'](?P<sense>[^\"()]{2,120}?)[\"']"
)
"""A bracket that gives a word in its own language and what it means: "(Danish: flygtning, lit. "one who flees")"."""
_SENSE = 120
_MEANT_ABROAD = frozenset("significa signifie bedeutet oznacza означает betekent".split())
_CHOSEN = Cue(
    "use using adopted replaced replacing",
    rf"\b(?:use|using|adopted|replac(?:ed|ing) (?:the (?:word|term) )?[\"'*_]{{1,3}}{_PHRASE}[\"'*_]{{1,3}} (?:with|by)) [\"'*_]{{1,3}}(?P<term>{_PHRASE})[\"'*_]{{1,3}}"
    rf"(?=(?: (?:instead of|rather than|in place of)\b)?)",
)
_EXPLAINED = lazy(rf"(?P<term>{_PHRASE})\s*\([^()]*(?:\"|[^\x00-\u024f]{{2}}).*", re.DOTALL)
"""A word that was set off, before such a bracket."""
_CHOOSING = lazy(rf"\b(?:use|using|adopted|replac(?:ed|ing) (?:the (?:word|term) )?{_PHRASE} (?:with|by))\s$")
_GLOSS = lazy(r"\s*(?:\"|[^\x00-\u024f]|lit\.|literally|meaning|(?:from|in) [A-Z]|[A-Z][a-z]+: )")
"""How a bracket opens that explains the word before it."""
_OF_TERM = lazy(
    r"(?:It|This|The (?:word|term|name|expression|label)) (?=(?:was|is|has|had|came|goes|went|first|later|itself|seems)\b)"
)
_INSTEAD = Cue(
    "instead rather replacing replaced place formerly previously",
    rf"\b(?:instead of|rather than|replac(?:ing|ed)(?: the term)?|in place of|formerly|previously)\s+[\"'*_]{{0,3}}(?P<term>{_WORD})[\"'*_]{{0,3}}\s*(?=\()",
)
_QUOTED_SENSE = lazy(r"\"([^\"]{2,120})\"")
_MEANING = Cue(
    "meaning mean means meant literally translate translates",
    r"\b(?:meaning|means?|meant|(?:with|has|have|had|carries|carry) the (?:[\w-]+ ){0,4}meaning(?: of)?|literally|translates? (?:as|to)|which (?:means|meant)),?\s+"
    r"(?:(?:of|literally|roughly),?\s+)?[\"'](?P<sense>[^\"]{2,120}?)[\"']",
)
_WRITTEN = lazy(
    r"(?P<mark>[*_'\"]{0,3})(?P<term>(?<![\w-])[^\W\d_][\w'’ʼ-]{2,30}(?:\s[^\W\d_A-Z][\w'’ʼ-]{2,30})?)(?P=mark)\s\((?:in )?(?:[A-Z][a-z]+(?: [A-Z][a-z]+)?:?\s)?['*_\"]{0,3}(?P<other>[^\W\d_][^\s,;:()*_\"]{1,30}(?:\s[^\s,;:()*_\"\x00-\x7f][^\s,;:()*_\"]{0,30}){0,3})['*_\"]{0,3}(?=[,;)])"
)
_BRACKET = frozenset("(")
_NOT_TERM = frozenset(
    "used have were was for the was has been of that which and in is are as him her them it us me home back".split()
)


def terms(scene: Scene) -> None:
    """State the terms that a document explains: other writing, sense, and who introduced them."""
    for word in explained(scene):
        _explain(scene, word)
    for above, passage in zip(scene.passages, scene.passages[1:], strict=False):
        if passage.kind in ("definition", "cell") and is_cued(scene, WRITING_LABEL.words, above.span):
            state_row_of_box(scene, above, passage)
    cues = (_BRACKET, _NAMED.words, WRITING_LABEL.words, _CHOSEN.words, _MEANT_ABROAD)
    for passage in passages_with(scene, *cues):
        text = scene.text
        if passage.span.end - passage.span.start < 140 and is_cued(scene, WRITING_LABEL.words, passage.span):
            state_box(scene, passage)
        state_name_abroad(scene, passage)
        last: Actor | None = None
        wordings = [some for some in (_MEANT_ABROAD, _CHOSEN.words) if is_cued(scene, some, passage.span)]
        for sentence in passage.sentences:
            if (
                text.find("(", *sentence) < 0
                and text.find("mean", *sentence) < 0
                and text.find("term", *sentence) < 0
                and text.find("coined", *sentence) < 0
                and not any(is_cued(scene, some, sentence) for some in wordings)
                and not (last and _OF_TERM.match(text, *sentence))
            ):
                continue
            last = _in_sentence(scene, passage, sentence, last)


def _explain(scene: Scene, word: Explained) -> None:
    """State what a list or a table of words says of one."""
    actor = scene.named("term", plain(scene, word.word))
    scene.say(word.passage, word.word, actor, "name")
    if word.script is not None and is_other_script(word.script.of(scene.text).strip()[:1]):
        scene.state(actor, "term", TextValue(text=plain(scene, word.script)), word.script, word.word)
    if word.sense is not None:
        scene.state(actor, "means", TextValue(text=plain(scene, word.sense)), word.sense, word.word)
    if word.about is not None:
        state_coinage(scene, word.about, word.about.span, actor)


def _in_sentence(scene: Scene, passage: Passage, sentence: Span, last: Actor | None) -> Actor | None:
    found: list[tuple[Span, Actor]] = []
    for match in _CALLED.find(scene, sentence):
        _apart(scene, passage, sentence, match, found)
    for match in _SET_APART.finditer(scene.text, *sentence):
        _apart(scene, passage, sentence, match, found)
    if opening := _OPENS_GLOSSED.match(scene.text, *sentence):
        _apart(scene, passage, sentence, opening, found)
    reach = min(sentence.end + _SENSE, passage.span.end)  # "lit." may end a sentence
    for match in _IN_ITS_LANGUAGE.finditer(scene.text, sentence.start, reach):
        span, sense = Span(*match.span("term")), Span(*match.span("sense"))
        actor = scene.named("term", plain(scene, span))
        scene.say(passage, span, actor, "name")
        scene.state(actor, "means", TextValue(text=plain(scene, sense).rstrip(".,")), sense, span)
        found.append((span, actor))
    meant = _OPENS_MEANT.match(scene.text, *sentence)
    if (
        meant
        and (meant["mark"] or meant["aside"] or meant["of"] or meant["abroad"])
        and meant["term"].lower() not in _NOT_TERM
    ):
        span = Span(*meant.span("term"))
        actor = scene.named("term", plain(scene, span))
        scene.say(passage, span, actor, "name")
        found.append((span, actor))
        if meant["abroad"]:
            sense = Span(*meant.span("sense"))
            scene.state(actor, "means", TextValue(text=plain(scene, sense)), sense, span)
    for match in _CHOSEN.find(scene, sentence):
        span = Span(*match.span("term"))
        actor = scene.named("term", plain(scene, span))
        scene.say(passage, span, actor, "name")
        state_introduction(scene, passage, sentence, span, actor)
    for span in scene.emphasised_in(sentence):
        if explained := _EXPLAINED.fullmatch(scene.text, span.start, min(sentence.end, span.end + 200)):
            _apart(scene, passage, sentence, explained, found)
        elif _CHOOSING.search(scene.text, max(sentence.start, span.start - 100), span.start):
            actor = scene.named("term", plain(scene, span))
            scene.say(passage, span, actor, "name")
            state_introduction(scene, passage, sentence, span, actor)
    if last is not None and _OF_TERM.match(scene.text, *sentence):
        state_coinage(scene, passage, sentence, last)
    for shape in (_NAMED, _KNOWN_AS, _INSTEAD):
        for match in shape.find(scene, sentence):
            span = Span(*match.span("term"))
            if (
                any(f.overlaps(span) for f, _ in found)
                or match["term"].lower().split()[0] in _NOT_TERM
                or (match["term"][0].isupper() and shape is not _NAMED)
            ):
                continue
            bracket = _bracket(scene, span.end, sentence)
            if shape is _KNOWN_AS and (bracket is None or any(c.isdigit() for c in bracket.of(scene.text))):
                continue
            actor = scene.named("term", match["term"])
            scene.say(passage, span, actor, "name")
            found.append((span, actor))
            if bracket:
                _said_in(scene, passage, span, actor, bracket)
            if shape is _NAMED:
                state_introduction(scene, passage, sentence, span, actor)
                state_coinage(scene, passage, Span(span.end, sentence.end), actor)
    if naming := _NAMES_IT.search(scene.text, *sentence):
        for match in _GLOSSED.finditer(scene.text, naming.end(), sentence.end):
            _apart(scene, passage, sentence, match, found)
    for match in _WRITTEN.finditer(scene.text, *sentence) if not _is_ascii(scene, sentence) else ():
        span = Span(*match.span("term"))
        if not is_other_script(match["other"].split()[0]) or any(f.overlaps(span) for f, _ in found):
            continue
        if any(
            s.span.overlaps(span) and s.actor.kind in ("person", "group", "place")
            for s in scene.said[passage.index]
        ):
            continue
        bracket = _bracket(scene, span.end + len(match["mark"]), sentence)
        if bracket is None or any(c.isdigit() for c in bracket.of(scene.text)):
            continue
        if match["term"][0].isupper() and not _QUOTED_SENSE.search(scene.text, *bracket):
            continue
        start = (
            span.start
            if match["term"][0].isupper() or match["mark"]
            else span.end - len(match["term"].split()[-1])
        )
        span = Span(start, span.end)
        actor = scene.named("term", plain(scene, span))
        scene.say(passage, span, actor, "name")
        found.append((span, actor))
        _said_in(scene, passage, span, actor, bracket)
        state_introduction(scene, passage, sentence, span, actor)
    for match in _MEANING.find(scene, sentence):
        before = [(s, a) for s, a in found if s.end <= match.start()]
        if not before:
            continue
        span, actor = before[-1]
        sense = Span(*match.span("sense"))
        if not any(f.predicate == "means" and f.spans[0].overlaps(sense) for f in scene.facts_of(actor)):
            evidence = Span(match.start(), match.end())
            scene.state(actor, "means", TextValue(text=plain(scene, sense).rstrip(".,")), evidence, span)
    return max(found, key=lambda f: f[0])[1] if found else last


def _apart(
    scene: Scene, passage: Passage, sentence: Span, match: re.Match[str], found: list[tuple[Span, Actor]]
) -> None:
    """Take a word that is called so or set apart, before a bracket with its sense or script."""
    span = Span(*match.span("term"))
    words = match["term"].lower().split()
    while words and words[0] in _NOT_TERM:
        span = Span(span.start + len(words.pop(0)) + 1, span.end)
    bracket = _bracket(scene, span.end, sentence)
    if (
        not words
        or bracket is None
        or not _GLOSS.match(scene.text, *bracket)
        or any(f.overlaps(span) for f, _ in found)
    ):
        return
    if any(s.span.overlaps(span) and s.actor.kind in ("person", "group") for s in scene.said[passage.index]):
        return
    actor = scene.named("term", plain(scene, span))
    scene.say(passage, span, actor, "name")
    found.append((span, actor))
    _said_in(scene, passage, span, actor, bracket)


def _is_ascii(scene: Scene, sentence: Span) -> bool:
    """Whether a sentence has no letter of another script."""
    return scene.text[sentence.start : sentence.end].isascii()


def _bracket(scene: Scene, end: int, sentence: Span) -> Span | None:
    """Return what stands in brackets right behind a term."""
    match = re.compile(r"[\"'*_]{0,3}\s*\((?P<in>[^()]{1,160}(?:\([^()]{0,20}\)[^()]{0,120}){0,2})\)").match(
        scene.text, end, sentence.end
    )
    return Span(*match.span("in")) if match else None


def _said_in(scene: Scene, passage: Passage, term: Span, actor: Actor, bracket: Span) -> None:
    """State the writings and senses that a bracket gives."""
    content = scene.text[bracket.start : bracket.end]
    evidence = Span(term.start, min(bracket.end + 1, passage.span.end))
    said = False
    for word in re.finditer(r"[^\s,;:()\"]+", content):
        if is_other_script(word.group()):
            span = Span(bracket.start + word.start(), bracket.start + word.end())
            scene.state(actor, "term", TextValue(text=plain(scene, span)), span, term)
            said = True
    senses = [
        Span(bracket.start + m.start(1), bracket.start + m.end(1)) for m in _QUOTED_SENSE.finditer(content)
    ]
    if not senses and not said and 1 <= len(content.split()) <= 6 and content[:1].islower():
        senses = [bracket]
    if senses:
        whole = senses[0].cover(senses[-1])
        text = " or ".join(plain(scene, s) for s in senses)
        scene.state(actor, "means", TextValue(text=text), evidence, whole)
