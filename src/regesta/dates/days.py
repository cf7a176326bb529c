"""Civil days of any year, and arithmetic on them, without the limits of `datetime`.

The calendar is the proleptic Gregorian one of ISO 8601: year 0 exists (1 BC), -1 is 2 BC. A `Day` is a tuple, so it
compares and sorts as time does.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Day", "day_number", "from_day_number", "is_leap", "month_length"]

_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Day(NamedTuple):
    """One day of the proleptic Gregorian calendar.

    >>> Day(-43, 3, 15) < Day(1953, 9, 21)
    True
    """

    year: int
    """Astronomical: 0 is 1 BC."""
    month: int
    """1 to 12."""
    day: int
    """1 to 31."""

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        year = f"{sign}{abs(self.year):04d}" if abs(self.year) < 10_000 else f"Y{self.year}"
        return f"{year}-{self.month:02d}-{self.day:02d}"


def is_leap(year: int) -> bool:
    """Return whether the year has a 29 February.

    >>> is_leap(2000), is_leap(1900), is_leap(-4)
    (True, False, True)
    """
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return how many days the month has.

    >>> month_length(2024, 2)
    29
    """
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month]


def day_number(day: Day) -> int:
    """Return the days since 1 March of year 0, negative before.

    Counting years from March puts the leap day last, so that no table is needed.

    >>> day_number(Day(2000, 3, 1)) - day_number(Day(2000, 2, 28))
    2
    """
    year = day.year - (day.month <= 2)
    month = (day.month + 9) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day.day - 1


def from_day_number(number: int) -> Day:
    """Return the day with this number: the inverse of `day_number`.

    >>> from_day_number(day_number(Day(1953, 9, 21)) + 10)
    Day(year=1953, month=10, day=1)
    """
    year = (number * 400) // 146_097 + 1
    while 365 * year + year // 4 - year // 100 + year // 400 > number:
        year -= 1
    rest = number - (365 * year + year // 4 - year // 100 + year // 400)
    month = (5 * rest + 2) // 153
    day = rest - (153 * month + 2) // 5 + 1
    return Day(year + (month >= 10), (month + 2) % 12 + 1, day)
