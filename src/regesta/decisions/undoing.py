"""Which decisions are taken back: an undo that is itself undone takes nothing back.

    same ◄── undo A ◄── undo B        B stands, so A does not, so `same` stands

Decisions are asked in the order of that drawing, from right to left, whatever their clocks say: one cannot undo what is not
there yet. Lines changed by hand may undo each other in a circle; those take nothing back, and are told. Nothing here knows
what a decision is about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from regesta.model import Decision

__all__ = ["Undoing", "undo"]


@dataclass(frozen=True, slots=True)
class Undoing:
    """What became of the decisions that undo."""

    undone: dict[str, str]
    """Id of a decision that is taken back to that of the first that takes it back."""
    circular: frozenset[str]


def undo(ordered: Sequence[Decision], expired: Collection[str]) -> Undoing:
    """Return what is taken back among decisions that are in the order of time, each id once."""
    known = {decision.id for decision in ordered}
    aims = {d.id: [t for t in dict.fromkeys(d.targets) if t in known] for d in ordered if d.kind == "undo"}
    circular = frozenset(_circular(aims))
    acting = {id_: targets for id_, targets in aims.items() if id_ not in circular and id_ not in expired}
    undoers: dict[str, list[str]] = {}
    for id_, targets in acting.items():  # in the order of time
        for target in targets:
            undoers.setdefault(target, []).append(id_)
    undone: dict[str, str] = {}
    waiting = {target: len(by) for target, by in undoers.items()}
    ready = [decision.id for decision in ordered if decision.id not in waiting]
    while ready:
        id_ = ready.pop()
        by = next((one for one in undoers.get(id_, ()) if one not in undone), None)
        if by is not None:
            undone[id_] = by
        for target in acting.get(id_, ()):
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return Undoing(undone, circular)


def _circular(aims: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the undos that hang between circles: what is left when those with nothing before or behind them are gone."""
    inner = {id_: [t for t in targets if t in aims] for id_, targets in aims.items()}
    outer: dict[str, list[str]] = {id_: [] for id_ in aims}
    for id_, targets in inner.items():
        for target in targets:
            outer[target].append(id_)
    left = set(aims)
    for forward, backward in ((inner, outer), (outer, inner)):
        degree = {id_: sum(one in left for one in backward[id_]) for id_ in left}
        ready = [id_ for id_, count in degree.items() if not count]
        while ready:
            id_ = ready.pop()
            left.discard(id_)
            for target in forward[id_]:
                if target in degree and target in left:
                    degree[target] -= 1
                    if not degree[target]:
                        ready.append(target)
    return left
