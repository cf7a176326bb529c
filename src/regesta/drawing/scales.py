"""From values to pixels: linear, logarithmic and time scales, each with ticks that a person would choose.

    Scale(0, 2914, 300, 20).ticks(5)  -> 0, 500, 1000 ... 2500        TimeScale(a, b, 0, 700).ticks(8) -> 1990, 1995, 2000 ...

A time scale counts days (`regesta.dates.days`), so it has no first or last year. Labels of ticks are ISO 8601, cut to what the
step needs (a January by its year), and so the same in every language. Not here: breaks in a scale; the chart of series makes its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from regesta.dates.days import Day, day_number, from_day_number

__all__ = ["Scale", "TimeScale", "compact", "steps_of"]

_YEARS: Final = (1, 2, 5, 10, 20, 25, 50)
_STEPS: Final = (("day", 1), ("day", 2), ("day", 5), ("day", 10), ("month", 1), ("month", 3), ("month", 6))
_DAYS_OF: Final = {"day": 1.0, "month": 30.44, "year": 365.2425}


def compact(value: float) -> str:
    """Return a figure as a label: thousands apart, no needless decimals.

    >>> compact(2914), compact(0.25), compact(1234567.0), compact(1e15)
    ('2,914', '0.25', '1,234,567', '1e+15')
    """
    if abs(value) >= 1e12 or 0 < abs(value) < 1e-4:
        return f"{value:.3g}"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of figures; `low` falls on `start`, `high` on `end`.

    >>> scale = Scale(0, 10, 100, 0)
    >>> scale.at(0), scale.at(5), scale.ticks(5)
    (100.0, 50.0, (0.0, 2.0, 4.0, 6.0, 8.0, 10.0))
    >>> Scale(0, 2, 100, 0, least=1).ticks(5)
    (0.0, 1.0, 2.0)
    >>> Scale(1, 1000, 0, 30, is_log=True).ticks(5)
    (1.0, 10.0, 100.0, 1000.0)
    """

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False
    """Logarithmic; both ends are above 0, and what is not stands at the low end."""
    least: float = 0.0
    """Of the steps between ticks: 1 where only whole things are counted."""

    def at(self, value: float) -> float:
        """Return the pixel of a value, held within the scale."""
        value = min(max(value, self.low), self.high)
        if self.high <= self.low:
            return self.start
        if self.is_log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = value / self.high if self.low == 0 else (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self, count: int) -> tuple[float, ...]:
        """Return about so many round values, ascending."""
        if self.is_log:
            return self._powers(count)
        step = max(step_of((self.high - self.low) / max(count, 1)), self.least)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(float(f"{n * step:.12g}") for n in range(first, min(last, first + 50) + 1))

    def _powers(self, count: int) -> tuple[float, ...]:
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        inner = (1, 2, 5) if last - first <= max(count // 3, 1) else (1,)
        every = max(1, (last - first) // max(count, 1))
        found = (10.0**n * k for n in range(first, last + 1, every) for k in inner)
        return tuple(value for value in found if self.low * 0.999 <= value <= self.high * 1.001)


def step_of(rough: float) -> float:
    """Return the least of 1, 2, 5, 10 ... times a power of ten that is not below.

    >>> step_of(0.3), step_of(7), step_of(1300)
    (0.5, 10.0, 2000.0)
    """
    if not rough > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next((k * power for k in (1, 2, 5) if k * power >= rough * 0.999), 10 * power)


def steps_of(low: float, high: float, count: int, least: float = 0.0) -> tuple[float, float]:
    """Return limits widened to round ones, so that the highest column stays below the highest line.

    >>> steps_of(0, 2914, 5)
    (0.0, 3000.0)
    """
    step = max(step_of((high - low) / max(count, 1)), least)
    if low:
        low = math.floor(low / step) * step
    top = math.ceil(high / step - 1e-9) * step
    return float(f"{low:.12g}"), max(float(f"{top:.12g}"), high)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A scale of days; the beginning of `first` falls on `start`, the end of `last` on `end`.

    >>> from regesta.dates.days import Day, day_number
    >>> scale = TimeScale(day_number(Day(1990, 1, 1)), day_number(Day(1999, 12, 31)), 0, 1000)
    >>> [label for _, label in scale.ticks(5)], round(scale.at(day_number(Day(1995, 1, 1))))
    (['1990', '1992', '1994', '1996', '1998'], 500)
    """

    first: int
    """Number of the first day."""
    last: int
    start: float
    end: float

    @property
    def per_day(self) -> float:
        """Pixels of a day."""
        return (self.end - self.start) / (self.last + 1 - self.first)

    def at(self, day: int) -> float:
        """Return the pixel where a day begins, held within the scale."""
        share = (min(max(day, self.first), self.last + 1) - self.first) / (self.last + 1 - self.first)
        return self.start + share * (self.end - self.start)

    def ticks(self, count: int) -> tuple[tuple[int, str], ...]:
        """Return about so many days where something begins, with their labels."""
        return tuple(_ticks(self.first, self.last, max(count, 1)))


@lru_cache(512)
def _ticks(first: int, last: int, count: int) -> tuple[tuple[int, str], ...]:
    unit, step = unit_of((last + 1 - first) / count)
    return tuple((day, _label(day, unit)) for day in beginnings(first, last, unit, step))


def unit_of(days: float) -> tuple[str, int]:
    """Return the least round step of the calendar that is not shorter than so many days.

    >>> unit_of(0.2), unit_of(20), unit_of(400), unit_of(365.25 * 300)
    (('day', 1), ('month', 1), ('year', 2), ('year', 500))
    """
    for unit, step in _STEPS:
        if _DAYS_OF[unit] * step >= days * 0.98:
            return unit, step
    years = days / 365.2425
    scale = 1
    while True:
        for step in _YEARS:
            if step * scale >= years * 0.98:
                return "year", step * scale
        scale *= 100


def beginnings(first: int, last: int, unit: str, step: int) -> Iterator[int]:
    """Yield the days within bounds on which a unit of the calendar begins, every so many units."""
    day = from_day_number(first)
    if unit == "year":
        year = -(-day.year // step) * step
        while (at := day_number(Day(year, 1, 1))) <= last:
            if at >= first:
                yield at
            year += step
        return
    month = day.year * 12 + (day.month - 1)
    if unit == "month":
        month = month // step * step
        while (at := day_number(Day(month // 12, month % 12 + 1, 1))) <= last:
            if at >= first:
                yield at
            month += step
        return
    while (begin := day_number(Day(month // 12, month % 12 + 1, 1))) <= last:
        after = day_number(Day((month + 1) // 12, (month + 1) % 12 + 1, 1))
        for at in range(begin, after - (step // 2 if step > 1 else 0), step):
            if first <= at <= last:
                yield at
        month += 1


def _label(number: int, unit: str) -> str:
    day = from_day_number(number)
    year = str(day.year)
    if unit == "year" or (unit == "month" and day.month == 1):
        return year
    return f"{year}-{day.month:02d}" if unit == "month" else f"{year}-{day.month:02d}-{day.day:02d}"
