"""Statistics: each series as a chart, every figure linked to its passage; totals, sums and gaps beside it; a table of the same.

    /statistics                      the longest series, a few at a time
    /statistics?series=s-686b...     one, its table in full
    /statistics/s-686b....csv        its figures; .svg and .png are its chart

A gap is drawn as a gap. Beside a series that counts people by the year stand the people and groups who are told of here by
their year of arrival, and what a house can take where a check reckoned that (F028). No figure is reckoned here but shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from regesta.drawing import Line, Point, series
from regesta.pages.downloads import Download
from regesta.pages.drawn import Pair, drawn_words, pair
from regesta.pages.figures import Figure, drawn_series, figures_of
from regesta.pages.findings_beside import Beside, shown
from regesta.pages.house_load import Load, load_of
from regesta.pages.page import Asked, Page
from regesta.pages.statistics_files import chart_png, chart_svg, figures_csv
from regesta.shelf import Row, Shelf

__all__ = ["DOWNLOADS", "PAGE", "Statistics", "statistics"]

_AT_ONCE = 5
_SERIES_LISTED = 200
_SHOWN = 30
"""Figures of one series in the table of a page that shows several."""
_FIGURES = 250
"""Figures in one part of the table of a page that shows one."""
_DRAWN = {True: (240, 120), False: (80, 60)}
"""Figures of a chart, wide and narrow, by whether it is the only one of the page; of a longer series the last ones."""
_FINDINGS = 12
_MOST_FINDINGS = 40

_KNOWN = """
select o.series, o.series_label, o.source, s.title, count(*) as n, min(o.start_char) as begins, min(o.end_char) as ends
from observations o join sources s on s.name = o.source
group by o.series, o.source order by n desc, o.source, begins, ends limit ?
"""


@dataclass(frozen=True, slots=True)
class Series:
    """A series."""

    id: str
    label: str
    source: str
    title: str
    drawn: Pair
    told_of: Pair | None
    """People and groups told of here in the same years; None where it counts none by the year, or a series above has the same."""
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
    made = _each_once([_series(shelf, asked, row, is_one=is_one) for row in shown])
    ids = {row["series"] for row in shown}
    return Statistics(
        series=made,
        others=tuple(row for row in known if row["series"] not in ids),
        n_series=shelf.value("select count(distinct series) from observations"),
        is_one=is_one,
        titles={row["source"]: row["title"] or row["source"] for row in known},
    )


def _each_once(made: list[Series]) -> tuple[Series, ...]:
    """Return series of which each chart of the people told of here stands below the first that has it."""
    seen: set[tuple[tuple[str, int | None], ...]] = set()
    kept = []
    for one in made:
        years = tuple((f.year, f.told_of) for f in one.figures if f.told_of is not None)
        kept.append(replace(one, told_of=None) if years in seen else one)
        seen.add(years)
    return tuple(kept)


def _series(shelf: Shelf, asked: Asked, row: Row, *, is_one: bool) -> Series:
    figures = figures_of(shelf, asked, row["series"])
    found = _touching(shelf, asked, figures)
    loads = [load for f in found if (load := load_of(shelf, asked, f, figures)) is not None]
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


DOWNLOADS = (
    Download("statistics", "csv", "text/csv; charset=utf-8", figures_csv),
    Download("statistics", "svg", "image/svg+xml", chart_svg),
    Download("statistics", "png", "image/png", chart_png),
)

PAGE = Page(
    name="statistics",
    section="statistics",
    view=statistics,
    template="statistics.html",
    parameters=("series", "part"),
    is_long=True,
)
