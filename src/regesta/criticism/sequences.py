"""F072: entries out of the order of their list, stated or plain to see.

    "in alphabetical order"      Kalns · Ozola · Berzins · Zarins             Berzins is out of place
    1951 · 1953 · 1949 · 1956 · 1957 · 1960                                   1949 is, though no word says so

The order in time is that of the years and days with which entries begin, or which stand behind the name they begin with; days
without a year have that of the entry above. Where a source states its order a break is a warning, and an unbroken order `ok`; where
only the list itself shows one, six entries must keep it and one may break it. Names are compared by their first word, or by
the last word of the name where that order holds better.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from regesta.criticism.pages import pages
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding
from regesta.model.finding import Severity

__all__ = ["order_of_entries"]

_MONTHS: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_LEAD: Final = r"^\W*(?:[^–—(.;:0-9\n]{2,40} [–—(] ?|[^–—(.;:0-9\n]{2,40} ?\()?(?:[Oo]n )?"
_DAY: Final = rf"{_LEAD}([0-9]{{1,2}} {_MONTHS}|{_MONTHS} [0-9]{{1,2}})(?:,? [12][0-9]{{3}})?(?:\W|$)"
_YEAR: Final = rf"{_LEAD}(?:(?:[0-9]{{1,2}} )?{_MONTHS} (?:[0-9]{{1,2}}, )?)?([12][0-9]{{3}})(?:[^0-9–/-]|$)"
_ENOUGH: Final = 6
"""Entries that show an order of which nobody says a word."""

_CHRONOLOGICAL: Final = r"(?i)\bchronolog(?:y|ical)|\bin order of (?:date|time|arrival)|\b(?:sorted|arranged|listed|ordered|entered) (?:by|according to|in order of) (?:the |their )?(?:dates?|years?|days?|time|order of (?:date|time|arrival))\b"
_ALPHABETICAL: Final = r"(?i)\balphabetical|\bA ?(?:to|–|-) ?Z\b"

_STATED: Final = """
with said as (
    select c.source, ev.start_char, ev.end_char, ev.quote from claims c
    join claim_evidence ev on ev.claim = c.id and ev.position = 0 where c.predicate = 'convention' and c.modality = 'asserted'
    union all
    select b.source, b.content_start, b.content_end,
           substring(t.text, b.content_start - t.start_char + 1, least(b.content_end - b.content_start, 200))
    from blocks b join pages t on t.source = b.source and t.page = b.content_start // 1024
    where b.kind = 'heading' or b.kind = 'paragraph' and b.content_end - b.content_start < 300
)
select source, regexp_matches(quote, ?) as is_alphabetical, arg_min(start_char, (start_char, end_char)),
       arg_min(end_char, (start_char, end_char))
from said where regexp_matches(quote, ?) or regexp_matches(quote, ?)
group by all order by all
"""

_LISTED: Final = r"""
with listed as (
    select source, position, parent, content_start, content_end, level, kind,
           sum((kind in ('heading', 'paragraph', 'table'))::int) over (partition by source order by position) as part
    from blocks
), years as (
    select l.source, content_start as year_start,
           try_cast(regexp_extract(substring(t.text, content_start - t.start_char + 1, content_end - content_start), '^\W*([12][0-9]{3})\W*$', 1) as int) as year_over
    from listed l join pages t on t.source = l.source and t.page = l.content_start // 1024
    where kind = 'heading' and content_end - content_start between 4 and 12
), heads as (
    select source, content_start as head_start from listed where kind = 'heading'
), entries as (
    select l.*, substring(t.text, content_start - t.start_char + 1, least(content_end - content_start, 90)) as words
    from listed l join pages t on t.source = l.source and t.page = l.content_start // 1024
    where l.kind = 'list_item' and content_end > content_start
), items as (
    select l.*, if(h.head_start = y.year_start, y.year_over, null) as year_over from entries l
    asof left join heads h on h.source = l.source and l.content_start >= h.head_start
    asof left join years y on y.source = l.source and l.content_start >= y.year_start
)
"""

_DATED: Final = r""", dated as (
    select i.*, try_cast(regexp_extract(i.words, $1, 1) as int) as own_year,
           coalesce(try_cast(regexp_extract(p.words, '^\W*([12][0-9]{3})\W*$', 1) as int), i.year_over) as year_above,
           try_strptime(regexp_extract(i.words, $2, 1) || ' 2000', ['%d %B %Y', '%B %d %Y'])::date as day
    from items i left join items p on p.source = i.source and p.position = i.parent
), spanned as (
    select source, part, parent, level, position, content_start, content_end, year_over is not null as is_under,
           coalesce(own_year, year_above) * 10000 + coalesce(month(day) * 100 + day(day), 0) as least,
           coalesce(own_year, year_above) * 10000 + coalesce(month(day) * 100 + day(day), 9999) as most
    from dated where own_year is not null or day is not null and year_above is not null
), neighbours as (
    select *, most < lag(least) over w as is_back, least > lag(most) over w as is_on
    from spanned window w as (partition by source, part, parent, level order by position)
), lists as (
    select source, part, min(content_start) as start_char, count(*) as n, count(*) filter (is_back) as n_back,
           count(*) filter (is_on) as n_on,
           list([content_start, content_end, least, most] order by position) as entries, bool_and(is_under) as is_under
    from neighbours group by source, part, parent, level
)
select source, start_char, n_back, n_on, entries, is_under from lists
where n >= 4 and n_on >= 2 and (n_back between 1 and 2 or n_back = 0 and source in (select unnest($3::varchar[])))
order by source, start_char
"""

_NAMES: Final = """
select source, min(content_start), list([content_start, content_end]::bigint[] order by position),
       list(words order by position)
from items where source in (select unnest(?::varchar[]))
group by source, part, parent, level having count(*) >= 5 order by 1, 2
"""


def order_of_entries(view: View) -> Iterator[Finding]:
    """Tell of entries that stand out of the order of their list, and of stated orders that are kept."""
    if not view.has("list_item"):
        return
    pages(view)
    stated: dict[bool, dict[str, tuple[int, int]]] = {False: {}, True: {}}
    for source, is_alphabetical, start, end in view.rows(
        _STATED, [_ALPHABETICAL, _ALPHABETICAL, _CHRONOLOGICAL]
    ):
        stated[bool(is_alphabetical)][source] = start, end
    yield from _by_date(view, stated[False])
    yield from _by_name(view, stated[True])


def _by_date(view: View, stated: dict[str, tuple[int, int]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for source, start, backwards, onwards, entries, is_under in view.rows(
        _LISTED + _DATED, [_YEAR, _DAY, sorted(stated)]
    ):
        rule = stated.get(source)
        is_ruled = rule is not None and rule[0] < start and (is_under or source not in seen)
        if is_ruled:
            seen.add(source)
        if not is_ruled and (backwards != 1 or onwards < _ENOUGH - 2 or len(entries) < _ENOUGH):
            continue
        said = view.passages([(source, *rule)]) if rule is not None and is_ruled else []
        if not backwards:
            first, last = _heads(view, source, entries, (0, len(entries) - 1))
            summary = f"{len(entries)} dated entries are in the order of time, as the source says."
            yield finding(
                "F072", "convention-breach", "ok", summary, [*said, first, last], entries=len(entries)
            )
            continue
        for at in range(1, len(entries)):
            if entries[at][3] >= entries[at - 1][2]:
                continue
            before, after = _heads(view, source, entries, (at - 1, at))
            order = (
                "which is said to be in the order of time"
                if is_ruled
                else "which is else in the order of time"
            )
            summary = f"“{_short(after)}” stands behind “{_short(before)}” in a list of {len(entries)} entries {order}."
            severity: Severity = "warning" if is_ruled else "info"
            yield finding(
                "F072", "convention-breach", severity, summary, [*said, before, after], entries=len(entries)
            )


def _by_name(view: View, stated: dict[str, tuple[int, int]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for source, start, places, words in view.rows(_LISTED + _NAMES, [sorted(stated)]) if stated else ():
        rule = stated[source]
        if rule[0] > start or source in seen:
            continue
        seen.add(source)
        orders = [_breaks([_key(text, last=last) for text in words]) for last in (False, True)]
        breaks = min(orders, key=len)
        if len(breaks) > 2 or len(breaks) * 4 > len(words):
            continue  # ordered by something else
        said = view.passages([(source, *rule)])
        if not breaks:
            first, last = _heads(view, source, places, (0, len(places) - 1))
            summary = f"{len(words)} entries are in alphabetical order, as the source says."
            yield finding(
                "F072", "convention-breach", "ok", summary, [*said, first, last], entries=len(words)
            )
        for at in breaks:
            before, after = _heads(view, source, places, (at - 1, at))
            summary = (
                f"“{_short(after)}” stands behind “{_short(before)}” in a list of {len(words)} entries which is said to be "
                "in alphabetical order."
            )
            plain = all(one.member.quote[:2].isascii() for one in (before, after))
            severity: Severity = (
                "warning" if plain else "info"
            )  # each language has its own place for its letters
            yield finding(
                "F072", "convention-breach", severity, summary, [*said, before, after], entries=len(words)
            )


def _key(text: str, *, last: bool) -> str:
    """Return what a name is sorted by, without marks and capitals.

    >>> _key("Kalniņš, Juris – printer", last=False), _key("Juris Kalniņš (1920–1988)", last=True)
    ('kalnins', 'kalnins')
    """
    name = re.split(r"[,–—(.;:\n\t]", text.strip("•*- \t"), maxsplit=1)[0].split()
    word = (name[-1] if last else name[0]) if name else ""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(char for char in plain if char.isalnum())


def _breaks(keys: Sequence[str]) -> list[int]:
    return [at for at in range(1, len(keys)) if keys[at][:3] < keys[at - 1][:3]]


def _heads(view: View, source: str, entries: Sequence[Sequence[int]], which: tuple[int, int]) -> list[Said]:
    """Return the beginnings of two entries, each to the end of its first line or some words."""
    heads = view.passages(
        [(source, entries[at][0], min(entries[at][1], entries[at][0] + 60)) for at in which]
    )
    cut = []
    for one in heads:
        quote = one.member.quote.split("\n")[0].rstrip()
        if len(quote) >= 50 and " " in quote:
            quote = quote.rsplit(" ", 1)[0]
        cut.append(Said.passage(source, one.member.start, one.member.start + len(quote), quote))
    return cut


def _short(one: Said) -> str:
    words = one.member.quote.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
