"""What an edition would show of somebody, as things stand and after one decision more: told before it is written.

    exposed(path, log, entity)              named_in_source · by name · 3 claims shown, 1 coarser, 4 withheld
    exposed(path, log + decision, entity)   at_risk · by a pseudonym · 0 shown, 0 coarser, 8 withheld

The plan is that of `protection`, reckoned for the whole chronicle, because what is shown of one depends on how many others are
shown with them; so a large chronicle takes seconds, and one that is too large is not tried. Nothing here writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from regesta.chronicle import open as open_chronicle
from regesta.decisions import make
from regesta.errors import RegestaError
from regesta.model import Decision
from regesta.protection import plan, read_policy
from regesta.protection.grounds import read_value

__all__ = ["EXPOSING", "Exposed", "exposed", "tried"]

EXPOSING: Final = ("withhold", "release")
"""Kinds that change what an edition shows and nothing of the chronicle."""
_MOST: Final = 200_000
"""Claims of a chronicle for which a plan is reckoned while somebody waits."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """What an edition shows of somebody."""

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


def exposed(
    chronicle: Path, decisions: Iterable[Decision], entity: str, about: Iterable[str], *, policy: Path | None, on: dt.date
) -> Exposed | None:  # fmt: skip
    """Return what an edition of a day would show of somebody; `about` are words by which notes are about them.

    None where the chronicle is too large to be tried while somebody waits, or cannot be opened or planned now.
    """
    words = tuple(about)
    try:
        with open_chronicle(chronicle) as opened:
            n = opened.sql("select count(*) from claims").rows[0][0]
            if n > _MOST:
                return None
            own = [one for (one,) in opened.sql("select id from claims where subject = ?", [entity])]
            made = plan(
                opened, read_policy(policy), decisions, key=bytes(32), on=on
            )  # no name of it is shown
    except RegestaError:
        return None
    person = made.exposures.get(entity)
    actions = [made.verdicts[one].action for one in own]
    return Exposed(
        person.person_class if person else "", person.shown if person else "", person.is_minor if person else False,
        actions.count("show"), actions.count("coarsen"), actions.count("withhold"),
        tuple(note for note in made.notes if any(word in note for word in words)),
    )  # fmt: skip


def tried(kind: str, value: str, target: str, *, by: str, at: dt.datetime) -> Decision:
    """Return the decision as it would be written, with no reason yet; raises `DecisionError` for words of no release."""
    return make(kind, (target,), by=by, why="-", at=at, value=str(read_value(kind, value)) or None)
