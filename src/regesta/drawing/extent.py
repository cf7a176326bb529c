"""What a date of EDTF looks like: the stretches of days it surely covers, those it may, and its ends.

    1997-02-12      a point                     1997          within: some day of these
    1996/1998       within 1996, during 1997, within 1998     1999/..   during, and open to the right
    [1997,1998]     two, with a bracket: one of them          {1997,1998}   two, with a tie: both
    1997~  1997?    fading ends; hatched

Pieces keep numbers of days (`regesta.dates.days`) and no pixels. Not here: what an end that is open means for a comparison;
that is `regesta.dates`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from regesta.dates.bounds import date_bounds
from regesta.dates.days import day_number
from regesta.dates.edtf import Date, DateSet, Edge, Interval, parse
from regesta.errors import DateError

__all__ = ["Extent", "Piece", "extent_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of days."""

    kind: Literal["point", "within", "during"]
    """One day; some day of these; all of these."""
    first: int | None
    """Number of the first day, None where it is open to the left."""
    last: int | None
    """Number of the last day, itself included."""
    is_approximate: bool = False
    is_uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """A date as stretches of days, in the order of time."""

    pieces: tuple[Piece, ...]
    group: Literal["", "one-of", "all-of"] = ""
    """How the pieces hang together: they are one span, or alternatives, or several dates."""
    open_start: bool = False
    """It began before everything, or nobody says when."""
    open_end: bool = False
    unknown_start: bool = False
    """It has a beginning that nobody knows; open_start is then set too."""
    unknown_end: bool = False

    known: tuple[int, int] = field(init=False)
    """The first and last day that are written at all."""

    def __post_init__(self) -> None:
        days = [day for p in self.pieces for day in (p.first, p.last) if day is not None]
        object.__setattr__(self, "known", (min(days), max(days)))


@lru_cache(16384)
def extent_of(when: str) -> Extent | None:
    """Return what an EDTF string covers; None for one that is none, or that says nothing (`XXXX`, `../..`).

    >>> [(p.kind, p.last - p.first + 1) for p in extent_of("1996/1997-03-05").pieces]
    [('within', 366), ('during', 64)]
    >>> extent_of("1999/..").open_end, extent_of("[1997,1998-05]").group, extent_of("soon")
    (True, 'one-of', None)
    """
    try:
        value = parse(when)
    except DateError:
        return None
    if isinstance(value, Date):
        return None if value.year.strip("X-") == "" else Extent((_piece(value),))
    if isinstance(value, Interval):
        return _interval(value)
    return _set(value) if isinstance(value, DateSet) else None


def _piece(date: Date) -> Piece:
    first, last = (day_number(day) for day in date_bounds(date))
    return Piece("point" if first == last else "within", first, last, date.is_approximate, date.is_uncertain)


def _interval(value: Interval) -> Extent | None:
    start = _piece(value.start) if isinstance(value.start, Date) else None
    end = _piece(value.end) if isinstance(value.end, Date) else None
    if start is None and end is None:
        return None
    fading = any(side is not None and side.is_approximate for side in (start, end))
    doubted = any(side is not None and side.is_uncertain for side in (start, end))
    if start and end and start.last is not None and end.first is not None and start.last >= end.first:
        pieces = [Piece("within", start.first, end.last, fading, doubted)]
    else:
        pieces = [start] if start and start.kind == "within" else []
        inner_first = (
            None if start is None else start.first if start.kind == "point" else (start.last or 0) + 1
        )
        inner_last = None if end is None else end.last if end.kind == "point" else (end.first or 0) - 1
        if inner_first is None or inner_last is None or inner_first <= inner_last:
            alone = len(pieces) == 0 and not (end and end.kind == "within")
            pieces.append(Piece("during", inner_first, inner_last, fading and alone, doubted))
        pieces += [end] if end and end.kind == "within" else []
    return Extent(
        tuple(pieces),
        "",
        start is None,
        end is None,
        value.start is Edge.UNKNOWN,
        value.end is Edge.UNKNOWN,
    )


def _set(value: DateSet) -> Extent:
    pieces: list[Piece] = []
    open_start = open_end = False
    for item in value.items:
        if isinstance(item, Date):
            pieces.append(_piece(item))
            continue
        start = _piece(item.start) if item.start else None
        end = _piece(item.end) if item.end else None
        open_start, open_end = open_start or start is None, open_end or end is None
        sides = [side for side in (start, end) if side]
        pieces.append(
            Piece(
                "during" if value.is_all else "within",
                start.first if start else None,
                end.last if end else None,
                any(side.is_approximate for side in sides),
                any(side.is_uncertain for side in sides),
            )
        )
    pieces.sort(key=lambda p: (p.first is not None, p.first or 0, p.last is None, p.last or 0))
    return Extent(tuple(pieces), "all-of" if value.is_all else "one-of", open_start, open_end)
