"""Drawings are well-formed, inside their frame, deterministic, escaped; names never lie on one another; goldens to read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.drawing import (
    STYLESHEET,
    Band,
    Drawing,
    Event,
    Line,
    Point,
    Shared,
    Words,
    png,
    ribbons,
    series,
    span,
    standalone,
    timeline,
)
from regesta.drawing.bands import pack
from regesta.drawing.extent import extent_of
from regesta.drawing.lettering import LARGE, SMALL, shorten, width_of
from regesta.drawing.scales import Scale, TimeScale, steps_of
from regesta.drawing.svg import hatching, num, told
from regesta.errors import EngineError, RegestaError

GOLDEN = Path(__file__).parent / "golden" / "drawing"
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
PATH = re.compile(r"([MmLlHhVvCcZz])([^MmLlHhVvCcZz]*)")

HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><svg onload=x>',
        "]]>",
        "&amp;",
        "a\x00b",
        "\ud800",
        "서울",
        "\u202eabc",
        "x" * 3000,
    ]
)
YEAR = st.integers(1890, 2030)
DATES = st.one_of(
    YEAR.map(str),
    st.builds("{}-{:02d}".format, YEAR, st.integers(1, 12)),
    st.builds("{}-{:02d}-{:02d}".format, YEAR, st.integers(1, 12), st.integers(1, 28)),
    YEAR.map("{}~".format),
    YEAR.map("{}?".format),
    YEAR.map("../{}".format),
    YEAR.map("{}/..".format),
    YEAR.map("{}/".format),
    st.builds(lambda year, more: f"{year}/{year + more}", YEAR, st.integers(0, 30)),
    st.builds(lambda a, b: f"[{a},{b}]", YEAR, YEAR),
    st.builds(lambda a, b: f"{{{a}~,{b}-05-02}}", YEAR, YEAR),
    st.sampled_from(
        ["XXXX", "soon", "", "19XX", "195X", "Y-17E7", "../..", "-0044-03-15", "[..1950,1960]", "9999"]
    ),
)
VALUES = st.none() | st.floats(allow_nan=True, allow_infinity=True) | st.integers(-50, 50_000).map(float)


def points_of(path: str) -> list[tuple[float, float]]:
    """Return where the commands of a path lead: a slow reader of the commands that drawings use."""
    x = y = 0.0
    start = (0.0, 0.0)
    found = []
    for command, told_ in PATH.findall(path):
        numbers = [float(n) for n in NUMBER.findall(told_)]
        if command in "Zz":
            x, y = start
            continue
        size = {"h": 1, "v": 1, "c": 6}.get(command.lower(), 2)
        assert numbers, path
        assert len(numbers) % size == 0, path
        for k in range(0, len(numbers), size):
            here = numbers[k : k + size]
            is_relative = command.islower()
            if command in "Hh":
                x = here[0] + (x if is_relative else 0)
            elif command in "Vv":
                y = here[0] + (y if is_relative else 0)
            else:
                x, y = here[-2] + (x if is_relative else 0), here[-1] + (y if is_relative else 0)
            if command in "Mm" and k == 0:
                start = (x, y)
            found.append((x, y))
    return found


def boxes(element: ET.Element, scale: float = 1) -> list[tuple[float, float]]:
    """Return the corners of everything in a drawing, in its own pixels."""
    scale *= 0.1 if element.get("transform") == "scale(.1)" else 1
    corners = []
    if "d" in element.attrib:
        corners = [(x * scale, y * scale) for x, y in points_of(element.attrib["d"])]
    elif element.tag == SVG + "rect":
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        w, h = float(element.get("width", "0")), float(element.get("height", "0"))
        assert w >= 0
        assert h >= 0
        corners = [(x, y), (x + w, y + h)]
    elif element.tag == SVG + "circle":
        corners = [(float(element.attrib["cx"]), float(element.attrib["cy"]))]
    elif element.tag == SVG + "text":
        corners = [(box[0], box[1]) for box in [text_box(element)]] + [
            (text_box(element)[2], text_box(element)[3])
        ]
    for child in element:
        corners += boxes(child, scale)
    return corners


def text_box(element: ET.Element) -> tuple[float, float, float, float]:
    size = LARGE if element.get("class") in {"name", "lane"} else SMALL
    words = "".join(element.itertext())
    if (title := element.find(SVG + "title")) is not None:
        words = words.removeprefix(title.text or "")
    wide = width_of(words, size)
    x, y = float(element.attrib["x"]), float(element.attrib["y"])
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[element.get("text-anchor", "start")]
    return left, y - size * 0.7, left + wide, y


def checked(drawing: Drawing, slack: float = 1.0) -> ET.Element:
    """Return the root of a drawing that keeps the laws of all drawings."""
    root = ET.fromstring(drawing.svg)  # noqa: S314
    assert root.get("viewBox") == f"0 0 {drawing.width} {drawing.height}"
    for element in root.iter():
        for name in set(element.attrib) - {"aria-label", "href"}:
            assert not re.search(r"\b(?:nan|inf)\b", element.attrib[name], re.IGNORECASE)
    assert len(root) >= 1
    assert root[0].tag == SVG + "title"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            *("svg", "title", "desc", "g", "a", "path", "rect", "circle", "text"),
        }
        assert set(element.attrib) <= {
            *("class", "d", "x", "y", "width", "height", "cx", "cy", "r", "href", "text-anchor"),
            *("viewBox", "role", "aria-label", "transform", "stroke-width"),
        }, element.attrib
    is_linked = root.find(f".//{SVG}a") is not None
    assert root.get("role") == ("group" if is_linked else "img")
    for x, y in boxes(root):
        assert -slack <= x <= drawing.width + slack, (x, y, drawing.svg[:3000])
        assert -slack <= y <= drawing.height + slack, (x, y, drawing.svg[:3000])
    return root


def assert_apart(texts: list[ET.Element]) -> None:
    """Assert that no two texts meet, pair by pair."""
    found = sorted((text_box(text), "".join(text.itertext())) for text in texts)
    for k, (left, words) in enumerate(found):
        for right, other in found[k + 1 :]:
            if right[0] >= left[2] - 0.5:
                break
            assert right[1] >= left[3] - 0.5 or left[1] >= right[3] - 0.5, (words, other, left, right)


def test_styles_of_the_stylesheet() -> None:
    css = STYLESHEET.read_text("utf-8")
    assert f"font-size: {SMALL}px" in css
    assert f".name {{ font-size: {LARGE}px" in css
    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    assert used <= set(re.findall(r"(--[\w-]+):", css))
    for block in ("prefers-color-scheme: dark", "@media print", "forced-colors: active"):
        assert block in css
    assert css.count("{") == css.count("}")


def luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("is_dark", [False, True])
def test_contrast(is_dark: bool) -> None:
    css = STYLESHEET.read_text("utf-8")
    block = css.partition("prefers-color-scheme: dark")[2] if is_dark else css
    colours = dict(re.findall(r"--drawing-([\w]+): (#\w{6});", block.partition("}")[0]))

    def contrast(a: str, b: str) -> float:
        low, high = sorted((luminance(colours[a]), luminance(colours[b])))
        return (high + 0.05) / (low + 0.05)

    for ground in ("paper", "ground", "land", "sea"):
        assert contrast("ink", ground) >= 7, ground
        assert contrast("soft", ground) >= 4.5, ground
    assert contrast("ink", "mark") >= 4.5
    for line in "123456":
        assert contrast(line, "paper") >= 3, line


POINTS = [
    Point("../1990", 40, "before 1991"),
    Point("1991", 12, link="c/1"),
    Point("1992", 30, bound="about"),
    Point("1995", 55, bound="min"),
    Point("1996/1998", 80, "1996–98"),
    Point("1999", 0),
    Point("../1999", 217, "to 1999", is_total=True),
]

GOLDENS: dict[str, Callable[[], Drawing]] = {
    "series": lambda: series(
        [Line(name="arrivals", points=POINTS)],
        title="Arrivals by year",
        desc="A gap in 1993 and 1994.",
        bands=[Band(name="Aid Act", period="1995-07/..")],
        width=360,
        height=120,
    ),
    "steps": lambda: series(
        [
            Line(name="men", points=[Point("2001", 3), Point("2002", 5), Point("2004", 4)]),
            Line(
                name="women", points=[Point("2001", 1), Point("2002", 2), Point("2003", 8), Point("2004", 9)]
            ),
        ],
        title="Two series in steps",
        width=300,
        height=90,
        form="steps",
    ),
    "timeline": lambda: timeline(
        [
            Event("1950-06-25", "outbreak", "war", link="c/1"),
            Event("1951~", "about", "war"),
            Event("1952?", "perhaps", "war"),
            Event("[1951,1953]", "either", "talks"),
            Event("1953/..", "open", "talks"),
            Event("XXXX", "undated", "talks"),
        ],
        title="Six events",
        width=640,
    ),
    "span": lambda: span("1997~/1998", first="1990", last="2001", title="about 1997 to 1998"),
    "ribbons": lambda: ribbons(
        1000,
        400,
        [Shared(0, 200, 100, 300), Shared(600, 900, 0, 90, 0.9, "nine in ten words", "d?a=1&b=2")],
        names=("a letter", "its copy"),
        title="What they share",
        width=300,
    ),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_goldens(name: str) -> None:
    """To renew them: delete the file and run the test once; then look at what changed."""
    text = GOLDENS[name]().svg.replace("><", ">\n<") + "\n"
    path = GOLDEN / f"{name}.svg"
    if not path.exists():
        path.write_text(text, "utf-8", newline="\n")
        pytest.fail(f"{path} was not there and is written: look at it")
    assert text == path.read_text("utf-8")
    checked(GOLDENS[name]())


def test_nothing_of_a_source_is_markup() -> None:
    nasty = '</title><script>alert("1")</script>\x0b'
    drawing = timeline([Event("1990", nasty, nasty, nasty, "javascript:alert(1)")], title=nasty, desc=nasty)
    root = checked(drawing)
    assert root.find(f".//{SVG}a") is None
    assert "<script" not in drawing.svg
    assert root[0].text == nasty.replace("\x0b", "\ufffd")


@pytest.mark.parametrize(
    "link",
    ["JavaScript:x", " javascript:x", "data:text/html,x", "vbscript:x", "\x01javascript:x", "x" * 3000],
)
def test_addresses_that_are_none(link: str) -> None:
    assert "href" not in told("<path/>", "t", link)


@pytest.mark.parametrize(
    "link", ["/people/e-1", "people/e-1.html?a=b&c=d#x", "https://example.org/", "#top", "a/b:c"]
)
def test_addresses(link: str) -> None:
    element = ET.fromstring(told("<path/>", "t", link))  # noqa: S314
    assert element.get("href") == link


def test_a_drawing_needs_a_title() -> None:
    with pytest.raises(RegestaError, match="no title"):
        series([], title=" ")


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.builds(
            Point,
            DATES,
            VALUES,
            HOSTILE,
            HOSTILE,
            st.none() | HOSTILE,
            st.sampled_from(["", "about", "min", "max"]),
            st.booleans(),
        ),
        max_size=30,
    ).map(lambda p: [Line(name="<n>", points=p)])
    | st.lists(
        st.builds(Line, name=HOSTILE, points=st.lists(st.builds(Point, DATES, VALUES), max_size=12)),
        max_size=8,
    ),
    st.lists(st.builds(Band, name=HOSTILE, period=DATES), max_size=6),
    st.sampled_from([300, 360, 720, 1200]),
    st.sampled_from(["linear", "log"]),
    st.sampled_from(["auto", "columns", "steps"]),
)
def test_any_series(lines: list[Line], bands: list[Band], width: int, scale: str, form: str) -> None:
    drawing = series(lines, title="any", bands=bands, width=width, scale=scale, form=form)  # type: ignore[arg-type]
    root = checked(drawing, slack=9)
    assert drawing == series(lines, title="any", bands=bands, width=width, scale=scale, form=form)  # type: ignore[arg-type]
    assert_apart([text for text in root.iter(SVG + "text") if text.get("class") == "note"])
    assert_apart(
        [
            text
            for text in root.iter(SVG + "text")
            if text.get("class") == "tick" and text.get("text-anchor") == "middle"
        ]
    )


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.builds(Event, DATES, HOSTILE, st.sampled_from(["", "a", "b", "<c>"]), link=st.none() | HOSTILE),
        max_size=60,
    ),
    st.none() | YEAR,
    st.sampled_from([300, 360, 720, 1200]),
)
def test_any_timeline(events: list[Event], start: int | None, width: int) -> None:
    bounds = {"start": str(start), "end": str(start + 20)} if start else {}
    drawing = timeline(events, title="any", width=width, **bounds)  # type: ignore[arg-type]
    root = checked(drawing)
    assert_apart([t for t in root.iter(SVG + "text") if "event-name" in t.get("class", "")])
    shown = [one for one in root.iter() if one.get("class") == "event"]
    assert len(shown) + len(drawing.omitted) <= len(events)
    if not start:
        assert (
            len(shown) + len(drawing.omitted) == len(events)
            or 'class="bin"' in drawing.svg
            or 'class="loosely"' in drawing.svg
        )


@settings(max_examples=200, deadline=None)
@given(DATES, DATES, DATES, st.sampled_from([40, 160, 400]))
def test_any_span(when: str, first: str, last: str, width: int) -> None:
    checked(span(when, first=first, last=last, title="any", width=width))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.lists(
        st.builds(Shared, *[st.integers(-5, 10**6)] * 4, st.floats(0, 1), HOSTILE, st.none() | HOSTILE),
        max_size=20,
    ),
)
def test_any_ribbons(a: int, b: int, shared: list[Shared]) -> None:
    checked(ribbons(a, b, shared, names=("<a>", "&b"), title="any"), slack=2)


@given(
    st.integers(-(10**6), 10**6),
    st.integers(1, 10**6),
    st.lists(st.integers(-(10**6), 2 * 10**6), min_size=2),
)
def test_time_scales_rise(first: int, length: int, days: list[int]) -> None:
    scale = TimeScale(first, first + length, 10, 700)
    at = [scale.at(day) for day in sorted(days)]
    assert all(a <= b for a, b in pairwise(at))
    assert all(10 <= x <= 700 for x in at)
    ticks = scale.ticks(7)
    assert all(a[0] < b[0] for a, b in pairwise(ticks))
    assert len(ticks) <= 16


@given(
    st.floats(-1e12, 1e12),
    st.floats(1e-6, 1e12),
    st.lists(st.floats(-1e13, 1e13), min_size=2),
    st.integers(1, 12),
)
def test_scales_rise(low: float, length: float, values: list[float], count: int) -> None:
    scale = Scale(*steps_of(min(low, 0), max(low + length, 1e-6), count), 300, 0)
    at = [scale.at(value) for value in sorted(values)]
    assert all(a >= b for a, b in pairwise(at))
    ticks = scale.ticks(count)
    assert all(a < b for a, b in pairwise(ticks))
    assert len(ticks) <= 3 * count + 3


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 30)).map(lambda p: (p[0], p[0] + p[1])), max_size=40)
)
def test_rows_like_the_slow_way(taken: list[tuple[float, float]]) -> None:
    """The rows are few: as many as stretches lie over one another at the worst place."""
    rows = pack(taken)
    for k, (a, row) in enumerate(zip(taken, rows, strict=True)):
        for b, other in zip(taken[k + 1 :], rows[k + 1 :], strict=True):
            assert row != other or a[1] <= b[0] or b[1] <= a[0]
    if taken:
        deepest = max(sum(a <= place < b for a, b in taken) for place, _ in taken)
        assert max(rows) + 1 <= max(deepest, 1) + sum(a == b for a, b in taken)


@given(st.text(), st.floats(0, 300))
def test_shortened_text_fits(text: str, width: float) -> None:
    assert width_of(shorten(text, width), LARGE) <= width + 1e-9 or not shorten(text, width)


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0, 400), st.floats(0, 400))
def test_hatching_stays_inside(x: float, y: float, width: float, height: float) -> None:
    path = hatching(x, y, width, height)
    if path:
        assert all(
            x - 0.1 <= a <= x + width + 0.1 and y - 0.1 <= b <= y + height + 0.1 for a, b in points_of(path)
        )
        assert path.count("M") <= 61


@given(st.floats(-1e6, 1e6))
def test_numbers(value: float) -> None:
    assert abs(float(num(value)) - value) <= 0.051
    assert num(value) != "-0"


def test_what_a_date_looks_like() -> None:
    def told_(when: str) -> tuple[list[str], str, bool, bool]:
        extent = extent_of(when)
        assert extent is not None
        return [p.kind for p in extent.pieces], extent.group, extent.open_start, extent.open_end

    assert told_("1953-07-27") == (["point"], "", False, False)
    assert told_("1953") == (["within"], "", False, False)
    assert told_("1950-06-25/1953-07-27") == (["during"], "", False, False)
    assert told_("1950/1951") == (["within", "within"], "", False, False)
    assert told_("1950/1950-05") == (["within"], "", False, False)
    assert told_("../1988") == (["during", "within"], "", True, False)
    assert told_("[1667,1668,1670..1672]") == (["within"] * 3, "one-of", False, False)
    assert told_("{1667,1970..}")[1:] == ("all-of", False, True)
    assert extent_of("XXXX") is None
    assert extent_of("1953-13") is None


def test_gaps_are_no_bridges() -> None:
    chart = series(
        [Line(name="n", points=[Point("1990", 1), Point("1993", 2), Point("1994", None), Point("1995", 1)])],
        title="x",
        words=Words(gap="nothing"),
    )
    root = checked(chart)
    titles = [g[0].text for g in root.iter(SVG + "g") if g.get("class") == "gap"]
    assert titles == ["1991–1992: nothing", "1994: nothing"]
    steps = series(
        [Line(name="n", points=[Point("1990", 1), Point("1993", 2), Point("1994", 3)])],
        title="x",
        form="steps",
    )
    (line,) = [p.attrib["d"] for p in checked(steps).iter(SVG + "path") if p.get("class") == "steps"]
    assert line.count("M") == 2


def test_totals_do_not_set_the_scale() -> None:
    points = [Point("1990", 10), Point("1991", 20), Point("1990/1991", 30_000, is_total=True)]
    chart = series([Line(name="n", points=points)], title="x")
    root = checked(chart)
    assert "20,000" not in "".join(root.itertext())
    assert [g[0].text for g in root.iter(SVG + "g") if (g.get("class") or "").startswith("total")] == [
        "stated total 1990/1991: 30,000"
    ]


def test_what_is_left_out_is_named() -> None:
    chart = series(
        [
            Line(
                name="n",
                points=[Point("soon", 1, "soon"), Point("1990", float("nan"), "nan"), Point("1991", 2)],
            )
        ],
        title="x",
        bands=[Band(name="long ago", period="1600/1700")],
    )
    assert chart.omitted == ("soon", "nan", "long ago")


def test_a_zoomed_timeline_counts_what_lies_outside() -> None:
    events = [Event(str(year), f"e{year}") for year in range(1900, 2000)]
    root = checked(timeline(events, title="x", start="1950", end="1959"))
    told_ = "".join(root.itertext())
    assert "50 earlier" in told_
    assert "40 later" in told_


def test_many_events_are_counted() -> None:
    events = [Event(f"{1900 + n % 50}-0{1 + n % 9}-11", f"e{n}") for n in range(5000)]
    drawing = timeline(events, title="x", zoom=lambda first, last: f"?from={first}&to={last}")
    root = checked(drawing)
    links = list(root.iter(SVG + "a"))
    counts = [int((a[0].text or "").split()[0].replace(",", "")) for a in links]
    assert sum(counts) == 5000
    assert links[0].get("href", "").startswith("?from=19")
    assert len(drawing.svg) < 100_000


def test_a_file_of_its_own_has_its_looks() -> None:
    for is_dark in (False, True):
        text = standalone(GOLDENS["series"](), is_dark=is_dark)
        root = ET.fromstring(text.encode())  # noqa: S314
        assert "var(" not in text
        assert [e.tag for e in root][:2] == [SVG + "title", SVG + "style"]


def test_png() -> None:
    pytest.importorskip("resvg_py")
    picture = png(GOLDENS["series"](), zoom=1)
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[k : k + 4]) for k in (16, 20))
    assert (width, height) == (GOLDENS["series"]().width, GOLDENS["series"]().height)
    assert len(picture) > 3000
    with pytest.raises(EngineError, match="too large"):
        png(GOLDENS["series"](), zoom=1000)
