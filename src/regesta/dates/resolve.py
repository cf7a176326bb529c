"""Completing a date phrase with what stands elsewhere: a heading's year, the date told before, the source's own date.

    heading "1953"      entry "21 September – ..."
      year                 partial XXXX-09-21       ->  1953-09-21, evidence (entry, heading)
"""

from __future__ import annotations

from dataclasses import replace

from regesta.dates.days import Day, day_number, from_day_number, month_length
from regesta.dates.phrase import DatePhrase, apply_bound
from regesta.dates.values import end_of, fill_year, first_day, last_day, part_of, qualify, split_mark
from regesta.text.span import Span

__all__ = ["resolve"]


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
    the source speaks: "now" becomes `../DATE` (true then, begun nobody knows when), and "two years ago" counts from it.
    The spans that helped are added to `evidence`. A phrase that has a value is returned unchanged.

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
        return _with_year(phrase, year, anchor)
    if phrase.kind == "relative":
        return _with_anchor(phrase, anchor, source_date)
    return phrase


def _with_year(
    phrase: DatePhrase, year: tuple[int | str, Span] | None, anchor: tuple[str, Span] | None
) -> DatePhrase:
    assert phrase.partial is not None
    if year is not None:
        number, span = str(year[0]), year[1]
        if isinstance(year[0], int):
            number = f"{year[0]:04d}"
    elif anchor is not None:
        low, high = end_of(anchor[0])
        if low[:4] != high[:4] or not low[:4].isdecimal():
            return phrase
        number, span = low[:4], anchor[1]
    else:
        return phrase
    number = split_mark(number)[0]
    if len(number) != 4:
        return phrase
    value = fill_year(phrase.partial, number)
    if value.startswith(f"{number}-02-29") and number.isdecimal() and month_length(int(number), 2) == 28:
        if not value.endswith("~"):
            return phrase
        value = f"{number}-02-28~"
    hint = phrase.bounds_hint
    if phrase.qualifier in {"early", "mid", "late"} and value.count("-") == 1 and "/" not in value and number.isdecimal():
        hint = part_of(value, phrase.qualifier, "month")[1]
    edtf, hint = apply_bound(value, hint, phrase.qualifier)
    return replace(
        phrase, edtf=edtf, core_edtf=value, partial=None, bounds_hint=hint, evidence=(*phrase.evidence, span)
    )


def _with_anchor(phrase: DatePhrase, anchor: tuple[str, Span] | None, source_date: str | None) -> DatePhrase:
    if phrase.offset is None or phrase.relative_to == "event":
        return phrase
    if phrase.relative_to == "source":
        base, spans = source_date, ()
    else:
        base, spans = (anchor[0], (anchor[1],)) if anchor else (None, ())
    if base is None:
        return phrase
    value = _shift(base, *phrase.offset)
    if value is None:
        return phrase
    if phrase.qualifier == "about":
        value = qualify(value, "~")
    precision = {0: "year", 1: "month", 2: "day"}[value.count("-")] if value[0] not in "[-" and "/" not in value else "day"
    if phrase.qualifier in {"early", "mid", "late", "end", "beginning"} and value.isdecimal():
        value, hint = part_of(value, phrase.qualifier, precision)
        return replace(phrase, edtf=value, core_edtf=value, bounds_hint=hint, evidence=(*phrase.evidence, *spans))
    return replace(phrase, edtf=value, core_edtf=value, evidence=(*phrase.evidence, *spans))


def _shift(base: str, amount: int, unit: str) -> str | None:
    """Return a date moved by a count of units, no more precise than the unit nor than itself.

    A unit finer than the anchor leaves two possible values at most: "a month after" 1990 is `[1990,1991]`.
    """
    low, high = end_of(base)
    low, high = low or high, high or low
    low, low_mark = split_mark(low)
    high, high_mark = split_mark(high)
    if not low or any(c in low + high for c in "[{(") or low.startswith("Y") or high.startswith("Y"):
        return None
    mark = low_mark or high_mark
    start, end = first_day(low), last_day(high)
    masked = low == high and len(low) == 4 and low.endswith("X")
    if unit in {"year", "decade", "century"}:
        years = amount * {"year": 1, "decade": 10, "century": 100}[unit]
        first, last = start.year + years, end.year + years
        if not 0 <= first <= last <= 9999:
            return None
        if first == last:
            return qualify(f"{first:04d}", mark or ("~" if unit != "year" and amount else ""))
        if masked and last - first == 9 and first % 10 == 0:
            return f"{first // 10:03d}X{mark}"
        if masked and first % 100 == 0 and last - first == 99:
            return f"{first // 100:02d}XX{mark}"
        return f"{first:04d}/{last:04d}"
    if low != high and unit != "day":
        return None
    depth = low.count("-")
    if unit == "month":
        start, end = _add_months(start, amount), _add_months(end, amount, last=depth < 2)
        depth = min(depth, 1)
    else:
        days = amount * (7 if unit == "week" else 1)
        start, end = (from_day_number(day_number(d) + days) for d in (start, end))
        if amount == 0 and unit == "day":
            return qualify(low, mark) if low == high else None
    values = [_cut(d, depth) for d in (start, end)]
    if values[0] == values[1]:
        return qualify(values[0], mark or ("~" if unit == "week" and amount and depth == 2 and False else ""))
    if depth == 2 or masked:
        return f"{values[0]}/{values[1]}"
    return f"[{values[0]},{values[1]}]"


def _cut(day: Day, depth: int) -> str:
    return f"{day.year:04d}" if depth == 0 else f"{day.year:04d}-{day.month:02d}" if depth == 1 else str(day)


def _add_months(day: Day, months: int, *, last: bool = False) -> Day:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    longest = month_length(year, month + 1)
    return Day(year, month + 1, longest if last else min(day.day, longest))
