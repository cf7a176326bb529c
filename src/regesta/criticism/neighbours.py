"""F089: people with a date whom one source has and another of the same matter lacks, in lists and in prose.

    register   Ilja Kohn 3 May · Ota Klein 9 May · Vera Roth 2 June · Jan Weiss 7 June
    lives      Ilja Kohn, who came on 3 May ... Vera Roth ... Jan Weiss               Ota Klein is not among them

Two sources are of one matter where three people have the same date or year in both. The one that lacks somebody must be a list: entries
or short paragraphs that begin with a day, a number or the name. Only people within the days that it covers count, and nobody whose day it has
for another name, for that may be another spelling. To be left out is no denial, so this is worth knowing and no fault.
Lists of many arrivals are `one_sided`'s work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from regesta.criticism.one_sided import missing_people
from regesta.criticism.sentence_figures import dates_of
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import Block
from regesta.dates import before
from regesta.model import Finding

__all__ = ["neighbours"]

_COMMON: Final = 3
_SPREAD: Final = 6
_PAIRS: Final = 400
_ENTRIES: Final = 2_000
_SHOWN: Final = 4
_LIST: Final = 4
"""Entries of a list, at least."""

_RELATED: Final = """
with named as (
    select distinct m.source, m.entity from mentions m join entities e on e.id = m.entity and e.kind = 'person' and e.is_named
    where m.form = 'name'
), few as (
    select entity from named group by entity having count(*) between 2 and ?
), shared as (
    select * from named semi join few using (entity)
), copies as (
    select distinct a_source as a, b_source as b from shared_passages where alike >= 0.9 and a_end - a_start > 2000
)
select a.source, b.source from shared a join shared b on a.entity = b.entity and a.source < b.source
where (a.source, b.source) not in (select (a, b) from copies) and (b.source, a.source) not in (select (a, b) from copies)
group by all having count(*) >= ? order by count(*) desc, 1, 2 limit ?
"""
_SAID: Final = r"""
with placed as (
    select b.source, b.kind, b.content_start, least(b.content_end, b.content_start + 1200) as content_end from blocks b
    where b.source in (select unnest($1::varchar[])) and b.kind in ('list_item', 'paragraph', 'heading', 'definition')
      and b.content_end > b.content_start
      and not exists (from citations x where x.source = b.source and x.start_char between b.content_start - 8 and b.content_start + 8)
), worded as (
    select p.*, substring(t.text, p.content_start - t.start_char + 1, p.content_end - p.content_start) as words
    from placed p asof join texts t on t.source = p.source and p.content_start >= t.start_char
), people as (
    select w.source, w.content_start, list({spot: m.start_char - w.content_start, stop: m.end_char - w.content_start, entity: m.entity,
                                            name: m.quote} order by m.start_char) as people
    from mentions m join entities e on e.id = m.entity and e.kind = 'person' and e.is_named
    asof join (select source, content_start, content_end from placed) w on w.source = m.source and m.start_char >= w.content_start
    where m.form = 'name' and m.start_char < w.content_end group by all
)
select w.source, w.kind, w.content_start, w.words, p.people
from worded w left join people p using (source, content_start)
where p.people is not null or regexp_matches(w.words, '^\W*[12][0-9]{3}\W*$')
order by w.source, w.content_start
"""
_KNOWN: Final = """
select distinct source, entity from mentions where source in (select unnest($1::varchar[]))
union select distinct o.source, r.entity from links l join referents r on r.key = l.left_referent
  join referents o on o.key = l.right_referent where l.verdict = 'unsure' and o.source in (select unnest($1::varchar[]))
union select distinct r.source, o.entity from links l join referents r on r.key = l.left_referent
  join referents o on o.key = l.right_referent where l.verdict = 'unsure' and r.source in (select unnest($1::varchar[]))
"""
_BORN: Final = re.compile(
    r"\b(?:born|b\.|né[e]?|geb\.?|geboren|died|gestorben|mort)\b[^,;.]{0,30}$", re.IGNORECASE
)
_HEAD: Final = re.compile(r"^\W*(?:\d{1,4}\.?\s|[^\W\d_]+\.?\s\d{1,2}\b)")
_TITLED: Final = re.compile(r"\W*(?:[A-Z][\w.’'-]*\s){0,2}\W*$")
"""What may stand before the name that an entry begins with: a mark, a title."""


class _Told(NamedTuple):
    """Somebody with a date."""

    entity: str
    name: str
    edtf: str
    start: int
    end: int


class _Source(NamedTuple):
    """Whom a source tells of, and whether it is a list."""

    told: list[_Told]
    is_list: bool


def neighbours(view: View) -> Iterator[Finding]:
    """Tell of dated people whom one of two sources of the same matter lacks, in the days that both cover."""
    pairs = view.rows(_RELATED, [_SPREAD, _COMMON, _PAIRS], needs={"sources": 2, "named:person": _COMMON})
    if not pairs:
        return
    names = sorted({name for pair in pairs for name in pair})
    sources = _sources(view, names)
    known: dict[str, set[str]] = defaultdict(set)
    for source, entity in view.rows(_KNOWN, [names]):
        known[source].add(entity)
    done = {(f.computed["has"], f.computed["lacks"]) for f in missing_people(view)}
    for a, b in pairs:
        if not _same_matter(sources[a].told, sources[b].told):
            continue
        for has, lacks in ((a, b), (b, a)):
            if (has, lacks) not in done and sources[lacks].is_list:
                yield from _lacking(view, (has, lacks), sources, known[lacks])


def _sources(view: View, names: Sequence[str]) -> dict[str, _Source]:
    """Return whom each source tells of with a date in the same sentence."""
    found: dict[str, list[_Told]] = {name: [] for name in names}
    heads: dict[str, int] = defaultdict(int)
    year: dict[str, str] = {}
    for source, kind, start, words, people in view.rows(_SAID, [list(names)]):
        bare = re.fullmatch(r"\W*([12][0-9]{3})\W*", words)
        if bare is not None or kind == "heading":
            year[source] = bare[1] if bare is not None else ""
            continue
        if not people or len(found[source]) >= _ENTRIES:
            continue
        block = Block(source, 0, kind, None, start, words)
        taken: set[tuple[int, int]] = set()
        is_shared = len({one["entity"] for one in people}) > 1
        for one in people:
            low, high = block.sentence(one["spot"]) if is_shared else (0, len(words))
            if (low, high) in taken:
                continue
            edtf = _dated(words[low:high], year.get(source, ""))
            if edtf is not None:
                taken.add((low, high))
                found[source].append(
                    _Told(one["entity"], one["name"], edtf, start + one["spot"], start + one["stop"])
                )
        is_first = _TITLED.match(words[: people[0]["spot"]]) or (
            _HEAD.match(words) and people[0]["spot"] < 60
        )
        heads[source] += bool(is_first and len(words) < 400)
    return {name: _Source(told, heads[name] >= _LIST) for name, told in found.items()}


def _dated(words: str, year: str) -> str | None:
    """Return the most exact date of a sentence that is not of a birth or a death."""
    lead = f"{year}, " if year else ""
    dates = [
        one
        for one in dates_of(lead + words)
        if one.start >= len(lead) and not _BORN.search((lead + words)[: one.start])
    ]
    return max((one.edtf for one in dates), key=len, default=None)


def _same_matter(left: Sequence[_Told], right: Sequence[_Told]) -> bool:
    """Whether three people have dates in both that do not differ."""
    dates = {one.entity: one.edtf for one in left}
    same = {
        one.entity for one in right
        if one.entity in dates and (one.edtf.startswith(dates[one.entity]) or dates[one.entity].startswith(one.edtf))
    }  # fmt: skip
    return len(same) >= _COMMON


def _lacking(
    view: View, pair: tuple[str, str], sources: Mapping[str, _Source], known: set[str]
) -> Iterator[Finding]:
    has, lacks = pair
    others = sources[lacks].told
    days = {one.edtf for one in others if len(one.edtf) == len("1988-01-09")}
    first, last = min(one.edtf for one in others), max(one.edtf for one in others)
    missing = {
        one.entity: one for one in reversed(sources[has].told)
        if one.entity not in known and " " in one.name and one.edtf not in days and len(one.edtf) > len("1988")
        and before(one.edtf, first) is False and before(last, one.edtf) is False
    }  # fmt: skip
    shown = sorted(missing.values(), key=lambda one: (one.edtf, one.start))
    if not shown or len(shown) > len(others):
        return
    listed = ", ".join(f"{one.name} ({one.edtf[:4]})" for one in shown[:_SHOWN])
    more = f" and {len(shown) - _SHOWN:,} more" if len(shown) > _SHOWN else ""
    people = "One person" if len(shown) == 1 else f"{len(shown)} people"
    summary = f"{people} of {has} between {first[:4]} and {last[:4]} {'is' if len(shown) == 1 else 'are'} not in {lacks}: {listed}{more}."
    said: list[Said] = view.passages([(has, one.start, one.end) for one in shown[:_SHOWN]])
    yield finding(
        "F089", "one-sided", "info", summary, said,
        has=has, lacks=lacks, people=[one.name for one in shown[:50]], count=len(shown),
    )  # fmt: skip
