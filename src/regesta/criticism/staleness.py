"""F067 and F068: what a text says of its own day, and what is told elsewhere to be so no longer.

    "Now they receive 20 million"       true when it was written: not before the latest day that the text tells
    "is currently in prison"            and elsewhere: "released in May 2011"

A text without a date of its own was written at the latest date in it or later, so its "now" cannot be older. One finding a
source shows a few such passages. A second kind tells of one that a dated passage, later than the text, shows to be over:
another figure, a release, a death. Whether what nobody speaks of again still holds is not asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from regesta.criticism.view import Said, View, finding
from regesta.dates import in_words
from regesta.model import Finding
from regesta.model.finding import Severity

__all__ = ["outlived", "stale_words"]

_STALE: Final = (
    r"(?:(?:\bis|\bare|\bhas|\bhave|\bcan|\bdoes|\bdo) (?:\w+ ){0,2}?(?:now|today|recently)\b|\b[Nn]ow (?:the|a|an|he|she|it|they|in|at|only) \w|"
    r"\b[Cc]urrently\b|\b[Nn]owadays\b|\b[Tt]oday,? (?:the|he|she|it|they|there|only|about|some)\b|\b[Aa]t present\b|\bto this day\b|"
    r"\b(?:has|have) so far\b|\bso far this year\b|\bstill (?:is|lives|works|holds|serves|in prison|in force)\b|\b(?:is|are) still\b|"
    r"\b(?:derzeit|zurzeit|heute|gegenwärtig|bislang|actuellement|aujourd['’]hui)\b|현재|지금)"
)
"""Words that speak of the day of writing, with what keeps them in the present: English, some German, French, Korean."""

_PAST: Final = r"\b(?:was|were|had|would|then|until) (?:\w+ )?(?:now|currently|still|heute)\b|\b(?:said|thought|believed|hoped) (?:that )?\w+ (?:is|are)\b"

_LEAD: Final = 30
"""Code points shown before such a word."""
_SHOWN: Final = 3
"""Passages that one finding shows."""

_TOLD: Final = """
with speaking as materialized (select source, start_char, text from {texts} where regexp_matches(text, ?)), said as materialized (
    select ev.source, ev.start_char, ev.end_char from claim_evidence ev join claims c on c.id = ev.claim and ev.position = 0
    where c.modality in ('asserted', 'reported') and c.when_edtf is null and c.value_edtf is null
      and c.predicate in ('role', 'role_after', 'event', 'status', 'capacity', 'amount', 'population', 'count', 'figure',
                          'location', 'imprisoned_at')
), worded as (
    select s.source, greatest(s.start_char - 24, t.start_char) as begun,
           substring(t.text, begun - t.start_char + 1, s.end_char - begun) as words
    from said s join speaking t on t.source = s.source and t.start_char <= s.start_char
     and t.start_char + length(t.text) >= s.end_char
), told as (
    select source, begun as start_char, words, begun + strpos(words, regexp_extract(words, ?)) - 1 as word_at from worded
    where regexp_matches(words, ?) and not regexp_matches(words, ?)
), apart as (
    select source, word_at, min_by(start_char, length(words)) as start_char, min_by(words, length(words)) as words
    from told group by source, word_at
)
select source, start_char, words, count(*) over (partition by source) from apart
qualify row_number() over (partition by source order by word_at) <= ? order by source, word_at
"""

_WRITTEN: Final = """
with asked as (select unnest(?::varchar[]) as source), days as (
    select c.source, c.earliest::varchar as day, coalesce(c.value_edtf, c.when_edtf) as edtf, ev.start_char,
           ev.start_char + length(ev.quote) as end_char, contains(ev.quote, year(c.earliest)::varchar) as is_said
    from claims c join claim_evidence ev on ev.claim = c.id and ev.position = 0
    where c.earliest is not null and c.modality = 'asserted' and c.source in (select source from asked)
      and not regexp_matches(coalesce(c.value_edtf, c.when_edtf), '[~?%/X]')
    union all
    select source, greatest(coalesce(date, ''), coalesce(retrieved, '')) as day, day, start_char, end_char, true
    from citations
    where source in (select source from asked) and (date is not null or retrieved is not null)
)
select s.name, s.date, arg_max(d.edtf, (d.day, d.is_said, -d.start_char)),
       arg_max(d.start_char, (d.day, d.is_said, -d.start_char)), arg_max(d.end_char, (d.day, d.is_said, -d.start_char))
from sources s left join days d on d.source = s.name and d.day < '2100'
where s.name in (select source from asked) group by s.name, s.date order by s.name
"""

_NEWER: Final = r"""
with stale as (
    select c.*, ev.quote, ev.start_char from claims c join claim_evidence ev on ev.claim = c.id and ev.position = 0
    where c.modality = 'asserted' and c.rank <> 'deprecated' and c.when_edtf is null and c.value_edtf is null
      and c.bound is null and c.subset is null and regexp_matches(ev.quote, ?) and not regexp_matches(ev.quote, ?)
)
select s.id, o.id, s.subject_label, s.source, coalesce(o.value_edtf, o.when_edtf), o.earliest::varchar, 'figure'
from stale s join claims o on o.subject = s.subject and o.predicate = s.predicate and o.value_unit = s.value_unit
where s.value_number is not null and o.value_number is not null and o.value_number <> s.value_number
  and o.modality = 'asserted' and o.rank <> 'deprecated' and o.bound is null and o.subset is null
  and not coalesce(o.value_approximate, false) and not coalesce(s.value_approximate, false)
  and coalesce(o.at_event, '') = coalesce(s.at_event, '')
  and s.predicate in ('capacity', 'population', 'group_size', 'amount', 'count') and s.subject_kind <> 'topic'
  and o.earliest is not null and o.when_edtf is not null
union all
select s.id, o.id, s.subject_label, s.source, coalesce(o.value_edtf, o.when_edtf), o.earliest::varchar, 'end'
from stale s join claims o on o.subject = s.subject and o.modality = 'asserted' and o.rank <> 'deprecated'
where s.subject_kind = 'person' and o.earliest is not null and o.source <> s.source
  and (o.predicate = 'death' and o.value_type = 'date'
       or o.predicate = 'event' and regexp_matches(s.quote, '(?i)\b(?:prison|jail|sentence|detain|camp|custody)')
          and regexp_matches(o.value_text, '(?i)\b(?:released|freed|executed|pardoned|died)\b'))
order by 4, 1, 6, 2
"""


_OF_A_DAY: Final = (
    "role|role_after|event|status|capacity|amount|population|count|figure|location|imprisoned_at"
)
_GROWS: Final = "capacity|population|group_size|amount|count"
"""What is looked at by `_TOLD`, and whose numbers by `_NEWER`."""


def stale_words(view: View) -> Iterator[Finding]:
    """Tell of "now" and "currently", and of the day before which they cannot have been written, one finding a source."""
    sources: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for row in view.rows(
        _TOLD.format(texts=view.texts()), [_STALE, _STALE, _STALE, _PAST, _SHOWN], needs={_OF_A_DAY: 1}
    ):
        sources[row[0]].append(row)
    written = {row[0]: row[1:] for row in view.rows(_WRITTEN, [sorted(sources)])} if sources else {}
    undated = [(one, *row[2:]) for one, row in written.items() if not row[0] and row[1]]
    latest_of = dict(zip((row[0] for row in undated), view.passages(undated), strict=True))
    for source, rows in sources.items():
        day, latest, *_ = written[source]
        said = [_from_the_word(*row[:3]) for row in rows]
        words = list(dict.fromkeys(f"“{_word(row[2])}”" for row in rows))
        count = rows[0][3]
        many = f"{count} passages speak" if count > 1 else "A passage speaks"
        if day:
            told = f"the source is of {in_words(day)}"
        elif latest:
            told = f"the source has no date; the latest it tells is {in_words(latest)}, so it speaks of that time or later"
            said.append(latest_of[source])
        else:
            told = "the source has no date, and tells none"
        summary = f"{many} of its own day ({', '.join(words)}): {told}."
        severity: Severity = "info" if day or latest else "undetermined"
        yield finding(
            "F067", "date-bound", severity, summary, said, passages=count, written=day or latest or ""
        )


def outlived(view: View) -> Iterator[Finding]:
    """Tell of what a source says of its own day and another passage, later than it, shows to be over."""
    if not (view.holds({_GROWS: 2}) or view.holds({"sources": 2, "death|event": 1})):
        return
    rows = view.rows(_NEWER, [_STALE, _PAST])
    written = (
        {row[0]: row[1] or row[2] for row in view.rows(_WRITTEN, [sorted({row[3] for row in rows})])}
        if rows
        else {}
    )
    view.prepare(one for row in rows for one in row[:2])
    told: set[str] = set()
    for stale, newer, label, source, edtf, day, how in rows:
        if stale in told or (how == "figure" and day <= (written.get(source) or "9999")):
            continue
        if not view.surely([stale, newer]):
            continue
        told.add(stale)
        first, second = view.claims([stale])[stale][0], view.claims([newer])[newer][0]
        word = _word(first.member.quote)
        over = "has another figure" if how == "figure" else "tells its end"
        summary = f"{label}: what “{word}” holds in {source} is over: {second.member.source} {over}, {in_words(edtf)}."
        yield finding("F068", "date-bound", "info", summary, [first, second], until=edtf)


def _word(quote: str) -> str:
    found = re.search(r"(?i)\b(?:now|currently|nowadays|today|at present|to this day|so far|still|recently|derzeit|zurzeit|heute|"
                      r"gegenwärtig|bislang|actuellement|aujourd['’]hui)\b|현재|지금", quote)  # fmt: skip
    return found.group().lower() if found else "now"


def _from_the_word(source: str, start: int, quote: str) -> Said:
    """Return the words from some before the word on that speaks of the day of writing."""
    found = re.search(_STALE, quote)
    lead = quote[: found.start()] if found else ""
    at = max(lead.rfind(". ") + 2 if ". " in lead else 0, lead.rfind("\n") + 1, lead.rfind("\t") + 1)
    if len(lead) - at > _LEAD:
        at = lead.rfind(" ", 0, len(lead) - _LEAD) + 1
    at = at or lead.find(" ") + 1  # the first word may be half of one
    cut = quote[at : at + 160]
    return Said.passage(source, start + at, start + at + len(cut), cut)
