"""Decisions that speak of the same thing: which of them stands.

    prefer ── deprecate ── reject         of one claim: the later stands
    same ── different ── part-of          of one pair: `different` stands until it is undone, else the later
    withhold ── release ── erase          of one thing: `erase` and `withhold` stand until they are undone

Whoever says again what stands says nothing new; but a second person who releases counts, and so does another ground. A decision of several targets may stand on some of them only. Nothing here
knows the build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from regesta.model import Decision
from regesta.model.decision import KINDS

__all__ = ["PAIRED", "Fate", "contest"]

PAIRED: Final = frozenset({"same", "different", "part-of"})
"""Kinds that say one thing of two targets together."""

_CLASSED: Final = "class"
"""What a `withhold` is that gives somebody a class: it holds nothing back by itself, so nothing is opposed to it."""

_LASTING: Final = frozenset({"different", "erase", "withhold"})
"""Kinds that a later decision of another kind does not beat."""

_ALTERNATIVES: Final = (
    ("same", "different"),
    ("same", "part-of"),
    ("prefer", "deprecate", "reject"),
    ("confirm", "reject"),
    ("correct", "confirm"),
    ("correct", "reject"),
    ("not-a-conflict", "explained", "exception", "resolved"),
    ("withhold", "release"),
    ("release", "erase"),
)
_AGAINST_ITSELF: Final = frozenset({"correct", "part-of"})
"""Kinds that say another thing with another value, or with the targets the other way round."""

_AGAINST: Final = {
    kind: tuple(
        [other for kinds in _ALTERNATIVES if kind in kinds for other in kinds if other != kind]
        + ([kind] if kind in _AGAINST_ITSELF else [])
    )
    for kind in KINDS
}
"""Of each kind those that cannot stand beside it."""


@dataclass(slots=True)
class Fate:
    """What became of one decision against the others."""

    stands_on: list[str] = field(default_factory=list)
    """Targets on which it stands."""
    echoes: dict[str, str] = field(default_factory=dict)
    """Targets of which an earlier decision, named, says the same."""
    beaten: dict[str, str] = field(default_factory=dict)
    """Targets on which another decision, named, stands instead."""


@dataclass(slots=True)
class _Said:
    """Those who say one thing of one thing, in the order of time."""

    sound: list[Decision] = field(default_factory=list)
    stale: list[Decision] = field(default_factory=list)
    """Those whose precondition has changed."""


_Saying = tuple[tuple[str, ...], str | None]
_Field = dict[str, dict[_Saying, _Said]]
"""By kind, then by what exactly is said. A kind that is opposed to anything has one saying at a time."""


def contest(ordered: Iterable[Decision], changed: Collection[str]) -> dict[str, Fate]:
    """Return the fate of each decision, given in the order of time.

    `changed` are those whose precondition no longer holds: they beat earlier ones, because the person had turned away from
    them, but what they say may be said again.
    """
    fates: dict[str, Fate] = {}
    fields: dict[frozenset[str], _Field] = {}
    for decision in ordered:
        fate = fates[decision.id] = Fate()
        if decision.kind == "comment":
            fate.stands_on += decision.targets
            continue
        for unit in _units(decision):
            _enter(decision, unit, fields.setdefault(unit, {}), fates, is_stale=decision.id in changed)
    return fates


def _units(decision: Decision) -> Iterator[frozenset[str]]:
    if decision.kind in PAIRED:
        yield frozenset(decision.targets)
    else:
        for target in decision.targets:
            yield frozenset((target,))


def _enter(
    new: Decision, unit: frozenset[str], standing: _Field, fates: dict[str, Fate], *, is_stale: bool
) -> None:
    """Let a decision meet those that stand on the same thing."""
    saying = _saying(new)
    own = _CLASSED if new.kind == "withhold" and "class" in (new.value or "") else new.kind
    against = [kind for kind in _AGAINST.get(own, ()) if standing.get(kind)]
    if own not in _LASTING:
        for kind in against:
            if kind in _LASTING:
                said = next(iter(standing[kind].values()))
                _mark(fates[new.id], unit, "beaten", (said.sound or said.stale)[0].id)
                return
    for kind in against:
        for other in [one for one in standing[kind] if kind != own or one != saying]:
            said = standing[kind].pop(other)
            for old in (*said.sound, *said.stale):
                _mark(fates[old.id], unit, "beaten", new.id)
    said = standing.setdefault(own, {}).setdefault(saying, _Said())
    if is_stale:
        said.stale.append(new)
        return
    for old in said.stale:
        _mark(fates[old.id], unit, "beaten", new.id)
    said.stale.clear()
    if said.sound:
        _mark(fates[new.id], unit, "echoes", said.sound[0].id)
    else:
        _mark(fates[new.id], unit, "stands_on", "")
    said.sound.append(new)


def _saying(decision: Decision) -> _Saying:
    if decision.kind == "release":
        return (decision.by,), decision.value  # two people have to say it, where somebody is at risk
    ordered = decision.targets if decision.kind == "part-of" else ()
    return ordered, decision.value if decision.kind in ("correct", "add", "withhold") else None


def _mark(fate: Fate, unit: frozenset[str], what: str, by: str) -> None:
    """Put a thing under one of the three words, and nowhere else."""
    for target in unit:
        if target in fate.stands_on:
            fate.stands_on.remove(target)
        fate.echoes.pop(target, None)
        if what == "stands_on":
            fate.stands_on.append(target)
        else:
            (fate.echoes if what == "echoes" else fate.beaten)[target] = by
