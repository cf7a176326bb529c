"""F045: what is said to be the largest, the highest or the youngest, against everything that is measured alike.

    "450 people, the largest single group"   ·   "468 people, the single largest group"      superlative-conflict: one record
    "the largest group of Laotian divers", 60    ·   90 Laotian divers came in one month     superlative-conflict
    "the largest group until then", 60           ·   90 came a year later                    as it says
    "the highest reward", $5,000             ·   the next is $3,000                          ok
    "the largest population outside X", 20 to 400   ·   31 of X live elsewhere               a range that no longer says so

The value of a record is the number that its own block says nearest before it. Groups are compared where they came at one time
(a month at most), rewards in one currency, ages within one source; what the record says of its people must be said of the
other too, else a larger one is only worth knowing. Two records are one where the words of one are among those of the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.outranked import outranked
from regesta.criticism.records import Record, others_of, records
from regesta.criticism.statements import content, covers
from regesta.criticism.view import Said, View, finding
from regesta.dates import before
from regesta.model import Finding
from regesta.model.finding import Severity

__all__ = ["superlatives"]

_AS_IT_WAS: Final = re.compile(
    r"\b(?:so far|until then|until now|until (?:\w+ )?\d{4}|up to then|to date|at the time|at that time|yet)\b",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES: Final = re.compile(r"(?<=\s)[A-Z][\w'’-]+")
"""Names in a title; its first word has a capital anyhow."""
_LONGEST: Final = 200
"""Code points from the number to the end of the statement that are shown as one passage."""

_MASS: Final = content(
    "mass group number population community defection exodus flight escape migration crossing landing transport"
)
_EMPTY: Final = content(
    "single largest biggest greatest highest most youngest oldest ever reward award sum person people outside total flee escape leave "
    "come came arrive arrived cross crossed land landed reach reached receive received take taken admit admitted carry carried board set foot"
)
_VESSELS: Final = content(
    "boat ship vessel trawler steamer raft ferry train convoy boatload shipload column caravan bus plane junk barge schooner dinghy freighter"
)


class _Other(NamedTuple):
    record: int
    label: str
    value: float
    claim: str
    source: str
    edtf: str | None
    is_beyond: bool
    is_later: bool | None
    where: str | None
    line: str


def superlatives(view: View) -> Iterator[Finding]:
    """Tell where a record is told twice with two numbers, where something exceeds it, and what comes next."""
    yield from outranked(view)
    found = records(view)
    if not found:
        return
    rows = others_of(view, found)
    show = _Shown(view, found, [row[3] for row in rows])
    clashing: set[int] = set()
    for left, right, severity in _rivals(found):
        clashing.add(min(left, right, key=lambda one: one.high * one.sign).number)
        yield finding(
            "F045",
            "superlative-conflict",
            severity,
            f"“{left.statement.text}” is said of {left.said()}, and “{right.statement.text}” of {right.said()}.",
            [*show.record(left), *show.record(right)],
            values=[left.high, right.high],
        )
    titles = dict(view.rows("select name, coalesce(title, '') from sources"))
    groups: dict[int, list[_Other]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(_Other(*row))
    for record in found:
        told = _judged(record, groups.get(record.number, []), titles)
        if told is not None and not (told[0] == "ok" and record.number in clashing):
            severity, sentence, other = told
            yield finding(
                "F045",
                "superlative-conflict",
                severity,
                sentence,
                [*show.record(record), *show.claims[other.claim][:2]],
                record=[record.low, record.high],
                other=other.value,
                as_of=record.statement.stated,
            )


def _rivals(found: Sequence[Record]) -> Iterator[tuple[Record, Record, Severity]]:
    """Yield pairs of records that are one in words and two in number."""
    by_measure: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for record in found:
        if record.low == record.high and not record.is_about and not _AS_IT_WAS.search(record.statement.text):
            by_measure[record.measure, record.unit, record.statement.family].append(record)
    for group in by_measure.values():
        pairs = [(a, b) for a, b in combinations(group[:24], 2) if a.high != b.high and _is_one(a, b)]
        for left, right in pairs[:6]:
            a, b = left.statement, right.statement
            same_time = bool(
                a.earliest
                and a.latest
                and b.earliest
                and b.latest
                and a.earliest <= b.latest
                and b.earliest <= a.latest
            )
            yield left, right, "warning" if same_time and a.source == b.source else "info"


def _is_one(left: Record, right: Record) -> bool:
    """Whether what the greater record is of has all that the lesser one asks for, so that only one can be the record."""
    less, more = sorted((left, right), key=lambda one: one.high * one.sign)
    asked = _scope(less)
    return bool(asked) and covers(asked, _scope(more) | content(more.phrase)) == len(asked)


def _scope(record: Record) -> frozenset[str]:
    """Return of what it is the greatest, the words for many together left out where others stay."""
    words = record.statement.content - _EMPTY
    return words - _MASS or words


def _judged(
    record: Record, others: Sequence[_Other], titles: Mapping[str, str]
) -> tuple[Severity, str, _Other] | None:
    """Return what is to be told of a record: what exceeds it, else what comes next."""
    statement = record.statement
    outdone = _outdone(record, others, titles)
    if outdone is not None:
        return (
            "warning",
            f"“{statement.text}” is said of {record.said()}, but {_of(record, outdone)} is beyond it.",
            outdone,
        )
    bounded = _AS_IT_WAS.search(statement.text) is not None
    scope = _scope(record)
    people = content(record.phrase) & _capitals(record.phrase)
    if record.of_whom:
        people = frozenset()
    words = [(other, content(other.line)) for other in others]
    near = [
        (other, said)
        for other, said in words
        if covers(people, said) == len(people)
        and (people or record.of_whom or (other.source == statement.source and covers(scope, said)))
        and not _is_elsewhere(record, other)
    ]
    by_vessel = bool(content(statement.text) & _VESSELS)  # then those of a month did not come in one
    beyond = [
        (o, said)
        for o, said in near
        if o.is_beyond
        and not (bounded and o.is_later is not False)
        and (not by_vessel or _DAY.fullmatch(o.edtf or ""))
    ]
    if beyond:
        other, said = max(beyond, key=lambda pair: (covers(scope, pair[1]), abs(pair[0].value)))
        is_of_scope = bool(scope) and covers(scope, said) == len(scope)
        if record.measure == "population":
            return "info", _range(record, other), other
        is_exact = not record.is_about and record.low == record.high
        severity: Severity = "warning" if is_of_scope and is_exact and _was_known(record, other) else "info"
        unsure = "" if severity == "warning" else "; whether it was meant to count is not said"
        return (
            severity,
            f"“{statement.text}” is said of {record.said()}, but {_of(record, other)} is beyond it{unsure}.",
            other,
        )
    below = [o for o, _ in near if not o.is_beyond]
    if not below:
        return None
    later = [o for o in below if o.is_later]
    other = (later or below)[0]
    when = "the largest that comes later" if later and record.measure == "group" else "the next that is known"
    return "ok", f"“{statement.text}” ({record.said()}): {when} is {_of(record, other)}.", other


def _outdone(record: Record, others: Sequence[_Other], titles: Mapping[str, str]) -> _Other | None:
    """Return the greatest group of one day that is all the record is of, read with the titles and the countries of places.

    What the words do not name, the title does: the largest boat of "Boat people at Pulau Senja" is that of Pulau Senja.
    """
    statement = record.statement
    is_exact = not record.is_about and record.low == record.high
    if record.measure != "group" or not is_exact or _AS_IT_WAS.search(statement.text):
        return None
    words = content(re.split(r"[,(]", statement.text)[0])
    scope = words - _EMPTY - _MASS - _VESSELS
    named = content(" ".join(_NAMES.findall(titles[statement.source])))
    if not scope and not (words & _VESSELS and named):
        return None
    found = None
    for other in others:
        if not (other.is_beyond and other.edtf and _DAY.fullmatch(other.edtf) and _was_known(record, other)):
            continue
        title = content(titles[other.source])
        whom = _capitals(other.label)
        if covers(whom, title) < len(whom):
            title = frozenset()  # it says itself whom: "300 Polish miners" among Laotian divers
        said = content(f"{other.line} {_country(other.where)}") | title
        wanted = scope if other.source == statement.source else scope | named
        if (other.source == statement.source or named) and covers(wanted, said) == len(wanted):
            found = max(found or other, other, key=lambda one: one.value)
    return found


def _country(place: str | None) -> str:
    """Return the name of the country of a place, empty where that is not sure.

    >>> _country("Veracruz"), _country("the old mill")
    ('Mexico', '')
    """
    from regesta.places import country_name, settled

    found = settled(place) if place else None
    return (country_name(found.country) or "") if found is not None and found.country else ""


def _is_elsewhere(record: Record, other: _Other) -> bool:
    """Whether the record is of a country, and the other came to another."""
    from regesta.places import country

    asked = {code for name in _NAMES.findall(record.statement.text) if (code := country(name))}
    there = country(_country(other.where)) if other.where else None
    return bool(asked and there) and there not in asked


def _was_known(record: Record, other: _Other) -> bool:
    """Whether who wrote of the record could know of the other: it was earlier, is in the same source, or the source is later."""
    if other.source == record.statement.source or other.is_later is False:
        return True
    return bool(record.statement.stated and other.edtf and before(other.edtf, record.statement.stated))


def _range(record: Record, other: _Other) -> str:
    text = record.statement.text
    if other.value > record.high:
        return f"“{text}” is said of {record.said()}, but {_of(record, other)} is more."
    return f"“{text}” is said of {record.said()}: with {_of(record, other)} it holds for the upper end of the range, not for the lower."


def _of(record: Record, other: _Other) -> str:
    """Return the other in words: its name, its number where the name has none, and when."""
    number = f"{other.value:,.10g}"
    shown = (
        other.label
        if record.measure in ("group", "population")
        else f"{number} {record.unit} ({other.label})".strip()
    )
    if record.measure in ("group", "population") and number not in other.label:
        shown = f"{other.label}, {number} people"
    return f"{shown} ({other.edtf})" if other.edtf else shown


def _capitals(phrase: str) -> frozenset[str]:
    return content(" ".join(re.findall(r"\b[A-Z][\w'’-]+", phrase)))


class _Shown:
    """The passages of all records and of what is measured alike, asked for at once."""

    def __init__(self, view: View, found: Sequence[Record], others: Sequence[str]) -> None:
        claims = {one for record in found for one in (record.statement.claim, record.claim)}
        self.claims: Mapping[str, tuple[Said, ...]] = view.claims(claims.union(others))
        spans = {record.number: span for record in found if (span := _span(record)) is not None}
        self._spans = dict(zip(spans, view.passages(list(spans.values())), strict=True)) if spans else {}

    def record(self, record: Record) -> list[Said]:
        """Return the words from the number to the statement, or both where much lies between them."""
        if record.number in self._spans:
            return [self._spans[record.number]]
        return [*self.claims[record.claim][:1], *self.claims[record.statement.claim][:1]]


def _span(record: Record) -> tuple[str, int, int] | None:
    statement = record.statement
    if record.start is None or record.start > statement.start or statement.end - record.start > _LONGEST:
        return None
    return statement.source, record.start, statement.end
