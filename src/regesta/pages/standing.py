"""Whether something stood at a time: yes, no, or nobody can say, and why not.

    1962/1993  as of 1980      stood
    1962/1993  as of 1993      unknown: it ended within that year
    1962/1993  as of 1995      did not
    ../1993    as of 1980      unknown: nobody says since when
    2003/..    as of 2020      stood, as far as its source speaks: a source of 2012 says nothing of 2020

A source that says "until 1993" does not say that the thing is as old as time, and one that says "since 2003" speaks of its own
day at the latest. Nothing here guesses from one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regesta.dates import Date, Edge, Edtf, Interval, before, bounds, overlaps, parse
from regesta.errors import DateError

__all__ = ["Standing", "asked_date", "standing"]

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether something stood at a time."""

    stood: bool | None
    """None where nobody can say."""
    why: Literal[
        "", "no_date", "began", "ended", "no_beginning", "after_source", "other_time", "uncertain", "denied"
    ] = ""
    """Why it is unknown, or what limits the answer."""


def asked_date(text: str) -> str | None:
    """Return a year, a month or a day that a reader wrote, None for anything else.

    >>> asked_date(" 1995 "), asked_date("1995-13"), asked_date("1995/1997"), asked_date("then")
    ('1995', None, None, None)
    """
    text = text.strip()
    try:
        value = parse(text) if len(text) <= _LONGEST else None
    except DateError:
        return None
    return text if isinstance(value, Date) and value.year.lstrip("-").isdecimal() else None


def standing(when: str | None, at: str, *, begins: bool = False, written: str | None = None) -> Standing:
    """Return whether what a claim tells of `when` stood at `at`.

    `begins` says that `when` is only a beginning, as of a house that was opened then. `written` is the date of the source.

    >>> [standing("1962/1993", at).stood for at in ("1961", "1962", "1980-05", "1993", "1994")]
    [False, None, True, None, False]
    >>> standing("../1993", "1980").why, standing("2003/..", "2020", written="2012").why, standing("2002", "2005").why
    ('no_beginning', 'after_source', 'other_time')
    >>> standing("1999-07-08", "1999-07-08", begins=True).stood, standing(None, "1999").why
    (True, 'no_date')
    """
    if not when:
        return Standing(None, "no_date")
    try:
        value = parse(when)
    except DateError:
        return Standing(None, "no_date")
    if isinstance(value, Date) and begins:
        value = Interval(value, Edge.OPEN)
    if isinstance(value, Interval):
        return _within(value, at, written)
    told = overlaps(value, at)
    return Standing(True) if told else Standing(None, "uncertain" if told is None else "other_time")


def _within(value: Interval, at: str, written: str | None) -> Standing:
    start, end = value.start, value.end
    if isinstance(start, Date) and before(at, start):
        return Standing(False)
    if isinstance(end, Date) and before(end, at):
        return Standing(False)
    if not isinstance(start, Date):
        return Standing(None, "no_beginning")
    if not _is_reached(start, at):
        return Standing(None, "began")
    if isinstance(end, Date):
        return Standing(True) if _is_ahead(end, at) else Standing(None, "ended")
    if end is Edge.UNKNOWN:
        return Standing(None, "ended")
    return Standing(None, "after_source") if _is_later(at, written) else Standing(True)


def _is_reached(start: Date, at: str) -> bool:
    """Return whether `start` surely lay before the whole of `at`, or is its first day."""
    if before(start, at):
        return True
    last, first = bounds(start).latest, bounds(at).earliest
    return _is_plain(start) and last is not None and first is not None and last <= first


def _is_ahead(end: Date, at: str) -> bool:
    if before(at, end):
        return True
    first, last = bounds(end).earliest, bounds(at).latest
    return _is_plain(end) and last is not None and first is not None and last <= first


def _is_plain(date: Date) -> bool:
    return not (date.is_approximate or date.is_uncertain or date.is_masked)


def _is_later(at: str, written: str | None) -> bool:
    """Return whether a time lies after a source was written; a source without a date speaks of any time."""
    try:
        source: Edtf | None = parse(written) if written else None
    except DateError:
        return False
    return source is not None and before(source, at) is True
