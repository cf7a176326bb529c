"""F032: how many a house held, against what it had room for.

    planned for 4,500 · by June 1979 some 40,000 lived there      more than it had room for: a tension
    built for 250 · held 240 men in 1951                          nothing to tell

A number of people belongs to a house where the source says so, or where it stands near the house's capacity and nearer than to any
other's; what a later sentence has room for ("its school ... 400 pupils") is something else. Of several capacities the greatest that was not told for a later year counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from regesta.criticism.figures import Figure
from regesta.criticism.view import View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding

__all__ = ["crowding"]

_TOLD: Final = """
select c.id, c.source, c.referent, c.predicate, c.value_unit, c.value_number,
       coalesce(c.value_approximate, false) or c.bound is not null, c.when_edtf, e.start_char, e.end_char, e.quote, c.fingerprint,
       year(c.latest)
from claims c join claim_evidence e on e.claim = c.id and e.position = 0
where c.predicate in ('capacity', 'population') and c.modality = 'asserted' and c.rank <> 'deprecated' and c.value_number >= 10
  and c.value_unit in ('person', 'place', 'bed', 'bunk')
  and (c.predicate = 'population' or c.subject_kind = 'facility')
order by c.source, e.start_char, c.id
"""

_NEAR: Final = 300
"""Code points between a capacity and the number of people that is held against it."""
_MARGIN: Final = 1.1
"""What a round number may exceed another by."""

_Told = tuple[Figure, int | None]


def crowding(view: View) -> Iterator[Finding]:
    """Tell where a house is said to have held more people than it had room for."""
    rooms: dict[str, list[_Told]] = defaultdict(list)
    crowds: list[_Told] = []
    for *row, year in view.rows(_TOLD, needs={"capacity": 1, "population": 1}):
        one = Figure(*row)
        if one.predicate == "capacity":
            rooms[one.source].append((one, year))
        else:
            crowds.append((one, year))
    for crowd, year in crowds:
        room = _room(crowd, year, rooms[crowd.source])
        if room is not None and crowd.number > room.number * _MARGIN:
            summary = (
                f"{figure(crowd.number)} people where there was room for {figure(room.number)}: "
                f"{figure(round(crowd.number / room.number, 1))} times as many."
            )
            yield finding(
                "F032", "arithmetic-check", "info", summary, [room.said(), crowd.said()],
                times=round(crowd.number / room.number, 2),
            )  # fmt: skip


def _room(crowd: Figure, year: int | None, rooms: Sequence[_Told]) -> Figure | None:
    """Return the capacity that a number of people is held against, None where none is meant."""
    near = [room for room, _ in rooms if abs(room.start - crowd.start) <= _NEAR]
    end = crowd.start + len(crowd.quote)
    near = [
        room for room, _ in rooms if crowd.start - _NEAR <= room.start < end
    ]  # "its school has room for 400" comes later
    own = [told for told in rooms if told[0].referent == crowd.referent and told[0].start < end]
    if not own:
        if not near:
            return None
        nearest = min(near, key=lambda room: (abs(room.start - crowd.start), room.start))
        own = [told for told in rooms if told[0].referent == nearest.referent]
    fits = [room for room, since in own if since is None or year is None or since <= year]
    return max(fits, key=lambda room: (room.number, -room.start), default=None)
