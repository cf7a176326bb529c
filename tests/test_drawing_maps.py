"""Maps: the projections are those of their sources, nothing is guessed, names are apart, the land is where land is."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.drawing import Country, Leg, Stop, routes
from regesta.drawing.land import land
from regesta.drawing.lettering import SMALL, width_of
from regesta.drawing.placing import Room
from regesta.drawing.projection import View, fit, turned
from regesta.drawing.shapes import _clipped, middle_of, shapes

SVG = "{http://www.w3.org/2000/svg}"
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
PLACES = st.lists(st.tuples(LON, LAT), min_size=1, max_size=12)


def numbers(path: str) -> list[tuple[float, float]]:
    """Return the points of a path of `M x y l dx dy ... z`, in tenths of a pixel."""
    found: list[tuple[float, float]] = []
    for piece in path.replace("z", "").split("M")[1:]:
        start, _, rest = piece.partition("l")
        x, y = (int(n) for n in start.split())
        found.append((x, y))
        steps = [int(n) for n in rest.replace("-", " -").split()]
        assert len(steps) % 2 == 0
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_lambert_keeps_distances_from_the_middle() -> None:
    """The chord: 2 sin(c / 2), here for 60 degrees along the equator, and for the pole."""
    view = View(0, 0, False, 1, 0, 0, 10, 10)
    assert view.at(60, 0) == pytest.approx((1.0, 0.0))
    assert view.at(0, 90) == pytest.approx((0.0, -math.sqrt(2)))


def test_equal_earth_keeps_areas() -> None:
    """Cells of one degree have the area of the sphere's, wherever they lie."""
    view = View(0, 0, True, 1, 0, 0, 10, 10)
    for lat in (0, 25, 50, 75):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (
            view.at(20, lat),
            view.at(21, lat),
            view.at(21, lat + 1),
            view.at(20, lat + 1),
        )
        area = abs((x0 - x2) * (y1 - y3) - (x1 - x3) * (y0 - y2)) / 2
        true = math.radians(1) * (math.sin(math.radians(lat + 1)) - math.sin(math.radians(lat)))
        assert area == pytest.approx(true, rel=2e-3)


@settings(deadline=None)
@given(PLACES, st.sampled_from([(360, 300), (960, 520)]))
def test_the_frame_holds_all_places(places: list[tuple[float, float]], size: tuple[int, int]) -> None:
    view = fit(places, *size)
    for lon, lat in places:
        x, y = view.at(lon, lat)
        assert -0.5 <= x <= size[0] + 0.5
        assert -0.5 <= y <= size[1] + 0.5


def test_the_date_line_divides_nothing() -> None:
    view = fit([(178.4, -18.1), (-171.8, -13.8)], 600, 400)
    assert not view.is_world
    assert abs(turned(view.longitude - 183.3)) < 1
    assert shapes(view, ["FJ"]).countries["FJ"]


def test_the_edge_of_the_world_cuts_few_ways() -> None:
    places = [(127.0, 37.5), (-118.2, 34.0), (-0.1, 51.5), (174.8, -36.9)]
    ways = [(-0.1, 127.0), (127.0, -118.2), (127.0, 174.8)]
    view = fit(places, 600, 300, ways=ways)
    assert view.is_world
    for a, b in ways:
        assert abs(turned(a - view.longitude) - turned(b - view.longitude)) <= 180


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (127.0, 37.0, "KR"),
        (126.0, 39.5, "KP"),
        (102.5, 25.0, "CN"),
        (2.3, 46.5, "FR"),
        (-99, 19.5, "MX"),
        (178.0, -17.8, "FJ"),
        (21.0, 42.6, "XK"),
        (33.0, 35.2, "CY"),
        (34.3, 45.2, "UA"),
    ],
)
def test_land_is_where_it_is(lon: float, lat: float, code: str) -> None:
    """A point lies inside a country if a line from it to the left meets its edge an odd number of times."""
    view = fit([(lon - 3, lat - 2), (lon + 3, lat + 2)], 600, 400)
    path = shapes(view, [code]).countries[code]
    px, py = (c * 10 for c in view.at(lon, lat))
    crossings = 0
    for piece in path.split("z")[:-1]:
        ring = numbers(piece)
        for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y0 > py) != (y1 > py) and x0 + (py - y0) / (y1 - y0) * (x1 - x0) < px:
                crossings += 1
    assert crossings % 2 == 1


@settings(max_examples=25, deadline=None)
@given(PLACES)
def test_land_stays_in_the_frame(places: list[tuple[float, float]]) -> None:
    view = fit(places, 600, 400)
    found = shapes(view, ["RU", "US", "FJ", "AQ"])
    for path in (found.land, found.shore, found.border, found.disputed, *found.countries.values()):
        for x, y in numbers(path):
            assert -1 <= x <= 6001
            assert -1 <= y <= 4001
    for x, y, wide in found.middles.values():
        assert 0 <= x <= 600
        assert 0 <= y <= 400
        assert wide >= 0


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=20))
def test_cutting_like_the_slow_way(ring: list[tuple[float, float]]) -> None:
    """Point by point, as in the paper of Sutherland and Hodgman."""
    slow = ring
    for bound, sign in ((-10.0, 1), (20.0, -1)):
        out = []
        for (a, b), (c, d) in zip(slow, [*slow[1:], *slow[:1]], strict=True):
            if sign * (a - bound) >= 0:
                out.append((a, b))
            if (sign * (a - bound) >= 0) != (sign * (c - bound) >= 0):
                out.append((bound, b + (bound - a) / (c - a) * (d - b)))
        slow = out
    u, v = _clipped(np.array([p[0] for p in ring]), np.array([p[1] for p in ring]), -10.0, 20.0)
    assert len(u) == len(slow)
    assert np.allclose(np.array(slow).reshape(-1, 2), np.stack([u, v], 1))


def test_the_shapes() -> None:
    found = land()
    assert len(found.longitude) == found.starts[-1]
    codes = {polygon.code for polygon in found.polygons}
    assert codes >= {"KR", "KP", "XK", "FJ", "AQ", "SG", "VA"}
    assert sum(polygon.code == "" for polygon in found.polygons) < 5
    assert {int(kind) for kind in found.kind} == {0, 1, 2}
    assert middle_of("ZZ") == ()


NAMES = st.text(min_size=1, max_size=20) | st.sampled_from(
    ["Seoul", "서울", "<b>", "a\x00", "Thiruvananthapuram"]
)
STOPS = st.builds(
    Stop, NAMES, st.none() | LAT, st.none() | LON, link=st.none() | st.just("javascript:x") | st.just("p/1")
)
LEGS = st.builds(
    Leg, STOPS, STOPS, st.sampled_from(["", "on foot", "by <sea>"]), st.none() | st.floats(0, 1e6)
)


def box_of(text: ET.Element) -> tuple[float, float, float, float]:
    x, y, wide = float(text.attrib["x"]), float(text.attrib["y"]), width_of(text.text or "", SMALL)
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor", "start")]
    return left, y - SMALL * 0.6, left + wide, y


@settings(max_examples=40, deadline=None)
@given(st.lists(LEGS, max_size=15), st.lists(STOPS, max_size=5), st.sampled_from([360, 720]))
def test_any_journeys(legs: list[Leg], stops: list[Stop], width: int) -> None:
    lands = [Country("KR", "<Korea>", 5), Country("ZZ", "nowhere")]
    drawing = routes(legs, title="any", stops=stops, countries=lands, width=width, height=300)
    root = ET.fromstring(drawing.svg)  # noqa: S314
    assert "javascript" not in drawing.svg
    assert "nowhere" in drawing.omitted
    unknown = {stop.name for leg in legs for stop in (leg.start, leg.end) if not stop.is_located}
    assert unknown <= set(drawing.omitted)
    drawn = sum(leg.start.is_located and leg.end.is_located for leg in legs)
    shown = [p for p in root.iter(SVG + "path") if (p.get("class") or "").startswith("leg ")]
    legend = [g for g in root.iter(SVG + "g") if (g.get("class") or "").startswith("legend")]
    assert len(shown) - len(legend) == drawn
    texts = [
        t
        for t in root.iter(SVG + "text")
        if t.get("class") in {"name", "value", "area"} and float(t.attrib["y"]) < drawing.height - 40
    ]
    boxes = sorted(box_of(text) for text in texts)
    for k, one in enumerate(boxes):
        for other in boxes[k + 1 :]:
            if other[0] >= one[2]:
                break
            assert other[1] >= one[3] or one[1] >= other[3]
    assert drawing == routes(legs, title="any", stops=stops, countries=lands, width=width, height=300)


def test_a_stop_without_coordinates_is_never_guessed() -> None:
    lost = Stop("somewhere in the north")
    leg = Leg(Stop("Hanoi", 21.03, 105.85), lost, "on foot", 2)
    drawing = routes([leg, Leg(lost, lost)], title="x")
    assert drawing.omitted == (
        "somewhere in the north",
        "Hanoi → somewhere in the north",
        "somewhere in the north → somewhere in the north",
    )
    assert drawing.svg.count('class="stop"') == 1


@pytest.mark.parametrize("latitude", [float("nan"), float("inf"), 91.0, None])
def test_coordinates_that_are_none(latitude: float | None) -> None:
    assert routes([], stops=[Stop("x", latitude, 10.0)], title="x").omitted == ("x",)


def test_more_people_are_a_wider_line() -> None:
    a, b, c = Stop("a", 10, 10), Stop("b", 12, 12), Stop("c", 9, 13)
    root = ET.fromstring(routes([Leg(a, b, "", 1), Leg(b, c, "", 100)], title="x").svg)  # noqa: S314
    widths = [
        float(p.attrib["stroke-width"])
        for p in root.iter(SVG + "path")
        if (p.get("class") or "").startswith("leg")
    ]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 3 * widths[1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "Seoul", "서울특별시"]), st.floats(0, 300), st.floats(0, 200)),
        max_size=40,
    )
)
def test_names_are_apart(spots: list[tuple[str, float, float]]) -> None:
    room = Room(300, 200)
    placed = []
    for name, x, y in spots:
        found = room.place(name, x, y, size=12, gap=6)
        if found:
            left = {
                "start": found[0],
                "middle": found[0] - width_of(name) / 2,
                "end": found[0] - width_of(name),
            }[found[2]]
            placed.append((left, found[1] - 9, left + width_of(name), found[1]))
    for k, one in enumerate(placed):
        assert one[0] >= 0
        assert one[2] <= 300
        for other in placed[k + 1 :]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
