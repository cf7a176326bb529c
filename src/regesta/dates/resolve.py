"""Completing a date phrase with what stands elsewhere: a heading's year, the date told before, the source's own date.

    heading "1953"      entry "21 September – ..."
      year                 partial XXXX-09-21       ->  1953-09-21, evidence (entry, heading)

Which year and which anchor apply is for the caller to say; here is only the sum.
"""

from __future__ import annotations

from dataclasses import replace

from regesta.dates.bounds import bounds
from regesta.dates.days import Day, day_number, from_day_number, month_length
from regesta.dates.phrase import DatePhrase, apply_bound
from regesta.dates.values import ends, fill_year, part_of, qualify, split_mark
from regesta.errors import DateError
from regesta.text.span import Span

__all__ = ["resolve"]

_YEARS = {"year": 1, "decade": 10, "century": 100}


def resolve(
    phrase: DatePhrase,
    *,
    year: tuple[int | str, Span] | None = None,
    anchor: tuple[str, Span] | None = None,
    source_date: str | None = None,
) -> DatePhrase:
    """Return the phrase with its value completed, or as it was where that cannot be.

    `year` is a year (or masked year, `198X`) and where it stands: it completes a missing year. `anchor` is the date that
    was told before: relative phrases count from it, and it lends its year if `year` is not given. `source_date` is when
    the source speaks: "now" becomes `../DATE` (true then, begun nobody knows when), and "two years ago" counts from it; it
    never lends a year. The spans that helped are added to `evidence`. A phrase that has a value is returned unchanged.

    >>> from regesta.dates import find_dates
    >>> later, = find_dates("Two years later he fled.")
    >>> resolve(later, anchor=("1953-09-21", Span(0, 4))).edtf
    '1955'
    """
    if phrase.edtf is not None:
        return phrase
    if phrase.kind == "now":
        return replace(phrase, edtf=f"../{source_date}", core_edtf=source_date) if source_date else phrase
    if phrase.partial is not None:
        return _with_year(phrase, phrase.partial, year, anchor)
    if phrase.kind == "relative" and phrase.offset is not None and phrase.relative_to != "event":
        return _with_anchor(phrase, phrase.offset, anchor, source_date)
    return phrase


def _with_year(
    phrase: DatePhrase, partial: str, year: tuple[int | str, Span] | None, anchor: tuple[str, Span] | None
) -> DatePhrase:
    """Return a phrase that lacks its year with one lent to it."""
    if year is not None:
        number = f"{year[0]:04d}" if isinstance(year[0], int) else split_mark(year[0])[0]
        span = year[1]
    elif anchor is not None:
        number, last = (side[:4] for side in ends(anchor[0]))
        span = anchor[1]
        if number != last:  # a stretch of several years lends none
            return phrase
    else:
        return phrase
    if len(number) != 4 or not (number.isdecimal() or number.rstrip("X").isdecimal()):
        return phrase
    value = fill_year(partial, number)
    if number.isdecimal() and month_length(int(number), 2) == 28 and "-02-29" in value:
        value = value.replace("-02-29~", "-02-28~")  # "the end of February"
        if "-02-29" in value:
            return phrase
    hint = phrase.bounds_hint
    if phrase.qualifier in {"early", "mid", "late"} and len(value) == 7 and number.isdecimal():
        hint = part_of(value, phrase.qualifier, "month")[1]
    edtf, hint = apply_bound(value, hint, phrase.qualifier)
    return replace(
        phrase, edtf=edtf, core_edtf=value, partial=None, bounds_hint=hint, evidence=(*phrase.evidence, span)
    )


def _with_anchor(
    phrase: DatePhrase, offset: tuple[int, str], anchor: tuple[str, Span] | None, source_date: str | None
) -> DatePhrase:
    """Return a phrase that counts from elsewhere with its value."""
    base = source_date if phrase.relative_to == "source" else anchor[0] if anchor else None
    try:
        value = _shift(base, *offset) if base else None
    except DateError:
        return phrase
    if value is None:
        return phrase
    hint = None
    if phrase.qualifier == "about":
        value = qualify(value, "~")
    elif phrase.qualifier in {"early", "mid", "late", "end", "beginning"} and value.isdecimal():
        value, hint = part_of(value, phrase.qualifier, "year")
    helped = (anchor[1],) if anchor and phrase.relative_to != "source" else ()
    return replace(
        phrase, edtf=value, core_edtf=value, bounds_hint=hint, evidence=(*phrase.evidence, *helped)
    )


def _shift(base: str, amount: int, unit: str) -> str | None:
    """Return a date moved by a count of units, no more precise than the unit nor than itself.

    A unit finer than the date leaves it open on which side of a border it falls: a month after 1990 is `[1990,1991]`.
    Round numbers are round: a decade after 1998 is `2008~`.
    """
    low, high = ends(base)
    low, high = low or high, high or low
    (low, low_mark), (high, high_mark) = split_mark(low), split_mark(high)
    first, last = bounds(low).earliest, bounds(high).latest
    if first is None or last is None or any(len(side) > 10 for side in (low, high)):
        return None
    mark = low_mark or high_mark
    if unit in _YEARS:
        return _shift_years(
            first, last, amount * _YEARS[unit], mark or ("~" if amount and unit != "year" else "")
        )
    if unit == "day" and amount == 0 and low == high:
        return qualify(low, mark)
    if low != high or "X" in low:
        return None
    depth = low.count("-")
    if unit == "month":
        depth = min(depth, 1)
        first, last = _add_months(first, amount), _add_months(last, amount)
    else:
        days = amount * (7 if unit == "week" else 1)
        first, last = (from_day_number(day_number(day) + days) for day in (first, last))
    start, end = (str(day)[: (4, 7, 10)[depth]] for day in (first, last))
    return qualify(start, mark) if start == end else f"[{start},{end}]"


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
