"""Completing a date phrase with what stands elsewhere: a heading's year, the date told before, the source's own date.

    heading "1953"      entry "21 September – ..."
      year                 partial XXXX-09-21       ->  1953-09-21, evidence (entry, heading)

Which year and which anchor apply is for the caller to say; here is only the sum.
"""

from __future__ import annotations

from dataclasses import replace

from regesta.dates.days import month_length
from regesta.dates.phrase import DatePhrase, apply_bound
from regesta.dates.shift import recurrence, shift
from regesta.dates.values import ends, fill_year, part_of, qualify, split_mark
from regesta.text.span import Span

__all__ = ["resolve"]


_BY_YEAR = frozenset({"year", "decade", "century", "recurrence"})
"""Units that a heading's year is exact enough to count from."""


def resolve(
    phrase: DatePhrase,
    *,
    year: tuple[int | str, Span] | None = None,
    anchor: tuple[str, Span] | None = None,
    source_date: str | None = None,
) -> DatePhrase:
    """Return the phrase with its value completed, or as it was where that cannot be.

    `year` is a year (or masked year, `198X`) and where it stands: it completes a missing year. `anchor` is the date that
    was told before: relative phrases count from it, and it lends its year if `year` is not given; without one, whole years
    are counted from `year`. `source_date` is when
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
    if phrase.offset is not None and phrase.relative_to != "event":
        if anchor is None and year is not None and phrase.offset[1] in _BY_YEAR:
            anchor = (_written(year[0]), year[1])
        return _with_anchor(phrase, phrase.offset, anchor, source_date)
    if phrase.partial is not None:
        return _with_year(phrase, phrase.partial, year, anchor)
    return phrase


def _written(year: int | str) -> str:
    return f"{year:04d}" if isinstance(year, int) else split_mark(year)[0]


def _with_year(
    phrase: DatePhrase, partial: str, year: tuple[int | str, Span] | None, anchor: tuple[str, Span] | None
) -> DatePhrase:
    """Return a phrase that lacks its year with one lent to it."""
    if year is not None:
        number, span = _written(year[0]), year[1]
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
    if base is None:
        return phrase
    value: str | None
    hint = None
    if offset[1] == "recurrence":
        value = recurrence(phrase.partial or "", base, offset[0])
    elif phrase.partial is None:
        value = shift(base, *offset)
    else:  # "the end of that year"
        value = shift(base, *offset)
        value = fill_year(phrase.partial, value) if value and value.isdecimal() else None
    if value is None:
        return phrase
    if phrase.qualifier == "about":
        value = qualify(value, "~")
    elif phrase.qualifier in {"early", "mid", "late"} and value.isdecimal():
        value, hint = part_of(value, phrase.qualifier, "year")
    edtf, hint = apply_bound(value, hint, phrase.qualifier)
    helped = (anchor[1],) if anchor and phrase.relative_to != "source" else ()
    return replace(
        phrase,
        edtf=edtf,
        core_edtf=value,
        partial=None,
        bounds_hint=hint,
        evidence=(*phrase.evidence, *helped),
    )
