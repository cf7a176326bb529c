"""Comparison of dates that may answer *unknown*: True, False, or None.

A value says that something happened within its bounds. So 1990 is surely before 1991, surely not before 1989, and nobody
knows whether what happened in 1990 came before what happened in May 1990.

    before(a, b)   a ·····]            True
                            [····· b
                   a ·····]            None: they share days
                        [····· b

"About" is allowed for: `1950~` may be a unit of its own precision off, 1949 to 1951, `1950%` two; a decade's unit is ten
years. Laws: `before(a, b) == after(b, a)`; `same` and `overlaps` do not care for the order.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from regesta.dates.bounds import bounds, date_bounds
from regesta.dates.days import Day, day_number, from_day_number, month_length
from regesta.dates.edtf import Date, DateSet, Edge, Edtf, Interval, Stretch, parse

__all__ = ["after", "before", "overlaps", "same", "within"]


class _Reach(NamedTuple):
    """The days that a value may concern, "about" allowed for."""

    earliest: Day | None
    latest: Day | None
    is_solid: bool
    """Whether it is one known stretch: no mask, no choice, no unknown end, no qualifier."""


def before(a: str | Edtf, b: str | Edtf) -> bool | None:
    """Return whether `a` lies wholly before `b`.

    >>> before("1989", "1990-05"), before("1991", "1990"), before("1990", "1990-05")
    (True, False, None)
    """
    first, second = _reach(a), _reach(b)
    if first.latest and second.earliest and first.latest < second.earliest:
        return True
    if first.earliest and second.latest and first.earliest >= second.latest:
        return False
    return None


def after(a: str | Edtf, b: str | Edtf) -> bool | None:
    """Return whether `a` lies wholly after `b`.

    >>> after("1990", "../1989")
    True
    """
    return before(b, a)


def same(a: str | Edtf, b: str | Edtf) -> bool | None:
    """Return whether both name the same stretch of time.

    False if they share no day, None if one could be the other said more precisely.

    >>> same("1990", "1990"), same("1990", "1991"), same("1990", "1990-05"), same("1950~", "1951")
    (True, False, None, None)
    """
    first, second = _reach(a), _reach(b)
    if _apart(first, second):
        return False
    return True if first == second and first.is_solid else None


def overlaps(a: str | Edtf, b: str | Edtf) -> bool | None:
    """Return whether the two stretches of time share a day.

    >>> overlaps("1989/1991", "1990"), overlaps("1989", "1990"), overlaps("198X", "1985"), overlaps("198X", "1980/1989")
    (True, False, None, True)
    """
    first, second = _reach(a), _reach(b)
    if _apart(first, second):
        return False
    if (first.is_solid and second.is_solid) or _holds(first, second) or _holds(second, first):
        return True
    return None


def within(a: str | Edtf, b: str | Edtf) -> bool | None:
    """Return whether `a` lies wholly within `b`.

    >>> within("1990-05", "1990"), within("1991", "1990"), within("1990", "1990-05")
    (True, False, None)
    """
    inner, outer = _reach(a), _reach(b)
    if _apart(inner, outer):
        return False
    return True if _holds(outer, inner) else None


def _apart(first: _Reach, second: _Reach) -> bool:
    return bool(
        (first.latest and second.earliest and first.latest < second.earliest)
        or (second.latest and first.earliest and second.latest < first.earliest)
    )


def _holds(outer: _Reach, inner: _Reach) -> bool:
    """Return whether all that `inner` may be lies in what `outer` surely is."""
    return (
        outer.is_solid
        and (outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest))
        and (outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest))
    )


@lru_cache(maxsize=1 << 15)  # the days of a century are fewer
def _reach(value: str | Edtf) -> _Reach:
    edtf = parse(value) if isinstance(value, str) else value
    if isinstance(edtf, Date):
        return _Reach(*_widened(edtf), _is_solid(edtf))
    if isinstance(edtf, Interval):
        start, end = edtf.start, edtf.end
        return _Reach(
            _widened(start)[0] if isinstance(start, Date) else None,
            _widened(end)[1] if isinstance(end, Date) else None,
            all(_is_solid(s) if isinstance(s, Date) else s is Edge.OPEN for s in (start, end)),
        )
    assert isinstance(edtf, DateSet)
    plain = bounds(edtf)
    starts = [item.start if isinstance(item, Stretch) else item for item in edtf.items]
    ends = [item.end if isinstance(item, Stretch) else item for item in edtf.items]
    return _Reach(
        min(_widened(d)[0] for d in starts if d) if plain.earliest else None,
        max(_widened(d)[1] for d in ends if d) if plain.latest else None,
        is_solid=False,
    )


def _is_solid(date: Date) -> bool:
    return not (date.is_masked or date.is_approximate or date.is_uncertain)


def _widened(date: Date) -> tuple[Day, Day]:
    """Return the bounds, moved outwards by what a qualifier may be off."""
    first, last = date_bounds(date)
    if not any(date.marks):
        return first, last
    times = 2 if "%" in date.marks else 1
    # a mark to the left says its own part, a mark to the right the group that ends there
    index = next(i for i, mark in enumerate(date.marks) if mark) // 2
    unit = ("year", "month", "day")[index]
    if unit == "day":
        return from_day_number(day_number(first) - times), from_day_number(day_number(last) + times)
    months = times * (1 if unit == "month" else 12 * _year_unit(date))
    if date.season is not None and unit == "month":
        months = 3 * times
    return _move(first, -months, to_end=False), _move(
        last, months, to_end=last.day == month_length(*last[:2])
    )


def _year_unit(date: Date) -> int:
    open_digits = len(date.year) - len(date.year.rstrip("X"))
    return int(10**open_digits)


def _move(day: Day, months: int, *, to_end: bool) -> Day:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = month_length(year, month + 1)
    return Day(year, month + 1, longest if to_end else min(day.day, longest))
