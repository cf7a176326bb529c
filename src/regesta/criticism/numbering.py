"""Part of F006: numbers of sections, entries and tables that show a part to be missing.

    2. Daily life  ·  4. Numbers                 section 3 is missing
    216. Ana Sousa  ·  218. Rui Prado            number 217 is missing
    "As Table 3 shows", and Tables 1 and 2       there is no Table 3

Only a numbering that is kept otherwise tells: it rises by one at every step but one. A list may begin anywhere, sections begin
at 1. A table "of" or "in" another work is not looked for. References have a numbering of their own, see `references`.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from regesta.criticism.table_rows import left_out
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import seldom, texts_saying
from regesta.model import Finding

__all__ = ["numbering"]

_LEADING: Final = re.compile(r"(\d{1,2})(?:[.)]|(?=\s))\s*\D")
_KEPT: Final = 6
"""Entries that a list must have for its numbering to tell."""

_HEADINGS: Final = """
select source, content_start, least(content_end, content_start + 80) as content_end, level
from blocks where kind = 'heading' and content_end > content_start and level > 0 order by source, position
"""
_ITEMS: Final = """
with numbered as (
    select source, position, level, coalesce(parent, -1) as parent, content_start, least(content_end, content_start + 80) as until,
           try_cast(regexp_extract(marker, '^\\(?([0-9]{1,6})[.)]?$', 1) as bigint) as number
    from blocks where kind = 'list_item'
), runs as (
    select *, number - row_number() over (partition by source, level, parent order by position) as offset_of
    from numbered where number is not null
), lists as (
    select source, level, parent from runs group by all
    having count(*) >= ? and count(distinct offset_of) = 2 and count(distinct number) = count(*)
       and max(number) - min(number) = count(*)
)
select source, content_start, until, number, level, parent from runs join lists using (source, level, parent)
order by source, level, parent, position
"""
_NAMED: Final = seldom(r"\b(Table|Figure|Map|Appendix|Annex|Chart) ([0-9]{1,2})\b")
_CAPTION: Final = re.compile(r"(?:^|\n)[\s>*_#|]*$")
_ELSEWHERE: Final = re.compile(r"\s*(?:of|in|from)\s|[.:]\d|['’]s\b")


class _Numbered(NamedTuple):
    """A part with its number."""

    number: int
    place: tuple[str, int, int]


def numbering(view: View) -> Iterator[Finding]:
    """Tell of a hole in the numbers of sections or entries, and of a table that is spoken of and is not there."""
    rows = view.rows(_HEADINGS, needs={"block:heading": 3})
    sections: dict[tuple[str, int], list[_Numbered]] = defaultdict(list)
    for (source, start, end, level), words in zip(rows, view.words([r[:3] for r in rows]), strict=True):
        if found := _LEADING.match(words):
            sections[source, level].append(_Numbered(int(found[1]), (source, start, end)))
    for parts in sections.values():
        if len(parts) >= 3 and parts[0].number == 1:
            yield from _hole(view, parts, "sections go")
    lists: dict[tuple[str, int, int], list[_Numbered]] = defaultdict(list)
    for source, start, end, number, level, parent in view.rows(
        _ITEMS, [_KEPT], needs={"block:list_item": _KEPT}
    ):
        lists[source, level, parent].append(_Numbered(number, (source, start, end)))
    for parts in lists.values():
        yield from _hole(view, parts, "entries go")
    yield from left_out(view)
    yield from _tables(view)


def _hole(view: View, parts: Sequence[_Numbered], what: str) -> Iterator[Finding]:
    steps = [(a, b) for a, b in itertools.pairwise(parts) if b.number != a.number + 1]
    if len(steps) != 1 or steps[0][1].number != steps[0][0].number + 2:
        return
    before, after = steps[0]
    summary = f"The {what} from {before.number} to {after.number}: {before.number + 1} is missing."
    said = view.passages([before.place, after.place])
    yield finding("F006", "missing-part", "warning", summary, said, before=before.number, after=after.number)


def _tables(view: View) -> Iterator[Finding]:
    """Tell of a table that the text names and that stands nowhere, though others of its kind do."""
    there: dict[tuple[str, str], set[int]] = defaultdict(set)
    spoken: dict[tuple[str, str, int], Said] = {}
    for source, at, text in texts_saying(view, _NAMED):
        for found in re.finditer(_NAMED, text):
            kind, number = found[1], int(found[2])
            if _CAPTION.search(text, max(0, found.start() - 12), found.start()):
                there[source, kind].add(number)
            elif not _ELSEWHERE.match(text, found.end()):
                place = (source, at + found.start(), at + found.end())
                spoken.setdefault((source, kind, number), Said.passage(*place, found[0]))
    for (source, kind, number), said in spoken.items():
        known = there[source, kind]
        if len(known) >= 2 and number not in known and number <= max(known) + 1:
            names = " and ".join(f"{kind} {n}" for n in sorted(known)[-2:])
            summary = f"{kind} {number} is spoken of and is not there; {names} are."
            yield finding("F006", "missing-part", "warning", summary, [said], names=sorted(known))
