"""F015: the age that two sources give one person at one time which neither of them dates.

    "Ana Lindqvist, then 34 years old, cooked"   ·   "she was 36 then"               two years apart: value-conflict
    "aged 52 at the landing"                     ·   "58 when she was put ashore"
    "is now 70", "was 34 in 1950"                                                    other times: not compared

The words must bind the age to the tale ("then", "when", "at the landing", "that autumn"), not to the source's own day and to no year
of its own. One year apart is nothing: a birthday may lie between. A person is one where the chronicle holds so, or where each source has
one bearer of the surname; it may be another time of the tale, so this is worth knowing. Ages with dates are `conflicting_numbers`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.telling import Sentence, are_beside, sentences
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import NUMBER, number_of
from regesta.model import Finding

__all__ = ["ages_then"]

_AGES: Final = """
select c.subject, e.label, c.source, v.start_char from claims c
join claim_evidence v on v.claim = c.id and v.position = 0 join entities e on e.id = c.subject
where c.predicate = 'age' and c.subject_kind = 'person' and e.is_named and c.modality = 'asserted' and c.rank <> 'deprecated'
order by c.source, v.start_char
"""
_BEARERS: Final = """
select distinct m.source, lower(regexp_extract(m.quote, '([\\w''’-]+)$', 1)), m.entity from mentions m
join entities e on e.id = m.entity and e.kind = 'person' where m.form = 'name' and contains(m.quote, ' ')
"""
_N: Final = rf"(?i:{NUMBER})"
_AGE: Final = re.compile(
    rf"\baged\s(?P<a>{_N})\b|\b(?P<b>{_N})(?:\syears\sold|-year-old|\syears\sof\sage)\b|\b(?:was|were)\s(?:only\s|just\s|already\s|then\s)?"
    rf"(?P<c>{_N})\s(?=then|when|at the|that|on the|and had|in those)|\bat (?:the age of\s)?(?P<d>{_N})\s(?=years|she|he)"
)
_THEN: Final = re.compile(
    r"\b(?:then|when|at the (?:time|landing|crossing|arrival|moment)|at that time|on (?:landing|arrival|the day)|in those days|"
    r"that (?:year|autumn|fall|winter|spring|summer|day|night|month|week))\b",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    r"\b(?:now|today|is|are|died|death|born|about|around|some|nearly|almost|over|under|not yet)\b|\d{4}"
)
_SURNAME: Final = re.compile(r"\b[^\W\d_a-z][\w'’-]{2,}")
_APART: Final = 2
_OLDEST: Final = 115


class _Age(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    age: int
    label: str


def ages_then(view: View) -> Iterator[Finding]:
    """Tell of two ages of one person at the time that two sources tell of."""
    told = [
        (one, match)
        for one in sentences(view)
        if one.kind != "heading" and _THEN.search(one.text) and not _NOW.search(one.text)
        for match in [_AGE.search(one.text)]
        if match is not None and len(_AGE.findall(one.text)) == 1
    ]
    if len({one.source for one, _ in told}) < 2:
        return
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for source, surname, entity in view.rows(_BEARERS):
        bearers[source, surname].add(entity)
    claims = view.rows(_AGES)
    groups: dict[str, list[_Age]] = defaultdict(list)
    for one, match in told:
        age = number_of(next(part for part in match.groups() if part))
        if age is None or not 0 < age <= _OLDEST:
            continue
        for key, label in _whose(one, match, claims, bearers):
            groups[key].append(_Age(one, match.start(), match.end(), age, label))
    beside = are_beside(view)
    shown: set[tuple[int, int]] = set()
    for ages in groups.values():
        for left, right in combinations(ages[:12], 2):
            pair = left.sentence.start + left.start, right.sentence.start + right.start
            if (
                left.sentence.source == right.sentence.source
                or abs(left.age - right.age) < _APART
                or pair in shown
            ):
                continue
            if not beside(left.sentence.source, right.sentence.source):
                continue
            shown.add(pair)
            yield finding(
                "F015",
                "value-conflict",
                "info",
                f"{left.label}: {left.age} years old at the time told of ({left.sentence.source}) against {right.age} "
                f"({right.sentence.source}).",
                [
                    left.sentence.said(max(0, left.start - 60), left.end),
                    right.sentence.said(max(0, right.start - 60), right.end),
                ],
                values=sorted({left.age, right.age}),
            )


def _whose(
    one: Sentence,
    match: re.Match[str],
    claims: list[tuple[str, str, str, int]],
    bearers: Mapping[tuple[str, str], set[str]],
) -> Iterator[tuple[str, str]]:
    """Yield by what an age is known to be one person's: the subject of its claim, and a surname that one person bears."""
    low, high = one.start + match.start() - 60, one.start + match.end()
    for subject, label, source, start in claims:
        if source == one.source and low <= start < high:
            yield subject, label
            surname = label.rsplit(maxsplit=1)[-1]
            if len(bearers.get((one.source, surname.lower()), ())) <= 1:
                yield f"surname {surname.lower()}", label
            return
    names = list(_SURNAME.finditer(one.text[: match.start()]))
    if names and len(bearers.get((one.source, names[-1][0].lower()), ())) <= 1 and names[-1].start() > 0:
        yield f"surname {names[-1][0].lower()}", names[-1][0]
