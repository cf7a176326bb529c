"""What is typed of `withhold` and `release`, and which releases wait for a second person.

    --ground own-disclosure --value "scope=aliases" ──► value "ground=own disclosure; scope=aliases"

The form is that of `protection.grounds`, which knows the words. A release is for twelve months where nothing else is said:
what was right to show may not be so for ever. Nothing here writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click

from regesta.errors import DecisionError

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.model import Decision

__all__ = ["GROUNDS", "a_year_after", "said_of_exposure", "waiting"]

GROUNDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "public-role": "public role",
        "own-disclosure": "own disclosure",
        "consent": "recorded consent",
        "record": "court or official record",
        "deceased": "deceased",
    }
)
"""Words of `--ground`, and what the log has for them."""


def said_of_exposure(kind: str, ground: str | None, said: Mapping[str, str | None]) -> str | None:
    """Return the value of a `release` or a `withhold`, None for other kinds and where nothing was said.

    Raises `DecisionError` where the words are not those of a release, `UsageError` where it has no ground.

    >>> said_of_exposure("release", "consent", {"value": "scope=all"})
    'ground=recorded consent; scope=all'
    >>> said_of_exposure("withhold", None, {"value": "class=at_risk"})
    'class=at_risk'
    """
    if ground is not None and kind != "release":
        raise click.UsageError(f"{kind} takes no --ground")
    if kind not in ("release", "withhold"):
        return None
    from regesta.protection.grounds import read_value

    parts = [f"ground={GROUNDS[ground]}"] if ground is not None else []
    if typed := said.get("value"):
        parts.append(typed)
    value = "; ".join(parts)
    if kind == "release" and "ground" not in value:
        raise click.UsageError(f"say on what ground, with --ground: {', '.join(GROUNDS)}")
    return str(read_value(kind, value)) or None


def a_year_after(day: date) -> date:
    """Return the same day of the next year, of the 29th of February the 28th.

    >>> a_year_after(date(2028, 2, 29)).isoformat()
    '2029-02-28'
    """
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + 1)


def waiting(chronicle: Chronicle, decisions: Iterable[Decision], standing: Collection[str]) -> dict[str, str]:
    """Return what releases wait for, by id: of people at risk two different persons have to release.

    `standing` are the ids of the decisions that stand in this chronicle.
    """
    live = [one for one in decisions if one.id in standing and one.kind in ("release", "withhold")]
    releases = [one for one in live if one.kind == "release"]
    if not releases:
        return {}
    entity_of = _entities(chronicle, {target for one in live for target in one.targets})
    people: dict[str, set[str]] = defaultdict(set)
    for one in releases:
        for target in one.targets:
            people[target].add(one.by)
    at_risk = _at_risk(live, entity_of)
    found: dict[str, str] = {}
    for one in releases:
        lone = [t for t in one.targets if entity_of.get(t) in at_risk and len(people[t]) == 1]
        if lone:
            found[one.id] = (
                f"somebody at risk is released by two persons, and so far {one.by} alone did: another one has to"
            )
    return found


def _entities(chronicle: Chronicle, targets: set[str]) -> dict[str, str]:
    """Return whom targets are about: of fingerprints of people the entity, of claims their subject."""
    query = (
        "select fingerprint, entity from referents where fingerprint in (select unnest(?)) "
        "union all select fingerprint, subject from claims where fingerprint in (select unnest(?))"
    )
    return dict(chronicle.sql(query, [sorted(targets), sorted(targets)]).rows)


def _at_risk(live: list[Decision], entity_of: Mapping[str, str]) -> set[str]:
    """Return the entities at risk among those that decisions speak of."""
    from regesta.protection.grounds import read_value

    found = set()
    for one in live:
        with suppress(DecisionError):
            if read_value(one.kind, one.value).person_class == "at_risk":
                found |= {entity_of[target] for target in one.targets if target in entity_of}
    return found
