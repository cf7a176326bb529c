"""F042: two periods in which the same people were given something, and that end at different times.

    "From 1946 to the early 1950s pensions awaited veterans"  ·  "the act, ... in force until 1961, gave veterans an allowance"    tension
    "Until 1955 veterans got pensions"                 ·  "until 1954 widows got coal"                         other people
    "In 1950 and 1951 veterans got land"               ·  "from 1960 to 1971 veterans got land"                one after the other

Only what is told with its end, in one source, where both passages name the same people and a word for what is given, and the
two periods share some time. A law may well outlast what it was famous for, so it is worth knowing, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.dates import Day, bounds
from regesta.model import Finding
from regesta.vocab import lexicon

__all__ = ["regimes"]

_MOST: Final = 12
_BEHIND: Final = 200
"""Code points behind a claim in which its source may still say what was given."""

_ENDED: Final = """
with ended as (
    select c.source, c.id, c.subject, c.subject_label, c.value_edtf, e.start_char, e.end_char
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.predicate = 'effective' and c.value_type = 'date' and c.modality = 'asserted' and c.rank <> 'deprecated'
      and contains(c.value_edtf, '/') and not ends_with(c.value_edtf, '..')
)
select source, id, subject, subject_label, value_edtf, start_char, end_char from ended
qualify count(distinct subject) over (partition by source) > 1 order by source, start_char, id
"""

_GIVEN: Final = re.compile(
    r"\b(?:rewards?|aid|allowances?|payments?|benefits?|grants?|subsid(?:y|ies)|pensions?|bount(?:y|ies)|bonus(?:es)?|stipends?|"
    r"compensation|support|relief|land|rations?|Beihilfen?|Renten?|prestations?|allocations?)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


class _Period(NamedTuple):
    claim: str
    subject: str
    label: str
    edtf: str
    people: frozenset[str]
    given: str
    passage: Said


def regimes(view: View) -> Iterator[Finding]:
    """Tell of two periods of what the same people were given that end at different times."""
    rows = view.rows(_ENDED, needs={"effective": 2})
    behind = view.passages([(source, end, end + _BEHIND) for source, *_, end in rows]) if rows else []
    claims = view.claims(row[1] for row in rows)
    groups: dict[str, list[_Period]] = {}
    for (source, claim, subject, label, edtf, *_), after in zip(rows, behind, strict=True):
        words = claims[claim][0].member.quote + after.says.split("\n\n")[0]
        given = _GIVEN.search(words)
        people = _people(words)
        if given and people:
            period = _Period(claim, subject, label, edtf, people, given.group().casefold(), claims[claim][0])
            groups.setdefault(source, []).append(period)
    for periods in groups.values():
        for left, right in combinations(periods[:_MOST], 2):
            shared = left.people & right.people
            if left.subject != right.subject and shared and _ends_apart(left.edtf, right.edtf):
                yield finding(
                    "F042",
                    "value-conflict",
                    "info",
                    f"{left.label} is told for {left.edtf}, {right.label} for {right.edtf}: what {min(shared)}s were given "
                    "ended at two times, or one outlasted the other.",
                    [left.passage, right.passage],
                    periods=[left.edtf, right.edtf],
                    people=sorted(shared),
                )


def _people(words: str) -> frozenset[str]:
    """Return the words for people in a text, in the singular."""
    known = lexicon()
    found = (known.singular(word.casefold()) for word in _WORD.findall(words))
    return frozenset(
        word
        for word in found
        if word in known.person_nouns
        or word in known.roles
        or word in known.kin
        or word in ("refugee", "defector")
    ) - {"person", "people", "member", "government"}


def _ends_apart(left: str, right: str) -> bool:
    """Whether two periods share some time and surely end in different years.

    >>> _ends_apart("1953/198X", "1962/1993"), _ends_apart("1953/198X", "1962/1985"), _ends_apart("1950/1951", "1960/1971")
    (True, False, False)
    """
    starts: list[Day] = []
    ends: list[tuple[Day, Day]] = []
    for edtf in (left, right):
        start, _, end = edtf.partition("/")
        until = bounds(end)
        if until.earliest is None or until.latest is None:
            return False
        ends.append((until.earliest, until.latest))
        began = bounds(start).earliest if start != ".." else None
        if began is not None:
            starts.append(began)
    first, last = sorted(ends)
    return first[1] < last[0] and all(began <= first[0] for began in starts)
