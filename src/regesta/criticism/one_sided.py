"""F084 and F085: whom one of two lists has and the other lacks, and years in which a list has nobody.

    a:  1990 · 1992 · 1993 ············ 2004 · 2005     nobody between 1993 and 2004
    b:       1992 · 1996 · 1999 · 2001 · 2004           whom b has in 1996, 1999 and 2001

A list is a source that dates the arrivals of five people and more in entries or rows; two lists are of one matter where they share
three of them and neither is an excerpt of the other. Where many share people, each is held against the few that share most. Only the
years that both cover are compared. Not to be in a list is no denial, and lists say of themselves that they are not complete: so
this is worth knowing, never a fault. Alone, a list has a gap only between years that it covers closely.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from regesta.criticism.pages import pages
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["missing_people", "missing_years"]

_FEWEST: Final = 5
"""Dated people of a list, at least."""
_COMMON: Final = 3
"""People whom two lists share, at least, to be of one matter."""
_SPREAD: Final = 8
"""Sources that tell of one person, at most, for it to lead to pairs of lists."""
_NEAREST: Final = 8
"""Lists that one is held against, at most: those that share most people with it. Of hundreds every pair would be told."""
_SHOWN: Final = 4
_NAMED: Final = 50
"""People whom a finding names in `computed`, at most."""
_GAP: Final = 5
"""Years without anybody that are a gap of a list alone, at least."""
_CLOSE: Final = 6
"""Years before and after such a gap of which three have somebody."""

_DATED: Final = """
create or replace temp table dated_in_lists as
with said as (
    select c.source, c.subject, c.subject_label as label, c.subject_kind as kind, year(c.earliest) as low, year(c.latest) as high,
           c.id, e.start_char
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.predicate = 'arrival' and c.value_type = 'date' and c.modality in ('asserted', 'reported', 'hedged')
      and c.rank <> 'deprecated' and c.subject_kind in ('person', 'group') and c.earliest is not null and c.latest is not null
      and year(c.latest) - year(c.earliest) <= 1
), placed as (
    select s.*, b.kind as block, b.kind <> 'list_item' or s.start_char < b.content_start + 60 as is_own from said s
    asof join (select source, kind, content_start from blocks where content_end > content_start) b
      on b.source = s.source and s.start_char >= b.content_start
), listed as (
    select source, subject, label, kind, min(low) as low, max(high) as high, arg_min(id, (start_char, id)) as claim,
           min(start_char) as start_char,
           bool_or(is_own) as is_own
    from placed where block in ('list_item', 'cell', 'row', 'definition', 'term') group by all
)
select *, min(low) over (partition by source) as first_year, max(high) over (partition by source) as last_year from listed
where source in (select source from listed group by source having count(*) >= ?)
"""

_PAIRED: Final = """
create or replace temp table lists_of_one_matter as
with named as (
    select d.source, d.subject, count(*) over (partition by d.subject) as n_sources
    from (select distinct source, subject from dated_in_lists where kind = 'person') d join entities e on e.id = d.subject
    where e.is_named
), pairs as (
    select a.source as a, b.source as b, count(*) as n from named a join named b on a.subject = b.subject and a.source <> b.source
    where a.n_sources between 2 and $1 group by all having count(*) >= $2
), both_ways as (
    select a_source as a, b_source as b, b_source as part, b_end - b_start as size from shared_passages where a_source <> b_source and alike >= 0.9
    union all select a_source, b_source, a_source, a_end - a_start from shared_passages where a_source <> b_source and alike >= 0.9
), excerpts as (
    select w.a, w.b from both_ways w join sources s on s.name = w.part group by w.a, w.b, w.part, s.n_characters
    having sum(w.size) >= 0.9 * s.n_characters
)
select a, b, count(*) over (partition by b) as n_beside from pairs
where (a, b) not in (select (a, b) from excerpts) and (b, a) not in (select (a, b) from excerpts)
qualify row_number() over (partition by b order by n desc, a) <= $3
"""
"""Each list with those that share most people with it, and how many share enough."""

_PEOPLE: Final = """
with known as (
    select distinct source, entity from mentions
    union select distinct o.source, r.entity from links l join referents r on r.key = l.left_referent
      join referents o on o.key = l.right_referent where l.verdict = 'unsure'
    union select distinct r.source, o.entity from links l join referents r on r.key = l.left_referent
      join referents o on o.key = l.right_referent where l.verdict = 'unsure'
), told as (
    select d.* from dated_in_lists d join entities e on e.id = d.subject where d.kind = 'person' and e.is_named and d.is_own
), covered as (
    select distinct source, first_year, last_year from dated_in_lists
), periods as (
    select p.*, greatest(x.first_year, y.first_year) as low, least(x.last_year, y.last_year) as high
    from lists_of_one_matter p join covered x on x.source = p.a join covered y on y.source = p.b
), lacking as (
    select p.a, p.b, p.n_beside, p.low, p.high, d.label, d.low as year, d.claim, d.start_char, d.subject
    from periods p join told d on d.source = p.a and d.low >= p.low and d.high <= p.high
    anti join known k on k.source = p.b and k.entity = d.subject
)
select a, b, n_beside, low, high, label, year, claim, count(*) over (partition by a, b) as n from lacking
qualify row_number() over (partition by a, b order by year, start_char, label, claim) <= ?
order by a, b, year, start_char, label, claim
"""

_SAME_MATTER: Final = "select a, b, n_beside from lists_of_one_matter order by all"

_YEARS: Final = "select source, low, high, claim from dated_in_lists order by source, low, start_char, claim"

_OVER: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as source, unnest(?::bigint[]) as spot
), here as (
    select a.n, b.source, b.parent from asked a
    join (select * from blocks semi join asked using (source) where content_end > content_start) b
      on b.source = a.source and b.content_start <= a.spot
    qualify row_number() over (partition by a.n order by b.content_start desc, b.position) = 1
)
select h.n, b.source, b.content_start, b.content_end from blocks b
join here h on b.source = h.source and b.position = h.parent
where b.content_end > b.content_start
"""
"""The words over entries: the year above what happened in them."""

_BEGUN: Final = """
select distinct b.source,
       unnest(regexp_extract_all(substring(t.text, b.content_start - t.start_char + 1, least(40, b.content_end - b.content_start)),
                                 '[0-9]{4}'))::int as year
from blocks b semi join (select unnest(?::varchar[]) as source) using (source)
join pages t on t.source = b.source and t.page = b.content_start // 1024
where b.kind in ('list_item', 'heading', 'cell', 'term') order by all
"""
"""The years with which entries, rows and headings begin, dated or not by a claim."""

_PARAGRAPHS_OF: Final = """
select source, content_start, content_end from blocks
semi join (select unnest(?::varchar[]) as source) using (source)
where kind = 'paragraph' qualify row_number() over (partition by source order by position) <= ? order by source, position
"""

_COMPLETE: Final = re.compile(
    r"\b(?:list|register|table|catalogue?|page|database|directory|chronology|overview)\b[^.\n]{0,80}?\b(?:exhaustive|complete|incomplete|"
    r"comprehensive|partial|selection|selective|selected|notable|not all|only some|only those)\b|"
    r"\b(?:incomplete|partial|selective|non-exhaustive|not exhaustive|complete) (?:list|register|table|catalogue?|overview)\b|"
    r"\b(?:unvollständig|keinen Anspruch auf Vollständigkeit|non exhaustive|n'est pas exhaustive)",
    re.IGNORECASE,
)
"""Words in which a list says of itself how complete it is."""
_PARAGRAPHS: Final = 200
_SENTENCE: Final = 120
"""Code points of such a sentence that are shown."""


_NEEDED: Final = MappingProxyType({"sources": 2, "arrival": 2 * _COMMON})

_Told = tuple[int, int, str]
"""The first and the last year that a date may mean, and its claim."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """Years without anybody, between two entries, and who another list has in them."""

    lacks: str
    after: _Told
    before: _Told
    summary: str
    others: tuple[_Told, ...] = ()
    has: str | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """Somebody in a list, and the year."""

    label: str
    year: int
    claim: str


@dataclass(frozen=True, slots=True)
class _Lacking:
    """Whom one list has and another lacks."""

    n: int
    n_beside: int
    """Lists that share people with the one that lacks them."""
    entries: list[_Entry] = field(default_factory=list)
    """The first of them."""


def missing_people(view: View) -> Iterator[Finding]:
    """Tell of people whom one list has and another of the same matter lacks, in the years that both cover."""
    yield from view.once(_all_missing)


def _dated_in_lists(view: View) -> None:
    """Lay out once, in temporary tables, whom lists date and which lists are of one matter: several questions are about them."""
    view.rows(_DATED, [_FEWEST])
    if view.holds(_NEEDED):
        view.rows(_PAIRED, [_SPREAD, _COMMON, _NEAREST])


def _all_missing(view: View) -> tuple[Finding, ...]:
    return tuple(_missing(view))


def _missing(view: View) -> Iterator[Finding]:
    if not view.holds({"arrival": _FEWEST}):
        return
    view.once(_dated_in_lists)
    found: dict[tuple[str, str, int, int], _Lacking] = {}
    for a, b, n_beside, low, high, label, year, claim, n in view.rows(_PEOPLE, [_NAMED], needs=_NEEDED):
        lacking = found.setdefault((a, b, low, high), _Lacking(n, n_beside))
        lacking.entries.append(_Entry(label, year, claim))
    view.prepare(one.claim for lacking in found.values() for one in lacking.entries[:_SHOWN])
    own_of = _of_themselves(view, sorted({b for _, b, *_ in found}))
    for (a, b, low, high), lacking in found.items():
        own, n, entries = own_of.get(b), lacking.n, lacking.entries
        people = "One person" if n == 1 else f"{n:,} people"
        verb = "is" if n == 1 else "are"
        shown = ", ".join(f"{one.label} ({one.year})" for one in entries[:_SHOWN])
        more = f" and {n - _SHOWN:,} more" if n > _SHOWN else ""
        said = [_naming(view, one.claim, one.label) for one in entries[:_SHOWN]]
        summary = f"{people} of {a} between {low} and {high} {verb} not in {b}: {shown}{more}"
        summary += _limit(b, lacking.n_beside)
        summary += f"; {b} says of itself: “{' '.join(own.member.quote.split())}”." if own else "."
        names = [one.label for one in entries]
        yield finding(
            "F084", "one-sided", "info", summary, [*said, own] if own else said,
            has=a, lacks=b, first_year=low, last_year=high, people=names, count=n,
        )  # fmt: skip


def _limit(source: str, n_beside: int) -> str:
    """Return in words that a list was not held against all that share people with it; nothing where it was.

    >>> _limit("a.csv", 8), _limit("a.csv", 199)
    ('', '; of 199 lists that share people with a.csv, the 8 that share most are held against it')
    """
    if n_beside <= _NEAREST:
        return ""
    return f"; of {n_beside:,} lists that share people with {source}, the {_NEAREST} that share most are held against it"


def missing_years(view: View) -> Iterator[Finding]:
    """Tell of years in which a list has nobody and another list has, or which lie between years that it covers closely."""
    if not view.holds({"arrival": _FEWEST}):
        return
    view.once(_dated_in_lists)
    lists: dict[str, list[_Told]] = defaultdict(list)
    for source, low, high, claim in view.rows(_YEARS):
        lists[source].append((low, high, claim))
    beside: dict[str, list[str]] = defaultdict(list)
    n_beside: dict[str, int] = {}
    for a, b, n in view.rows(_SAME_MATTER, needs=_NEEDED):
        beside[b].append(a)
        n_beside[b] = n
    begun: dict[str, list[int]] = defaultdict(list)
    if lists:
        pages(view)
        for source, year in view.rows(_BEGUN, [list(lists)]):
            begun[source].append(year)
    gaps: list[_Gap] = []
    for source, entries in lists.items():
        told = False
        empty = [pair for pair in _gaps(entries) if _is_empty(begun[source], pair[0][1], pair[1][0])]
        for other in beside[source]:
            made = _against(source, empty, other, lists[other], _limit(source, n_beside[source]))
            if made is not None:
                told = True
                gaps.append(made)
        if not told:
            gaps += _alone(source, entries, empty)
    yield from _told(view, gaps)


def _told(view: View, gaps: Sequence[_Gap]) -> Iterator[Finding]:
    """Yield the findings of gaps, with the passages of all asked at once."""
    ends = [end for gap in gaps for end in (gap.after, gap.before)]
    said = view.claims(told[2] for told in [*ends, *(one for gap in gaps for one in gap.others)])
    bare = [end for end in ends if not _saying(said[end[2]], end)]
    over: dict[str, list[Said]] = defaultdict(list)
    if bare:
        spots = [said[end[2]][0].member for end in bare]
        rows = view.rows(_OVER, [len(bare), [one.source for one in spots], [one.start for one in spots]])
        for row, words in zip(rows, view.passages([(row[1], row[2], row[3]) for row in rows]), strict=True):
            over[bare[row[0]][2]].append(words)
    for gap in gaps:
        shown = [_dated(said[end[2]], over[end[2]], end) for end in (gap.after, gap.before)]
        shown += [said[one[2]][0] for one in gap.others]
        computed: dict[str, object] = {"lacks": gap.lacks}
        computed |= {"has": gap.has} if gap.has is not None else {}
        computed |= {"after": gap.after[1], "before": gap.before[0]}
        computed |= {"years": list(gap.years)} if gap.has is not None else {}
        yield finding("F085", "coverage-gap", "info", gap.summary, shown, **computed)


def _against(
    source: str,
    empty: Sequence[tuple[_Told, _Told]],
    other: str,
    others: Sequence[_Told],
    limit: str,
) -> _Gap | None:
    """Return the gap of a list in which another has most, None where none has two and more."""
    best: list[_Told] = []
    around: tuple[_Told, _Told] | None = None
    n_more = 0
    for left, right in empty:
        inside = [one for one in others if left[1] < one[0] and one[1] < right[0]]
        if len(inside) > 1:
            n_more += 1
        if len(inside) > max(1, len(best)):
            best, around = inside, (left, right)
    if around is None:
        return None
    years = sorted({one[0] for one in best})
    listed = _listed(years)
    more = f"; so in {_count(n_more - 1, 'other gap')}" if n_more > 1 else ""
    summary = f"{source} has nobody between {around[0][1]} and {around[1][0]}, {other} has {len(best):,} entries of {listed}{more}{limit}."
    return _Gap(source, *around, summary, (best[0], best[-1]), other, tuple(years))


def _alone(source: str, entries: Sequence[_Told], empty: Sequence[tuple[_Told, _Told]]) -> Iterator[_Gap]:
    """Yield the longest gap of a list between years that it covers closely."""
    years = sorted({year for low, high, _ in entries for year in (low, high)})
    wide = [
        (left, right) for left, right in empty
        if right[0] - left[1] > _GAP
        and sum(left[1] - _CLOSE < year <= left[1] for year in years) >= _COMMON
        and sum(right[0] <= year < right[0] + _CLOSE for year in years) >= _COMMON
    ]  # fmt: skip
    if wide:
        left, right = max(wide, key=lambda pair: pair[1][0] - pair[0][1])
        summary = f"{source} has nobody between {left[1]} and {right[0]}, though it covers the years around them closely."
        yield _Gap(source, left, right, summary)


def _gaps(entries: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Yield neighbours in time with at least two years between them."""
    line = sorted(entries, key=lambda one: (one[0], one[1]))
    reach = line[0]
    for one in line[1:]:
        if one[0] - reach[1] > 2:
            yield reach, one
        if one[1] >= reach[1]:
            reach = one


def _saying(passages: Iterable[Said], entry: _Told) -> list[Said]:
    """Return the passages that say the year of an entry."""
    years = {str(entry[0]), str(entry[1])}
    return [one for one in passages if any(year in one.member.quote for year in years)]


def _dated(passages: Sequence[Said], over: Sequence[Said], entry: _Told) -> Said:
    """Return the passage that gives the year of an entry: the shortest that says it."""
    naming = _saying(passages, entry) or _saying(over, entry)
    return min(naming or passages, key=lambda one: one.member.end - one.member.start)


def _is_empty(years: Sequence[int], after: int, before: int) -> bool:
    """Whether none of the years, in order, lies in between.

    >>> _is_empty([1990, 1994], 1990, 1994), _is_empty([1990, 1992, 1994], 1990, 1994)
    (True, False)
    """
    at = bisect_right(years, after)
    return at == len(years) or years[at] >= before


def _naming(view: View, claim: str, label: str) -> Said:
    """Return the passage of a claim that names its subject, else the one that says it."""
    passages = view.claims([claim])[claim]
    return next((one for one in passages if label and label in one.member.quote), passages[0])


def _of_themselves(view: View, sources: Sequence[str]) -> dict[str, Said]:
    """Return the words in which sources say how complete they are, of those that do."""
    found: dict[str, Said] = {}
    places = view.rows(_PARAGRAPHS_OF, [sources, _PARAGRAPHS]) if sources else []
    for (source, start, _end), words in zip(places, view.words(places) if places else [], strict=True):
        if source not in found and (match := _COMPLETE.search(words)):
            before = words.rfind(". ", 0, match.start())
            begin = before + 2 if before >= 0 else 0
            after = words.find(". ", match.end())
            end = len(words.rstrip(" .")) if after < 0 else after
            end = min(end, begin + _SENTENCE) if match.end() <= begin + _SENTENCE else match.end()
            found[source] = Said.passage(source, start + begin, start + end, words[begin:end])
    return found


def _listed(years: Sequence[int]) -> str:
    """Return years in few words.

    >>> _listed([2002, 2004, 2005]), _listed([1990, 1991, 1992, 1994, 1995, 1997, 1999])
    ('2002, 2004 and 2005', '1990, 1991, 1992, 1994 … 1999')
    """
    if len(years) > 5:
        return ", ".join(map(str, years[:4])) + f" … {years[-1]}"
    return " and ".join(", ".join(map(str, part)) for part in (years[:-1], years[-1:]) if part)


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")
