"""Where on the earth the words of a source lie: only where the atlas settles them, never by a guess.

    Seoul                              itself
    the United States                  a country: its point is its middle or its seat
    a consulate in Lagos, Nigeria      within: the point is that of Lagos
    south of Seoul, the border         nowhere

`how` says which of the three it is, so that a map can tell a spot from a country. Which of two places of one name is meant is
not asked of the neighbours: a name that needs them stays unplaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from regesta.places import settled

__all__ = ["Placed", "placed"]

_LONGEST: Final = 160
_BEFORE: Final = re.compile(r"(?:in|at|into|to|from|near)\s+", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"the\s+", re.IGNORECASE)
_WITHIN: Final = re.compile(r"\s(?:in|at)\s+|,\s+")
_OWNER: Final = re.compile(r"(.+?)(?:'|’)s\s+\S")
_ELSEWHERE: Final = re.compile(
    r"\b(?:north|south|east|west|northeast|northwest|southeast|southwest|near|off|outside|between|beyond|toward|towards|"
    r"border|borders|coast|bound|far|away)\b"
)
"""Words by which a place is not where its name is; with a capital they are part of a name."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A point for the words of a source."""

    longitude: float
    latitude: float
    id: str
    """In the atlas: `iso:KR`, `geonames:1835848`."""
    name: str
    """In the atlas."""
    how: Literal["itself", "country", "division", "within"]
    """What the point is a point of."""


@lru_cache(16384)
def placed(words: str) -> Placed | None:
    """Return where words lie, None where that is not settled.

    >>> placed("in Seoul").how, placed("a hotel in Nairobi").name, placed("the United States").how
    ('itself', 'Nairobi', 'country')
    >>> placed("Swedish consulate in Lagos, Nigeria").name
    'Lagos'
    >>> placed("south of Seoul"), placed("Springfield"), placed("an Asian country")
    (None, None, None)
    """
    words = " ".join(words.split())
    if not words or len(words) > _LONGEST:
        return None
    for name in _wholes(words):
        if (found := _point(name, is_whole=True)) is not None:
            return found
    if _ELSEWHERE.search(words):
        return None
    for gap in list(_WITHIN.finditer(words))[:4]:  # the longest end first: "Lagos, Nigeria" before "Nigeria"
        for name in _wholes(words[gap.end() :]):
            if (found := _point(name, is_whole=False)) is not None:
                return found
    owner = _OWNER.match(words)
    return _point(owner[1], is_whole=False) if owner else None


def _wholes(words: str) -> list[str]:
    """Return the words, and what is left without a preposition and an article."""
    bare = _ARTICLE.sub("", _BEFORE.sub("", words, count=1), count=1) if _BEFORE.match(words) else words
    return list(
        dict.fromkeys((words, bare, _ARTICLE.sub("", bare, count=1) if _ARTICLE.match(bare) else bare))
    )


def _point(name: str, *, is_whole: bool) -> Placed | None:
    found = settled(name)
    if found is None or found.longitude is None or found.latitude is None:
        return None
    how: Literal["itself", "country", "division", "within"] = "within"
    if is_whole:
        how = found.kind if found.kind in {"country", "division"} else "itself"
    return Placed(found.longitude, found.latitude, found.id, found.name, how)
