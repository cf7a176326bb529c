r"""F025: the year that "a year earlier", "two years later", "the previous year" leads to.

    fled in 1968 ... his sister had left a year earlier             1968 - 1 = 1967
    under 1985: "announced in 1986 that he fled the previous year"  1986 - 1 = 1985, the year of the heading: ok
    under 1983                                                      worth knowing

The year that the claim bears is reached again from the date that stands before it, or that it was counted from; where no such
date explains it nothing is said. What the words count from is the reader's to judge, and so shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, number_of
from regesta.model import Finding

__all__ = ["offset_of", "relative_years"]

_N: Final = rf"(?:an?|{NUMBER})"
_PHRASE: Final = rf"(?i)\b(?:{_N} years? (?:later|earlier|before|afterwards)|(?:the|in the) (?:previous|preceding|following|next) year|the year (?:before|after))\b"
_COUNTED: Final = re.compile(
    rf"(?i)\b(?P<n>{_N}) years? (?P<way>later|earlier|before|afterwards)\b(?! the\b)"
)
_NEXT: Final = re.compile(
    r"(?i)\bthe (?:(?P<way>previous|preceding|following|next) year|year (?P<side>before|after))\b(?!['’]s| the\b)"
)

_DERIVED: Final = """
with led as (
    select c.id, c.source, c.referent, c.predicate, coalesce(c.value_edtf, c.when_edtf) as edtf,
           case when c.subject_kind in ('person', 'group') then c.subject_label end as label, year(c.earliest) as y, e.start_char, e.end_char, e.quote, c.fingerprint
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0
    where c.modality = 'asserted' and c.rank <> 'deprecated' and c.predicate in (select unnest(?::varchar[]))
      and year(c.earliest) = year(c.latest) and not regexp_matches(coalesce(c.value_edtf, c.when_edtf), '[~?%X/]')
      and regexp_matches(e.quote, ?)
), near as (
    select source, content_start, max(content_end) as content_end, arg_max(parent, position) as parent
    from blocks where source in (select source from led) and kind in ('paragraph', 'list_item', 'cell', 'definition')
    group by source, content_start
), placed as (
    select l.*, n.content_start as first, n.content_end as last, n.parent,
           exists (from mentions m where m.referent = l.referent and m.source = l.source
                   and m.start_char between n.content_start and n.content_start + 40) as is_own
    from led l asof join near n on l.source = n.source and l.start_char >= n.content_start
)
select id, source, label, y, start_char, end_char, quote, fingerprint, first,
       case when is_own and predicate in ('arrival', 'departure') then parent end
from placed where start_char < last and end_char - first < 100000 order by source, start_char, id
"""

_BESIDE: Final = """
with asked as (
    select unnest(range(?)) as n, unnest(?::varchar[]) as id, unnest(?::varchar[]) as source, unnest(?::bigint[]) as first,
           unnest(?::bigint[]) as last
), pages as (
    select *, unnest(range(first // 4096, last // 4096 + 1)) as page from asked
), told as (
    select p.n, a.claim, a.start_char, a.quote from pages p join claim_evidence a
      on a.source = p.source and a.start_char // 4096 = p.page and a.position = 0
    where a.start_char between p.first and p.last and a.claim <> p.id
)
select t.n, t.start_char as begun, t.quote, year(c.earliest) as y from told t join claims c on c.id = t.claim
where year(c.earliest) = year(c.latest) and c.modality <> 'denied' and c.predicate <> 'term'
  and contains(t.quote, cast(year(c.earliest) as varchar))
union all
select a.n, x.start_char, x.quote, null from asked a join claim_evidence x on x.claim = a.id and x.position > 0
order by 1, 2, 3, 4
"""
"""What may be counted from: dated claims of the block that say their year, and where the claim's own date came from."""

_DATED: Final = ("arrival", "departure", "death", "birth", "event", "opened", "status", "imprisoned_at")

_HEADINGS: Final = """
with asked as (select unnest(?::varchar[]) as source, unnest(?::bigint[]) as position)
select b.source, b.position, b.content_start, b.content_end from blocks b semi join asked using (source, position)
where b.kind in ('list_item', 'heading') and b.content_end - b.content_start between 4 and 12 order by all
"""

_WHEN: Final = re.compile(
    r"\b(?:\d{1,2}|Jan|Feb|March|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec|spring|summer|autumn|winter)",
    re.IGNORECASE,
)
"""What a date says that lacks its year."""

_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


_OWN: Final = re.compile(r",?\s\(?(?:in|on|already in)?\s?(?:\d{1,2}\s)?(?:[A-Z][a-z]+\s)?([12]\d{3})\b")


class _Anchor(NamedTuple):
    """A passage that may say the year that is counted from; no year where it is the claim's own."""

    start: int
    quote: str
    year: int | None


_MOST: Final = 12


def relative_years(view: View) -> Iterator[Finding]:
    """Follow "a year earlier" and the like to the year that they lead to, and hold it against what else says the year."""
    rows = view.rows(_DERIVED, [list(_DATED), _PHRASE], needs={"|".join(_DATED): 1})
    beside = _beside(view, rows)
    headings = _headings(view, sorted({(row[1], row[-1]) for row in rows if row[-1] is not None}))
    seen: set[tuple[str, int]] = set()
    for (_, source, label, year, start, _, quote, says, _, parent), anchors in zip(rows, beside, strict=True):
        led = offset_of(quote)
        if led is None or (source, start + led[1]) in seen:
            continue
        offset, at, end = led
        own = _OWN.match(quote, end)
        if own is not None and int(own[1]) != year and _COUNTED.fullmatch(quote, at, end):
            continue  # "two years later, in 1989": the passage says its year itself, and the claim has another
        anchor = _anchor(anchors, year - offset, start + at)
        if anchor is None:
            continue
        seen.add((source, start + at))
        found = Said.passage(source, *anchor[:2], anchor[2])
        low, high = max(0, end - 150), min(len(quote), max(end, 90))
        words = quote[low:high]
        claim = Said(Said.passage(source, start + low, start + low + len(words), words).member, says)
        said = [found, claim]
        sign = "+" if offset > 0 else "-"
        working = f"{year - offset} {sign} {abs(offset)} = {year}"
        phrase = re.sub(r"\s+", " ", quote[at:end])
        told = f"{label}: “{phrase}” from" if label else f"“{phrase}” from"
        told = f"{told} {year - offset} leads to {year}"
        computed: dict[str, Any] = {"working": working, "year": year}
        heading = headings.get((source, parent))
        if heading is not None:
            said = [heading[1], *said]
            computed["heading"] = heading[0]
        if heading is not None and heading[0] != year:
            summary = f"{told}, but the entry stands under {heading[0]}."
            yield finding("F025", "arithmetic-check", "info", summary, said, **computed)
        elif heading is not None:
            summary = f"{told}, the year under which the entry stands."
            yield finding("F025", "arithmetic-check", "ok", summary, said, **computed)
        else:
            yield finding("F025", "arithmetic-check", "ok", f"{told}.", said, **computed)


def offset_of(quote: str) -> tuple[int, int, int] | None:
    """Return how many years a passage counts on or back, and where the words stand that say so.

    >>> offset_of("was arrested two years later"), offset_of("fled the previous year"), offset_of("in 1990")
    ((2, 13, 28), (-1, 5, 22), None)
    """
    found = _COUNTED.search(quote)
    if found is not None:
        number = 1 if found["n"].lower() in {"a", "an"} else number_of(found["n"])
        if number is None or number > 200:
            return None
        is_back = found["way"].lower() in {"earlier", "before"}
        return (-number if is_back else number), found.start(), found.end()
    found = _NEXT.search(quote)
    if found is None:
        return None
    word = (found["way"] or found["side"]).lower()
    return (-1 if word in {"previous", "preceding", "before"} else 1), found.start(), found.end()


def _beside(view: View, rows: list[tuple[Any, ...]]) -> list[list[_Anchor]]:
    """Return what each claim may be counted from: its own evidence first, then what stands nearest."""
    found: list[list[_Anchor]] = [[] for _ in rows]
    asked = [len(rows), *([row[i] for row in rows] for i in (0, 1, 8, 5))]
    for n, start, quote, year in view.rows(_BESIDE, asked) if rows else ():
        found[n].append(_Anchor(start, quote, year))
    for row, anchors in zip(rows, found, strict=True):
        anchors.sort(key=lambda one: (one.year is not None, abs(one.start - row[4]), one.start))
    return found


def _anchor(anchors: list[_Anchor], year: int, at: int) -> tuple[int, int, str] | None:
    """Return the place and the words of the nearest date of that year which stands before the phrase."""
    for one in anchors[:_MOST]:
        years = {int(y) for y in _YEAR.findall(one.quote)} or ({one.year} if one.year else set())
        if (years and year not in years) or not (years or _WHEN.search(one.quote)):
            continue
        if one.start >= at and one.year is not None:
            continue
        quote, start = one.quote, one.start
        found = next((m for m in _YEAR.finditer(quote) if int(m[0]) == year), None)
        if found is not None and len(quote) > 60:
            low = max(0, found.start() - 40)
            low = quote.rfind(" ", 0, low) + 1 if low else 0
            quote, start = quote[low : found.end()], start + low
        if start <= at:
            return start, start + len(quote), quote
        if one.year is None:
            return start, start + len(quote), quote
    return None


def _headings(view: View, asked: list[tuple[str, int]]) -> dict[tuple[str, int], tuple[int, Said]]:
    """Return the entries and headings among the blocks asked for that are nothing but a year."""
    if not asked:
        return {}
    rows = view.rows(_HEADINGS, [[source for source, _ in asked], [position for _, position in asked]])
    texts = view.words([(source, start, end) for source, _, start, end in rows])
    found: dict[tuple[str, int], tuple[int, Said]] = {}
    for (source, position, start, end), words in zip(rows, texts, strict=True):
        if re.fullmatch(r"[12]\d{3}", words.strip()):
            found[source, position] = int(words.strip()), Said.passage(source, start, end, words)
    return found
