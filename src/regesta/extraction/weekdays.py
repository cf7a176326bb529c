"""Weekdays of a dated report: "was found on a beach on Wednesday", under "Weipa, 19 January 2006", is 18 January.

    Geneva, 31 October 2017    the day on which the report was written: a Tuesday
    ... landed on Sunday       the last Sunday before it, or that day itself
    ... landed Sunday          the same, as American papers say it
    police said on Sunday      no day of anything

Only a report that opens with a place and a full date has such weekdays; plans ("on Friday he will") get no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from regesta.dates import DatePhrase
from regesta.text.span import Span

__all__ = ["reported_on", "weekdays"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OPENING = re.compile(r"(?:[A-Z][^.;:\d]{1,60}(?:No\. ?\d{1,5})?,\s)?$")
_SAID = re.compile(
    r"(?:\bon |(?<=[a-z] )(?<!\bthe )(?<!\band )(?<!\bfor )(?<!\blast )(?<!\bnext )(?<!\beach )(?<!\bthis )(?<!\bthat )(?<!\bfrom )(?<!\btill )(?<!\bevery )(?<!\buntil )(?<!\bsince )(?<!\bof )(?<!\bby )(?<!\bor )(?<!\bto )(?<!\bone )(?<!\ba ))"
    r"(?P<day>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: (?:morning|afternoon|evening|night))?"
    r"(?=[.;)]|, (?!\d|(?:January|February|March|April|May|June|July|August|September|October|November|December))| (?!\d|the \d|(?:January|February|March|April|May|June|"
    r"July|August|September|October|November|December)\b))"
)
_PLANNED = re.compile(
    r"\b(?:will|would|next|every|shall|to be|expect\w*|due|scheduled?|plann?\w*|hop\w+ to)\b"
)
_TOLD = re.compile(
    r"\b(?:said|says|told [^,.;]{2,40}|announced|reported|confirmed|added|quoted)(?: in a (?:statement|interview))?(?: late| early)? $"
)
"""What dates the saying and nothing that is said: "police said [on Thursday]"."""


def reported_on(text: str, start: int, dates: Sequence[DatePhrase]) -> tuple[str, Span] | None:
    """Return the day with which a report opens behind its place, where its first passage begins at `start`."""
    first = next((d for d in dates if d.edtf and len(d.edtf) == 10 and d.kind == "date"), None)
    if (
        first is None
        or first.span.start - start > 80
        or _OPENING.match(text, start, first.span.start) is None
    ):
        return None
    return (first.edtf or "", first.span)


def weekdays(text: str, span: Span, written: tuple[str, Span]) -> list[DatePhrase]:
    """Return the weekdays within `span` as the days that last bore their names when the report was written.

    >>> written = ("2017-10-31", Span(0, 4))
    >>> [d.edtf for d in weekdays("They landed on Sunday. He will sail on Friday.", Span(0, 46), written)]
    ['2017-10-29']
    """
    try:
        day = dt.date.fromisoformat(written[0])
    except ValueError:
        return []
    found: list[DatePhrase] = []
    for match in _SAID.finditer(text, *span):
        start = max(span.start, match.start() - 60)
        if _PLANNED.search(text, max(start, match.start() - 40), match.start()) or _TOLD.search(
            text, start, match.start()
        ):
            continue
        back = (day.weekday() - _DAYS.index(match["day"])) % 7
        edtf = (day - dt.timedelta(days=back)).isoformat()
        here = Span(*match.span())
        found.append(DatePhrase(span=here, core=here, edtf=edtf, kind="date", evidence=(here, written[1])))
    return found
