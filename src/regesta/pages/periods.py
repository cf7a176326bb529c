"""The periods that a chronicle tells of: what was in force when, to stand behind a chart.

They are the claims `effective`: one band for each thing and period, however many sources say so, those that most sources
tell of first. One that is told to end, or to begin, at a time that the chart does not show is left out: nobody says that it held
then. Nothing here decides what was in force on a day; that is the page of policies.
"""

from __future__ import annotations

from regesta.drawing import Band
from regesta.pages.dating import in_words
from regesta.pages.drawn import STANDS, called, place_of
from regesta.pages.page import Asked
from regesta.shelf import Shelf

__all__ = ["periods"]

_LONGEST_NAME = 60

_IN_FORCE = f"""
select c.id, c.source, c.subject, c.subject_label, c.value_edtf, {STANDS}
from claims c left join claim_support s on s.claim = c.id
where c.predicate = 'effective' and c.value_edtf is not null and c.rank <> 'deprecated' and c.modality in ('asserted', 'reported')
    and (c.earliest between ?2 and ?1 or c.latest between ?2 and ?1 or c.earliest <= ?1 and c.latest >= ?2)
group by lower(c.subject_label), c.value_edtf
order by max(coalesce(s.documents, 1)) desc, coalesce(c.earliest, ''), c.id limit ?3
"""  # noqa: S608 - our own columns


def periods(shelf: Shelf, asked: Asked, first: str, last: str, *, most: int = 6) -> tuple[Band, ...]:
    """Return what was in force at some time between two years, the earliest first."""
    rows = shelf.rows(_IN_FORCE, [f"{last}-12-31", f"{first}-01-01", most])
    bands = [
        Band(
            name=_short(called(row)),
            period=row["value_edtf"],
            title=f"{row['subject_label']}: {in_words(row['value_edtf'], asked.words)}. “{(row['quote'] or '')[:240]}”",
            link=place_of(row, asked.links),
        )
        for row in rows
    ]
    return tuple(sorted(bands, key=lambda band: band.period.lstrip("./")))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"
