"""GeoJSON for maps: a feature for each place, for each route, and for each claim that says where it happened.

    {"type": "FeatureCollection", "features": [
      {"type": "Feature", "id": "c-...", "geometry": {"type": "LineString", ...},
       "properties": {"what": "route", "when": "1997", "earliest": "1997-01-01", ..., "passages": [{source, start, end, quote}]}}],
     "unplaced": [{"claim": "c-...", "words": "a third country", ...}]}

`what` is place, route or event. Points are those of the atlas (`placed` says of what: itself, country, division, within); what
it does not settle stands in `unplaced`, a foreign member, with its passages. A route is the line through those of its stops
that have a point, `stops` tells all of them, and a line over the 180th meridian is cut there. Source: RFC 7946. Lines
join stops as the source tells them; nobody walked along them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from regesta.export.placing import Placed, placed
from regesta.export.told import Telling, tellings

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["geometry", "write"]

_PLACES: Final = frozenset({"location", "imprisoned_at", "origin"})
"""Predicates whose value is a place."""
_Point = tuple[float, float]


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `chronicle.geojson` and return it."""
    path, later = folder / "chronicle.geojson", folder / "unplaced"
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file, later.open("w+b") as left:
        counts = {True: 0, False: 0}

        def put(made: dict[str, Any], *, is_placed: bool) -> None:
            out = file if is_placed else left
            out.write(b",\n" if counts[is_placed] else b"\n")
            out.write(encode(made))
            counts[is_placed] += 1

        file.write(b'{"type":"FeatureCollection","features":[')
        for made, is_placed in _of_places(chronicle):
            put(made, is_placed=is_placed)
        for telling in tellings(
            chronicle, "c.where_text is not null or c.value_stops is not null or c.predicate in " + _sql()
        ):
            for made, is_placed in _of_claim(telling):
                put(made, is_placed=is_placed)
        file.write(b'\n],\n"unplaced":[')
        left.seek(0)
        while block := left.read(1 << 20):
            file.write(block)
        file.write(b"\n]}\n")
    later.unlink()
    return [path]


def geometry(points: list[_Point]) -> dict[str, Any]:
    """Return the geometry of points in order: one point, a line, or a line cut at the 180th meridian.

    >>> geometry([(10.0, 50.0), (12.0, 51.0)])
    {'type': 'LineString', 'coordinates': [(10.0, 50.0), (12.0, 51.0)]}
    >>> geometry([(170.0, 0.0), (-170.0, 10.0)])["coordinates"]
    [[(170.0, 0.0), (180.0, 5.0)], [(-180.0, 5.0), (-170.0, 10.0)]]
    """
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    lines: list[list[_Point]] = [[points[0]]]
    for (x, y), (to_x, to_y) in itertools.pairwise(points):
        if abs(to_x - x) > 180:
            side = 180.0 if x > 0 else -180.0
            width = 360 - abs(to_x - x)
            share = abs(side - x) / width if width else 0.0
            middle = round(y + (to_y - y) * share, 6)
            lines[-1].append((side, middle))
            lines.append([(-side, middle)])
        lines[-1].append((to_x, to_y))
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _sql() -> str:
    return "(" + ", ".join(f"'{each}'" for each in sorted(_PLACES)) + ")"


def _of_places(chronicle: Chronicle) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield the places that the sources name, each with its first mention in every source."""
    query = (
        "select e.id, e.label, e.aliases, m.n, m.first, (select count(*) from claims c where c.subject = e.id or c.value_entity = e.id) "
        "from entities e join (select entity, count(*) n, first({'source': source, 'start': start_char, 'end': end_char, "
        "'quote': quote} order by source, start_char, end_char) first from mentions group by entity) m on m.entity = e.id "
        "where e.kind = 'place' order by m.first.source, m.first.start, e.id"
    )
    for id_, label, aliases, mentions, first, claims in chronicle.stream(query):
        point = placed(label)
        told: dict[str, Any] = {
            "what": "place",
            "label": label,
            "aliases": aliases,
            "mentions": mentions,
            "claims": claims,
            "passages": [first],
        }
        if point is None:
            yield {"entity": id_, "words": label, **told}, False
        else:
            yield _feature(id_, [point], {**told, **_said_of(point)}), True


def _of_claim(telling: Telling) -> Iterator[tuple[dict[str, Any], bool]]:
    claim = telling.claim
    told: dict[str, Any] = {
        "what": "route" if claim.value_stops is not None else "event",
        "predicate": claim.predicate,
        "subject": {"id": claim.subject, "label": claim.subject_label, "kind": claim.subject_kind},
        "value": claim.value,
        "when": claim.when_edtf or claim.value_edtf,
        "earliest": claim.earliest,
        "latest": claim.latest,
        "where": claim.where_text,
        "modality": claim.modality,
        "passages": [each.place() for each in telling.passages],
    }
    if claim.value_stops is not None:
        stops = [(stop, placed(stop.text)) for stop in claim.value_stops]
        told["stops"] = [
            {"text": stop.text, "id": stop.entity, **(_said_of(point) if point else {"placed": None})}
            for stop, point in stops
        ]
        points = [point for _, point in stops if point is not None]
        for stop, point in stops:
            if point is None:
                yield {"claim": claim.id, "words": stop.text, **_brief(told)}, False
        if points:
            yield _feature(claim.id, points, told), True
    else:
        words = claim.where_text or claim.value_text or ""
        point = placed(words)
        if point is None:
            yield {"claim": claim.id, "words": words, **_brief(told)}, False
        else:
            yield _feature(claim.id, [point], {**told, **_said_of(point)}), True


def _brief(told: dict[str, Any]) -> dict[str, Any]:
    return {key: told[key] for key in ("what", "predicate", "subject", "when", "passages")}


def _said_of(point: Placed) -> dict[str, Any]:
    return {"placed": point.how, "atlas": point.id, "name": point.name}


def _feature(id_: str, points: list[Placed], properties: dict[str, Any]) -> dict[str, Any]:
    way: list[_Point] = []
    for point in points:
        if not way or way[-1] != (point.longitude, point.latitude):
            way.append((point.longitude, point.latitude))
    return {"type": "Feature", "id": id_, "geometry": geometry(way), "properties": properties}
