"""Where words stand that say of a person what an edition withholds: kin, helpers, health, whereabouts, contacts, numbers.

    "defected with her son to Seoul"      ──►  her son
    "ring +82 2 555 0100"                 ──►  +82 2 555 0100

Which words they are, `protection` says, from the packs of the vocabulary; here they get their places. A possessive or an article
before a relative belongs to it. Whether they are cut is for the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from regesta.protection.words import delicate_kinds, speech

__all__ = ["exact_spans", "sensitive_spans"]

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEFORE: Final = frozenset("his her their my our its the a an own late two three four five".split())
_EAST: Final = re.compile(r"[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHAPED: Final = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+|(?<![\w.,])(?:\+|00|\(?0)[\d()][\d\s()./–-]{5,18}\d|\b[A-Z]{0,3}[- ]?\d[\d-]{5,14}\b"
)
"""Mail addresses, telephone numbers, numbers of documents: more than there are, for these are only cut."""

_BODY: Final = re.compile(
    r"\b(?:hospital|wound|injur|surg(?:ery|eon|ical)|parasit|illness|disease|diagnos|medical|treatment|therap|pregnan|abort|rap(?:e|ed|ist)\b"
    r"|sexual|suicid|tortur|psycholog|psychiatr|trauma|tubercul|cancer|hepatit|malnour|amputat|disab)\w*",
    re.IGNORECASE,
)
"""Words of the body and its harm, by their beginnings: a sentence with one of them is not shown beyond what a claim was released for."""


_COORDINATES: Final = re.compile(
    r"\b\d{1,3}(?:\.\d+)?\s?[°º]\s?(?:\d{1,2}(?:\.\d+)?\s?['’′]?\s?)?(?:\d{1,2}(?:\.\d+)?\s?[\"”″]?\s?)?[NSEWOnsewo]?\b"
    r"|(?<![\d.])-?\d{1,2}\.\d{3,}\s?[NS]?\s?[,;/]\s?-?\d{1,3}\.\d{3,}(?:\s?[EW]\b)?"
    r"|\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"
)
"""Degrees, pairs of decimal degrees, and the military grid."""


def exact_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses of mail, telephone numbers, numbers of documents and coordinates stand, whoever they are of.

    >>> told = "Camp 3 (15°27'N 36°24'E; 39.92077, 32.85411), tel. 070-123 45 67, 30,000 people"
    >>> [told[low:high] for low, high in exact_spans(told)]
    ["15°27'N", "36°24'E", '39.92077, 32.85411', '070-123 45 67']
    """
    for match in _COORDINATES.finditer(text):
        yield match.span()
    for match in _SHAPED.finditer(text):
        if delicate_kinds(match[0]):
            yield match.span()


def sensitive_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where sensitive words stand, in no order.

    >>> told = "She left with her elder sister; ring +82 2 555 0100."
    >>> [told[low:high] for low, high in sensitive_spans(told)]
    ['her elder sister', '+82 2 555 0100']
    """
    piece = text[start:end]
    matches = list(_WORD.finditer(piece))
    words = [match[0].casefold().replace("’", "'").removesuffix("'s") for match in matches]
    delicate = speech().delicate
    for _, phrase, at in delicate.found("", words):
        first, last = at, at + len(phrase.split()) - 1
        while first > 0 and words[first - 1] in _BEFORE:
            first -= 1
        yield start + matches[first].start(), start + matches[last].end()
    if delicate.unspaced is not None and _EAST.search(piece):
        for match in delicate.unspaced.finditer(piece):
            yield start + match.start(), start + match.end()
    for match in _BODY.finditer(piece):
        yield start + match.start(), start + match.end()
    if any(sign.isdigit() for sign in piece) or "@" in piece:
        for match in _SHAPED.finditer(piece):
            if delicate_kinds(match[0]):
                yield start + match.start(), start + match.end()
