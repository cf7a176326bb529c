"""Part of F039: what the text says of the table before it, held against its cells: a record, "in all 512", "a surplus of 5,500"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from regesta.criticism.entries import LEADS
from regesta.criticism.reckoned import is_slip
from regesta.criticism.table_cells import FEWEST, YEAR, Cell, Table, added_up
from regesta.criticism.telling import Sentence
from regesta.criticism.view import finding
from regesta.criticism.wordings import figure

if TYPE_CHECKING:
    from regesta.model import Finding

__all__ = ["records_told", "surplus_told", "told_below"]

_RECORD: Final = re.compile(r"\b(?:highest|largest|greatest|peak|maximum)\b", re.IGNORECASE)
_OF_ITS_DAY: Final = re.compile(
    r"\b(?:until then|up to then|so far|yet|at that time|to date|until now|one of|among|second|third|almost|nearly|in one|in a single)\b",
    re.IGNORECASE,
)
_SURPLUS: Final = re.compile(r"\b(?:surplus|deficit|balance|excess|shortfall|loss|profit)\b[^.;\d]{0,30}?\s(?:[$€£]\s?)?(?P<n>\d[\d,]*\d)\b", re.IGNORECASE)  # fmt: skip


def surplus_told(totals: Sequence[Cell], told: Sequence[Sentence]) -> Iterator[Finding]:
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


def records_told(table: Table, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold what the text calls the highest against the column in which it stands."""
    for one in told:
        if not _RECORD.search(one.text) or _OF_ITS_DAY.search(one.text) or len(one.text) > 400:
            continue
        for n in one.numbers:
            if n.value < 100 or n.is_about or n.is_percent:
                continue
            for column in table.columns:
                row = next((r for r in table.rows if table.value(r, column) == n.value), None)
                if row is None or not YEAR.fullmatch(table.label(row)) or table.label(row) not in one.text:
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


def told_below(table: Table, told: Sequence[Sentence]) -> Iterator[Finding]:
    """Hold the one column of figures against a sentence behind it that begins with "In all"."""
    if table.total is not None or len(table.columns) != 1 or len(table.rows) < FEWEST:
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
    stated = Cell(one.source, one.start, one.start + total.end, one.text[: total.end])
    yield added_up(cells, stated, total.value)
