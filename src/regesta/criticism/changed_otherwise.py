"""Part of F048: to how much two sources let one thing be raised or cut at one time.

    "A ration of 420 grams was cut to 350 grams in March 1995"  ·  "In March 1995 the ration was cut from 420 to 300 grams"     value-conflict
    "the dole was raised to 150 rupees in 1991"  ·  "in 1996 to 220"                                                    two times: nothing

The sources must be about one matter, the month and the unit must be one, and a word before the verb must stand in both ("ration"). Whether
both mean the same nobody says, so it is worth knowing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.at_odds import at_odds
from regesta.criticism.statements import content
from regesta.criticism.telling import Sentence, are_beside, dated, sentences
from regesta.criticism.view import View
from regesta.criticism.wordings import NUMBER, number_of

if TYPE_CHECKING:
    from regesta.model import Finding

__all__ = ["changed_otherwise"]

_CHANGED: Final = re.compile(
    rf"(?P<what>[^.;:]{{3,120}}?)\s(?:was|were|is)\s(?:(?P<up>raised|increased)|(?P<down>cut|reduced|lowered|halved))\s(?:from\s[^.;]{{1,40}}?\s)?to\s(?P<n>(?i:{NUMBER}))\s(?P<unit>[a-z]+)"
)
_MONTH: Final = len("1995-03")
_MOST: Final = 200


class _Change(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    value: int
    what: frozenset[str]


def changed_otherwise(view: View) -> Iterator[Finding]:
    """Tell of two amounts to which one thing was changed at one time."""
    dates = dated(view)
    groups: dict[tuple[str, str, bool], list[_Change]] = defaultdict(list)
    for one in sentences(view):
        match = _CHANGED.search(one.text) if one.kind != "heading" and len(one.text) <= 300 else None
        own = [d for d in dates(one) if not d.is_lent and len(d.edtf) >= _MONTH] if match else []
        value = number_of(match["n"]) if match else None
        if match is None or value is None or len(own) != 1:
            continue
        key = own[0].edtf[:_MONTH], match["unit"].removesuffix("s"), bool(match["up"])
        low = match.start("up") if match["up"] else match.start("down")
        groups[key].append(
            _Change(one, max(0, low - 30), match.end(), value, content(match["what"].split(",")[-1]))
        )
    beside = are_beside(view)
    for (month, unit, _), told in groups.items():
        for left, right in combinations(told[:_MOST], 2):
            a, b = left.sentence.source, right.sentence.source
            words = {word for word in left.what & right.what if word.isalpha()}
            if (
                a == b
                or left.value == right.value
                or not words - content("March May June July day month")
                or not beside(a, b)
            ):
                continue
            yield at_odds(
                f"To {left.value:,} {unit} ({a}) against {right.value:,} ({b}), both {month}",
                [left.sentence.said(left.start, left.end), right.sentence.said(right.start, right.end)],
                (left.value, right.value),
            )
