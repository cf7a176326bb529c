"""Stretches of a text as pairs of numbers, half open: joined, asked about, read off what is seen.

What they mean is for whoever has them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

__all__ = ["Spans", "merged", "runs", "touches"]

Spans = list[tuple[int, int]]

_SEEN: Final = re.compile(rb"[^\x00]+")


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans joined where they overlap, in order.

    >>> merged([(5, 9), (1, 3), (2, 4)])
    [(1, 4), (5, 9)]
    """
    found: Spans = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether any of some merged spans shares code points with `[start, end)`.

    >>> touches([(1, 4), (5, 9)], 4, 5), touches([(1, 4), (5, 9)], 3, 5)
    (False, True)
    """
    i = bisect_right(spans, (start, 1 << 62)) - 1
    return (i >= 0 and spans[i][1] > start) or (i + 1 < len(spans) and spans[i + 1][0] < end)


def runs(shown: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `[start, end)` that are seen."""
    for match in _SEEN.finditer(shown, start, end):
        yield match.span()
