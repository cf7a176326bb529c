"""Numbers that do not count: ordinals, shares, multiples, and "one" as a pronoun.

Each comes back as a `Quantity`; where the word is an adverb, a part of a name or a pronoun it is weak and says so.
"""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.measuring import before_number, measure_after
from regesta.extraction.numbers import GAP, Numeral, word_set
from regesta.extraction.quantity import Kind, Quantity
from regesta.extraction.units import read_noun
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["read_multiple", "read_ordinal", "read_share", "weak_one"]


_DETERMINERS: Final = word_set(
    "the a an his her its their our your my this that these those each every another very for"
)
_TITLE: Final = lazy(
    r"[ -](?:lieutenant|class|officer|mate|secretary|engineer|lady|degree|aid|name|hand|sergeant|rate|person|floor|party|in-command)"
    r"(?:s|es|ies)?(?![^\W\d_])",
    re.IGNORECASE,
)
_OTHER_COUNTRY: Final = lazy(r"[ -](?:countr(?:y|ies)|part(?:y|ies)|world|states?|nations?)(?![^\W\d_])")
_SUPERLATIVE: Final = lazy(rf"(?:-|{GAP})(?:most|least|[a-z]{{3,9}}est)(?![^\W\d_-])")
_CAPITAL: Final = lazy(rf"{GAP}[A-Z]")
_NATION: Final = lazy(rf"{GAP}(?:[A-Z][a-z]+{GAP})?[A-Z][a-z]*(?:an|ans|ese|ish|ch|ian|ians|i|is){GAP}[a-z]")
_PRONOUN_AFTER: Final = lazy(
    rf"['’]s(?![^\W\d_])|{GAP}(?:another|of(?!{GAP}(?:a|an|\d))|by{GAP}one|would|could|can|must|should|may|might|who|whose|that|whom|cannot|"
    r"has|is|was|had|does|did)(?![^\W\d_])"
)
_ONE_OF_A: Final = lazy(rf"{GAP}of(?![^\W\d_])")
_INDEFINITE: Final = lazy(
    rf"{GAP}(?:day|night|morning|evening|afternoon|time|side|hand|thing|way|point|moment|stage|occasion|word|breath|go|sense)(?![^\W\d_-])"
)
_LENGTHS: Final = word_set("for in within after just only least than every to about another under over")
_PRONOUN_BEFORE: Final = word_set("no every any each some which another")
_WHOLE: Final = lazy(
    rf"{GAP}(?:of{GAP})?(?:the|a|an|all|its|his|her|their|those|these|our|my)?(?:{GAP})?(?=[^\W\d_])"
)
_COMPOUND: Final = lazy(
    r"[- ](?:agents?|life|lives|standards?|beds?|rooms?|murders?|barrel\w*|check\w*|cross\w*|brothers?|sisters?|siblings?|uncles?)(?![^\W\d_])"
)
_SENTENCE_START: Final = lazy(r"(?:^|[.!?:;–—\n“\"(])\s*\Z")
_EACH: Final = lazy(rf"{GAP}(?:a|per|every|each){GAP}(year|month|week|day|hour)(?![^\W\d_])")


def read_ordinal(text: str, numeral: Numeral, end: int, floor: int) -> Quantity:
    """Return an ordinal with the noun behind it: "the fifth anniversary", "a second facility", "the first North Koreans"."""
    start, stop = numeral.start, numeral.end
    left = text[max(floor, start - 40) : start]
    word = (
        left.split()[-1].lower().strip("“\"'(–—") if left.split() and left.endswith((" ", "\n", "-")) else ""
    )
    has_the = word == "the" and left.rstrip().lower().endswith("the")
    reason = _weak_ordinal(text, numeral, end, left, word)
    noun = None
    if superlative := _SUPERLATIVE.match(text, stop, end):
        stop = superlative.end()
    if text[stop : stop + 1] not in ("-", "’", "'"):
        noun = read_noun(text, stop, end) or read_noun(text, stop, end, one=True)
    elif measured := measure_after(text, stop, end, one=True):
        stop = measured.end if measured.noun else stop
        stop = max(stop, measured.end) if reason else stop
    if noun is None and not reason and text[numeral.start].isdigit() and not has_the:
        reason = "an ordinal without a noun, perhaps the day of a month"
    begin = start
    if has_the and not reason:
        begin = start - len(left) + left.lower().rindex("the")
    span = Span(begin, noun.end if noun and not reason else stop)
    noun_span = Span(noun.start, noun.end) if noun and not reason else None
    return Quantity(
        span=span, number_span=Span(start, numeral.end), kind="ordinal", number=numeral.value,
        unit=noun.unit if noun and not reason else "", noun=noun_span.of(text) if noun_span else "", noun_span=noun_span,
        is_weak=bool(reason), reason=reason,
    )  # fmt: skip


def _weak_ordinal(text: str, numeral: Numeral, end: int, left: str, word: str) -> str:
    written = text[numeral.start : numeral.end]
    if numeral.value == 3 and _OTHER_COUNTRY.match(text, numeral.end, end):
        return '"third" means another one here, it does not count'
    if _TITLE.match(text, numeral.end, end):
        return "a part of a title or a fixed phrase"
    if _CAPITAL.match(text, numeral.end, end) and not _NATION.match(text, numeral.end, end):
        if written[0].isdigit() or written[0].isupper():
            return "a part of a name"
    elif written[0].isupper() and not _SENTENCE_START.search(left):
        return "a part of a name"
    if (
        text[numeral.end : numeral.end + 1] == "-"
        and numeral.value != 1
        and text[numeral.end + 1 : numeral.end + 2].islower()
    ):
        return ""  # "second-largest"
    if written[0].isdigit():
        return ""
    if word not in _DETERMINERS and not word.endswith(("'s", "’s", "s'", "s’")):
        return "an adverb or the first word of an enumeration"
    return ""


def read_share(text: str, numeral: Numeral, end: int, floor: int) -> Quantity:
    """Return a fraction of a whole: "two-thirds of the refugees", "half of them"; its number is below one."""
    before = before_number(text, numeral.start, floor)
    stop = numeral.end
    reason = ""
    noun = None
    if match := _COMPOUND.match(text, stop, end):
        stop, reason = match.end(), "a part of a compound word"
    elif whole := _WHOLE.match(text, stop, end):
        at = whole.end() - 1
        if text[at].isspace():
            noun = read_noun(text, at, end) or (read_noun(text, at, end, one=True) if at > stop else None)
    if before.left.rstrip().lower().endswith(("first", "second", "other", "last", "latter")):
        reason = "a part of a period or a thing, without a number"
    if not reason and noun is None and not _ONE_OF_A.match(text, stop, end) and text[numeral.start] in "hH":
        reason = "a half of nothing that is named"
    noun_span = Span(noun.start, noun.end) if noun and not reason else None
    return Quantity(
        span=Span(before.start, noun_span.end if noun_span else stop), number_span=Span(numeral.start, numeral.end),
        kind="multiple", number=numeral.value, unit="share", noun=noun_span.of(text) if noun_span else "", noun_span=noun_span,
        approximate=before.bound == "about", bound=before.bound, is_weak=bool(reason), reason=reason,
    )  # fmt: skip


def read_multiple(text: str, numeral: Numeral, end: int, floor: int) -> Quantity:
    """Return "twice", "double its original size", "tripled"; "once" is weak, being mostly an adverb."""
    before = before_number(text, numeral.start, floor)
    stop = numeral.end
    reason = ""
    word = text[numeral.start : stop].lower()
    rate = _EACH.match(text, stop, end)
    kind: Kind = "multiple"
    unit = "time"
    if rate:
        kind, unit, stop = "rate", f"time/{rate[1]}", rate.end()
    elif match := _COMPOUND.match(text, stop, end):
        stop, reason = match.end(), "a part of a compound word"
    elif word == "once":
        reason = "an adverb"
    return Quantity(
        span=Span(before.start if before.bound else numeral.start, stop), number_span=Span(numeral.start, numeral.end), kind=kind,
        number=numeral.value, unit=unit, approximate=before.bound == "about", bound=before.bound,
        is_weak=bool(reason), reason=reason,
    )  # fmt: skip


def weak_one(text: str, numeral: Numeral, left: str, end: int, kind: Kind) -> str:
    """Return why "one" is a pronoun or an article here, or an empty string.

    >>> weak_one("one of the defectors", Numeral(0, 3, "words", 1), "", 20, "bare")
    '"one" is a pronoun here'
    """
    words = left.split()
    word = words[-1].lower().strip("“\"'(") if words else ""
    if (
        word in _PRONOUN_BEFORE
        or _PRONOUN_AFTER.match(text, numeral.end, end)
        or _ONE_OF_A.match(text, numeral.end, end)
    ):
        return '"one" is a pronoun here'
    if word in ("the", "this", "that", "only") and kind == "bare":
        return '"one" is a pronoun here'
    if word not in _LENGTHS and _INDEFINITE.match(text, numeral.end, end) and kind in ("time", "count"):
        return '"one" means some here, it does not count'
    return ""
