"""Tables between drawn lines: lines that meet form a grid, and the grid says what is one cell.

    ┌──────┬───────────┐      x: 3 upright lines, y: 3 level lines -> 4 places
    │ Name │  Arrived  │      no line is drawn between two places -> one merged cell
    ├──────┼─────┬─────┤
    │ Kim  │ May │ 97  │
    └──────┴─────┴─────┘

Edges of filled boxes count as lines, so shaded rows do. A grid of one column, or with fewer than two cells that hold words, is a
frame and no table. Tables with level lines only are found by the blanks that run through all their rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from regesta.reading.pdf.lines import joined, pieces
from regesta.reading.pdf.pages import Box, Line, RuledCell, RuledTable, Word

__all__ = ["tables_between"]

_MEET = 2.5  # points: lines so near each other meet, or are one
_MAX_PLACES = 20_000  # of one grid


@dataclass(slots=True)
class _Rule:
    """A line at `at`, from `start` to `end` along its way."""

    at: float
    start: float
    end: float


def tables_between(
    page: int, rules: Sequence[Box], words: Sequence[Word]
) -> tuple[list[RuledTable], list[Word], list[Box]]:
    """Return the tables, the words in none of them, and the level lines that belong to none."""
    level = _merged(
        [_Rule((b[1] + b[3]) / 2, b[0], b[2]) for b in rules if b[2] - b[0] > 2.5 * (b[3] - b[1])]
    )
    upright = _merged(
        [_Rule((b[0] + b[2]) / 2, b[1], b[3]) for b in rules if b[3] - b[1] > 2.5 * (b[2] - b[0])]
    )
    found: list[RuledTable] = []
    used: set[int] = set()
    left = list(words)
    groups = _groups(level, upright)
    for level_group, upright_group in groups:
        made = _table(page, [level[n] for n in level_group], [upright[n] for n in upright_group], left)
        if made is not None:
            table, left = made
            found.append(table)
            used.update(level_group)
    open_groups = _open(level, used)
    for group in open_groups:
        made = _open_table(page, [level[n] for n in group], left)
        if made is not None:
            table, left = made
            found.append(table)
            used.update(group)
    free = [(r.start, r.at, r.end, r.at) for n, r in enumerate(level) if n not in used]
    return found, left, free


def _merged(rules: list[_Rule]) -> list[_Rule]:
    """Return the rules with those that lie on one another, or go on where another ends, as one."""
    found: list[_Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at), r.start)):
        for other in reversed(found[-12:]):
            if abs(other.at - rule.at) < 1.6 and other.start - _MEET <= rule.start <= other.end + _MEET:
                other.end = max(other.end, rule.end)
                break
        else:
            found.append(rule)
    return [rule for rule in found if rule.end - rule.start > 4]


def _groups(level: list[_Rule], upright: list[_Rule]) -> list[tuple[list[int], list[int]]]:
    """Return the groups of rules that touch: indices of level ones, indices of upright ones."""
    parent = list(range(len(level) + len(upright)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    by_height = sorted(range(len(level)), key=lambda n: level[n].at)
    heights = [level[n].at for n in by_height]
    budget = 400_000  # pairs that are looked at, however many lines a page draws
    for number, rule in enumerate(upright):
        first, last = bisect_right(heights, rule.start - _MEET), bisect_right(heights, rule.end + _MEET)
        for n in by_height[first:last]:
            budget -= 1
            if level[n].start - _MEET <= rule.at <= level[n].end + _MEET:
                parent[root(n)] = root(len(level) + number)
        if budget < 0:
            break
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for n in range(len(parent)):
        group = groups.setdefault(root(n), ([], []))
        if n < len(level):
            group[0].append(n)
        else:
            group[1].append(n - len(level))
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _axis(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _MEET:
            found.append(value)
    return found


def _table(
    page: int, level: list[_Rule], upright: list[_Rule], words: list[Word]
) -> tuple[RuledTable, list[Word]] | None:
    xs, ys = _axis([rule.at for rule in upright]), _axis([rule.at for rule in level])
    # A grid may be open at a side: the level lines reach further than the last upright one.
    low, high = min(rule.start for rule in level), max(rule.end for rule in level)
    if low < xs[0] - 12:
        xs.insert(0, low)
    if high > xs[-1] + 12:
        xs.append(high)
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    if n_columns < 2 or n_rows < 1 or n_rows * n_columns > _MAX_PLACES:
        return None
    inside = [w for w in words if xs[0] <= (w.left + w.right) / 2 <= xs[-1] and ys[0] <= _middle(w) <= ys[-1]]
    if not inside:
        return None
    owner = _places(xs, ys, level, upright)
    held: dict[int, list[Word]] = {}
    for word in inside:
        column = min(n_columns - 1, max(0, bisect_right(xs, (word.left + word.right) / 2) - 1))
        row = min(n_rows - 1, max(0, bisect_right(ys, _middle(word)) - 1))
        held.setdefault(owner[row][column], []).append(word)
    if len(held) < 2 or len({n % n_columns for n in held}) < 2:
        return None
    rows: list[list[RuledCell]] = []
    for row in range(n_rows):
        cells = []
        for column in range(n_columns):
            place = row * n_columns + column
            if owner[row][column] != place:
                continue
            across = sum(owner[row][c] == place for c in range(column, n_columns))
            down = sum(owner[r][column] == place for r in range(row, n_rows))
            cells.append(_cell(page, row, column, down, across, held.get(place, [])))
        rows.append(cells)
    if any(len(line.text) > 3000 for cells in rows for cell in cells for line in cell.lines):
        return None
    kept = {id(word) for word in inside}
    return (
        RuledTable(page, xs[0], ys[0], xs[-1], ys[-1], rows, tuple(xs), _around(inside)),
        [word for word in words if id(word) not in kept],
    )


def _middle(word: Word) -> float:
    return word.base - 0.3 * word.size


def _around(words: Sequence[Word]) -> Box:
    return (
        min(w.box[0] for w in words),
        min(w.box[1] for w in words),
        max(w.box[2] for w in words),
        max(w.box[3] for w in words),
    )


def _cell(page: int, row: int, column: int, down: int, across: int, words: list[Word]) -> RuledCell:
    lines = joined(page, pieces(words)) if words else []
    return RuledCell(row, column, down, across, lines, bool(lines) and all(line.is_bold for line in lines))


def _places(xs: list[float], ys: list[float], level: list[_Rule], upright: list[_Rule]) -> list[list[int]]:
    """Return for each place of the grid the number of the first place of its cell; places without a line between are one."""
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    below = [[False] * n_columns for _ in range(n_rows + 1)]
    beside = [[False] * (n_columns + 1) for _ in range(n_rows)]
    for rule in level:
        row = min(range(len(ys)), key=lambda n: abs(ys[n] - rule.at))
        for column in range(n_columns):
            middle = (xs[column] + xs[column + 1]) / 2
            if rule.start <= middle <= rule.end:
                below[row][column] = True
    for rule in upright:
        column = min(range(len(xs)), key=lambda n: abs(xs[n] - rule.at))
        for row in range(n_rows):
            if rule.start <= (ys[row] + ys[row + 1]) / 2 <= rule.end:
                beside[row][column] = True
    owner = [[-1] * n_columns for _ in range(n_rows)]
    for row in range(n_rows):
        for column in range(n_columns):
            if owner[row][column] >= 0:
                continue
            place = row * n_columns + column
            last = column
            while last + 1 < n_columns and not beside[row][last + 1] and owner[row][last + 1] < 0:
                last += 1
            bottom = row
            while (
                bottom + 1 < n_rows
                and not any(below[bottom + 1][c] for c in range(column, last + 1))
                and not any(beside[bottom + 1][c] for c in range(column + 1, last + 1))
                and not any(owner[bottom + 1][c] >= 0 for c in range(column, last + 1))
            ):
                bottom += 1
            for r in range(row, bottom + 1):
                for c in range(column, last + 1):
                    owner[r][c] = place
    return owner


def _open(level: list[_Rule], used: set[int]) -> list[list[int]]:
    """Return groups of at least three level lines of one width below one another, in none of the closed tables."""
    by_width: dict[tuple[int, int], list[int]] = {}
    for n, rule in enumerate(level):
        if n not in used and rule.end - rule.start > 80:
            by_width.setdefault((round(rule.start / 4), round(rule.end / 4)), []).append(n)
    return [sorted(group, key=lambda n: level[n].at) for group in by_width.values() if 3 <= len(group) <= 200]


def _open_table(page: int, level: list[_Rule], words: list[Word]) -> tuple[RuledTable, list[Word]] | None:
    """Return a table with level lines only: its columns are parted by blanks that run through all rows."""
    top, bottom = level[0].at, level[-1].at
    left, right = min(rule.start for rule in level) - 4, max(rule.end for rule in level) + 4
    inside = [w for w in words if top < _middle(w) < bottom and left <= (w.left + w.right) / 2 <= right]
    if len(inside) < 4:
        return None
    xs = _blanks(inside, left, right)
    if len(xs) < 3:
        return None
    lines = joined(page, pieces(inside))
    ys = [top, *(rule.at for rule in level[1:-1]), bottom]
    if len(level) <= 4 or len(lines) > 3 * len(
        ys
    ):  # lines at the head and the foot only: each line of words is a row
        ys = _rows_by_first_column(lines, xs, ys)
    rows: list[list[RuledCell]] = []
    for row in range(len(ys) - 1):
        cells = []
        for column in range(len(xs) - 1):
            held = [
                w
                for w in inside
                if ys[row] < _middle(w) <= ys[row + 1]
                and xs[column] <= (w.left + w.right) / 2 < xs[column + 1]
            ]
            cells.append(_cell(page, row, column, 1, 1, held))
        if any(cell.lines for cell in cells):
            for cell in cells:
                cell.row = len(rows)
            rows.append(cells)
    mean = median(len(" ".join(line.text for line in c.lines)) for cells in rows for c in cells)
    if len(rows) < 2 or mean > 200:
        return None
    kept = {id(word) for word in inside}
    return (
        RuledTable(page, left, top, right, bottom, rows, tuple(xs), _around(inside)),
        [word for word in words if id(word) not in kept],
    )


def _blanks(words: list[Word], left: float, right: float) -> list[float]:
    """Return the edges of columns: the middles of strips that no word touches."""
    size = median(word.size for word in words)
    xs = [left]
    reach = None
    for word in sorted(words, key=lambda w: w.left):
        if reach is not None and word.left - reach > 0.7 * size:
            xs.append((reach + word.left) / 2)
        reach = word.right if reach is None else max(reach, word.right)
    return [*xs, right]


def _rows_by_first_column(lines: list[Line], xs: list[float], ys: list[float]) -> list[float]:
    """Return the heights between rows: every line that has words in the first column begins one."""
    found = list(ys)
    for above, line in pairwise(lines):
        if line.left < xs[1] or above.left >= xs[1]:
            height = (above.bottom + line.top) / 2
            if all(abs(height - y) > 4 for y in found):
                found.append(height)
    return sorted(found)
