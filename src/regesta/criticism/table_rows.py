"""Part of F006 and F014: rows of a table that stand twice, and a number that its numbering leaves out.

    6 | Rui Prado | 12 May 1962 | 4          7 | Rui Prado | 12 May 1962 | 4         one row, entered twice
    No 1, 2, 3, 4, 5, 7                                                              number 6 is missing

A row stands twice where all its cells agree but that of a running number; it must tell a day and more than one thing beside it,
and most rows of its table must be of their own, else they are results or payments and may well be alike. A numbering is the first
column, rising by one at every step but one. What rows that agree in part have to do with each other is not asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.dates import find_dates
from regesta.model import Finding

__all__ = ["left_out", "rows_twice"]

_FEWEST: Final = 5
"""Rows that a table must have to tell anything."""
_MOST: Final = 2_000
"""Rows of a table beyond which it is data, and nobody reads it row by row."""
_WIDTH: Final = 400
"""Code points of a row that is read."""
_AT_ONCE: Final = 5_000
"""Rows whose words are held at once, or those of one table."""
_THINGS: Final = 3
"""Cells that agree, at least, beside the running number."""

_ROWS: Final = """
with tabled as (
    select source, parent as of_table, position from blocks where kind = 'row'
    qualify count(*) over (partition by source, parent) between ? and ?
)
select t.source, t.of_table, arg_min(c.content_start, c.position) as low, max(c.content_end) as high, arg_min(c.content_end, c.position) as first_end
from tabled t join blocks c on c.source = t.source and c.parent = t.position and c.kind = 'cell'
group by t.source, t.of_table, t.position having max(c.content_end) - min(c.content_start) <= ?
order by t.source, t.of_table, t.position
"""

_CELLS: Final = """
with asked as (
    select unnest(?::varchar[]) as source, unnest(?::bigint[]) as of_table
)
select r.source, r.parent, list(c.content_start order by c.position) as lows, list(c.content_end order by c.position) as highs
from asked a join blocks r on r.source = a.source and r.parent = a.of_table and r.kind = 'row'
join blocks c on c.source = r.source and c.parent = r.position and c.kind = 'cell'
group by r.source, r.parent, r.position having max(c.content_end) - min(c.content_start) <= ?
order by r.source, r.parent, r.position
"""

_NUMBER: Final = re.compile(r"\W?(\d{1,5})[.)]?")
_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")


_Placed = tuple[str, int, int, int, int]
"""Where the row of a table stands: its source, its table, `[start, end)`, and the end of its first cell."""


class _Row(NamedTuple):
    """The words of the cells of a row, and where it stands."""

    source: str
    start: int
    end: int
    text: str
    cells: tuple[str, ...]

    def number(self) -> int | None:
        """Return the running number that its first cell is, None where it is something else."""
        found = _NUMBER.fullmatch(self.cells[0])
        return int(found[1]) if found else None

    def said(self) -> Said:
        return Said.passage(self.source, self.start, self.end, self.text)


def rows_twice(view: View) -> Iterator[Finding]:
    """Tell of a row that stands twice in its table, word for word."""
    for rows in view.once(_tables):
        numbered = _is_numbered(rows)
        alike: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
        for row in rows:
            alike[row.cells[1:] if numbered else row.cells].append(row)
        twice = {cells: both for cells, both in alike.items() if len(both) > 1}
        if len(twice) > max(1, len(rows) // 10) or any(len(both) != 2 for both in twice.values()):
            continue  # rows are alike by design here
        for cells, both in twice.items():
            told = [cell for cell in cells if len(cell) > 1]
            if len(told) >= _THINGS and any(_is_day(cell) for cell in told):
                summary = f"A row stands twice in its table: {', '.join(told[:4])}."
                yield finding("F014", "duplicate-entry", "info", summary, [row.said() for row in both])


def left_out(view: View) -> Iterator[Finding]:
    """Tell of a number that the running numbers of a table leave out."""
    for rows in view.once(_tables):
        if not _is_numbered(rows):
            continue
        numbered = [(row.number() or 0, row) for row in rows if row.number() is not None]
        holes = [(a, b) for a, b in pairwise(numbered) if b[0] != a[0] + 1]
        if len(holes) == 1 and holes[0][1][0] == holes[0][0][0] + 2:
            (low, before), (high, after) = holes[0]
            summary = f"The numbers of the rows go from {low} to {high}: {low + 1} is missing."
            said = [before.said(), after.said()]
            yield finding("F006", "missing-part", "warning", summary, said, before=low, after=high)


def _is_numbered(rows: Sequence[_Row]) -> bool:
    """Whether the first column is a running number: from 1 on, rising, no greater than it can be with one left out."""
    numbers = [number for row in rows if (number := row.number()) is not None]
    return (
        len(numbers) >= max(_FEWEST, len(rows) - 2)
        and numbers[0] == 1
        and all(a < b for a, b in pairwise(numbers))
        and numbers[-1] <= len(numbers) + 1
    )


def _is_day(cell: str) -> bool:
    if _DAY.search(cell):
        return True
    return (
        any(one.kind == "date" and re.search(r"\d{4}", cell) for one in find_dates(cell))
        and not cell.isdigit()
    )


def _tables(view: View) -> list[list[_Row]]:
    """Return the rows of each table that is short enough to be read, and in which a row may stand twice or a number be left out."""
    rows = view.rows(_ROWS, [_FEWEST, _MOST, _WIDTH], needs={"block:row": _FEWEST})
    telling: list[tuple[str, int]] = []
    for some in _batches(rows):
        for table, of_table in groupby(
            zip(some, view.words([(row[0], row[2], row[3]) for row in some]), strict=True),
            key=lambda one: (one[0][0], one[0][1]),
        ):
            if _may_tell([(text[: row[4] - row[2]], text[row[4] - row[2] :]) for row, text in of_table]):
                telling.append(table)
    if not telling:
        return []
    found = view.rows(_CELLS, [[one for one, _ in telling], [one for _, one in telling], _WIDTH])
    texts = view.words([(source, lows[0], max(highs)) for source, _, lows, highs in found])
    tables: dict[tuple[str, int], list[_Row]] = defaultdict(list)
    for (source, table, lows, highs), text in zip(found, texts, strict=True):
        words = tuple(
            " ".join(text[low - lows[0] : high - lows[0]].split())
            for low, high in zip(lows, highs, strict=True)
        )
        tables[source, table].append(_Row(source, lows[0], max(highs), text, words))
    return list(tables.values())


def _batches(rows: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Yield the rows of whole tables, some thousand at a time, so that their words are not all held."""
    batch: list[_Placed] = []
    for _, table in groupby(rows, key=lambda row: (row[0], row[1])):
        batch += table
        if len(batch) >= _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _may_tell(rows: Sequence[tuple[str, str]]) -> bool:
    """Whether two rows may agree but for a running number, or the running numbers leave one out.

    >>> rows = [(str(n), f" | {name} | 4") for n, name in enumerate(("Ana", "Rui", "Eva", "Ivo", "Eva"), 1)]
    >>> _may_tell(rows[:4]), _may_tell(rows)
    (False, True)
    """
    numbers = [int(found[1]) for first, _ in rows if (found := _NUMBER.fullmatch(" ".join(first.split())))]
    if len(numbers) < max(_FEWEST, len(rows) - 2):
        return len({"".join((first + rest).split()) for first, rest in rows}) < len(rows)
    left_out = any(b == a + 2 for a, b in pairwise(numbers))
    return left_out or len({"".join(rest.split()) for _, rest in rows}) < len(rows)
