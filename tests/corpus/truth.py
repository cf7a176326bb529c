"""What a reader of a corpus document holds to be true of it, and where the document says so.

The truth of `NAME.EXT` stands beside it in `NAME.truth.toml`, written to be edited by hand: quotes, no offsets.

    document = "NAME.txt"
    people = [{ quote = "Jan Kos", arrival = "1951-09-12" }]                 who fled, at the first naming of each
    claims = [{ what = "age", value = 31, of = "Jan Kos", quote = "aged 31" }]

A quote is looked for in the text as read; any white space in it matches any white space there. One that stands there
more than once gets `nth` (from 1; -1 is the last) or `after` (words that come before it). `resolve` turns all quotes
into spans and fails loudly where one is absent. Nothing here knows what the program makes of the document.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Fact", "Person", "Point", "Truth", "TruthError", "Work", "load", "resolve"]

Place = tuple[int, int]

_KEYS = {
    "": {"document", "invented", "note", "people", "others", "claims", "series", "references"},
    "people": {
        "quote",
        "nth",
        "after",
        "key",
        "named",
        "size",
        "arrival",
        "alternatives",
        "aliases",
        "optional",
        "why",
    },
    "claims": {"what", "value", "unit", "of", "quote", "nth", "after", "when", "modality", "optional", "why"},
    "series": {"label", "points", "total"},
    "references": {"quote", "nth", "after", "title", "cited", "optional", "why"},
}
_UNITS = {"age": "year", "population": "person", "group_size": "person", "capacity": "person"}


class TruthError(Exception):
    """A truth file is ill-formed, or quotes what its document does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, or a group, that fled, tried to, or was sent away."""

    key: str
    name: str
    span: Place
    places: tuple[Place, ...]
    """Everywhere the person is named, aliases included; not inside a longer name of somebody else."""
    named: bool
    size: int | None
    arrival: str | None
    alternatives: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One claim that the document makes."""

    what: str
    value: Any
    """Number, [low, high], words, an EDTF date, or None for any value."""
    unit: str | None
    of: str | None
    """`Person.key`; None where the subject is nobody of `people`, or does not matter."""
    span: Place
    when: str | None
    modality: str | None
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of a series; `is_total` where the document itself calls it the sum."""

    period: str
    value: float
    span: Place
    is_total: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One reference or bibliography entry."""

    title: str | None
    span: Place
    """Some words of the entry, not all of it."""
    cited: int | None
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All of it, each quote a span of the text it was resolved against."""

    people: tuple[Person, ...]
    known: tuple[Place, ...]
    """Every place where a person of `people` (aliases included) or of `others` is named."""
    facts: tuple[Fact, ...]
    points: tuple[Point, ...]
    works: tuple[Work, ...]


def load(path: Path) -> dict[str, Any]:
    """Return the rows of a truth file; `TruthError` where a key is unknown, a field missing, or `of` is nobody."""
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TruthError(f"{path.name}: {error}") from error
    for part, allowed in _KEYS.items():
        for row in [rows] if not part else rows.get(part, []):
            if unknown := set(row) - allowed:
                raise TruthError(f"{path.name}: {part or 'file'}: unknown {sorted(unknown)} in {row}")
            needed = {"": ("document",), "claims": ("what", "quote"), "series": ("points",)}.get(
                part, ("quote",)
            )
            if missing := [key for key in needed if key not in row]:
                raise TruthError(f"{path.name}: {part or 'file'}: {missing} missing in {row}")
    keys = [row.get("key", row["quote"]) for row in rows.get("people", [])]
    if doubles := {key for key in keys if keys.count(key) > 1}:
        raise TruthError(f"{path.name}: people: the same key twice: {sorted(doubles)}")
    for row in rows.get("claims", []):
        if row.get("of", None) not in {None, *keys}:
            raise TruthError(f"{path.name}: claims: 'of' is nobody of people: {row}")
    return rows


def _pattern(quote: str) -> str:
    left, right = ("(?<!\\w)" if quote[:1].isalnum() else ""), ("(?!\\w)" if quote[-1:].isalnum() else "")
    return left + r"\s+".join(re.escape(word) for word in quote.split()) + right


def _find(text: str, row: dict[str, Any], where: str, *, nth: int = 1) -> Place:
    start = 0
    if after := row.get("after"):
        found = re.search(_pattern(after), text)
        if not found:
            raise TruthError(f"{where}: the text has no {after!r} (after)")
        start = found.end()
    hits = [m.span() for m in re.finditer(_pattern(str(row["quote"])), text) if m.start() >= start]
    nth = row.get("nth", nth)
    if not hits or (nth > len(hits)):
        raise TruthError(f"{where}: the text has {len(hits)} times {row['quote']!r}, wanted number {nth}")
    return hits[nth - 1 if nth > 0 else nth]


def _namings(text: str, row: dict[str, Any], where: str) -> list[Place]:
    found = []
    for name in (row["quote"], *row.get("aliases", [])):
        hits = [m.span() for m in re.finditer(_pattern(name), text)]
        if not hits:
            raise TruthError(f"{where}: the text has no {name!r} (alias)")
        found += hits
    return found


def _inside(inner: Place, outer: Place) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def resolve(rows: dict[str, Any], text: str) -> Truth:
    """Return the truth with every quote as a span of `text`; `TruthError` names the first that is not there."""
    where = rows["document"]
    named = [_namings(text, row, where) for row in rows.get("people", [])]
    known = [place for places in named for place in places]
    people = []
    for row, places in zip(rows.get("people", []), named, strict=True):
        span = _find(text, row, where)
        own = [p for p in places if p == span or not any(_inside(p, q) and q not in places for q in known)]
        people.append(
            Person(
                key=row.get("key", row["quote"]),
                name=row["quote"],
                span=span,
                places=tuple(own),
                named=row.get("named", True),
                size=row.get("size"),
                arrival=row.get("arrival"),
                alternatives=tuple(row.get("alternatives", ())),
                optional=row.get("optional", False),
            )
        )
    for name in rows.get("others", []):
        known.append(_find(text, {"quote": name}, where))
        known += [m.span() for m in re.finditer(_pattern(name), text)]
    facts = [
        Fact(
            what=row["what"],
            value=row.get("value"),
            unit=row.get("unit", _UNITS.get(row["what"])),
            of=row.get("of"),
            span=_find(text, row, where),
            when=row.get("when"),
            modality=row.get("modality"),
            optional=row.get("optional", False),
        )
        for row in rows.get("claims", [])
    ]
    points = []
    for series in rows.get("series", []):
        at = 0
        for period, value, quote in series[
            "points"
        ]:  # in the order of the text, so each is sought after the last
            found = re.compile(_pattern(quote)).search(text, at)
            if not found:
                raise TruthError(f"{where}: series: the text has no further {quote!r}")
            at = found.end()
            points.append(Point(period=period, value=value, span=found.span(), is_total=False))
        if total := series.get("total"):
            span = _find(text, {"quote": total[2]}, where)
            points.append(Point(period=total[0], value=total[1], span=span, is_total=True))
    works = [
        Work(
            title=row.get("title"),
            span=_find(text, row, where, nth=-1),  # the last: a title may stand in the body too
            cited=row.get("cited"),
            optional=row.get("optional", False),
        )
        for row in rows.get("references", [])
    ]
    return Truth(
        people=tuple(people), known=tuple(known), facts=tuple(facts), points=tuple(points), works=tuple(works)
    )
