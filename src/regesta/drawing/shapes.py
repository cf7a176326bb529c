"""Land as paths: fills of countries, shores and borders, cut to the frame and as fine as the scale can show.

Paths are written in tenths of a pixel, as whole numbers one relative to the last, which is a third of the bytes; they stand in a
group that scales them down. Fills and lines are made apart: a fill is closed along the frame, a line is not. Not here: the
projection, and anything that is not land.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from regesta.drawing.land import Land, Polygon, land, weight_of
from regesta.drawing.projection import HORIZON, View

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Shapes", "middle_of", "shapes"]

_VISIBLE: Final = 1.1
"""Square pixels of a corner that is worth a point."""
_SPECK: Final = 1.4
"""Pixels: an island smaller than that both ways is left out, unless its country is asked for."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is drawn of the land; the values of `d` attributes in tenths of a pixel."""

    land: str
    countries: dict[str, str]
    """Of the countries that were asked for, those that the frame shows."""
    middles: dict[str, tuple[float, float, float]]
    """For each of these a point well inside its largest part, in pixels, and how wide that part is."""
    shore: str
    border: str
    disputed: str


def middle_of(code: str) -> tuple[tuple[float, float], ...]:
    """Return the corners (longitude, latitude) of the box around the largest piece of a country, none for an unknown one.

    >>> [(round(x), round(y)) for x, y in middle_of("KR")]
    [(126, 34), (130, 39)]
    """
    import numpy as np

    all_ = land()
    best: tuple[float, tuple[tuple[float, float], ...]] = (0.0, ())
    for polygon in all_.polygons:
        if polygon.code == code:
            lon, lat = _ring(all_, polygon.rings[0])
            lon = _unwrapped(lon)
            size = float(np.ptp(lon) * np.ptp(lat)) + 1e-9
            corners = ((float(lon.min()), float(lat.min())), (float(lon.max()), float(lat.max())))
            best = max(best, (size, corners))
    return best[1]


def _ring(all_: Land, numbers: tuple[int, ...]) -> tuple[Floats, Floats]:
    import numpy as np

    lons, lats = [], []
    for number in numbers:
        arc = number if number >= 0 else ~number
        part = slice(all_.starts[arc], all_.starts[arc + 1])
        lon, lat = all_.longitude[part], all_.latitude[part]
        lons.append(lon if number >= 0 else lon[::-1])
        lats.append(lat if number >= 0 else lat[::-1])
    return np.concatenate(lons), np.concatenate(lats)


def shapes(view: View, wanted: Iterable[str]) -> Shapes:
    """Return the land that a view shows, with the countries of some codes on their own; the last two dozen are remembered.

    >>> from regesta.drawing.projection import fit
    >>> found = shapes(fit([(127, 37.5), (104, 30)], 600, 400), ["KR", "BR"])
    >>> sorted(found.countries), found.land.startswith("M"), len(found.land) < 30_000
    (['KR'], True, True)
    """
    return _shapes(view, frozenset(wanted))


@lru_cache(24)
def _shapes(view: View, asked: frozenset[str]) -> Shapes:
    import numpy as np

    all_ = land()
    near = _near(view, all_)
    kept = (all_.weight >= weight_of(_VISIBLE / max(view.degree, 0.1) ** 2)) & np.repeat(
        near, np.diff(all_.starts)
    )
    keep = np.flatnonzero(kept)
    starts = np.concatenate([[0], np.cumsum(kept)])[all_.starts]
    arc_of = np.repeat(np.arange(len(near)), np.diff(starts))
    lon, lat = all_.longitude[keep], all_.latitude[keep]
    if view.is_world:
        lon = (lon - view.longitude + 180) % 360 - 180 + view.longitude
    x, y = view.project(lon, lat)
    tenths = np.rint(np.stack([x, y], 1) * 10).astype(np.int64)
    lines = _lines(view, all_, arc_of, x, y, lon)
    arcs = np.flatnonzero(near)
    box = np.full((4, len(near)), np.inf)
    box[2:] = -np.inf
    if len(arcs):
        first = starts[arcs]
        box[0, arcs], box[1, arcs] = np.minimum.reduceat(x, first), np.minimum.reduceat(y, first)
        box[2, arcs], box[3, arcs] = np.maximum.reduceat(x, first), np.maximum.reduceat(y, first)
    rings = np.concatenate(
        [
            np.minimum.reduceat(box[:2, all_.ring_arcs], all_.ring_starts, axis=1),
            np.maximum.reduceat(box[2:, all_.ring_arcs], all_.ring_starts, axis=1),
        ]
    )
    leaps = np.zeros(len(near), bool)
    if view.is_world:
        leaps[arc_of[1:][(np.abs(np.diff(lon)) > 180) & (arc_of[1:] == arc_of[:-1])]] = True
    leaping = np.logical_or.reduceat(leaps[all_.ring_arcs], all_.ring_starts)
    touched = (rings[0] < view.width) & (rings[1] < view.height) & (rings[2] > 0) & (rings[3] > 0)
    large = (rings[2] - rings[0] >= _SPECK) | (rings[3] - rings[1] >= _SPECK)
    whole = (rings[0] >= 0) & (rings[1] >= 0) & (rings[2] <= view.width) & (rings[3] <= view.height)
    states = zip(touched.tolist(), large.tolist(), whole.tolist(), leaping.tolist(), strict=True)
    grounds: list[str] = []
    countries: dict[str, list[str]] = {}
    middles: dict[str, tuple[float, float, float, float]] = {}
    for polygon in all_.polygons:
        paths = []
        for n, ring in enumerate(polygon.rings):
            is_touched, is_large, is_whole, is_leaping = next(states)
            if not is_touched or not (is_large or polygon.code in asked):
                continue
            points = _points(ring, starts)
            if is_leaping:
                pieces = _cut_world(view, lon[points], lat[points])
            elif is_whole and polygon.code not in asked:
                paths.append(_walked(tenths[points]))
                continue
            elif is_whole:
                pieces = [(x[points], y[points])]
            else:
                px, py = _clipped(x[points], y[points], 0, view.width)
                py, px = _clipped(py, px, 0, view.height)
                pieces = [(px, py)] if len(px) > 2 else []
            paths += [_closed(px, py) for px, py in pieces]
            if n == 0 and polygon.code in asked:
                _note_middle(middles, polygon, pieces)
        grounds += paths
        if polygon.code in asked and any(paths):
            countries.setdefault(polygon.code, []).extend(paths)
    return Shapes(
        "".join(grounds),
        {code: "".join(paths) for code, paths in countries.items()},
        {code: (px, py, wide) for code, (_, px, py, wide) in middles.items()},
        *lines,
    )


def _note_middle(
    middles: dict[str, tuple[float, float, float, float]],
    polygon: Polygon,
    pieces: list[tuple[Floats, Floats]],
) -> None:
    """Keep a point inside the largest piece of a country: the middle of the widest stretch on three level lines."""
    import numpy as np

    for x, y in pieces:
        size = float(np.ptp(x) * np.ptp(y))
        if polygon.code in middles and size <= middles[polygon.code][0]:
            continue
        best = (0.0, float(x.mean()), float(y.mean()))
        for share in (0.5, 0.4, 0.6):
            level = float(y.min() + np.ptp(y) * share) + 0.01
            x2, y2 = np.roll(x, -1), np.roll(y, -1)
            crossing = (y > level) != (y2 > level)
            if not crossing.any():
                continue
            at = np.sort(
                x[crossing]
                + (level - y[crossing]) / (y2[crossing] - y[crossing]) * (x2[crossing] - x[crossing])
            )
            wide = at[1::2] - at[0 : len(at) // 2 * 2 : 2]
            k = int(np.argmax(wide))
            best = max(best, (float(wide[k]), float(at[2 * k] + at[2 * k + 1]) / 2, level))
        middles[polygon.code] = (size, best[1], best[2], best[0])


def _near(view: View, all_: Land) -> NDArray[np.bool_]:
    """Return the arcs that may lie in the frame; none is left out of a ring that does."""
    import numpy as np

    if view.is_world:
        return np.ones(len(all_.reach), bool)
    a, b = math.radians(view.longitude), math.radians(view.latitude)
    middle = np.array([math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)])
    away = np.arccos(np.clip(middle @ all_.middle, -1, 1)) - all_.reach
    ring_near = np.minimum.reduceat(away[all_.ring_arcs], all_.ring_starts) <= _radius(view)
    counts = np.diff(np.append(all_.ring_starts, len(all_.ring_arcs)))
    near = np.zeros(len(all_.reach), bool)
    near[all_.ring_arcs[np.repeat(ring_near, counts)]] = True
    return near


def _radius(view: View) -> float:
    """Return how many radians from the middle the farthest corner of the frame lies."""
    corners = ((0.0, 0.0), (view.width, 0.0), (0.0, view.height), (view.width, view.height))
    most = max(math.hypot(x - view.x, y - view.y) for x, y in corners) / view.scale
    return min(2 * math.asin(min(most / 2, 1.0)), HORIZON)


def _points(ring: tuple[int, ...], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of the points of a ring in the order of its walk."""
    import numpy as np

    parts = [
        np.arange(starts[n], starts[n + 1]) if n >= 0 else np.arange(starts[~n + 1] - 1, starts[~n] - 1, -1)
        for n in ring
    ]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _unwrapped(lon: Floats) -> Floats:
    """Return longitudes that go on beyond 180 instead of leaping."""
    import numpy as np

    steps = (np.diff(lon) + 180) % 360 - 180
    return np.concatenate([lon[:1], lon[0] + np.cumsum(steps)])


def _cut_world(view: View, lon: Floats, lat: Floats) -> list[tuple[Floats, Floats]]:
    """Return a ring on a map of the world: in one piece, or in two where the edge of the map goes through it."""
    import numpy as np

    lon = _unwrapped(lon)
    if abs(lon[-1] - lon[0]) > 180:  # around a pole
        pole = -90.0 if lat.mean() < 0 else 90.0
        lon = np.concatenate([lon, [lon[-1], lon[0]]])
        lat = np.concatenate([lat, [pole, pole]])
    pieces = []
    low, high = view.longitude - 180, view.longitude + 180
    for shift in (-720, -360, 0, 360, 720):
        moved = lon + shift
        if moved.max() <= low or moved.min() >= high:
            continue
        clipped, latitude = moved, lat
        if moved.max() > high or moved.min() < low:
            clipped, latitude = _clipped(moved, lat, low, high)
        if len(clipped) > 2:
            pieces.append(view.project(clipped, latitude))
    return pieces


def _clipped(u: Floats, v: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    """Return a closed ring cut to low <= u <= high (Sutherland and Hodgman 1974)."""
    import numpy as np

    for bound, sign in ((low, 1.0), (high, -1.0)):
        if len(u) == 0:
            break
        inside = sign * (u - bound) >= 0
        if inside.all():
            continue
        u2, v2, inside2 = np.roll(u, -1), np.roll(v, -1), np.roll(inside, -1)
        crossing = inside != inside2
        share = np.divide(bound - u, u2 - u, out=np.zeros_like(u), where=crossing)
        both_u = np.stack([u, np.full_like(u, bound)], 1).ravel()
        both_v = np.stack([v, v + share * (v2 - v)], 1).ravel()
        kept = np.stack([inside, crossing], 1).ravel()
        u, v = both_u[kept], both_v[kept]
    return u, v


def _closed(x: Floats, y: Floats) -> str:
    """Return the commands of a ring in tenths of a pixel."""
    import numpy as np

    return _walked(np.rint(np.stack([x, y], 1) * 10).astype(np.int64))


def _walked(points: NDArray[np.int64]) -> str:
    """Return the commands of a ring of whole tenths, without steps that lead nowhere."""
    steps = points[1:] - points[:-1]
    steps = steps[(steps[:, 0] | steps[:, 1]) != 0]
    if len(steps) < 2:
        return ""
    return f"M{points[0, 0]} {points[0, 1]}l{_told(steps)}z"


def _told(steps: NDArray[np.int64]) -> str:
    return " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")


def _lines(
    view: View, all_: Land, arc_of: NDArray[np.int64], x: Floats, y: Floats, lon: Floats
) -> tuple[str, str, str]:
    """Return shores, borders and disputed borders within the frame."""
    import numpy as np

    x0, y0, x1, y1 = x[:-1], y[:-1], x[1:], y[1:]
    seen = (
        (arc_of[:-1] == arc_of[1:])
        & (np.minimum(x0, x1) < view.width)
        & (np.maximum(x0, x1) > 0)
        & (np.minimum(y0, y1) < view.height)
        & (np.maximum(y0, y1) > 0)
    )
    if view.is_world:
        seen &= np.abs(np.diff(lon)) < 180
    else:
        horizon = 2 * np.sin(HORIZON / 2) * view.scale * 0.999
        seen &= (np.hypot(x0 - view.x, y0 - view.y) < horizon) | (
            np.hypot(x1 - view.x, y1 - view.y) < horizon
        )
    which = np.flatnonzero(seen)
    ends = _inside(x0[which], y0[which], x1[which], y1[which], view.width, view.height)
    tenths = np.rint(np.stack(ends[:4], 1) * 10).astype(np.int64)
    ok = ends[4]
    kind = all_.kind[arc_of[which]]
    told = []
    for n in range(3):
        own = tenths[ok & (kind == n)]
        own = own[(own[:, 0] != own[:, 2]) | (own[:, 1] != own[:, 3])]
        if not len(own):
            told.append("")
            continue
        breaks = np.flatnonzero((own[1:, :2] != own[:-1, 2:]).any(1)) + 1
        bounds = [0, *breaks.tolist(), len(own)]
        steps = own[:, 2:] - own[:, :2]
        told.append("".join(f"M{own[a, 0]} {own[a, 1]}l{_told(steps[a:b])}" for a, b in pairwise(bounds)))
    return told[0], told[1], told[2]


def _inside(
    x0: Floats, y0: Floats, x1: Floats, y1: Floats, width: float, height: float
) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.bool_]]:
    """Return segments cut to the frame, and which of them it shows (Liang and Barsky 1984)."""
    import numpy as np

    start, end = np.zeros_like(x0), np.ones_like(x0)
    shown = np.ones(len(x0), bool)
    dx, dy = x1 - x0, y1 - y0
    for p, q in ((-dx, x0), (dx, width - x0), (-dy, y0), (dy, height - y0)):
        share = np.divide(q, p, out=np.zeros_like(q), where=p != 0)
        start = np.where(p < 0, np.maximum(start, share), start)
        end = np.where(p > 0, np.minimum(end, share), end)
        shown &= (p != 0) | (q >= 0)
    shown &= start < end
    return x0 + start * dx, y0 + start * dy, x0 + end * dx, y0 + end * dy, shown
