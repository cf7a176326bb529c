"""Heads in two rows of a table that lost its merged cells: which groups of columns the upper ones name.

1950 | 1961 | | |                        the first row, its blank corner and its merged cells lost
State | Expelled | % | Expelled | %      the second row is heads too
Hesse | 721 | 16.7 | 818 | 17.0

State | 1950: Expelled | 1950: % | 1961: Expelled | 1961: %
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["spread_heads"]

_FIGURE: Final = re.compile(r"[\s\d.,%+()–—-]*\d[\s\d.,%+()–—-]*")
_LEAST_ROWS: Final = 2


def spread_heads(rows: Sequence[Sequence[str]]) -> list[int] | None:
    """Return for each column the column of the first row that names it (-1: none), None where the second row is no row of heads.

    >>> spread_heads([["1950", "1961", "", "", ""], ["State", "Men", "%", "Men", "%"], ["Orla", "7", "9", "5", "6"], ["Vesk", "1", "2", "3", "4"]])
    [-1, 0, 0, 1, 1]
    >>> spread_heads([["State", "Men"], ["Orla", "7"], ["Vesk", "1"], ["Lum", "5"]]) is None
    True
    """
    if len(rows) < 2 + _LEAST_ROWS:
        return None
    upper, lower, body = [c.strip() for c in rows[0]], [c.strip() for c in rows[1]], rows[2:]
    width = len(lower)
    if not all(lower) or any(_FIGURE.fullmatch(cell) for cell in lower) or len(upper) > width:
        return None
    figures = [c for c in range(width) if sum(_is_figure(row, c) for row in body) * 2 > len(body)]
    named = [c for c, cell in enumerate(upper) if cell]
    n_groups = len(named)
    if figures != list(range(1, width)) or n_groups < 2 or n_groups >= width - 1 or (width - 1) % n_groups:
        return None
    each = (width - 1) // n_groups
    if named not in (list(range(n_groups)), [1 + each * n for n in range(n_groups)]):
        return None
    return [-1, *(named[n // each] for n in range(width - 1))]


def _is_figure(row: Sequence[str], column: int) -> bool:
    return column < len(row) and bool(_FIGURE.fullmatch(row[column].strip("*_ ") or "0"))
