"""Counts of one thing in one month, by two sources in the same words, that differ.

    "in October 2017 the camp took in 9,150"  ·  "In October 2017 the camp took in 9,510 people"      told
    "the camp took in 9,150" of Camp 27       ·  "the camp took in 4,000" of another camp              two camps
    "about 9,000", "more than 9,000"                                                                   no two counts

Where nobody says that two groups are one, the sentence does: the words before the number, without dates and numbers, are the
same, and what they speak of is named in both sources. That is less than certain, so it is told as worth knowing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.statements import content
from regesta.criticism.view import View, finding
from regesta.dates import find_dates
from regesta.model import Finding

__all__ = ["same_counts"]

_COUNTS: Final = """
with counted as (
    select c.id, c.source, c.value_number as number, c.when_edtf, v.start_char, v.quote
    from claims c join claim_evidence v on v.claim = c.id and v.position = 0
    where c.predicate in ('group_size', 'count', 'population', 'capacity', 'figure') and c.value_type = 'quantity' and c.value_number >= 10
      and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null and c.bound is null and c.at_event is null
      and not coalesce(c.value_approximate, false) and length(c.when_edtf) in (7, 10) and not contains(c.when_edtf, '/')
      and not exists (from observations o where o.claim = c.id)
), several as (
    select when_edtf from counted group by when_edtf having count(distinct source) > 1 and count(distinct number) > 1
)
select c.* from counted c join several using (when_edtf)
qualify row_number() over (partition by c.when_edtf order by c.source, c.start_char, c.id) <= ?
order by c.when_edtf, c.source, c.start_char, c.id
"""
_MOST: Final = 40
"""Counts of one month that are compared."""
_BEFORE: Final = 160
_NUMBER: Final = re.compile(r"\d[\d,. ]*\d|\d")
_EMPTY: Final = content(
    "January February March April May June July August September October November December people person refugee"
)
_FEWEST: Final = 2


class _Count(NamedTuple):
    claim: str
    source: str
    number: float
    frame: frozenset[str]


def same_counts(view: View) -> Iterator[Finding]:
    """Tell of two numbers that two sources give in the same words for the same month."""
    rows = view.rows(_COUNTS, [_MOST], needs={"sources": 2, "group_size|count|population|capacity|figure": 2})
    if not rows:
        return
    titles = {name: content(title or "") for name, title in view.rows("select name, title from sources")}
    places = []
    for _, source, number, _, start, quote in rows:
        at = start + max(0, quote.find(f"{number:,.0f}"))
        places.append((source, max(0, at - _BEFORE), at))
    groups: dict[str, list[_Count]] = defaultdict(list)
    for (claim, source, number, edtf, *_), words in zip(rows, view.words(places), strict=True):
        sentence = re.split(r"[.!?]\s|\n", words)[-1]
        dates = find_dates(sentence)
        if not dates or dates[-1].edtf != edtf:
            continue
        frame = content(_NUMBER.sub(" ", sentence)) - _EMPTY
        groups[edtf].append(_Count(claim, source, number, frame))
    for edtf, counts in groups.items():
        for left, right in combinations(counts, 2):
            if left.source == right.source or left.number == right.number or left.frame != right.frame:
                continue
            shared = titles[left.source] & titles[right.source]
            if len(left.frame) < _FEWEST or not shared & left.frame:
                continue
            said = view.claims([left.claim, right.claim])
            summary = f"{edtf}: {left.number:,.10g} ({left.source}) against {right.number:,.10g} ({right.source}), in the same words."
            yield finding(
                "F011",
                "value-conflict",
                "info",
                summary,
                [said[left.claim][0], said[right.claim][0]],
                values=[left.number, right.number],
            )
