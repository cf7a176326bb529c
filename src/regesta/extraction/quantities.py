"""Every number of a text and what it measures: money, time, counts, ages, shares, ordinals, and what is no quantity.

    the program for around 200 people, ₩540,000 monthly, sent by Unit 731
                    [---------------)  [--------------)          [------)
                    about 200 person   540000 KRW/month          code: weak, with the reason

Nothing is passed over: every run of digits lies in the span of a `Quantity` or in a span that the caller has other plans
for (dates, names, footnote marks). What looks like a number but counts nothing comes back too, marked weak.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from regesta.dates import is_foreign
from regesta.extraction.foreign_quantities import find_foreign_quantities
from regesta.extraction.numbers import GAP, TRIGGER
from regesta.extraction.quantity import Kind, Quantity
from regesta.extraction.quantity_reading import Reader

__all__ = ["Kind", "Quantity", "find_quantities", "may_count"]

_TIMES: Final = r"years|months|weeks|days|hours|decades|centuries"
_TIME: Final = r"year|month|week|day|hour|decade|century|fortnight|mile|kilometre|kilometer"
_AGES: Final = r"teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_SCAN: Final = re.compile(
    rf"(?P<number>{TRIGGER.pattern})"
    rf"|(?<![^\W\d_])(?:(?P<vague>[Ff]or{GAP}(?:(?:many|long|some|countless){GAP})?(?:{_TIMES})(?![^\W\d_]))"
    rf"|(?P<article>[Aa]n?{GAP}(?=(?:{_TIME})(?![^\W\d_-])))"
    rf"|(?P<age>[Ii]n{GAP}(?:his|her|their|my){GAP}(?:(?:early|mid|late)[ -])?(?:{_AGES}|\d0['’]?s)(?![^\W\d_])))"
)
_SIGN: Final = re.compile(rf"{TRIGGER.pattern}|(?<![^\W\d_])(?:{_TIMES}|{_TIME}|{_AGES})(?![^\W\d_])")
"""In a word: what `_SCAN` cannot do without."""


def may_count(word: str) -> bool:
    """Return whether a quantity may begin in a word (small letters), or up to three words before it.

    >>> may_count("mid-thirties"), may_count("7th"), may_count("tenant")
    (True, True, False)
    """
    return _SIGN.search(word) is not None


def find_quantities(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    skip: Sequence[tuple[int, int]] = (),
    spoken: str | None = None,
    within: Sequence[tuple[int, int]] | None = None,
) -> list[Quantity]:
    """Return the quantities of `text[start:end]` in order, none overlapping another; no number inside a span of `skip` is read.

    `spoken` is the language of the text (BCP 47) where it is known. `within`: who knows that all is plain English gives the
    stretches, in order, in which quantities may begin, told by `may_count`, and nothing else is looked at.

    >>> text = "a 31-person team got ₩36 million each and a MiG-15"
    >>> [(q.span.of(text), q.number, q.unit or q.reason) for q in find_quantities(text)]
    [('31-person', 31, 'person'), ('₩36 million each', 36000000, 'KRW'), ('MiG-15', None, 'a part of a name or code')]
    """
    stop = len(text) if end is None else min(end, len(text))
    if within is not None and not within:
        return []
    is_abroad = is_foreign(spoken)
    foreign = find_foreign_quantities(text, max(0, start), stop, skip, spoken) if within is None else []
    closed = _merged([*skip, *(quantity.span for quantity in foreign)] if foreign else skip, start, stop)
    starts = [span[0] for span in closed]
    found: list[Quantity] = []
    at = floor = max(0, start)
    ends = [b for _, b in within] if within is not None else []
    until = stop
    while True:
        if within is not None:
            ahead = bisect_right(ends, at)
            if ahead == len(ends):
                break
            at, until = (
                max(at, within[ahead][0]),
                min(ends[ahead] + 1, stop),
            )  # a pattern looks at what follows
        match = _SCAN.search(text, at, until)
        if match is None:
            if within is None:
                break
            at = ends[ahead]
            continue
        place = match.start()
        if is_abroad and not text[place].isdigit():  # "ten" and "one" are other words elsewhere
            at = match.end()
            continue
        index = bisect_left(starts, place + 1)
        if index and closed[index - 1][1] > place:
            at = floor = max(closed[index - 1][1], at)
            continue
        if index:
            floor = max(floor, closed[index - 1][1])
        limit = starts[index] if index < len(starts) else stop
        reach = next((a for a, b in closed[index : index + 4] if _is_closed_to_nouns(text, a, b)), stop)
        reader = Reader(text, floor, limit, max(limit, reach), found[-1] if found else None)
        quantity = reader.read(match)
        if quantity is None:
            at = match.end() if match.lastgroup == "number" else place + 1
            continue
        if is_abroad and quantity.kind == "count" and quantity.noun.count(" ") > 1:
            quantity = replace(
                quantity, kind="bare", unit="", noun="", noun_span=None, span=quantity.number_span
            )
        found.append(quantity)
        at = floor = quantity.span.end
    return _apart([*found, *foreign]) if foreign else found


def _apart(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities in order; of two that overlap, the first: "0-세명" holds "세명"."""
    kept: list[Quantity] = []
    for one in sorted(quantities, key=lambda quantity: quantity.span):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return kept


def _merged(skip: Sequence[tuple[int, int]], start: int, stop: int) -> list[tuple[int, int]]:
    """Return the spans within the bounds, sorted and disjoint."""
    closed: list[tuple[int, int]] = []
    for a, b in sorted((a, b) for a, b in skip if a < b and b > start and a < stop):
        if closed and a <= closed[-1][1]:
            closed[-1] = (closed[-1][0], max(b, closed[-1][1]))
        else:
            closed.append((a, b))
    return closed


def _is_closed_to_nouns(text: str, start: int, end: int) -> bool:
    """Whether no counted noun may reach into a skipped span: dates and marks are, "North Korean" is not."""
    return text[start] in "[(" or any(c.isdigit() for c in text[start : min(end, start + 60)])
