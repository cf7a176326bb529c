"""What a house can take in a year against those who were counted, where a check reckoned that (F028)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from regesta.drawing import Line, Point, series
from regesta.pages.drawn import STANDS, Pair, drawn_words, pair, place_of
from regesta.pages.figures import Figure, point
from regesta.pages.findings_beside import Beside
from regesta.pages.page import Asked
from regesta.pages.summing import readable
from regesta.pages.telling import number
from regesta.shelf import Shelf

__all__ = ["Load", "load_of"]

_LOAD = "F028"


@dataclass(frozen=True, slots=True)
class Load:
    """What a house can take in a year against those who were counted, as check F028 has it."""

    finding: Beside
    house: str
    address: str
    most: float
    working: str
    drawn: Pair
    years: tuple[tuple[Figure, float], ...]
    """Each year since the house opened with its share of what the house can take."""


_HOUSE = f"""
select c.id, c.source, c.subject, c.subject_label, f.computed, {STANDS},
    (select min(substr(o.earliest, 1, 4)) from claims o where o.subject = c.subject and o.predicate = 'opened') as opened
from findings f join finding_members m on m.finding = f.id
    join claim_evidence e on e.source = m.source and e.start_char <= m.start_char and e.end_char > m.start_char
    join claims c on c.id = e.claim
where f.id = ? and f.code = ? and c.predicate = 'capacity' order by m.position, c.id limit 1
"""  # noqa: S608 - our own columns


def load_of(shelf: Shelf, asked: Asked, found: Beside, figures: Sequence[Figure]) -> Load | None:
    """Return what a house can take against the years of a series, None for a finding that is no such."""
    row = shelf.row(_HOUSE, [found.id, _LOAD])
    computed = json.loads(row["computed"]) if row else {}
    most = computed.get("most")
    if row is None or not isinstance(most, int | float) or most <= 0:
        return None
    years = [f for f in figures if f.year and f.year >= (row["opened"] or "")]
    if not years:
        return None
    held = asked.words("statistics.most_of", house=row["subject_label"])
    counted = Line(name=asked.words("statistics.counted"), points=[point(f, asked) for f in years])
    told = f"{held}: {number(most)}"
    level = Point("", most, name=told, title=told, link=place_of(row, asked.links), bound="max")
    title = asked.words("statistics.load_of", house=row["subject_label"])
    return Load(
        finding=found,
        house=row["subject_label"],
        address=place_of(row, asked.links),
        most=most,
        working=readable(str(computed.get("working", "")), asked.words),
        drawn=pair(
            lambda width: series(
                [counted],
                title=title,
                level=level,
                width=min(width, 720),
                height=150,
                form="columns",
                words=drawn_words(asked.words),
            )
        ),
        years=tuple((f, f.row["value"] / most) for f in years),
    )
