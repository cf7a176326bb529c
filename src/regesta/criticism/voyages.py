"""F062: one way told in one breath whose end is dated before its beginning.

    "left Kobe on 12 July 1940 and reached Seattle on 4 July 1940"       wrong order
    Left 3 May 1951 | Landed 29 April 1951       in a table whose other rows have the two in order

In prose the two verbs must be joined, so that nobody else can be the one that arrived. In a table the other rows show which of two
columns comes first: two of them at least, and all but this one. Lives told in several sentences are `impossible_orders`' work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from regesta.criticism.joins import joins
from regesta.criticism.pages import pages
from regesta.criticism.sentence_figures import ToldDate, dates_of
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import Block, blocks_saying
from regesta.dates import before, in_words
from regesta.model import Finding

__all__ = ["voyages"]

_LEFT: Final = r"(?:left|crossed|departed(?: from)?|sailed|set (?:out|off|sail)|embarked|took off|started|fled|escaped|put to sea|cast off|flew out|verließ(?:en)?|quitt(?:a|èrent)|partit)"
_CAME: Final = r"(?:reached|arrived|landed|docked|anchored|disembarked|came (?:to|ashore|into|in)|put in|got to|entered|erreichten?|atteign(?:it|irent)|arriv(?:a|èrent))"
_CUE: Final = rf"(?i)\b{_LEFT}\b(?:[^.!?\n]|\n[a-z0-9]){{3,160}}\b{_CAME}\b|\b{_CAME}\b(?:[^.!?\n]|\n[a-z0-9]){{3,160}}\b(?:having left|after (?:leaving|departing)|had left|had sailed|had set out)\b"
_JOINED: Final = re.compile(
    r"\W*(?:(?:and|then|und|et|puis|to|but|who|which|that|it|they|he|she|had)\W+)*(?:(?:finally|eventually|safely|only|at last|first|again|later)\W+)*",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(r"[\w ,'’*()-]{0,60}?\W?")
_AFTER: Final = re.compile(
    r"(?:having (?:left|sailed|set out|departed)|after (?:leaving|departing|sailing)|(?:it|they|he|she|which) had (?:left|sailed|set out|departed))\b",
    re.IGNORECASE,
)
_STRANGE: Final = re.compile(r"\b(?:back|again|return\w*|until|since|never|not|before)\b", re.IGNORECASE)
"""Words that make another way of it."""

_COLUMNS: Final = r"""
with titles as (
    select r.source, r.parent as grid, c.column_index as col,
           lower(substring(t.text, c.content_start - t.start_char + 1, least(40, c.content_end - c.content_start))) as title
    from blocks c join blocks r on r.source = c.source and r.position = c.parent and r.kind = 'row'
    join pages t on t.source = c.source and t.page = c.content_start // 1024
    where c.kind = 'cell' and c.row_index = 0
), dated as (
    select * from titles where regexp_matches(title, $1)
), several as (
    select source, grid from dated group by all having count(*) between 2 and 4
), cells as (
    select d.source, d.grid, d.col, d.title, c.row_index, c.content_start,
           substring(t.text, c.content_start - t.start_char + 1, least(c.content_end - c.content_start, 80)) as words
    from dated d join several using (source, grid)
    join blocks r on r.source = d.source and r.parent = d.grid and r.kind = 'row'
    join blocks c on c.source = r.source and c.parent = r.position and c.kind = 'cell' and c.column_index = d.col and c.row_index > 0
    join pages t on t.source = c.source and t.page = c.content_start // 1024
    where c.content_end > c.content_start and regexp_matches(words, '[\p{N}一二三四五六七八九]')
), pairs as (
    select a.source, a.grid, a.col, b.col as other, a.row_index, a.title, b.title as other_title, a.content_start, a.words,
           b.content_start as other_start, b.words as other_words, trim(a.words) as x, trim(b.words) as y,
           regexp_full_match(x, $2) and regexp_full_match(y, $2) and left(x, length(y)) < left(y, length(x)) as is_up
    from cells a join cells b on b.source = a.source and b.grid = a.grid and b.row_index = a.row_index and b.col > a.col
)
select * exclude (x, y), count(*) filter (where is_up) over (partition by source, grid, col, other) as n_up from pairs
qualify not is_up order by source, grid, col, other, row_index
"""
"""Rows in which one of two columns of dates may not be before the other, and how many there are in which it is: these need no reading."""
_ISO: Final = "(1[6-9][0-9]{2}|20[0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?"
"""Dates whose order is that of their letters, as far as both go."""
_TITLES: Final = (
    r"^(?:date (?:of )?)?(?:born|birth|died|death|left|departed|departure|sailed|sailing|arriv\w*|land\w*|reached|opened|opening|closed|closing|"
    r"founded|dissolved|from|until|to|entered|released|arrested|admitted|discharged|married|start|end|began|ended|"
    r"geboren|gestorben|abreise|ankunft|abfahrt|von|bis|eröffnet|geschlossen|né|née|naissance|mort|décès|départ|arrivée)\b"
)
_ABOUT: Final = re.compile(r"[?~]|\b(?:c|ca|about|around|before|after)\b")
_ROWS: Final = 2
"""Rows in order that show which column comes first, at least."""


def voyages(view: View) -> Iterator[Finding]:
    """Tell of ways whose end is dated before their beginning."""
    for block in blocks_saying(view, _CUE):
        for start, end, first, second in _told(block):
            said = [block.said(start, end)]
            summary = f"Left {in_words(first)} and arrived {in_words(second)}, as one sentence tells it: the end before the beginning."
            yield finding("F062", "chronology", "warning", summary, said, first=first, second=second)
    if view.has("row"):
        yield from _tables(view)
    yield from joins(view)


def _told(block: Block) -> Iterator[tuple[int, int, str, str]]:
    """Yield where a way is told, its beginning and its end, where these cannot be."""
    for cue in re.finditer(_CUE, block.text):
        low, high = block.sentence(cue.start())
        text = block.text[low:high]
        dates = dates_of(text)
        if len(dates) < 2:
            continue
        for left in re.finditer(rf"(?i)\b{_LEFT}\b", text):
            own = [one for one in dates if left.end() <= one.start <= left.end() + 70]
            if not own:
                continue
            first = own[0]
            came = re.compile(rf"(?i)\b{_CAME}\b").search(text, left.end())
            if came is not None and first.end <= came.start():
                if not _JOINED.fullmatch(text, first.end, came.start()):
                    continue
                later = [one for one in dates if came.end() <= one.start <= came.end() + 70]
                if not later:
                    continue
                second, start, end = later[0], left.start(), later[0].end
            elif came is None:
                came = next(
                    (m for m in re.finditer(rf"(?i)\b{_CAME}\b", text) if m.end() <= left.start()), None
                )
                after = next(
                    (m for m in _AFTER.finditer(text) if m.start() <= left.start() < m.end()), None
                ) or (_AFTER.search(text, max(0, left.start() - 8)))
                if came is None or after is None:
                    continue
                earlier = [one for one in dates if came.end() <= one.start and one.end <= after.start()]
                if len(earlier) != 1 or after.start() - earlier[0].end > 45:
                    continue
                second, start, end = earlier[0], came.start(), first.end
            else:
                continue
            if _STRANGE.search(text[start:end]) or first.is_lent:
                continue  # "crossed in December and came on 7 January 1957": of the year before
            if before(second.edtf, first.edtf) is True and not (
                second.is_lent and _is_next_year(first, second)
            ):
                yield low + start, low + end, first.edtf, second.edtf
                break


def _is_next_year(first: ToldDate, second: ToldDate) -> bool:
    """Whether a date that says no year may be of the year after that of the first: its month comes much earlier."""
    months = [int(one.edtf[5:7]) for one in (first, second) if len(one.edtf) >= len("1991-10")]
    return len(months) < 2 or months[0] - months[1] > 2


def _tables(view: View) -> Iterator[Finding]:
    """Hold two columns of dates against one another, where the other rows show which comes first."""
    pages(view)
    for _, rows in groupby(view.rows(_COLUMNS, [_TITLES, _ISO]), key=itemgetter(0, 1, 2, 3)):
        yield from _pair(view, list(rows))


def _pair(view: View, rows: Sequence[tuple[Any, ...]]) -> Iterator[Finding]:
    """Tell of the one row of two columns that is not in order, where there is one."""
    source, *_, n_up = rows[0]
    down: list[tuple[tuple[Any, ...], ToldDate, ToldDate]] = []
    for row in rows:
        first, second = _only_date(row[8]), _only_date(row[10])
        if first is None or second is None:
            continue
        n_up += before(first.edtf, second.edtf) is True
        if before(second.edtf, first.edtf) is True:
            down.append((row, first, second))
    if len(down) != 1 or n_up < _ROWS:
        return
    ((row, first, second),) = down
    said = view.passages([
        (source, row[7] + first.start, row[7] + first.end), (source, row[9] + second.start, row[9] + second.end)
    ])  # fmt: skip
    summary = (
        f"“{row[5]}” {in_words(first.edtf)}, but “{row[6]}” {in_words(second.edtf)}: in the {n_up} other rows "
        "the first is before the second."
    )
    yield finding("F062", "chronology", "warning", summary, said, first=first.edtf, second=second.edtf)


def _only_date(words: str) -> ToldDate | None:
    """Return the date that a cell says, None where it says several, or about."""
    dates = dates_of(words)
    return dates[0] if len(dates) == 1 and not _ABOUT.search(words) else None
