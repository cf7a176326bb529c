"""Part of F003: the cells of a row against the total at its end, and a column of such totals against its own.

    Year   Women   Men   Total
    1992     310   288     598      310 + 288 = 598
    1993     402   377     789      402 + 377 = 779, not 789
    All      712   665   1,387      598 + 789 = 1,387

That a column is the sum of the others is known only by its rows: at least two must hold, and two of three. Then a row that does
not hold is a fault. Where columns are parts of parts no row holds, and nothing is said. Series in prose are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding

__all__ = ["crossings"]

_CELLS: Final = """
with totalled as (select distinct source from observations where role = 'stated-total')
select o.source, r.parent as grid, c.row_index, c.column_index, o.value, o.role, c.content_start, o.end_char,
       right(o.quote, (o.end_char - c.content_start)::bigint)
from observations o join totalled using (source)
join blocks c on c.source = o.source and c.kind = 'cell' and c.content_end = o.end_char
join blocks r on r.source = c.source and r.position = c.parent
where o.qualifier is null
order by all
"""

_HOLD: Final = 2
"""Rows that must hold for a column to be the sum of the others."""


class _Cell(NamedTuple):
    """One figure of a table."""

    source: str
    grid: int
    row: int
    column: int
    value: float
    role: str
    start: int
    end: int
    quote: str

    @property
    def said(self) -> Said:
        return Said.passage(self.source, self.start, self.end, self.quote)


def crossings(view: View) -> Iterator[Finding]:
    """Hold the cells of a row against its total, where the other rows show that it is one."""
    cells = [_Cell(*row) for row in view.rows(_CELLS, needs={"role:stated-total": 1, "block:cell": 1})]
    for _, grid in groupby(cells, key=lambda cell: (cell.source, cell.grid)):
        yield from _grid(list(grid))


def _grid(cells: Sequence[_Cell]) -> Iterator[Finding]:
    rows: dict[int, list[_Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    columns = sorted({cell.column for cell in cells})
    last = columns[-1]
    whole = [row for row in rows.values() if len(row) == len(columns) >= 3]
    single = [row for row in whole if any(cell.role == "observation" for cell in row)]
    if not single or any(row[-1].role != "stated-total" for row in single):
        return
    held = [row for row in single if sum(cell.value for cell in row[:-1]) == row[-1].value]
    if len(held) < _HOLD or 3 * len(held) < 2 * len(single):
        return
    for row in single:
        if row not in held:
            yield _wrong([cell for cell in row if cell.column != last], row[-1])
    footers = [row for row in whole if row not in single]
    if len(footers) == 1 and footers[0][-1].row == max(rows):
        parts = [row[-1] for row in single]
        if sum(cell.value for cell in parts) != footers[0][-1].value:
            yield _wrong(parts, footers[0][-1])


def _wrong(parts: Sequence[_Cell], total: _Cell) -> Finding:
    added = sum(cell.value for cell in parts)
    shown = list(parts) if len(parts) <= 5 else [parts[0], parts[-1]]
    working = f"{' + '.join(figure(cell.value) for cell in parts[:40])} = {figure(added)}"
    summary = f"{working}, but the table gives {figure(total.value)}."
    computed = {"sum": added, "stated": total.value, "difference": added - total.value, "working": working}
    said = [total.said, *(cell.said for cell in shown)]
    return finding("F003", "sum-mismatch", "error", summary, said, **computed)
