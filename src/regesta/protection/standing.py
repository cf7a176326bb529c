"""What decisions to withhold, release and erase come to on one day.

    withhold, erase   by anyone, at once, until it is taken back; whatever else says otherwise, before or after
    release           with a ground, until it lapses; somebody at risk needs two different people

Both name fingerprints: of a referent, and so of the person, or of a claim. A line that cannot be read as one counts as the
stricter: a bad `withhold` withholds, a bad `release` releases nothing; both are told. Nothing here writes to the log.
"""

from __future__ import annotations

import calendar
import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from regesta.decisions.moments import instant, lapse
from regesta.decisions.undoing import undo
from regesta.errors import DecisionError
from regesta.model import Decision
from regesta.protection.grounds import Ground, Release, Scope, read_value
from regesta.protection.policy import Policy
from regesta.protection.verdicts import PersonClass

__all__ = ["CLASS_OF", "Released", "Standing", "standing"]

CLASS_OF: Final[Mapping[Ground, PersonClass]] = {
    "public role": "public_role",
    "own disclosure": "self_disclosed",
    "recorded consent": "self_disclosed",
    "court or official record": "named_in_source",
    "deceased": "deceased",
}
"""What a release makes of a person where it names no class."""

_SCOPES: Final[tuple[Scope, ...]] = ("name", "aliases", "all")
_STRICTEST: Final[tuple[PersonClass, ...]] = (
    "at_risk", "named_in_source", "self_disclosed", "public_role", "deceased",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Released:
    """All releases of one target that hold on the day."""

    releases: tuple[tuple[str, Release], ...]
    """Who, as compared, and what, in the order of the log."""

    @property
    def n_people(self) -> int:
        """How many different people released it."""
        return len({by for by, _ in self.releases})

    @property
    def person_class(self) -> PersonClass:
        """The class that the releases name: the strictest of them."""
        named = [
            one.person_class or CLASS_OF[one.ground] for _, one in self.releases if one.ground is not None
        ]
        return min(named, key=_STRICTEST.index)

    @property
    def scope(self) -> Scope:
        """The least that all of them allow."""
        return min((one.scope for _, one in self.releases), key=_SCOPES.index)


@dataclass(slots=True)
class Standing:
    """What holds, by fingerprint."""

    withheld: dict[str, str] = field(default_factory=dict)
    """Fingerprint -> `withhold` or `erase`."""
    classed: dict[str, PersonClass] = field(default_factory=dict)
    """Fingerprint -> the class that a `withhold` gives it, where it gives one: nothing else is withheld then."""
    released: dict[str, Released] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def standing(log: Iterable[Decision], policy: Policy, on: dt.date) -> Standing:
    """Return what stands on a day of the decisions to withhold, to release and to erase."""
    ordered = sorted({one.id: one for one in log}.values(), key=lambda one: (_moment(one), one.id))
    undone = undo(ordered, frozenset()).undone
    found = Standing()
    releases: dict[str, list[tuple[str, Release]]] = {}
    withholds: dict[str, str] = {}
    later: dict[str, str] = {}
    for one in ordered:
        if one.id in undone or one.kind not in {"withhold", "release", "erase"}:
            continue
        try:
            said = Release() if one.kind == "erase" else read_value(one.kind, one.value, where=one.id)
        except DecisionError as error:
            found.notes.append(f"{error}")
            said = Release()
        if one.kind != "release":
            _withhold(found, one, said)
            withholds |= {target: one.id for target in one.targets if target in found.withheld}
        elif said.ground is not None and _holds(one, policy, on, found):
            for target in one.targets:
                releases.setdefault(target, []).append((_person(one.by), said))
                if target in withholds:
                    later[target] = one.id
    found.notes += [
        f"{target}: withheld by {withholds[target]} and released by {release} after that: the withhold holds, for anybody may"
        f" withhold at once and a release does not end it; if it is to end: regesta decide undo {withholds[target]}"
        for target, release in sorted(later.items())
    ]
    found.released = {target: Released(tuple(rows)) for target, rows in releases.items()}
    return found


def _withhold(found: Standing, one: Decision, said: Release) -> None:
    for target in one.targets:
        if said.person_class is not None and one.kind == "withhold":
            known = found.classed.get(target)
            both = (said.person_class,) if known is None else (known, said.person_class)
            found.classed[target] = min(both, key=_STRICTEST.index)
        else:
            found.withheld[target] = one.kind


def _holds(one: Decision, policy: Policy, on: dt.date, found: Standing) -> bool:
    """Return whether a release is made and has not lapsed."""
    made = _moment(one)
    if made.date() > on + dt.timedelta(days=1):  # a day, because it is already tomorrow elsewhere
        found.notes.append(f"{one.id}: a release of a later day does not hold yet")
        return False
    ends = lapse(one.expires) if one.expires else _months_later(made, policy.release_months)
    if dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC) >= ends:
        found.notes.append(f"{one.id}: this release lapsed; release it again after a review")
        return False
    return True


def _moment(one: Decision) -> dt.datetime:
    try:
        return instant(one.at)
    except DecisionError:
        return dt.datetime.max.replace(tzinfo=dt.UTC)


def _months_later(moment: dt.datetime, months: int) -> dt.datetime:
    """Return the end of the same day so many months later, of the last day of the month where it has none."""
    years, month = divmod(moment.month - 1 + months, 12)
    if moment.year + years > 9998:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    year, month = moment.year + years, month + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return dt.datetime(year, month, day, tzinfo=dt.UTC) + dt.timedelta(days=1)


def _person(by: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", by).casefold().split())
