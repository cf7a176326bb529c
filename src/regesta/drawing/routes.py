"""Journeys on a map: stops, legs by transport and number of people, and the countries that they cross.

    routes([Leg(Stop("Hoeryong", 42.43, 129.75), Stop("Yanji", 42.9, 129.5), "on foot", 3)], title="Journeys")

The land ships with the package (`land`), so nothing is fetched. A leg bends to its right, so there and back are two lines; its
width grows with the root of the people. A stop without coordinates is never guessed: it is in `omitted`, with each leg that needs
it. A name that finds no room is the title of its mark. Not here: which place a name means; coordinates come from the caller.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from regesta.drawing.arcs import Arc, arc, drawn
from regesta.drawing.lettering import LARGE, LINE, SMALL, width_of, written
from regesta.drawing.placing import Room
from regesta.drawing.projection import View, fit
from regesta.drawing.scales import compact, step_of
from regesta.drawing.shapes import Shapes, middle_of, shapes
from regesta.drawing.svg import Drawing, joined, num, root, told
from regesta.drawing.words import Words

__all__ = ["Country", "Leg", "Stop", "routes"]

_EARTH: Final = 6371.0
_WIDEST: Final = 12
"""People: of fewer no line is at its widest."""
_MANY: Final = 40
_NARROW: Final = 500
"""More stops than that on a narrower map are small ones."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a journey."""

    name: str
    latitude: float | None = None
    """Degrees north; None where nobody knows."""
    longitude: float | None = None
    """Degrees east."""
    title: str = ""
    link: str | None = None

    @property
    def is_located(self) -> bool:
        """Whether it has coordinates on earth."""
        return (
            self.latitude is not None
            and self.longitude is not None
            and abs(self.latitude) <= 90
            and abs(self.longitude) <= 360
        )


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one stop to the next."""

    start: Stop
    end: Stop
    transport: str = ""
    """As it is to be read in the legend; empty where unknown."""
    people: float | None = None
    title: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country to be seen."""

    code: str
    """ISO 3166, two letters."""
    name: str
    count: float | None = None
    """What is said of it, how many people passed: the darker the more."""
    title: str = ""
    link: str | None = None


def routes(
    legs: Sequence[Leg],
    *,
    title: str,
    desc: str = "",
    stops: Sequence[Stop] = (),
    countries: Sequence[Country] = (),
    width: float = 720,
    height: float = 440,
    words: Words | None = None,
) -> Drawing:
    """Return a map; `stops` are those to be seen besides the ends of legs, `height` is that of the map without its legend.

    The frame holds all stops that have coordinates; without any it holds the countries, without these the world. A country that
    the frame does not reach is in `omitted`.

    >>> seoul, hanoi = Stop("Seoul", 37.57, 126.98), Stop("Hanoi", 21.03, 105.85)
    >>> drawing = routes([Leg(hanoi, seoul, "by air", 468), Leg(Stop("a village"), hanoi)], title="Two legs")
    >>> drawing.svg.count('class="head'), drawing.omitted
    (1, ('a village', 'a village → Hanoi'))
    """
    words = words or Words()
    known: dict[Stop, None] = {}
    unknown: dict[str, None] = {}
    for stop in (*(end for leg in legs for end in (leg.start, leg.end)), *stops):
        if stop.is_located:
            known[stop] = None
        else:
            unknown[stop.name] = None
    omitted = list(unknown)
    placed = []
    for leg in legs:
        if leg.start.is_located and leg.end.is_located:
            placed.append(leg)
        else:
            omitted.append(f"{leg.start.name} → {leg.end.name}")
    corners = [(stop.longitude or 0.0, stop.latitude or 0.0) for stop in known]
    ways = [(leg.start.longitude or 0.0, leg.end.longitude or 0.0) for leg in placed]
    view = fit(
        corners or [corner for one in countries for corner in middle_of(one.code)], width, height, ways=ways
    )
    if view.is_world and height > width * 0.49:
        height = width * 0.49
        view = fit(corners, width, height, ways=ways)
    land = shapes(view, [one.code for one in countries])
    room = Room(width, height)
    parts = [_ground(view, land, countries)]
    omitted += [one.name for one in countries if one.code not in land.countries]
    at = {stop: view.at(stop.longitude or 0.0, stop.latitude or 0.0) for stop in known}
    arcs, kinds = _arcs(placed, view, at, room)
    for x, y in dict.fromkeys((round(x / 2) * 2, round(y / 2) * 2) for x, y in at.values()):
        room.block((x - 6, y - 6, x + 6, y + 6))
    parts += [
        told(drawn(one, kinds[one.leg_kind]), one.title, one.link, f"s{kinds[one.leg_kind] % 6 + 1}")
        for one in arcs
    ]
    parts += _stops(placed, at, room, 3.2 if len(at) <= _MANY or width > _NARROW else 2.0)
    parts += _counts(arcs, room)
    parts += _areas(land, countries, room)
    if not view.is_world:
        parts.append(_measure(view, room, words))
    legend, foot = _legend(kinds, width, height)
    parts.append(legend)
    return root(parts, width=width, height=foot, kind="drawing-map", title=title, desc=desc, omitted=omitted)


def _ground(view: View, land: Shapes, countries: Sequence[Country]) -> str:
    """Return sea, land and the countries to be seen; the darker the more is said of one."""
    most = max((one.count or 0 for one in countries), default=0)
    marked = []
    for one in countries:
        if one.code not in land.countries:
            continue
        shade = 1 + min(4, int(5 * math.sqrt(max(one.count or 0, 0) / most) - 1e-9)) if most > 0 else 3
        path = f'<path d="{land.countries[one.code]}"/>'
        label = one.title or (f"{one.name}: {compact(one.count)}" if one.count is not None else one.name)
        marked.append(told(path, label, one.link, f"country c{shade}"))
    lines = "".join(
        f'<path class="{kind}" d="{path}"/>'
        for kind, path in (("disputed", land.disputed), ("border", land.border), ("shore", land.shore))
        if path
    )
    sea = (
        f'<path class="sea" d="{joined(view.outline(), is_closed=True)}"/>'
        if view.is_world
        else f'<rect class="sea" width="{num(view.width)}" height="{num(view.height)}"/>'
    )
    return f'{sea}<g transform="scale(.1)"><path class="land" d="{land.land}"/>{"".join(marked)}{lines}</g>'


def _arcs(
    legs: Sequence[Leg], view: View, at: dict[Stop, tuple[float, float]], room: Room
) -> tuple[list[Arc], dict[str, int]]:
    """Return the lines of legs, the widest first so that none is hidden, and the number of each transport."""
    kinds: dict[str, int] = {}
    beside: dict[tuple[Stop, Stop], int] = {}
    most = max((leg.people or 0 for leg in legs), default=0)
    most = max(most, _WIDEST) if most > 0 else 0
    found = []
    for leg in legs:
        kinds.setdefault(leg.transport, len(kinds))
        turn = beside.get((leg.start, leg.end), 0)
        beside[leg.start, leg.end] = turn + 1
        people = max(leg.people or 0, 0)
        wide = 1.2 + 5.3 * math.sqrt(people / most) if most > 0 else 1.6
        label = f"{leg.start.name} → {leg.end.name}"
        label += f", {leg.transport}" if leg.transport else ""
        label += f": {compact(leg.people)}" if leg.people is not None else ""
        one = arc(
            (leg.start.longitude or 0, leg.start.latitude or 0),
            (leg.end.longitude or 0, leg.end.latitude or 0),
            at[leg.start],
            at[leg.end],
            view,
            turn,
        )
        found.append(Arc(one.lines, one.head, wide, leg.transport, leg.people, leg.title or label, leg.link))
    for each in found:
        for line in each.lines:
            for (x0, y0), (x1, y1) in pairwise(line):
                for k in range(steps := int(math.hypot(x1 - x0, y1 - y0) / 5) + 1):
                    x, y = x0 + (x1 - x0) * k / steps, y0 + (y1 - y0) * k / steps
                    room.line(x, y)
                    if each.width > 4:
                        room.line(x, y - each.width / 2)
                        room.line(x, y + each.width / 2)
        if each.head:
            x, y, _ = each.head
            half = 2 + each.width / 2
            room.block((x - half, y - half, x + half, y + half))
    return sorted(found, key=lambda one: -one.width), kinds


def _stops(legs: Sequence[Leg], at: dict[Stop, tuple[float, float]], room: Room, radius: float) -> list[str]:
    """Return stops with their names, those of many people first in getting a place."""
    weight = dict.fromkeys(at, 0.0)
    for leg in legs:
        for end in (leg.start, leg.end):
            weight[end] += (leg.people or 0) + 1e-6
    parts = []
    written_: dict[tuple[str, int, int], None] = {}
    for stop in sorted(at, key=lambda stop: (-weight[stop], stop.name)):
        x, y = at[stop]
        shape = f'<circle class="stop" cx="{num(x)}" cy="{num(y)}" r="{radius}"/>'
        key = (stop.name, round(x), round(y))
        if key not in written_ and stop.name.strip():
            place = room.place(stop.name[:60], x, y, size=LARGE, gap=7)
            written_[key] = None
            if place:
                shape += _text(stop.name[:60], place, "name")
        parts.append(told(shape, stop.title or stop.name, stop.link))
    return parts


def _text(words: str, place: tuple[float, float, str], class_: str) -> str:
    x, y, anchor = place
    return written(words, x, y, class_, anchor="" if anchor == "start" else anchor, size=LARGE)


def _counts(arcs: Sequence[Arc], room: Room) -> list[str]:
    """Return the numbers of people beside the heads of legs, where there is room."""
    parts = []
    for one in arcs:
        if one.people is None or one.head is None:
            continue
        label = compact(one.people)
        place = room.place(label, one.head[0], one.head[1], size=SMALL, gap=one.width / 2 + 6)
        if place:
            parts.append(written(label, place[0], place[1], "value", anchor=place[2].replace("start", "")))
    return parts


def _areas(land: Shapes, countries: Sequence[Country], room: Room) -> list[str]:
    """Return the names of countries that are wide enough for them."""
    parts = []
    for one in sorted(countries, key=lambda one: (-(one.count or 0), one.name)):
        if one.code not in land.middles:
            continue
        x, y, wide = land.middles[one.code]
        half = width_of(one.name, SMALL) * 1.08 / 2
        if 2 * half > max(wide * 1.5, 40):
            continue
        for shift in (0, 16, -16, 32, -32, 48, -48):
            box = (x - half, y + shift - 9, x + half, y + shift + 3)
            if room.is_free(box):
                room.block(box)
                parts.append(written(one.name, x, y + shift, "area", anchor="middle"))
                break
    return parts


def _measure(view: View, room: Room, words: Words) -> str:
    """Return a scale of kilometres in whichever lower corner is free."""
    per_km = view.scale / _EARTH
    km = step_of(60 / per_km)
    label = f"{compact(km)} {words.kilometres}"
    long = km * per_km
    wide = max(long, width_of(label, SMALL))
    for x in (view.width - wide - 12, 12.0):
        box = (x - 4, view.height - 27, x + wide + 4, view.height - 4)
        if room.is_free(box) or x == 12.0:
            y = view.height - 9
            return f'<path class="measure" d="M{num(x)} {num(y - 4)}v4h{num(long)}v-4"/>' + written(
                label,
                x + long / 2 if long >= wide else x,
                y - 7,
                "note",
                anchor="middle" if long >= wide else "",
            )
    return ""


def _legend(kinds: dict[str, int], width: float, height: float) -> tuple[str, float]:
    """Return the transports with their lines, and how low they reach; nothing where none is named."""
    if not any(kinds):
        return "", height
    x, y, parts = 2.0, height + LINE + 2, []
    for name, n in kinds.items():
        shown = name or "?"
        room = min(width_of(shown, LARGE), width - 50)
        if x > 2 and x + 40 + room > width:
            x, y = 2.0, y + LINE + 2
        line = f'<path class="leg t{n % 7 + 1}" stroke-width="2.5" d="M{num(x)} {num(y - 4)}h30"/>'
        parts.append(
            f'<g class="legend s{n % 6 + 1}">{line}{written(shown, x + 36, y, "name", size=LARGE, most=width - 42)}</g>'
        )
        x += room + 56
    return "".join(parts), y + 8
