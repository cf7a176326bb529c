"""Statistics: each series as a chart, every figure linked to its passage; totals, sums and gaps beside it; a table of the same.

    /statistics                      the longest series, a few at a time
    /statistics?series=s-686b...     one, its table in full
    /statistics/s-686b....csv        its figures; .svg and .png are its chart

A gap is drawn as a gap. Beside a series that counts people by the year stand the people and groups who are told of here by
their year of arrival, and what a house can take where a check reckoned that (F028). No figure is reckoned here but shares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from regesta.drawing import Drawing, Line, Point, extent_of, series
from regesta.pages.downloads import Download, as_csv, as_png, as_svg, has_png
from regesta.pages.drawn import STANDS, Pair, drawn_words, pair, place_of
from regesta.pages.findings_beside import Beside, shown
from regesta.pages.page import Asked, Page
from regesta.pages.periods import periods
from regesta.pages.summing import readable
from regesta.pages.telling import number
from regesta.shelf import Row, Shelf

__all__ = ["DOWNLOADS", "PAGE", "Statistics", "drawn_series", "statistics"]

_AT_ONCE = 5
_SERIES_LISTED = 200
_SHOWN = 30
"""Figures of one series in the table of a page that shows several."""
_FIGURES = 250
"""Figures in one part of the table of a page that shows one."""
_DRAWN = {True: (240, 120), False: (80, 60)}
"""Figures of a chart, wide and narrow, by whether it is the only one of the page; of a longer series the last ones."""
_DRAWN_IN_FILE = 2000
_FINDINGS = 12
_MOST_FINDINGS = 40
_HEIGHT = 230.0
_LOAD = "F028"

_KNOWN = """
select o.series, o.series_label, o.source, s.title, count(*) as n, min(o.position) as position
from observations o join sources s on s.name = o.source
group by o.series, o.source order by n desc, o.source, position limit ?
"""

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


@dataclass(frozen=True, slots=True)
class Series:
    """A series."""

    id: str
    label: str
    source: str
    title: str
    drawn: Pair
    told_of: Pair | None
    """People and groups told of here in the same years; None where it counts none by the year."""
    figures: tuple[Figure, ...]
    """Those of its table on this page."""
    n: int
    n_drawn: int
    """Figures of the chart, the last ones."""
    part: int
    n_parts: int
    findings: tuple[Beside, ...]
    loads: tuple[Load, ...]
    downloads: tuple[tuple[str, str], ...]
    """The suffix of each file with its address."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The page."""

    series: tuple[Series, ...]
    others: tuple[Row, ...]
    """Series that are not on this page: series, series_label, source, title, n."""
    n_series: int
    is_one: bool
    titles: Mapping[str, str]


def statistics(shelf: Shelf, asked: Asked) -> Statistics:
    """Return the page."""
    known = shelf.rows(_KNOWN, [_SERIES_LISTED])
    wanted = asked.get("series")
    shown = [row for row in known if row["series"] == wanted] or known[:_AT_ONCE]
    is_one = len(shown) == 1
    made = tuple(_series(shelf, asked, row, is_one=is_one) for row in shown)
    ids = {row["series"] for row in shown}
    return Statistics(
        series=made,
        others=tuple(row for row in known if row["series"] not in ids),
        n_series=shelf.value("select count(distinct series) from observations"),
        is_one=is_one,
        titles={row["source"]: row["title"] or row["source"] for row in known},
    )


def _series(shelf: Shelf, asked: Asked, row: Row, *, is_one: bool) -> Series:
    figures = _figures(shelf, asked, row["series"])
    found = _touching(shelf, asked, figures)
    loads = [load for f in found if (load := _load(shelf, asked, f, figures)) is not None]
    of_loads = {load.finding.id for load in loads}

    def most(width: float) -> int:
        return _DRAWN[is_one][0 if width > 600 else 1]

    at_once = _FIGURES if is_one else _SHOWN
    n_parts = max(1, -(-len(figures) // at_once)) if is_one else 1
    part = asked.number("part", most=n_parts)
    return Series(
        id=row["series"],
        label=row["series_label"],
        source=row["source"],
        title=row["title"] or row["source"],
        drawn=pair(
            lambda width: drawn_series(shelf, asked, figures[-most(width) :], row["series_label"], width)
        ),
        told_of=_told_of(asked, figures, most),
        figures=tuple(figures[(part - 1) * at_once : part * at_once]),
        n=len(figures),
        n_drawn=min(len(figures), _DRAWN[is_one][0]),
        part=part,
        n_parts=n_parts,
        findings=tuple(f for f in found if f.id not in of_loads)[:_FINDINGS],
        loads=tuple(loads),
        downloads=tuple(
            (one.suffix, asked.links.file(one.section, f"{row['series']}.{one.suffix}"))
            for one in DOWNLOADS
            if one.is_there
        ),
    )


def _figures(shelf: Shelf, asked: Asked, id_: str) -> list[Figure]:
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
    points = [_point(figure, asked) for figure in figures]
    counted = [
        f.row for f in figures if f.row["role"] == "observation" and f.row["earliest"] and f.row["latest"]
    ]
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


def _missing(shelf: Shelf, asked: Asked, id_: str, first: str, last: str) -> list[Point]:
    """Return the periods before the first and after the last figure that a check found to be missing."""
    points = []
    for row in shelf.rows(_GAP, [id_]):
        missing = str(json.loads(row["computed"]).get("missing", ""))
        extent = extent_of(missing) if missing else None
        if extent and not extent.open_start and not extent.open_end and not first <= missing[:4] <= last:
            points.append(Point(missing, None, title=f"{missing}: {asked.words('drawing.gap')}"))
    return points


def _point(figure: Figure, asked: Asked) -> Point:
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


def _told_of(asked: Asked, figures: Sequence[Figure], most: Callable[[float], int]) -> Pair | None:
    """Return the people told of here in the years of a series; None where it counts none by the year."""
    years = [figure for figure in figures if figure.told_of is not None]
    if len(years) < 3:
        return None
    points = [
        Point(
            f.year,
            f.told_of,
            title=f"{f.year}: {asked.words.counted('count.told_of', f.told_of or 0)}",
            link=asked.links.to("people", year=f.year) if f.told_of else None,
        )
        for f in years
    ]
    title = asked.words("statistics.told_of")
    return pair(
        lambda width: series(
            [Line(name=title, points=points[-most(width) :])],
            title=title,
            width=width,
            height=90,
            words=drawn_words(asked.words),
        )
    )


def _touching(shelf: Shelf, asked: Asked, figures: Sequence[Figure]) -> list[Beside]:
    """Return what checks found of the figures, each once, the gravest first."""
    rows = shelf.rows(_TOUCHING, [figures[0].row["series"], _MOST_FINDINGS]) if figures else []
    return list(shown(shelf, rows, asked.links).values())


_TOUCHING = """
select f.id, f.kind, f.severity, f.status, f.summary from findings f where f.id in (
    select m.finding from observations o join finding_members m on m.source = o.source
        and m.start_char >= o.start_char and m.start_char < o.end_char where o.series = ?1
    union select m.finding from observations o join finding_members m on m.claim = o.claim where o.series = ?1
) order by case f.severity when 'error' then 0 when 'warning' then 1 when 'info' then 2 when 'undetermined' then 3 else 4 end,
    f.code, f.id limit ?2
"""
_HOUSE = f"""
select c.id, c.source, c.subject, c.subject_label, f.computed, {STANDS},
    (select min(substr(o.earliest, 1, 4)) from claims o where o.subject = c.subject and o.predicate = 'opened') as opened
from findings f join finding_members m on m.finding = f.id
    join claim_evidence e on e.source = m.source and e.start_char <= m.start_char and e.end_char > m.start_char
    join claims c on c.id = e.claim
where f.id = ? and f.code = ? and c.predicate = 'capacity' order by m.position, c.id limit 1
"""  # noqa: S608 - our own columns
_GAP = """
select f.computed from findings f where f.id in (select m.finding from observations o join finding_members m
    on m.source = o.source and m.start_char >= o.start_char and m.start_char < o.end_char where o.series = ?)
    and f.kind = 'coverage-gap'
"""


def _load(shelf: Shelf, asked: Asked, found: Beside, figures: Sequence[Figure]) -> Load | None:
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
    counted = Line(name=asked.words("statistics.counted"), points=[_point(f, asked) for f in years])
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


def _file_of(shelf: Shelf, asked: Asked) -> tuple[str, list[Figure]] | None:
    """Return the label and the figures of the series that a file is asked of."""
    figures = _figures(shelf, asked, asked.key)
    return (figures[0].row["series_label"], figures) if figures else None


_COLUMNS = (
    "series",
    "series_label",
    "period",
    "label",
    "value",
    "qualifier",
    "role",
    "unit",
    "told_of",
    "source",
    "start",
    "end",
    "quote",
    "claim",
)


def _csv(shelf: Shelf, asked: Asked) -> bytes | None:
    found = _file_of(shelf, asked)
    if found is None:
        return None
    return as_csv(
        _COLUMNS,
        (
            (
                f.row["series"],
                f.row["series_label"],
                f.row["period"],
                f.row["label"],
                int(f.row["value"]) if f.row["value"] == int(f.row["value"]) else f.row["value"],
                f.row["qualifier"],
                f.row["role"],
                f.row["value_unit"],
                f.told_of,
                f.row["source"],
                f.row["start_char"],
                f.row["end_char"],
                f.row["quote"],
                f.row["claim"],
            )
            for f in found[1]
        ),
    )


def _drawing(shelf: Shelf, asked: Asked) -> Drawing | None:
    found = _file_of(shelf, asked)
    return drawn_series(shelf, asked, found[1][-_DRAWN_IN_FILE:], found[0], 900) if found else None


def _svg(shelf: Shelf, asked: Asked) -> bytes | None:
    drawing = _drawing(shelf, asked)
    return as_svg(drawing) if drawing else None


def _png(shelf: Shelf, asked: Asked) -> bytes | None:
    drawing = _drawing(shelf, asked) if has_png() else None
    return as_png(drawing) if drawing else None


DOWNLOADS = (
    Download("statistics", "csv", "text/csv; charset=utf-8", _csv),
    Download("statistics", "svg", "image/svg+xml", _svg),
    Download("statistics", "png", "image/png", _png),
)

PAGE = Page(
    name="statistics",
    section="statistics",
    view=statistics,
    template="statistics.html",
    parameters=("series", "part"),
    is_long=True,
)
