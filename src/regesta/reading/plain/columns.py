r"""Tables drawn with characters: cells between tabs, between bars, or under one another with room between them.

    Year | Arrivals          Year<TAB>Arrivals          Year      Arrivals      Camp
    -----+---------          1953<TAB>12                1953      12            North
    1953 | 12

At least two neighbouring lines with cells make a table (three where only spaces part them); short rows are filled up with
empty cells. Lines of nothing but rules belong to the table and are no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.reading.plain.lines import Line
from regesta.text.span import Span

__all__ = ["Grid", "find_grid", "n_header_rows"]

_BORDER = re.compile(r"^[\s|+:=─━┼│-]{3,}$")
_NUMBER = re.compile(r"^[~≈c.<>]{0,2}\s?[$€£¥₩]?\s?[\d,.\s]{1,20}%?\+?$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\W*")
_CUT_SHORT = re.compile(r"(?:^|[ (])[^\W\d_]{1,7}\.$")
"""A heading that is an abbreviation: "geb.", "Occ."."""
_LEAST_UNDER_HEADS = 3
_MOST_HEADS = 24
"""Lines that the heads of a table may be broken over."""


@dataclass(slots=True)
class Grid:
    """A table's lines and where its cells stand."""

    n_lines: int
    rows: list[list[Span]]
    """One row a line of cells; spans of visible words, empty ones where a cell is empty."""
    row_lines: list[Line]
    n_header_rows: int


def find_grid(text: str, lines: list[Line], index: int) -> Grid | None:
    """Return the table that begins at `lines[index]`, None where none does."""
    first = text[lines[index].start : lines[index].end]
    if first[-1] == "|" and (grid := _under_broken_heads(text, lines, index)):
        return grid
    for split in (_by_bars, _by_tabs, _by_gaps):
        if split is _by_bars and "|" not in first and not (first[0] == "+" and _BORDER.match(first)):
            continue
        if split is _by_tabs and "\t" not in first:
            continue
        if split is _by_gaps and (lines[index].marker or "  " not in first):
            continue
        grid = _run(text, lines, index, split)
        if grid is not None:
            return grid
    return None


def _run(text: str, lines: list[Line], index: int, split: _Split) -> Grid | None:
    rows: list[list[Span]] = []
    row_lines: list[Line] = []
    header_end = 0
    position = index
    least = 3 if split is _by_gaps else 2
    while position < len(lines) and (position == index or not lines[position].gap):
        line = lines[position]
        visible = text[line.start : line.end]
        if _BORDER.match(visible) and (rows or split is _by_bars):
            if rows and not header_end and len(rows) <= 2 and ("-" in visible or "=" in visible):
                header_end = len(rows)
            position += 1
            continue
        cells = split(text, line)
        if len(cells) < 2 or abs(len(cells) - (len(rows[0]) if rows else len(cells))) > 2:
            break
        if line.marker and split is _by_tabs and text[line.words - 1 : line.words] == "\t" and len(cells) < 3:
            break
        rows.append(cells)
        row_lines.append(line)
        position += 1
    widest = max(map(len, rows), default=0)
    rows = [
        row + [Span(line.end, line.end)] * (widest - len(row))
        for row, line in zip(rows, row_lines, strict=True)
    ]
    if len(rows) < least or (split is _by_gaps and not _is_aligned(rows, row_lines)):
        return None
    if (
        split is _by_gaps
        and len(rows[0]) == 2
        and any(cell.end - cell.start > 40 for row in rows for cell in row)
    ):
        return None
    if header_end == 1:
        header_end = _set_right(text, rows)
    written = [[cell.of(text) for cell in row] for row in rows]
    return Grid(position - index, rows, row_lines, header_end or n_header_rows(written))


def _set_right(text: str, rows: list[list[Span]]) -> int:
    """Put the heads over their columns where copying lost an empty or a merged one; return how many rows are heads.

    1950 | 1951 | |             |      | 1950 | 1951        a year that heads words, and nothing the last figures
    Vora | 12 | 31              | Vora | 12   | 31

    1950 | 1951 | | |           |      | 1950 | 1950 | 1951 | 1951       heads below the rule that repeat
    Camp | Men | % | Men | %    | Camp | Men  | %    | Men  | %
    """
    head, body = rows[0], rows[1:]
    told = [cell for cell in head if cell.end > cell.start]
    if len(body) < 2 or not told or head[-1] in told:
        return 1
    nothing = Span(head[0].start, head[0].start)
    below = [cell.of(text) for cell in body[0]]
    each, odd = divmod(len(head) - 1, len(told))
    again = not odd and each > 1 < len(told) and below[1:] == below[1 : each + 1] * len(told)
    if again and not any(map(str.isdigit, "".join(below))):
        rows[0] = [nothing, *(cell for cell in told for _ in range(each))]
        return 2
    worded = all(row[0].of(text)[:1].isalpha() for row in body)
    if worded and _YEAR.fullmatch(head[0].of(text)) and all(_NUMBER.match(row[-1].of(text)) for row in body):
        rows[0] = [nothing, *head[:-1]]
    return 1


def _under_broken_heads(text: str, lines: list[Line], index: int) -> Grid | None:
    """Return a table between bars whose heads are broken over lines: as many bars above its rule as the rule has."""
    rule = index
    while (
        rule < len(lines)
        and rule - index <= _MOST_HEADS
        and not _BORDER.match(text[lines[rule].start : lines[rule].end])
    ):
        if rule > index and lines[rule].gap:
            return None
        rule += 1
    if rule - index < 2 or rule + 1 >= len(lines) or rule - index > _MOST_HEADS:
        return None
    n_columns = len(_by_bars(text, lines[rule]))
    heads: list[Span] = []
    start = lines[index].start + (text[lines[index].start] == "|")
    for match in re.compile(r"\|").finditer(text, start, lines[rule - 1].end):
        heads.append(Span(start, match.start()).strip(text))
        start = match.end()
    if start < lines[rule - 1].end or len(heads) != n_columns or n_columns < 2:
        return None
    grid = _run(text, lines, rule + 1, _by_bars)
    if grid is None or len(grid.rows[0]) != n_columns:
        return None
    top = lines[index]
    head = Line(top.number, top.start, lines[rule - 1].end, top.indent, top.words, gap=top.gap)
    return Grid(rule + 1 - index + grid.n_lines, [heads, *grid.rows], [head, *grid.row_lines], 1)


class _Split:
    """How a line falls into cells."""

    def __init__(self, separator: re.Pattern[str], *, is_fenced: bool) -> None:
        self._separator = separator
        self._is_fenced = is_fenced

    def __call__(self, text: str, line: Line) -> list[Span]:
        start, end = line.start, line.end
        if self._is_fenced:
            start += text[start] == "|"
            end -= end > start and text[end - 1] == "|"
        cells: list[Span] = []
        for match in self._separator.finditer(text, start, end):
            cells.append(Span(start, match.start()).strip(text))
            start = match.end()
        cells.append(Span(start, end).strip(text))
        return cells


_by_bars = _Split(re.compile(r"\|"), is_fenced=True)
_by_tabs = _Split(re.compile(r"\t{1,3}"), is_fenced=False)
_by_gaps = _Split(re.compile(r"[ \u00a0]{2,80}"), is_fenced=False)


def _is_aligned(rows: list[list[Span]], lines: list[Line]) -> bool:
    """Return whether the second cells begin, or end, in the same column; the first row may be of heads, set otherwise."""
    starts = {row[1].start - line.start + line.indent for row, line in zip(rows, lines, strict=True)}
    ends = {row[1].end - line.start + line.indent for row, line in zip(rows, lines, strict=True)}
    if min(len(starts), len(ends)) <= max(1, len(rows) // 4):
        return True
    return len(rows) > _LEAST_UNDER_HEADS and _is_aligned(rows[1:], lines[1:])


def n_header_rows(rows: list[list[str]]) -> int:
    """Return 1 where the first row names the columns, 0 where it is a row like the others.

    >>> n_header_rows([["Year", "Arrivals"], ["1953", "12"]]), n_header_rows([["1952", "3"], ["1953", "12"]])
    (1, 0)
    """
    if len(rows) < 2 or any(_NUMBER.match(cell) for cell in rows[0] if cell):
        return 0
    if any(not cell for cell in rows[0][1:]):
        return 0
    below = rows[1:]
    has_number = any(
        sum(bool(_NUMBER.match(row[k]) or any(c.isdigit() for c in row[k])) for row in below) > len(below) / 2
        for k in range(len(rows[0]))
        if not any(c.isdigit() for c in rows[0][k])
    )
    short = all(len(cell) <= 40 and (not cell.endswith(".") or _CUT_SHORT.search(cell)) for cell in rows[0])
    longer = sum(map(len, rows[0])) * 1.5 < sum(len(cell) for row in below for cell in row) / len(below)
    return int(short and (has_number or longer))
