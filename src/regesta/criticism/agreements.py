"""F046: two sources that give several numbers of one subject alike: two witnesses, or one that was copied.

    "for 34 days", "for 33 days" (a)   ·   "thirty-four days", "thirty-three days" (b)      ok: they agree
    the same in passages that share their words                                         ok, and it is one source
    one number alike                                                                    that says little

Sources that share the very words, or are of one family, bear witness once. Two numbers at least, of terms, ages, rewards or
capacities; sums and counts have checks of their own. One finding for a subject and two sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from regesta.criticism.view import View, finding
from regesta.model import Finding

__all__ = ["agreements"]

_LEAST: Final = 2
"""Numbers alike from which it is worth saying."""

_FEW: Final = 3
"""Subjects of two sources that are told one by one; of more, only the first, and how many there are."""

_ALIKE: Final = """
with said as (
    select c.subject, c.subject_label as label, c.source, c.predicate, c.value_unit as unit, c.value_number as number,
           min((v.start_char, c.id)) as place
    from claims c join claim_evidence v on v.claim = c.id and v.position = 0 join entities e on e.id = c.subject
    where c.predicate in ('duration', 'imprisoned_for', 'age', 'award', 'capacity') and c.value_type = 'quantity'
      and c.value_number is not null and c.modality = 'asserted' and c.rank <> 'deprecated' and e.is_named and e.kind <> 'topic'
    group by all
), pairs as (
    select a.subject, a.label, a.source as a_source, b.source as b_source, a.unit, a.number, a.place as a, b.place as b
    from said a join said b on b.subject = a.subject and b.predicate = a.predicate and b.unit = a.unit and b.number = a.number
      and b.source > a.source
), alike as (
    select subject, min(label) as label, a_source, b_source, list([a[2], b[2]] order by a) as claims,
           list(format('{:g} {}', number, case when length(unit) = 3 and unit = upper(unit) or number = 1 then unit
                else unit || 's' end) order by a) as numbers, min(a[1]) as a_first, max(a[1]) as a_last,
           min(b[1]) as b_first, max(b[1]) as b_last
    from pairs group by subject, a_source, b_source having count(distinct (unit, number)) >= ? and count(distinct a[1]) > 1
)
select k.label, k.a_source, k.b_source, k.claims, k.numbers, s.family = t.family as one_family,
       exists (select 1 from shared_passages p
               where p.a_source = k.a_source and p.b_source = k.b_source and p.a_start <= k.a_first and p.a_end >= k.a_last
                 and p.b_start <= k.b_first and p.b_end >= k.b_last
                  or p.a_source = k.b_source and p.b_source = k.a_source and p.a_start <= k.b_first and p.a_end >= k.b_last
                 and p.b_start <= k.a_first and p.b_end >= k.a_last) as same_words, k.a_first, k.a_last
from alike k join sources s on s.name = k.a_source join sources t on t.name = k.b_source
order by k.a_source, k.a_first, k.b_source, k.label, k.subject
"""


def agreements(view: View) -> Iterator[Finding]:
    """Tell where two sources give several numbers of one subject alike, and whether they are one witness."""
    rows = view.rows(_ALIKE, [_LEAST], needs={"sources": 2, "duration|imprisoned_for|age|award|capacity": 4})
    view.prepare(claim for row in rows for pair in row[3][:_LEAST] for claim in pair)
    groups: dict[tuple[str, str], dict[tuple[int, int], tuple[Any, ...]]] = {}
    for label, left, right, claims, numbers, one_family, same_words, first, last in rows:
        row = label, claims[:_LEAST], list(dict.fromkeys(numbers)), one_family, same_words
        groups.setdefault((left, right), {}).setdefault((first, last), row)
    for (left, right), alike in groups.items():
        told = list(alike.values())
        is_table = len(told) > _FEW
        for label, claims, numbers, one_family, same_words in told[:1] if is_table else told:
            passages = view.claims(claim for pair in claims for claim in pair)
            others = f" and {len(told) - 1} more" if is_table else ""
            yield finding(
                "F046",
                "value-conflict",
                "ok",
                f"{label}{others}: {left} and {right} agree on {' and '.join(numbers)}; {_verdict(one_family, same_words)}.",
                [passages[pair[side]][0] for side in (0, 1) for pair in claims],
                numbers=numbers,
                is_one_source=bool(same_words),
            )


def _verdict(one_family: object, same_words: object) -> str:
    if same_words:
        return "the passages share their words, so it is one source"
    return "they are of one family, so it may be one source" if one_family else "no shared words are known"
