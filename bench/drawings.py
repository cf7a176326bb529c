"""Write one page with every drawing, wide and narrow; with `--shoot` photograph it in light, dark and print; with `--time` time all.

    PYTHONPATH=src .venv/bin/python bench/drawings.py /tmp/gallery --shoot

The figures, dates and journeys are invented. Photographs need playwright and Debian's chromium.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from regesta.drawing import (
    Band,
    Country,
    Drawing,
    Event,
    Leg,
    Line,
    Point,
    Shared,
    Stop,
    ribbons,
    routes,
    series,
    span,
    timeline,
)
from regesta.drawing.shapes import _shapes

STYLE = Path(__file__).parents[1] / "src/regesta/drawing/drawing.css"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:">
<title>Drawings</title><link rel="stylesheet" href="drawing.css"><link rel="stylesheet" href="page.css"><main><h1>Drawings</h1>
"""
PAGE_STYLE = """body{margin:0;background:#fffdf8;color:#1f1c18;font-family:Georgia,serif}main{max-width:1000px;margin:2rem auto;padding:0 12px}
h2{font-size:1rem;margin:2rem 0 .5rem}@media screen and (prefers-color-scheme:dark){body{background:#1b1916;color:#ece5d8}}"""


def arrivals() -> list[Point]:
    points = [Point("../1988", 312, "before 1989", link="#before")]
    points.append(Point("1989/1993", 86, "1989–1993", link="#pooled"))
    draw = random.Random(4)  # noqa: S311
    for year in range(1994, 2024):
        if year in {1996, 2009, 2010}:
            continue
        value = round(60 + 2800 * max(0.0, 1 - abs(year - 2010) / 16) ** 1.6 + draw.random() * 150)
        bound = {2001: "about", 2014: "min", 2020: "max"}.get(year, "")
        points.append(Point(str(year), 0 if year == 2021 else value, link=f"#y{year}", bound=bound))  # type: ignore[arg-type]
    points.append(Point("1998/2020", 31_420, "1998–2020", is_total=True, link="#total"))
    points.append(Point("../2023", 34_000, "to 2023", is_total=True, bound="about"))
    return points


BANDS = [
    Band(name="Settlement Act", period="1997-07-14/2010-09-30", title="In force from July 1997", link="#act"),
    Band(name="Second programme", period="2005/2012-06"),
    Band(name="Support for families of those who stayed", period="2010-10-01/.."),
    Band(name="Border closed", period="2020-01-22/2023-08"),
]


def charts(width: float) -> list[tuple[str, Callable[[], Drawing]]]:
    draw = random.Random(7)  # noqa: S311
    three = [
        Line(
            name=name,
            points=[
                Point(str(y), round(20 + draw.random() * 80 * (k + 1)))
                for y in range(1998, 2010)
                if (y, k) != (2003, 1)
            ],
        )
        for k, name in enumerate(("women", "men", "children and others of whom nobody says more"))
    ]
    monthly = [
        Point(
            f"{y}-{m:02d}", round(100 + 90 * draw.random() + (y - 1990) * 4), bound="about" if m == 7 else ""
        )
        for y in range(1985, 2026)
        for m in range(1, 13)
        if y not in {1997, 1998}
    ]
    logs = [Point(str(y), 3 ** (y - 2000), bound="about" if y == 2005 else "") for y in range(2000, 2012)] + [
        Point("2012", 0)
    ]
    return [
        (
            "series: arrivals",
            lambda: series(
                [Line(name="arrivals", points=arrivals())],
                title="Arrivals by year",
                desc="Columns by year with a gap.",
                bands=BANDS,
                width=width,
            ),
        ),
        ("series: three of them", lambda: series(three, title="Three series", width=width, bands=BANDS[:2])),
        (
            "series: 492 months",
            lambda: series([Line(name="months", points=monthly)], title="By month", width=width),
        ),
        (
            "series: logarithmic",
            lambda: series(
                [Line(name="n", points=logs)], title="On a logarithmic scale", width=width, scale="log"
            ),
        ),
        (
            "series: five",
            lambda: series(
                [Line(name="n", points=[Point(f"200{n}", v) for n, v in enumerate((3, -2, 4.5, 0, 7))])],
                title="Five figures",
                width=width,
                height=160,
            ),
        ),
    ]


KINDS = ("arrival", "law", "negotiation", "departure of a delegation")
NAMES = (
    "treaty",
    "arrival of eleven in a boat",
    "the flood",
    "law on settlement, revised",
    "talks",
    "출판",
    "an unnamed family crosses",
)


def events(count: int, seed: int = 3, lanes: int = 4) -> list[Event]:
    draw = random.Random(seed)  # noqa: S311
    found = []
    for n in range(count):
        year, month, day = draw.randint(1953, 2023), draw.randint(1, 12), draw.randint(1, 28)
        forms = (
            f"{year}-{month:02d}-{day:02d}",
            f"{year}",
            f"{year}-{month:02d}",
            f"{year}~",
            f"{year}?",
            f"{year}/{year + 3}",
            f"[{year},{year + 2}]",
            f"../{year}",
            f"{year}-{month:02d}-{day:02d}/..",
            f"{year // 10}X",
            f"{year}-{month:02d}~/{year + 1}",
            f"{{{year},{year + 1}}}",
        )
        found.append(
            Event(
                draw.choice(forms),
                f"{draw.choice(NAMES)} {n}",
                draw.choice(KINDS[:lanes]) if lanes else "",
                link=f"#e{n}",
            )
        )
    return found


def timelines(width: float) -> list[tuple[str, Callable[[], Drawing]]]:
    def zoom(a: str, b: str) -> str:
        return f"?from={a}&to={b}"

    return [
        ("timeline: 14 events", lambda: timeline(events(14), title="Fourteen", width=width, bands=BANDS)),
        (
            "timeline: 60 events of a decade",
            lambda: timeline(events(400), title="A decade", width=width, start="1990", end="1999"),
        ),
        (
            "timeline: one kind",
            lambda: timeline([Event(w, f"as {w}") for w in SPANS], title="Forms of dates", width=width),
        ),
        ("timeline: 250 events", lambda: timeline(events(250), title="250", width=width, zoom=zoom)),
        ("timeline: 1000 events", lambda: timeline(events(1000), title="A thousand", width=width, zoom=zoom)),
        (
            "timeline: 5000 events",
            lambda: timeline(events(5000), title="Five thousand", width=width, zoom=zoom),
        ),
    ]


def journeys() -> list[Leg]:
    places = {
        name: Stop(name, lat, lon, link=f"#{name}")
        for name, lat, lon in (
            ("Hoeryong", 42.43, 129.75),
            ("Yanji", 42.9, 129.5),
            ("Shenyang", 41.8, 123.43),
            ("Beijing", 39.9, 116.4),
            ("Kunming", 25.04, 102.71),
            ("Vientiane", 17.97, 102.6),
            ("Bangkok", 13.75, 100.5),
            ("Hanoi", 21.03, 105.85),
            ("Ulaanbaatar", 47.92, 106.92),
            ("서울", 37.57, 126.98),
            ("Incheon", 37.46, 126.7),
            ("Chiang Rai", 19.9, 99.83),
            ("Dandong", 40.12, 124.39),
            ("Qingdao", 36.07, 120.38),
        )
    }
    ways = (
        ("Hoeryong", "Yanji", "on foot", 120),
        ("Yanji", "Shenyang", "by train", 100),
        ("Shenyang", "Beijing", "by train", 60),
        ("Beijing", "Kunming", "by train", 45),
        ("Kunming", "Vientiane", "by bus", 30),
        ("Kunming", "Hanoi", "by bus", 12),
        ("Vientiane", "Bangkok", "by boat", 28),
        ("Vientiane", "Chiang Rai", "on foot", 4),
        ("Chiang Rai", "Bangkok", "by bus", 4),
        ("Bangkok", "서울", "by air", 31),
        ("Hanoi", "서울", "by air", 468),
        ("Beijing", "서울", "by air", 26),
        ("Beijing", "Ulaanbaatar", "by train", 9),
        ("Ulaanbaatar", "서울", "by air", 8),
        ("Dandong", "Qingdao", "by bus", 3),
        ("Qingdao", "Incheon", "by boat", 3),
        ("서울", "Bangkok", "by air", 2),
        ("Dandong", "Shenyang", "", None),
    )
    return [
        *(Leg(places[a], places[b], how, people, link=f"#{a}-{b}") for a, b, how, people in ways),
        Leg(Stop("a farm near the river"), places["Yanji"], "on foot", 2),
    ]


def maps(width: float) -> list[tuple[str, Callable[[], Drawing]]]:
    lands = [
        Country("CN", "China", 100),
        Country("KR", "South Korea", 480),
        Country("KP", "North Korea", 120),
        Country("LA", "Laos", 30),
        Country("TH", "Thailand", 28),
        Country("VN", "Vietnam", 12),
        Country("MN", "Mongolia", 8),
        Country("BR", "Brazil", 1),
    ]
    world = [
        Leg(Stop("Seoul", 37.57, 126.98), Stop("Los Angeles", 34.05, -118.24), "by air", 12),
        Leg(Stop("London", 51.5, -0.12), Stop("Seoul", 37.57, 126.98), "by air", 4),
        Leg(Stop("Seoul", 37.57, 126.98), Stop("Auckland", -36.85, 174.76), "by sea", 1),
        Leg(Stop("Lima", -12.05, -77.04), Stop("Auckland", -36.85, 174.76), "by sea", 1),
    ]
    tall = 520 if width > 480 else 400
    border = [
        Leg(Stop("Hyesan", 41.4, 128.18), Stop("Changbai", 41.42, 128.2), "on foot", 3),
        Leg(Stop("Changbai", 41.42, 128.2), Stop("Yanji", 42.9, 129.5), "by car", 3),
        Leg(Stop("Changbai", 41.42, 128.2), Stop("Yanji", 42.9, 129.5), "on foot", 2),
        Leg(Stop("Yanji", 42.9, 129.5), Stop("Changbai", 41.42, 128.2), "on foot", 1),
    ]
    pacific = [
        Leg(Stop("Suva", -18.14, 178.44), Stop("Apia", -13.83, -171.77), "by sea", 7),
        Leg(Stop("Apia", -13.83, -171.77), Stop("Auckland", -36.85, 174.76), "by air", 5),
    ]
    europe = [
        Leg(Stop("Guernica", 43.31, -2.68), Stop("Bordeaux", 44.84, -0.58), "on foot", 30),
        Leg(Stop("Bordeaux", 44.84, -0.58), Stop("Paris", 48.86, 2.35), "by train", 12),
        Leg(Stop("Paris", 48.86, 2.35), Stop("Kraków", 50.06, 19.94), "by train", 4),
        Leg(Stop("Kraków", 50.06, 19.94), Stop("Odesa", 46.48, 30.73), "by train", 4),
    ]
    return [
        (
            "map: a continent",
            lambda: routes(journeys(), title="Journeys", countries=lands, width=width, height=tall),
        ),
        (
            "map: the world",
            lambda: routes(
                world,
                title="The world",
                countries=[
                    Country("KR", "South Korea", 5),
                    Country("US", "United States", 3),
                    Country("RU", "Russia", 1),
                ],
                width=width,
                height=tall * 0.9,
            ),
        ),
        (
            "map: a border",
            lambda: routes(
                border,
                title="A border",
                countries=[Country("KP", "North Korea"), Country("CN", "China")],
                width=width,
                height=tall * 0.7,
            ),
        ),
        (
            "map: the Pacific",
            lambda: routes(
                pacific,
                title="The Pacific",
                countries=[Country("FJ", "Fiji", 1)],
                width=width,
                height=tall * 0.8,
            ),
        ),
        (
            "map: Europe",
            lambda: routes(
                europe,
                title="Europe",
                countries=[
                    Country("ES", "Spain", 30),
                    Country("FR", "France", 12),
                    Country("XK", "Kosovo", 1),
                ],
                width=width,
                height=tall * 0.8,
            ),
        ),
        (
            "map: countries alone",
            lambda: routes(
                [],
                title="Countries",
                countries=[Country("UA", "Ukraine", 1), Country("PL", "Poland", 5)],
                width=width,
                height=tall * 0.7,
            ),
        ),
    ]


def sheets(width: float) -> list[tuple[str, Callable[[], Drawing]]]:
    draw = random.Random(5)  # noqa: S311
    shared = [
        Shared(
            a,
            a + n,
            (a * 7 // 9 + draw.randint(-900, 900)) % 18_000,
            (a * 7 // 9) % 18_000 + n,
            draw.choice((1.0, 0.9)),
            f"{n} characters",
            "#s",
        )
        for a in range(500, 24_000, 1_700)
        for n in (draw.randint(60, 900),)
    ]
    return [
        (
            "ribbons: two texts",
            lambda: ribbons(
                26_000,
                19_000,
                shared,
                names=("A letter of 1921, with notes", "The pamphlet"),
                title="What they share",
                width=width,
            ),
        )
    ]


def every(width: float) -> list[tuple[str, Callable[[], Drawing]]]:
    return [*charts(width), *timelines(width), *maps(width), *sheets(width)]


SPANS = (
    "1997-02-12",
    "1997",
    "1997~",
    "1997?",
    "1996/1998",
    "1999/..",
    "../1992",
    "1994/",
    "[1993,1995-03,1997]",
    "{1993,1995}",
    "199X",
    "1995-05~",
    "1991-04-05/1994-03-01",
    "1996%",
    "XXXX",
    "1850",
)


def spans() -> str:
    rows = [
        f"<tr><td>{when}</td><td>{span(when, first='1990', last='2001', title=when)}</td></tr>"
        for when in SPANS
    ]
    return f"<h2>span</h2><table>{''.join(rows)}</table>"


def gallery(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drawing.css").write_bytes(STYLE.read_bytes())
    (folder / "page.css").write_text(PAGE_STYLE, "utf-8")
    parts = [PAGE]
    for (name, wide), (_, narrow) in zip(every(960), every(360), strict=True):
        a, b = wide(), narrow()
        parts.append(f'<h2>{name}</h2><div class="drawing-pair">{a}{b}</div>')
        print(
            f"{name:32} {len(a.svg.encode()):8,} bytes wide, {len(b.svg.encode()):8,} narrow  left out: {len(a.omitted)}, {len(b.omitted)}"
        )
    parts.append(spans())
    (folder / "index.html").write_text("\n".join(parts), "utf-8")


def timed() -> None:
    for name, make in every(960):
        make()
        start, n = time.process_time(), 0
        while time.process_time() - start < 0.5:
            _shapes.cache_clear()  # a map of a page is remembered; here each is a first one
            make()
            n += 1
        print(f"{name:32} {(time.process_time() - start) / n * 1000:7.2f} ms")


def shoot(folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for width in (1440, 390):
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
                page.on("console", lambda message: print("console:", message.text))
                page.goto((folder / "index.html").resolve().as_uri())
                page.screenshot(path=str(folder / f"{scheme}-{width}.png"), full_page=True)
                wide = page.evaluate("document.documentElement.scrollWidth")
                print(scheme, width, "overflows" if wide > width else "fits")
                if (scheme, width) == ("light", 1440):
                    page.emulate_media(media="print")
                    page.pdf(path=str(folder / "print.pdf"), format="A4")
        browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    gallery(target)
    if "--time" in sys.argv:
        timed()
    if "--shoot" in sys.argv:
        shoot(target)
