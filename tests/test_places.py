"""The gazetteer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import places

FOLDER = Path(places.__file__).parent / "gazetteer"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("South Korea", "KR"),
        ("the Republic of Korea", "KR"),
        ("DPRK", "KP"),
        ("NORTH KOREA", "KP"),
        ("GDR", "DDDE"),
        ("USSR", "SUHH"),
        ("the Soviet Union", "SUHH"),
        ("Czechoslovakia", "CSHH"),
        ("Côte d'Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Burma", "MM"),
        ("UK", "GB"),
        ("U.S.", "US"),
        ("the Netherlands", "NL"),
        ("Tibet", "x-tibet"),
    ],
)
def test_countries(name: str, code: str) -> None:
    assert places.country(name) == code
    assert places.kind(name) == "country"


@pytest.mark.parametrize(
    "word", ["turkey", "china", "chad", "us", "Smith", "", " ", "the", "Korean", "north korea"]
)
def test_not_countries(word: str) -> None:
    assert places.country(word) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("North Korean", "KP"),
        ("North Koreans", "KP"),
        ("West German", "DE"),
        ("East Germans", "DDDE"),
        ("Soviet", "SUHH"),
        ("Soviets", "SUHH"),
        ("South Vietnamese", "VDVN"),
        ("Yugoslavs", "YUCS"),
        ("Rhodesians", "RHZW"),
        ("Frenchmen", "FR"),
        ("Dutchwomen", "NL"),
        ("Cubans", "CU"),
        ("Chinese", "CN"),
        ("Swiss", "CH"),
        ("Poles", "PL"),
        ("Polish", "PL"),
        ("Kurds", "x-kurds"),
        ("Uyghurs", "x-east-turkestan"),
        ("Rohingya", "x-rohingya"),
        ("Jews", "x-jews"),
        ("EAST GERMAN", "DDDE"),
    ],
)
def test_demonyms(word: str, code: str) -> None:
    assert places.demonym(word) == code


@pytest.mark.parametrize("word", ["polish", "Korea", "Berliner", "Smith", "Germanic", "french fries"])
def test_not_demonyms(word: str) -> None:
    assert places.demonym(word) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Budapest", "city"),
        ("Łódź", "city"),
        ("Lodz", "city"),
        ("Saint Petersburg", "city"),
        ("LENINGRAD", "city"),
        ("Saigon", "city"),
        ("Panmunjom", "city"),
        ("Shenyang", "city"),
        ("Addis Ababa", "city"),
        ("New York City", "city"),
        ("Siberia", "region"),
        ("the Caucasus", "region"),
        ("Guantánamo", "region"),
        ("Checkpoint Charlie", "region"),
        ("Yalu River", "water"),
        ("the Baltic Sea", "water"),
        ("Straits of Florida", "water"),
        ("Rio Grande", "water"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert places.kind(name) == kind
    assert places.is_place(name)


@pytest.mark.parametrize(
    "name", ["Petrov", "Colonel", "Reading", "mobile", "budapest", "Former", "Ivan Petrov", "?", "1968"]
)
def test_not_places(name: str) -> None:
    assert places.kind(name) is None
    assert not places.is_place(name)


def test_every_row_is_whole() -> None:
    rows = [
        line.split("|")
        for line in (FOLDER / "countries.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert {len(row) for row in rows} == {3}
    assert [code for code, n in Counter(row[0] for row in rows).items() if n > 1] == []
    twice = Counter(name for row in rows for name in row[1].split(";") if name)
    assert [name for name, n in twice.items() if n > 1] == []
    demonyms = Counter(word for row in rows for word in row[2].split(";") if word)
    assert [word for word, n in demonyms.items() if n > 1] == []
    for code, *_ in rows:
        assert places.country_name(code)


def test_regions_name_their_kind() -> None:
    for line in (FOLDER / "regions.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            assert line.partition("|")[0] in {"water", "region", "city"}


def test_the_source_is_named() -> None:
    text = (FOLDER / "cities.txt").read_text("utf-8")
    assert "GeoNames, CC BY 4.0" in text.partition("\n")[0]
    cities = text.split("\n")[1:-1]
    assert len(cities) > 5000
    assert cities == sorted(set(cities))


@given(st.text(max_size=60))
def test_no_text_breaks_a_look_up(text: str) -> None:
    assert places.is_place(text) == (places.kind(text) is not None)
    assert (places.country(text) is not None) == (places.kind(text) == "country")
    assert places.demonym(text) is None or places.country_name(places.demonym(text) or "")
