"""Whom a plan is about: of every person or group a class, before small counts and words are looked at.

    sketch ─► judged ─► whoever came with a child ─► decisions: withhold, class, release ─► namesakes of those at risk

Each step can only make a class stricter, but for what people decided. Nothing here knows what is shown in the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from regesta.decisions.outcomes import TOMBSTONE
from regesta.model.fingerprints import source_fingerprint
from regesta.protection.classes import Judged, column_of, judge
from regesta.protection.naming import Hidden, tokens
from regesta.protection.policy import Column, Policy
from regesta.protection.sketches import Sketch
from regesta.protection.standing import Released, Standing
from regesta.protection.verdicts import PersonClass

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["Candidate", "candidates_of", "decide", "hide_joined", "hide_namesakes", "nameable"]

_RAISED: Final[Mapping[PersonClass, tuple[PersonClass, ...]]] = {
    "at_risk": ("named_in_source", "self_disclosed", "public_role", "deceased"),
    "named_in_source": ("self_disclosed", "public_role", "deceased"),
    "self_disclosed": ("public_role", "deceased"),
}
"""What a release can make of a class; it never makes a stricter one."""


@dataclass(slots=True)
class Candidate:
    """A person or group on the way to an exposure."""

    sketch: Sketch
    judged: Judged
    person_class: PersonClass
    column: Column
    rule: str = ""
    scope: str = ""
    """Of the release that holds, empty where none does."""
    is_withheld: bool = False
    depth: int = 6
    span: str = ""
    """The decades of all who may be shown no more closely than by these."""
    reasons: list[str] = field(default_factory=list)


def candidates_of(
    found: Mapping[str, Sketch], days: Mapping[str, dt.date], policy: Policy, on: dt.date
) -> dict[str, Candidate]:
    """Return what texts alone make of each person, before anybody's decisions."""
    people: dict[str, Candidate] = {}
    for entity, sketch in found.items():
        judged = judge(sketch, days, policy, on)
        column = column_of(sketch, judged.person_class, policy)
        people[entity] = Candidate(sketch, judged, judged.person_class, column, reasons=list(judged.reasons))
    _hide_company(people, policy)
    return people


def _hide_company(people: Mapping[str, Candidate], policy: Policy) -> None:
    """Put at risk whoever came with a child that has a name, or is a relative: their name leads to the child's."""
    children = Hidden.of(
        name
        for one in people.values()
        if one.judged.is_minor and one.sketch.row.is_named
        for name in (one.sketch.row.label, *one.sketch.other_names)
    )
    for one in people.values():
        if one.column == "named_in_source" and any(map(children.stands_in, one.sketch.company)):
            one.person_class = "at_risk"
            one.column = column_of(one.sketch, "at_risk", policy)
            one.reasons.append("a relative or companion of a child who has a name")


def decide(chronicle: Chronicle, people: Mapping[str, Candidate], stand: Standing, policy: Policy) -> None:
    """Bring the decisions about people to them."""
    wanted = [*stand.withheld, *stand.classed, *stand.released]
    if not wanted:
        return
    entities: dict[str, list[str]] = {}
    for entity, fingerprint in chronicle.sql(
        "select distinct entity, fingerprint from referents where fingerprint in (select unnest(?)) order by all",
        [wanted],
    ):
        if entity in people:
            entities.setdefault(entity, []).append(fingerprint)
    claims = {
        fp
        for (fp,) in chronicle.sql(
            "select distinct fingerprint from claims where fingerprint in (select unnest(?))", [wanted]
        )
    }
    sources = (source_fingerprint(name) for (name,) in chronicle.sql("select name from sources"))
    known = claims.union(*entities.values(), sources if stand.withheld else ())
    stand.notes += [
        f"nothing of {target} is in this chronicle"
        for target in sorted(set(wanted) - known)
        if not target.startswith(TOMBSTONE)  # what was erased is meant to be absent
    ]
    same = chronicle.sql(
        "select distinct c.fingerprint from claims c join claim_support s on s.claim = c.id where s.statement in "
        "(select t.statement from claims d join claim_support t on t.claim = d.id where d.fingerprint in (select unnest(?)))",
        [list(stand.withheld)],
    )
    stand.withheld.update((fingerprint, "withhold") for (fingerprint,) in same)
    for entity, fingerprints in entities.items():
        _decide_one(entity, people[entity], fingerprints, stand, policy)


def _decide_one(
    entity: str, person: Candidate, fingerprints: list[str], stand: Standing, policy: Policy
) -> None:
    withheld = [one for one in fingerprints if one in stand.withheld]
    if withheld:
        person.is_withheld, person.rule = True, "decision.withhold"
        stand.notes += [
            f"{entity}: {one} is released, but {withheld[0]} is withheld and is the same person: the withhold holds"
            for one in fingerprints
            if one in stand.released and one not in stand.withheld
        ]
        return
    for one in fingerprints:
        if one in stand.classed and not (
            stand.classed[one] != "at_risk" and person.person_class == "at_risk"
        ):
            person.person_class = stand.classed[one]
            person.reasons.append(f"decided: {stand.classed[one]}")
    releases = [row for one in fingerprints if one in stand.released for row in stand.released[one].releases]
    if releases:
        _release(entity, person, Released(tuple(releases)), stand, policy)
    person.column = column_of(person.sketch, person.person_class, policy)


def _release(entity: str, person: Candidate, released: Released, stand: Standing, policy: Policy) -> None:
    if person.judged.is_minor:
        stand.notes.append(f"{entity}: a minor is not released by name")
        return
    if person.person_class == "at_risk" and released.n_people < policy.at_risk_people:
        stand.notes.append(
            f"{entity}: somebody at risk needs {policy.at_risk_people} people, {released.n_people} released"
        )
        return
    if released.person_class in _RAISED.get(person.person_class, ()):
        person.person_class = released.person_class
    if person.person_class != "at_risk":
        person.scope = released.scope
    person.reasons.append(f"released by {released.n_people}")


def hide_namesakes(people: Mapping[str, Candidate], policy: Policy) -> None:
    """Hide whoever bears the full name of somebody at risk: they may be one."""
    risky = {
        tokens(name)
        for one in people.values()
        if one.sketch.row.is_named and (one.column == "at_risk" or one.is_withheld)
        for name in (one.sketch.row.label, *one.sketch.other_names)
    }
    for one in people.values():
        if one.column not in {"named_in_source", "self_disclosed"} or one.scope or one.is_withheld:
            continue
        if any(
            len(words := tokens(name)) > 1 and words in risky
            for name in (one.sketch.row.label, *one.sketch.other_names)
        ):
            one.person_class = "at_risk"
            one.column = column_of(one.sketch, "at_risk", policy)
            one.reasons.append("bears the name of somebody at risk")


def nameable(people: Mapping[str, Candidate]) -> frozenset[str]:
    """Return who may be named for what texts tell of them, whatever the policy shows and whoever is withheld."""
    return frozenset(
        entity
        for entity, one in people.items()
        if one.column not in _HIDDEN and one.sketch.row.is_named and not one.judged.is_minor
    )


def hide_joined(
    people: Mapping[str, Candidate], together: Iterable[tuple[str, ...]], named: frozenset[str]
) -> None:
    """Hide whoever is not to be named and came in the words that tell of one of `named`: these would say who it is.

    `named` is what `nameable` said before anybody was hidden for the name of somebody else: so a tighter policy, or one more who is
    withheld, brings nobody to light.
    """
    for entities in together:
        for entity in entities:
            one = people.get(entity)
            if one is None or one.column not in _HIDDEN or one.scope or one.is_withheld:
                continue
            if any(other in named for other in entities if other != entity):
                one.is_withheld, one.rule = True, "name.joined"


_HIDDEN = frozenset(("at_risk", "unnamed"))
"""Columns of a policy of people who are not to be named."""
