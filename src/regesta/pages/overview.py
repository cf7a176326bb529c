"""The front page: what the chronicle holds, who says it and how independent they are, what deserves a look.

Nothing here is reckoned anew: counts, families and findings are those of the chronicle.
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.drawing import Drawing, Line, Point, series
from regesta.pages.dating import in_words
from regesta.pages.drawn import Pair, drawn_words
from regesta.pages.findings import SEVERITIES, SOLE_SOURCE
from regesta.pages.links import Links
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Passage, passages_of, sources_of
from regesta.pages.periods import periods
from regesta.pages.timeline import small
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Overview", "overview"]

_TOP = 8
_LONGEST = 150
"""Years, or decades, that a chart can show."""


@dataclass(frozen=True, slots=True)
class Family:
    """Sources that share words: they count as one voice."""

    sources: tuple[Row, ...]
    """name, title, date, n_characters; one for a source that shares with none."""


@dataclass(frozen=True, slots=True)
class Convention:
    """A rule that a source states about itself."""

    source: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The page."""

    n_people: int
    n_groups: int
    n_claims: int
    n_sources: int
    n_families: int
    n_citations: int
    families: tuple[Family, ...]
    """Largest first, at most 12 sources in all."""
    severities: tuple[tuple[str, int], ...]
    """Each severity that findings have, gravest first."""
    findings: tuple[Row, ...]
    """Those that matter most, in the order of their page: id, code, kind, severity, summary, computed; title, of its source where that is one."""
    conventions: tuple[Convention, ...]
    titles: dict[str, str]
    """Of the sources that state conventions."""
    arrivals: tuple[tuple[str, int], ...]
    """Years with the number of people and groups who arrived in them, where that is one year."""
    charts: tuple[Drawing, ...]
    """The same, drawn for a wide screen and for a narrow one; empty where there are too few years, or too many."""
    is_by_decade: bool
    """They are drawn by the decade, because the years are too many."""
    timeline: Pair | None
    """What most sources tell of but for people."""
    has_series: bool
    """A source gives figures by the year."""
    told_of: tuple[Row, ...]
    """People of whom most is said: id, label, n_claims."""


def overview(shelf: Shelf, asked: Asked) -> Overview:
    """Return the page."""
    counted = shelf.pairs("select value, n from facet_counts where facet = 'kind'")
    arrivals = tuple(
        shelf.pairs("select value, n from facet_counts where facet = 'year' order by value").items()
    )
    conventions = _conventions(shelf, asked.links)
    severities = shelf.pairs("select severity, count(*) from findings group by severity")
    return Overview(
        n_people=counted.get("person", 0),
        n_groups=counted.get("group", 0),
        n_claims=int(shelf.meta.get("n_claims", 0)),
        n_sources=int(shelf.meta.get("n_sources", 0)),
        n_families=shelf.value("select count(distinct family) from sources"),
        n_citations=int(shelf.meta.get("n_citations", 0)),
        families=_families(shelf),
        severities=tuple((s, severities[s]) for s in SEVERITIES if s in severities),
        findings=tuple(
            shelf.rows(
                f"select f.id, f.code, f.kind, f.severity, f.summary, f.computed, (select {SOLE_SOURCE}) as title from finding_order o cross join findings f"  # noqa: S608
                " on f.id = o.finding where f.severity in ('error', 'warning') and f.status = 'open' order by o.place limit ?",
                [_TOP],
            )
        ),
        conventions=conventions,
        titles={
            name: row["title"] or name
            for name, row in sources_of(shelf, (one.source for one in conventions)).items()
        },
        arrivals=arrivals,
        charts=_charts(shelf, arrivals, asked),
        is_by_decade=len(arrivals) > 2 and int(arrivals[-1][0]) - int(arrivals[0][0]) > _LONGEST,
        timeline=small(shelf, asked),
        has_series=shelf.row("select 1 from observations limit 1") is not None,
        told_of=tuple(
            shelf.rows(
                "select id, label, n_claims from cards where kind = 'person' and is_named = 1 order by n_claims desc, sorted limit ?",
                [_TOP],
            )
        ),
    )


def _charts(shelf: Shelf, arrivals: tuple[tuple[str, int], ...], asked: Asked) -> tuple[Drawing, ...]:
    """Return the arrivals drawn wide and narrow, years without any as nought, what was in force behind them."""
    if len(arrivals) < 3:
        return ()
    counted = {int(year): n for year, n in arrivals}
    first, last = min(counted), max(counted)
    if last - first > 10 * _LONGEST:
        return ()
    if last - first <= _LONGEST:
        points = [_point(asked, f"{year:04}", counted.get(year, 0)) for year in range(first, last + 1)]
    else:
        points = [
            _point(asked, f"{decade:03}X", sum(counted.get(10 * decade + n, 0) for n in range(10)))
            for decade in range(first // 10, last // 10 + 1)
        ]
    title = asked.words("overview.arrivals_by_decade" if last - first > _LONGEST else "overview.arrivals")
    line = Line(name=title, points=points)
    bands = periods(shelf, asked, arrivals[0][0], arrivals[-1][0])
    return tuple(
        series([line], title=title, bands=bands, width=w, height=h, words=drawn_words(asked.words))
        for w, h in ((1100, 180), (350, 140))
    )


def _point(asked: Asked, period: str, n: int) -> Point:
    """Return those who arrived in a year, or in a decade, whose people have no page of their own."""
    is_year = period.isdecimal()
    name = period if is_year else in_words(period, asked.words)
    return Point(
        period,
        n,
        name=name,
        title=f"{name}: {asked.words.counted('count.arrived', n)}",
        link=asked.links.to("people", year=period) if n and is_year else None,
    )


def _families(shelf: Shelf) -> tuple[Family, ...]:
    rows = shelf.rows(
        "with sizes as (select family, count(*) as n, max(n_characters) as longest from sources group by family"
        " order by n desc, longest desc, family limit 8)"
        " select s.name, s.title, s.date, s.n_characters, s.family from sizes join sources s on s.family = sizes.family"
        " order by sizes.n desc, sizes.longest desc, s.family, s.n_characters desc, s.name limit 12"
    )
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["family"], []).append(row)
    return tuple(Family(tuple(members)) for members in grouped.values())


def _conventions(shelf: Shelf, links: Links) -> tuple[Convention, ...]:
    rows = shelf.rows(
        "select id, source, value_text from claims where predicate = 'convention' order by source, id limit ?",
        [_TOP],
    )
    passages = passages_of(shelf, [row["id"] for row in rows], links)
    return tuple(
        Convention(row["source"], row["value_text"] or "", passages.get(row["id"], ())) for row in rows
    )


PAGE = Page(name="overview", section="", view=overview, template="overview.html", is_long=True)
