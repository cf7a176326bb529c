"""F039: what the cells of a table make of each other: a last row, a last column, a stock and its flows; and records that it breaks.

    Boys | Girls | Together          40 + 12 = 52 in every row but one: that one is a fault
    All  | 365   | 721               365 is the sum of its column, 721 is not
    End of year | Arrived | Left     each end is the one before, more and less: ok
    Year | Arrived | In all so far   each is the one before and what came: ok
    Total income | Total expenditure ... "a surplus of 5,500"      two sums, and what the one is more than the other
    "In 1979 it held 11,850, the highest number ever"  ·  1980 | 12,480        superlative-conflict

A table says by its other rows and columns what a cell should be, so no word is needed for it: a relation counts where three rows hold it, a
sum where another column holds or it is missed by next to nothing. Only the tables of a small chronicle are read so. Series by year and their totals
are the work of `totals`, columns "of these" and totals in prose that of `columns`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final, NamedTuple

from regesta.criticism.entries import LEADS
from regesta.criticism.reckoned import is_slip
from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure, number_of

if TYPE_CHECKING:
    from regesta.model import Finding

__all__ = ["table_sums"]

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
_YEAR: Final = re.compile(r"[12]\d{3}(?:\s?[–/-]\s?\d{2,4})?")
_TOTAL: Final = re.compile(
    r"^\W*(?:totals?|all|sum|together|altogether|in all|whole|insgesamt|summe|gesamt|ensemble|totale|quarter|half-year|full year)\b",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\b(?:approx\w*|about|circa|ca?\.|rounded|roughly|estimate[ds]?|nearly|almost|more than|at least|ungefähr|etwa|rund|environ|unos)(?!\w)|[~≈±]",
    re.IGNORECASE,
)
"""A total that does not mean to be exact: what it is of may be held against it as far as it is rounded, which is the work of `totals`."""
_RECORD: Final = re.compile(r"\b(?:highest|largest|greatest|peak|maximum)\b", re.IGNORECASE)
_OF_ITS_DAY: Final = re.compile(
    r"\b(?:until then|up to then|so far|yet|at that time|to date|until now|one of|among|second|third|almost|nearly|in one|in a single)\b",
    re.IGNORECASE,
)
_SURPLUS: Final = re.compile(r"\b(?:surplus|deficit|balance|excess|shortfall|loss|profit)\b[^.;\d]{0,30}?\s(?:[$€£]\s?)?(?P<n>\d[\d,]*\d)\b", re.IGNORECASE)  # fmt: skip
_FEWEST: Final = 3
_LARGE: Final = 100
"""A sum of two figures that is no accident, where the other rows have but one."""
_SHOWN: Final = 4
_SHORT: Final = 8
_CLOSE: Final = 0.2


class _Cell(NamedTuple):
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
        return Said.passage(self.source, self.start, self.end, self.words)


_Grid = dict[tuple[int, int], _Cell]


class _Table(NamedTuple):
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


def table_sums(view: View) -> Iterator[Finding]:
    """Hold the cells of tables against each other, and records in the text against its tables."""
    if not view.is_small() or not view.has("row"):
        return
    told = [one for one in sentences(view) if one.kind != "heading" and one.numbers]
    by_source: dict[str, list[Sentence]] = defaultdict(list)
    for one in told:
        by_source[one.source].append(one)
    for table in _tables(view):
        source = next(iter(table.cells.values())).source
        yield from _last_row(table)
        yield from _sum_columns(table)
        yield from _sections(table, by_source[source])
        yield from _cumulative(table)
        yield from _stock(table)
        yield from _records(table, by_source[source])
        yield from _below(table, by_source[source])


def _tables(view: View) -> Iterator[_Table]:
    rows = view.rows(_CELLS)[:_MOST]
    words = view.words([(source, low, high) for source, _, _, _, low, high in rows])
    grids: dict[tuple[str, int], _Grid] = defaultdict(dict)
    for (source, grid, row, column, low, _), text in zip(rows, words, strict=True):
        lead = len(text) - len(text.lstrip())
        grids[source, grid][row, column] = _Cell(source, low + lead, low + len(text.rstrip()), text.strip())
    for cells in grids.values():
        every = sorted({row for row, _ in cells})
        titled = all(
            cell.value is None or _YEAR.fullmatch(cell.words)
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
        if len(body) < _FEWEST - 1 or not columns:
            continue
        label = cells.get((body[-1], 0))
        is_total = (
            label is not None
            and label.value is None
            and (_TOTAL.match(label.words) is not None or _adds_up(cells, body, columns))
        )
        yield _Table(cells, body[:-1] if is_total else body, columns, body[-1] if is_total else None)


def _adds_up(cells: _Grid, body: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether the last row is the sum of those above it in two columns and in most: then it is their total, whatever it is called."""
    *above, last = body
    held = 0
    for column in columns:
        values = [cell.value for row in above if (cell := cells.get((row, column))) is not None]
        stated = cells.get((last, column))
        numbers = [v for v in values if v is not None]
        held += stated is not None and len(numbers) >= _FEWEST and stated.value == sum(numbers) > 0
    return held > 1 and 2 * held > len(columns)


def _last_row(table: _Table) -> Iterator[Finding]:
    """Hold a row of totals against the columns above it."""
    if table.total is None or any(_TOTAL.match(table.label(row)) for row in table.rows):
        return
    if _ABOUT.search(table.label(table.total)):
        return
    judged = []
    for column in table.columns:
        values = [table.value(row, column) for row in table.rows]
        stated = table.value(table.total, column)
        numbers = [v for v in values if v is not None]
        if stated is not None and 2 <= len(numbers) == len(values):
            judged.append((column, stated, numbers))
    holds = sum(stated == sum(numbers) for _, stated, numbers in judged)
    for column, stated, numbers in judged:
        added = sum(numbers)
        is_fault = stated != added and (
            (is_slip(stated, added) and len(numbers) >= _FEWEST)
            or (holds and abs(added - stated) < _CLOSE * stated)
        )
        if stated < 1 or (stated != added and not is_fault):
            continue
        yield _added(
            [table.cells[row, column] for row in table.rows], table.cells[table.total, column], stated
        )


def _sum_columns(table: _Table) -> Iterator[Finding]:
    """Hold a column against columns beside it, where most rows say that it is their sum: the last one, else any."""
    plain = [
        c for c in table.columns if not re.search(r"%|per cent|share|year", table.title(c), re.IGNORECASE)
    ]
    last = table.columns[-1]
    told: set[int] = set()
    for of, parts in _neighbours(plain, last):
        if told & {of, *parts}:
            continue
        found = list(_as_sum(table, of, parts))
        if found:
            told |= {of, *parts}
            yield from found


def _neighbours(plain: Sequence[int], last: int) -> Iterator[tuple[int, list[int]]]:
    """Yield a column and the columns beside it that may make it: all before the last one first, then runs right before or right behind."""
    if len(plain) > 2 and plain[-1] == last:
        yield last, list(plain[:-1])
    for size in range(len(plain) - 1, 1, -1):
        for at in range(len(plain) - size):
            run = list(plain[at : at + size + 1])
            yield run[-1], run[:-1]
            yield run[0], run[1:]


def _as_sum(table: _Table, last: int, before: Sequence[int]) -> Iterator[Finding]:
    """Hold one column against others as their sum."""
    rows = [*table.rows, *([table.total] if table.total is not None else [])]
    judged = []
    for row in rows:
        stated = table.value(row, last)
        numbers = [v for c in before if (v := table.value(row, c)) is not None]
        if stated is not None and 2 <= len(numbers) == len(before):
            judged.append((row, stated, sum(numbers)))
    held = [row for row, stated, added in judged if stated == added]
    n_held, n_judged = (
        sum(row in table.rows for row in rows_) for rows_ in (held, [row for row, _, _ in judged])
    )
    plain = [row for row in held if len([c for c in before if table.value(row, c)]) > 1]
    is_told = len(plain) >= _FEWEST or (
        len(held) >= _FEWEST and any((table.value(r, last) or 0) > _LARGE for r in plain)
    )
    if not is_told or n_held < 0.7 * n_judged:
        return
    wrong = [(row, stated) for row, stated, added in judged if stated != added]
    off = {row: stated - added for row, stated, added in judged if stated != added}
    if len(off) > 1 and off.get(table.total or -1) == sum(
        by for row, by in off.items() if row != table.total
    ):
        wrong = [one for one in wrong if one[0] != table.total]  # one fault, which goes on to the total
    for row, stated in wrong[:_SHOWN]:
        yield _added([table.cells[row, c] for c in before], table.cells[row, last], stated)
    if not wrong:
        titles = ", ".join(f"“{table.title(c)}”" for c in before if table.title(c))
        summary = f"In all {len(held)} rows “{table.title(last)}” is the sum of {titles or 'the columns before it'}."
        cells = [table.cells[row, last] for row in (held[0], held[-1])]
        yield finding("F039", "arithmetic-check", "ok", summary, [c.said() for c in cells], rows=len(held))


def _sections(table: _Table, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold each total of a table that has several against the rows above it, and what the text calls the surplus against two."""
    body = sorted({row for row, _ in table.cells if row > 0})
    ends = [row for row in body if _TOTAL.match(table.label(row))]
    if len(ends) < 2 or len(table.columns) > 3:
        return
    for column in table.columns:
        judged: list[tuple[int, int, list[int]]] = []
        rows: list[int] = []
        for row in body:
            if row in ends:
                values = [table.value(r, column) for r in rows]
                numbers = [v for v in values if v is not None]
                stated = table.value(row, column)
                if stated and len(numbers) > 1:
                    judged.append((row, stated, rows))
                rows = []
            elif table.value(row, column) is not None:
                rows = [*rows, row]
        sums = {row: sum(table.value(r, column) or 0 for r in of) for row, _, of in judged}
        holds = any(sums[row] == stated for row, stated, _ in judged)
        for row, stated, of in judged:
            is_near = is_slip(stated, sums[row]) or (holds and abs(sums[row] - stated) < _CLOSE * stated)
            if stated == sums[row] or is_near:
                yield _added([table.cells[r, column] for r in of], table.cells[row, column], stated)
        if len(judged) == len(ends) == 2:
            yield from _surplus([table.cells[row, column] for row in ends], told)


def _surplus(totals: Sequence[_Cell], told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold "a surplus of 5,500" in the text behind a table against the two totals in it."""
    a, b = (cell.value or 0 for cell in totals)
    working = f"{figure(max(a, b))} - {figure(min(a, b))} = {figure(abs(a - b))}"
    for one in told:
        match = _SURPLUS.search(one.text) if one.start > totals[-1].end else None
        stated = next((n for n in one.numbers if match and n.start == match.start("n")), None)
        if match is None or stated is None or stated.is_about:
            continue
        said = [*(cell.said() for cell in totals), one.said(match.start(), match.end())]
        if stated.value == abs(a - b):
            yield finding("F039", "arithmetic-check", "ok", f"{working}, as stated.", said, working=working)
        elif is_slip(stated.value, abs(a - b)):
            summary = f"{working}, but the text says {figure(stated.value)}."
            yield finding(
                "F039", "sum-mismatch", "warning", summary, said, working=working, stated=stated.value
            )
        return


def _cumulative(table: _Table) -> Iterator[Finding]:
    """Hold a column that adds up another row by row against it: "so far", "running total"."""
    for flow, stock in permutations(table.columns, 2):
        judged = []
        for row, following in pairwise(table.rows):
            was, now, came = (
                table.value(row, stock),
                table.value(following, stock),
                table.value(following, flow),
            )
            if was is None or now is None or came is None:
                break
            judged.append((row, following, was + came, now))
        wrong = [one for one in judged if one[2] != one[3]]
        moved = [one for one in judged if table.value(one[1], flow)]
        if len(judged) < len(table.rows) - 1 or len(moved) - len(wrong) < _FEWEST or len(wrong) > 1:
            continue
        row, following, made, now = (wrong or judged)[0]
        shown = [table.cells[row, stock], table.cells[following, flow], table.cells[following, stock]]
        working = f"{shown[0].words} + {shown[1].words} = {figure(made)}"
        said = [c.said() for c in shown]
        if wrong:
            summary = f"{working}, but the table says {figure(now)}."
            yield finding(
                "F039", "sum-mismatch", "error", summary, said, working=working, sum=made, stated=now
            )
        else:
            summary = (
                f"“{table.title(stock)}” adds up “{table.title(flow)}” in all {len(judged)} rows: {working}."
            )
            yield finding("F039", "arithmetic-check", "ok", summary, said, working=working)
        return


def _stock(table: _Table) -> Iterator[Finding]:
    """Hold what is there at the end of each year against the end before, what came and what went."""
    if not _FEWEST <= len(table.columns) <= 5 or len(table.rows) < _FEWEST + 1:
        return
    for stock, more, less in permutations(table.columns, 3):
        judged = []
        for row, following in zip(table.rows, table.rows[1:], strict=False):
            was, now = table.value(row, stock), table.value(following, stock)
            came, went = table.value(following, more), table.value(following, less)
            if was is None or now is None or came is None or went is None:
                break
            judged.append((row, following, was + came - went, now))
        held = [one for one in judged if one[2] == one[3]]
        wrong = [one for one in judged if one[2] != one[3]]
        if len(judged) < len(table.rows) - 1 or len(held) < _FEWEST or len(wrong) > 1:
            continue
        row, following, made, _ = (wrong or held)[0]
        shown = [table.cells[row, stock], *(table.cells[following, c] for c in (stock, more, less))]
        was, now, came, went = (c.value or 0 for c in shown)
        working = f"{figure(was)} + {figure(came)} - {figure(went)} = {figure(made)}"
        if wrong:
            summary = f"{working}, but the table says {figure(now)}."
            said = [c.said() for c in shown]
            yield finding(
                "F039", "sum-mismatch", "error", summary, said, working=working, sum=made, stated=now
            )
            return
        summary = f"“{table.title(stock)}” follows from “{table.title(more)}” and “{table.title(less)}” in all {len(held)} rows: {working}."
        yield finding("F039", "arithmetic-check", "ok", summary, [c.said() for c in shown], working=working)
        return


def _records(table: _Table, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold what the text calls the highest against the column in which it stands."""
    for one in told:
        if not _RECORD.search(one.text) or _OF_ITS_DAY.search(one.text) or len(one.text) > 400:
            continue
        for n in one.numbers:
            if n.value < 100 or n.is_about or n.is_percent:
                continue
            for column in table.columns:
                row = next((r for r in table.rows if table.value(r, column) == n.value), None)
                if row is None or not _YEAR.fullmatch(table.label(row)) or table.label(row) not in one.text:
                    continue
                top = max(table.rows, key=lambda r: table.value(r, column) or 0)
                most = table.value(top, column) or 0
                cue = _RECORD.search(one.text)
                assert cue is not None
                if most <= n.value or abs(cue.start() - n.end) > 60:
                    continue
                low, high = min(cue.start(), n.start), max(cue.end(), n.end)
                summary = f"{figure(n.value)} is called the {cue[0].lower()}, but {table.label(top)} has {figure(most)}."
                said = [one.said(low, high), table.cells[top, column].said(), table.cells[row, column].said()]
                yield finding(
                    "F039", "superlative-conflict", "warning", summary, said, stated=n.value, larger=most
                )
                return


def _below(table: _Table, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold the one column of figures against a sentence behind it that begins with "In all"."""
    if table.total is not None or len(table.columns) != 1 or len(table.rows) < _FEWEST:
        return
    end = max(cell.end for cell in table.cells.values())
    one = next((s for s in told if s.start >= end), None)
    cells = [
        table.cells[row, table.columns[0]] for row in table.rows if (row, table.columns[0]) in table.cells
    ]
    if (
        one is None
        or one.start - end > 20
        or any(c.value is None for c in cells)
        or len(cells) < len(table.rows)
    ):
        return
    total = next((n for n in one.numbers if LEADS.search(one.text[: n.start])), None)
    added = sum(c.value or 0 for c in cells)
    if total is None or total.is_about or not (total.value == added or is_slip(total.value, added)):
        return
    stated = _Cell(one.source, one.start, one.start + total.end, one.text[: total.end])
    yield _added(cells, stated, total.value)


def _added(parts: Sequence[_Cell], stated: _Cell, value: int) -> Finding:
    values = [cell.value or 0 for cell in parts]
    added = sum(values)
    working = (
        f"{' + '.join(figure(v) for v in values[:40])}{' + …' if len(values) > 40 else ''} = {figure(added)}"
    )
    shown = parts if len(parts) <= _SHOWN else (parts[0], parts[-1])
    said = [stated.said(), *(cell.said() for cell in shown)]
    computed = {"working": working, "sum": added, "stated": value}
    if added == value:
        sums = working if len(values) <= _SHORT else f"The {len(values)} figures add up to {figure(added)}"
        return finding("F039", "arithmetic-check", "ok", f"{sums}, as stated.", said, **computed)
    return finding(
        "F039", "sum-mismatch", "error", f"{working}, but the table says {figure(value)}.", said, **computed
    )
