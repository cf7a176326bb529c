"""Crowds: how much of each person who is not shown by name small counts allow to be shown.

    decade, year, country, sex, role, age ──► as many of these, from the left, as at least `k` people share

Who cannot even share a decade may be given the decades that all such people lie in together. The counting itself is `counts`; here
are the people, and whom it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from regesta.chronicle.rows import ClaimRow
from regesta.protection.candidates import Candidate
from regesta.protection.counts import Counted, depths, tally
from regesta.protection.judging import Subject
from regesta.protection.ladders import age_band, coarse_date, country_of, word_of
from regesta.protection.policy import Policy
from regesta.protection.sketches import Sketch
from regesta.protection.standing import Standing

__all__ = ["COUNTED", "count", "groups_of", "key_of"]

COUNTED: Final = frozenset({"at_risk", "unnamed"})
_DECADE: Final = re.compile(r"[0-9]{3}X")


def count(
    people: Mapping[str, Candidate], rows: Iterable[ClaimRow], policy: Policy, stand: Standing, gone: set[str]
) -> list[tuple[str, Counted]]:
    """Set how much of each person small counts allow to be shown; return whom it counted."""
    telling: set[str] = set()
    for row in rows:
        person = people.get(row.subject)
        if person is None or person.column not in COUNTED or row.fingerprint in stand.withheld:
            continue
        is_called = policy.names.get(person.column, "absent") != "absent" and row.predicate != "group_size"
        if is_called and policy.step(row.predicate, person.column) != "withhold":
            telling.add(row.subject)
    counted = []
    for entity, person in people.items():
        if person.column not in COUNTED:
            continue
        person.depth, key = -1, key_of(person.sketch)
        if _DECADE.fullmatch(key[0]) and not (person.judged.is_kin and not person.sketch.row.is_named):
            is_gone = person.is_withheld or entity in gone or entity not in telling
            counted.append((entity, Counted(key, person.sketch.size, is_gone=is_gone)))
    for (entity, _), depth in zip(counted, depths([one for _, one in counted], policy.k), strict=True):
        people[entity].depth = depth
        people[entity].span = ""
    _span(
        [(people[entity], one) for entity, one in counted if one.is_gone or people[entity].depth == 0],
        policy.k,
    )
    return counted


def _span(rest: list[tuple[Candidate, Counted]], k: int) -> None:
    """Give those whom no decade of their own may be told the decades that all of them lie in, where they are enough."""
    decades = sorted(one.key[0] for _, one in rest)
    if sum(one.weight for _, one in rest if not one.is_gone) < k:
        return
    mark = (
        "~"
        if any(not edtf[-1:].isdigit() for person, _ in rest for edtf, _ in person.sketch.arrivals)
        else ""
    )
    first, last = f"{decades[0]}{mark}", f"{decades[-1]}{mark}"
    span = first if first == last else f"{first}/{last}"
    for person, _ in rest:
        person.span = span


def key_of(sketch: Sketch) -> tuple[str, ...]:
    """Return decade, year, country, sex, role and age of somebody, empty where nobody says."""
    dates = sorted(edtf for edtf, _ in sketch.arrivals)
    year = coarse_date(dates[0], "year") if dates else None
    places = [name for _, where in sketch.arrivals if (name := country_of(where)) is not None]
    roles = [word for text, _ in sketch.roles if (word := word_of(text)) is not None]
    band = age_band(sketch.ages[0].years, None, None) if sketch.ages else None
    return (
        ((coarse_date(dates[0], "decade") or "") if dates else "").rstrip("~?%"),
        (year or "").rstrip("~?%"),
        min(places, default=""),
        sketch.sex,
        min(roles, default=""),
        f"{band[0]:g}" if band else "",
    )


def groups_of(
    people: Mapping[str, Candidate], counted: list[tuple[str, Counted]], subjects: Mapping[str, Subject]
) -> dict[tuple[str, ...], int]:
    """Return how many people share what is shown of them, of those who are not shown by name and not absent."""
    shown = [(entity, one) for entity, one in counted if subjects[entity].exposure.shown != "absent"]
    keys = [Counted((people[entity].span,)) if people[entity].span else one for entity, one in shown]
    weighed = [replace(key, weight=one.weight) for key, (_, one) in zip(keys, shown, strict=True)]
    return tally(weighed, [1 if people[entity].span else people[entity].depth for entity, _ in shown])
