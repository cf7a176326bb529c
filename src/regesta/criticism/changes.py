"""F041: one amount that two passages let change from different to different: both tellings, side by side.

    "cut the grant of each settler from $900 to $400"  ·  "at first each got $1,200; now they get $700"      tension
    "from $900 to $400"   ·   "from $1,200 to $900"                            one follows the other
    "from $900 in 1951"   ·   "from $1,200 in 1963"                            other times

A telling is one sentence with "from A to B" and a word for change, or a sentence of how it was at first and one behind it of
how it is now. Two of them are compared in one source, or about one subject, in one unit, where both say that it is for each,
or share nouns that say what changes. It may be two changes, or two parts of what was paid: so it is worth knowing, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.dates import overlaps
from regesta.model import Finding

__all__ = ["changes"]

_MOST: Final = 12
"""Tellings of one subject and unit that are compared with one another."""

_VERBS: Final = r"reduc|\bcut|rais|increas|decreas|lower|drop|\bf[ae]ll|gr[eo]w|\brose|\brise|halv|chang|slash|shr[aiu]nk|expand|went|gone"
_AT_FIRST: Final = (
    r"\b(?:at first|first opened|first began|first arrived|initially|originally|formerly|used to|in the beginning|at the start|"
    r"in the early (?:days|years)|previously|back then)\b"
)
_BY_NOW: Final = r"\b(?:now|today|currently|nowadays|at present|these days|at the moment)\b"

_TOLD: Final = r"""
with amounts as (
    select c.subject, c.subject_label, c.value_unit as unit, c.source, c.id, c.value_number as number, c.when_edtf,
           e.start_char, e.end_char, e.quote, c.subset
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.value_type = 'quantity' and c.value_number is not null and c.modality = 'asserted' and c.rank <> 'deprecated'
      and c.predicate in ('amount', 'award', 'figure', 'capacity', 'duration', 'population', 'count')
), within as (
    select subject, any_value(subject_label) as label, unit, source, start_char, end_char, any_value(quote) as quote,
           list(id order by id) as ids, list(number order by id) as numbers, any_value(when_edtf) as held
    from amounts
    where regexp_matches(quote, '(?i)\bfrom\b.{1,60}\bto\b') and regexp_matches(quote, '(?i)' || ?)
    group by subject, unit, source, start_char, end_char having count(*) = 2 and count(distinct number) = 2
), apart as (
    select a.subject, a.subject_label as label, a.unit, a.source, a.start_char, a.quote || ' ' || b.quote as quote,
           [a.id, b.id] as ids, [a.number, b.number] as numbers, coalesce(b.when_edtf, a.when_edtf) as held
    from amounts a join amounts b on a.subject = b.subject and a.source = b.source and a.unit = b.unit
      and b.start_char between a.end_char and a.end_char + 40 and a.number <> b.number
    where regexp_matches(a.quote, '(?i)' || ?) and regexp_matches(b.quote, '(?i)' || ?)
), told as (
    select subject, label, unit, source, start_char, quote, ids, numbers, held, true as whole from within
    union all select subject, label, unit, source, start_char, quote, ids, numbers, held, false from apart
)
select subject, unit, label, source, quote, ids, numbers, held, whole from told
qualify count(*) over (partition by subject, unit) > 1 or count(*) over (partition by source, unit) > 1
order by unit, source, start_char, ids
"""

_FROM: Final = re.compile(r"\bfrom\s+[^\d]{0,12}(?P<old>\d[\d,.]*)", re.IGNORECASE)
_EACH: Final = re.compile(
    r"\b(?:each|every|apiece|per (?:person|head|capita|family|household)|a head|individual)\b", re.IGNORECASE
)
_NOUN: Final = re.compile(r"[^\W\d_]{4,}")
_COMMON: Final = frozenset(
    "about after again their there these those which while where would could should other under since until still first "
    "today currently nowadays originally initially formerly previously reduced reduce raised increased lowered dropped changed "
    "from when then they them with that this have been were more most than also into what tell told says said other town later some "
    "million thousand billion hundred amount received given monthly month weeks years week every person government".split()
)


class _Telling(NamedTuple):
    label: str
    source: str
    quote: str
    claims: tuple[str, str]
    old: float
    new: float
    held: str | None

    def said(self, unit: str) -> str:
        """Return it in words."""
        return f"from {self.old:,.10g} to {self.new:,.10g} {unit}"


def changes(view: View) -> Iterator[Finding]:
    """Tell of two passages that let one amount change from different to different."""
    groups: dict[tuple[str, str], list[_Telling]] = {}
    for subject, unit, label, source, quote, ids, numbers, held, whole in view.rows(
        _TOLD,
        [_VERBS, _AT_FIRST, _BY_NOW],
        needs={"amount|award|figure|capacity|duration|population|count": 3},
    ):
        ordered = _ordered(quote, numbers) if whole else (0, 1)
        if ordered is not None:
            first, last = ordered
            telling = _Telling(
                label, source, quote, (ids[first], ids[last]), numbers[first], numbers[last], held
            )
            groups.setdefault((source, unit), []).append(telling)
            groups.setdefault((subject, unit), []).append(telling)
    told: set[tuple[str, ...]] = set()
    for (_, unit), tellings in groups.items():
        pair = next((p for p in combinations(tellings[:_MOST], 2) if _differ(*p)), None)
        if pair is None or (pair[0].claims + pair[1].claims) in told:
            continue
        left, right = pair
        told.add(left.claims + right.claims)
        passages = view.claims([*left.claims, *right.claims])
        where = "", "" if left.source == right.source else f" ({right.source})"
        yield finding(
            "F041",
            "value-conflict",
            "info",
            f"{left.label}: {left.said(unit)}{where[0]}, and in another passage{where[1]} {right.said(unit)}; "
            "they are two changes, or one told in two ways.",
            _distinct([passages[one][0] for one in (*left.claims, *right.claims)]),
            unit=unit,
            changes=[[left.old, left.new], [right.old, right.new]],
        )


def _ordered(quote: str, numbers: Sequence[float]) -> tuple[int, int] | None:
    """Return which of two numbers is the one that "from" leads to, and the other; None where neither is.

    >>> _ordered("cut from $1,200 to $700", [700.0, 1200.0]), _ordered("rose from 2 to 3 million", [3e6, 2e6])
    ((1, 0), (1, 0))
    """
    match = _FROM.search(quote)
    if match is None:
        return None
    try:
        old = float(match["old"].rstrip(".,").replace(",", ""))
    except ValueError:
        return None
    for index, number in enumerate(numbers):
        if any(number == old * scale for scale in (1, 1e3, 1e6, 1e9)):
            return index, 1 - index
    return None


def _differ(left: _Telling, right: _Telling) -> bool:
    """Whether two tellings are of one amount, and neither the same nor one after the other."""
    if {left.old, left.new} & {right.old, right.new}:
        return False
    if (left.old < left.new) is not (right.old < right.new):
        return False
    if left.held and right.held and overlaps(left.held, right.held) is False:
        return False
    if _EACH.search(left.quote) and _EACH.search(right.quote):
        return True
    return len(_nouns(left.quote) & _nouns(right.quote)) > 1


def _nouns(quote: str) -> frozenset[str]:
    return frozenset(word.casefold().removesuffix("s") for word in _NOUN.findall(quote)) - _COMMON


def _distinct(said: Sequence[Said]) -> list[Said]:
    """Return each passage once."""
    return list({(one.member.source, one.member.start, one.member.end): one for one in said}.values())
