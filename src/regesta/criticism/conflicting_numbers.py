"""F011: numbers of one thing that cannot both hold.

    age at imprisonment   ten  (one source)     9  (another)       value-conflict
    reward                about 2,700           2,706              rounded
    age                   21 in 1953            31 in 1963         time passed

Only between sources: within one, two numbers are mostly two things, or one of them is somebody else's. A source that itself
has two for what may have many is left out; so is what is about no thing with a name, but about all that stands under a
heading. The vocabulary says what is asked and how much numbers may differ (`differs`, `tolerance`). Same unit, part, event;
bounds, ranges and "about" are allowed for; where both say when, they must mean the same time, and an age is moved to it.
Currencies are not converted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.likeness import loose
from regesta.criticism.same_counts import same_counts
from regesta.criticism.totals import rounding
from regesta.criticism.view import View, finding
from regesta.dates import bounds, overlaps
from regesta.model import Finding
from regesta.vocab import predicates

__all__ = ["conflicting_numbers"]

_MOST: Final = 32

_APART: Final = """
with said as (
    select c.subject, e.label, c.predicate, c.value_unit, c.at_event, c.subset, c.source, c.id, c.value_number,
           c.value_low, c.value_high, c.bound, coalesce(c.value_approximate, false) as about, c.when_edtf
    from claims c join entities e on e.id = c.subject
    where c.value_type = 'quantity' and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null
      and coalesce(c.value_number, c.value_low, c.value_high) is not null
      and c.predicate in (select unnest(?::varchar[])) and (e.is_named or e.kind = 'group') and e.kind <> 'topic'
), apart as (
    select subject, predicate, value_unit, at_event, subset from said group by all
    having count(distinct source) > 1 and count(distinct (value_number, value_low, value_high)) > 1
)
select s.subject, s.predicate, s.value_unit, s.at_event, s.subset, s.label, s.source, s.id, s.value_number,
       s.value_low, s.value_high, s.bound, s.about, s.when_edtf
from said s join apart a on a.subject = s.subject and a.predicate = s.predicate and a.value_unit = s.value_unit
  and a.at_event is not distinct from s.at_event and a.subset is not distinct from s.subset
qualify row_number() over (partition by s.subject, s.predicate, s.value_unit, s.at_event, s.subset, s.source,
                           s.value_number, s.value_low, s.value_high, s.when_edtf order by s.id) = 1
order by s.subject, s.predicate, s.value_unit, s.at_event, s.subset, s.source, s.id
"""


class _Number(NamedTuple):
    label: str
    source: str
    claim: str
    number: float | None
    low: float | None
    high: float | None
    bound: str | None
    about: bool
    when: str | None

    def reach(self) -> tuple[float, float]:
        """Return between which numbers the true one may lie."""
        stated = [n for n in (self.number, self.low, self.high) if n is not None]
        low, high = min(stated), max(stated)
        if self.bound == "min":
            return low, float("inf")
        if self.bound == "max":
            return 0.0, high
        if self.about or self.bound == "about":
            return low - max(rounding(low), 0.05 * low), high + max(rounding(high), 0.05 * high)
        return low, high

    def said(self) -> str:
        """Return it in words."""
        stated = [n for n in (self.number, self.low, self.high) if n is not None]
        words = " to ".join(f"{n:,.10g}" for n in dict.fromkeys((min(stated), max(stated))))
        return {"min": "at least ", "max": "at most "}.get(
            self.bound or "", "about " if self.about else ""
        ) + words


def conflicting_numbers(view: View) -> Iterator[Finding]:
    """Tell of numbers in different sources that cannot both be true of one subject."""
    yield from same_counts(view)
    yield from view.source_by_source(_of_one_subject)


def _of_one_subject(view: View) -> Iterator[Finding]:
    known = predicates()
    asked = [name for name, p in known.items() if p.differs is not None and "quantity" in p.values]
    groups: dict[tuple[str, ...], list[_Number]] = {}
    for *key, label, source, claim, number, low, high, bound, about, when in view.rows(
        _APART, [asked], needs={"sources": 2, "|".join(asked): 2}
    ):
        value = _Number(label, source, claim, number, low, high, bound, about, when)
        groups.setdefault(tuple(key), []).append(value)
    found = []
    for (_, predicate, unit, at_event, *_), values in groups.items():
        by_time = known[predicate].compatible == "numeric-by-time"
        pair = _conflict(
            values[:_MOST], by_time=by_time, at_event=at_event, tolerance=known[predicate].tolerance
        )
        if pair is not None:
            found.append((predicate, unit, at_event, values, pair))
    view.prepare(one.claim for *_, pair in found for one in pair)
    alike = loose(view, [(pair[0].claim, pair[1].claim) for *_, pair in found])
    for predicate, unit, at_event, values, (left, right) in found:
        if not view.surely([left.claim, right.claim]):
            continue
        passages = view.claims([left.claim, right.claim])
        event = f" at {at_event}" if at_event else ""
        name = predicate.replace("_", " ")
        counted = "" if predicate == "age" else f" {unit}"
        yield finding(
            "F011",
            "value-conflict",
            "info" if (left.claim, right.claim) in alike else known[predicate].differs or "info",
            f"{left.label}: {name}{event} {left.said()}{counted} ({left.source}) against {right.said()} ({right.source}).",
            [*passages[left.claim], *passages[right.claim]],
            predicate=predicate,
            unit=unit,
            values=sorted({value.said() for value in values}),
        )


def _conflict(
    values: Sequence[_Number], *, by_time: bool, at_event: str | None, tolerance: float
) -> tuple[_Number, _Number] | None:
    """Return the first two that cannot both hold, None where all may."""
    each: dict[str, set[tuple[float, float]]] = {}
    for value in values:
        each.setdefault(value.source, set()).add(value.reach())
    alone = [value for value in values if len(each[value.source]) == 1]
    for left, right in combinations(alone, 2):
        if left.source == right.source or _agree(left, right, by_time=by_time, at_event=at_event):
            continue
        a, b = left.reach(), right.reach()
        if not tolerance or max(a[0], b[0]) > min(a[1], b[1]) * (1 + tolerance):
            return left, right
    return None


def _agree(left: _Number, right: _Number, *, by_time: bool, at_event: str | None) -> bool:
    """Whether both may be true."""
    least, most = 0, 0
    if by_time and not at_event:
        if not (left.when and right.when):
            return True  # years may lie between
        a, b = bounds(left.when), bounds(right.when)
        if not (a.earliest and a.latest and b.earliest and b.latest):
            return True
        least, most = b.earliest.year - a.latest.year - 1, b.latest.year - a.earliest.year + 1
    elif (not by_time and (left.when is None) != (right.when is None)) or (
        left.when and right.when and overlaps(left.when, right.when) is False
    ):
        return True
    (low, high), (other_low, other_high) = left.reach(), right.reach()
    return low + least <= other_high and other_low <= high + most
