"""Moments as RFC 3339 writes them, so that lines of several clocks can be put in order.

A moment names its offset (`2026-03-01T09:30:00Z`, `...+09:00`); without one nobody could say which of two came first.
Nothing here looks at a clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from regesta.errors import DecisionError

__all__ = ["a_year_after", "beginning", "instant", "lapse", "written"]

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def instant(text: str) -> datetime:
    """Return a moment of RFC 3339, section 5.6, in UTC; raises `DecisionError` where it is none.

    >>> instant("2026-03-01T09:30:00+09:00").isoformat()
    '2026-03-01T00:30:00+00:00'
    """
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # the 31st of June, hour 25: told below
    raise DecisionError(
        "is no moment", found=text[:40], hint="write it with its offset, such as 2026-03-01T09:30:00Z"
    )


def lapse(expires: str) -> datetime:
    """Return the moment from which something no longer holds: that after a whole day, or the one that is named.

    >>> lapse("2026-12-31").isoformat()
    '2027-01-01T00:00:00+00:00'
    """
    if not _DAY.fullmatch(expires):
        return instant(expires)
    try:
        return beginning(expires) + timedelta(days=1)
    except OverflowError as error:
        raise DecisionError("is too far ahead", found=expires) from error


def beginning(text: str) -> datetime:
    """Return a moment, or the first one of a day in UTC.

    >>> beginning("2026-12-31").isoformat()
    '2026-12-31T00:00:00+00:00'
    """
    return instant(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)


def written(moment: datetime) -> str:
    """Return a moment as the log writes it, to the microsecond, so that two of one second keep their order.

    >>> written(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    '2026-03-01T09:30:00.000000Z'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def a_year_after(day: date) -> date:
    """Return the same day of the next year, of the 29th of February the 28th.

    >>> a_year_after(date(2028, 2, 29)).isoformat()
    '2029-02-28'
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + 1)
