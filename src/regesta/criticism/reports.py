"""F063 and F064: references against themselves: read before published, filed after read, back links against marks.

    "A flight". 8 July 2007. Retrieved 16 July 2006.       nobody can read what is not yet there
    archived on 9 July 2010, retrieved 8 July 2010         what is filed is a day younger than what was read
    4. ^ a b "A title"            [4] ... [4]              cited twice, as its two back links say

Journals are dated ahead, so a reading some weeks before the date is worth a line and no alarm. That the archived copy is
younger than the reading is common and told once a source. Whether a reference says what it is cited for is not looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from regesta.criticism.view import Said, View, finding
from regesta.dates import bounds, in_words
from regesta.model import Finding
from regesta.model.finding import FindingKind, Severity

__all__ = ["back_links", "readings"]

_AHEAD: Final = 92
"""Days by which a journal is dated ahead, at most."""

_SEVERAL: Final = 2
"""Back links from which on there is something to compare."""

_EARLY: Final = """
select source, start_char, quote, date, retrieved from citations
where date is not null and retrieved < date and length(retrieved) = 10 and not regexp_matches(date, '[~?%/X]')
order by source, start_char
"""

_FILED: Final = r"""
with said as (
    select source, start_char, quote, retrieved,
           regexp_extract(quote, '(?i)\barchiv(?:ed|iert|é)\b[^0-9;]{0,60}?'
             || '([0-9]{1,2} \p{L}+ [0-9]{4}|\p{L}+ [0-9]{1,2}, [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})', 1) as words
    from citations where quote ilike '%archiv%' and length(retrieved) = 10
), filed as (
    select * exclude (retrieved), try_cast(retrieved as date) as read,
           try_strptime(words, ['%d %B %Y', '%B %d, %Y', '%Y-%m-%d'])::date as filed from said where words <> ''
)
select source, start_char, quote, words, read, filed, filed - read as days,
       count(*) over (partition by source) as n, count(*) filter (filed > read) over (partition by source) as later
from filed where filed is not null and read is not null
qualify filed > read
  and row_number() over (partition by source order by filed <= read, filed - read, start_char) = 1
order by source
"""

_LINKED: Final = r"""
with noted as (
    select c.id, c.source, c.marker, c.start_char, c.end_char, c.quote,
           substring(t.text, b.start_char - t.start_char + 1, least(c.start_char - b.start_char, 400)) as before
    from citations c join blocks b on b.source = c.source and b.content_start = c.start_char and b.kind = 'footnote'
      and c.start_char - b.start_char between 2 and 400
    join texts t on t.source = c.source and t.start_char <= b.start_char and t.start_char + length(t.text) > c.start_char
    where c.kind = 'footnote' and c.source in (
        select m.source from citation_marks m where m.citation is not null group by m.source
        having count(*) > count(distinct m.citation))
), linked as (
    select *, len(regexp_extract_all(regexp_extract(before, '[\^↑]((?:\s+[a-z]{1,2}\b)+)\s*$', 1), '[a-z]+')) as letters
    from noted where regexp_matches(before, '[\^↑](\s+[a-z]{1,2})*\s*$')
), marked as (
    select l.id, count(*) as marks, list({start: m.start_char, stop: m.end_char} order by m.start_char)[1:3] as places
    from linked l join citation_marks m on m.citation = l.id group by l.id
)
select l.source, trim(l.marker, '[]().^ '), l.start_char, l.end_char, l.quote, greatest(l.letters, 1), marks, places
from linked l join marked using (id)
where l.source in (select source from linked where letters >= 2)
order by l.source, l.start_char
"""


def readings(view: View) -> Iterator[Finding]:
    """Tell of references that were read before they were published, and of archived copies younger than the reading."""
    for source, start, quote, published, read in view.rows(_EARLY, needs={"citations": 1}):
        earliest = bounds(published).earliest
        if earliest is None:
            continue
        days = (date(earliest.year, earliest.month, earliest.day) - date.fromisoformat(read)).days
        if days < 1:
            continue
        summary = f"Retrieved {in_words(read)}, but published {in_words(published)}."
        if days <= _AHEAD:
            summary = f"Retrieved {in_words(read)}, before its date, {in_words(published)}."
        severity: Severity = "info" if days <= _AHEAD else "warning"
        said = [Said.passage(source, start, start + len(quote), quote)]
        yield finding("F063", "date-bound", severity, summary, said, published=published, retrieved=read)
    for source, start, quote, words, read, filed, days, count, later in view.rows(
        _FILED, needs={"citations": 1}
    ):
        summary = f"Archived {in_words(filed.isoformat())}, {_days(days)} after it was retrieved"
        if later > 1:
            summary += f"; {later} of {count} archived copies are younger than the reading"
        said = _dates_of(source, start, quote, words)
        yield finding(
            "F063",
            "date-bound",
            "info",
            f"{summary}.",
            said,
            retrieved=read.isoformat(),
            days=days,
            copies=later,
        )


def back_links(view: View) -> Iterator[Finding]:
    """Hold the back links of references against the marks that cite them, one finding a source and kind."""
    sources: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for row in view.rows(_LINKED, needs={"citations": 1, "marks": 2, "block:footnote": 1}):
        sources[row[0]].append(row)
    shown = [row for rows in sources.values() for row in _worth(rows)]
    places = [(row[0], place["start"], place["stop"]) for row in shown for place in row[7]]
    marks_of = dict(zip(places, view.passages(places), strict=True))
    for rows in sources.values():
        fewer = [row for row in rows if row[6] < row[5]]
        more = [row for row in rows if row[6] > row[5]]
        agree = [row for row in rows if row[6] == row[5]]
        pairs: tuple[tuple[list[Sequence[Any]], FindingKind], ...] = (
            (fewer, "missing-part"),
            (more, "arithmetic-check"),
        )
        for wrong, kind in pairs:
            if not wrong:
                continue
            _, marker, _, _, _, links, marks, _ = wrong[0]
            summary = f"Reference {marker} has {_links(links)} and is cited {_times(marks)}"
            if len(wrong) > 1:
                summary += f"; {len(wrong)} references differ so"
            said = [one for row in wrong[:2] for one in _shown(row, marks_of)]
            yield finding("F064", kind, "warning", f"{summary}.", said, markers=[row[1] for row in wrong])
        several = [row for row in agree if row[5] >= _SEVERAL]
        if several:
            _, marker, _, _, _, links, marks, _ = several[0]
            summary = f"Reference {marker} has {_links(links)} and is cited {_times(marks)}"
            if len(rows) > 1:
                summary += (
                    f"; all {len(agree)} references that were compared agree"
                    if len(agree) == len(rows)
                    else (f"; {len(agree)} of {len(rows)} references agree")
                )
            yield finding(
                "F064",
                "arithmetic-check",
                "ok",
                f"{summary}.",
                _shown(several[0], marks_of),
                compared=len(rows),
            )


def _worth(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return the references that a finding may show."""
    agree = next((row for row in rows if row[6] == row[5] >= _SEVERAL), None)
    fewer = [row for row in rows if row[6] < row[5]][:2]
    more = [row for row in rows if row[6] > row[5]][:2]
    return [*fewer, *more, *([agree] if agree else [])]


def _shown(row: Sequence[Any], marks: Mapping[tuple[str, int, int], Said]) -> list[Said]:
    source, _, start, end, quote, _, _, places = row
    cited = [marks[source, place["start"], place["stop"]] for place in places]
    return [*cited, Said.passage(source, start, end, quote)]


def _dates_of(source: str, start: int, quote: str, words: str) -> list[Said]:
    """Return the words that say when a copy was filed, and when it was read."""
    at = quote.index(words)
    first = max(quote.lower().rfind("archiv", 0, at), 0)
    said = [Said.passage(source, start + first, start + at + len(words), quote[first : at + len(words)])]
    read = re.search(r"\b(?:retrieved|accessed|abgerufen|consult\w+)\b[^.;]*", quote, re.IGNORECASE)
    if read is not None and not first <= read.start() < at:
        said.append(Said.passage(source, start + read.start(), start + read.end(), read.group()))
    return said


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"


def _links(count: int) -> str:
    return "one back link" if count == 1 else f"{count} back links"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
