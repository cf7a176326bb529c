"""Spans that overlap, split where any begins or ends, so that each piece of text knows all that is said of it.

    text   a b c d e f g
    one      └─────┘              a │ b c │ d e │ f │ g
    two          └─────┘            one  both  two

HTML cannot overlap elements; pieces can be nested in one element each. The cost grows with the spans and the pieces they
cover, of which each names at most `MOST`. Marks and pieces are tuples: a page makes hundreds, and a tuple costs a third of
a frozen dataclass. Nothing here knows what a span means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

__all__ = ["MOST", "Mark", "Piece", "split"]

MOST = 16
"""Marks that a piece names, the earliest first; a text of a thousand spans over the same words stays readable."""


class Mark(NamedTuple):
    """A span that something is said of."""

    start: int
    end: int
    kind: str
    key: str
    """What leads from the mark to what is said; the meaning is the caller's."""


class Piece(NamedTuple):
    """A stretch of text in which no mark begins or ends."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    """Those that cover it, by start, end, kind and key."""


def split(start: int, end: int, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """Yield the pieces of `[start, end)`, gapless and in order; `cuts` are places to split at besides.

    >>> marks = [Mark(1, 5, "claim", "one"), Mark(3, 6, "claim", "two")]
    >>> [(p.start, p.end, [m.key for m in p.marks]) for p in split(0, 7, marks)]
    [(0, 1, []), (1, 3, ['one']), (3, 5, ['one', 'two']), (5, 6, ['two']), (6, 7, [])]
    """
    waiting = sorted(m for m in marks if m.start < end and m.end > start and m.end > m.start)
    edges = {start, end}
    edges.update(mark[0] for mark in waiting if mark[0] > start)
    edges.update(mark[1] for mark in waiting if mark[1] < end)
    edges.update(cut for cut in cuts if start < cut < end)
    places = sorted(edges)
    open_: list[Mark] = []
    now: tuple[Mark, ...] = ()
    number = 0  # the next mark to begin
    opens = waiting[0][0] if waiting else end
    closes = end
    for at, until in pairwise(places):
        if at >= closes:
            open_ = [mark for mark in open_ if mark[1] > at]
            closes = min([mark[1] for mark in open_], default=end)
            now = tuple(open_)
        if at >= opens:
            while number < len(waiting) and waiting[number][0] <= at:
                mark = waiting[number]
                number += 1
                if len(open_) < MOST:
                    open_.append(mark)
                    closes = min(closes, mark[1])
            opens = waiting[number][0] if number < len(waiting) else end
            now = tuple(open_)
        yield Piece(at, until, now)
