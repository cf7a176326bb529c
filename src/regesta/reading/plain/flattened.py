r"""Tables that lost their cells when they were copied: rows of figures between single blanks, or one cell a line.

    Year Men Women            Country          runs of units that plainly repeat: a label, then as
    1951 204 61               2014             many figures each time; what stands above, in as
    1952 310 92               2015             many words as there are columns, is the row of heads
    1953 175 48               Ruritania
                              1,200
                              3,400

Where blanks could part figures as well as thousands ("52 324 700") and no head says which, the lines stay what they are. A
blank line more than usual between two cells is an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from regesta.reading.plain.columns import Grid
from regesta.reading.plain.lines import Line
from regesta.reading.plain.units import Unit
from regesta.text.span import Span

__all__ = ["gather"]

_LEAST = 3
"""Rows that make a table."""
_LEAST_FIGURES = 2
"""Of a row without a rank before its label."""
_MOST_CELL = 60
_FIGURE = r"(?:(?:ca?\. ?|[~≈<>] ?)?(?:\d{1,3}(?:,\d{3})+\.\d\d(?!\d)|\d{1,3}(?:[.,']\d{3})+|\d+(?:[.,]\d{1,3})?) ?%?|[–—-]|\.\.\.?|n/?a)"
_PERIOD = r"(?:1[5-9]|20)\d\d(?: ?[-–/] ?(?:(?:1[5-9]|20)\d\d|\d\d))?"
_ROW = re.compile(
    rf"(?P<rank>\d{{1,3}}\.? )?(?P<label>{_PERIOD}|[^\W\d_][^\d\n:;!?|]{{0,48}}?(?<![ ,]))\*{{0,3}}(?P<figures>(?: {_FIGURE}){{1,12}})"
)
_ONE = re.compile(rf" ({_FIGURE})(?= |\Z)")
_YEAR = re.compile(rf"{_PERIOD}\*{{0,3}}")
_FIGURES = re.compile(r"(?:ca?\. ?|[~≈<>] ?)?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|" + _FIGURE + r")\*{0,3}")
_FIGURE_ENDS = frozenset("0123456789%–—-")
_PIECE = re.compile(r"\S+")
_HEADED = re.compile(r"(?<!\S)(?=[^\W\d_a-z])")
_LEADS = re.compile(r"[WY][FEX]*F[FEX]*(?=[WY])")
"""The first row of a body, in letters of kinds of cells."""
_HEADS = {"W": re.compile("[WXY]+"), "Y": re.compile("[WX]+")}
_VALUES = re.compile("[FEX]+")
_ENDS = ".;:?!"
_MOST_EMPTY = 4


def gather(text: str, units: list[Unit]) -> list[Unit]:
    """Return the units with those that are rows or cells of a flattened table as one grid."""
    if sum(_is_short(unit) and text[unit.span.end - 1] in _FIGURE_ENDS for unit in units) < _LEAST:
        return units
    found: list[Unit] = []
    index = barren = closed = 0
    while index < len(units):
        if not _is_short(units[index]):
            found.append(units[index])
            index += 1
            continue
        begin = index
        end, grid = _rows(text, units, index) if index >= closed else (closed, None)
        closed = end
        if grid is None and index >= barren:
            begin, end, grid = _cells(text, units, index)
            barren = end
        if grid is None:
            found.append(units[index])
            index += 1
            continue
        first, last = units[begin], units[end - 1]
        span = Span(first.span.start, last.span.end)
        n_lines = last.number + last.n_lines - first.number
        found += units[index:begin]
        found.append(
            Unit(
                "grid",
                text,
                first.number,
                span,
                span,
                first.gap,
                n_lines,
                gap_after=last.gap_after,
                grid=grid,
                indent=first.indent,
            )
        )
        index = end
    return found


def _is_short(unit: Unit) -> bool:
    return unit.kind == "text" and unit.is_single and 0 < unit.length <= 2 * _MOST_CELL


# -- a row a line


def _rows(text: str, units: Sequence[Unit], start: int) -> tuple[int, Grid | None]:
    """Return the table whose head, or first row, is `units[start]`, and the unit behind it; without one, before which unit none begins."""
    first = start if _row(text, units[start]) else start + 1
    rows: list[list[Span]] = []
    for index in range(first, len(units)):
        unit = units[index]
        row = _row(text, unit)
        if (
            row is None
            or (rows and len(row) != len(rows[0]))
            or (len(rows) > 1 and unit.gap != units[first + 1].gap)
        ):
            break
        rows.append(row)
    if len(rows) < _LEAST or len({row[0].of(text) for row in rows}) < len(rows):
        return first + len(rows) if first == start else start, None
    end = first + len(rows)
    has_head = (
        first == start
        and not _is_year(text, rows[0][0])
        and all(_is_year(text, cell) for cell in rows[0][1:])
    )
    if first > start:
        head = (
            _head(text, units[start], len(rows[0]))
            if units[first].gap <= max(1, units[first + 1].gap)
            else None
        )
        if head is None:
            return start, None
        rows.insert(0, head)
        has_head = True
    elif not has_head and _may_be_thousands(text, rows):
        return end, None
    lines = [_line_of(unit, unit.span.end) for unit in units[start:end]]
    return end, Grid(len(lines), rows, lines, int(has_head))


def _row(text: str, unit: Unit) -> list[Span] | None:
    """Return the cells of a line that reads as a label and figures; None of any other."""
    if not _is_short(unit):
        return None
    match = _ROW.fullmatch(text, unit.span.start, unit.span.end)
    if match is None:
        return None
    figures = list(_ONE.finditer(text, match.start("figures"), match.end()))
    if not match["rank"] and len(figures) < _LEAST_FIGURES:
        return None  # a name and a number
    if not figures[0][1][-1].isalnum() and not figures[0][1].endswith("%"):
        return None  # "Ruritania – 41 12": a dash that parts the label
    ranks = [Span(*match.span("rank")).strip(text)] if match["rank"] else []
    return [*ranks, Span(*match.span("label")), *(Span(*figure.span(1)) for figure in figures)]


def _head(text: str, unit: Unit, width: int) -> list[Span] | None:
    """Return the heads of columns that a line above rows holds, by its words or by those with a capital; None if not as many."""
    if not _is_short(unit):
        return None
    start, end = unit.span
    words = [Span(*match.span()) for match in _PIECE.finditer(text, start, end)]
    if len(words) == width - 1 and all(_is_year(text, word) for word in words):
        return [Span(start, start), *words]
    if len(words) == width:
        return words
    starts = [match.start() for match in _HEADED.finditer(text, start, end)]
    if len(starts) != width or starts[0] != start:
        return None
    return [Span(a, b).strip(text) for a, b in zip(starts, [*starts[1:], end], strict=True)]


def _is_year(text: str, span: Span) -> bool:
    return _YEAR.fullmatch(text, *span) is not None


def _may_be_thousands(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    """Return whether in each row a figure of three digits follows one of at most three, as "52 324" is written too."""

    def parted(a: Span, b: Span) -> bool:
        return (
            b.of(text).isdecimal()
            and b.end - b.start == 3
            and a.of(text).isdecimal()
            and a.end - a.start <= 3
        )

    return any(all(parted(row[k], row[k + 1]) for row in rows) for k in range(1, len(rows[0]) - 1))


# -- a cell a line


def _cells(text: str, units: Sequence[Unit], start: int) -> tuple[int, int, Grid | None]:
    """Return the first table of the cells that stand one a line from `units[start]` on, and the units that it takes.

    Where there is none, the second number is the unit behind those cells.
    """
    run = _run(text, units, start)
    kinds = "".join(cell.kind for cell in run)
    for match in _LEADS.finditer(kinds):
        first, lead, n = match.start(), match[0][0], len(match[0]) - 1
        heads = run[max(0, first - n - 1) : first]
        if (
            (lead == "W" and n == 1)
            or len(heads) <= n
            or not _HEADS[lead].fullmatch("".join(h.kind for h in heads))
        ):
            continue
        end = first
        while (
            (row := kinds[end : end + n + 1])[:1] in ("W", lead)
            and _VALUES.fullmatch(row, 1)
            and len(row) == n + 1
        ):
            end += n + 1
            if row[0] != lead:
                break
        labels = {run[k].span.of(text) for k in range(first, end, n + 1)}
        if (
            len(labels) < _LEAST
            or len(labels) < (end - first) // (n + 1)
            or kinds[end : end + 1] in ("F", "E")
        ):
            continue
        cells = [*heads, *run[first:end]]
        rows = [cells[k : k + n + 1] for k in range(0, len(cells), n + 1)]
        lines = [_line_of(units[row[0].unit], row[-1].span.end) for row in rows]
        return (
            cells[0].unit,
            cells[-1].last + 1,
            Grid(len(lines), [[c.span for c in row] for row in rows], lines, 1),
        )
    return start, run[-1].last + 1 if run else start + 1, None


@dataclass(slots=True)
class _Cell:
    """What one line holds."""

    kind: str
    """`Y` a year, `F` a figure, `W` words, `X` words with digits, `E` nothing."""
    span: Span
    unit: int
    last: int
    """The unit that its words end in."""


def _run(text: str, units: Sequence[Unit], start: int) -> list[_Cell]:
    """Return the cells from a unit on; lines nearer to one another than the others are one cell."""
    found: list[_Cell] = []
    gaps = [unit.gap for unit in units[start + 1 : start + 3]]
    if len(gaps) < 2 or gaps[0] > gaps[1]:  # a caption above the cells
        return found
    usual = gaps[0]
    for index in range(start, len(units)):
        unit = units[index]
        if not _is_short(unit) or unit.length > _MOST_CELL or text[unit.span.end - 1] in _ENDS:
            break
        if found and unit.gap < usual:
            if index + 1 < len(units) and units[index + 1].gap < usual:
                return found[:-1]
            found[-1] = _Cell("X", found[-1].span.cover(unit.span), found[-1].unit, index)
            continue
        empty, odd = divmod(unit.gap - usual, usual + 1) if found else (0, 0)
        if odd or empty > _MOST_EMPTY:
            break
        nothing = Span(units[index - 1].span.end, units[index - 1].span.end)
        found += [_Cell("E", nothing, index - 1, index - 1)] * empty
        found.append(_Cell(_kind(text, unit.span), unit.span, index, index))
    return found


def _kind(text: str, span: Span) -> str:
    if _is_year(text, span):
        return "Y"
    if _FIGURES.fullmatch(text, *span):
        return "F"
    return "X" if any(map(str.isdigit, span.of(text))) else "W"


def _line_of(unit: Unit, end: int) -> Line:
    return Line(unit.number, unit.span.start, end, unit.indent, unit.span.start, gap=unit.gap)
