"""The plan: of every person an exposure, of every claim a verdict, for one policy on one day.

    sketches ─► classes ─► decisions ─► small counts ─► exposures ─► verdicts ─┐
                                            ▲   whoever has nothing to show is absent, and their names are hidden
                                            └──────────────────────────────────┘

Pure: the same chronicle, policy, log, key and day give the same plan. Nothing here writes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from regesta.chronicle.rows import ClaimRow
from regesta.decisions.outcomes import TOMBSTONE
from regesta.model.fingerprints import source_fingerprint
from regesta.protection.classes import Judged, column_of, judge
from regesta.protection.counts import Counted, depths, differences, tally
from regesta.protection.judging import Scene, Subject, verdict
from regesta.protection.ladders import age_band, coarse_date, country_of, word_of
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
from regesta.protection.policy import Column, Policy
from regesta.protection.pseudonyms import pseudonyms
from regesta.protection.settings import Setting
from regesta.protection.sketches import Sketch, source_days
from regesta.protection.standing import Released, Standing, standing
from regesta.protection.verdicts import Exposure, PersonClass, Plan, Shown, Verdict
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
_COUNTED: Final = frozenset({"at_risk", "unnamed"})
_DECADE: Final = re.compile(r"[0-9]{3}X")
_RAISED: Final[Mapping[PersonClass, tuple[PersonClass, ...]]] = {
    "at_risk": ("named_in_source", "self_disclosed", "public_role", "deceased"),
    "named_in_source": ("self_disclosed", "public_role", "deceased"),
    "self_disclosed": ("public_role", "deceased"),
}
"""What a release can make of a class; it never makes a stricter one."""


@dataclass(slots=True)
class _Person:
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
    people = _people(material.sketches, source_days(chronicle, on), policy, on)
    _hide_company(people, policy)
    _decide(chronicle, people, stand, policy)
    _hide_namesakes(people, policy)
    named = {entity: one.sketch for entity, one in people.items() if one.sketch.row.is_named}
    pairs = ((one.row.label, alias) for one in named.values() for alias in one.other_names[:_MANY])
    names = _Names(pseudonyms(key, named), spelled_alike(pairs))
    rows, organisations, settings = material.claims, material.organisations, material.settings
    _withhold_sources(rows, stand)
    gone: set[str] = set()
    waiting: set[str] = set()
    for turn in range(_TURNS):
        counted = _count(people, rows, policy, stand, gone)
        verdicts, subjects, hidden = _settle(people, rows, names, policy, stand, organisations, settings)
        groups = _groups(people, counted, subjects)
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
    people: Mapping[str, _Person],
    counted: list[tuple[str, Counted]],
    subjects: Mapping[str, Subject],
    policy: Policy,
    was_shown: Callable[[str], bool] | None,
) -> set[str]:
    """Return who would be seen to be new, one of a few: the difference of this edition and the one before."""
    if was_shown is None:
        return set()
    known = [(entity, one) for entity, one in counted if was_shown(entity)]
    small = differences(_groups(people, counted, subjects), _groups(people, known, subjects), policy.k)
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


def _groups(
    people: Mapping[str, _Person], counted: list[tuple[str, Counted]], subjects: Mapping[str, Subject]
) -> dict[tuple[str, ...], int]:
    """Return how many people share what is shown of them, of those who are not shown by name and not absent."""
    shown = [(entity, one) for entity, one in counted if subjects[entity].exposure.shown != "absent"]
    keys = [Counted((people[entity].span,)) if people[entity].span else one for entity, one in shown]
    weighed = [replace(key, weight=one.weight) for key, (_, one) in zip(keys, shown, strict=True)]
    return tally(weighed, [1 if people[entity].span else people[entity].depth for entity, _ in shown])


def _people(
    found: Mapping[str, Sketch], days: Mapping[str, dt.date], policy: Policy, on: dt.date
) -> dict[str, _Person]:
    people: dict[str, _Person] = {}
    for entity, sketch in found.items():
        judged = judge(sketch, days, policy, on)
        column = column_of(sketch, judged.person_class, policy)
        people[entity] = _Person(sketch, judged, judged.person_class, column, reasons=list(judged.reasons))
    return people


def _hide_company(people: Mapping[str, _Person], policy: Policy) -> None:
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


def _decide(chronicle: Chronicle, people: Mapping[str, _Person], stand: Standing, policy: Policy) -> None:
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
    entity: str, person: _Person, fingerprints: list[str], stand: Standing, policy: Policy
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


def _release(entity: str, person: _Person, released: Released, stand: Standing, policy: Policy) -> None:
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


def _hide_namesakes(people: Mapping[str, _Person], policy: Policy) -> None:
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


def _count(
    people: Mapping[str, _Person], rows: Iterable[ClaimRow], policy: Policy, stand: Standing, gone: set[str]
) -> list[tuple[str, Counted]]:
    """Set how much of each person small counts allow to be shown; return whom it counted."""
    telling: set[str] = set()
    for row in rows:
        person = people.get(row.subject)
        if person is None or person.column not in _COUNTED or row.fingerprint in stand.withheld:
            continue
        is_called = policy.names.get(person.column, "absent") != "absent" and row.predicate != "group_size"
        if is_called and policy.step(row.predicate, person.column) != "withhold":
            telling.add(row.subject)
    counted = []
    for entity, person in people.items():
        if person.column not in _COUNTED:
            continue
        person.depth, key = -1, _key(person.sketch)
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


def _span(rest: list[tuple[_Person, Counted]], k: int) -> None:
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


def _key(sketch: Sketch) -> tuple[str, ...]:
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


def _exposure(entity: str, person: _Person, names: _Names, policy: Policy) -> Exposure:
    """Return how a person may be seen, if there is something to show."""
    row = person.sketch.row
    step = policy.names.get(person.column, "absent")
    rule = person.rule or f"name.{person.column}"
    if person.is_withheld:
        step, rule = "absent", person.rule
    elif person.judged.is_kin and not row.is_named:
        step, rule = "absent", "name.kin"
    elif person.column in _COUNTED and person.depth < 0:
        step, rule = "absent", "small_counts" if _key(person.sketch)[0] else "name.nothing_to_show"
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


def _described(person: _Person, policy: Policy) -> str:
    sketch = person.sketch
    words = sorted({word for text, _ in sketch.roles if (word := word_of(text)) is not None})
    may = policy.step("role", person.column) != "withhold" and person.column in _COUNTED and person.depth >= 5
    sex = sketch.sex if person.column in _COUNTED and person.depth >= 4 else ""
    return described(
        sketch, is_crowd=person.column == "crowd", sex=sex, role=words[0] if may and words else ""
    )


def _settle(
    people: Mapping[str, _Person], rows: Sequence[ClaimRow], names: _Names, policy: Policy, stand: Standing,
    organisations: frozenset[tuple[str, ...]], settings: Mapping[str, Setting],
) -> tuple[dict[str, Verdict], dict[str, Subject], tuple[str, ...]]:  # fmt: skip
    """Return verdicts, subjects and hidden names in which nobody is named of whom nothing is shown."""
    subjects = {
        entity: Subject(
            _exposure(entity, one, names, policy),
            one.column,
            one.depth,
            _key(one.sketch),
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


def _says_nothing(entity: str, person: _Person, shown: set[str]) -> bool:
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
