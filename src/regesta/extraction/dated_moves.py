"""Movements that a sentence dates, and which of several is the coming.

    He fled in May 1948, crossed in June and arrived on 2 July     the last that leads to safety, with its date

Finding them is the work of `itinerary`; here is what one is, and the choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from regesta.extraction.stations import (
    PLAIN,
)
from regesta.text.span import Span

__all__ = ["Dated", "choose", "without_other_homes"]

_GAP_YEARS = 4
"""A journey goes on as long as no more years than these lie between two of its stations."""


@dataclass(slots=True)
class Dated:
    """One place that dates somebody's arrival."""

    weight: float
    edtf: str
    spans: tuple[Span, ...]
    where: Span | None
    passage: int
    waits: bool = False
    """Whether the place is a camp, from which the journey goes on however late."""
    journey: int = 0
    """How often he or she had been sent back before."""
    is_change: bool = False
    """Whether it only tells of a change of place, as "moved to" and "settled in" do."""
    is_flight: bool = False
    """Whether it tells of a flight that got somewhere, or of asking for asylum."""


def choose(found: list[Dated]) -> Dated:
    """Return the one that dates the arrival: the last plain station of the journey, else what says it most plainly.

    Who was sent back and came again came with the last journey.
    """
    last_journey = max(d.journey for d in found)
    found = [d for d in found if d.journey == last_journey]
    plain = [d for d in found if d.weight >= PLAIN and d.edtf[:4].isdigit()]
    if not plain:
        top = max(d.weight for d in found)
        return max((d for d in found if d.weight == top), key=lambda d: (len(d.edtf), -d.spans[0].start))
    plain.sort(key=lambda d: _order(d.edtf))
    last = plain[0]
    for one in plain[1:]:
        if int(one.edtf[:4]) - int(last.edtf[:4]) > _GAP_YEARS and not last.waits:
            break
        if not last.edtf.startswith(one.edtf):
            last = one
    return _refined(last, found)


def without_other_homes(found: list[Dated], is_refuge: Callable[[Dated], bool]) -> list[Dated]:
    """Return the dates without changes of place in years after a flight: "fled to Kenya in 1991, settled in Leeds in 2003".

    Nor is one before a flight its end: "moved to Lyon in 1912, fled in 1940". Who is resettled soon still was on the journey, and
    who came to where others of the document did has come there only then.
    """
    flights = [int(d.edtf[:_YEAR]) for d in found if d.is_flight and d.edtf[:_YEAR].isdigit()]
    fled = [
        int(d.edtf[:_YEAR])
        for d in found
        if d.weight >= _FLED and not d.is_change and d.edtf[:_YEAR].isdigit()
    ]
    return [
        d
        for d in found
        if not (d.is_change and (flights or fled) and d.edtf[:_YEAR].isdigit())
        or (
            int(d.edtf[:_YEAR]) >= min(fled, default=0)
            and (
                not flights
                or is_refuge(d)
                or int(d.edtf[:_YEAR]) - min(flights) <= (_GAP_YEARS if d.weight >= PLAIN else 0)
            )
        )
    ]


def _refined(best: Dated, found: list[Dated]) -> Dated:
    """Return the day on which somebody defected, where the choice tells its year alone: "in 1961 ... on 16 June 1961"."""
    if len(best.edtf) != _YEAR:
        return best
    closer = [d for d in found if d.weight >= _DEFECTED and d.edtf.startswith(f"{best.edtf}-")]
    return min(closer, key=lambda d: d.edtf, default=best)


_YEAR = 4
"""Characters of a year."""
_FLED = 3.0
"""The weight of a flight that names no place."""
_DEFECTED = 4.25
"""The weight of a defection that names no place."""


def _order(edtf: str) -> str:
    """Return a date so that its season sorts among the months."""
    seasons = {"21": "04", "22": "07", "23": "10", "24": "12"}
    day = edtf.split("/", maxsplit=1)[0]
    return day[:5] + seasons.get(day[5:7], day[5:7]) + day[7:]
