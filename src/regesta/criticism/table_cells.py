"""Tables of figures as checks see them: the cells that are numbers, by row and column, with their headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure, number_of

if TYPE_CHECKING:
    from regesta.model import Finding

__all__ = ["FEWEST", "SHOWN", "TOTAL", "YEAR", "Cell", "Table", "added_up", "tables_of_figures"]

_CELLS: Final = """
with gridded as (
    select source, parent as grid, position from blocks where kind = 'row'
    qualify count(*) over (partition by source, parent) between 3 and 60
)
select c.source, coalesce(g.grid, -1), c.row_index, c.column_index, c.content_start, c.content_end
from gridded g join blocks c on c.source = g.source and c.parent = g.position and c.kind = 'cell'
where c.content_end > c.content_start and c.column_index < 12 and c.content_end - c.content_start < 80
order by c.source, g.grid, c.row_index, c.column_index
"""
_MOST: Final = 40_000
"""Cells that are looked at."""
_NUMBER: Final = re.compile(r"\**(\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+|\d{1,9})\**(?:\s?\[\w+\])?")
YEAR: Final = re.compile(r"[12]\d{3}(?:\s?[–/-]\s?\d{2,4})?")
TOTAL: Final = re.compile(
    r"^\W*(?:totals?|all|sum|together|altogether|in all|whole|insgesamt|summe|gesamt|ensemble|totale|quarter|half-year|full year)\b",
    re.IGNORECASE,
)
FEWEST: Final = 3
SHOWN: Final = 4
_SHORT: Final = 8


class Cell(NamedTuple):
    """A cell as it stands in its source."""

    source: str
    start: int
    end: int
    words: str

    @property
    def value(self) -> int | None:
        """The whole number that it is."""
        if self.words in {"–", "-", "—"}:
            return 0
        match = _NUMBER.fullmatch(self.words)
        return number_of(re.sub(r"[.\u00a0\u202f ]", "", match[1])) if match else None

    def said(self) -> Said:
        """Return the cell as a passage of a finding."""
        return Said.passage(self.source, self.start, self.end, self.words)


_Grid = dict[tuple[int, int], Cell]


class Table(NamedTuple):
    """A table of figures."""

    cells: _Grid
    rows: list[int]
    """Rows of figures, without a row of titles."""
    columns: list[int]
    """Columns of figures, without the labels."""
    total: int | None
    """The last row where it says that it is the total."""

    def title(self, column: int) -> str:
        """Return the words over a column."""
        top = self.cells.get((0, column))
        return top.words if top is not None and top.value is None else ""

    def label(self, row: int) -> str:
        """Return the words before a row."""
        first = self.cells.get((row, 0))
        return first.words if first is not None else ""

    def value(self, row: int, column: int) -> int | None:
        """Return the figure there."""
        cell = self.cells.get((row, column))
        return cell.value if cell is not None else None


def tables_of_figures(view: View) -> Iterator[Table]:
    """Yield the tables that have columns of figures."""
    rows = view.rows(_CELLS)[:_MOST]
    words = view.words([(source, low, high) for source, _, _, _, low, high in rows])
    grids: dict[tuple[str, int], _Grid] = defaultdict(dict)
    for (source, grid, row, column, low, _), text in zip(rows, words, strict=True):
        lead = len(text) - len(text.lstrip())
        grids[source, grid][row, column] = Cell(source, low + lead, low + len(text.rstrip()), text.strip())
    for cells in grids.values():
        every = sorted({row for row, _ in cells})
        titled = all(
            cell.value is None or YEAR.fullmatch(cell.words)
            for (row, _), cell in cells.items()
            if row == every[0]
        )
        body = every[1:] if titled else every
        columns = [
            column
            for column in sorted({column for _, column in cells})
            if column > 0
            and sum((cell := cells.get((row, column))) is not None and cell.value is not None for row in body)
            >= 0.7 * len(body)
        ]
        if len(body) < FEWEST - 1 or not columns:
            continue
        label = cells.get((body[-1], 0))
        is_total = (
            label is not None
            and label.value is None
            and (TOTAL.match(label.words) is not None or _adds_up(cells, body, columns))
        )
        yield Table(cells, body[:-1] if is_total else body, columns, body[-1] if is_total else None)


def _adds_up(cells: _Grid, body: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether the last row is the sum of those above it in two columns and in most: then it is their total, whatever it is called."""
    *above, last = body
    held = 0
    for column in columns:
        values = [cell.value for row in above if (cell := cells.get((row, column))) is not None]
        stated = cells.get((last, column))
        numbers = [v for v in values if v is not None]
        held += stated is not None and len(numbers) >= FEWEST and stated.value == sum(numbers) > 0
    return held > 1 and 2 * held > len(columns)


def added_up(parts: Sequence[Cell], stated: Cell, value: int) -> Finding:
    """Return the finding about figures that are said to add up to `value`, which may hold."""
    values = [cell.value or 0 for cell in parts]
    added = sum(values)
    working = (
        f"{' + '.join(figure(v) for v in values[:40])}{' + …' if len(values) > 40 else ''} = {figure(added)}"
    )
    shown = parts if len(parts) <= SHOWN else (parts[0], parts[-1])
    said = [stated.said(), *(cell.said() for cell in shown)]
    computed = {"working": working, "sum": added, "stated": value}
    if added == value:
        sums = working if len(values) <= _SHORT else f"The {len(values)} figures add up to {figure(added)}"
        return finding("F039", "arithmetic-check", "ok", f"{sums}, as stated.", said, **computed)
    return finding(
        "F039", "sum-mismatch", "error", f"{working}, but the table says {figure(value)}.", said, **computed
    )
