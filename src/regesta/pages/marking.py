"""Spans that overlap, split where any begins or ends, so that each piece of text knows all that is said of it.

    text   a b c d e f g
    one      └─────┘              a │ b c │ d e │ f │ g
    two          └─────┘            one  both  two

HTML cannot overlap elements; pieces can be nested in one element each. The cost grows with the spans and the pieces they
cover, of which each names at most `MOST`. Nothing here knows what a span means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["MOST", "Mark", "Piece", "split"]

MOST = 16
"""Marks that a piece names, the earliest first; a text of a thousand spans over the same words stays readable."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that something is said of."""

    start: int
    end: int
    kind: str
    key: str
    """What leads from the mark to what is said; the meaning is the caller's."""


@dataclass(frozen=True, slots=True)
class Piece:
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
    waiting = sorted(
        (m for m in marks if m.start < end and m.end > start and m.end > m.start),
        key=lambda m: (m.start, m.end, m.kind, m.key),
    )
    edges = {start, end}
    for mark in waiting:
        edges.update((max(start, mark.start), min(end, mark.end)))
    edges.update(cut for cut in cuts if start < cut < end)
    places = sorted(edges)
    open_: list[Mark] = []
    number, ends = 0, end + 1  # the next mark to begin; where the first of the open ones ends
    for at, until in pairwise(places):
        if at >= ends:
            open_ = [mark for mark in open_ if mark.end > at]
            ends = min((mark.end for mark in open_), default=end + 1)
        while number < len(waiting) and waiting[number].start <= at:
            mark = waiting[number]
            number += 1
            if len(open_) < MOST:
                open_.append(mark)
                ends = min(ends, mark.end)
        yield Piece(at, until, tuple(open_))
