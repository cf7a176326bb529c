"""Quantities that no number tells: "for months", "nearly a year and a half", "in his early thirties"."""

from __future__ import annotations

import re
from typing import Final

from regesta.extraction.ages import tens_of_age
from regesta.extraction.measuring import before_number, measure_after
from regesta.extraction.numbers import GAP, Numeral, whole
from regesta.extraction.quantity import Quantity
from regesta.extraction.units import TIME
from regesta.text.span import Span

__all__ = ["after_article", "for_months", "in_his_thirties"]

_WITHOUT_NOUN: Final = ("for", "nearly", "almost", "about", "over", "than", "within", "after", "lasting", "least", "in", "every", "to")  # fmt: skip


def for_months(text: str, match: re.Match[str]) -> Quantity:
    """Read "for months", "for many years": a time of which no number is told."""
    start = match.start()
    word = text[start : match.end()].rsplit(maxsplit=1)[-1]
    noun = Span(match.end() - len(word), match.end())
    unit, _ = TIME[word.lower()]
    return Quantity(
        span=Span(start, noun.end),
        number_span=noun,
        kind="time",
        unit=unit,
        noun=word,
        noun_span=noun,
        approximate=True,
    )


def after_article(text: str, match: re.Match[str], floor: int, reach: int) -> Quantity | None:
    """Read "for a year", "nearly a month", "a year and a half"."""
    at = match.start()
    before = before_number(text, at, floor)
    numeral = Numeral(at, at + len(match[0].split()[0]), "words", 1)
    measured = measure_after(text, numeral.end, reach, in_digits=False)
    if measured is None or measured.kind not in ("time", "measure") or measured.is_age:
        return None
    words = before.left.split()
    is_length = bool(before.bound) or (bool(words) and words[-1].lower() in _WITHOUT_NOUN) or measured.added
    if not is_length or re.compile(rf"{GAP}(?:later|earlier|ago|before|after)\b").match(text, measured.end):
        return None
    return Quantity(
        span=Span(before.start, measured.end), number_span=Span(at, numeral.end), kind=measured.kind,
        number=whole((1 + measured.added) * measured.factor), unit=measured.unit,
        approximate=before.bound == "about", bound=before.bound, is_adjective=measured.is_adjective,
    )  # fmt: skip


def in_his_thirties(match: re.Match[str]) -> Quantity:
    """Read "in his early thirties": an age within bounds."""
    low, high = tens_of_age(match["age"])
    return Quantity(
        span=Span(*match.span()), number_span=Span(*match.span()), kind="time", low=low, high=high, unit="year",
        approximate=True, is_age=True,
    )  # fmt: skip
