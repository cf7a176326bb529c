"""F010: what is dated later than the references that report it, and what their dates narrow.

    "shot in 1997" [2: 17 February 1997]      it was by 17 February
    "on 1 July 2009" [3: 1993]                no reference can report it
    "in December" [4: 27 November]            nor here; said loosely, it is worth knowing

A reference bounds what stands before its mark, and without one of its own what the mark at the end of its entry covers; that is no
proof against it. Where one of several is late enough, or has no date, nothing is wrong: they
support different words of the passage. A reference of the same year that is late enough is told as `ok`. Whether it says what
it is cited for is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from regesta.criticism.view import Said, View, finding, says_year
from regesta.dates import before
from regesta.model import Finding

__all__ = ["date_bounds"]

_CITED: Final = """
with said as (
    select c.id, ev.source, ev.start_char, ev.end_char from claims c
    join claim_evidence ev on ev.claim = c.id and ev.position = 0
    where c.value_type = 'date' and not exists (from claim_citations cc where cc.claim = c.id)
      and c.source in (select source from citation_marks)
), entries as (
    select s.id, s.end_char, b.source, min(b.content_end) as until from said s
    join blocks b on b.source = s.source and b.content_start <= s.start_char and b.content_end >= s.end_char
      and b.kind in ('paragraph', 'list_item', 'cell')
    group by all
), following as (
    select e.id as claim, m.citation, m.start_char, min(m.start_char) over (partition by e.id) as first_mark
    from entries e join citation_marks m on m.source = e.source and m.start_char between e.end_char and e.until
    where m.citation is not null
), cited as (
    select claim, citation, true as is_said from claim_citations
    union all select claim, citation, false from following where start_char <= first_mark + 12
), dated as (
    select c.source, c.subject, coalesce(c.value_edtf, c.when_edtf) as edtf, c.earliest, c.latest, c.id,
           x.id as citation, x.date, ev.start_char, (c.value_type = 'date')::int as is_date, cc.is_said
    from claims c join claim_evidence ev on ev.claim = c.id and ev.position = 0
    join cited cc on cc.claim = c.id join citations x on x.id = cc.citation
    where c.modality = 'asserted' and c.rank <> 'deprecated' and c.earliest is not null and c.latest is not null
      and coalesce(c.value_edtf, c.when_edtf) is not null and c.predicate not in ('name', 'alias', 'effective')
), events as (
    select source, subject, edtf, earliest, latest, arg_min(id, (1 - is_date, start_char, id)) as claim,
           list(distinct citation order by citation) as cited, count(*) filter (date is null) as undated,
           min(start_char) as start_char, bool_or(is_said) as is_said
    from dated group by source, subject, edtf, earliest, latest
)
select source, edtf, cited, first(subject order by start_char, claim), first(claim order by start_char, claim),
       first(undated), first(earliest), first(latest), bool_and(is_said)
from events group by source, edtf, cited order by source, edtf, cited
"""


def date_bounds(view: View) -> Iterator[Finding]:
    """Hold the date of an event against the dates of the references that are cited for it."""
    events = view.rows(_CITED)
    works = {
        row[0]: row
        for row in view.rows(
            "select id, source, start_char, end_char, quote, date from citations "
            "where date is not null and id in (select citation from citation_marks)"
        )
    }
    labels = dict(
        view.rows(
            "select id, label from entities where id in (select unnest(?::varchar[]))",
            [[e[3] for e in events]],
        )
    )
    judged = [(e, j) for e in events if (j := _judged(e, works))]
    passages = view.claims([event[4] for event, _ in judged])
    for event, (severity, how, shown) in judged:
        _, edtf, _, subject, claim, *_ = event
        if severity == "warning" and not says_year(edtf, passages[claim]):
            continue  # a year lent from afar is no proof
        said = [*passages[claim], *(Said.passage(*works[one][1:5]) for one in shown)]
        reports = sorted({works[one][5] for one in shown})
        summary = how.format(label=labels.get(subject, ""), when=edtf, first=reports[0], last=reports[-1])
        yield finding("F010", "date-bound", severity, summary, said, when=edtf, reported=reports)


def _judged(event: tuple[Any, ...], works: dict[str, tuple[Any, ...]]) -> tuple[Any, str, list[str]] | None:
    """Return severity, sentence and the references that count; None where nothing is to say."""
    _, edtf, cited, _, _, undated, earliest, latest, is_said = event
    dated = sorted((one for one in cited if one in works), key=lambda one: works[one][2])
    orders = {one: _is_before(works[one][5], edtf) for one in dated}
    early = [
        one for one in dated if orders[one] is not False and _last_day(works[one][5]) < earliest.isoformat()
    ]
    if dated and not undated and len(early) == len(dated):
        if all(orders[one] for one in dated):
            if not is_said:
                return None  # the mark stands behind later words
            return (
                "warning",
                "{label}: {when} is later than every reference cited for it, the last of {last}.",
                dated,
            )
        return "info", "{label}: {when} can only be meant loosely, for it was reported by {last}.", dated
    late = [one for one in dated if one not in early and works[one][5][:4] == latest.isoformat()[:4]]
    late = [one for one in late if len(works[one][5]) > len("1997")]
    if not late:
        return None
    first = min(late, key=lambda one: works[one][5])
    if _last_day(works[first][5]) < latest.isoformat():
        return "info", "{label}: {when} was at the latest {first}, when it was reported.", [first]
    return "ok", "{label}: {when}, and reported from {first} on.", late


def _is_before(report: str, event: str) -> bool | None:
    return before(report, event)


def _last_day(edtf: str) -> str:
    from regesta.dates import bounds

    latest = bounds(edtf).latest
    return "9999" if latest is None else f"{latest.year:04}-{latest.month:02}-{latest.day:02}"
