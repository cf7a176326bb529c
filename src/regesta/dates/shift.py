"""Moving an EDTF date by a count of units, and finding the next May: the sums of relative phrases.

A result is never more precise than the unit nor than the date it started from.

    1953-09-21  + 2 years    1955              1990  + 1 month   [1990,1991]   either side of the border
    1998        + 1 decade   2008~             199X  + 1 decade  200X
"""

from __future__ import annotations

from regesta.dates.bounds import bounds
from regesta.dates.days import Day, day_number, from_day_number, month_length
from regesta.dates.values import ends, fill_year, qualify, split_mark
from regesta.errors import DateError

__all__ = ["recurrence", "shift"]

_YEARS = {"year": 1, "decade": 10, "century": 100}
_DAYS = {"day": 1, "week": 7, "month": 30}


def shift(base: str, amount: int, unit: str) -> str | None:
    """Return a date moved by a count of `day week month year decade century`, None where that says nothing.

    Of an interval the known ends count. Round numbers are round: a decade later is about ten years later.

    >>> shift("1953-09-21", 2, "year"), shift("2016-02-28", 2, "day"), shift("1998", 1, "decade")
    ('1955', '2016-03-01', '2008~')
    """
    low, high = ends(base)
    low, high = low or high, high or low
    (low, low_mark), (high, high_mark) = split_mark(low), split_mark(high)
    try:
        first, last = bounds(low).earliest, bounds(high).latest
    except DateError:
        return None
    if first is None or last is None or not 0 <= first.year <= last.year <= 9999:
        return None
    mark = low_mark or high_mark
    if unit in _YEARS:
        round_mark = "~" if amount and unit != "year" else ""
        return _shift_years(first, last, amount * _YEARS[unit], mark or round_mark)
    if unit == "day" and amount == 0 and low == high:
        return qualify(low, mark)
    if low != high or "X" in low or len(low) not in {4, 7, 10}:
        return None
    length = len(low)
    if unit == "month":
        length = min(length, 7)
        first, last = _add_months(first, amount), _add_months(last, amount)
    else:
        days = amount * (7 if unit == "week" else 1)
        first, last = (from_day_number(day_number(day) + days) for day in (first, last))
    start, end = (str(day)[:length] for day in (first, last))
    if start == end or (mark and abs(amount) * _DAYS[unit] <= (15 if length == 7 else 180)):
        # "about December 2020" is no less true of the next day
        return qualify(start if start == end else low, mark)
    return f"[{start},{end}]"


def recurrence(partial: str, base: str, step: int) -> str | None:
    """Return the first `partial` after (`step` 1) or before (-1) a date: "the following March".

    None where the date is too vague to say.

    >>> recurrence("XXXX-03", "1990-05-12", 1), recurrence("XXXX-09", "1990-05", 1), recurrence("XXXX-09", "1990", 1)
    ('1991-03', '1990-09', None)
    """
    try:
        known = bounds(base)
    except DateError:
        return None
    edge = known.latest if step > 0 else known.earliest
    other = known.earliest if step > 0 else known.latest
    if edge is None or other is None or not 1 < edge.year < 9998:
        return None
    found = []
    for day in (edge, other):
        years = range(day.year - 1, day.year + 2)
        near = [(y, bounds(split_mark(fill_year(partial, f"{y:04d}"))[0])) for y in years]
        if step > 0:
            found.append(min(y for y, b in near if b.earliest and b.earliest > day))
        else:
            found.append(max(y for y, b in near if b.latest and b.latest < day))
    return fill_year(partial, f"{found[0]:04d}") if found[0] == found[1] else None


def _shift_years(first: Day, last: Day, years: int, mark: str) -> str | None:
    low, high = first.year + years, last.year + years
    if not 0 <= low <= high <= 9999:
        return None
    if low == high:
        return qualify(f"{low:04d}", mark)
    if high - low == 9 and low % 10 == 0:
        return f"{low // 10:03d}X"
    if high - low == 99 and low % 100 == 0:
        return f"{low // 100:02d}XX"
    return f"{low:04d}/{high:04d}"


def _add_months(day: Day, months: int) -> Day:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return Day(year, month + 1, min(day.day, month_length(year, month + 1)))
