"""EDTF values, their bounds, comparison that may answer *unknown*, and the phrases of dates in text."""

from __future__ import annotations

from regesta.dates.phrase import DatePhrase, find_dates
from regesta.dates.resolve import resolve

__all__ = ["DatePhrase", "find_dates", "resolve"]
