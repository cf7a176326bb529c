"""Where land ends and where countries meet: shapes that ship with the package, read when a map is first drawn.

    land/arcs.bin       the lines, each once; how much each of their points matters
    land/countries.txt  which lines in a row enclose which country

Both are made by scripts/make_land.py from Natural Earth (public domain), 1:50 million. A line that two countries name is a
border; where both sides are one country in ISO's eyes, it is a disputed one. Not here: any name, and any tile from afar.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Land", "Polygon", "land", "weight_of"]

_FOLDER: Final = Path(__file__).parent / "land"


@dataclass(frozen=True, slots=True)
class Polygon:
    """A piece of land of one country."""

    code: str
    """ISO 3166, `XK`, or empty where nobody agrees."""
    rings: tuple[tuple[int, ...], ...]
    """Numbers of arcs in a row, ~n for one that is walked backwards; the first ring is the outer one."""


@dataclass(frozen=True, slots=True)
class Land:
    """All shapes; points of all arcs stand one behind the other."""

    polygons: tuple[Polygon, ...]
    starts: NDArray[np.int64]
    """Where each arc begins, and the end of the last."""
    longitude: Floats
    latitude: Floats
    """Degrees."""
    weight: NDArray[np.uint8]
    """4 log2 of the area in 10^-6 square degrees that hangs on a point; 255 for the ends of an arc."""
    kind: NDArray[np.uint8]
    """Of each arc: 0 a shore, 1 a border, 2 a disputed one."""
    middle: Floats
    """Of each arc: a point in its middle on the unit sphere, three rows."""
    reach: Floats
    """Of each arc: radians from there within which all of it lies."""
    ring_arcs: NDArray[np.int64]
    """The arcs of all rings one behind the other, in the order of `polygons`, without their direction."""
    ring_starts: NDArray[np.int64]


def weight_of(area: float) -> int:
    """Return the weight of a point on which so many square degrees hang.

    >>> weight_of(0.000001), weight_of(1.0)
    (0, 80)
    """
    import math

    return max(0, round(4 * math.log2(max(area * 1e6, 1.0))))


@cache
def land() -> Land:
    """Return the shapes.

    >>> len(land().polygons) > 1000, sorted({polygon.code for polygon in land().polygons})[1:4]
    (True, ['AD', 'AE', 'AF'])
    """
    import numpy as np

    raw = (_FOLDER / "arcs.bin").read_bytes()
    head, _, _ = raw.partition(b"\n")
    n_arcs, n_points = (int(part) for part in head.split(b"|")[1:])
    at = len(head) + 1
    starts = np.frombuffer(raw, "<u4", n_arcs + 1, at).astype(np.int64)
    at += 4 * (n_arcs + 1)
    lon = np.frombuffer(raw, "<i2", n_points, at) / 100.0
    lat = np.frombuffer(raw, "<i2", n_points, at + 2 * n_points) / 100.0
    weight = np.frombuffer(raw, "u1", n_points, at + 4 * n_points)
    polygons = []
    sides: list[set[str]] = [set() for _ in range(n_arcs)]
    uses = [0] * n_arcs
    flat: list[int] = []
    ring_starts: list[int] = []
    for line in (_FOLDER / "countries.txt").read_text("utf-8").splitlines()[1:]:
        code, _, told = line.partition("|")
        rings = tuple(tuple(map(_number, ring.split(","))) for ring in told.split(";"))
        polygons.append(Polygon(code, rings))
        for ring in rings:
            ring_starts.append(len(flat))
            for number in ring:
                arc = number if number >= 0 else ~number
                flat.append(arc)
                sides[arc].add(code)
                uses[arc] += 1
    kinds = [
        0 if count < 2 else 2 if len(codes) == 1 or "" in codes else 1
        for count, codes in zip(uses, sides, strict=True)
    ]
    middle, reach = _caps(lon, lat, starts)
    return Land(
        tuple(polygons),
        starts,
        lon,
        lat,
        weight,
        np.array(kinds, np.uint8),
        middle,
        reach,
        np.array(flat, np.int64),
        np.array(ring_starts, np.int64),
    )


def _caps(lon: Floats, lat: Floats, starts: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return a cap of the sphere around each arc."""
    import numpy as np

    a, b = np.radians(lon), np.radians(lat)
    xyz = np.array([np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)])
    low = np.minimum.reduceat(xyz, starts[:-1], axis=1)
    middle = low + np.maximum.reduceat(xyz, starts[:-1], axis=1)
    middle /= np.maximum(np.linalg.norm(middle, axis=0), 1e-9)
    near = (xyz * np.repeat(middle, np.diff(starts), axis=1)).sum(axis=0)
    return middle, np.arccos(np.clip(np.minimum.reduceat(near, starts[:-1]), -1, 1))


def _number(word: str) -> int:
    return ~int(word[1:]) if word.startswith("~") else int(word)
