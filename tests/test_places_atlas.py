"""Which place a name means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import places
from regesta.places import atlas, bare, folded, identify, nearby, settled

FOLDER = Path(places.__file__).parent / "gazetteer"


def rows() -> list[list[str]]:
    return [line.split("|") for line in (FOLDER / "atlas.txt").read_text("utf-8").splitlines()[1:]]


def index() -> Iterator[tuple[str, list[int], list[int]]]:
    """Yield each name with its rows and those of whom it is a weaker name: all of it, slowly."""
    for line in (FOLDER / "atlas_names.txt").read_text("utf-8").splitlines()[1:]:
        _, _, cells = line.partition("|")
        for cell in cells.strip(";").split(";"):
            name, _, numbers = cell.partition("=")
            strong, _, weak = numbers.partition("~")
            yield name, [int(n) for n in strong.split(",") if n], [int(n) for n in weak.split(",") if n]


@pytest.mark.parametrize(
    ("name", "near", "id_"),
    [
        ("Aichi-ken", (), "iso:JP-23"),
        ("愛知県", (), "iso:JP-23"),
        ("Aichi Prefecture", (), "iso:JP-23"),
        ("Sverdlovsk Oblast", (), "iso:RU-SVE"),
        ("Свердловская область", (), "iso:RU-SVE"),
        ("Provincia de Mendoza", (), "iso:AR-M"),
        ("Województwo Mazowieckie", (), "iso:PL-14"),
        ("Bundesland Hessen", (), "iso:DE-HE"),
        ("충청북도", (), "iso:KR-43"),
        ("Ch'ungch'ŏngbuk-to", (), "iso:KR-43"),
        ("Hamgyong-bukdo", (), "iso:KP-09"),
        ("Kangwon-do", (), "iso:KP-07"),
        ("Gangwon-do", (), "iso:KR-42"),
        ("Kangwon-do", ("KR",), "iso:KR-42"),
        ("Kangwon-do", ("North Korea", "South Korea"), "iso:KP-07"),
        ("Gangwon-do", ("KP", "KR"), "iso:KR-42"),
        ("강원도", ("Pyongyang",), "iso:KP-07"),
        ("강원도", ("Seoul",), "iso:KR-42"),
        ("강원도", (), None),
        ("the Netherlands", (), "iso:NL"),
        ("USSR", (), "iso:SUHH"),
        ("us", (), None),
        ("Us", (), None),
        ("turkey", (), None),
        ("the turkey", (), None),
        ("Tripoli", (), "geonames:2210247"),
        ("Tripoli", ("Lebanon", "Syria"), None),
        ("Cambridge", ("English",), "geonames:2653941"),
        ("Cambridge", (), None),
        ("Córdoba", ("Argentina",), "geonames:3860259"),
        ("Springfield, Illinois", (), "geonames:4250542"),
        ("Springfield, IL", (), "geonames:4250542"),
        ("Springfield (Illinois)", (), "geonames:4250542"),
        ("Springfield, Ohio", (), "geonames:4525353"),
        ("Vienna, Nowhere", (), None),
        ("Lake Baikal", (), "regesta:baikal"),
        ("Amrok River", (), "regesta:yalu"),
        ("Bodensee", (), "regesta:lake-constance"),
        ("Hudson River", (), None),
        ("", (), None),
        ("?", (), None),
        (";", (), None),
        ("seoul=1", (), None),
    ],
)
def test_places(name: str, near: tuple[str, ...], id_: str | None) -> None:
    found = settled(name, near)
    assert (found.id if found else None) == id_


@pytest.mark.parametrize(
    ("name", "latitude", "longitude", "country"),
    [
        ("Seoul", 37.6, 127.0, "KR"),
        ("Gyeonggi Province", 37.3, 127.1, "KR"),
        ("Nairobi", -1.3, 36.8, "KE"),
        ("Norway", 59.9, 10.7, "NO"),
        ("Honolulu", 21.3, -157.9, "US"),
        ("United States", 38.9, -77.0, "US"),
    ],
)
def test_coordinates(name: str, latitude: float, longitude: float, country: str) -> None:
    found = settled(name)
    assert found is not None
    assert found.country == country
    assert found.latitude == pytest.approx(latitude, abs=0.2)
    assert found.longitude == pytest.approx(longitude, abs=0.2)


def test_states_that_are_gone_say_who_is_there_today() -> None:
    gone = settled("East Germany")
    assert gone is not None
    assert (gone.country, gone.today) == ("DDDE", ("DE",))
    river = settled("Mekong")
    assert river is not None
    assert river.country is None
    assert "LA" in river.countries


def test_every_row_is_whole() -> None:
    seen = set()
    for id_, name, kind, _, countries, today, lat, lon, people in rows():
        assert id_ not in seen
        seen.add(id_)
        assert name
        assert kind in {"country", "division", "city", "water", "mountain", "region"}
        assert all(
            len(code) in {2, 4} or code.startswith("x-") for code in (*countries.split(), *today.split())
        )
        assert (lat == "") == (lon == "")
        assert not lat or (-90 <= float(lat) <= 90 and -180 <= float(lon) <= 180)
        assert int(people) >= 0
    assert len(seen) > 35_000


def test_the_sources_are_named() -> None:
    for name in ("atlas.txt", "atlas_names.txt"):
        first = (FOLDER / name).read_text("utf-8").partition("\n")[0]
        assert "GeoNames (CC BY 4.0)" in first
        assert "ISO 3166-2" in first


def test_the_index_finds_what_reading_all_of_it_finds() -> None:
    lines = (FOLDER / "atlas.txt").read_text("utf-8").split("\n")
    names = set()
    for name, strong, weak in index():
        assert name not in names
        names.add(name)
        found = atlas._found(name)
        assert [row.strip() for row in found[0]] == [lines[n] for n in strong]
        assert [row.strip() for row in found[1]] == [lines[n] for n in weak]
    assert {n for _, strong, _ in index() for n in strong} == set(range(1, len(rows()) + 1))


@pytest.mark.parametrize(
    ("name", "left", "class_"),
    [
        ("gyeonggi do", "gyeonggi", "state"),
        ("state of hawaii", "hawaii", "state"),
        ("special self governing province", "special self governing", "state"),
        ("freetown", "freetown", None),
        ("musan gun", "musan", "county"),
        ("군산시", "군산", "city"),
        ("province", "province", None),
        ("mount elbrus", "elbrus", "mountain"),
    ],
)
def test_generic_words(name: str, left: str, class_: str | None) -> None:
    assert bare(name) == (left, class_)


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=3))
def test_no_text_breaks_it(name: str, near: list[str]) -> None:
    found = identify(name, near)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert len({one.id for one in found}) == len(found)
    best = settled(name, near)
    assert best is None or best == found[0]


NAMES = [row[1] for row in rows()[:6000:7]]


@given(st.sampled_from(NAMES))
def test_a_country_nearby_never_lowers_a_place_of_it(name: str) -> None:
    for place in identify(name):
        if place.country and len(place.country) == 2 and place.kind != "country":
            with_it = {one.id: place_no for place_no, one in enumerate(identify(name, [place.country]))}
            without = [one.id for one in identify(name)].index(place.id)
            assert with_it[place.id] <= without


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = folded(name)
    assert folded(once).replace("the ", "") == once.replace("the ", "")


def test_a_megabyte_is_no_name() -> None:
    assert identify("Kang" * 250_000) == ()
    assert nearby(("Kang" * 250_000,)) == frozenset()
