"""The figures of a series in the order of the source, and their chart, with what was in force behind it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from regesta.drawing import Drawing, Line, Point, extent_of, series
from regesta.pages.drawn import STANDS, drawn_words, place_of
from regesta.pages.page import Asked
from regesta.pages.periods import periods
from regesta.pages.telling import number
from regesta.shelf import Row, Shelf

__all__ = ["Figure", "drawn_series", "figures_of", "point"]

_HEIGHT = 230.0
_FIGURES_OF = f"""
select o.*, c.subject, c.value_unit, c.earliest, c.latest, c.id, {STANDS}
from observations o left join claims c on c.id = o.claim
where o.series = ? order by o.position
"""  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True)
class Figure:
    """One point of a series."""

    row: Row
    """Of `observations`, with the unit and the subject of its claim."""
    value: str
    """In words, its bound with it."""
    place: str
    """Of its passage in the source."""
    claim: str
    """Where its claim stands."""
    year: str
    """The year that it counts, empty where it counts none or several."""
    told_of: int | None
    """People and groups told of here who arrived in that year; None where the series does not count people by the year."""


def figures_of(shelf: Shelf, asked: Asked, id_: str) -> list[Figure]:
    """Return the figures of a series in the order of the source."""
    rows = shelf.rows(_FIGURES_OF, [id_])
    years = [_year(row) for row in rows]
    is_of_people = any(year and row["value_unit"] == "person" for year, row in zip(years, rows, strict=True))
    listed = _listed(shelf) if is_of_people else {}
    figures = []
    for row, year in zip(rows, years, strict=True):
        place = asked.links.source(row["source"], leaf=row["leaf"] or 1, at=row["claim"])
        figures.append(
            Figure(
                row=row,
                value=_said(row, asked),
                place=place,
                claim=place_of(row, asked.links) if row["id"] else place,
                year=year,
                told_of=listed.get(year, 0) if is_of_people and year else None,
            )
        )
    return figures


def _listed(shelf: Shelf) -> dict[str, int]:
    return shelf.pairs("select value, n from facet_counts where facet = 'year'")


def _year(row: Row) -> str:
    """Return the year that a figure counts, empty where it is none or several."""
    period = row["period"].rstrip("~?%")
    return period if row["role"] == "observation" and len(period) == 4 and period.isdigit() else ""


def _said(row: Row, asked: Asked) -> str:
    value = number(row["value"])
    bound = row["qualifier"]
    return asked.words(f"bound.{bound}", value=value) if bound in ("about", "min", "max") else value


def drawn_series(
    shelf: Shelf,
    asked: Asked,
    figures: Sequence[Figure],
    label: str,
    width: float,
    *,
    height: float = _HEIGHT,
) -> Drawing:
    """Return the chart of a series with what was in force behind it."""
    columns = set(map(id, _columns(figures)))
    points = [replace(point(f, asked), is_total=id(f) not in columns) for f in figures]
    counted = [f.row for f in figures if id(f) in columns and f.row["earliest"] and f.row["latest"]]
    first = min((row["earliest"][:4] for row in counted), default="9999")
    last = max((row["latest"][:4] for row in counted), default="0000")
    if figures:
        points += _missing(shelf, asked, figures[0].row["series"], first, last)
    bands = periods(shelf, asked, first, last)
    return series(
        [Line(name=label, points=points)],
        title=label or asked.words("statistics.title"),
        desc=asked.words("statistics.below"),
        bands=bands,
        width=width,
        height=height if width > 600 else height * 0.75,
        words=drawn_words(asked.words),
    )


def _columns(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that are columns of a chart: those observed, of a column of totals those of its shortest periods."""
    observed = [figure for figure in figures if figure.row["role"] == "observation"]
    least = min(map(_days, figures), default=0.0)
    return observed or [figure for figure in figures if _days(figure) <= 1.2 * least]  # leap years, months


def _days(figure: Figure) -> float:
    extent = extent_of(figure.row["period"])
    return (
        math.inf
        if extent is None or extent.open_start or extent.open_end
        else extent.known[1] - extent.known[0]
    )


def _missing(shelf: Shelf, asked: Asked, id_: str, first: str, last: str) -> list[Point]:
    """Return the periods before the first and after the last figure that a check found to be missing."""
    points = []
    for row in shelf.rows(_GAP, [id_]):
        missing = str(json.loads(row["computed"]).get("missing", ""))
        extent = extent_of(missing) if missing else None
        if extent and not extent.open_start and not extent.open_end and not first <= missing[:4] <= last:
            points.append(Point(missing, None, title=f"{missing}: {asked.words('drawing.gap')}"))
    return points


def point(figure: Figure, asked: Asked) -> Point:
    """Return a figure as a point of a chart, with what a reader is told of it."""
    row = figure.row
    bound = row["qualifier"] if row["qualifier"] in ("about", "min", "max") else ""
    is_total = row["role"] == "stated-total"
    kind = f" ({asked.words('drawing.total')})" if is_total else ""
    return Point(
        row["period"],
        row["value"],
        name=row["label"],
        title=f"{row['label']}: {figure.value}{kind}",
        link=figure.place,
        bound=cast("Literal['', 'about', 'min', 'max']", bound),
        is_total=is_total,
    )


_GAP = """
select f.computed from findings f where f.id in (select m.finding from observations o join finding_members m
    on m.source = o.source and m.start_char >= o.start_char and m.start_char < o.end_char where o.series = ?)
    and f.kind = 'coverage-gap'
"""
