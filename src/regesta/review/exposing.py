"""What an edition would show of somebody or of one claim, as things stand and after one decision more: told before it is written.

    Exposing(packs).exposed(path, log, "e-…")              named_in_source · by name · 3 claims shown, 1 coarser, 4 withheld
    Exposing(packs).exposed(path, log + decision, "e-…")   at_risk · by a pseudonym · 0 shown, 0 coarser, 8 withheld

The plan is that of `protection`, reckoned for the whole chronicle, because what is shown of one depends on how many others are
shown with them. What it asks of the chronicle is read once, and the plan as things stand is kept until something is decided; so
only the first look takes seconds, and a chronicle that is too large is not tried. Nothing here writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from regesta.chronicle import open as open_chronicle
from regesta.decisions import make
from regesta.errors import RegestaError
from regesta.model import Decision
from regesta.protection import material_of, plan, read_policy
from regesta.protection.grounds import read_value
from regesta.shelf import state

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle
    from regesta.protection import Material, Plan

__all__ = ["EXPOSING", "Exposed", "Exposing", "tried"]

EXPOSING: Final = ("withhold", "release")
"""Kinds that change what an edition shows and nothing of the chronicle."""
_MOST: Final = 200_000
"""Claims of a chronicle for which a plan is reckoned while somebody waits: about a gigabyte, and ten seconds the first time."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """What an edition shows of somebody, or of a claim and of those that say the same."""

    person_class: str
    """Of `protection.verdicts.CLASSES`; "" for what is no person."""
    shown: str
    """`name`, `pseudonym`, `described` or `absent`; "" for what is no person."""
    is_minor: bool
    n_shown: int
    """Claims as stated."""
    n_coarser: int
    n_withheld: int
    notes: tuple[str, ...] = ()
    """What the plan says of these decisions: a second person is missing, a withhold stands."""


class Exposing:
    """Plans of the chronicle that is reviewed; may be asked in any thread."""

    def __init__(self, packs: tuple[Path, ...] = (), *, most: int = _MOST) -> None:
        self._packs = packs
        self._most = most
        self._lock = Lock()
        self._material: tuple[str, Material | None] = ("", None)
        self._plan: tuple[Hashable, Plan | None] = ("", None)
        """As things stand, which every page begins with."""

    def exposed(
        self, chronicle: Path, decisions: Iterable[Decision], target: str, about: Iterable[str], *,
        policy: Path | None, on: dt.date, then: Decision | None = None,
    ) -> Exposed | None:  # fmt: skip
        """Return what an edition of a day would show of an entity or a claim, after one decision more with `then`.

        `about` are words by which notes are about it. None where the chronicle is too large to be tried while somebody waits, or
        cannot be opened or planned now.
        """
        log, words = tuple(decisions), tuple(about)
        try:
            with self._lock, open_chronicle(chronicle) as opened:
                subject, own = _claims(opened, target)
                made = self._planned(chronicle, opened, log, policy, on, then)
        except RegestaError:
            return None
        if made is None:
            return None
        person = made.exposures.get(subject)
        actions = [made.verdicts[one].action for one in own]
        return Exposed(
            person.person_class if person else "", person.shown if person else "", person.is_minor if person else False,
            actions.count("show"), actions.count("coarsen"), actions.count("withhold"),
            tuple(note for note in made.notes if any(word in note for word in words)),
        )  # fmt: skip

    def _planned(
        self, path: Path, opened: Chronicle, log: tuple[Decision, ...], policy: Path | None, on: dt.date, then: Decision | None
    ) -> Plan | None:  # fmt: skip
        now = state(path)
        if opened.sql("select count(*) from claims").rows[0][0] > self._most:
            return None
        if self._material[0] != now:
            self._material = (now, material_of(opened, self._packs))
        rules = read_policy(policy)
        name = (now, tuple(one.id for one in log), repr(rules), on)
        if then is None and self._plan[0] == name:
            return self._plan[1]
        made = plan(
            opened,
            rules,
            (*log, then) if then else log,
            key=bytes(32),
            on=on,
            packs=self._packs,
            material=self._material[1],
        )  # fmt: skip - no name of it is shown
        if then is None:
            self._plan = (name, made)
        return made


def _claims(chronicle: Chronicle, target: str) -> tuple[str, list[str]]:
    """Return the subject of an entity or a claim, and the claims that are told of: all of an entity, or those that say the same."""
    found = chronicle.sql("select subject from claims where id = ?", [target]).rows
    if not found:
        return target, [one for (one,) in chronicle.sql("select id from claims where subject = ?", [target])]
    same = chronicle.sql(
        "select claim from claim_support where statement = (select statement from claim_support where claim = ?)", [target]
    )  # fmt: skip
    return found[0][0], [one for (one,) in same] or [target]


def tried(kind: str, value: str, target: str, *, by: str, at: dt.datetime) -> Decision:
    """Return the decision as it would be written, with no reason yet; raises `DecisionError` for words of no release."""
    return make(kind, (target,), by=by, why="-", at=at, value=str(read_value(kind, value)) or None)
