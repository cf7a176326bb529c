"""Part of F048: what two sources about one matter each count once, and differently.

    "it had 18 dormitories, 432 beds in all"   ·   "there were 360 beds for all of us"      value-conflict
    "a ration of 16 kilos of rice a month"     ·   "12 kilos of rice a month"

Only what a house has (beds, huts, tents) and measures of a stuff ("kilos of rice"), each with one number in all of its source,
and the rate alike. Whether both mean the same house and time nobody says, so it is worth knowing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.at_odds import at_odds
from regesta.criticism.telling import Sentence, are_beside, dated, sentences
from regesta.criticism.view import View
from regesta.dates import overlaps
from regesta.model import Finding

__all__ = ["sole_counts"]

_HAD: Final = frozenset(
    "beds bunks barracks huts tents cots dormitories rooms kitchens wells latrines blocks graves classrooms wards cabins berths lifeboats "
    "looms pupils teachers nurses guards Betten Baracken Zelte lits tentes camas".split()
)
_STUFF: Final = re.compile(
    r"^\s(?P<of>[a-z]+ of (?!them\b|these\b|those\b|us\b|the\b|age\b|a\b|his\b|her\b|their\b)[a-z]+)"
)
_RATE: Final = re.compile(
    r"\b(?:a|an|per|each|every)\s(?:day|week|month|year|head|family|person|man|adult|child|night)\b"
)
_PART: Final = re.compile(
    r"\b(?:another|other|more|further|additional|of the|of these|up to|at least|over|than|about|some|between|to|from)\s*$",
    re.IGNORECASE,
)
_FEWEST: Final = 3


class _Count(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    value: int
    rate: str
    times: tuple[str, ...]


def sole_counts(view: View) -> Iterator[Finding]:
    """Tell where two sources that each count a thing once count it differently."""
    groups: dict[str, dict[str, list[_Count]]] = defaultdict(lambda: defaultdict(list))
    dates = dated(view)
    for one in sentences(view):
        if one.kind == "heading":
            continue
        for n in one.numbers:
            stuff = _STUFF.match(one.text[n.end :])
            kind = stuff["of"] if stuff else n.noun.lower() if n.noun.lower() in _HAD else ""
            if kind and not re.match(r"\s[\w'’-]+\s(?:each|apiece)\b", one.text[n.end :]):
                per = _RATE.search(one.text[n.end : n.end + 50])
                is_part = n.is_about or n.value < _FEWEST or _PART.search(one.text[: n.start]) is not None
                times = tuple(d.edtf for d in dates(one) if not d.is_lent)
                end = min(len(one.text), n.end + 1 + len(kind))
                groups[kind][one.source].append(
                    _Count(one, n.start, end, -1 if is_part else n.value, per[0] if per else "", times)
                )
    beside = are_beside(view)
    for kind, by_source in groups.items():
        alone = [
            rows[0]
            for rows in by_source.values()
            if len({(r.value, r.rate) for r in rows}) == 1 and rows[0].value > 0
        ]
        for left, right in combinations(alone[:16], 2):
            if left.value == right.value or left.rate != right.rate:
                continue
            if not beside(left.sentence.source, right.sentence.source):
                continue
            if any(overlaps(a, b) is False for a in left.times for b in right.times):
                continue
            rate = f" {left.rate}" if left.rate else ""
            yield at_odds(
                f"{left.value:,} {kind}{rate} ({left.sentence.source}) against {right.value:,} ({right.sentence.source})",
                [left.sentence.said(left.start, left.end), right.sentence.said(right.start, right.end)],
                (left.value, right.value),
                of=kind,
            )
            break
