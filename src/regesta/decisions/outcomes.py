"""What became of a decision, and the sentence that says so.

Nothing is left without a word: a decision that does nothing says which other one, which missing passage or which version is
the reason, and what to do. The count of those that did not apply is what a build tells first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from regesta.decisions.contests import PAIRED, Fate
from regesta.decisions.findings import STATUS_OF
from regesta.decisions.undoing import Undoing
from regesta.decisions.world import Replayed, World
from regesta.errors import DecisionError
from regesta.model import Decision, Outcome
from regesta.model.decision import KINDS, Status

__all__ = ["TOMBSTONE", "UNAPPLIED", "count_unapplied", "of_contest", "of_log", "of_targets", "settle"]

UNAPPLIED: Final = frozenset({"orphaned", "blocked", "precondition-changed", "unsupported"})
"""What a person should look at: a decision that was meant to hold and does not."""

TOMBSTONE: Final = "ft-"
"""How the id of a tombstone begins: it stands where something was erased."""

_GUARDS: Final = frozenset({"withhold", "erase"})


def count_unapplied(outcomes: Iterable[Outcome]) -> int:
    """Return how many decisions were meant to hold and do not; those undone or expired are as they should be.

    >>> count_unapplied([Outcome(decision="d-1", status="orphaned"), Outcome(decision="d-2", status="undone")])
    1
    """
    return sum(outcome.status in UNAPPLIED for outcome in outcomes)


def settle(replayed: Replayed, told: Mapping[str, tuple[Status, str]]) -> tuple[Outcome, ...]:
    """Return the outcomes with what a later stage says of decisions that stand: `{id: (status, note)}`.

    Resolution has to speak of every judgement; of one that it leaves out the outcome says that. Raises `DecisionError` for
    the id of a decision that does not stand: a stage obeyed what it was not given.
    """
    others = (*replayed.corrections, *replayed.additions, *replayed.standing)
    judged = {judgement.decision for judgement in replayed.judgements}
    standing = judged | {one.decision.id for one in others} | {rank.decision for rank in replayed.ranks}
    if strange := sorted(set(told) - standing):
        raise DecisionError("a stage speaks of a decision that does not stand", found=strange[0])
    silent: tuple[Status, str] = ("unsupported", "no stage of this build took it up")
    return tuple(
        Outcome(decision=one.decision, status=status, note=note)
        for one in replayed.outcomes
        for status, note in [
            told.get(one.decision, silent if one.decision in judged else (one.status, one.note))
        ]
    )


def of_log(
    decision: Decision, known: Mapping[str, Decision], undoing: Undoing, expired: Collection[str]
) -> Outcome | None:
    """Return what the log alone says of a decision: undone, expired, an undo, a kind of a newer version."""
    if by := undoing.undone.get(decision.id):
        return _told(decision, "undone", f"undone by {by}")
    if decision.id in undoing.circular:
        return _told(decision, "blocked", "undoes, by way of others, itself; undo it by another to be clear")
    if decision.id in expired:
        return _told(decision, "expired", f"held until {decision.expires}")
    if decision.kind == "undo":
        return _of_undo(decision, known, undoing)
    if decision.kind not in KINDS:
        return _told(decision, "unsupported", f"{decision.kind} is a kind that this version does not know")
    return None


def _of_undo(decision: Decision, known: Mapping[str, Decision], undoing: Undoing) -> Outcome:
    there = [target for target in decision.targets if target in known]
    if not there:
        return _told(decision, "orphaned", f"there is no decision {_listed(decision.targets)}")
    missing = [target for target in decision.targets if target not in known]
    note = f"there is no decision {_listed(missing)}" if missing else ""
    first = {undoing.undone.get(target) for target in there}
    if decision.id not in first:
        before = sorted(id_ for id_ in first if id_)
        return _told(decision, "already-true", _joined(f"{_listed(before)} undoes it already", note))
    return _told(decision, "applied", note)


def of_targets(decision: Decision, found: Collection[str]) -> Outcome | None:
    """Return that a decision is an orphan, or cannot be examined; None where it has something to speak of."""
    missing = [target for target in decision.targets if target not in found]
    if not found and decision.kind in STATUS_OF and not any(one.startswith("ff-") for one in missing):
        return _told(
            decision, "unsupported", f"{decision.kind} is said of findings: regesta check shows them"
        )
    if missing and decision.kind != "erase" and all(one.startswith(TOMBSTONE) for one in missing):
        if not found or decision.kind in PAIRED:
            return _told(decision, "already-true", "what it was about is erased")
    elif missing and (not found or decision.kind in PAIRED):
        note = f"nothing has the fingerprint {_listed(missing)} any more: decide again, or undo this"
        if decision.kind == "erase":
            note = f"there is no tombstone {_listed(missing)}: what it guards may come back; take back tombstones.jsonl"
        elif decision.kind in _GUARDS:
            note = (
                f"nothing has the fingerprint {_listed(missing)} any more: what it guards may stand elsewhere in "
                "other words; look, and decide again"
            )
        return _told(decision, "orphaned", note)
    if decision.kind == "comment" or decision.precondition is None:
        return None
    if not all(target.startswith("fc-") for target in found):
        return _told(
            decision, "unsupported", "only of claims can this version tell whether a premise still holds"
        )
    return None


def of_contest(decision: Decision, fate: Fate, world: World, *, is_stale: bool) -> Outcome:
    """Return what became of a decision that has something to speak of."""
    beaten = sorted(set(fate.beaten.values()))
    note = f"{_listed(beaten)} stands instead" if beaten else ""
    if is_stale and (len(fate.beaten) < len(decision.targets)):
        told = "other claims compete now than those that were seen: decide again, or undo this"
        return _told(decision, "precondition-changed", told)
    if fate.stands_on:
        seen = {*fate.stands_on, *fate.echoes, *fate.beaten}
        missing = [target for target in decision.targets if target not in seen]
        parts = [f"not of {_listed(sorted(fate.beaten))}: {note}" if beaten else ""]
        parts += [f"nothing has the fingerprint {_listed(missing)} any more"] if missing else []
        if decision.kind == "erase" and not any(one.startswith(TOMBSTONE) for one in fate.stands_on):
            parts.insert(0, "a line alone erases nothing: regesta decide erase does, at once")
            return _told(decision, "unsupported", _joined(*parts))
        if decision.kind not in world.carried_out:
            parts.insert(0, f"it stands, but nothing in this version obeys {decision.kind} yet")
            return _told(decision, "unsupported", _joined(*parts))
        return _told(decision, "applied", _joined(*parts))
    if fate.echoes:
        same = _listed(sorted(set(fate.echoes.values())))
        return _told(decision, "already-true", _joined(f"{same} says the same", note))
    if decision.kind not in {"different", "erase"} and beaten:
        note += "; undo it first if it should not"
    return _told(decision, "blocked", note)


def _told(decision: Decision, status: Status, note: str) -> Outcome:
    return Outcome(decision=decision.id, status=status, note=note)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _listed(names: Collection[str]) -> str:
    """Return names in a sentence, the first few of many.

    >>> _listed(["a", "b", "c", "d"])
    'a, b, c and 1 more'
    """
    shown = list(names)[:3]
    return ", ".join(shown) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
