"""The verdict on one claim: what the policy says of its predicate and its subject, and what its own words say besides.

    decision to withhold? ─► who is the subject? ─► the step of the policy ─► whom else does it name? ─► what do its words
    say? ─► dates, places, numbers made as coarse as the step, the class and the small counts want them

The first that withholds is the rule that is told. What is left is the claim as an edition may hold it. Nothing here decides
who is of which class, or how many share what is shown of them.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from regesta.protection.ladders import age_band, coarse_date, coarse_place, route_countries, word_of
from regesta.protection.naming import Hidden, names_company, tokens
from regesta.protection.parts import Parts
from regesta.protection.policy import LADDERS, Column, Policy
from regesta.protection.settings import CLOSE, Setting
from regesta.protection.sketches import first_day, last_day
from regesta.protection.verdicts import Exposure, Verdict
from regesta.protection.words import delicate_kinds, packs_spoken
from regesta.vocab import predicates

if TYPE_CHECKING:
    from regesta.chronicle.rows import ClaimRow

__all__ = ["Scene", "Subject", "verdict"]

_COUNTED: Final = frozenset({"at_risk", "unnamed"})
_DECADE, _YEAR, _COUNTRY, _SEX, _ROLE, _AGE = range(1, 7)
_ALWAYS: Final = frozenset({"kin", "helper", "refuge", "contact", "document"})
"""Words that the release of a whole person does not release: they are about others, or of no use to a reader."""
_STRICTEST: Final[tuple[Column, ...]] = (
    "at_risk", "unnamed", "named_in_source", "self_disclosed", "deceased", "public_role",
)  # fmt: skip
_NOTHING: Final = Setting()
_PUBLIC: Final = frozenset({"public_role", "deceased", "crowd"})
"""Columns of those whose company on the way is no secret of theirs."""
_OF_AGE: Final = frozenset({"year", "month", "week", "day"})
_DISCLOSED: Final = frozenset({"health", "sexuality", "religion"})
"""What a work may be about: whoever published it, made that public."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person or group, as claims about them are judged."""

    exposure: Exposure
    column: Column
    depth: int = _AGE
    """How many parts of the key of small counts may be shown; all where nobody counts."""
    key: tuple[str, ...] = ()
    """What small counts counted: of somebody whom they protect nothing else may be shown."""
    span: str = ""
    """The decades that are told instead of a date, where nothing closer may be."""
    is_open: bool = False
    """A release of the whole person stands."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every verdict is made with."""

    policy: Policy
    subjects: Mapping[str, Subject]
    """By entity; what is not in it is no person."""
    hidden: Hidden
    withheld: Container[str]
    """Fingerprints of claims."""
    released: Mapping[str, int]
    """Fingerprint of a claim -> how many people released it."""
    speakers: Container[tuple[str, ...]]
    """The names that may be given as who said something."""
    parts: Parts = field(default_factory=lambda: Parts((), ()))
    """Of hidden names, which nothing may be called by."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """By claim, what stands around it."""


def verdict(row: ClaimRow, scene: Scene) -> Verdict:
    """Return what an edition may say of a claim."""
    if row.fingerprint in scene.withheld:
        return Verdict(claim=row.id, action="withhold", rule="decision.withhold")
    subject = scene.subjects.get(row.subject)
    column: Column = subject.column if subject is not None else _column_of_thing(row, scene)
    if subject is None and column in _COUNTED and row.fingerprint not in scene.released:
        return Verdict(claim=row.id, action="withhold", rule=f"told_of.{column}")
    if subject is not None and subject.exposure.shown == "absent":
        return Verdict(claim=row.id, action="withhold", rule=subject.exposure.rule)
    other = scene.subjects.get(row.value_entity) if row.value_entity else None
    is_released = _is_released(row, subject, other, scene)
    step = "show" if is_released else _step(row, column, scene.policy, subject)
    rule = "decision.release" if is_released else scene.policy.rule(row.predicate, column)
    refused = (
        rule if step == "withhold" else _refused(row, column, subject, other, scene, is_released=is_released)
    )
    if refused is None:
        made, refused = _coarsened(row, column, step, subject, scene, is_released=is_released)
        if made is not None:
            changed = _is_coarser(row, made)
            return Verdict(
                claim=row.id,
                action="coarsen" if changed else "show",
                rule=rule,
                row=_labelled(made, subject, other),
            )
    return Verdict(claim=row.id, action="withhold", rule=refused or rule)


def _column_of_thing(row: ClaimRow, scene: Scene) -> Column:
    """Return the column of a claim about a thing: the strictest of the people whom it is told of."""
    setting = scene.settings.get(row.id, _NOTHING)
    told = {one.column for entity in setting.people if (one := scene.subjects.get(entity)) is not None}
    if setting.has_child and row.value_type == "quantity" and row.value_unit in _OF_AGE:
        return "at_risk"  # the age of a child whom nobody understood
    return next((column for column in _STRICTEST if column in told), "thing")


def _step(row: ClaimRow, column: Column, policy: Policy, subject: Subject | None) -> str:
    if subject is not None and subject.is_open and not _is_about_others(row.predicate):
        return "show"
    return policy.step(row.predicate, column)


@lru_cache(1024)
def _is_about_others(predicate: str) -> bool:
    known = predicates().get(predicate)
    return known is None or ("entity" in known.values and known.sensitive == "high")


def _is_released(row: ClaimRow, subject: Subject | None, other: Subject | None, scene: Scene) -> bool:
    n_people = scene.released.get(row.fingerprint, 0)
    at_risk = any(one is not None and one.column == "at_risk" for one in (subject, other))
    return n_people >= (scene.policy.at_risk_people if at_risk else 1)


def _refused(
    row: ClaimRow,
    column: Column,
    subject: Subject | None,
    other: Subject | None,
    scene: Scene,
    *,
    is_released: bool,
) -> str | None:
    """Return the rule by which whom a claim names, or what its words say, withholds it; None where nothing does."""
    if column == "crowd" and _is_about_others(row.predicate) and not is_released:
        return None if other is not None and other.column == "crowd" else "identity.link"
    if other is not None and other.column != "crowd":
        named = other.exposure.shown == "name" and (subject is None or subject.exposure.shown == "name")
        if not named:
            return "identity.link"
    elif (
        subject is not None
        and subject.exposure.shown != "name"
        and subject.column != "crowd"
        and row.value_entity
    ):
        return "identity.link"
    if subject is None and (
        scene.hidden.stands_in(row.subject_label) or scene.parts.stand_in(row.subject_label)
    ):
        return "names.hidden"
    if (
        row.predicate in {"name", "alias"}
        and subject is not None
        and not _may_be_called(row, subject, is_released=is_released)
    ):
        return "identity.alias"
    texts = [text for text in (row.value_text, row.subset) if text]
    texts += [stop.text for stop in row.value_stops or ()] if is_released else []
    if any(scene.hidden.stands_in(text) or scene.parts.stand_in(text) for text in texts):
        return "names.hidden"
    is_private = subject is not None and column not in _PUBLIC and not subject.is_open and not is_released
    if is_private and (
        (row.predicate == "event" and any(map(names_company, texts)))
        or scene.settings.get(row.id, _NOTHING).has_company
    ):
        return "told_of.company"
    if (
        is_released
        or (other is not None and row.value_entity)
        or (row.predicate == "authored" and _is_title(row.value_text))
    ):
        return None
    if row.value_type == "route" or (row.predicate in {"name", "alias"}):
        return None
    is_open = subject is not None and subject.is_open
    kinds = {kind for text in texts for kind in _kinds(text)}
    if row.value_type == "quantity" and column not in {"thing", "crowd"}:
        near = scene.settings.get(row.id, _NOTHING).kinds
        kinds |= near & (CLOSE | {"kin"} if row.predicate == "amount" else CLOSE)
    if row.predicate == "authored" and column not in _COUNTED:
        kinds -= _DISCLOSED
    for kind in sorted(kinds):
        if not scene.policy.allows_words(kind, column) and not (is_open and kind not in _ALWAYS):
            return f"words.{kind}"
    return None


def _kinds(text: str) -> frozenset[str]:
    return _kinds_by(text, packs_spoken())


@lru_cache(65536)
def _kinds_by(text: str, packs: tuple[Path, ...]) -> frozenset[str]:  # noqa: ARG001 - the words are those of the packs
    return delicate_kinds(text)


def _may_be_called(row: ClaimRow, subject: Subject, *, is_released: bool) -> bool:
    exposure = subject.exposure
    if exposure.shown != "name":
        return False
    allowed = {tokens(name) for name in (exposure.label, *exposure.aliases)}
    return is_released or tokens(row.value_text or "") in allowed


def _is_title(text: str | None) -> bool:
    """Return whether words are the title of a work rather than what a source says of it."""
    words = [word for word in (text or "").split() if len(word) > 3]
    return bool(words) and all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def _coarsened(
    row: ClaimRow, column: Column, step: str, subject: Subject | None, scene: Scene, *, is_released: bool
) -> tuple[ClaimRow | None, str | None]:
    """Return the claim as coarse as it has to be, or None and the rule that left nothing of it."""
    policy = scene.policy
    when_step = "show" if is_released else policy.when.get(column, "withhold")
    where_step = "show" if is_released else policy.where.get(column, "withhold")
    if subject is not None and column in _COUNTED and not is_released:
        return _counted(row, column, step, subject, scene)
    where = _place(row.where_text, where_step, scene, column)
    new: dict[str, Any] = {"when_edtf": coarse_date(row.when_edtf, when_step), "where_text": where}
    new |= {"said_by": row.said_by if row.said_by and tokens(row.said_by) in scene.speakers else None}
    new |= {"at_event": row.at_event if row.at_event and not _tells(row.at_event, scene, column) else None}
    value = _value(
        row, step, _coarser(when_step, step, "date") if step in LADDERS["date"] else when_step, scene
    )
    return (None, None) if value is None else (_replaced(row, {**new, **value}), None)


def _replaced(row: ClaimRow, new: dict[str, Any]) -> ClaimRow:
    """Return a claim with other columns, and the bounds of its date anew; the same claim where nothing changes."""
    old = {name: getattr(row, name) for name in new}
    if new == old:
        return row
    edtf = new.get("value_edtf", row.value_edtf) or new["when_edtf"]
    return replace(row, **new, earliest=first_day(edtf), latest=last_day(edtf))


def _counted(
    row: ClaimRow, column: Column, step: str, subject: Subject, scene: Scene
) -> tuple[ClaimRow | None, str | None]:
    """Return the claim about somebody whom small counts protect: nothing that enough others do not share."""
    if subject.span and row.value_type == "date":
        return _spanned(row, subject.span), None
    if not _is_fine(row, subject.depth, step):
        return None, "small_counts"
    allowed = subject.key[: subject.depth]
    finest = _finest(subject.depth)
    when_step = _coarser(scene.policy.when.get(column, "withhold"), finest, "date")
    where_step = _coarser(scene.policy.where.get(column, "withhold"), "country", "place")
    when, where = coarse_date(row.when_edtf, when_step), coarse_place(row.where_text, where_step)
    value = _value(
        row, step, _coarser(when_step, step, "date") if step in LADDERS["date"] else "withhold", scene
    )
    if value is None:
        return None, "small_counts"
    date, text = value.get("value_edtf"), value.get("value_text")
    if (date is not None and not _agrees(date, allowed)) or (
        text is not None and text not in allowed[_ROLE - 1 :]
    ):
        return None, "small_counts"
    if row.predicate != "group_size" and row.value_type == "quantity":
        low = value.get("value_low")
        if low is None or f"{low:g}" not in allowed[_AGE - 1 :]:
            return None, "small_counts"
    new: dict[str, Any] = {
        "when_edtf": when if when is not None and _agrees(when, allowed) else None,
        "where_text": where if where is not None and where in allowed[_COUNTRY - 1 :] else None,
        "said_by": None,
        "at_event": None,
        "subset": None,
    }
    return _replaced(row, {**new, **value}), None


def _spanned(row: ClaimRow, span: str) -> ClaimRow:
    new: dict[str, Any] = dict.fromkeys(("where_text", "said_by", "at_event", "subset"))
    return _replaced(row, {**new, "value_edtf": span, "when_edtf": span if row.when_edtf else None})


def _finest(depth: int) -> str:
    return "year" if depth >= _YEAR else "decade" if depth >= _DECADE else "withhold"


def _agrees(edtf: str, allowed: tuple[str, ...]) -> bool:
    """Return whether a date is the one that was counted, or the decade of it."""
    return edtf != "" and edtf.rstrip("~?%") in allowed[:_YEAR]


def _is_fine(row: ClaimRow, depth: int, step: str) -> bool:
    """Return whether enough people share what a claim tells of somebody whom small counts protect."""
    if row.value_type == "date":
        return depth >= _DECADE
    if step == "word":
        return depth >= _ROLE
    if row.predicate == "group_size":
        return depth >= _DECADE
    return depth >= _AGE


def _coarser(step: str, other: str, ladder: str) -> str:
    steps = LADDERS[ladder]
    if step not in steps or other not in steps:
        return "withhold"
    return steps[max(steps.index(step), steps.index(other))]


def _place(where: str | None, step: str, scene: Scene, column: Column) -> str | None:
    if where is None:
        return None
    if step == "show":
        return None if _tells(where, scene, column) else where
    return coarse_place(where, step)


def _tells(text: str, scene: Scene, column: Column) -> bool:
    """Return whether words say something that is withheld."""
    return (
        scene.hidden.stands_in(text)
        or scene.parts.stand_in(text)
        or any(not scene.policy.allows_words(kind, column) for kind in _kinds(text))
    )


def _value(row: ClaimRow, step: str, date_step: str, scene: Scene) -> dict[str, Any] | None:
    """Return the columns of the value, made coarse; None where nothing is left."""
    match row.value_type:
        case "date":
            edtf = coarse_date(row.value_edtf, date_step if step in LADDERS["date"] else "withhold")
            return None if edtf is None else {"value_edtf": edtf}
        case "route":
            return _route(row, step)
        case "quantity":
            return _quantity(row, step)
        case "entity":
            return {} if step == "show" else None
        case _:
            if step == "show":
                return {}
            text = (
                word_of(row.value_text)
                if step == "word"
                else coarse_place(row.value_text, step)
                if step in LADDERS["place"]
                else None
            )
            return None if text is None or scene.hidden.stands_in(text) else {"value_text": text}


def _route(row: ClaimRow, step: str) -> dict[str, Any] | None:
    from regesta.chronicle.rows import Stop

    if step == "show":
        return {}
    if step not in LADDERS["place"]:
        return None
    stops = row.value_stops or ()
    if step == "country":
        names = route_countries(tuple(stop.text for stop in stops))
    else:
        names = tuple(name for stop in stops if (name := coarse_place(stop.text, step)) is not None)
    if not names:
        return None
    return {"value_stops": tuple(Stop(name, None) for name in names), "value_text": None}


def _quantity(row: ClaimRow, step: str) -> dict[str, Any] | None:
    if step == "show":
        return {}
    if step != "band":
        return None
    band = age_band(row.value_number, row.value_low, row.value_high) if row.value_unit == "year" else None
    return (
        None
        if band is None
        else {"value_number": None, "value_low": float(band[0]), "value_high": float(band[1])}
    )


def _is_coarser(row: ClaimRow, made: ClaimRow) -> bool:
    return made is not row


def _labelled(made: ClaimRow, subject: Subject | None, other: Subject | None) -> ClaimRow:
    """Return the claim with what the edition calls those whom it names."""
    new: dict[str, Any] = {}
    if subject is not None and made.subject_label != subject.exposure.label:
        new["subject_label"] = subject.exposure.label
    if other is not None and made.value_entity is not None:
        new["value_text"] = other.exposure.label
    return replace(made, **new) if new else made
