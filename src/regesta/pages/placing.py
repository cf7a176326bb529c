"""Where the stops of journeys lie: the words of a source brought to a place of the gazetteer that has coordinates.

    Beijing                                  where it is
    South Korean consulate in Qingdao, China    at Qingdao, which is told with it
    the border, Tumen River, a third country    nowhere: the gazetteer has no point for them

What else is named tells which of two places of one name is meant. A place that is not settled is never guessed. Nothing here
reads the shelf.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from regesta.drawing import middle_of
from regesta.places import settled

__all__ = ["Located", "located", "named_nearby"]

_LONGEST = 160
_LINK = re.compile(r"\s+(?:in|of|at|on|near|off|from|to|outside)\s+(?:the\s+)?|(?:'|’)s\s+|,\s+")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Located:
    """A place with coordinates."""

    id: str
    name: str
    """As the gazetteer has it."""
    latitude: float
    longitude: float
    country: str | None
    """ISO 3166, None where several share it."""
    is_whole: bool
    """The words name the place itself, not something in it."""
    is_country: bool
    """It is a country, which stands in the middle of its largest part."""


def named_nearby(names: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the countries that are named most, for telling places of one name apart.

    >>> named_nearby(["China", "Seoul", "China", "South Korea", "a field"])
    ('CN', 'KR')
    """
    counted = Counter(
        found.country for name in names if (found := located(name, ())) is not None and found.country
    )
    return tuple(sorted(code for code, _ in counted.most_common(_MOST)))


@lru_cache(16384)
def located(name: str, near: tuple[str, ...]) -> Located | None:
    """Return where a stop lies, None where nobody can say.

    >>> (found := located("South Korean consulate in Qingdao, China", ())).name, found.is_whole
    ('Qingdao', False)
    >>> located("Seoul", ()).is_whole, located("a third country", ()), located("Tumen River", ())
    (True, None, None)
    """
    name = name.strip()
    if not name or len(name) > _LONGEST:
        return None
    found = _settled(name, near, is_whole=True)
    if found is not None:
        return found
    listed = re.sub(
        r"\s+in\s+(?:the\s+)?", ", ", name, count=1
    )  # "a town in a province" as "a town, a province"
    if listed != name and (found := _settled(listed, near, is_whole=True)) is not None:
        return found
    starts = [match.end() for match in _LINK.finditer(name)][:6]
    ends = [match.start() for match in _LINK.finditer(name)][:6]
    for start in starts:  # the longest tail first: "Qingdao, China" before "China"
        tail = re.sub(r"\s+in\s+(?:the\s+)?", ", ", name[start:], count=1)
        if (found := _settled(tail, near, is_whole=False)) is not None:
            return found
    for end in ends[:1]:  # "Seoul's airport"
        if (found := _settled(name[:end], near, is_whole=False)) is not None:
            return found
    return None


def _settled(name: str, near: tuple[str, ...], *, is_whole: bool) -> Located | None:
    found = settled(name, near)
    if found is None or found.latitude is None or found.longitude is None:
        return None
    latitude, longitude = found.latitude, found.longitude
    if found.kind == "country" and found.country and len(corners := middle_of(found.country)) == 2:
        (west, south), (east, north) = corners
        latitude, longitude = (south + north) / 2, (west + east) / 2
    return Located(
        found.id,
        found.name,
        latitude,
        longitude,
        found.country,
        is_whole,
        found.kind == "country",
    )
