"""EDTF values, their bounds, comparison that may answer *unknown*, and the phrases of dates in text.

"in late 1953" ── find_dates ──► DatePhrase ── resolve ──► "1953" ── bounds ──► 1953-01-01 .. 1953-12-31

What finds dates in text is loaded when it is first asked for: who only compares values does without the languages.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from regesta.dates.bounds import Bounds, bounds
from regesta.dates.days import Day
from regesta.dates.edtf import Date, DateSet, Edge, Edtf, Interval, Stretch, format_edtf, parse
from regesta.dates.relate import after, before, overlaps, same, within

if TYPE_CHECKING:
    from regesta.dates.composed import Composed, compose, needs_composing
    from regesta.dates.find import find_dates
    from regesta.dates.language import ENGLISH, Language
    from regesta.dates.languages import foreign_stretches, language_of
    from regesta.dates.numerals import myriad_value
    from regesta.dates.parts import narrowed
    from regesta.dates.phrase import DatePhrase
    from regesta.dates.resolving import resolve
    from regesta.dates.signs import (
        has_strange,
        is_english_before,
        is_foreign,
        may_be_foreign,
        may_date,
        shared_months,
    )
    from regesta.dates.words import in_words

__all__ = [
    "ENGLISH",
    "Bounds",
    "Composed",
    "Date",
    "DatePhrase",
    "DateSet",
    "Day",
    "Edge",
    "Edtf",
    "Interval",
    "Language",
    "Stretch",
    "after",
    "before",
    "bounds",
    "compose",
    "find_dates",
    "foreign_stretches",
    "format_edtf",
    "has_strange",
    "in_words",
    "is_english_before",
    "is_foreign",
    "language_of",
    "may_be_foreign",
    "may_date",
    "myriad_value",
    "narrowed",
    "needs_composing",
    "overlaps",
    "parse",
    "resolve",
    "same",
    "shared_months",
    "within",
]

_HOME = {
    "composed": ("Composed", "compose", "needs_composing"),
    "find": ("find_dates",),
    "language": ("ENGLISH", "Language"),
    "languages": ("foreign_stretches", "language_of"),
    "numerals": ("myriad_value",),
    "parts": ("narrowed",),
    "phrase": ("DatePhrase",),
    "resolving": ("resolve",),
    "signs": (
        "has_strange",
        "is_english_before",
        "is_foreign",
        "may_be_foreign",
        "may_date",
        "shared_months",
    ),
    "words": ("in_words",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _MODULE_OF:
        found = globals()[name] = getattr(import_module(f"regesta.dates.{_MODULE_OF[name]}"), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
