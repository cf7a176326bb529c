"""F048: how many of one kind two sources give one and the same named thing.

    "the cutter Sturla came with 41 people on board"  ·  "the Sturla carried 44 refugees"     value-conflict
    "the Sturla ... 41 people"                        ·  "the Sturla ... 12 crew"             two kinds
    "in 1941 the Sturla took 41", "in 1942 it took 44"                                        two times

The name stands before the number in its sentence; people, passengers, refugees and those of a nation are one kind. Each source
must give it one number of the kind. About, bounds, parts ("of them", "another"), rates and sums are no such numbers. Two things
may bear one name, and a number may be of another day, so this is worth knowing and no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.at_odds import at_odds
from regesta.criticism.changed_otherwise import changed_otherwise
from regesta.criticism.grants import grants
from regesta.criticism.other_words import numbered_otherwise
from regesta.criticism.sentence_figures import kind_of
from regesta.criticism.sole_counts import sole_counts
from regesta.criticism.telling import NAME, Sentence, are_beside, dated, sentences
from regesta.criticism.view import View
from regesta.dates import overlaps
from regesta.model import Finding

__all__ = ["named_numbers"]

_NAME: Final = re.compile(NAME)
_LEADS: Final = re.compile(
    r"^(?:The|In|On|At|It|He|She|They|We|By|A|An|From|After|Before|During|Of|There|This|That|These|Those|When|With|For|His|Her|Their|Our|"
    r"But|And|Some|Many|All|No|Both|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_PART: Final = re.compile(
    r"\b(?:another|other|more|further|additional|remaining|next|first|last|each|every|per|a|later|them|these|those|whom|which|only|altogether|"
    r"total|all|between|to|or|from|room|space|places|up|than|least|most)\s*$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"^\s?(?:[\w'’-]+\s){0,2}?(?:each|apiece|a head|per|of (?:them|whom|which|these)|more|others|altogether|in all|a (?:day|week|month|year))\b"
)
_ABOARD: Final = re.compile(
    rf"(?:\s(?:people|persons|refugees|children|souls|of us))?\s(?:on(?: board)?|aboard)\sthe\s(?P<name>{NAME})"
)
_FAR: Final = 90
_MOST: Final = 16


class _Count(NamedTuple):
    sentence: Sentence
    start: int
    end: int
    value: int
    times: tuple[str, ...]
    shown: str


def named_numbers(view: View) -> Iterator[Finding]:
    """Tell where two sources give one named thing, the only thing of its kind, or what seems one event, two numbers."""
    held = [*sole_counts(view), *grants(view), *changed_otherwise(view), *_named_numbers(view)]
    yield from held
    told = {(m.source, m.start // _FAR) for one in held for m in one.members}
    for found in numbered_otherwise(view):
        if not any((m.source, m.start // _FAR) in told for m in found.members):
            yield found


def _named_numbers(view: View) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[_Count]] = defaultdict(list)
    dates = dated(view)
    for one in sentences(view):
        if one.kind == "heading" or len(one.text) > 600 or not one.numbers:
            continue
        for name, kind, count in _counts(one, tuple(d.edtf for d in dates(one) if not d.is_lent)):
            groups[name, kind].append(count)
    beside = are_beside(view)
    for (_, kind), told in groups.items():
        by_source: dict[str, list[_Count]] = defaultdict(list)
        for row in told[:_MOST]:
            by_source[row.sentence.source].append(row)
        alone = [rows[0] for rows in by_source.values() if len({row.value for row in rows}) == 1]
        for left, right in combinations(alone, 2):
            if left.value == right.value or not beside(left.sentence.source, right.sentence.source):
                continue
            if any(overlaps(a, b) is False for a in left.times for b in right.times):
                continue
            yield at_odds(
                f"{left.shown}: {left.value:,} {kind} ({left.sentence.source}) against {right.value:,} ({right.sentence.source})",
                [left.sentence.said(left.start, left.end), right.sentence.said(right.start, right.end)],
                (left.value, right.value),
                of=kind,
            )
            break


def _counts(one: Sentence, times: tuple[str, ...]) -> Iterator[tuple[str, str, _Count]]:
    """Yield the numbers of a sentence with the name that stands nearest before them."""
    names = [m for m in _NAME.finditer(one.text) if not _LEADS.match(m[0])]
    kinds = [kind_of(number, one.text) for number in one.numbers]
    for number, kind in zip(one.numbers, kinds, strict=True):
        if kind is None or number.is_about or number.value < 3 or kinds.count(kind) > 1:
            continue
        aboard = _ABOARD.match(one.text, number.end)
        if aboard is not None and not _PART.search(one.text[: number.start]):
            name = aboard["name"]
            yield (
                name.casefold(),
                "people",
                _Count(one, number.start, aboard.end(), number.value, times, name),
            )
            continue
        lead = [m for m in names if m.end() <= number.start and number.start - m.end() <= _FAR]
        if not lead or _PART.search(one.text[: number.start]) or _BEHIND.match(one.text[number.end :]):
            continue
        between = one.text[lead[0].end() : number.start]
        if len(lead) > 1 or re.search(
            r"[.;]|\b(?:and|of|who|where|when|while|but|whose|after|before)\b", between
        ):
            continue
        if re.search(r"\b(?:of|in|at|from|to|near|for|by|on|with)\s(?:the\s)?$", one.text[: lead[0].start()]):
            continue  # a place or somebody else: not what has them
        end = number.end + len(number.noun) + 1
        count = _Count(one, lead[0].start(), min(end, len(one.text)), number.value, times, lead[0][0])
        yield lead[0][0].casefold(), kind, count
