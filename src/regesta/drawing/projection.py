"""From degrees to pixels: the projection that suits the places of a map, and the frame that holds them.

Places that fit into a third of the globe get Lambert's azimuthal equal-area projection around their middle: it has no date
line and hardly bends what is near. Others get Equal Earth, with its edge where it cuts the fewest legs, in the widest empty
stretch of longitudes. Both keep areas, so a country is never larger than it is.
Sources: Snyder, "Map projections: a working manual" (USGS 1987), p. 185; Savric, Patterson and Jenny, "The Equal Earth map
projection" (2018). Not here: ellipsoids; a map of a page is drawn on a sphere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["HORIZON", "View", "fit", "turned"]

HORIZON: Final = 2.1
"""Radians from the middle of an azimuthal map beyond which everything is set on one circle, well outside the frame."""
_NEAR: Final = 1.05
_LEAST: Final = 0.055
"""Radians: half of what a map of a single place shows, about 350 km."""
_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_M: Final = math.sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class View:
    """A projection with its place on the page."""

    longitude: float
    """Of the middle, degrees."""
    latitude: float
    """Of the middle, degrees; 0 for a map of the world."""
    is_world: bool
    scale: float
    """Pixels of a radian."""
    x: float
    """Where the middle falls, in pixels."""
    y: float
    width: float
    height: float

    def project(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """Return pixels of places in degrees; longitudes of a world map are taken as they are, so that rings stay whole."""
        import numpy as np

        if self.is_world:
            x, y = _equal_earth(np.radians(longitude - self.longitude), np.radians(latitude))
        else:
            x, y = _azimuthal(
                np.radians(longitude - self.longitude), np.radians(latitude), math.radians(self.latitude)
            )
        return self.x + self.scale * x, self.y - self.scale * y

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the pixel of one place."""
        import numpy as np

        if self.is_world:
            longitude = self.longitude + turned(longitude - self.longitude)
        x, y = self.project(np.array([longitude]), np.array([latitude]))
        return float(x[0]), float(y[0])

    def outline(self) -> list[tuple[float, float]]:
        """Return the edge of the globe on a map of the world, in pixels."""
        import numpy as np

        lat = np.linspace(-90, 90, 37)
        left, right = (self.project(np.full(37, self.longitude + side), lat) for side in (-180.0, 180.0))
        up = list(zip(left[0].tolist(), left[1].tolist(), strict=True))
        down = list(zip(right[0].tolist(), right[1].tolist(), strict=True))[::-1]
        return up + down

    @property
    def degree(self) -> float:
        """Pixels of a degree at the middle."""
        return self.scale * math.pi / 180


def turned(longitude: float) -> float:
    """Return a longitude between -180 and 180.

    >>> turned(190.0), turned(-190.0), turned(10.0)
    (-170.0, 170.0, 10.0)
    """
    return (longitude + 180) % 360 - 180


def _azimuthal(turn: Floats, latitude: Floats, middle: float) -> tuple[Floats, Floats]:
    import numpy as np

    sin_middle, cos_middle = math.sin(middle), math.cos(middle)
    sin_lat, cos_lat, cos_turn = np.sin(latitude), np.cos(latitude), np.cos(turn)
    x = cos_lat * np.sin(turn)
    y = cos_middle * sin_lat - sin_middle * cos_lat * cos_turn
    z = np.clip(sin_middle * sin_lat + cos_middle * cos_lat * cos_turn, -1, 1)
    z_far = math.cos(HORIZON)
    far = z < z_far
    k = np.sqrt(2 / (1 + np.maximum(z, z_far)))
    if far.any():  # onto the circle of the horizon, in the direction where they lie
        length = np.maximum(np.hypot(x, y), 1e-9)
        k = np.where(far, 2 * math.sin(HORIZON / 2) / length, k)
    return k * x, k * y


def _equal_earth(turn: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    import numpy as np

    a1, a2, a3, a4 = _A
    theta = np.arcsin(_M * np.sin(latitude))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = turn * np.cos(theta) / (_M * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    return x, y


def fit(
    places: Sequence[tuple[float, float]],
    width: float,
    height: float,
    *,
    ways: Sequence[tuple[float, float]] = (),
    margin: float = 46,
) -> View:
    """Return the view that holds places (longitude, latitude in degrees) with a margin in pixels; the world for none.

    `ways` are pairs of longitudes that the edge of a map of the world should not cut.

    >>> view = fit([(127, 37.5), (104, 30)], 600, 400)
    >>> view.is_world, round(view.longitude), [round(c) for c in view.at(127, 37.5)]
    (False, 115, [554, 99])
    >>> [round(c) for c in fit([(170, -40), (-160, -20)], 600, 400).at(-160, -20)]
    [492, 46]
    """
    import numpy as np

    margin = min(margin, width / 4, height / 4)
    if not places:
        return _world(0.0, width, height)
    lon, lat = (np.radians(np.array(side, float)) for side in zip(*places, strict=True))
    xyz = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    middle = xyz.max(axis=1) + xyz.min(axis=1)
    if np.linalg.norm(middle) < 0.2:
        return _world(_meridian(places, ways), width, height)
    middle /= np.linalg.norm(middle)
    if float(np.arccos(np.clip(middle @ xyz, -1, 1)).max()) > _NEAR:
        return _world(_meridian(places, ways), width, height)
    lon0 = math.degrees(math.atan2(middle[1], middle[0]))
    lat0 = math.degrees(math.asin(max(-1.0, min(1.0, float(middle[2])))))
    x, y = View(lon0, lat0, False, 1, 0, 0, width, height).project(np.degrees(lon), np.degrees(lat))
    wide = max(float(x.max() - x.min()), _LEAST)
    tall = max(float(y.max() - y.min()), _LEAST)
    scale = min((width - 2 * margin) / wide, (height - 2 * margin) / tall)
    return View(
        lon0,
        lat0,
        False,
        scale,
        width / 2 - scale * float(x.max() + x.min()) / 2,
        height / 2 - scale * float(y.max() + y.min()) / 2,
        width,
        height,
    )


def _world(longitude: float, width: float, height: float) -> View:
    scale = min(width / 5.43, height / 2.66)
    return View(longitude, 0.0, True, scale, width / 2, height / 2, width, height)


def _meridian(places: Sequence[tuple[float, float]], ways: Sequence[tuple[float, float]]) -> float:
    """Return the middle of a map whose edge cuts the fewest ways, and of these lies in the widest empty stretch."""
    lons = sorted({turned(lon) for lon, _ in places})
    around = [*lons[1:], lons[0] + 360]
    gaps = sorted(
        ((after - before, before) for before, after in zip(lons, around, strict=True)), reverse=True
    )[:24]
    best = min(
        (sum(_cuts(start + gap / 2, way) for way in ways[:2000]), -gap, start + gap / 2)
        for gap, start in gaps
    )
    return turned(best[2] + 180)


def _cuts(edge: float, way: tuple[float, float]) -> bool:
    """Return whether a meridian lies on the shorter way between two longitudes."""
    length = turned(way[1] - way[0])
    ahead = (edge - way[0]) % 360 if length >= 0 else (way[0] - edge) % 360
    return 0 < ahead < abs(length)
