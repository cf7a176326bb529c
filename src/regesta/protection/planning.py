"""The plan: of every person an exposure, of every claim a verdict, for one policy on one day.

    sketches ─► classes ─► decisions ─► small counts ─► exposures ─► verdicts ─┐
                                            ▲   whoever has nothing to show is absent, and their names are hidden
                                            └──────────────────────────────────┘

Pure: the same chronicle, policy, log, key and day give the same plan. Nothing here writes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from regesta.chronicle.rows import ClaimRow
from regesta.model.fingerprints import source_fingerprint
from regesta.protection.candidates import (
    Candidate,
    candidates_of,
    decide,
    hide_joined,
    hide_namesakes,
    nameable,
)
from regesta.protection.counts import Counted, differences
from regesta.protection.crowds import COUNTED, count, groups_of, key_of
from regesta.protection.judging import Scene, Subject, verdict
from regesta.protection.ladders import word_of
from regesta.protection.material import Material, material_of
from regesta.protection.naming import (
    Hidden,
    described,
    hidden_names,
    looked_for,
    shown_aliases,
    spelled_alike,
    tokens,
)
from regesta.protection.parts import Parts
from regesta.protection.policy import Policy
from regesta.protection.pseudonyms import pseudonyms
from regesta.protection.settings import Setting
from regesta.protection.sketches import Sketch, source_days
from regesta.protection.standing import Standing, standing
from regesta.protection.verdicts import Exposure, Plan, Shown, Verdict
from regesta.protection.words import spoken

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.chronicle import Chronicle
    from regesta.decisions import Log
    from regesta.model import Decision

__all__ = ["plan"]

_ROUNDS: Final = 6
"""Rounds in which hiding one name may hide a claim, and that the next name; what is left then is hidden without asking."""
_TURNS: Final = 5
"""Times that small counts are taken anew because somebody has nothing to show, and so makes no crowd for others."""
_MANY: Final = 200
"""Other names of one person that are compared with the first; what is beyond stays hidden."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What people may be called."""

    pseudonyms: Mapping[str, str]
    """By entity."""
    alike: frozenset[tuple[str, str]]
    """Labels and aliases that spell one name."""


def plan(
    chronicle: Chronicle,
    policy: Policy,
    log_of_decisions: Log | Iterable[Decision],
    *,
    key: bytes,
    on: dt.date,
    was_shown: Callable[[str], bool] | None = None,
    packs: tuple[Path, ...] = (),
    material: Material | None = None,
) -> Plan:
    """Return what may leave the house of a chronicle.

    `log_of_decisions` is what `decisions.read_log` returned, or its decisions; `on` the day for which releases hold.
    `was_shown` says of an entity whether the edition before showed it: whoever has both editions sees who is new. People who
    are not shown by name and are new wait until enough others are. `packs` are the project's own lexicons, whose words of
    relatives, helpers and payments count as those that ship do. `material` is what was read of the same chronicle with the same packs
    before, for whoever plans it twice. Raises `ProjectError` for a key that is too short.
    """
    with spoken(packs):
        material = material or material_of(chronicle, packs)
        return replace(_plan(chronicle, policy, log_of_decisions, key, on, was_shown, material), packs=packs)


def _plan(
    chronicle: Chronicle,
    policy: Policy,
    log_of_decisions: Log | Iterable[Decision],
    key: bytes,
    on: dt.date,
    was_shown: Callable[[str], bool] | None,
    material: Material,
) -> Plan:
    decisions = tuple(getattr(log_of_decisions, "decisions", log_of_decisions))  # type: ignore[arg-type]
    stand = standing(decisions, policy, on)
    people = candidates_of(material.sketches, source_days(chronicle, on), policy, on)
    decide(chronicle, people, stand, policy)
    of_themselves = nameable(people)
    hide_namesakes(people, policy)
    hide_joined(people, material.together, of_themselves)
    named = {entity: one.sketch for entity, one in people.items() if one.sketch.row.is_named}
    pairs = ((one.row.label, alias) for one in named.values() for alias in one.other_names[:_MANY])
    names = _Names(pseudonyms(key, named), spelled_alike(pairs))
    rows, organisations, settings = material.claims, material.organisations, material.settings
    _withhold_sources(rows, stand)
    gone: set[str] = set()
    waiting: set[str] = set()
    for turn in range(_TURNS):
        counted = count(people, rows, policy, stand, gone)
        verdicts, subjects, hidden = _settle(people, rows, names, policy, stand, organisations, settings)
        groups = groups_of(people, counted, subjects)
        absent = {entity for entity, _ in counted if subjects[entity].exposure.shown == "absent"} - gone
        new = _waiting(people, counted, subjects, policy, was_shown)
        waiting |= new
        if not new and (not absent or min(groups.values(), default=policy.k) >= policy.k):
            break
        gone |= new
        gone |= absent if turn < _TURNS - 2 else {entity for entity, _ in counted}
    if waiting:
        stand.notes.append(
            f"{len(waiting)} people without a name wait: fewer than {policy.k} like them are new since the edition before"
        )
    return _made(policy, verdicts, subjects, hidden, groups, on, stand)


def _waiting(
    people: Mapping[str, Candidate],
    counted: list[tuple[str, Counted]],
    subjects: Mapping[str, Subject],
    policy: Policy,
    was_shown: Callable[[str], bool] | None,
) -> set[str]:
    """Return who would be seen to be new, one of a few: the difference of this edition and the one before."""
    if was_shown is None:
        return set()
    known = [(entity, one) for entity, one in counted if was_shown(entity)]
    small = differences(groups_of(people, counted, subjects), groups_of(people, known, subjects), policy.k)
    if not small:
        return set()
    found = set()
    for entity, one in counted:
        person = people[entity]
        key = (person.span,) if person.span else one.key[: max(0, person.depth)]
        is_shown = subjects[entity].exposure.shown != "absent"
        if is_shown and not was_shown(entity) and any(key[: len(cell)] == cell for cell in small):
            found.add(entity)
    return found


def _withhold_sources(rows: Iterable[ClaimRow], stand: Standing) -> None:
    """Withhold every claim of a source that is withheld, and with it the same words in copies of it."""
    if not any(target.startswith("fs-") for target in stand.withheld):
        return
    for row in rows:
        if source_fingerprint(row.source) in stand.withheld:
            stand.withheld.setdefault(row.fingerprint, "withhold")


def _made(
    policy: Policy, verdicts: dict[str, Verdict], subjects: dict[str, Subject], hidden: tuple[str, ...],
    groups: dict[tuple[str, ...], int], on: dt.date, stand: Standing,
) -> Plan:  # fmt: skip
    exposures = {entity: subject.exposure for entity, subject in subjects.items()}
    withheld = Counter(one.rule for one in verdicts.values() if one.action == "withhold")
    withheld.update(one.rule for one in exposures.values() if one.shown == "absent")
    return Plan(
        policy=policy,
        exposures=MappingProxyType(exposures),
        verdicts=MappingProxyType(verdicts),
        on=on,
        hidden=looked_for(hidden),
        withheld=MappingProxyType(dict(sorted(withheld.items()))),
        groups=MappingProxyType(groups),
        notes=tuple(stand.notes),
    )


def _exposure(entity: str, person: Candidate, names: _Names, policy: Policy) -> Exposure:
    """Return how a person may be seen, if there is something to show."""
    row = person.sketch.row
    step = policy.names.get(person.column, "absent")
    rule = person.rule or f"name.{person.column}"
    if person.is_withheld:
        step, rule = "absent", person.rule
    elif person.judged.is_kin and not row.is_named:
        step, rule = "absent", "name.kin"
    elif person.column in COUNTED and person.depth < 0:
        step, rule = "absent", "small_counts" if key_of(person.sketch)[0] else "name.nothing_to_show"
    elif step == "name" and (person.judged.is_minor or not row.is_named):
        step = "pseudonym"
    if step == "pseudonym" and (not row.is_named or person.column == "crowd"):
        step = "described"
    label = ""
    aliases: tuple[str, ...] = ()
    if step == "name":
        label = row.label
        others = person.sketch.other_names
        aliases = (
            others if person.scope in {"aliases", "all"} else shown_aliases(row.label, others, names.alike)
        )
    elif step == "pseudonym":
        label = names.pseudonyms[entity]
    elif step == "described":
        label = _described(person, policy)
    return Exposure(
        entity=entity, person_class=person.person_class, reasons=tuple(person.reasons), is_minor=person.judged.is_minor,
        shown=cast("Shown", step), label=label, aliases=aliases, rule=rule,
    )  # fmt: skip


def _described(person: Candidate, policy: Policy) -> str:
    sketch = person.sketch
    words = sorted({word for text, _ in sketch.roles if (word := word_of(text)) is not None})
    may = policy.step("role", person.column) != "withhold" and person.column in COUNTED and person.depth >= 5
    sex = sketch.sex if person.column in COUNTED and person.depth >= 4 else ""
    return described(
        sketch, is_crowd=person.column == "crowd", sex=sex, role=words[0] if may and words else ""
    )


def _settle(
    people: Mapping[str, Candidate], rows: Sequence[ClaimRow], names: _Names, policy: Policy, stand: Standing,
    organisations: frozenset[tuple[str, ...]], settings: Mapping[str, Setting],
) -> tuple[dict[str, Verdict], dict[str, Subject], tuple[str, ...]]:  # fmt: skip
    """Return verdicts, subjects and hidden names in which nobody is named of whom nothing is shown."""
    subjects = {
        entity: Subject(
            _exposure(entity, one, names, policy),
            one.column,
            one.depth,
            key_of(one.sketch),
            one.span,
            one.scope == "all",
        )
        for entity, one in people.items()
    }
    found = {entity: one.sketch for entity, one in people.items()}
    released = {fp: one.n_people for fp, one in stand.released.items()}
    verdicts: dict[str, Verdict] = {}
    waiting = rows
    for turn in range(_ROUNDS):
        exposures = {entity: subject.exposure for entity, subject in subjects.items()}
        hidden = hidden_names(found, exposures)
        speakers = organisations | {tokens(one.label) for one in exposures.values() if one.shown == "name"}
        shown_names = [n for e in exposures.values() if e.shown == "name" for n in (e.label, *e.aliases)]
        parts = Parts(looked_for(hidden), shown_names)
        scene = Scene(
            policy, subjects, Hidden.of(hidden), stand.withheld, released, speakers, parts, settings
        )
        verdicts.update((row.id, verdict(row, scene)) for row in waiting)
        shown = {one.row.subject for one in verdicts.values() if one.row is not None}
        empty = [
            entity
            for entity, one in subjects.items()
            if one.exposure.shown != "absent" and _says_nothing(entity, people[entity], shown)
        ]
        if not empty and turn:
            return verdicts, subjects, hidden
        for entity in empty:
            gone = replace(
                subjects[entity].exposure, shown="absent", label="", aliases=(), rule="name.nothing_to_show"
            )
            subjects[entity] = replace(subjects[entity], exposure=gone)
        waiting = [row for row in rows if verdicts[row.id].row is not None]
    return _hidden_without_asking(verdicts, subjects, found)


def _says_nothing(entity: str, person: Candidate, shown: set[str]) -> bool:
    """Return whether nothing is shown of somebody, and they are no public figure by what stands beside their name."""
    return (
        entity not in shown
        and not (person.column == "public_role" and person.sketch.public and not person.sketch.kin)
        and not person.scope
    )


def _hidden_without_asking(
    verdicts: dict[str, Verdict], subjects: dict[str, Subject], found: Mapping[str, Sketch]
) -> tuple[dict[str, Verdict], dict[str, Subject], tuple[str, ...]]:
    """Return a plan in which no text is shown: the end of a chain of names that no document has."""
    left = {
        id_: one
        if one.row is None or one.row.value_type != "text"
        else replace(one, action="withhold", rule="names.hidden", row=None)
        for id_, one in verdicts.items()
    }
    return left, subjects, hidden_names(found, {entity: one.exposure for entity, one in subjects.items()})
