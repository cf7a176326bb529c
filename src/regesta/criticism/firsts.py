"""F043: what is said to be the first of its kind, against everything of that kind that is dated earlier.

    "on 5 May Ruritania granted Borduran sailors asylum for the first time"  ·  Ana got asylum in Ruritania on 27 April    first-claim
    "the first since 1990"                                     ·  one of 1987                     older than what it speaks of
    "the first Borduran pilot to reach Ruritania", 1961        ·  a Borduran cook there in 1958   of another kind
    nothing earlier, and one later                             ok, with the next

What a first claim is of is read from the dated claims that its own words make: a status (what, where), an arrival (who, where).
The other must be of the same thing, in the same place and surely earlier; what the claim says of people (a nationality, a
trade) must be said of them too. "Since 1990", "in 40 years", "this season" bound how far back it speaks. What nobody dated to
the day or the year is not compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from regesta.criticism.openings import openings
from regesta.criticism.statements import Statement, content, covers, statements
from regesta.criticism.view import View, finding
from regesta.model import Finding
from regesta.vocab import lexicon

__all__ = ["firsts"]

_KINDS: Final = r"""
with told as (
    select c.id, c.subject, e.label, c.predicate, coalesce(c.value_edtf, c.when_edtf) as edtf, c.earliest, c.latest, c.source,
           v.start_char, v.end_char,
           case c.predicate when 'arrival' then ''
                else regexp_extract(lower(c.value_text), '^(.*?)(?: (?:in|by|from|to) (?:the )?(.*))?$', 1) end as what,
           regexp_replace(lower(coalesce(
               c.where_text,
               nullif(regexp_extract(c.value_text, '^(.*?)(?: (?:in|by|from|to) (?:the )?(.*))?$', 2), ''))), '^the ', '') as place
    from claims c join claim_evidence v on v.claim = c.id and v.position = 0 join entities e on e.id = c.subject
    where c.predicate in ('status', 'arrival') and c.modality = 'asserted' and c.rank <> 'deprecated' and c.said_by is null
      and c.earliest is not null and c.latest is not null and (c.predicate = 'status' or c.value_type = 'date')
), anchored as (
    select f.id as first, t.subject, t.predicate, t.what, t.place, t.edtf, t.earliest, t.latest
    from claims f join claim_evidence w on w.claim = f.id and w.position = 0
    join told t on t.source = w.source and t.start_char < w.end_char and w.start_char < t.end_char
    where f.predicate = 'first' and t.place is not null
    union
    select f.id, f.subject, 'status', regexp_extract(lower(f.value_text), ?, 1), regexp_replace(lower(e.label), '^the ', ''),
           f.when_edtf, f.earliest, f.latest
    from claims f join entities e on e.id = f.subject
    where f.predicate = 'first' and e.kind = 'place' and f.earliest is not null and f.latest is not null
      and regexp_matches(lower(f.value_text), ?) and regexp_matches(lower(f.value_text), '^(grant|g[ai]v|accord|award|offer)')
    union
    select f.id, f.subject, 'arrival', '', lower(regexp_extract(f.value_text, ?, 1)), f.when_edtf, f.earliest, f.latest
    from claims f
    where f.predicate = 'first' and f.earliest is not null and f.latest is not null and regexp_matches(f.value_text, ?)
)
select a.first, a.predicate, a.what, a.place, a.edtf, t.id, t.label, t.edtf, t.source, t.start_char, t.end_char,
       t.latest < a.earliest as before, year(t.earliest), year(a.earliest)
from anchored a join told t on t.predicate = a.predicate and t.what = a.what and t.place = a.place and t.subject <> a.subject
where t.latest < a.earliest or t.earliest > a.latest
qualify row_number() over (partition by a.first, t.latest < a.earliest
                           order by case when t.latest < a.earliest then - epoch(t.latest) else epoch(t.earliest) end, t.id) <= ?
order by a.first, before desc, abs(date_diff('day', a.earliest, t.earliest)), t.id
"""

_REACHED: Final = r"\b(?:reached|arrived? (?:in|at)|landed? (?:in|at|on)|came to|come to)\s+(?:the )?([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
"""How a statement says where its people came; the place is the group."""

_MOST: Final = 50
"""Dated things of one kind on each side of a first that are looked at, the nearest first."""

_SINCE: Final = re.compile(r"\b(?:since|after)\b[^.;]{0,140}?\b(?P<year>[12]\d{3})\b", re.IGNORECASE)
_IN_YEARS: Final = re.compile(
    r"\bin (?:more than |over |almost |nearly )?(?P<n>\d{1,3}) (?P<unit>years|months)\b", re.IGNORECASE
)
_THIS: Final = re.compile(r"\b(?:this|that|of the) (?:year|season|month|week)\b", re.IGNORECASE)
_WHO: Final = re.compile(
    r"\bfirst\s+(?P<who>(?:[\w'’-]+\s+){1,5}?)(?:to|who|that|in|at|from|accepted|admitted|granted|since|were|was|reached|arrived|came)\b"
)
_PROPER: Final = re.compile(r"\b[A-Z][\w'’-]+")
_GIVEN: Final = re.compile(
    r"^\w+ (?P<whom>(?!refugee status|political asylum|asylum|citizenship|visas?\b).{2,60}?)??\s*(?:refugee |political )?"
    r"\b(?:asylum|status|citizenship|visas?|residen\w+|protection|refuge)\b(?:\s+to\s+(?P<to>.{2,60}?)(?=\s+for\b|$))?"
)
_ANYBODY: Final = content(
    "unnamed refugees persons people defectors citizens nationals men women several some group political a number"
)
_AROUND: Final = 400


class _Kind(NamedTuple):
    first: str
    predicate: str
    what: str
    place: str
    edtf: str
    claim: str
    label: str
    other_edtf: str
    source: str
    start: int
    end: int
    before: bool
    year: int
    anchor_year: int


class _Around(NamedTuple):
    line: str
    opening: str


def firsts(view: View) -> Iterator[Finding]:
    """Tell where something of the same kind came before what is called the first."""
    told = [one for one in view.once(statements) if one.predicate == "first"]
    told_of: set[tuple[str, int, int]] = set()
    for found in _of_statuses(view, told) if told else ():
        told_of.add((found.members[0].source, found.members[0].start, found.members[0].end))
        yield found
    for found in openings(view):
        if (found.members[0].source, found.members[0].start, found.members[0].end) not in told_of:
            yield found


def _of_statuses(view: View, told: Sequence[Statement]) -> Iterator[Finding]:
    """Tell of a status and of an arrival that are called the first."""
    names = sorted(lexicon().status_terms, key=len, reverse=True)
    terms = rf"\b({'|'.join(map(re.escape, names))})\b"
    parameters = [terms, terms, _REACHED, _REACHED, _MOST]
    rows = [_Kind(*row) for row in view.rows(_KINDS, parameters, needs={"first": 1, "status|arrival": 1})]
    if not rows:
        return
    groups: dict[str, list[_Kind]] = defaultdict(list)
    for row in rows:
        groups[row.first].append(row)
    known = {one.claim: one for one in told}
    around = _around(view, rows)
    by_source: dict[str, list[Statement]] = defaultdict(list)
    for one in told:
        by_source[one.source].append(one)
    sentence = _sentences(view, [known[claim] for claim in groups if claim in known])
    for claim, kinds in groups.items():
        if claim not in known:
            continue
        first = known[claim]
        beside = [one for one in by_source[first.source] if _stands_beside(first, one)]
        words = " ".join([sentence[claim], *(one.text for one in beside)])
        fitting = [kind for kind in kinds if _is_of_them(first, kind, around[kind.claim])]
        yield from _told(view, first, beside, words, fitting)


def _told(
    view: View, first: Statement, beside: Sequence[Statement], words: str, kinds: Sequence[_Kind]
) -> Iterator[Finding]:
    """Yield what came before, else what comes next."""
    earlier = [kind for kind in kinds if kind.before]
    within = [kind for kind in earlier if kind.year >= _back_to(words, kind.anchor_year)]
    if within:
        found = within[0]
        verdict = f"but {found.other_edtf} is told of {found.label}"
    elif not earlier and kinds:
        found = kinds[0]
        verdict = f"and nothing of the kind is known before; the next is {found.label}, {found.other_edtf}"
    else:
        return
    passages = view.claims([first.claim, found.claim, *(one.claim for one in beside[:1])])
    thing = found.what or found.predicate
    is_sure = found.predicate == "status" and view.surely([found.claim])
    yield finding(
        "F043",
        "first-claim",
        "ok" if not within else "warning" if is_sure else "info",
        f"“{first.text}” ({found.edtf}), {verdict} ({thing}, {found.place.title()}).",
        [
            passages[first.claim][0],
            passages[found.claim][0],
            *passages[found.claim][1:2],
            *(passages[one.claim][0] for one in beside[:1]),
        ],
        first=found.edtf,
        other=found.other_edtf,
        thing=thing,
        place=found.place,
    )


def _stands_beside(first: Statement, other: Statement) -> bool:
    """Whether another first claim goes on where this one ends: "for the first time, the first ... since the Act"."""
    return first.end <= other.start <= first.end + 4


def _back_to(words: str, year: int) -> int:
    """Return the first year of which a statement speaks.

    >>> _back_to("the first to land since the ceasefire of 1953", 1961), _back_to("the first in 40 years", 1961)
    (1953, 1921)
    """
    if since := _SINCE.search(words):
        return int(since["year"])
    if within := _IN_YEARS.search(words):
        return year - (int(within["n"]) if within["unit"] == "years" else int(within["n"]) // 12)
    return year if _THIS.search(words) else 0


def _is_of_them(first: Statement, kind: _Kind, around: _Around) -> bool:
    """Whether what the statement says of its people is said of the other, or of all in its source."""
    place = content(kind.place)
    proper = {w for w in content(" ".join(_PROPER.findall(first.text))) if not covers([w], place)}
    if kind.predicate == "status":
        given = _GIVEN.search(first.text)
        whom = content(given["to"] or given["whom"] or "") - _ANYBODY - proper if given else frozenset()
        near = content(f"{around.line} {_told_of(around.opening)}")
        named = content(f"{around.line} {around.opening}")
        return covers(proper, named) == len(proper) and covers(whom, near) == len(whom)
    who = _WHO.search(first.text)
    if who is None:
        return False
    wanted = content(who["who"]) - {"person", "people", "man", "woman", "ever"}
    return bool(wanted) and covers(wanted, content(around.line)) == len(wanted)


def _sentences(view: View, told: Sequence[Statement]) -> dict[str, str]:
    """Return for each statement the sentence that it stands in, for what it says of time."""
    places = [
        (one.source, max(one.block_start, one.start - 160), min(one.block_end, one.end + 160)) for one in told
    ]
    found = {}
    for one, (_, start, _), words in zip(told, places, view.words(places), strict=True):
        before, behind = words[: one.start - start], words[one.end - start :]
        found[one.claim] = before.split(". ")[-1] + one.text + behind.split(". ")[0]
    return found


def _told_of(opening: str) -> str:
    """Return the words with which a source begins, as far as they are of one kind of people: no "sailors and swimmers"."""
    return " ".join(line for line in opening.split("\n") if " and " not in line and ", " not in line)


def _around(view: View, rows: Sequence[_Kind]) -> dict[str, _Around]:
    """Return for each dated claim the words around it and those with which its source begins."""
    claims = {row.claim: row for row in rows}
    sources = sorted({row.source for row in rows})
    places = [(r.source, max(0, r.start - 200), r.end + 200) for r in claims.values()]
    words_of = view.words([*places, *((source, 0, _AROUND) for source in sources)])
    near = words_of[: len(places)]
    opening = dict(zip(sources, words_of[len(places) :], strict=True))
    found = {}
    for (claim, row), words in zip(claims.items(), near, strict=True):
        at = row.start - max(0, row.start - 200)
        line = words[:at].rpartition("\n")[2] + words[at:].partition("\n")[0]
        found[claim] = _Around(line, opening[row.source])
    return found
