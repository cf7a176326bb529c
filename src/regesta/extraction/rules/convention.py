"""Rules that a source states about itself: predicate `convention`.

    matches          "The dates are those of the landing."  ·  "Names have been changed."  ·  "This list is not exhaustive."
    must not match   "The dates were agreed in Geneva."  ·  "His name is not known."  ·  "This list of demands was sent to the court."

Such a sentence speaks of the source's own parts (list, table, dates, names, figures, entries) and says what they mean, what
was taken up, or what was changed. It is about the document, not about anybody in it.
"""

from __future__ import annotations

import re

from regesta.extraction.cues import Cue, is_cued, passages_with, sentences_with, starts_of, words_of
from regesta.extraction.reach import plain
from regesta.extraction.scene import Scene
from regesta.extraction.topics import topic_of
from regesta.model import TextValue
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["conventions"]

_PART = (
    r"(?:dates?|days?|months?|years?|names?|ages?|figures?|numbers?|amounts?|spellings?|places?|entries|cases|persons|people|items|rows|columns?|"
    r"sums|prices|totals?|times|transliterations?|titles|ranks|sources|asterisks?|daggers?|brackets)"
)
_SELF = r"(?:list|table|register|chronology|page|article|document|compilation|note|account|catalogue|database|directory|report|dataset|timeline|index|roll)"
_PART_WORDS = words_of(
    "date dates day days month months year years name names age ages figure figures number numbers amount "
    "amounts spelling spellings place places entries cases persons people items row rows column columns sums "
    "prices total totals time times transliteration transliterations titles ranks sources asterisk asterisks "
    "dagger daggers brackets",
)
_SELF_WORDS = words_of(
    "list table register chronology page article document compilation note account catalogue database "
    "directory report dataset timeline index roll",
)
_SHAPES = (
    # The dates are those of ...; the day is that on which ...; the year after the name is the year in which ...
    Cue(
        _PART_WORDS,
        rf"^(?:\W*(?:note|n\.\s?b\.)\W+)?(?:all |the |any |each |these |those )?(?:\w+ ){{0,2}}?{_PART}\b[^.;]{{0,60}}?\b(?:is|are|means?|refers?|stands?|denotes?|indicates?|gives?|shows?|follows?)\s+"
        r"(?:(?:always|usually|generally|only|here|to|for|as|in|at)\s+){0,2}"
        r"(?:(?:those|that|the ones?|the (?:day|date|month|year|time|place|age|rank|moment)s?)\s+(?:of|when|on which|in which|at which|given|at|from|used|under)\b|when\b|the (?:arrival|departure|landing|escape|flight|registration)|given (?:as|in|according|where|when|if)|"
        r"rounded|approximate|estimates?\b|spelled|spelt|transliterated|transcribed|romani[sz]ed|listed (?:in|by|under|as)|in (?:bold|italics?|brackets|parentheses|alphabetical|chronological))",
        re.IGNORECASE,
    ),
    # unless stated otherwise the date is that of the arrival
    Cue(
        "unless",
        r"\bunless (?:otherwise (?:stated|noted|indicated|marked|specified|given)|(?:stated|noted|indicated|marked|specified) otherwise|the entry says|marked)\b",
        re.IGNORECASE,
    ),
    Cue(
        "known",
        rf"\b(?:the )?{_PART}\b[^.;]{{0,60}}\bwhen(?:ever)? (?:it is |they are )?known,?\s+(?:refers?|is|are|indicates?)\b",
        re.IGNORECASE,
    ),
    Cue(
        "date dates day days month months year years",
        r"\b(?:the )?(?:date|day|year|month)s? (?:given|below|above|in brackets|in parentheses|after the name|before the name|shown|listed|used)?\s*(?:here |below )?(?:is|are) (?:that|those|the (?:date|day|year)s?)\b",
        re.IGNORECASE,
    ),
    # This list is not exhaustive
    Cue(
        _SELF_WORDS,
        rf"\b(?:this|the|our|present)(?: following| present)? {_SELF}\b[^.;]{{0,40}}\b(?:(?:is|are|be|remains?|being)\s+(?:by no means |necessarily |far from |never )?(?:in|not )?\s?(?:complete|exhaustive|incomplete|comprehensive)|never be (?:exhaustive|complete)|"
        r"(?:includes?|contains?|covers?|excludes?|lists?|omits?|leaves? out|takes? up|follows?|is (?:limited|restricted|confined|sorted|arranged|ordered|based))\b)",
        re.IGNORECASE,
    ),
    Cue(
        "confirmed include included listed counted taken given considered recorded named known",
        rf"^(?:in the following,? |in this {_SELF},? |here,? |below,? )?(?:only|all|no|not)\s+(?:(?:those|such|the|people|persons|cases|names|entries|arrivals|figures|individuals|refugees|events|incidents|defectors|passengers|deaths|counted|included|listed)\b)[^.;]{{0,120}}"
        r"\b(?:confirmed|included?|listed?|counted?|taken up|are given|considered|recorded|named|known)\b",
        re.IGNORECASE,
    ),
    Cue(
        "only",
        r"\bonly (?:cases|people|persons|those|names|incidents|events|entries)\b[^.;]{0,60}\b(?:confirmed|attested|documented|verified|supported|taken up|are (?:listed|included|given))\b",
        re.IGNORECASE,
    ),
    Cue(
        "sources",
        r"\b(?:at least )?(?:two|three|2|3|several|independent) (?:independent )?sources\b[^.;]{0,40}\b(?:taken up|included|listed|counted|considered|recorded)\b",
        re.IGNORECASE,
    ),
    # Names have been changed
    Cue(
        "name names dates places identities details ages",
        r"\b(?:some |all |most |the |certain )?(?:names?|dates|places|identities|details|ages)\b[^.;]{0,50}\b(?:have|has|had|were|was|are|is) (?:been )?(?:changed|altered|anonymi[sz]ed|withheld|shortened|abbreviated|omitted|left out|standardi[sz]ed|moderni[sz]ed|romani[sz]ed|kept|not (?:given|printed|disclosed))\b",
        re.IGNORECASE,
    ),
    # Bold = confirmed; those marked + died; * means
    Cue(
        "bold italic italics brackets capitals parentheses asterisk asterisks dagger cross star",
        r"^\W*(?:names? in )?(?:bold|italics?|brackets|capitals|parentheses|asterisks?|an? (?:asterisk|dagger|cross|star))\b(?: type| print| face)?\s*(?:=|:|–|-|means?|marks?|indicates?|denotes?|stands? for|is|are)",
        re.IGNORECASE,
    ),
    Cue(
        "marked printed set shown given listed",
        r"\b(?:those|names|entries|persons|people|cases|figures|items|years|dates) (?:marked|printed|set|shown|given|listed) (?:with |in |by |as )?(?:an? )?(?:[*+†‡§#=\"]|bold|italics?|brackets|parentheses|asterisk|dagger|cross|star|quotation)",
        re.IGNORECASE,
    ),
    Cue(
        "* † ‡ § + #",
        r"^\W*[*†‡§+#]\s*(?:=|:|means?|marks?|denotes?|indicates?)\s",
        re.IGNORECASE,
    ),
    Cue(
        "amounts figures sums prices totals numbers ages dates times percentages",
        r"^\W*(?:all )?(?:amounts|figures|sums|prices|totals|numbers|ages|dates|times|percentages)\s+(?:are|is|have been|were)\s+(?:in|given|rounded|estimated?s?|approximate|as of|at)\b",
        re.IGNORECASE,
    ),
    Cue(
        "means stands",
        r"\b(?:means|stands for) (?:that )?(?:the )?(?:date|day|name|age|figure|number|entry|source|information) (?:is|was|has|not)\b",
        re.IGNORECASE,
    ),
    Cue(
        "bold italic italics brackets parentheses quotation asterisk asterisks square",
        rf"\b{_PART} (?:in|with|without) (?:bold|italics?|brackets|parentheses|quotation marks|an asterisk|asterisks|square brackets)\b[^.;]{{0,40}}\b(?:are|is|means?|indicates?|have|has)\b",
        re.IGNORECASE,
    ),
)
_HINT = Cue(
    "date dates day days name names list table register chronology only unless sources marked bold italic "
    "italics brackets figure figures number numbers amount amounts year years month months age ages sum sums "
    "total totals asterisk asterisks entries cases counted identities details * † ‡ § +",
    r"\b(?:dates?|days?|names?|list|table|register|chronology|only|unless|sources|marked|bold|italics?|brackets|figures?|numbers?|amounts?|years?|"
    r"months?|ages?|sums|totals?|asterisks?|entries|cases|counted|identities|details)\b|[*†‡§+]",
    re.IGNORECASE,
)
_NOT_SELF = lazy(r"\b(?:he|she|his|her|him|I|my|we)\b")
_MOST_WORDS = 60


def conventions(scene: Scene) -> None:
    """State each sentence by which the document explains its own dates, names, marks or scope."""
    shapes: list[Cue] | None = None  # those that the document has words for
    for passage in passages_with(scene, _HINT.words):
        if passage.kind in ("heading", "definition") or (
            passage.kind == "cell" and passage.span.end - passage.span.start < 40
        ):
            continue
        for sentence in sentences_with(scene, passage, _HINT.words):
            text = scene.text[sentence.start : sentence.end]
            if text.count(" ") > _MOST_WORDS:
                continue
            if shapes is None:
                shapes = [shape for shape in _SHAPES if starts_of(scene, shape.words)]
            cued = [shape for shape in shapes if is_cued(scene, shape.words, sentence)]
            if not cued or not _HINT.pattern.search(text) or _NOT_SELF.search(text):
                continue
            if any(shape.pattern.search(text) for shape in cued):
                span = Span(sentence.start, sentence.end).strip(scene.text)
                stated = Span(span.start, span.end - 1) if scene.text[span.end - 1] in ".!" else span
                scene.state(
                    topic_of(scene, passage), "convention", TextValue(text=plain(scene, stated)), stated
                )
