"""F028: how many a house can take in a year, by its places and the length of a stay, against those counted in a year.

    300 places, courses of three months: four a year      1,200 a year at the most
    1,400 came in 1996                                    more than it holds: a tension, for others may have taken the rest
    900 came in 1994                                      ok

The last length that the source tells of the house, its greatest capacity, and the years since it opened. Only a series of the same
source that counts people of whom the passage about the house speaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from regesta.criticism.figures import Figure
from regesta.criticism.shares import stems
from regesta.criticism.view import Said, View, finding
from regesta.criticism.wordings import figure
from regesta.model import Finding

__all__ = ["throughput"]

_MONTHS: Final = {"month": 1.0, "week": 12 / 52, "day": 12 / 365}

_HOUSES: Final = """
with houses as (
    select distinct source, referent from claims
    where predicate = 'capacity' and value_number >= 10 and modality = 'asserted' and subject_kind = 'facility'
)
select c.id, c.source, c.referent, c.predicate, c.value_unit, c.value_number,
       coalesce(c.value_approximate, false) or c.bound is not null, c.when_edtf, e.start_char, e.end_char, e.quote, c.fingerprint, year(o.earliest) as opened
from claims c join houses h on h.source = c.source and h.referent = c.referent
join claim_evidence e on e.claim = c.id and e.position = 0
left join (select source, referent, min(earliest) as earliest from claims where predicate = 'opened' group by all) o
  on o.source = c.source and o.referent = c.referent
where c.modality = 'asserted' and c.rank <> 'deprecated' and c.value_number > 0
  and (c.predicate = 'capacity' and c.value_unit in ('person', 'place', 'bed')
       or c.predicate = 'duration' and c.value_unit in ('day', 'week', 'month')
          and regexp_matches(lower(e.quote), 'program|course|stay|training|spend|live there|resettle'))
order by c.source, c.referent, e.start_char, c.id
"""

_COUNTED: Final = """
select o.source, o.series_label, year(c.earliest), o.value, o.start_char, o.end_char, o.quote, c.fingerprint
from observations o join claims c on c.id = o.claim
where o.source in (select unnest(?::varchar[])) and o.role = 'observation' and c.value_unit = 'person'
  and c.earliest = make_date(year(c.earliest), 1, 1) and c.latest = make_date(year(c.earliest), 12, 31)
order by o.source, c.earliest, o.start_char
"""

_SHOWN: Final = 3
_NEAR: Final = 400
"""Code points before the first figure of a house in which the source may say for whom it is."""


def throughput(view: View) -> Iterator[Finding]:
    """Hold the people counted in a year against what a house with its places and length of stay can take."""
    houses: dict[tuple[str, str], list[tuple[Figure, int | None]]] = defaultdict(list)
    for *row, opened in view.rows(_HOUSES, needs={"capacity": 1}):
        one = Figure(*row)
        houses[one.source, one.referent].append((one, opened))
    if not houses:
        return
    counted: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for year in view.rows(_COUNTED, [sorted({source for source, _ in houses})]):
        counted[year[0]].append(year)
    around = view.words(
        [(source, max(0, told[0][0].start - _NEAR), told[-1][0].end) for (source, _), told in houses.items()]
    )
    for ((source, _), told), words in zip(houses.items(), around, strict=True):
        yield from _judged(told, counted[source], stems(words))


def _judged(
    told: list[tuple[Figure, int | None]], counted: list[tuple[Any, ...]], about: set[str]
) -> Iterator[Finding]:
    """Hold one house against the series of its source."""
    places = [one for one, _ in told if one.predicate == "capacity"]
    stays = [one for one, _ in told if one.predicate == "duration"]
    opened = told[0][1]
    if not places or not stays or not counted:
        return
    place = max(places, key=lambda one: (one.number, -one.start))
    stay = stays[-1]
    months = stay.number * _MONTHS[stay.unit]
    years = [row for row in counted if row[2] >= (opened or 0) and about & stems(row[1])]
    if months > 12 or not years or len({row[1] for row in years}) != 1:
        return
    courses = 12 / months
    most = place.number * courses
    over = [row for row in years if row[3] > most]
    shown = over[:_SHOWN] or [max(years, key=lambda row: row[3])]
    figures = [Said(Said.passage(row[0], row[4], row[5], row[6]).member, row[7]) for row in shown]
    length = f"{figure(stay.number)} {stay.unit}{'s' * (stay.number != 1)}"
    working = f"{figure(place.number)} x {figure(round(courses, 2))} = {figure(round(most))}"
    start = (
        f"{figure(place.number)} places and stays of {length} allow {figure(round(most))} a year at the most"
    )
    said = [place.said(), _stay_said(stay), *figures]
    computed = {"working": working, "most": round(most), "years": [row[2] for row in over]}
    if over:
        counts = ", ".join(f"{figure(row[3])} in {row[2]}" for row in shown)
        more = f" and in {len(over) - len(shown)} more years" if len(over) > len(shown) else ""
        summary = (
            f"{start}; {counts}{more} were counted: others must have taken the rest, or stays were shorter."
        )
        yield finding("F028", "arithmetic-check", "info", summary, said, **computed)
    else:
        summary = f"{start}; no year since had more, the greatest was {figure(shown[0][3])} in {shown[0][2]}."
        yield finding("F028", "arithmetic-check", "ok", summary, said, **computed)


def _stay_said(stay: Figure) -> Said:
    """Return the end of the passage, where the later of two lengths stands."""
    quote = stay.quote[:200]
    return Said(Said.passage(stay.source, stay.start, stay.start + len(quote), quote).member, stay.says)
