"""F050: what sentences call the largest boat or group, and a larger one in another sentence.

    "41 people, the largest group that any boat brought to Lyngby"  ·  "9 October: Havhesten, 56 people"
    "no larger company ever came in one ship than the 85"           ·  "that of Captain Roux had 97 on board"
    "in all the boats brought 174 people"                              a sum: not compared

The other must be one boat or one group (on board, a boat, an entry with a date), exact, larger, and of the same matter: in the same
source, or in one that shares its names. Whether it was meant to count nobody can see, so it is worth knowing. Records that claims
hold are the work of `superlatives`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.sentence_figures import kind_of
from regesta.criticism.telling import Sentence, are_beside, sentences
from regesta.criticism.view import View, finding
from regesta.model import Finding

if TYPE_CHECKING:
    from regesta.criticism.sentence_figures import Number

__all__ = ["rival_records"]

_VESSEL: Final = (
    r"(?:boat|ship|vessel|trawler|steamer|raft|ferry|train|convoy|sloop|cutter|schooner|freighter|junk|dinghy|barge|bus|lorry|truck|plane|flight|"
    r"transport|crossing|landing|passage|voyage|boatload|shipload|caravan|column|wagon|brig|frigate|canoe|launch|tanker|yacht)"
)
_RECORD: Final = re.compile(
    r"\b(?:largest|biggest|greatest|fullest|most crowded)\s(?:single\s)?(?:[\w'’-]+\s){0,2}?"
    rf"(?P<what>group|company|party|contingent|number|load|crowd|{_VESSEL})\b|"
    rf"\b[Nn](?:o|ever (?:was|did) a)\s(?:larger|bigger|greater)\s(?P<other>[\w'’-]+)\b[^.;]{{0,60}}?\bthan\b|"
    rf"\bmore (?:people )?than any other\s(?P<any>{_VESSEL}|group|party)\b"
)
_ONE: Final = re.compile(
    rf"\b(?:on board|aboard)\b|\b(?:a|an|one|the|her|his|their|that)\s(?:[\w'’-]+\s){{0,3}}?{_VESSEL}\b|^[^.;]{{0,40}}\d[^.;]{{0,14}}[:–—-]\s|\bin one\s{_VESSEL}\b|"
    r"\b(?:carr(?:ied|ying)|landed|brought)\b"
)
_SUM: Final = re.compile(
    r"\b(?:in all|altogether|total|together|all told|overall|so far|by the end|since|during|between|in \d{4}|that year|(?:boats|ships|trains|planes|"
    r"flights|convoys|vessels|crossings|voyages|trips|families|months|weeks|days|years))\b",
    re.IGNORECASE,
)
_AS_IT_WAS: Final = re.compile(
    r"\b(?:so far|until then|until now|up to then|to date|at the time|at that time|yet|one of the|among the|that (?:day|week|month|year|autumn|winter|spring|summer)|"
    r"of the (?:day|week|month|year|season)|second|third|not the)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"\b(?:room|places|space|beds|up to|of the|of these|another|more than|over|about|some|at least)\s*(?:for\s)?$",
    re.IGNORECASE,
)
_PROPER: Final = re.compile(r"(?<=\s)[^\W\d_a-z][\w'’-]{2,}")
_MONTHS: Final = frozenset(
    "January February March April May June July August September October November December".split()
)
_FEWEST: Final = 3


class _Record(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    value: int
    words: str


def rival_records(view: View) -> Iterator[Finding]:
    """Tell of one boat or group that is larger than what a sentence calls the largest."""
    told = sentences(view)
    found = [record for one in told if (record := _record(one)) is not None][:60]
    if not found:
        return
    beside = are_beside(view)
    others = [
        (one, number)
        for one in told
        if one.kind != "heading" and len(one.text) <= 400 and one.numbers and _ONE.search(one.text)
        for number in _loads(one)
    ]
    for record in found:
        one = record.sentence
        larger = [
            (other, number)
            for other, number in others
            if number.value > record.value and other is not one and beside(one.source, other.source)
            and not (_foreign(one, other))
        ]  # fmt: skip
        if larger:
            other, number = max(larger, key=lambda pair: pair[1].value)
            end = min(len(other.text), number.end + 1 + len(number.noun))
            yield finding(
                "F050",
                "superlative-conflict",
                "info",
                f"“{record.words}” is said of {record.value:,}, but {number.value:,} are told of another; whether they were "
                "meant to count is not said.",
                [one.said(record.start, record.end), other.said(max(0, end - 160), end)],
                record=record.value,
                other=number.value,
            )


def _record(one: Sentence) -> _Record | None:
    """Return what a sentence calls the largest, with its number."""
    match = _RECORD.search(one.text) if one.kind != "heading" and len(one.text) <= 600 else None
    if match is None or _AS_IT_WAS.search(one.text):
        return None
    people = [n for n in one.numbers if not n.is_about and n.value >= _FEWEST and _is_load(n, one.text)]
    if match["other"]:
        people = [n for n in people if n.start >= match.end()][:1]
    if len(people) != 1:
        return None
    low, high = min(match.start(), people[0].start), max(match.end(), people[0].end)
    return _Record(one, low, high, people[0].value, " ".join(match[0].split()))


def _is_load(number: Number, text: str) -> bool:
    kind = kind_of(number, text)
    return kind in ("people", "men", "women", "children") or (
        kind is None
        and re.match(r"\s(?:whom|on board|aboard|of (?:them|us))\b|[.,;]|$", text[number.end :]) is not None
    )


def _loads(one: Sentence) -> Sequence[Number]:
    """Return the number of those whom one boat or group brought: the only one that its sentence gives."""
    if _SUM.search(one.text) or re.search(
        r"\b(?:planned|expected|would|could|can|may|room for|rumou?r|said to)\b", one.text
    ):
        return []
    people = [n for n in one.numbers if _is_load(n, one.text)]
    if len(people) != 1 or people[0].is_about or _PART.search(one.text[: people[0].start]):
        return []
    return people


def _foreign(record: Sentence, other: Sentence) -> bool:
    """Whether the record is of a place that the other sentence has not, and the other names places of its own."""
    own = set(_PROPER.findall(record.text)) - _MONTHS
    theirs = (
        set(re.findall(r"\b(?:in|at|to|of|near|reached)\s([^\W\d_a-z][\w'’-]{2,})", other.text)) - _MONTHS
    )
    return bool(theirs) and not theirs & own
