"""Days that are told by their number alone: "on the 14th", "the 26th of that month", "it was the 29th".

    heading "August 1994"      On the 14th a raft came in       1994-08-14, by the heading
    In July 2013 ... and were landed on the 21st                2013-07-21, by the month told before
    on the first of August 2018                                 2018-08-01, the day in words

Here they are only found; `passage_dates.resolve_dates` completes them. A number that counts something else is none: "on the 14th
floor", "the 38th parallel", "the 14th of May" (a date by itself).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from regesta.dates import DatePhrase
from regesta.text.span import Span

__all__ = ["DAY_ALONE", "DAY_OF_MONTH", "with_ordinals"]

DAY_ALONE = "XXXX-XX-"
"""How the partial value of such a day begins."""
_ORDINAL = re.compile(
    r"\b(?:on|of|it was) the (?P<day>[0-3]?\d)(?:st|nd|rd|th)\b"
    r"(?P<month> of (?:that|the same|the|this) month)?(?! ?[-–/\d]| (?:of\b|century|(?-i:[A-Z])|floor|birthday|anniversary|day\b|attempt|try\b|time\b|street|parallel|"
    r"division|regiment|infantry|battalion|brigade|army|avenue|district|arrondissement|congress|page|round|minute|hour|week|"
    r"month|year|night\b|lap\b|kilomet|mile|step|place|row\b|seat|grade|form\b|hole|green|tee\b|edition|party|session))",
    re.IGNORECASE,
)

_NTH = re.compile(r"\d(?:st|nd|rd|th)\b", re.IGNORECASE)
"""What every such day holds, and few passages do; quick to look for."""

DAY_OF_MONTH = re.compile(
    r"(?<![0-9.,~-])(?P<day>[12][0-9]|3[01]|[1-9])일(?=\(|까지|부터|자|께|에(?![는도])|의(?= )| "
    r"(?!동안|만에|간|전|후|뒤|넘|이상|이내|내내|안에|가량|정도|남짓|씩|밖|걸|굶|지나|머무|머물|기다|휴가|연속|뒤|내로|째))"
)
"""A day of a month in Korean, as papers tell it: "13일 저녁", "지난 7일 입국"; no stretch of days."""
_OTHER_MONTH = re.compile(r"(?:지난달|다음 ?달|내달|전달|이달) $")

_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_WORD_BEFORE = re.compile(
    rf"\bthe (?P<day>{'|'.join(sorted(_WORDS, key=len, reverse=True))}) of $", re.IGNORECASE
)
_MONTH_ALONE = re.compile(r"[\dX]{4}-(?:0\d|1[012])")


def _of_month(text: str, span: Span, date: DatePhrase) -> DatePhrase:
    """Return a month with the day that words put before it: "the first of August"."""
    value = date.edtf or date.partial or ""
    if date.kind != "date" or not _MONTH_ALONE.fullmatch(value):
        return date
    match = _WORD_BEFORE.search(text, max(span.start, date.span.start - 24), date.span.start)
    if match is None:
        return date
    day = f"{value}-{_WORDS.index(match['day'].lower()) + 1:02d}"
    here = Span(match.start(), date.span.end)
    told = replace(date, span=here, core=here, evidence=(here, *date.evidence[1:]), bounds_hint=None)
    return replace(told, edtf=day, core_edtf=day) if date.edtf else replace(told, partial=day)


def with_ordinals(
    text: str, span: Span, found: Sequence[DatePhrase], words: Sequence[tuple[int, int]] | None = None
) -> list[DatePhrase]:
    """Return the dates of a passage together with the days told by number alone, in order.

    `words` are those of the passage that may date, where they are known.

    >>> text = "On the 14th a raft came in, on the 14th floor."
    >>> [(d.span.of(text), d.partial) for d in with_ordinals(text, Span(0, len(text)), [])]
    [('the 14th', 'XXXX-XX-14')]
    """
    found = [_of_month(text, span, date) for date in found]
    days: list[DatePhrase] = []
    is_told = any(_NTH.search(text, start, end) for start, end in ([span] if words is None else words))
    for match in _ORDINAL.finditer(text, *span) if is_told else ():
        number = int(match["day"])
        here = Span(match.start("day") - 4, match.end())
        if not 1 <= number <= 31:
            continue
        if any(d.span.overlaps(here) and not (match["month"] and d.kind == "relative") for d in found):
            continue
        days.append(
            DatePhrase(
                span=here, core=here, kind="date", partial=f"{DAY_ALONE}{number:02d}", evidence=(here,)
            )
        )
    for match in DAY_OF_MONTH.finditer(text, *span) if "일" in text[span.start : span.end] else ():
        here = Span(match.start(), match.end("day") + 1)
        if not any(d.span.overlaps(here) for d in found) and not _OTHER_MONTH.search(
            text, span.start, here.start
        ):
            partial = f"{DAY_ALONE}{int(match['day']):02d}"
            days.append(DatePhrase(span=here, core=here, kind="date", partial=partial, evidence=(here,)))
    if not days:
        return list(found)
    kept = [d for d in found if not any(d.span.overlaps(day.span) for day in days)]
    return sorted([*kept, *days], key=lambda d: d.span)
