"""F004 to F007: references that nothing cites, marks that lead nowhere, numbering with holes, sections that cite nothing.

    text   ... [9] ... [10] ..................... [18] ...      the part between is missing here
    list   9. 10. 11. 12. 13. 14. 15. 16. 17. 18. 19.           11 to 17 are cited by nobody

One finding for each source, however many references it concerns. A bibliography has no marks by design; that is worth one
line, no alarm. A source without any mark is not one that cites, and nothing is said of it. What a reference says of a claim
is not looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from regesta.criticism.numbering import numbering
from regesta.criticism.view import Said, View, finding
from regesta.model import Finding

__all__ = ["dangling", "missing", "orphans", "uncited"]

_SHOWN: Final = 20
"""References that one finding shows; of more, the first ones."""

_ORPHANS: Final = """
select c.source, case when contains(trim(c.marker), ' ') then 'bibliography'
            when regexp_full_match(trim(c.marker, '[]().^ '), '[0-9]+') then 'footnote' else c.kind end as kind,
       trim(c.marker, '[]().^ '), c.start_char, c.end_char, c.quote
from citations c
where c.kind in ('footnote', 'bibliography')
  and not exists (from citation_marks m where m.citation = c.id)
  and exists (from citation_marks m where m.source = c.source and m.citation is not null)
order by c.source, kind desc, c.start_char
"""

_FURNITURE: Final = """
select source, start_char, end_char from blocks semi join (select unnest(?::varchar[]) as source) using (source)
where kind = 'furniture' order by source, position
"""

_EMPTY: Final = """
with spine as (
    select source, position, kind, level, start_char, content_start, content_end, line, lead(line) over w as next_line,
           lead(kind) over w as next_kind, lead(level) over w as next_level, lead(part) over w is distinct from part as leaves
    from blocks where kind <> 'anchor' and content_end > content_start
    window w as (partition by source order by position)
), led as (
    select b.source, b.line from blocks b join texts t on t.source = b.source and t.start_char <= b.start_char
      and t.start_char + length(t.text) > b.start_char
    where b.kind = 'furniture' and b.line is not null
      and regexp_matches(substr(t.text, (b.start_char - t.start_char + 1)::bigint, 40),
                         '^(Main|Further|See|More|Siehe|Hauptartikel|Article|Pour|V\u00e9ase|Art\u00edculo)\\b')
)
select source, content_start, content_end, next_kind from spine
where kind = 'heading' and level > 1
  and exists (from blocks b where b.source = spine.source
              and b.kind in ('paragraph', 'list_item', 'footnote', 'bibliography'))
  and (next_kind = 'heading' and next_level <= level and not leaves or next_kind is null)
  and not exists (from led where led.source = spine.source and led.line between spine.line and spine.next_line)
order by source, position
"""
"""Headings over nothing; "Main article: ..." leads elsewhere, wherever the reader laid it."""

_OF_NOTES: Final = re.compile(
    r"\W*(?:references?|notes?|footnotes?|endnotes?|citations?|sources?|einzelnachweise|anmerkungen|quellen|notes et références|"
    r"références|referencias|notas|note|각주|주석)\b", re.IGNORECASE
)  # fmt: skip
"""Headings over footnotes: English, German, French, Spanish, Italian, Korean."""

_JUMPS: Final = """
with cited as (
    select source, try_cast(trim(label, '[]().^ ') as bigint) as number, min(start_char) as start_char,
           arg_min(end_char, start_char) as end_char
    from citation_marks group by source, number having number is not null
), line as (
    select *, lead(number) over w as next_number, lead(start_char) over w as next_start,
           lead(end_char) over w as next_end, number - lag(number, 1, 0::bigint) over w as step,
           max(number) over (partition by source order by start_char rows unbounded preceding) as highest
    from cited window w as (partition by source order by start_char)
)
select l.source, l.number, l.start_char, l.end_char, l.next_number, l.next_start, l.next_end,
       (select count(*) from citations c where c.source = l.source and c.kind = 'footnote'
        and try_cast(trim(c.marker, '[]().^ ') as bigint) between l.number + 1 and l.next_number - 1
        and not exists (from citation_marks m where m.citation = c.id)) as uncited
from line l
where next_number > number + 2 and number = highest
order by l.source, l.start_char
"""

_HOLES: Final = """
with numbered as (
    select source, try_cast(trim(marker, '[]().^ ') as bigint) as number, start_char, end_char, quote
    from citations where kind = 'footnote'
), line as (
    select *, lead(number) over w as next_number, lead(start_char) over w as next_start,
           lead(end_char) over w as next_end, lead(quote) over w as next_quote,
           count(*) over (partition by source) as n
    from numbered where number is not null window w as (partition by source order by start_char)
)
select source, number, start_char, end_char, quote, next_number, next_start, next_end, next_quote from line
where n >= 3 and next_number between number + 2 and number + 50 order by source, start_char
"""

_SECTIONS: Final = """
with heads as (
    select source, start_char, content_start, content_end,
           lead(start_char, 1, 9223372036854775807) over (partition by source order by position) as until
    from blocks where kind = 'heading' and content_end > content_start
), citing as (
    select source, min(start_char) as first_mark from citation_marks where citation is not null group by source
    having count(distinct citation) >= 2 and count(*) >= 3
), said as (
    select h.source, h.start_char, count(*) as n_claims
    from heads h join claim_evidence e on e.source = h.source and e.position = 0
      and e.start_char >= h.start_char and e.start_char < h.until
    group by all
), sections as (
    select h.source, h.start_char, h.content_start, h.content_end, s.n_claims, exists (
        from citation_marks m where m.source = h.source and m.start_char >= h.start_char and m.start_char < h.until) as cites
    from heads h join citing using (source) join said s on s.source = h.source and s.start_char = h.start_char
)
select source, content_start, content_end from sections
qualify not cites and (n_claims >= 5 or n_claims >= 2 and count(*) over (partition by source) >= 3
                       and count(*) filter (where not cites and n_claims > 1) over (partition by source) = 1)
order by source, start_char
"""

_OPENING: Final = """
with asked as (select unnest(?::varchar[]) as source, unnest(?::bigint[]) as last)
select b.source, b.content_start, b.content_end from blocks b join asked a on a.source = b.source and b.content_start > a.last
where b.content_end > b.content_start and b.kind in ('paragraph', 'list_item', 'quote') and not exists (
    from blocks h where h.source = a.source and h.kind = 'heading' and h.content_start > a.last and h.content_start < b.content_start)
qualify row_number() over (partition by b.source order by b.position) = 1 order by b.source
"""
"""What stands first under the one section of a source that cites nothing."""


def orphans(view: View) -> Iterator[Finding]:
    """Tell of references that no mark in the text leads to, one finding a source."""
    lists: dict[tuple[str, str], list[tuple[str, Said]]] = defaultdict(list)
    for source, kind, marker, start, end, quote in view.rows(_ORPHANS, needs={"citations": 1, "marks": 1}):
        lists[source, kind].append((marker, Said.passage(source, start, end, quote)))
    aside = _aside(view, sorted({source for source, _ in lists}))
    for (source, kind), entries in lists.items():
        found = [
            (marker, said) for marker, said in entries if not (marker and f"[{marker}]" in aside[source])
        ]
        if not found:
            continue
        said = [one for _, one in found]
        if kind == "bibliography":
            shown = said if len(said) <= 2 else [said[0], said[-1]]
            count = "One entry" if len(said) == 1 else f"{len(said)} entries"
            verb = "is" if len(said) == 1 else "are"
            summary = f"{count} of the bibliography {verb} cited nowhere in the text."
            yield finding("F004", "orphan-reference", "info", summary, shown, entries=len(said))
            continue
        names = [marker for marker, _ in found if marker]
        verb = "reference is" if len(said) == 1 else "references are"
        which = f": {_runs(names)}" if names else ""
        summary = f"{len(said)} {verb} never cited in the text{which}."
        yield finding("F004", "orphan-reference", "warning", summary, said[:_SHOWN], markers=names)


def _aside(view: View, sources: Sequence[str]) -> Mapping[str, str]:
    """Return what each source lays aside, such as a box of figures: a mark may stand there, and is none of the text."""
    words: dict[str, str] = defaultdict(str)
    places = view.rows(_FURNITURE, [sources]) if sources else []
    for (source, *_), text in zip(places, view.words(places) if places else [], strict=True):
        words[source] += f"{text} "
    return words


def dangling(view: View) -> Iterator[Finding]:
    """Tell of marks in the text that lead to no reference, one finding a source; a letter in a table leads to its own notes."""
    lists: dict[str, list[tuple[str, Said]]] = defaultdict(list)
    rows = view.rows(
        "select m.source, m.start_char, m.end_char, m.label from citation_marks m where m.citation is null "
        "and exists (from citations c where c.source = m.source and (c.kind = 'footnote' "
        "or regexp_full_match(trim(c.marker, '[]().^ '), '[0-9]+'))) "
        "and not (regexp_full_match(trim(m.label, '[]().^ '), '[a-z*†‡]') and exists (from blocks b "
        "where b.source = m.source and b.kind in ('cell', 'caption') and b.start_char <= m.start_char and b.end_char >= m.end_char)) "
        "order by all",
        needs={"citations": 1, "marks": 1},
    )
    for (source, *_, label), said in zip(rows, view.passages([row[:3] for row in rows]), strict=True):
        lists[source].append((label, said))
    for marks in lists.values():
        names = sorted({label.strip("[]().^ ") for label, _ in marks}, key=_by_number)
        verb = "mark leads" if len(marks) == 1 else "marks lead"
        summary = f"{len(marks)} {verb} to no reference: {_runs(names)}."
        shown = [one for _, one in marks[:_SHOWN]]
        yield finding("F005", "dangling-marker", "warning", summary, shown, markers=names)


def missing(view: View) -> Iterator[Finding]:
    """Tell of parts that numbering or headings show to be missing."""
    yield from _jumps(view)
    yield from numbering(view)
    for source, number, start, end, quote, next_number, next_start, next_end, next_quote in view.rows(
        _HOLES, needs={"citations": 3}
    ):
        names = [str(n) for n in range(number + 1, next_number)]
        said = [
            Said.passage(source, start, end, quote),
            Said.passage(source, next_start, next_end, next_quote),
        ]
        summary = f"The list of references goes from {number} to {next_number}: {_runs(names)} missing."
        yield finding("F006", "missing-part", "warning", summary, said, markers=names)
    lists: dict[str, list[Said]] = defaultdict(list)
    noted = {
        source
        for (source,) in view.rows(
            "select distinct source from citations where kind = 'footnote'", needs={"citations": 1}
        )
    }
    empty = view.rows(_EMPTY, needs={"block:heading": 2})
    for one, (*_, next_kind) in zip(view.passages([row[:3] for row in empty]), empty, strict=True):
        if (one.member.source in noted or next_kind is None) and _OF_NOTES.match(one.member.quote):
            continue  # its notes may be laid out elsewhere, as at the end of the text
        lists[one.member.source].append(one)
    for source, headings in lists.items():
        if len(headings) > _empty_at_most(view, source):
            continue
        names = [one.member.quote for one in headings]
        quoted = ", ".join(f"“{' '.join(name.split())}”" for name in names[:5])
        verb = "section is" if len(names) == 1 else "sections are"
        summary = f"{len(names)} {verb} empty: {quoted}."
        yield finding("F006", "missing-part", "warning", summary, headings[:_SHOWN], headings=names)


def uncited(view: View) -> Iterator[Finding]:
    """Tell of sections that cite nothing, in a source that cites elsewhere, one finding a source."""
    lists: dict[str, list[Said]] = defaultdict(list)
    for one in view.passages(
        [row[:3] for row in view.rows(_SECTIONS, needs={"block:heading": 1, "marks": 3})]
    ):
        lists[one.member.source].append(one)
    alone = {source: said[0].member.end for source, said in lists.items() if len(said) == 1}
    first = view.rows(_OPENING, [list(alone), list(alone.values())]) if alone else []
    opening = {one.member.source: one for one in view.passages([row[:3] for row in first])}
    for source, said in lists.items():
        names = [" ".join(one.member.quote.split()) for one in said]
        quoted = ", ".join(f"“{name}”" for name in names[:5]) + (" …" if len(names) > 5 else "")
        summary = f"Nothing in {quoted} is cited, though the source cites elsewhere."
        shown = [*said, opening[source]] if source in opening else said[:_SHOWN]
        yield finding("F007", "uncited", "info", summary, shown, headings=names)


def _jumps(view: View) -> Iterator[Finding]:
    """Tell of marks that jump in the text over references that nothing cites."""
    for source, number, start, end, next_number, next_start, next_end, n_uncited in view.rows(
        _JUMPS, needs={"marks": 2}
    ):
        if n_uncited != next_number - number - 1:
            continue  # cited elsewhere, or not in the list: no sign of a missing part
        said = view.passages([(source, start, end), (source, next_start, next_end)])
        between = view.rows(
            "select source, start_char, end_char, quote from citations where source = ? and kind = 'footnote' "
            "and try_cast(trim(marker, '[]().^ ') as bigint) between ? and ? order by start_char",
            [source, number + 1, next_number - 1],
        )
        said += [Said.passage(*row) for row in between[: _SHOWN - 2]]
        here, there = _section(view, source, start), _section(view, source, next_start)
        if here and there:
            where = f" in “{here}”" if here == there else f" between “{here}” and “{there}”"
        else:
            where = ""
        summary = (
            f"The marks go from {number} to {next_number}, and the references between are cited nowhere: "
            f"the part of the text{where} that cites them is missing."
        )
        yield finding("F006", "missing-part", "warning", summary, said, before=number, after=next_number)


_SECTION: Final = """
with here as (
    select * from blocks where source = ? and content_start <= ? and content_end > content_start order by content_start desc limit 1
)
select b.source, b.content_start, b.content_end from blocks b, here h
where b.source = h.source and b.content_end > b.content_start
  and (b.position = h.parent and b.kind = 'list_item' or b.kind = 'heading' and b.position <= h.position)
order by b.kind = 'heading', b.position desc limit 1
"""


def _section(view: View, source: str, at: int) -> str:
    """Return what stands over a place: the entry that holds it, as a year over its entries, else the heading; at most 60 signs."""
    rows = view.rows(_SECTION, [source, at])
    words = " ".join(view.words(rows)[0].split()) if rows else ""
    return words if len(words) <= 60 else words[:60].rpartition(" ")[0] + " …"


def _empty_at_most(view: View, source: str) -> int:
    """Return how many headings without text are a sign of something: where most are bare, headings are the text."""
    (row,) = view.rows("select count(*) from blocks where source = ? and kind = 'heading'", [source])
    return max(1, int(row[0]) // 4)


def _by_number(label: str) -> tuple[int, str]:
    return (int(label), "") if label.isascii() and label.isdigit() and len(label) < 9 else (1 << 40, label)


def _runs(labels: Sequence[Any]) -> str:
    """Return labels in few words: neighbouring numbers as a range.

    >>> _runs(["11", "12", "13", "a", "17"])
    '11 to 13, a, 17'
    """
    said: list[str] = []
    index = 0
    while index < len(labels):
        last = index
        while (
            last + 1 < len(labels)
            and str(labels[last]).isdecimal()
            and str(labels[last + 1]).isdecimal()
            and int(labels[last + 1]) == int(labels[last]) + 1
        ):
            last += 1
        if last > index + 1:
            said.append(f"{labels[index]} to {labels[last]}")
        else:
            said += [str(label) for label in labels[index : last + 1]]
        index = last + 1
    return ", ".join(said[:12]) + (" …" if len(said) > 12 else "")
