"""EDTF values, their bounds, comparison that may answer *unknown*, and the phrases of dates in text.

"in late 1953" ── find_dates ──► DatePhrase ── resolve ──► "1953" ── bounds ──► 1953-01-01 .. 1953-12-31
"""

from __future__ import annotations

from regesta.dates.bounds import Bounds, bounds
from regesta.dates.composed import Composed, compose, needs_composing
from regesta.dates.days import Day
from regesta.dates.edtf import Date, DateSet, Edge, Edtf, Interval, Stretch, format_edtf, parse
from regesta.dates.find import find_dates
from regesta.dates.language import ENGLISH, Language
from regesta.dates.languages import foreign_stretches, language_of
from regesta.dates.numerals import myriad_value
from regesta.dates.phrase import DatePhrase
from regesta.dates.relate import after, before, overlaps, same, within
from regesta.dates.resolve import resolve
from regesta.dates.signs import has_strange, is_foreign, may_be_foreign, may_date
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
    "is_foreign",
    "language_of",
    "may_be_foreign",
    "may_date",
    "myriad_value",
    "needs_composing",
    "overlaps",
    "parse",
    "resolve",
    "same",
    "within",
]
