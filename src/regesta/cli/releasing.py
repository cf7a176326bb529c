"""What is typed of `withhold` and `release`, and which releases wait for a second person.

    --ground own-disclosure --value "scope=aliases" ──► value "ground=own disclosure; scope=aliases"

The form is that of `protection.grounds`, which knows the words. A release is for twelve months where nothing else is said:
what was right to show may not be so for ever. Nothing here writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.chronicle import Chronicle
    from regesta.model import Decision
    from regesta.project import Project

__all__ = ["GROUNDS", "policy_of", "said_of_exposure", "waiting"]

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


def waiting(
    chronicle: Chronicle, decisions: Collection[Decision], standing: Collection[str], project: Project
) -> dict[str, str]:
    """Return what releases wait for, by id: of people at risk two different persons have to release.

    `standing` are the ids of the decisions that stand in this chronicle.
    """
    releases = [one for one in decisions if one.id in standing and one.kind == "release"]
    if not releases:
        return {}
    entity_of = _entities(chronicle, {target for one in releases for target in one.targets})
    people: dict[str, set[str]] = defaultdict(set)
    for one in releases:
        for target in one.targets:
            people[target].add(one.by)
    lone = {target for target, names in people.items() if len(names) == 1} & entity_of.keys()
    at_risk = _at_risk(chronicle, decisions, {entity_of[target] for target in lone}, project)
    found: dict[str, str] = {}
    for one in releases:
        if any(target in lone and entity_of[target] in at_risk for target in one.targets):
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


def _at_risk(
    chronicle: Chronicle, decisions: Iterable[Decision], entities: set[str], project: Project
) -> set[str]:
    """Return those of these entities whom the policy takes for people at risk, as things stand today."""
    if not entities:
        return set()
    from regesta.protection import plan, read_policy

    today = datetime.now(UTC).date()
    made = plan(
        chronicle,
        read_policy(policy_of(project)),
        decisions,
        key=bytes(32),
        on=today,
        packs=project.pack_folders,
    )  # fmt: skip - no name of it is shown
    exposed = (made.exposures.get(entity) for entity in entities)
    return {one.entity for one in exposed if one is not None and one.person_class == "at_risk"}


def policy_of(project: Project) -> Path | None:
    """Return the policy of a project, None where it has none of its own."""
    path = project.root / "policy.toml"
    return path if project.is_real and path.is_file() else None
