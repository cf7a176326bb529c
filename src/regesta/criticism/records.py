"""Records: superlatives of something that is measured, each with its number, and what is measured alike.

    "468 sailors fled in the single largest mass defection"      group 468
    "the highest reward so far, $5,000"                          reward 5,000 USD
    "the youngest member ever elected", of somebody aged 23      age 23, and the least is the record

What is the largest of its kind in a way that nobody counts (a camp, a city, a tunnel) is no record here. Nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from regesta.criticism.statements import Statement, statements

if TYPE_CHECKING:
    from regesta.criticism.view import View

__all__ = ["Record", "others_of", "records"]

_MEASURES: Final = (
    (
        "population",
        re.compile(
            r"\b(?:largest|biggest|greatest|highest)\s+(?:single\s+)?(?:(?!of\b|the\b)[\w-]+\s+){0,3}?(?:population|community|number|colony|diaspora|concentration)\b"
            r".{0,40}\boutside(?: of)?\s+(?P<of>(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+)?)",
        ),
    ),
    (
        "group",
        re.compile(
            r"\b(?:single\s+)?(?:largest|biggest|greatest)\s+(?:single\s+)?(?:(?!of\b|the\b)[\w-]+\s+){0,2}?(?:groups?|defections?|escapes?|exodus|arrivals?|"
            r"crossings?|migrations?|contingents?|part(?:y|ies)|influx|landings?|airlifts?|evacuations?|flights?|transports?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "group",
        re.compile(
            r"\b(?:largest|biggest|fullest|most crowded)\s+(?:single\s+)?(?:(?!of\b|the\b)[\w-]+\s+){0,1}?(?:boats?|ships?|vessels?|trawlers?|steamers?|"
            r"rafts?|ferr(?:y|ies)|trains?|convoys?|boatloads?|shiploads?|columns?|caravans?|buses|bus|planes?)\b[^.;]{0,60}?(?:,|\()\s*"
            r"(?:with|carrying|which carried|that carried|holding|bringing|of)?\s*(?:(?:some|about|nearly|almost|over)\s+)?\d",
            re.IGNORECASE,
        ),
    ),
    (
        "award",
        re.compile(
            r"\b(?:largest|biggest|greatest|highest)\s+(?:single\s+)?(?:(?!of\b|the\b)[\w-]+\s+){0,2}?(?:rewards?|awards?|bount(?:y|ies)|prizes?|payments?|sums?|bonus)\b",
            re.IGNORECASE,
        ),
    ),
    ("age", re.compile(r"\b(?:youngest|oldest)\s+(?:[\w-]+\s+){1,4}?(?:ever|to|in|of all)\b", re.IGNORECASE)),
)
_SENTENCE: Final = re.compile(r"[.!?;]\s|\n")
"""What stands between two sentences: a number of another sentence is not the record's."""
_POINTING: Final = re.compile(
    r"^\W*(?:it|this|that|they|these|those|theirs?|which) (?:was|were|is|are|became|remains?|remained|had been) $",
    re.IGNORECASE,
)
"""But where the sentence only points back, "It was the largest ...", what it points at has its number."""
_BEFORE: Final = 140
"""Code points before a record within which its number stands."""

_BEHIND: Final = 6
"""And behind it: "the biggest group, 25 men"."""

_NUMBERS: Final = """
with asked as (
    select unnest(?::bigint[]) as n, unnest(?::varchar[]) as measure, unnest(?::varchar[]) as source,
           unnest(?::varchar[]) as subject, unnest(?::bigint[]) as first, unnest(?::bigint[]) as start, unnest(?::bigint[]) as last
)
select a.n, c.id, c.subject, c.subject_label, coalesce(c.value_number, c.value_low), coalesce(c.value_number, c.value_high),
       c.value_unit, v.start_char, coalesce(c.value_approximate, false) or c.bound is not null, v.quote
from asked a join claim_evidence v on v.source = a.source and v.position = 0 and v.start_char between a.first and a.last
join claims c on c.id = v.claim
where c.value_type = 'quantity' and coalesce(c.value_number, c.value_low) is not null and c.modality = 'asserted'
  and case a.measure when 'award' then c.predicate in ('award', 'amount') and length(c.value_unit) = 3
                     when 'age' then c.predicate = 'age' and c.value_unit = 'year' and c.subject = a.subject
                     else c.predicate in ('group_size', 'population', 'count', 'capacity') and c.value_unit = 'person' end
qualify row_number() over (partition by a.n order by v.start_char > a.start, abs(a.start - v.start_char), c.id) = 1
order by a.n
"""

_OTHERS: Final = r"""
with asked as (
    select unnest(?::bigint[]) as n, unnest(?::varchar[]) as measure, unnest(?::varchar[]) as unit, unnest(?::varchar[]) as source,
           unnest(?::varchar[]) as subject, unnest(?::double[]) as value, unnest(?::double[]) as sign,
           unnest(?::varchar[])::date as earliest, unnest(?::varchar[])::date as latest, unnest(?::varchar[]) as of_whom
), measured as (
    select 'group' as measure, '' as unit, c.subject, e.label,
           coalesce(e.group_size, try_cast(regexp_extract(replace(e.label, ',', ''), '^(\d{2,9}) ', 1) as bigint))::double as value, c.id, c.source, c.earliest, c.latest,
           coalesce(c.value_edtf, c.when_edtf) as edtf, '' as quote, c.where_text as place
    from claims c join entities e on e.id = c.subject
      join claim_evidence v on v.claim = c.id and v.position = 0
    where e.kind = 'group' and value > 1 and c.modality = 'asserted' and date_diff('day', c.earliest, c.latest) <= 31
      and (c.predicate in ('arrival', 'departure')
           or c.predicate = 'group_size' and c.earliest = c.latest and regexp_matches(v.quote, '\b(?:on board|aboard)\b'))
    union all
    select 'award', c.value_unit, c.subject, c.subject_label, c.value_number, c.id, c.source, c.earliest, c.latest, c.when_edtf, '', null
    from claims c
    where c.predicate = 'award' and c.value_number is not null and c.modality = 'asserted' and length(c.value_unit) = 3
    union all
    select 'age', 'year', c.subject, c.subject_label, c.value_number, c.id, c.source, c.earliest, c.latest, c.when_edtf, '', null
    from claims c
    where c.predicate = 'age' and c.value_unit = 'year' and c.value_number is not null and c.modality = 'asserted'
      and c.subset is null and c.bound is null and c.subject_kind = 'person'
    union all
    select 'population', '', c.subject, c.subject_label, c.value_number, c.id, c.source, c.earliest, c.latest, c.when_edtf,
           lower(v.quote), null
    from claims c join claim_evidence v on v.claim = c.id and v.position = 0
    where c.predicate in ('group_size', 'population', 'count') and c.value_unit = 'person' and c.value_number > 0
      and c.modality = 'asserted' and c.subset is null
)
select a.n, o.label, o.value, o.id, o.source, o.edtf, o.value * a.sign > a.value * a.sign as beyond, o.earliest > a.latest as later,
       o.place
from asked a join measured o on o.measure = a.measure and o.unit = a.unit and o.subject <> a.subject
  and (a.measure <> 'age' or o.source = a.source) and (a.of_whom = '' or contains(o.quote, a.of_whom))
where not coalesce(o.source = a.source and o.earliest <= a.latest and o.latest >= a.earliest, false) or a.measure <> 'group'
qualify row_number() over (partition by a.n, beyond order by case when beyond then 0 when later then 0 else 1 end,
                           o.value * a.sign desc, o.id) <= 8
order by a.n, beyond, coalesce(later, false) desc, o.value * a.sign desc, o.id
"""


class Record(NamedTuple):
    """A superlative with its number."""

    number: int
    measure: str
    statement: Statement
    of_whom: str
    claim: str
    subject: str
    phrase: str
    """The words of the number: "468 Vietnamese sailors"."""
    low: float
    high: float
    unit: str
    start: int | None
    is_about: bool

    @property
    def sign(self) -> float:
        """1 where more is the record, -1 where less is."""
        return -1.0 if self.statement.head == "youngest" else 1.0

    def said(self) -> str:
        """Return the number in words."""
        numbers = " to ".join(f"{n:,.10g}" for n in dict.fromkeys((self.low, self.high)))
        return f"{numbers} {self.unit or 'people'}"


def records(view: View) -> list[Record]:
    """Return the superlatives that are records of a number, in the order of the sources."""
    asked: list[tuple[str, Statement, str]] = []
    for one in view.once(statements):
        for measure, pattern in _MEASURES if one.predicate == "superlative" else ():
            match = pattern.search(one.text)
            if match is not None:
                of_whom = match.groupdict().get("of") or ""
                asked.append((measure, one, of_whom.removeprefix("the ").casefold()))
                break
    if not asked:
        return []
    numbers: list[tuple[Any, ...]] = view.rows(
        _NUMBERS,
        [
            list(range(len(asked))),
            [measure for measure, *_ in asked],
            [one.source for _, one, _ in asked],
            [one.subject for _, one, _ in asked],
            [max(one.block_start, one.start - (_BEFORE if m != "age" else 2000)) for m, one, _ in asked],
            [one.start for _, one, _ in asked],
            [one.block_end if m == "age" else one.end + _BEHIND for m, one, _ in asked],
        ],
    )
    found = []
    for n, claim, subject, label, low, high, unit, start, is_about, quote in numbers:
        measure, one, of_whom = asked[n]
        kept = "" if measure in ("group", "population") else unit
        phrase = label if measure in ("group", "population") else ""
        at = None if measure == "age" else start + max(0, quote.find(label)) if label in quote else start
        found.append(Record(n, measure, one, of_whom, claim, subject, phrase, low, high, kept, at, is_about))
    between = [
        (one.statement.source, min(one.start, one.statement.start), one.statement.start)
        if one.start is not None
        else (one.statement.source, 0, 0)
        for one in found
    ]
    return [one for one, gap in zip(found, view.words(between), strict=True) if _is_its_number(gap)]


def _is_its_number(gap: str) -> bool:
    """Whether the words between a number and a record let the one be of the other.

    >>> _is_its_number(" sailors fled in "), _is_its_number(" men came. It was "), _is_its_number(" men came. Alba was ")
    (True, True, False)
    """
    parts = _SENTENCE.split(gap)
    return len(parts) == 1 or (len(parts) == 2 and _POINTING.match(parts[1]) is not None)


def others_of(view: View, found: Sequence[Record]) -> list[tuple[Any, ...]]:
    """Return what is measured like each record: the largest beyond it and the next below it, a few of each.

    A row is (number of the record, label, value, claim, source, EDTF, is beyond it, is surely later, where, the line it stands in).
    """
    rows = view.rows(
        _OTHERS,
        [
            [one.number for one in found],
            [one.measure for one in found],
            [one.unit for one in found],
            [one.statement.source for one in found],
            [one.subject for one in found],
            [one.low if one.sign > 0 else one.high for one in found],
            [one.sign for one in found],
            [one.statement.earliest for one in found],
            [one.statement.latest for one in found],
            [one.of_whom for one in found],
        ],
    )
    passages = view.claims(row[3] for row in rows)
    places = []
    for row in rows:
        member = passages[row[3]][0].member
        places.append((member.source, max(0, member.start - 200), member.end + 200))
    lines = []
    for row, (_, start, _), words in zip(rows, places, view.words(places), strict=True):
        at = passages[row[3]][0].member.start - start
        lines.append((*row, words[:at].rpartition("\n")[2] + words[at:].partition("\n")[0]))
    return lines
