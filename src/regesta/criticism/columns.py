"""F035: a column "of these" against the column that it is a part of, and totals in prose against the tables and lists beside them.

    Year   Arrivals   of these under 25
    1956     11,460              11,820       more than came
    A 52 · B 47 · C 41  ......  "There were 140 wells"                52 + 47 + 41 = 140: ok
    Saratov: 1,104 people · Kherson: 986 people  ......  "The two ships landed 2,090 people"

A part may not be more than its whole where the other rows keep to that. A total in prose is one that names what the column or list counts,
within a page of it; that it differs is told only where it counts the entries of the list right before it ("the four ships").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from regesta.criticism.pages import pages
from regesta.criticism.sentence_figures import Number, numbers_of
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import NUMBER, Block, figure, number_of
from regesta.model import Finding

__all__ = ["columns"]

_OF_THESE: Final = r"^\W*(?:of (?:these|them|whom|which|those)\b|thereof\b|of which\b|davon\b|darunter\b|dont\b|among them\b|incl(?:uding|\.)?\s)"
_CELLS: Final = r"""
with grids as (
    select source, parent as grid from blocks where kind = 'row' group by all having count(*) between 3 and 42
), rows_ as (
    select b.source, b.position, b.parent as grid from blocks b join grids g on g.source = b.source and g.grid = b.parent where b.kind = 'row'
), titled as (
    select c.source, r.grid from blocks c join rows_ r on r.source = c.source and r.position = c.parent
    join pages t on t.source = c.source and t.page = c.content_start // 1024
    where c.kind = 'cell' and c.row_index = 0 and ($1 = '' or regexp_matches(
          lower(trim(substring(t.text, c.content_start - t.start_char + 1, least(40, c.content_end - c.content_start)))), $1))
    group by all
), cells as (
    select c.source, r.grid, c.row_index, c.column_index, c.content_start, c.content_end,
           trim(substring(t.text, c.content_start - t.start_char + 1, least(80, c.content_end - c.content_start))) as words
    from blocks c join (select * from rows_ semi join titled using (source, grid)) r on r.source = c.source and r.position = c.parent
    join pages t on t.source = c.source and t.page = c.content_start // 1024
    where c.kind = 'cell' and c.content_end > c.content_start
), counted as (
    select *, case when regexp_full_match(replace(words, '*', ''), '[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}')
                   then replace(replace(words, ',', ''), '*', '')::bigint end as value from cells
)
"""
_PARTS: Final = f"""{_CELLS}
, parts as (
    select source, grid, column_index as part, words as title from cells where row_index = 0 and regexp_matches(lower(words), $1)
)
select p.source, p.grid, p.part, p.title, w.words, a.row_index, a.value, b.value, a.content_start, a.content_end, b.content_start, b.content_end
from parts p join counted b on b.source = p.source and b.grid = p.grid and b.column_index = p.part and b.row_index > 0
join counted a on a.source = p.source and a.grid = p.grid and a.row_index = b.row_index and a.column_index = p.part - 1
left join cells w on w.source = p.source and w.grid = p.grid and w.row_index = 0 and w.column_index = p.part - 1
where a.value is not null and b.value is not null
order by p.source, p.grid, p.part, a.row_index
"""  # noqa: S608 - constants
_SUMS: Final = f"""{_CELLS}
select n.source, n.grid, n.column_index, any_value(h.words), sum(n.value)::bigint, count(*), min(n.content_start), max(n.content_end),
       list([n.value, n.content_start, n.content_end] order by n.row_index)
from counted n join counted h on h.source = n.source and h.grid = n.grid and h.row_index = 0 and h.column_index = n.column_index
  and h.value is null
where n.row_index > 0 and n.value is not null and n.value < 1000000
  and not exists (from cells f where f.source = n.source and f.grid = n.grid and f.row_index = n.row_index
                  and regexp_matches(lower(f.words), '^\\W*(?:total|all|sum|together|insgesamt|summe|gesamt)\\b'))
group by n.source, n.grid, n.column_index having count(*) between 3 and 40 and sum(n.value) >= $2
order by n.source, n.grid, n.column_index
"""  # noqa: S608 - constants
_LISTS: Final = r"""
with entries as (
    select b.source, b.position, b.content_start, b.content_end,
           sum((b.kind <> 'list_item')::int) over (partition by b.source order by b.position) as part, b.kind
    from blocks b where b.kind in ('list_item', 'paragraph', 'heading', 'table')
), worded as (
    select e.source, e.part, e.position, e.content_start, e.content_end,
           substring(t.text, e.content_start - t.start_char + 1, least(120, e.content_end - e.content_start)) as words
    from entries e join pages t on t.source = e.source and t.page = e.content_start // 1024
    where e.kind = 'list_item' and e.content_end - e.content_start between 4 and 120
), counted as (
    select *, regexp_extract(words, '^[^0-9:–—]{2,60}[:–—,] ?([0-9]{1,3}(?:,[0-9]{3})*|[0-9]{1,6})(?: [a-z]+)?[.;]?$', 1) as n,
           regexp_extract(words, ' ([a-z]+)[.;]?$', 1) as noun from worded
)
select source, part, list(words order by position), list(n order by position), any_value(noun), count(distinct noun),
       min(content_start), max(content_end), list([content_start, content_end] order by position)
from counted group by source, part having count(*) between 3 and 40 and bool_and(n <> '')
order by source, part
"""
_NEAR: Final = 1_500
_SMALLEST: Final = 20
_SHOWN: Final = 4
_LARGE: Final = 1_000
"""From here on a sum that a text says is no chance."""
_THE: Final = re.compile(
    rf"\b[Tt]he (?P<k>(?i:{NUMBER})) (?P<what>[a-z]+)\s[a-z]+(?:\s[a-z]+)?\s(?P<n>(?i:{NUMBER}))\s(?P<noun>[a-z]+)\b"
)


def columns(view: View) -> Iterator[Finding]:
    """Hold a column "of these" against its whole, and totals in prose against the figures beside them."""
    if view.has("row") or view.has("list_item"):
        pages(view)
    if view.has("row"):
        yield from _parts(view)
        yield from _tables(view)
    if view.has("list_item"):
        yield from _lists(view)


def _parts(view: View) -> Iterator[Finding]:
    grids: dict[tuple[Any, ...], list[Sequence[Any]]] = defaultdict(list)
    for row in view.rows(_PARTS, [_OF_THESE]):
        grids[tuple(row[:3])].append(row)
    for rows in grids.values():
        over = [row for row in rows if row[7] > row[6]]
        if len(over) != 1 or len(rows) - 1 < 2:
            continue
        source, _, _, title, whole, _, most, part, *places = over[0]
        said = view.passages([(source, places[0], places[1]), (source, places[2], places[3])])
        summary = f"“{title}” {figure(part)} are more than the {figure(most)} of “{whole}”, of which they are a part."
        yield finding("F035", "sum-mismatch", "error", summary, said, whole=most, part=part)


def _tables(view: View) -> Iterator[Finding]:
    rows = view.rows(_SUMS, ["", _SMALLEST])
    around = view.words([place for row in rows for place in _beside(row[0], row[6], row[7])])
    for at, (source, _, _, title, total, count, start, end, cells) in enumerate(rows):
        about = _nouns(title)
        for (_, first, _), words in zip(
            _beside(source, start, end), around[2 * at : 2 * at + 2], strict=True
        ):
            found = _stated(source, first, words, total, about)
            if found is not None:
                parts = [(value, low, high) for value, low, high in cells]
                yield _held(view, source, found, total, parts, count)
                break


def _lists(view: View) -> Iterator[Finding]:
    rows = view.rows(_LISTS)
    around = view.words([place for row in rows for place in _beside(row[0], row[6], row[7])])
    for at, (source, _, _, numbers, noun, nouns, start, end, places) in enumerate(rows):
        values = [number_of(one) or 0 for one in numbers]
        total = sum(values)
        if nouns > 1 or total < _SMALLEST:
            continue
        parts = [(value, low, high) for value, (low, high) in zip(values, places, strict=True)]
        for (_, first, _), words in zip(
            _beside(source, start, end), around[2 * at : 2 * at + 2], strict=True
        ):
            found = _stated(source, first, words, total, _nouns(noun))
            if found is not None:
                yield _held(view, source, found, total, parts, len(values))
                break
            wrong = _THE.match(words.lstrip()) if first >= end else None
            if wrong is None or number_of(wrong["k"]) != len(values) or wrong["noun"] != noun:
                continue
            stated = number_of(wrong["n"])
            if stated is None or stated == total:
                continue
            lead = first + len(words) - len(words.lstrip())
            said = Said.passage(source, lead, lead + wrong.end(), wrong[0])
            working = f"{' + '.join(figure(value) for value in values[:12])} = {figure(total)}"
            shown = view.passages([(source, low, high) for _, low, high in parts[:_SHOWN]])
            summary = f"{working}, but the text says {figure(stated)}."
            yield finding(
                "F035", "sum-mismatch", "warning", summary, [said, *shown], working=working, stated=stated
            )
            break


def _beside(source: str, start: int, end: int) -> tuple[tuple[str, int, int], tuple[str, int, int]]:
    """Return the text behind figures and before them."""
    return (source, end, end + _NEAR), (source, max(0, start - _NEAR), start)


def _stated(source: str, first: int, words: str, total: int, about: set[str]) -> Said | None:
    """Return where a text says a number of what a title names."""
    if f"{total:,}" not in words and str(total) not in words:
        return None
    block = Block(source, 0, "", None, first, words)
    for match in re.finditer(
        rf"(?<![\d.,]){re.escape(f'{total:,}')}(?![\d]|[.,]\d)|(?<![\d.,]){total}(?![\d]|[.,]\d)", words
    ):
        line = words[words.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        held: list[Number] = [
            one for one in numbers_of(line) if one.value == total and not one.is_about and one.noun
        ]
        if len(line.split()) < 4 or not held or "|" in line or "\t" in line:
            continue
        if total >= _LARGE or about & _nouns(f"{held[0].noun} {' '.join(line.split()[:6])}"):
            return block.said(match.start(), min(len(words), match.end() + 1 + len(held[0].noun)))
    return None


def _nouns(words: str) -> set[str]:
    """Return the words of a title or a clause, without their plural.

    >>> sorted(_nouns("Persons received"))
    ['person', 'received']
    """
    return {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{3,}", words.lower())} - {
        "the",
        "and",
        "number",
        "all",
        "total",
    }


def _held(
    view: View, source: str, stated: Said, total: int, parts: Sequence[tuple[int, int, int]], count: int
) -> Finding:
    working = f"{' + '.join(figure(value) for value, _, _ in parts[:12])}{' + …' if count > 12 else ''} = {figure(total)}"
    shown = parts if len(parts) <= _SHOWN else (parts[0], parts[-1])
    said = view.passages([(source, low, high) for _, low, high in shown])
    return finding(
        "F035", "arithmetic-check", "ok", f"{working}, as the text says.", [stated, *said], working=working, sum=total
    )  # fmt: skip
