"""Which place a name means: countries, divisions of countries, cities, and waters along borders, with coordinates.

    identify("Gyeonggi-do")                    -> Gyeonggi (division, KR, 37.288, 127.053)
    identify("Cambridge", near=["GB"])         -> the one in England first
    settled("Springfield")                     -> None: many have the name, none stands out

A candidate's `weight` is a power of ten: that of the people who live there, more for a capital and for a country, more
for what lies in a country that is named nearby. A name is settled where the first outweighs the second by `MARGIN`.
The list is `gazetteer/atlas.txt` and `atlas_names.txt`, made by scripts/make_places.py and read
when first asked for. Not here: whether a word is a place at all (`regesta.places.kind`), and places that the list
does not have.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal, cast

from regesta.places.fold import folded
from regesta.places.generic import bare, says_nothing
from regesta.places.lookup import country, country_name, demonym

__all__ = ["AtlasKind", "Candidate", "identify", "nearby", "settled"]

AtlasKind = Literal["country", "division", "city", "water", "mountain", "region"]

MARGIN: Final = 0.8
"""By how much the weight of the first candidate must exceed that of the second: six times the people."""
_NEAR: Final = 2.0
_NEAR_OF_MANY: Final = 0.7
_WEAKER: Final = 1.0
_SAME_KM: Final = 300
"""A division whose middle is not farther from a large city of its name is the land around it."""
_DIVISION_KM: Final = 500
_LARGE: Final = 5.0
_FOLDER: Final = Path(__file__).parent / "gazetteer"
_WEIGHTS: Final = {"country": 7.0, "water": 6.0, "mountain": 6.0, "region": 6.0}
_TAIL: Final = re.compile(r"(?P<head>[^,(]+?)\s*(?:,\s*(?P<tail>[^,()]+)|\((?P<in>[^()]+)\))\s*")
_KINDS_OF_CLASS: Final = {
    "state": ("division",),
    "county": ("division",),
    "district": ("division",),
    "city": ("city", "division"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean."""

    id: str
    """`iso:KR`, `iso:KR-41` (ISO 3166), `geonames:1835848`, or `regesta:` for what neither has."""
    name: str
    """The usual one, in English where there is one."""
    kind: AtlasKind
    rank: str
    """`country`, `capital`, `seat` of a division, `city`; of a division `state`, `county`, `district` or `city`."""
    countries: tuple[str, ...]
    """ISO 3166 codes of the country or, for a river, of the countries; ISO 3166-3 for those that are gone."""
    today: tuple[str, ...]
    """The countries of today on the ground of a state that is gone, else empty."""
    latitude: float | None
    """Degrees north, of the middle or the seat; None where the list has none."""
    longitude: float | None
    """Degrees east."""
    population: int | None
    """People, by GeoNames; None where not known."""
    weight: float
    """How likely, as a power of ten; to be compared with other candidates of the same name only."""

    @property
    def country(self) -> str | None:
        """The code of the country, None where several share the place."""
        return self.countries[0] if len(self.countries) == 1 else None


def identify(name: str, near: Sequence[str] = ()) -> tuple[Candidate, ...]:
    """Return the places that a name may mean, the likeliest first.

    `near` holds what else is named there: codes or names of countries, demonyms, names of cities.

    >>> [place.id for place in identify("Gyeonggi Province")], [place.id for place in identify("경기도")]
    (['iso:KR-41'], ['iso:KR-41'])
    >>> identify("Kangwon")[0].country, identify("Gangwon-do")[0].country, identify("Kangwon", ["KR"])[0].country
    ('KP', 'KR', 'KR')
    >>> identify("Portland, Oregon")[0].id, identify("Soviet Union")[0].today[:2]
    ('geonames:5746545', ('RU', 'UA'))
    """
    return _identified(name, nearby(tuple(near)))


def settled(name: str, near: Sequence[str] = ()) -> Candidate | None:
    """Return the place that a name means, None where the list has none or where two are about as likely.

    >>> settled("U.S.").id, settled("Springfield"), settled("Georgia"), settled("Georgia", ["US"]).id
    ('iso:US', None, None, 'iso:US-GA')
    """
    found = _identified(name, nearby(tuple(near)))
    if not found or (len(found) > 1 and found[0].weight - found[1].weight < MARGIN):
        return None
    return found[0]


@lru_cache(4096)
def nearby(near: tuple[str, ...]) -> frozenset[str]:
    """Return the codes of the countries that are named.

    >>> sorted(nearby(("KR", "Japanese", "Vladivostok", "tea")))
    ['JP', 'KR', 'RU']
    """
    return frozenset(code for name in near if (code := _code(name)) is not None)


@lru_cache(16384)
def _code(name: str) -> str | None:
    """Return the code of the country that a name or code tells of."""
    if len(name) in {2, 4} and name.isupper() and country_name(name) is not None:
        return name
    if (code := demonym(name) or country(name)) is not None and not code.startswith("x-"):
        return code
    found = _identified(name, frozenset())
    if found and (len(found) == 1 or found[0].weight - found[1].weight >= MARGIN):
        return found[0].country
    return None


@lru_cache(65536)
def _identified(name: str, near: frozenset[str]) -> tuple[Candidate, ...]:
    full = folded(name)
    if not full or name.removeprefix("the ")[:1].islower() or says_nothing(full):
        return ()
    found = _weighed(_named(full, name, near), near)
    if found or not (parts := _TAIL.fullmatch(name)):
        return found
    head, tail = parts["head"], parts["tail"] or parts["in"]
    return _within(_named(folded(head), head, frozenset()), tail.strip())


def _named(full: str, name: str, near: frozenset[str]) -> list[Candidate]:
    """Return the places of a name, and of what is left of it without its generic words."""
    key = full.replace(" ", "")
    strong, weak = _found(key)
    found = _places(strong)
    if len(key) < 4 and key.isascii() and not name.replace(".", "").replace(" ", "").isupper():
        found = [one for one in found if folded(one.name).replace(" ", "") == key]
    others = _places(weak)
    left, class_ = bare(full)
    if class_ is not None:
        if class_ not in _KINDS_OF_CLASS:  # "Cross River" is no state of that name
            found = [one for one in found if one.kind != "division"]
        strong, weak = _found(left.replace(" ", ""))
        known = {one.id for one in found}
        found += [one for one in _places(strong) if one.id not in known and _fits(one, class_)]
        others = others or [one for one in _places(weak) if _fits(one, class_)]
    if others and not (found and (not near or any(near.intersection(one.countries) for one in found))):
        others = [replace(one, weight=one.weight - _WEAKER) for one in others]
        told = [one for one in others if near.intersection(one.countries)]
        found = told or found or others
    return found


def _fits(place: Candidate, class_: str) -> bool:
    """Return whether a place is of the kind that a generic word says."""
    if class_ in _KINDS_OF_CLASS:
        return place.kind in _KINDS_OF_CLASS[class_] and (place.kind == "city" or place.rank == class_)
    return place.rank == class_


def _weighed(found: list[Candidate], near: frozenset[str]) -> tuple[Candidate, ...]:
    """Return places in the order of their weights, without those that only share the name of what they lie in."""
    if len(found) == 1:
        return tuple(found)
    within = {code for one in found if one.kind == "country" for code in one.countries}
    cities = [one for one in found if one.kind == "city"]
    bonus = _NEAR if len(near) == 1 else _NEAR_OF_MANY
    kept = []
    for one in found:
        if one.kind != "country" and within.intersection(one.countries):
            continue
        if one.kind == "division" and any(_around(one, city) for city in cities):
            continue
        kept.append(replace(one, weight=one.weight + bonus) if near.intersection(one.countries) else one)
    return tuple(sorted(kept, key=lambda one: (-one.weight, one.id)))


def _around(division: Candidate, city: Candidate) -> bool:
    """Return whether a division is the land around a large city of its name."""
    return (
        city.weight >= _LARGE
        and city.weight + MARGIN > division.weight
        and division.countries == city.countries
        and _distance(division, city) <= _SAME_KM
    )


def _within(found: list[Candidate], tail: str) -> tuple[Candidate, ...]:
    """Return the places of a name that lie in the country or division told after a comma, the nearest one alone."""
    told = _identified(tail, frozenset())
    codes = {one.countries[0]: one for one in told if one.kind == "country" and one.countries}
    if codes:
        return _weighed([one for one in found if one.country in codes], frozenset())
    by_code = [_place(row) for one in found for row in _found(f"@{one.country}-{tail}")[0]]
    areas = {one.id: one for one in (*told, *by_code) if one.kind == "division"}
    best: list[tuple[float, Candidate]] = sorted(
        (
            (_distance(one, area), one)
            for one in found
            for area in areas.values()
            if one.kind == "city" and one.countries == area.countries and _distance(one, area) < _DIVISION_KM
        ),
        key=lambda pair: (pair[0], pair[1].id),
    )
    if not best or (len(best) > 1 and best[1][0] < 2 * best[0][0] and best[1][1].id != best[0][1].id):
        return ()
    return (best[0][1],)


def _distance(left: Candidate, right: Candidate) -> float:
    """Return the kilometres between two places, on a sphere; infinite where one has no coordinates."""
    if left.latitude is None or right.latitude is None or left.longitude is None or right.longitude is None:
        return math.inf
    a, b = math.radians(left.latitude), math.radians(right.latitude)
    turn = math.radians(left.longitude - right.longitude)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
    return 6371 * math.acos(min(1.0, max(-1.0, cosine)))


def _places(rows: Iterable[str]) -> list[Candidate]:
    return [_place(row) for row in rows]


@lru_cache(65536)
def _place(row: str) -> Candidate:
    """Return the place of a row, its names left out."""
    id_, name, kind, rank, countries, today, lat, lon, people = row.rstrip().split("|")
    population = int(people)
    weight = _WEIGHTS.get(kind)
    if weight is None:
        weight = math.log10(max(population, 1000)) + (0.5 if rank in {"capital", "seat"} else 0)
        if kind == "division":
            known = 5.5 if rank in {"state", "city"} and population else 4.8
            weight = weight if population > 1 else known
    return Candidate(
        id=id_,
        name=name,
        kind=cast("AtlasKind", kind),
        rank=rank,
        countries=tuple(countries.split()),
        today=tuple(today.split()),
        latitude=float(lat) if lat else None,
        longitude=float(lon) if lon else None,
        population=population if population > 1 else None,
        weight=weight,
    )


def bucket(key: str) -> str:
    """Return the first letters by which names are kept together in the index.

    >>> bucket("seoul"), bucket("서울")
    ('seo', '서')
    """
    return key[:3] if key[:3].isascii() else key[:1]


def _found(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rows of a name, and those of whom it is a weaker name."""
    rows, index = _atlas()
    line = index.get(bucket(key), "")
    at = line.find(f";{key}=")
    if at < 0 or ";" in key:
        return (), ()
    at += len(key) + 2
    strong, _, weak = line[at : line.index(";", at)].partition("~")
    return (
        tuple(rows[int(number)] for number in strong.split(",") if number),
        tuple(rows[int(number)] for number in weak.split(",") if number),
    )


@cache
def _atlas() -> tuple[list[str], dict[str, str]]:
    """Return the rows by their number, and the names by their first letters."""
    with (_FOLDER / "atlas_names.txt").open(encoding="utf-8") as lines:
        index = {start: names for start, _, names in (line.partition("|") for line in lines)}
    with (_FOLDER / "atlas.txt").open(encoding="utf-8") as lines:
        return list(lines), index
