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
from typing import TYPE_CHECKING, Final

from regesta.criticism.reckoned import is_slip
from regesta.criticism.table_cells import FEWEST, SHOWN, TOTAL, Table, added_up, tables_of_figures
from regesta.criticism.table_words import records_told, surplus_told, told_below
from regesta.criticism.telling import Sentence, sentences
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import figure

if TYPE_CHECKING:
    from regesta.model import Finding

__all__ = ["table_sums"]

_ABOUT: Final = re.compile(
    r"\b(?:approx\w*|about|circa|ca?\.|rounded|roughly|estimate[ds]?|nearly|almost|more than|at least|ungefähr|etwa|rund|environ|unos)(?!\w)|[~≈±]",
    re.IGNORECASE,
)
"""A total that does not mean to be exact: what it is of may be held against it as far as it is rounded, which is the work of `totals`."""
_LARGE: Final = 100
"""A sum of two figures that is no accident, where the other rows have but one."""
_CLOSE: Final = 0.2


def table_sums(view: View) -> Iterator[Finding]:
    """Hold the cells of tables against each other, and records in the text against its tables."""
    if not view.is_small() or not view.has("row"):
        return
    told = [one for one in sentences(view) if one.kind != "heading" and one.numbers]
    by_source: dict[str, list[Sentence]] = defaultdict(list)
    for one in told:
        by_source[one.source].append(one)
    for table in tables_of_figures(view):
        source = next(iter(table.cells.values())).source
        yield from _last_row(table)
        yield from _sum_columns(table)
        yield from _sections(table, by_source[source])
        yield from _cumulative(table)
        yield from _stock(table)
        yield from records_told(table, by_source[source])
        yield from told_below(table, by_source[source])


def _last_row(table: Table) -> Iterator[Finding]:
    """Hold a row of totals against the columns above it."""
    if table.total is None or any(TOTAL.match(table.label(row)) for row in table.rows):
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
            (is_slip(stated, added) and len(numbers) >= FEWEST)
            or (holds and abs(added - stated) < _CLOSE * stated)
        )
        if stated < 1 or (stated != added and not is_fault):
            continue
        yield added_up(
            [table.cells[row, column] for row in table.rows], table.cells[table.total, column], stated
        )


def _sum_columns(table: Table) -> Iterator[Finding]:
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


def _as_sum(table: Table, last: int, before: Sequence[int]) -> Iterator[Finding]:
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
    is_told = len(plain) >= FEWEST or (
        len(held) >= FEWEST and any((table.value(r, last) or 0) > _LARGE for r in plain)
    )
    if not is_told or n_held < 0.7 * n_judged:
        return
    wrong = [(row, stated) for row, stated, added in judged if stated != added]
    off = {row: stated - added for row, stated, added in judged if stated != added}
    if len(off) > 1 and off.get(table.total or -1) == sum(
        by for row, by in off.items() if row != table.total
    ):
        wrong = [one for one in wrong if one[0] != table.total]  # one fault, which goes on to the total
    for row, stated in wrong[:SHOWN]:
        yield added_up([table.cells[row, c] for c in before], table.cells[row, last], stated)
    if not wrong:
        titles = ", ".join(f"“{table.title(c)}”" for c in before if table.title(c))
        summary = f"In all {len(held)} rows “{table.title(last)}” is the sum of {titles or 'the columns before it'}."
        cells = [table.cells[row, last] for row in (held[0], held[-1])]
        yield finding("F039", "arithmetic-check", "ok", summary, [c.said() for c in cells], rows=len(held))


def _sections(table: Table, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold each total of a table that has several against the rows above it, and what the text calls the surplus against two."""
    body = sorted({row for row, _ in table.cells if row > 0})
    ends = [row for row in body if TOTAL.match(table.label(row))]
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
                yield added_up([table.cells[r, column] for r in of], table.cells[row, column], stated)
        if len(judged) == len(ends) == 2:
            yield from surplus_told([table.cells[row, column] for row in ends], told)


def _cumulative(table: Table) -> Iterator[Finding]:
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
        if len(judged) < len(table.rows) - 1 or len(moved) - len(wrong) < FEWEST or len(wrong) > 1:
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


def _stock(table: Table) -> Iterator[Finding]:
    """Hold what is there at the end of each year against the end before, what came and what went."""
    if not FEWEST <= len(table.columns) <= 5 or len(table.rows) < FEWEST + 1:
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
        if len(judged) < len(table.rows) - 1 or len(held) < FEWEST or len(wrong) > 1:
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
