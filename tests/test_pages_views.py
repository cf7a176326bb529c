"""The timeline, the statistics, the routes and the front page, on invented documents: what is drawn and listed is what is told, no more
and no less, and thousands of events, hostile words and odd questions leave the pages whole."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regesta import shelf
from regesta.pages import DOWNLOADS, LANGUAGES, PAGES, Asked, Links, Press, Printed, words_of
from regesta.pages.downloads import as_csv, has_png
from regesta.pages.overview import overview
from regesta.pages.periods import periods
from regesta.pages.placing import located, named_nearby
from regesta.pages.routes import routes
from regesta.pages.statistics import statistics
from regesta.pages.timeline import timeline
from regesta.pipeline import rebuild

REGISTER = """# Leaving Orland

## The reception house

Lindholm House, the reception centre for people from Orland, opened on 3 May 1961. Lindholm House can house 30 people. \
The course at Lindholm House lasts three months.

## Arrivals

Number of people who arrived from Orland by year:

- before 1961: 64
- 1962: 40
- 1963: 90
- 1964: about 150
- 1966: 210

## Policy

The Settlement Act of 1962 was in force from 1962 to 1971.
"""

PEOPLE = """# People who left Greece and Bulgaria

## 1962

- Petros Galanis, sailor, fled from Piraeus to Alexandria by ship and arrived in Malta on 4 June 1962.
- Eleni Rousou, teacher, travelled from Athens by way of Rome to London by plane in March 1963.
- Five miners fled from Sofia to Belgrade by train in 1963.

## 1964

- Stoyan Iliev, mechanic, arrived in Vienna between 1964 and 1966 by way of a third country.
- Anna Dimova (born 12 May 1931) crossed the border in about 1964.
"""

NOTES = """# Notes

- Petros Galanis fled from Piraeus to Alexandria and arrived in Malta on 4 June 1962.
- Anna Dimova arrived in 1965.
"""

HOSTILE = "<script>alert('x')</script>\"&amp;</title></svg>{{ 7*7 }}"
LONGEST = 300_000
"""Bytes of a page."""


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, made = tmp_path_factory.mktemp("views"), tmp_path_factory.mktemp("made") / "views.duckdb"
    for name, text in (("register.md", REGISTER), ("people.md", PEOPLE), ("notes.md", NOTES)):
        (folder / name).write_text(text, "utf-8")
    rebuild([folder], output=made, jobs=1)
    return made


@pytest.fixture(scope="module")
def views(chronicle: Path) -> shelf.Shelf:
    shelf.make(chronicle, chronicle.with_suffix(".sqlite"), identity="t-views")
    return shelf.open(chronicle.with_suffix(".sqlite"))


def asked(key: str = "", language: str = "en", **query: str) -> Asked:
    return Asked(
        words_of(language), Links(language=language), key, {k.rstrip("_"): v for k, v in query.items()}
    )


def html_of(on: shelf.Shelf, name: str, language: str = "en", **query: str) -> str:
    page = next(page for page in PAGES if page.name == name)
    asked_ = {key.rstrip("_"): value for key, value in query.items()}
    printed = Press(on, PAGES, title="x").print(page, language, "", asked_)
    assert isinstance(printed, Printed)
    assert len(printed.html.encode()) < LONGEST, name
    return printed.html


def whole(html: str) -> Any:
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False
    )
    return parser.parse(html).getroot()


def titles(svg: str) -> list[str]:
    return re.findall(r"<title>([^<]*)</title>", svg)


# the timeline


def test_a_timeline_has_what_happened_once_however_many_tell_it(views: shelf.Shelf) -> None:
    view = timeline(views, asked())
    said = [(row.claim["predicate"], row.name, row.claim["edtf"], row.n_sources) for row in view.rows]
    assert ("arrival", "Petros Galanis", "1962-06-04", 2) in said
    assert sum(name == "Petros Galanis" for _, name, *_ in said) == 1
    assert ("opened", "Lindholm House", "1961-05-03", 1) in said
    assert ("effective", "Settlement Act", "1962/1971", 1) in said
    assert not any(predicate in ("count", "vehicle", "route", "group_size") for predicate, *_ in said)
    assert view.n == len(said) == len(set(said))
    assert [row.claim["earliest"] for row in view.rows] == sorted(row.claim["earliest"] for row in view.rows)


def test_every_mark_leads_to_a_claim_on_a_page(views: shelf.Shelf) -> None:
    view = timeline(views, asked())
    assert view.drawn is not None
    press = Press(views, PAGES, title="x")
    person = next(page for page in PAGES if page.name == "person")
    for drawing in (view.drawn.wide, view.drawn.narrow):
        addresses = re.findall(r'href="/people/([^"#]+)#([^"]+)"', drawing.svg)
        assert len(addresses) == view.n
        for entity, claim in addresses:
            printed = press.print(person, "en", entity)
            assert isinstance(printed, Printed)
            assert f'id="{claim}"' in printed.html
    assert {row.address for row in view.rows} == {f"/people/{entity}#{claim}" for entity, claim in addresses}


def test_dates_are_drawn_as_what_they_are(views: shelf.Shelf) -> None:
    birth = timeline(views, asked(predicate="birth"))
    about = timeline(
        views, asked(predicate="arrival", kind="person", source="people.md", from_="1950", to="1990")
    )
    assert birth.n == 1
    assert birth.drawn is not None
    assert about.drawn is not None
    assert 'class="point' in birth.drawn.wide.svg
    assert "fade1" in about.drawn.wide.svg
    assert "about 1964" in [row.when for row in about.rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"from_": "1961", "to": "1961"}, {"Lindholm House"}),
        ({"kind": "law"}, {"Settlement Act"}),
        ({"kind": "facility", "predicate": "opened"}, {"Lindholm House"}),
        ({"source": "notes.md"}, {"Petros Galanis", "Anna Dimova"}),
        ({"predicate": "vehicle"}, {"Petros Galanis", "Eleni Rousou", "Five miners"}),
        ({"from_": "1970", "to": "1980"}, {"Settlement Act"}),
        ({"from_": "1980"}, set()),
        ({"kind": "nothing"}, set()),
    ],
)
def test_choices(views: shelf.Shelf, query: dict[str, str], names: set[str]) -> None:
    view = timeline(views, asked(**query))
    assert {row.name for row in view.rows} == names
    assert view.n == len(view.rows)
    assert (view.drawn is None) == (not names)
    for facet in view.facets:
        for choice in facet.choices:
            if choice.is_chosen:
                assert choice.n in (view.n, 0)


def test_a_facet_counts_what_its_choice_shows(views: shelf.Shelf) -> None:
    for query in ({}, {"kind": "person"}, {"source": "people.md"}, {"from_": "1962", "to": "1963"}):
        for facet in timeline(views, asked(**query)).facets:
            for choice in facet.choices:
                if not choice.is_chosen:
                    name = {"from": "from_"}.get(facet.name, facet.name)
                    value = choice.address.rpartition(f"{facet.name}=")[2].partition("&")[0]
                    assert timeline(views, asked(**{**query, name: value})).n == choice.n, choice


def test_times_turned_round_and_dates_that_are_none(views: shelf.Shelf) -> None:
    assert (
        timeline(views, asked(from_="1963", to="1961")).n == timeline(views, asked(from_="1961", to="1963")).n
    )
    odd = timeline(views, asked(from_="soon", to=HOSTILE))
    assert odd.unread == ("soon", HOSTILE)
    assert odd.n == timeline(views, asked()).n
    for day in ("9999-12-31", "-0400", "XXXX", "0000", "199X", "../1962", "y-99999999"):
        whole(html_of(views, "timeline", from_=day, to=day))
        whole(html_of(views, "timeline", from_=day))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.integers(1900, 2000), st.integers(0, 60))
def test_a_time_has_what_a_slow_reader_finds(views: shelf.Shelf, year: int, long: int) -> None:
    view = timeline(views, asked(from_=str(year), to=str(year + long)))
    every = timeline(views, asked()).rows
    found = {
        row.claim["id"]
        for row in every
        if (row.claim["earliest"] or "")[:4] <= str(year + long)
        and (row.claim["latest"] or "9")[:4] >= str(year)
    }
    assert {row.claim["id"] for row in view.rows} == found


def test_thousands_of_events_are_counted_in_columns_that_lead_closer(changed: Any) -> None:
    many = changed(
        "insert into claims select s.* replace ('c-' || printf('%016x', i) as id, (date '1950-01-01' + cast(i * 3 as integer)) as earliest,"
        " (date '1950-01-01' + cast(i * 3 as integer)) as latest, cast(date '1950-01-01' + cast(i * 3 as integer) as varchar) as value_edtf)"
        " from (select * from claims where predicate = 'arrival' and subject_label = 'Petros Galanis' limit 1) s, range(5000) t(i)"
    )
    view = timeline(many, asked())
    assert view.n > 5000
    assert view.drawn is not None
    for drawing in (view.drawn.wide, view.drawn.narrow):
        assert len(drawing.svg) < 80_000
        counts = [
            int(found.replace(",", "")) for found in re.findall(r"<title>([\d,]+) dates from", drawing.svg)
        ]
        persons = next(facet for facet in view.facets if facet.name == "kind").choices[0]
        assert persons.label == "people"
        assert sum(counts) == persons.n
        assert re.search(r'href="/timeline\?from=\d{4}-\d\d-\d\d&amp;to=\d{4}-\d\d-\d\d"', drawing.svg)
        assert "Settlement Act" in drawing.svg  # small lanes are drawn one by one
    html_of(many, "timeline")
    html_of(many, "timeline", lanes="predicate", part="7")
    near = timeline(many, asked(from_="1962-01", to="1962-06"))
    assert near.drawn is not None
    assert near.drawn.wide.svg.count('class="event"') == near.n


# statistics


def test_a_series_stands_as_its_source_gives_it(views: shelf.Shelf) -> None:
    view = statistics(views, asked())
    (series,) = view.series
    assert [(f.row["period"], f.value, f.told_of) for f in series.figures] == [
        ("../1960", "64", None),
        ("1962", "40", 3),
        ("1963", "90", 0),
        ("1964", "about 150", 1),
        ("1966", "210", 0),
    ]
    for figure in series.figures:
        source = next(page for page in PAGES if page.name == "source")
        printed = Press(views, PAGES, title="x").print(source, "en", figure.row["source"])
        assert isinstance(printed, Printed)
        address, _, place = figure.place.partition("#")
        assert address == "/sources/register.md"
        assert f'id="{place}"' in printed.html
        assert figure.place in series.drawn.wide.svg
        assert figure.place in series.drawn.narrow.svg
    assert "1965: no figure" in titles(series.drawn.wide.svg)
    assert any(title.startswith("Settlement Act: 1962 to 1971") for title in titles(series.drawn.wide.svg))
    assert "fade1" in series.drawn.wide.svg  # about
    assert series.told_of is not None


def test_a_house_and_what_it_can_take(views: shelf.Shelf) -> None:
    (series,) = statistics(views, asked()).series
    (load,) = series.loads
    assert (load.house, load.most) == ("Lindholm House", 120)
    assert load.drawn.wide.svg.count('class="level"') == 1
    assert "Lindholm House can take: 120" in load.drawn.wide.svg
    assert [(f.year, round(share, 2)) for f, share in load.years] == [
        ("1962", 0.33), ("1963", 0.75), ("1964", 1.25), ("1966", 1.75),
    ]  # fmt: skip
    assert load.finding.id not in {f.id for f in series.findings}


def test_a_gap_before_the_first_figure_is_a_gap(changed: Any) -> None:
    gapped = changed(
        "insert into findings select 'f-gap', 'x', 'F001', 'coverage-gap', 'warning', 'open', '1961', '{\"missing\": \"1961\"}'",
        "insert into finding_members select 'f-gap', 0, source, start_char, end_char, quote, null from observations where period = '1962'",
    )
    (series,) = statistics(gapped, asked()).series
    assert any(title.startswith("1961") and "no figure" in title for title in titles(series.drawn.wide.svg))
    assert "f-gap" in {f.id for f in series.findings}


def test_totals_stand_apart(changed: Any) -> None:
    total = changed(
        "update observations set role = 'stated-total', period = '1962/1966' where period = '1966'"
    )
    (series,) = statistics(total, asked()).series
    assert sum(f.row["role"] == "stated-total" for f in series.figures) == 1
    assert "stated total" in series.drawn.wide.svg
    assert next(f for f in series.figures if f.row["role"] == "stated-total").told_of is None
    assert words_of("ko")("drawing.total") in html_of(total, "statistics", "ko")


def test_a_column_of_totals_is_drawn_in_columns(changed: Any) -> None:
    totals = changed(
        "update observations set role = 'stated-total'",
        "update observations set period = '1962/1966' where period = '1966'",
    )
    (series,) = statistics(totals, asked()).series
    assert series.drawn.wide.svg.count('class="column') == 3
    assert "stated total 1966" in series.drawn.wide.svg


def test_files_of_a_series(views: shelf.Shelf) -> None:
    (series,) = statistics(views, asked()).series
    assert [suffix for suffix, _ in series.downloads] == ["csv", "svg"] + ["png"] * has_png()
    for download in DOWNLOADS:
        assert download.make(views, asked("nothing")) is None
        made = download.make(views, asked(series.id))
        if download.suffix == "png" and not has_png():
            assert made is None
            continue
        assert made is not None
        if download.suffix == "csv":
            rows = list(csv.DictReader(io.StringIO(made.decode())))
            assert [row["value"] for row in rows] == ["64", "40", "90", "150", "210"]
            text = views.text("register.md", 0, 10**6)
            assert all(text[int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)
        elif download.suffix == "svg":
            assert made.startswith(b"<?xml")
            assert b"var(--" not in made
        else:
            assert made.startswith(b"\x89PNG")


def test_without_the_extra_no_picture_is_offered(views: shelf.Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "resvg_py", None)
    assert ".png" not in html_of(views, "statistics")
    assert ".svg" in html_of(views, "statistics")


def test_many_and_long_series(changed: Any) -> None:
    many = changed(
        "insert into observations select o.* replace ('s-' || printf('%016x', i) as series, 'series ' || i as series_label) from observations o, range(300) t(i)",
        "insert into observations select o.* replace ('s-long' as series, 'long' as series_label, i as position,"
        " cast(1000 + i as varchar) as period, cast(1000 + i as varchar) as label, i as value)"
        " from (select * from observations limit 1) o, range(900) t(i)",
    )
    view = statistics(many, asked())
    assert view.n_series == 302
    assert view.series[0].id == "s-long"
    assert len(view.series[0].figures) < 900
    html_of(many, "statistics")
    parts = [statistics(many, asked(series="s-long", part=str(n))).series[0] for n in range(1, 6)]
    assert parts[0].n_parts == 4
    assert [f.row["position"] for part in parts[:4] for f in part.figures] == list(range(900))
    html_of(many, "statistics", series="s-long", part="2")


# routes


def test_legs_are_drawn_by_transport_and_number(views: shelf.Shelf) -> None:
    view = routes(views, asked())
    told = {(leg.start, leg.end, leg.transport, leg.people) for leg in view.legs}
    assert told == {
        ("Piraeus", "Alexandria", "by water", 1),
        ("Alexandria", "Malta", "by water", 1),
        ("Athens", "Rome", "by air", 1),
        ("Rome", "London", "by air", 1),
        ("Sofia", "Belgrade", "by rail", 5),
    }
    assert [name for name, _ in view.nowhere] == ["a third country"]
    assert view.drawn is not None
    for leg in view.legs:
        assert f"{leg.start} → {leg.end}, {leg.transport}" in "".join(titles(view.drawn.wide.svg))
        assert f'href="#{leg.key}"' in view.drawn.wide.svg
    assert {land.code: land.n for land in view.countries} == {
        "GR": 2, "EG": 1, "MT": 1, "IT": 1, "GB": 1, "BG": 1, "RS": 1, "AT": 1,
    }  # fmt: skip
    assert view.n == len(view.journeys) == 5  # one source says that he sailed, the other does not say how
    assert all(journey.passages for journey in view.journeys)


def test_every_place_of_the_map_is_on_the_page(views: shelf.Shelf) -> None:
    html = html_of(views, "routes")
    whole(html)
    ids = set(re.findall(r'\bid="([^"]*)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_a_far_place_leaves_the_map_to_the_others(changed: Any) -> None:
    far = changed(
        "update claims set value_stops = [{'text': 'Vienna', 'entity': null}, {'text': 'Sydney', 'entity': null}]"
        " where predicate = 'route' and subject_label = 'Stoyan Iliev'"
    )
    near, all_ = routes(far, asked()), routes(far, asked(map="all"))
    assert near.beyond == ("Sydney",)
    assert all_.beyond == ()
    assert near.drawn is not None
    assert all_.drawn is not None
    assert "Sydney" not in near.drawn.wide.svg
    assert "Sydney" in all_.drawn.wide.svg
    assert "map=all" in html_of(far, "routes")


def test_two_means_told_of_one_leg_count_nobody_twice(changed: Any) -> None:
    both = changed(
        "insert into claims select * replace ('c-again' as id, 'notes.md' as source, 'train' as value_text) from claims"
        " where predicate = 'route' and subject_label = 'Five miners'"
    )
    (leg,) = [leg for leg in routes(both, asked()).legs if leg.start == "Sofia"]
    assert leg.people == 5


@pytest.mark.parametrize(
    ("name", "place", "is_whole"),
    [
        ("Zagreb", "Zagreb", True),
        ("the Spanish embassy in Lisbon, Portugal", "Lisbon", False),
        ("a farm near Graz", "Graz", False),
        ("Lisbon's harbour", "Lisbon", False),
        ("a neighbouring country", None, None),
        ("the border", None, None),
        ("", None, None),
        ("x" * 5000, None, None),
        ("in in in of of of the the", None, None),
    ],
)
def test_where_a_stop_lies(name: str, place: str | None, is_whole: bool | None) -> None:
    found = located(name, ())
    assert (found.name, found.is_whole) == (place, is_whole) if found else place is None


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_words_may_be_a_stop(names: list[str]) -> None:
    near = named_nearby(names)
    for name in names:
        found = located(name, near)
        assert found is None or (abs(found.latitude) <= 90 and abs(found.longitude) <= 180)


# the front page, periods, and what holds of all


def test_the_front_page_has_periods_and_a_small_timeline(views: shelf.Shelf) -> None:
    view = overview(views, asked())
    assert view.timeline is not None or view.has_series
    assert view.has_series
    bands = periods(views, asked(), "1960", "1965")
    assert [(band.name, band.period) for band in bands] == [("Settlement Act", "1962/1971")]
    assert periods(views, asked(), "1980", "1990") == ()
    assert 'href="/statistics"' in html_of(views, "overview")


def test_what_begins_or_ends_outside_a_chart_is_not_behind_it(changed: Any) -> None:
    def within(first: str, last: str, value: str, earliest: str, latest: str) -> list[str]:
        on = changed(
            f"update claims set value_edtf = '{value}', earliest = {earliest}, latest = {latest} where predicate = 'effective'"
        )
        return [band.period for band in periods(on, asked(), first, last)]

    assert within("1980", "1990", "../1985", "null", "'1985-12-31'") == ["../1985"]
    assert (
        within("1960", "1970", "../1985", "null", "'1985-12-31'") == []
    )  # nobody says that it held so early
    assert within("1980", "1990", "1985/..", "'1985-01-01'", "null") == ["1985/.."]
    assert within("1990", "1999", "1985/..", "'1985-01-01'", "null") == []
    assert within("1990", "1999", "1985/2005", "'1985-01-01'", "'2005-12-31'") == ["1985/2005"]


@pytest.mark.parametrize(
    ("first", "by", "drawn"), [(1900, "year", 100), (1650, "decade", 35), (200, "decade", 0)]
)
def test_arrivals_over_many_years_are_drawn_by_decade(changed: Any, first: int, by: str, drawn: int) -> None:
    years = [first, 1955, 1999]
    nth = "(select n from (select min(id) as id, row_number() over (order by subject) as n from claims where predicate = 'arrival' group by subject) c where c.id = claims.id)"
    on = changed(
        f"create temp table kept as select id, {nth} as n from claims where predicate = 'arrival'",
        "delete from claims where id in (select id from kept where n is null or n > 3)",
        *(
            f"update claims set value_edtf = '{year:04}', earliest = '{year:04}-01-01', latest = '{year:04}-12-31' "
            f"where id in (select id from kept where n = {n})"
            for n, year in enumerate(years, 1)
        ),
    )
    view = overview(on, asked())
    assert [year for year, _ in view.arrivals] == [f"{year:04}" for year in years]
    assert view.is_by_decade == (by == "decade")
    charts = "".join(chart.svg for chart in view.charts[:1])
    assert charts.count('class="column') == drawn
    assert ("Arrivals by decade" in html_of(on, "overview")) == (by == "decade")


def test_an_empty_chronicle_has_all_pages(changed: Any) -> None:
    tables = (
        "claims",
        "claim_evidence",
        "observations",
        "mentions",
        "entities",
        "findings",
        "finding_members",
    )
    empty = changed(*(f"delete from {table}" for table in tables))
    for name in ("overview", "timeline", "statistics", "routes"):
        for language in LANGUAGES:
            whole(html_of(empty, name, language))


def test_hostile_words_are_words(changed: Any) -> None:
    quoted = HOSTILE.replace("'", "''")
    hostile = changed(
        f"update claims set subject_label = '{quoted}', value_text = '{quoted}'",
        f"update claims set value_stops = [{{'text': '{quoted}', 'entity': null}}, {{'text': 'Rome', 'entity': null}}] where predicate = 'route'",
        f"update entities set label = '{quoted}'",
        f"update observations set series_label = '{quoted}', label = '{quoted}', quote = '{quoted}', series = '{quoted}'",
        f"update claims set when_edtf = '{quoted}', value_edtf = '{quoted}' where subject_kind in ('person', 'law')",
        f'update findings set computed = \'{{"most": "{7 * 7}", "working": 3}}\', summary = \'{quoted}\'',
    )
    for name in ("overview", "timeline", "statistics", "routes"):
        tree = whole(html_of(hostile, name))
        assert [script.get("src") for script in tree.iter("script")] == ["/static/regesta.js"]
    for download in DOWNLOADS:
        made = download.make(hostile, asked(HOSTILE))
        if download.suffix == "svg":
            assert made is not None
            assert b"<script" not in made


def test_every_view_is_whole_in_every_language(views: shelf.Shelf) -> None:
    for name in ("overview", "timeline", "statistics", "routes"):
        for language in LANGUAGES:
            tree = whole(html_of(views, name, language))
            assert len(tree.findall(".//h1")) == 1
            assert not [e for e in tree.iter() if isinstance(e.tag, str) and e.get("style")]


def test_the_seeds(shared: Path, tmp_path: Path) -> None:
    rebuild([shared / "seeds"], output=tmp_path / "seeds.duckdb", jobs=1)
    shelf.make(tmp_path / "seeds.duckdb", tmp_path / "seeds.sqlite")
    seeds = shelf.open(tmp_path / "seeds.sqlite")
    assert timeline(seeds, asked()).n > 80
    (series,) = statistics(seeds, asked()).series
    assert series.n == 22
    assert len(series.loads) == 1
    assert any("1989" in title and "no figure" in title for title in titles(series.drawn.wide.svg))
    assert len(routes(seeds, asked()).legs) >= 5
    for name in ("overview", "timeline", "statistics", "routes"):
        whole(html_of(seeds, name))


def test_tables_as_files() -> None:
    rows = [("a", 'say "x", y'), ("=1+1", "ü\n"), (None, 2.5)]
    made = as_csv(["one", "two"], rows)
    assert list(csv.reader(io.StringIO(made.decode(), newline=""))) == [
        ["one", "two"], ["a", 'say "x", y'], ["=1+1", "ü\n"], ["", "2.5"],
    ]  # fmt: skip
