"""Boxes that give what a document is about in other writings and senses: "Russian | беженцы", "Literal meaning | those who flee".

A box stands beside or above the text, its labels are the names of languages and of romanisations; in the first paragraph the
same stands in brackets: "Cuban rafters (Spanish: balseros)".
"""

from __future__ import annotations

import re
import unicodedata

from regesta.extraction.cues import Cue
from regesta.extraction.passages import Passage
from regesta.extraction.reach import plain
from regesta.extraction.scene import Scene
from regesta.extraction.topics import topic_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["WRITING_LABEL", "is_other_script", "state_box", "state_name_abroad", "state_row_of_box"]

_IN_LANGUAGE = lazy(
    r"\((?:in )?(?P<language>[A-Z][a-z]+): [*_'\"]{0,3}(?P<word>[^\W\d_][^\d,;:()\"]{2,40}?)[*_'\"]{0,3}(?=[,;)])"
)
_OF_ROOT = lazy(
    r"\bfrom (?:[A-Z][a-z]+ )?[*_']{0,3}(?P<term>[^\W\d_][\w'’ʼ-]{2,30})[*_']{0,3}, \"(?P<sense>[^\"]{2,80})\""
)
WRITING_LABEL = Cue(
    "hangul hanja hancha chosŏn chinese traditional simplified japanese kanji kana hiragana katakana russian "
    "arabic persian pashto hebrew tibetan burmese khmer thai lao vietnamese mongolian ukrainian belarusian "
    "georgian armenian greek bengali hindi urdu tamil amharic tigrinya kurdish uyghur revised mccune "
    "romanization romanisation transliteration hanyu pinyin wade hepburn romaji rōmaji literal literally "
    "spanish german french polish hungarian czech native wylie nôm romanian portuguese italian turkish serbian albanian",
    r"^(?:hangul|hanja|hancha|chosŏn'gŭl|chinese|traditional chinese|simplified chinese|japanese|kanji|kana|hiragana|katakana|russian|arabic|persian|pashto|hebrew|tibetan|burmese|khmer|thai|lao|"
    r"vietnamese|mongolian|ukrainian|belarusian|georgian|armenian|greek|bengali|hindi|urdu|tamil|amharic|tigrinya|kurdish|uyghur|revised romanization|mccune[–-]reischauer|romanization|romanisation|transliteration|"
    r"hanyu pinyin|pinyin|wade[–-]giles|hepburn|r[oō]maji|literal meaning|literally|spanish|german|french|polish|hungarian|czech|wylie|chữ nôm|romanian|portuguese|italian|turkish|serbian|albanian|native name)\b[\s:=|]*",
    re.IGNORECASE,
)
_ROMANISED = lazy(r"roman|reischauer|pinyin|wade|hepburn|r[oō]maji|transliteration", re.IGNORECASE)
_ROW_GAP = 10
_NAME_WORDS, _SENSE_WORDS = 4, 10
_NATIVE = lazy(r"native name", re.IGNORECASE)
_SENSE_LABEL = lazy(r"literal(?:ly| meaning)", re.IGNORECASE)
_BOX_END = 12
"""A box stands above the text: among the first passages."""


def state_name_abroad(scene: Scene, passage: Passage) -> None:
    """State the word in another language behind the subject of the first paragraph: "Cuban rafters (Spanish: balseros)"."""
    if passage.kind != "prose" or not passage.sentences:
        return
    first = passage.sentences[0]
    match = _IN_LANGUAGE.search(scene.text, first.start, min(first.end, first.start + 120))
    if match is None or not WRITING_LABEL.pattern.fullmatch(match["language"]):
        return
    before = scene.text[first.start : match.start()].strip(" *_'\"").lower()
    topic = topic_of(scene, passage)
    title = " ".join(topic.first.of(scene.text).lower().split())
    is_headed = not passage.span.contains(topic.first) and topic.kind == "topic"
    if before and is_headed and (before in title or title in before):
        word = Span(*match.span("word"))
        scene.state(topic, "term", TextValue(text=plain(scene, word)), word, Span(*match.span()))
    for root in _OF_ROOT.finditer(scene.text, match.end(), first.end):
        term = Span(*root.span("term"))
        actor = scene.named("term", plain(scene, term))
        scene.say(passage, term, actor, "name")
        sense = Span(*root.span("sense"))
        scene.state(actor, "means", TextValue(text=plain(scene, sense)), Span(*root.span()), sense)


def is_other_script(word: str) -> bool:
    """Return whether a word is written in letters that are not Latin.

    >>> is_other_script("беженец"), is_other_script("réfugié")
    (True, False)
    """
    letters = [c for c in word if c.isalpha()]
    return bool(letters) and all("LATIN" not in unicodedata.name(c, "LATIN") for c in letters)


def state_row_of_box(scene: Scene, label: Passage, passage: Passage) -> None:
    """State a row of a box: "Native name | balseros", "Literal meaning | those who flee"."""
    above = label.span.strip(scene.text, " *_\n")
    said = above.of(scene.text)
    words = passage.span.of(scene.text).strip(" *_")
    if passage.span.start - above.end >= _ROW_GAP or not WRITING_LABEL.pattern.fullmatch(said):
        return
    if _SENSE_LABEL.match(said):
        if words.count(" ") < _SENSE_WORDS:
            actor = topic_of(scene, passage)
            scene.state(actor, "means", TextValue(text=words.strip('"')), passage.span, above)
        return
    named = _NATIVE.match(said) is not None or not words.isascii() or _ROMANISED.search(said)
    if named and words and words.count(" ") < _NAME_WORDS and not any(c.isdigit() for c in words):
        scene.state(
            topic_of(scene, passage), "term", TextValue(text=plain(scene, passage.span)), passage.span, above
        )


def state_box(scene: Scene, passage: Passage) -> None:
    """State the rows of a box that gives the title in other writings: "Russian беженцы", "Pinyin nànmín"."""
    text = scene.text[passage.span.start : passage.span.end]
    for line in re.finditer(r"[^|]+", text):
        label = WRITING_LABEL.pattern.match(line.group().lstrip())
        if label is None:
            continue
        offset = passage.span.start + line.start() + (len(line.group()) - len(line.group().lstrip()))
        value = Span(offset + label.end(), passage.span.start + line.end()).strip(scene.text)
        words = value.of(scene.text)
        if (
            not words
            or len(words.split()) > 4
            or not (
                is_other_script(words.split()[0])
                or _ROMANISED.search(label.group())
                or (not words.isascii() and passage.index < _BOX_END)
            )
        ):
            continue
        actor = topic_of(scene, passage)
        scene.state(actor, "term", TextValue(text=plain(scene, value)), Span(offset, value.end))
