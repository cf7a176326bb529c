"""The day that an export bears where its format insists on one: no clock is asked, so the same chronicle gives the same bytes.

    sources.retrieved 2025-11-18, sources.date 2013  ──►  2025-11-18      the newest day that a source is said to be of
    nothing is told of any source                    ──►  1980-01-01

It says how new the sources are, not when somebody pressed a button.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from regesta.dates import bounds
from regesta.errors import DateError

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["UNTOLD", "first_day", "newest_day"]

UNTOLD: Final = dt.date(1980, 1, 1)
"""The day where no source is dated: the first one that a ZIP archive can bear."""


def newest_day(chronicle: Chronicle) -> dt.date:
    """Return the newest first day of what sources are dated by: when they were fetched, or when they speak."""
    found = [UNTOLD]
    for pair in chronicle.stream("select distinct retrieved, date from sources"):
        for told in pair:
            day = first_day(told)
            if day is not None:
                found.append(day)
    return max(found)


def first_day(edtf: str | None) -> dt.date | None:
    """Return the first day that a date allows, None where it has none that the calendar of computers knows.

    >>> first_day("2013-07"), first_day("../1996"), first_day(None), first_day("July")
    (datetime.date(2013, 7, 1), None, None, None)
    """
    if edtf is None:
        return None
    try:
        first = bounds(edtf).earliest
    except DateError:
        return None
    if first is None or not dt.MINYEAR <= first.year <= dt.MAXYEAR:
        return None
    return dt.date(*first)
