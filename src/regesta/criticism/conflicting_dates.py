"""F008: dates of one thing that cannot both hold.

    arrival   1987            1992-05         date-conflict
    arrival   1992            1992-05         one says the other more precisely
    arrival   about 1990      1991            about allows it
    arrival   fled in 1980    came in 1981    who fled came later

The vocabulary says for which predicates one date is true at most (`holds`), and that dates are what is compared. Only what
somebody asserts counts, of the same part and the same event; groups and people without a name are left out, for they are
seldom surely the same. Who is right is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.likeness import loose
from regesta.criticism.view import View, finding, says_year
from regesta.dates import same
from regesta.model import Finding
from regesta.vocab import predicates

__all__ = ["conflicting_dates"]

_MOST: Final = 32
"""Distinct values that are compared with one another."""

_AGAIN: Final = re.compile(
    r"\b(?:back|returned|return|again|zurück|wieder|retour|revint|revenue?|volvió|regresó)\b"
)
_FLED: Final = re.compile(
    r"\b(?:fled|flees?|escaped|left|leaves|floh|flüchtete|geflohen|s'enfuit|a fui|enfui|quitta|huyó|escapó|fuggì|fugiu|uciekł\w*|бежал\w*)\b"
)
_YEAR: Final = re.compile(r"\d{4}")
_ON_THE_WAY: Final = 1
"""Years at most between a flight and the arrival that came of it."""
_ONCE: Final = ("birth", "death")
"""What happens to nobody twice."""

_APART: Final = """
with dated as (
    select c.subject, e.label, c.predicate, c.at_event, c.subset, c.value_edtf, c.earliest, c.latest, c.source,
           c.id, c.where_text
    from claims c join entities e on e.id = c.subject
    where c.value_type = 'date' and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null
      and e.is_named and e.kind <> 'group' and c.predicate in (select unnest(?::varchar[]))
), apart as (
    select subject, predicate, at_event, subset from dated group by all having min(latest) < max(earliest)
)
select d.subject, d.predicate, d.at_event, d.subset, d.label, d.value_edtf, d.source, d.id, d.where_text
from dated d join apart a on a.subject = d.subject and a.predicate = d.predicate
  and a.at_event is not distinct from d.at_event and a.subset is not distinct from d.subset
qualify row_number() over (partition by d.subject, d.predicate, d.at_event, d.subset, d.value_edtf, d.source
                           order by d.id) = 1
order by d.subject, d.predicate, d.at_event, d.subset, d.value_edtf, d.source
"""


class _Dated(NamedTuple):
    label: str
    edtf: str
    source: str
    claim: str
    where: str | None


def conflicting_dates(view: View) -> Iterator[Finding]:
    """Tell of two dates for what can only have happened once."""
    single = [
        name for name, p in predicates().items() if p.differs is not None and p.compatible == "same-date"
    ]

    groups: dict[tuple[str, ...], list[_Dated]] = {}
    for *key, label, edtf, source, claim, where in view.rows(_APART, [single], needs={"|".join(single): 2}):
        groups.setdefault(tuple(key), []).append(_Dated(label, edtf, source, claim, where))
    found = [
        (predicate, values, pair)
        for (_, predicate, *_), values in groups.items()
        if (pair := _apart(values[:_MOST], is_once=predicate in _ONCE)) is not None
    ]
    view.prepare(one.claim for _, _, pair in found for one in pair)
    alike = loose(view, [(pair[0].claim, pair[1].claim) for *_, pair in found])
    for predicate, values, (left, right) in found:
        passages = view.claims([left.claim, right.claim])
        if not (says_year(left.edtf, passages[left.claim]) and says_year(right.edtf, passages[right.claim])):
            continue  # a year lent from afar is no proof
        if not view.surely([left.claim, right.claim]):
            continue
        if predicate not in _ONCE and any(
            _AGAIN.search(one.member.quote) for side in (left, right) for one in passages[side.claim]
        ):
            continue  # a later journey
        if predicate == "arrival" and _is_flight_before(
            *((one, " ".join(said.member.quote for said in passages[one.claim])) for one in (left, right))
        ):
            continue
        is_loose = (left.claim, right.claim) in alike
        elsewhere = left.where and right.where and not _alike(left.where, right.where)
        sources = "" if left.source == right.source else f" ({left.source})", f" ({right.source})"
        yield finding(
            "F008",
            "date-conflict",
            "info" if elsewhere or is_loose else "warning",
            f"{left.label}: {predicate} {left.edtf}{sources[0]} against {right.edtf}{sources[1]}.",
            [*passages[left.claim], *passages[right.claim]],
            predicate=predicate,
            values=sorted({value.edtf for value in values}),
        )


def _is_flight_before(*told: tuple[_Dated, str]) -> bool:
    """Whether the earlier of two dates is told of the flight alone, and the later of coming somewhere soon afterwards."""
    (early, fled), (late, came) = sorted(told, key=lambda one: one[0].edtf)
    years = [int(found[0]) for one in (early, late) if (found := _YEAR.search(one.edtf))]
    is_soon = len(years) == len(told) and years[1] - years[0] <= _ON_THE_WAY
    return is_soon and early.where is None and bool(_FLED.search(fled)) and not _FLED.search(came)


def _apart(values: Sequence[_Dated], *, is_once: bool) -> tuple[_Dated, _Dated] | None:
    """Return the first two values that surely differ, of different sources if any are; None where all may agree.

    Who tells of two arrivals may tell of two journeys; only a source with which none of them agrees contradicts it.
    """
    apart = [(a, b) for a, b in combinations(values, 2) if same(a.edtf, b.edtf) is False]
    if not is_once:
        agree = {
            frozenset((a.source, b.source))
            for a, b in combinations(values, 2)
            if same(a.edtf, b.edtf) is not False
        }
        apart = [
            (a, b) for a, b in apart if a.source != b.source and frozenset((a.source, b.source)) not in agree
        ]
    return min(apart, key=lambda pair: pair[0].source == pair[1].source, default=None)


def _alike(left: str, right: str) -> bool:
    """Whether one place is worded within the other."""
    a, b = left.casefold(), right.casefold()
    return a in b or b in a
