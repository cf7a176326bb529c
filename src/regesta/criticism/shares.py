"""F022: groups of people of a year against the figure that a series of the same source has for that year.

    series   1968: 2,000        text   "500 arrived in July 1968"       a quarter of them, ok
    series   1956: 300          text   "a group of 420 arrived in May 1956"     more than all of them

Only groups that came, and whose passage speaks of what the series counts. A group that is a small share of the year is not worth
a line. Groups are not added up: one may be part of another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding

__all__ = ["shares", "stems"]

_WORTH: Final = 0.1
"""The least share of a year's figure that is told."""

_FEWEST: Final = 10
"""The smallest group that is held against a figure."""

_SHOWN: Final = 2

_YEARS: Final = """
with points as (
    select o.source, year(c.earliest) as y, o.value, o.qualifier, o.label, o.series_label, o.start_char, o.end_char,
           o.quote, c.id, c.fingerprint
    from observations o join claims c on c.id = o.claim
    where o.role = 'observation' and c.value_unit = 'person' and c.modality = 'asserted'
      and c.earliest = make_date(year(c.earliest), 1, 1) and c.latest = make_date(year(c.earliest), 12, 31)
), single as (
    select source, y from points group by source, y having count(distinct value) = 1
)
select p.y, p.value, p.qualifier, p.series_label, p.source, p.start_char, p.end_char, p.quote, p.id, p.fingerprint,
       c.id, c.value_number, coalesce(c.bound, case when c.value_approximate then 'about' end), e.start_char,
       e.end_char, e.quote, c.fingerprint,
       exists (from claims a where a.referent = c.referent and a.predicate = 'arrival'),
       coalesce((select string_agg(x.quote, ' ') from claim_evidence x where x.claim = c.id), ''), b.words
from points p join single s on s.source = p.source and s.y = p.y
join claims c on c.source = p.source and c.predicate = 'group_size' and c.value_unit = 'person'
  and c.value_number >= greatest(?, ? * p.value) and c.modality = 'asserted' and c.subset is null
  and c.rank <> 'deprecated' and year(c.earliest) = p.y and year(c.latest) = p.y
join claim_evidence e on e.claim = c.id and e.position = 0
left join lateral (
    select string_agg(substring(t.text, greatest(e.start_char - t.start_char - 400, 0) + 1, 800), ' ') as words
    from texts t where t.source = e.source and t.start_char <= e.start_char
      and t.start_char + length(t.text) > e.start_char
) b on true
where not exists (from observations o where o.claim = c.id)
qualify row_number() over (partition by c.id order by p.start_char) = 1
order by p.source, p.y, c.value_number desc, e.start_char
"""

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_PLAIN: Final = frozenset(
    "total number approximate about year years month people persons from with into that this were have been which their they "
    "government figure figures arrival arrivals estimated annual yearly statistics list more north south east west".split()
)
"""Words that do not say who is counted."""


class _Group(NamedTuple):
    claim: str
    number: float
    bound: str | None
    start: int
    end: int
    quote: str
    says: str
    came: bool

    def said(self, source: str) -> Said:
        """Return its first words."""
        quote = " ".join(self.quote.split(" ")[:5])
        passage = Said.passage(source, self.start, self.start + len(quote), quote)
        return Said(passage.member, self.says)


def shares(view: View) -> Iterator[Finding]:
    """Hold the people told of in a year against the figure of that year."""
    found: dict[tuple[Any, ...], list[_Group]] = defaultdict(list)
    for row in view.rows(_YEARS, [_FEWEST, _WORTH], needs={"observations": 1, "group_size": 1}):
        point, group, said, around = row[:10], _Group(*row[10:18]), row[18], row[19]
        about = stems(row[3])
        if about & stems(group.quote) or (group.came and len(about & stems(f"{said} {around or ''}")) > 1):
            found[point].append(group)
    for point, groups in found.items():
        yield from _judged(point, groups)


def _judged(point: tuple[Any, ...], groups: list[_Group]) -> Iterator[Finding]:
    year, value, qualifier, label, source, start, end, quote, _, says = point
    passage = Said(Said.passage(source, start, end, quote).member, says)
    over = [g for g in groups if g.number > value and g.bound != "max" and g.came]
    over = [g for g in over if stems(label) & stems(g.quote)]
    if over and qualifier in {None, "max"} and over[0].bound is None:
        worst = over[0]
        summary = f"{figure(worst.number)} came at one time in {year}, but the figure of the year is {figure(value)}."
        said = [passage, worst.said(source)]
        yield finding(
            "F022", "total-mismatch", "warning", summary, said, figure=value, group=worst.number, year=year
        )
        return
    within = [g for g in groups if g.number <= value and g.bound != "min"]
    kept: dict[float, _Group] = {}
    for group in within:
        kept.setdefault(group.number, group)
    shown = list(kept.values())[:_SHOWN]
    if not shown or over:
        return
    numbers = " and ".join(figure(g.number) for g in shown)
    percent = " and ".join(f"{100 * g.number / value:.0f} per cent" for g in shown)
    summary = f"Of the {figure(value)} of {year} a group of {numbers} is {percent}: it fits."
    if len(shown) > 1:
        summary = f"Of the {figure(value)} of {year} groups of {numbers} are {percent}: each fits."
    yield finding(
        "F022",
        "arithmetic-check",
        "ok",
        summary,
        [passage, *(g.said(source) for g in shown)],
        figure=value,
        groups=[g.number for g in shown],
        year=year,
        working="; ".join(f"{figure(g.number)} / {figure(value)} = {g.number / value:.2f}" for g in shown),
    )


def stems(words: str) -> set[str]:
    """Return the words that say who is meant, without their endings.

    >>> sorted(stems("Total number of Polish refugees admitted") & stems("230 refugees from Poland were admitted"))
    ['admitted', 'refugee']
    """
    found = {word.lower() for word in _WORD.findall(words)}
    return {re.sub(r"(?:ies|s|’s|'s)$", "", word) for word in found - _PLAIN} - _PLAIN
