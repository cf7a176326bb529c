"""Two dates made one range: the year that only one of them says is meant for both."""

from __future__ import annotations

from regesta.dates.atoms import Atom
from regesta.dates.bounds import bounds
from regesta.dates.values import fill_year, is_complete

__all__ = ["filled", "in_order"]


def filled(left: Atom, right: Atom, low: str, high: str, *, spoken: bool) -> tuple[str, str] | None:
    """Return the two values of a range, the one without a year given that of the other; None if they make no range.

    `spoken` says that a word joins them, not a mark: "1953 – 21 September" is a heading and its entry.
    """
    if right.is_complete and not left.is_complete:
        if right.precision not in {"day", "month", "season"}:
            return None  # "12 February – 1997"
        year = right.value[:4]
        given = fill_year(low, year)
        if not in_order(given, high) and year.isdecimal():  # "31 December – 1 January 1990"
            given = fill_year(low, f"{int(year) - 1:04d}")
        low = given
    elif left.is_complete and not right.is_complete:
        if left.precision not in {"day", "month"} or not (spoken or left.precision == right.precision):
            return None
        high = fill_year(high, left.value[:4])
    return None if is_complete(low) and not in_order(low, high) else (low, high)


def in_order(low: str, high: str) -> bool:
    """Return whether one value begins before another ends."""
    first, last = bounds(low).earliest, bounds(high).latest
    assert first is not None
    assert last is not None
    return first < last
