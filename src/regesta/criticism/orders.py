"""F009: events of one person in an order that cannot be, and ages that do not fit birth and event.

    birth ≤ arrival, departure, imprisonment, award ≤ death
    age at an event = its year - year of birth, or one less

Only what must be before what is asked: somebody may leave, arrive and leave again. Bounds decide, so a year that may hold both
is no error. An age that fits is told as `ok`. Posthumous awards are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from regesta.criticism.ages import ages
from regesta.criticism.namesakes import named_apart
from regesta.criticism.view import View, finding, says_year
from regesta.dates import before
from regesta.model import Finding, Member

__all__ = ["orders"]

_LIVED: Final = ("arrival", "departure", "imprisoned_at", "imprisoned_for")
"""What only the living do."""

_BEFORE: Final = 160
_KIN: Final = re.compile(
    r"(?:['’]s|\b(?:[Hh]is|[Hh]er|[Tt]heir))\s(?:\w+\s)?(?:mother|father|wife|husband|sister|brother|son|daughter|uncle|aunt|cousin|grand\w+)\b"
)
"""Somebody's kin, of whom the rest of the sentence may tell."""

_ORDERS: Final = """
with told as (
    select c.subject, e.label, c.predicate, coalesce(c.value_edtf, c.when_edtf) as edtf, c.earliest, c.latest, c.id
    from claims c join entities e on e.id = c.subject
    where c.modality = 'asserted' and c.rank <> 'deprecated' and e.kind = 'person' and e.is_named and c.subset is null
      and (c.predicate in ('birth', 'death') and c.value_type = 'date'
           or c.predicate in (select unnest(?::varchar[])))
), births as (
    select subject, arg_max((edtf, id), (earliest, id)) as said, max(earliest) as earliest
    from told where predicate = 'birth' and earliest is not null group by subject
), deaths as (
    select subject, arg_min((edtf, id), (latest, id)) as said, min(latest) as latest
    from told where predicate = 'death' and latest is not null group by subject
), lived as (
    select subject, label, predicate, arg_min((edtf, id), (latest, id)) as first, min(latest) as first_latest,
           arg_max((edtf, id), (earliest, id)) as last, max(earliest) as last_earliest
    from told where predicate <> 'birth' group by all
)
select l.label, 'birth', b.said, l.predicate, l.first
from lived l join births b using (subject) where l.first_latest < b.earliest
union all
select l.label, l.predicate, l.last, 'death', d.said
from lived l join deaths d using (subject) where l.predicate <> 'death' and l.last_earliest > d.latest
order by all
"""

_AGES: Final = """
with births as (
    select subject, min(earliest) as earliest, max(latest) as latest, min(id) as id, any_value(value_edtf) as edtf
    from claims where predicate = 'birth' and value_type = 'date' and modality = 'asserted' and rank <> 'deprecated'
      and earliest is not null and latest is not null
    group by subject having count(distinct value_edtf) = 1
)
select e.label, b.edtf, b.id, c.value_number, c.when_edtf, c.id, year(c.earliest) - year(b.latest)
           - (strftime(c.earliest, '%m%d') < strftime(b.latest, '%m%d'))::int as least,
       year(c.latest) - year(b.earliest) - (strftime(c.latest, '%m%d') < strftime(b.earliest, '%m%d'))::int as most
from claims c join births b using (subject) join entities e on e.id = c.subject
where c.predicate = 'age' and c.value_unit = 'year' and c.value_number is not null and c.modality = 'asserted'
  and c.rank <> 'deprecated' and c.bound is null and not coalesce(c.value_approximate, false) and c.subset is null
  and e.kind = 'person' and c.earliest is not null and c.latest is not null and c.when_edtf is not null
  and not regexp_matches(c.when_edtf || b.edtf, '[~?%]')
qualify row_number() over (partition by c.subject, c.source, c.value_number, c.when_edtf order by c.id) = 1
order by c.source, c.subject, c.when_edtf, c.id
"""


def orders(view: View) -> Iterator[Finding]:
    """Tell of events before a birth or after a death, and hold ages against birth and event."""
    yield from view.source_by_source(_orders, tuple(sorted(named_apart(view))))


def _orders(view: View, apart: Sequence[str]) -> Iterator[Finding]:
    """Tell of both, but for the orders of those whose name two people bear."""
    found = []
    for label, earlier, first, later, second in view.rows(_ORDERS, [list(_LIVED)], needs={"birth|death": 1}):
        (first_edtf, first_id), (second_edtf, second_id) = _pair(first), _pair(second)
        if before(second_edtf, first_edtf) is True:  # "about" may allow it
            found.append((label, earlier, first_edtf, first_id, later, second_edtf, second_id))
    found = [row for row in found if row[0].casefold() not in apart]
    told = list(ages(view))
    judged: dict[str, list[Member]] = {}
    for one in told:
        judged.setdefault(one.members[0].source, []).append(one.members[0])
    lent = view.rows(_AGES, needs={"birth": 1, "age": 1})
    view.prepare(one for row in found for one in (row[3], row[6]))
    view.prepare(one for row in lent for one in (row[2], row[5]))
    for label, earlier, first_edtf, first_id, later, second_edtf, second_id in found:
        passages = view.claims([first_id, second_id])
        if not (says_year(first_edtf, passages[first_id]) and says_year(second_edtf, passages[second_id])):
            continue  # a year lent from afar is no proof
        if not view.surely([first_id, second_id]):
            continue
        yield finding(
            "F009",
            "chronology",
            "error",
            f"{label}: {later} {second_edtf} before {earlier} {first_edtf}.",
            [*passages[first_id], *passages[second_id]],
            earlier=first_edtf,
            later=second_edtf,
        )
    yield from told
    for label, born, birth, age, when, claim, least, most in lent:
        passages = view.claims([birth, claim])
        here = passages[claim][0].member
        if any(near.start < here.end and here.start < near.end for near in judged.get(here.source, ())):
            continue  # its day stands beside it
        holds = least <= age <= most
        if not holds and not (says_year(born, passages[birth]) and says_year(when, passages[claim])):
            continue
        if not holds and not (view.surely([birth, claim]) and not _is_of_kin(view, here)):
            continue
        range_ = (
            str(least)
            if least == most
            else f"{least} or {most}"
            if most == least + 1
            else f"{least} to {most}"
        )
        yield finding(
            "F009",
            "arithmetic-check" if holds else "chronology",
            "ok" if holds else "warning",
            f"{label}, born {born}, was {range_} {'on' if len(when) == len('1997-02-12') else 'in'} {when}; the text says {age:g}.",
            [*passages[claim], *passages[birth]],
            born=born,
            when=when,
            age=age,
            least=least,
            most=most,
        )


def _is_of_kin(view: View, said: Member) -> bool:
    """Whether the sentence before an age speaks of somebody's mother or brother: "Ana's mother Rosa, who ..., came at the age of 45"."""
    (words,) = view.words([(said.source, max(0, said.start - _BEFORE), said.start)])
    return _KIN.search(re.split(r"[.!?]\s|\n", words)[-1]) is not None


def _pair(said: object) -> tuple[str, str]:
    """Return the date and the claim of a row; DuckDB gives a nameless struct as a tuple or as a dict."""
    values = tuple(said.values()) if isinstance(said, dict) else said
    assert isinstance(values, tuple)
    return str(values[0]), str(values[1])
