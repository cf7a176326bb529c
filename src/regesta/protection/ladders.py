"""Ladders of generalisation: each step says less than the one before it, and nothing that is not so.

    dates       1997-04-20 ► 1997-04 ► 1997 ► 199X ► nothing
    places      an address ► its city ► its province ► its country ► nothing
    routes      the countries of the stops, each once where they follow one another
    quantities  an age ► ten years ► nothing
    words       "cook at the station hotel" ► "cook" ► nothing

A coarser date always contains the finer; what is uncertain stays uncertain. A place that the gazetteer does not know for
certain is nothing. Nothing here knows who may see what.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from regesta.dates import Date, DateSet, Edge, Interval, bounds, parse
from regesta.errors import DateError
from regesta.places import country, country_name, demonym, identify, settled
from regesta.protection.words import known, packs_spoken

__all__ = ["age_band", "coarse_date", "coarse_place", "country_of", "route_countries", "word_of"]

_YEARS: Final = (0, 9999)
_LONGEST: Final = 200
"""Code points of a place name; what is longer is none."""


@lru_cache(16384)
def coarse_date(edtf: str | None, step: str) -> str | None:
    """Return a date no finer than a step of the ladder, None where nothing may be said or nothing is known.

    Qualifiers stay. Intervals stay intervals, sets of alternatives become the interval from the first to the last.

    >>> coarse_date("1997-04-20", "month"), coarse_date("1997-04-20~", "year"), coarse_date("1997", "decade")
    ('1997-04', '1997~', '199X')
    >>> coarse_date("1996-08/1998-12-31", "year"), coarse_date("../1996-05", "year"), coarse_date("[1667,1669]", "decade")
    ('1996/1998', '../1996', '166X')
    >>> coarse_date("198X", "year"), coarse_date("1996-12/1997-01", "decade"), coarse_date("2001-21", "month")
    ('198X', '199X', '2001')
    """
    if edtf is None or step == "withhold":
        return None
    if step == "show":
        return edtf
    try:
        value = parse(edtf)
        if isinstance(value, Date):
            return _coarse(value, step)
        if isinstance(value, Interval):
            start = value.start.value if isinstance(value.start, Edge) else _coarse(value.start, step)
            end = value.end.value if isinstance(value.end, Edge) else _coarse(value.end, step)
        else:
            start, end = _ends_of_set(value, step)
        if start is None or end is None:
            return None
        joined = _joined(start, end)
        parse(joined)
    except DateError:
        return None  # nothing is better than what cannot be read
    return joined


def _ends_of_set(value: object, step: str) -> tuple[str | None, str | None]:
    assert isinstance(value, DateSet)
    first, last = bounds(value)[:2]
    mark = "~" if bounds(value).is_approximate else "?" if bounds(value).is_uncertain else ""
    start = ".." if first is None else _coarse(Date(*_parts(first)), step)
    end = ".." if last is None else _coarse(Date(*_parts(last)), step)
    add = "" if ".." in (start, end) else mark
    return (start + add if start and start != ".." else start, end + add if end and end != ".." else end)


def _parts(day: tuple[int, int, int]) -> tuple[str, str, str]:
    year, month, number = day
    return (f"{year:04d}" if year >= 0 else f"-{-year:04d}", f"{month:02d}", f"{number:02d}")


def _joined(start: str, end: str) -> str:
    return start if start == end and start not in ("", "..") else f"{start}/{end}"


def _coarse(date: Date, step: str) -> str | None:
    """Return one date, coarser; None for what no year of four digits holds."""
    mark = _mark(date)
    if len(date.year) != 4 or date.significant is not None:
        first, last = bounds(date)[:2]
        if first is None or last is None or not (_YEARS[0] <= first[0] and last[0] <= _YEARS[1]):
            return None
        if step != "decade":
            low, high = f"{first[0]:04d}", f"{last[0]:04d}"
            return (low if low == high else f"{low[:2]}XX" if low[:2] == high[:2] else "XXXX") + mark
        return f"{first[0]:04d}"[: 3 if first[0] // 10 == last[0] // 10 else 2].ljust(4, "X") + mark
    if step == "month" and date.month and date.season is None and (date.month.isdecimal() or not date.day):
        return f"{date.year}-{date.month}{mark}"
    year = _over_new_year(date) if date.season is not None else date.year
    return (year[:3] + "X" if step == "decade" else year) + mark if "X" not in year[:3] else year + mark


def _over_new_year(date: Date) -> str:
    """Return the year of a season, or what holds both where it reaches into the next."""
    first, last = bounds(date)[:2]
    if first is None or last is None or first[0] == last[0]:
        return date.year
    low, high = f"{first[0]:04d}", f"{last[0]:04d}"
    shared = next(index for index in range(4) if low[index] != high[index])
    return low[:shared].ljust(4, "X")


def _mark(date: Date) -> str:
    if date.is_approximate and date.is_uncertain:
        return "%"
    return "~" if date.is_approximate else "?" if date.is_uncertain else ""


@lru_cache(16384)
def country_of(place: str | None) -> str | None:
    """Return the name of the country of a place, None where the gazetteer does not know it for certain.

    >>> country_of("Porto"), country_of("the South"), country_of("a third country"), country_of("Georgia")
    ('Portugal', None, None, None)
    """
    return coarse_place(place, "country")


@lru_cache(16384)
def coarse_place(place: str | None, step: str) -> str | None:
    """Return a place no finer than a step of the ladder, None where the gazetteer does not know it for certain.

    >>> coarse_place("Suwon, Gyeonggi Province", "city"), coarse_place("12 Rose Street", "country")
    ('Suwon', None)
    >>> coarse_place("Gyeonggi-do", "province"), coarse_place("Seoul", "province"), coarse_place("Seoul", "country")
    ('Gyeonggi', 'South Korea', 'South Korea')
    """
    if place is None or step == "withhold" or len(place) > _LONGEST:
        return None
    if step == "show":
        return place
    bare = " ".join(place.split()).removeprefix("in ").removeprefix("at ").removeprefix("from ").strip(" ,.")
    found = settled(bare)
    if found is None:
        kinds = {one.country for one in identify(bare)}
        only = kinds.pop() if len(kinds) == 1 else None
        return country_name(only) if only else _of_tail(bare)
    if found.country is None:
        return None
    if step == "city" and found.kind == "city":
        return found.name
    if step in ("city", "province") and found.kind == "division" and found.rank == "state":
        return found.name
    return country_name(found.country)


def _of_tail(bare: str) -> str | None:
    """Return the country that stands behind a comma, or whose people a word names."""
    tail = bare.rpartition(",")[2].strip()
    code = country(tail) if "," in bare else None
    return country_name(code) if code else None


def route_countries(stops: tuple[str, ...]) -> tuple[str, ...]:
    """Return the countries of stops in their order, a stop that is not known left out.

    >>> route_countries(("Yalu River", "Beijing", "China", "a third country", "Seoul"))
    ('China', 'South Korea')
    """
    found: list[str] = []
    for stop in stops:
        name = country_of(stop) or _demonym_country(stop)
        if name is not None and (not found or found[-1] != name):
            found.append(name)
    return tuple(found)


@lru_cache(16384)
def _demonym_country(stop: str) -> str | None:
    if len(stop) > _LONGEST:
        return None
    words = stop.replace(",", " ").split()
    codes = {
        code for word in (*words, *map(" ".join, pairwise(words))) if (code := demonym(word) or country(word))
    }
    return country_name(codes.pop()) if len(codes) == 1 else None


def age_band(number: float | None, low: float | None, high: float | None) -> tuple[float, float] | None:
    """Return the ten years that an age lies in, more for a range; None where it is not known.

    >>> age_band(33, None, None), age_band(None, 18, 21), age_band(None, None, None)
    ((30, 39), (10, 29), None)
    """
    ends = [value for value in (number, low, high) if value is not None and math.isfinite(value)]
    if not ends:
        return None
    return math.floor(min(ends) / 10) * 10, math.floor(max(ends) / 10) * 10 + 9


def word_of(text: str | None) -> str | None:
    """Return the bare word for a role or a rank that a phrase begins with, None where the lexicon has none.

    >>> word_of("cook at the station hotel in Porto"), word_of("former high-ranking party member"), word_of("hero of ours")
    ('cook', 'party member', None)
    """
    return _word_of(text, packs_spoken()) if text else None


@lru_cache(16384)
def _word_of(text: str, packs: tuple[Path, ...]) -> str | None:  # noqa: ARG001 - the words are those of the packs
    words = known()
    tokens = text[:400].casefold().replace(",", " , ").split()
    for index, token in enumerate(tokens):
        if token in {"of", "to", "for", "in", "at", "with", "from", "by", "who", "that", ","}:
            tokens = tokens[:index]
            break
    for start in range(len(tokens)):
        for end in range(min(len(tokens), start + 4), start, -1):
            phrase = " ".join(tokens[start:end])
            single = words.singular(phrase)
            if (single in words.roles or single in words.ranks) and end == len(tokens):
                return single
    return None
