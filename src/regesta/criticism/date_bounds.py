"""F010: what is dated later than the references that report it, and what their dates narrow.

    "shot in 1997" [2: 17 February 1997]      it was by 17 February
    "on 1 July 2009" [3: 1993]                no reference can report it
    "in December" [4: 27 November]            nor here; said loosely, it is worth knowing

A reference bounds what stands before its mark, and without one of its own what the next mark of its paragraph, or the marks
of its entry in a list, cover; that is no proof against it. Where one of several is late enough, or has no date, nothing is
wrong: they support different words of the passage. A reference that is late enough is told as `ok`, of what is years older once
for all that cites it. Where a happening is called an answer to somebody whose own date lies before the report, it lies between
the two. Whether a reference says what it is cited for is not looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from regesta.criticism.early_reports import early_reports, is_told
from regesta.criticism.view import Said, View, finding, says_year
from regesta.dates import before, in_words
from regesta.model import Finding, Member

__all__ = ["date_bounds"]

_CITED: Final = """
with said as (
    select c.id, ev.source, ev.start_char, ev.end_char from claims c
    join claim_evidence ev on ev.claim = c.id and ev.position = 0
    where (c.value_type = 'date' or c.predicate in ('event', 'status') and c.when_edtf is not null)
      and not exists (from claim_citations cc where cc.claim = c.id)
      and c.source in (select source from citation_marks)
), entries as (
    select s.id, s.end_char, b.source, min(b.content_end) as until, bool_or(b.kind <> 'paragraph') as is_entry from said s
    join blocks b on b.source = s.source and b.content_start <= s.start_char and b.content_end >= s.end_char
      and b.kind in ('paragraph', 'list_item', 'cell')
    group by all
), following as (
    select e.id as claim, m.citation, m.start_char, is_entry, min(m.start_char) over (partition by e.id) as first_mark
    from entries e join citation_marks m on m.source = e.source and m.start_char between e.end_char and e.until
    where m.citation is not null
), cited as (
    select claim, citation, true as is_said, true as is_near from claim_citations
    union all select claim, citation, false, is_entry from following where is_entry or start_char <= first_mark + 12
), dated as (
    select c.source, c.subject, coalesce(c.value_edtf, c.when_edtf) as edtf, c.earliest, c.latest, c.id,
           x.id as citation, x.date, ev.start_char, (c.value_type = 'date')::int as is_date, cc.is_said, cc.is_near
    from claims c join claim_evidence ev on ev.claim = c.id and ev.position = 0
    join cited cc on cc.claim = c.id join citations x on x.id = cc.citation
    where c.modality = 'asserted' and c.rank <> 'deprecated' and c.latest is not null
      and (c.earliest is null) = (c.predicate = 'effective') and coalesce(c.value_edtf, c.when_edtf) is not null and c.predicate not in ('name', 'alias')
), events as (
    select source, subject, edtf, earliest, latest, arg_min(id, (1 - is_date, start_char, id)) as claim,
           list(distinct citation order by citation) as cited, count(*) filter (date is null) as undated,
           min(start_char) as start_char, bool_or(is_said) as is_said, bool_or(is_near) as is_near
    from dated group by source, subject, edtf, earliest, latest
)
select source, edtf, cited, first(subject order by start_char, claim), first(claim order by start_char, claim),
       first(undated), first(earliest), first(latest), bool_and(is_said), bool_and(is_near)
from events group by source, edtf, cited order by source, edtf, cited
"""


_NARROWED: Final = "{label}: {when} was at the latest {first}, when it was reported."

_LATER: Final = "{label}: {when} is later than every reference cited for it, the last of {last}."
_AHEAD_OF: Final = (
    "{label}: {when} is told as done, and is later than every reference cited for it, the last of {last}."
)

_AHEAD: Final = 400
"""Days by which a report may announce what is to come, if the passage does not tell it as done."""

_NEAR_AHEAD: Final = 32
"""Days by which a paper may be dated before the day on which it appeared, at most."""

_EACH: Final = 4
"""References of one source whose older reports are told one by one; of more, all in one finding."""

_ANSWER: Final = re.compile(
    r"\b(?:warning|revenge|retaliation|reprisal|response|reaction|answer|because of|prompted by|provoked by|triggered by)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What makes one thing the answer to another, before the name of whose doing it answers."""

_HEADED: Final = """
with asked as (select unnest(?::varchar[]) as claim, unnest(?::varchar[]) as until), happened as (
    select a.claim, a.until, ev.source, ev.end_char, c.earliest, c.latest, min(b.content_end) as block_end
    from asked a join claims c on c.id = a.claim join claim_evidence ev on ev.claim = c.id and ev.position = 0
    join blocks b on b.source = ev.source and b.content_start <= ev.start_char and b.content_end >= ev.end_char
      and b.kind in ('paragraph', 'list_item', 'cell')
    group by all
), named as (
    select h.*, m.entity, min(m.start_char) as start_char, arg_min(m.end_char, m.start_char) as name_end
    from happened h join mentions m on m.source = h.source and m.start_char between h.end_char and h.block_end
      and m.form = 'name'
    join entities e on e.id = m.entity and e.kind = 'person' group by all
), headed as (
    select n.*, b.content_start, b.content_end from named n join mentions m on m.entity = n.entity and m.source = n.source
    join blocks b on b.source = m.source and b.content_start = m.start_char and b.kind = 'list_item'
)
select h.claim, h.source, h.start_char, h.name_end, c.when_edtf, d.start_char, d.end_char
from headed h join claim_evidence ev on ev.source = h.source and ev.position = 0
  and ev.start_char between h.content_start and h.content_end
join claims c on c.id = ev.claim and c.modality = 'asserted' and c.value_type <> 'quantity'
  and c.earliest between h.earliest and h.latest and length(c.when_edtf) = 10 and c.when_edtf <= h.until
join claim_evidence d on d.claim = c.id and d.source = h.source
  and d.start_char between h.content_start and h.content_end
where h.entity not in (select subject from claims o where o.id = h.claim)
qualify row_number() over (partition by h.claim order by h.start_char, c.when_edtf, length(d.quote)) = 1
order by h.claim
"""


def date_bounds(view: View) -> Iterator[Finding]:
    """Hold the date of an event against the dates of the references that are cited for it."""
    events = view.rows(_CITED, needs={"citations": 1})
    works = {
        row[0]: row
        for row in view.rows(
            "select id, source, start_char, end_char, quote, date from citations "
            "where date is not null and id in (select citation from citation_marks)",
            needs={"citations": 1, "marks": 1},
        )
    }
    labels = dict(
        view.rows(
            "select id, label from entities where id in (select unnest(?::varchar[]))",
            [[e[3] for e in events]],
        )
        if events
        else ()
    )
    judged = [(e, j) for e in events if e[6] is not None and (j := _judged(e, works))]
    ahead = {e[4] for e, (_, how, _) in judged if how is _AHEAD_OF}
    told = {claim for claim, said in view.claims(ahead).items() if is_told(said[0].member.quote)}
    judged = [(e, j) for e, j in judged if e[4] not in ahead or e[4] in told]
    older = _older(events, {(e[0], e[3]) for e, _ in judged}, works)
    narrowed = [(e[0], e[4], j[2][0]) for e, j in judged if j[1] is _NARROWED]
    answers = _answers(view, narrowed, works)
    passages = view.claims(
        [*(event[4] for event, _ in judged), *(e[4] for events_ in older for e in events_)]
    )
    alarms: list[Member] = []
    for event, (severity, how, shown) in judged:
        _, edtf, _, subject, claim, *_ = event
        if severity == "warning" and not says_year(edtf, passages[claim]):
            continue  # a year lent from afar is no proof
        said = [
            *passages[claim][: 2 if claim in answers else None],
            *(Said.passage(*works[one][1:5]) for one in shown),
        ]
        reports = sorted({works[one][5] for one in shown})
        summary = how.format(
            label=labels.get(subject, ""),
            when=in_words(edtf),
            first=in_words(reports[0]),
            last=in_words(reports[-1]),
        )
        if claim in answers:
            cause, when, more = answers[claim]
            said += more
            summary += f" As “{cause}”, whose date is {when}, it would lie between the two."
        alarms += [said[0].member] if severity == "warning" else []
        yield finding("F010", "date-bound", severity, summary, said, when=edtf, reported=reports)
    yield from early_reports(view, alarms)
    yield from _older_told(older, works, labels, passages)


def _judged(event: tuple[Any, ...], works: dict[str, tuple[Any, ...]]) -> tuple[Any, str, list[str]] | None:
    """Return severity, sentence and the references that count; None where nothing is to say."""
    _, edtf, cited, _, _, undated, earliest, latest, is_said, is_near = event
    dated = sorted((one for one in cited if one in works), key=lambda one: works[one][2])
    orders = {one: _is_before(works[one][5], edtf) for one in dated}
    early = [
        one for one in dated if orders[one] is not False and _last_day(works[one][5]) < earliest.isoformat()
    ]
    if dated and not undated and len(early) == len(dated):
        if all(orders[one] for one in dated):
            last = max(_last_day(works[one][5]) for one in dated)
            if not is_said or len(edtf) < len("1997-02"):
                return None  # the mark stands behind later words, or a year is part of a name
            days = _days(last, earliest)
            if days < _NEAR_AHEAD:
                return None
            return "warning", _LATER if days >= _AHEAD else _AHEAD_OF, dated
        return "info", "{label}: {when} can only be meant loosely, for it was reported by {last}.", dated
    late = [one for one in dated if one not in early and works[one][5][:4] == latest.isoformat()[:4]]
    late = [one for one in late if len(works[one][5]) > len("1997") and "/" not in works[one][5]]
    if not late or "/" in edtf:
        return None
    first = min(late, key=lambda one: works[one][5])
    if _last_day(works[first][5]) < latest.isoformat():
        if not is_near:
            return None  # the next mark of a paragraph may support its own words only
        return "info", _NARROWED, [first]
    return "ok", "{label}: {when}, and reported from {first} on.", late


def _is_before(report: str, event: str) -> bool | None:
    return before(report, event)


def _days(first: str, second: date) -> int:
    """Return the days from a written day to another.

    >>> _days("1999-12-31", date(2001, 6, 10))
    527
    """
    return (second - date.fromisoformat(first)).days if first < "9999" else 0


def _last_day(edtf: str) -> str:
    from regesta.dates import bounds

    latest = bounds(edtf).latest
    return "9999" if latest is None else f"{latest.year:04}-{latest.month:02}-{latest.day:02}"


def _older(
    events: Sequence[tuple[Any, ...]], told: set[tuple[str, str]], works: Mapping[str, tuple[Any, ...]]
) -> list[list[tuple[Any, ...]]]:
    """Return what is years older than every reference cited for it, by the first of these, as they stand in the text."""
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for event in events:
        source, edtf, cited, subject, _, undated, *_ = event
        dated = [one for one in cited if one in works]
        if not dated or undated or (source, subject) in told:
            continue
        first = min(dated, key=lambda one: works[one][5])
        if before(edtf, works[first][5]) is True and edtf[-4:] != works[first][5][:4]:
            groups[source, first].append((*event, first))
    return list(groups.values())


def _older_told(
    older: Sequence[Sequence[tuple[Any, ...]]],
    works: Mapping[str, tuple[Any, ...]],
    labels: Mapping[str, str],
    passages: Mapping[str, tuple[Said, ...]],
) -> Iterator[Finding]:
    sources: dict[str, list[Sequence[tuple[Any, ...]]]] = defaultdict(list)
    for events in older:
        sources[events[0][0]].append(events)
    for groups in sources.values():
        if len(groups) <= _EACH:
            for events in groups:
                first = works[events[0][-1]]
                dates = sorted({event[1] for event in events})
                shown = [event for event in events if event[1] in dates[:3]][:3]
                said = [*(passages[event[4]][0] for event in shown), Said.passage(*first[1:5])]
                label = labels.get(events[0][3], "")
                summary = (
                    f"{label}: {_enumerated([in_words(date) for date in dates])}; "
                    f"the report cited is of {in_words(first[5])}, later."
                )
                yield finding("F010", "date-bound", "ok", summary, said, when=dates, reported=[first[5]])
            continue
        count = sum(len(events) for events in groups)
        said = [
            one
            for events in groups[:2]
            for one in (passages[events[0][4]][0], Said.passage(*works[events[0][-1]][1:5]))
        ]
        summary = f"{count} dated passages are years older than the {len(groups)} references cited for them, as they must be."
        yield finding("F010", "date-bound", "ok", summary, said, passages=count, references=len(groups))


def _answers(
    view: View, narrowed: Sequence[tuple[str, str, str]], works: Mapping[str, tuple[Any, ...]]
) -> dict[str, tuple[str, str, list[Said]]]:
    """Return by claim what it is said to answer, when that was, and the two passages."""
    rows = (
        view.rows(_HEADED, [[one[1] for one in narrowed], [_last_day(works[one[2]][5]) for one in narrowed]])
        if narrowed
        else []
    )
    before_ = view.passages([(row[1], max(0, row[2] - 70), row[2]) for row in rows])
    found = {}
    for (claim, source, start, end, when, date_start, date_end), words in zip(rows, before_, strict=True):
        cause = _ANSWER.search(words.member.quote)
        if cause is None:
            continue
        more = view.passages([(source, start - len(cause.group()), end), (source, date_start, date_end)])
        found[claim] = " ".join(more[0].member.quote.split()), in_words(when), more
    return found


def _enumerated(words: Sequence[str]) -> str:
    if len(words) > 3:
        return f"{words[0]} to {words[-1]}"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
