"""The first and the last day that an EDTF value allows.

    198X            [1980-01-01 ........ 1989-12-31]
    ../1996   <-...................................... 1996-12-31]
    1996-XX-05            [1996-01-05 .. 1996-12-05]

A qualifier does not move the bounds: `1950~` has those of 1950 and the flag `is_approximate`, for how far "about" reaches is
not in the value. `relate` says how it allows for it. Times of day and their zones are left out: the unit is the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from regesta.dates.days import Day, month_length
from regesta.dates.edtf import (
    Date,
    DateSet,
    Edge,
    Edtf,
    Interval,
    Stretch,
    fitting_days,
    fitting_months,
    fitting_years,
    parse,
    year_limits,
)

__all__ = ["SEASONS", "Bounds", "bounds", "date_bounds"]

SEASONS: dict[int, tuple[int, int]] = {
    # code: first month, last month; above 12 lies in the next year
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),  # no hemisphere said: taken for the northern
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),  # northern
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),  # southern
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),  # quarters
    37: (1, 4), 38: (5, 8), 39: (9, 12),  # thirds
    40: (1, 6), 41: (7, 12),  # halves
}  # fmt: skip
"""Meteorological seasons; a winter begins in the year that names it and ends in the next."""


class Bounds(NamedTuple):
    """The days between which a value lies, both included; None where there is no bound or none is known."""

    earliest: Day | None
    latest: Day | None
    is_approximate: bool = False
    """Whether any part is qualified by `~` or `%`."""
    is_uncertain: bool = False
    """Whether any part is qualified by `?` or `%`."""


@lru_cache(maxsize=4096)
def bounds(value: str | Edtf) -> Bounds:
    """Return the first and the last day that a value allows.

    For a set these are the first of the first member and the last of the last. Raises `DateError` for a string that is
    no EDTF date.

    >>> bounds("../1996").latest
    Day(year=1996, month=12, day=31)
    >>> bounds("1990-24")[:2] == (Day(1990, 12, 1), Day(1991, 2, 28))
    True
    """
    edtf = parse(value) if isinstance(value, str) else value
    if isinstance(edtf, Date):
        return Bounds(*date_bounds(edtf), edtf.is_approximate, edtf.is_uncertain)
    if isinstance(edtf, Interval):
        sides = [side for side in (edtf.start, edtf.end) if isinstance(side, Date)]
        earliest = None if isinstance(edtf.start, Edge) else date_bounds(edtf.start)[0]
        latest = None if isinstance(edtf.end, Edge) else date_bounds(edtf.end)[1]
        return _with_flags(earliest, latest, sides)
    assert isinstance(edtf, DateSet)
    starts: list[Day | None] = []
    ends: list[Day | None] = []
    dates: list[Date] = []
    for item in edtf.items:
        first, last = (item.start, item.end) if isinstance(item, Stretch) else (item, item)
        starts.append(date_bounds(first)[0] if first else None)
        ends.append(date_bounds(last)[1] if last else None)
        dates += [date for date in (first, last) if date]
    return _with_flags(
        None if None in starts else min(d for d in starts if d),
        None if None in ends else max(d for d in ends if d),
        dates,
    )


def _with_flags(earliest: Day | None, latest: Day | None, dates: Iterable[Date]) -> Bounds:
    dates = tuple(dates)
    return Bounds(earliest, latest, any(d.is_approximate for d in dates), any(d.is_uncertain for d in dates))


def date_bounds(date: Date) -> tuple[Day, Day]:
    """Return the first and the last day of a single date.

    >>> date_bounds(Date("19XX", "02", "29"))[0]
    Day(year=1904, month=2, day=29)
    """
    low, high = year_limits(date.year, date.significant)
    if not date.month:
        return Day(low, 1, 1), Day(high, 12, 31)
    if date.season is not None:
        first, last = SEASONS[date.season]
        end = high + (last > 12)
        last = (last - 1) % 12 + 1
        return Day(low, (first - 1) % 12 + 1, 1), Day(end, last, month_length(end, last))
    months = fitting_months(date.month)
    if not date.day:
        return Day(low, months[0], 1), Day(high, months[-1], month_length(high, months[-1]))
    days = fitting_days(date.day)
    years = list(fitting_years(date.year)) if "X" in date.year else [low]
    return (
        next(Day(y, m, d) for y in years for m in months for d in days if d <= month_length(y, m)),
        next(
            Day(y, m, d)
            for y in reversed(years)
            for m in reversed(months)
            for d in reversed(days)
            if d <= month_length(y, m)
        ),
    )
