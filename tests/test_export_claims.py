"""Claims in the forms of other tools, read back: GeoJSON, QuickStatements, FollowTheMoney, iCalendar, TimelineJS."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, cast

import pytest
from followthemoney import model
from followthemoney.statement import Statement, read_statements
from geojson_pydantic import FeatureCollection
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from regesta.chronicle import Chronicle, flatten, settle, write
from regesta.chronicle import open as open_chronicle
from regesta.dates import bounds
from regesta.export import export
from regesta.export.geojson import geometry
from regesta.export.ics import days_of, folded
from regesta.export.quickstatements import date_of
from regesta.model import DateValue, EntityValue, Qualifiers, QuantityValue, RouteStop, RouteValue
from regesta.resolution import resolve
from regesta.vocab import wikidata

Make = Callable[..., Any]


@pytest.fixture
def rich(tmp_path: Path, made: Make) -> Path:
    """A chronicle by hand: what a source denies, about, between; a route over the 180th meridian; markup in words."""
    document, extraction = made()
    source = dataclasses.replace(
        document.source, url="https://herald.example/a", title='The "Herald" <b>', language="en-GB",
        date="1953-09-22", retrieved="2011-05",
    )  # fmt: skip
    document = dataclasses.replace(document, source=source)
    first, *_ = extraction.claims
    ada, crew, sund = (first.subject, extraction.claims[5].subject, extraction.claims[-1].subject)
    plain = Qualifiers(modality="asserted")
    evidence = first.evidence

    def claim(n: int, predicate: str, value: Any, subject: str = ada, **more: Any) -> Any:
        told: dict[str, Any] = {"qualifiers": plain, "when": None, "where": None, **more}
        return dataclasses.replace(
            first,
            id=f"c-{n:016x}",
            subject=subject,
            predicate=predicate,
            value=value,
            evidence=evidence,
            **told,
        )

    way = tuple(RouteStop(text=text) for text in ("Tokyo", "the open sea", "San Francisco"))
    claims = (
        claim(1, "birth", DateValue(edtf="1932-05-04")),
        claim(2, "birth", DateValue(edtf="1932~")),
        claim(3, "death", DateValue(edtf="198X")),
        claim(4, "death", DateValue(edtf="1990/1992-03")),
        claim(5, "death", DateValue(edtf="1999"), qualifiers=Qualifiers(modality="denied")),
        claim(6, "death", DateValue(edtf="1999"), subject=crew),
        claim(7, "route", RouteValue(stops=way, by="boat"), when="1997-01-30/1997-02-02"),
        claim(8, "population", QuantityValue(number=12345.0, unit="person"), subject=sund, when="1950"),
        claim(9, "population", QuantityValue(number=None, low=100, high=200, unit="person"), subject=sund),
        claim(10, "population", QuantityValue(number=5.0, unit="person"), subject=sund, qualifiers=Qualifiers(modality="asserted", bound="min")),
        claim(11, "companion", EntityValue(key=crew, label="12 sailors")),
        claim(12, "arrival", DateValue(edtf="2001-02-03"), where="in Nairobi, \n; \\ <i>"),
        claim(13, "arrival", DateValue(edtf="../1996")),
        claim(14, "location", EntityValue(key=sund, label="Springfield")),
    )  # fmt: skip
    extraction = dataclasses.replace(extraction, claims=(*extraction.claims, *claims))
    path = tmp_path / "rich.duckdb"
    of = [(document, [extraction])]
    write(path, chain(flatten(of), settle(resolve(of))), {})
    return path


@pytest.fixture(params=["rich", "demo", "chronicle_path"])
def chronicle(request: pytest.FixtureRequest) -> Iterator[Chronicle]:
    with open_chronicle(request.getfixturevalue(request.param)) as opened:
        yield opened


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def statements_in(path: Path) -> list[Statement]:
    return list(read_statements(BytesIO(path.read_bytes()), "csv"))


def _number(claim: str) -> int:
    """Return the number of a claim made by hand; others get large ones."""
    return int(claim.removeprefix("c-"), base=16)


def check_passages(chronicle: Chronicle, passages: list[dict[str, Any]]) -> None:
    assert passages
    for each in passages:
        assert chronicle.text(each["source"])[each["start"] : each["end"]] == each["quote"]


# GeoJSON


def test_geojson_is_read_and_complete(chronicle: Chronicle, tmp_path: Path) -> None:
    (path,) = export(chronicle, "geojson", tmp_path)
    told = json.loads(path.read_bytes())
    read: Any = FeatureCollection.model_validate(told)
    assert len(read.features) == len(told["features"])
    located = {c.id for c in chronicle.claims() if c.where_text or c.value_stops is not None or c.predicate in {"location", "origin", "imprisoned_at"}}  # fmt: skip
    placed = {f["id"] for f in told["features"] if f["properties"]["what"] != "place"}
    unplaced = {each["claim"] for each in told["unplaced"] if "claim" in each}
    assert placed | unplaced == located
    places = {e.id for e in chronicle.entities(kind="place")}
    assert {f["id"] for f in told["features"] if f["properties"]["what"] == "place"} | {
        each["entity"] for each in told["unplaced"] if "entity" in each
    } == places
    for each in (*told["unplaced"], *(f["properties"] for f in told["features"])):
        check_passages(chronicle, each["passages"])
    for feature in told["features"]:
        for x, y in points_of(feature["geometry"]):
            assert -180 <= x <= 180
            assert -90 <= y <= 90


def points_of(shape: dict[str, Any]) -> list[tuple[float, float]]:
    found = shape["coordinates"]
    match shape["type"]:
        case "Point":
            return [found]
        case "LineString":
            assert len(found) >= 2
            return list(found)
        case _:
            return [point for line in found for point in line]


def test_a_route_over_the_edge_of_the_map(rich: Path, tmp_path: Path) -> None:
    with open_chronicle(rich) as chronicle:
        (path,) = export(chronicle, "geojson", tmp_path)
    told = json.loads(path.read_bytes())
    by = {feature["id"]: feature for feature in told["features"]}
    way = by["c-0000000000000007"]
    assert way["geometry"]["type"] == "MultiLineString"
    assert [stop["placed"] for stop in way["properties"]["stops"]] == ["itself", None, "itself"]
    assert [each["words"] for each in told["unplaced"] if each.get("claim") == "c-0000000000000007"] == [
        "the open sea"
    ]
    assert (way["properties"]["earliest"], way["properties"]["latest"]) == ("1997-01-30", "1997-02-02")
    assert "c-000000000000000e" not in by  # one of many Springfields


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=8))
def test_no_line_leaps_over_the_map(points: list[tuple[float, float]]) -> None:
    shape = geometry(points)
    lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
    if shape["type"] != "Point":
        for line in lines:
            assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(line))
        assert lines[0][0] == points[0]
        assert lines[-1][-1] == points[-1]


# QuickStatements: a strict reader of version 1

_TIME = r"\+\d{4}-\d\d-\d\dT00:00:00Z/(?:8|9|10|11)"
_VALUE = re.compile(
    rf'(?:Q[1-9]\d*|somevalue|{_TIME}|[+-]\d+(?:\.\d+)?(?:\[[+-][\d.]+,[+-][\d.]+\])?|"[^\t\n]*"|[a-z]{{2,3}}:"[^\t\n]*")'
)


def statements_of(text: str) -> list[tuple[str, list[str]]]:
    """Return (label of the item, columns of the statement); raise on whatever version 1 does not have."""
    label, found = "", []
    for line in text.splitlines():
        columns = line.split("\t")
        if columns == ["CREATE"]:
            label = ""
            continue
        assert columns.pop(0) == "LAST"
        if re.fullmatch(r"L[a-z]{2,3}", columns[0]):
            assert re.fullmatch(r'"[^\t]{1,250}"', columns[1])
            label = columns[1][1:-1]
            continue
        assert label
        if columns[-1].startswith("/*"):
            assert re.fullmatch(r"/\* c-[0-9a-f]+ \*/", columns[-1])
        else:
            assert columns[0] == "P31"
            columns.append("")
        *pairs, comment = columns
        assert len(pairs) % 2 == 0
        in_references = False
        for at in range(0, len(pairs), 2):
            assert re.fullmatch(r"P[1-9]\d*" if at == 0 else r"[PS][1-9]\d*", pairs[at])
            assert _VALUE.fullmatch(pairs[at + 1]), pairs[at + 1]
            assert not (in_references and pairs[at][0] == "P")  # qualifiers stand before references
            in_references = pairs[at][0] == "S"
        found.append((label, [*pairs, comment]))
    return found


def test_quickstatements_are_read_and_complete(chronicle: Chronicle, tmp_path: Path) -> None:
    path, left = export(chronicle, "quickstatements", tmp_path)
    statements = [columns for _, columns in statements_of(path.read_text("utf-8")) if columns[-1]]
    told = Counter(columns[-1][3:-3] for columns in statements)
    others = lines_of(left)
    assert set(told.values()) <= {1}
    assert sorted([*told, *(row["claim"] for row in others)]) == sorted(c.id for c in chronicle.claims())
    known = {p.id for p in wikidata().properties.values()}
    for columns in statements:
        assert columns[0] in known
        assert "S1683" in columns
    for row in others:
        assert row["reason"]
        check_passages(chronicle, row["passages"])


def test_quickstatements_are_as_precise_as_the_claim(rich: Path, tmp_path: Path) -> None:
    with open_chronicle(rich) as chronicle:
        path, left = export(chronicle, "quickstatements", tmp_path)
    found = {
        _number(c[-1][3:-3]): (label, c[:-1]) for label, c in statements_of(path.read_text("utf-8")) if c[-1]
    }
    reasons = {_number(row["claim"]): row["reason"] for row in lines_of(left)}
    said = [
        "S854", '"https://herald.example/a"', "S1476", 'en:"The "Herald" <b>"', "S577", "+1953-09-22T00:00:00Z/11",
        "S813", "+2011-05-00T00:00:00Z/10", "S1683", 'en:"flew from Orland by way of Mere to Sund on 21 September 1953"',
    ]  # fmt: skip
    assert found[1] == ("Ada Brook", ["P569", "+1932-05-04T00:00:00Z/11", *said])
    assert found[2][1][:4] == ["P569", "+1932-00-00T00:00:00Z/9", "P1480", "Q5727902"]
    assert found[3][1][:2] == ["P570", "+1980-00-00T00:00:00Z/8"]
    assert found[4][1][:6] == [
        "P570",
        "somevalue",
        "P1319",
        "+1990-01-01T00:00:00Z/11",
        "P1326",
        "+1992-03-31T00:00:00Z/11",
    ]
    assert found[8] == ("Sund", ["P1082", "+12345", "P585", "+1950-00-00T00:00:00Z/9", *said])
    assert found[9][1][:2] == ["P1082", "+150[+100,+200]"]
    assert reasons[5] == "the source does not say that it is so: denied"
    assert reasons[6] == "P570 is not for a group"
    assert reasons[10] == "the value cannot be told in Wikidata"
    assert reasons[12] == "no property of Wikidata says this for certain"


@given(st.dates(dt.date(1583, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_date_keeps_its_precision(day: dt.date, length: int) -> None:
    edtf = day.isoformat()[:length]
    made = date_of(edtf)
    assert made is not None
    assert made[0].partition("/")[2] == {4: "9", 7: "10", 10: "11"}[length]
    assert made[0][1 : 1 + length] == edtf
    assert set(made[0][1 + length : 11]) <= set("-0")


# FollowTheMoney


def test_followthemoney_validates_every_entity(chronicle: Chronicle, tmp_path: Path) -> None:
    path, table, left = export(chronicle, "ftm", tmp_path)
    entities = {row["id"]: row for row in lines_of(path)}
    assert len(entities) == len(lines_of(path))
    for row in entities.values():
        schema = model.get(row["schema"])
        assert schema is not None
        schema.validate(cast("Any", row))
        cleaned = model.get_proxy(row)
        for name, values in row["properties"].items():
            assert sorted(cleaned.get(name)) == sorted(values), (row["schema"], name)
        for prop, value in model.get_proxy(row, cleaned=False).itervalues():
            if prop.type.name == "entity":
                assert value in entities
                target = model.get(entities[value]["schema"])
                assert target is not None
                assert prop.range is not None
                assert target.is_a(prop.range), (row["schema"], prop.name)
    claims = [c.id for c in chronicle.claims()]
    others = [row["claim"] for row in lines_of(left) if "claim" in row]
    assert sorted([*(i for i in entities if i in set(claims)), *others]) == sorted(claims)
    assert sum(e["schema"] == "Document" for e in entities.values()) == len(chronicle.sources())
    kinds = Counter(e.kind for e in chronicle.entities())
    schemata = Counter(e["schema"] for e in entities.values())
    assert (schemata["Person"], schemata["LegalEntity"], schemata["Organization"]) == (
        kinds["person"],
        kinds["group"],
        kinds["organisation"],
    )
    rows = statements_in(table)
    assert Counter(row.entity_id for row in rows) == Counter(
        {i: n for i, row in entities.items() if (n := sum(map(len, row["properties"].values())))}
    )
    for said in rows:
        assert said.id == said.generate_key()
        assert said.value in entities[said.entity_id]["properties"][said.prop]
        assert not said.origin or said.origin in set(claims)


def test_followthemoney_keeps_what_claims_say(rich: Path, tmp_path: Path) -> None:
    with open_chronicle(rich) as chronicle:
        path, table, _ = export(chronicle, "ftm", tmp_path)
    entities = {row["id"]: row for row in lines_of(path)}
    ada = next(row for row in entities.values() if row["schema"] == "Person")
    assert ada["properties"]["birthDate"] == ["1932-05-04"]
    assert "deathDate" not in ada["properties"]  # a decade, a range, and what is denied
    assert entities["c-0000000000000005"]["schema"] == "Note"
    assert "denied" in entities["c-0000000000000005"]["properties"]["summary"][0]
    assert entities["c-0000000000000007"]["schema"] == "Trip"
    assert entities["c-000000000000000b"]["schema"] == "UnknownLink"
    assert entities["c-000000000000000c"]["properties"]["date"] == ["2001-02-03"]
    assert "date" not in entities["c-000000000000000d"]["properties"]
    (born,) = [row for row in statements_in(table) if row.prop == "birthDate"]
    assert born.origin == "c-0000000000000001"


# iCalendar and TimelineJS


def test_a_calendar_is_read_and_complete(chronicle: Chronicle, tmp_path: Path) -> None:
    path, left = export(chronicle, "ics", tmp_path)
    data = path.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    calendar: Any = Calendar.from_ical(data)
    events = {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    assert not calendar.errors
    claims = {c.id: c for c in chronicle.claims()}
    assert sorted([*events, *(row["claim"] for row in lines_of(left))]) == sorted(claims)
    for id_, event in events.items():
        told = claims[id_].value_edtf or claims[id_].when_edtf or ""
        limits = bounds(told)
        assert limits.earliest is not None
        assert event["DTSTART"].dt == dt.date(*limits.earliest)
        assert chronicle.evidence(id_)[0].quote.split()[0] in event["DESCRIPTION"]


def test_words_in_a_calendar_are_words(rich: Path, tmp_path: Path) -> None:
    with open_chronicle(rich) as chronicle:
        path, left = export(chronicle, "ics", tmp_path)
    calendar: Any = Calendar.from_ical(path.read_bytes())
    events = {str(e["UID"])[:18]: e for e in calendar.walk("VEVENT")}
    assert str(events["c-000000000000000c"]["LOCATION"]) == "in Nairobi, \n; \\ <i>"
    trip = events["c-0000000000000007"]
    assert (trip["DTSTART"].dt, trip["DTEND"].dt) == (dt.date(1997, 1, 30), dt.date(1997, 2, 3))
    assert trip["DTSTAMP"].dt.date() == dt.date(2011, 5, 1)
    reasons = {_number(row["claim"]): row["reason"] for row in lines_of(left)}
    assert (reasons[2], reasons[13], reasons[14]) == (
        "not dated to the day",
        "not dated to the day",
        "not dated",
    )


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300))
def test_folding_loses_nothing(line: str) -> None:
    made = folded(line)
    assert made.endswith("\r\n")
    assert made[:-2].replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in made.split("\r\n"))


def test_days_of_a_date() -> None:
    cases = {"1953-09-21": 1, "1953-09-21/1953-09-23": 3}
    for edtf, days in cases.items():
        found = days_of(edtf)
        assert found is not None
        assert (found[1] - found[0]).days + 1 == days
    for edtf in (
        "1953-09",
        "1953-09-21?",
        "1953-XX-21",
        "../1953-09-21",
        "[1953-09-21,1953-09-22]",
        "no date",
        "",
    ):
        assert days_of(edtf) is None


def test_a_timeline_is_complete_and_its_words_are_no_markup(chronicle: Chronicle, tmp_path: Path) -> None:
    path, left = export(chronicle, "timeline", tmp_path)
    events = json.loads(path.read_bytes())["events"]
    claims = {c.id: c for c in chronicle.claims()}
    assert sorted([*(e["unique_id"] for e in events), *(row["claim"] for row in lines_of(left))]) == sorted(
        claims
    )
    for event in events:
        told = event["display_date"]
        assert told in {claims[event["unique_id"]].value_edtf, claims[event["unique_id"]].when_edtf}
        limits = bounds(told)
        assert limits.earliest is not None
        assert tuple(event["start_date"].values()) == limits.earliest[: len(event["start_date"])]
        marks = set(re.findall(r"<[^>]*>", event["text"]["headline"] + event["text"]["text"]))
        assert marks <= {"<blockquote>", "</blockquote>", "<p>", "</p>"}
        for passage in chronicle.evidence(event["unique_id"]):
            assert html.escape(passage.quote) in event["text"]["text"]
