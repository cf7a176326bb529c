"""What the decisions of a log come to in one build.

    in order of time ─► undone, expired ─► of nothing that is there ─► premise changed ─► contested ─► Replayed

Every step takes some out, and each that is taken out has an `Outcome` that says so; the rest stand. The order of the lines
means nothing: time decides, and of one moment the id. What resolution does with judgements it says itself (`settle`); what
later stages do with the others is theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Literal

from regesta.decisions.contests import PAIRED, contest
from regesta.decisions.findings import STATUS_OF
from regesta.decisions.moments import beginning, instant, lapse
from regesta.decisions.outcomes import of_contest, of_log, of_targets
from regesta.decisions.undoing import undo
from regesta.decisions.world import Rank, Replayed, Standing, World, precondition_of
from regesta.model import Decision, Judgement, Outcome

__all__ = ["replay"]

_OF_CLAIMS = frozenset({"prefer", "deprecate", "correct"})
_OF_REFERENTS = frozenset({"add"}) | PAIRED

Found = dict[str, tuple[str, ...]]
"""Targets of a decision that are there, and what they are in this build."""


def replay(decisions: Iterable[Decision], world: World) -> Replayed:
    """Return what stands of the decisions in this world, and what became of each; of one id the first counts.

    Call it before resolution, with `World.rivals` None, for the judgements; and after it, when claims have their subjects,
    for everything else. Both give the same judgements. Time grows with the number of decisions.

    >>> one = Decision(id="d-1", at="2026-03-01T09:30:00Z", by="Ana", kind="prefer", targets=("fc-1",), why="an oath")
    >>> world = World(now="2026-03-02", claims={"fc-1": ["c-7"]})
    >>> replay([one], world).ranks
    (Rank(claim='c-7', rank='preferred', decision='d-1', why='an oath'),)
    >>> replay([one], World(now="2026-03-02")).outcomes[0].status
    'orphaned'
    """
    unique: dict[str, Decision] = {}
    for decision in decisions:
        unique.setdefault(decision.id, decision)
    ordered = sorted(unique.values(), key=lambda decision: (instant(decision.at), decision.id))
    now = beginning(world.now)
    expired = {one.id for one in ordered if one.expires is not None and lapse(one.expires) <= now}
    undoing = undo(ordered, expired)
    outcomes: dict[str, Outcome] = {}
    live: list[Decision] = []
    there: dict[str, Found] = {}
    for decision in ordered:
        found = _found(decision, world)
        outcome = of_log(decision, unique, undoing, expired) or of_targets(decision, found)
        if outcome is not None:
            outcomes[decision.id] = outcome
        else:
            there[decision.id] = found
            live.append(
                decision if len(found) == len(decision.targets) else replace(decision, targets=tuple(found))
            )
    stale = frozenset(decision.id for decision in live if _is_stale(decision, world))
    fates = contest(live, stale)
    for decision in live:
        fate = fates[decision.id]
        outcomes[decision.id] = of_contest(unique[decision.id], fate, world, is_stale=decision.id in stale)
    standing = [
        (
            unique[one.id],
            [there[one.id][target] for target in one.targets if target in fates[one.id].stands_on],
        )
        for one in live
        if fates[one.id].stands_on
    ]
    return _sorted_out(standing, tuple(outcomes[decision.id] for decision in ordered))


def _found(decision: Decision, world: World) -> Found:
    """Return the targets that are there, as far as the kind of decision may speak of them."""
    places: tuple[Mapping[str, Collection[str]], ...] = (world.claims, world.referents)
    if decision.kind in _OF_CLAIMS:
        places = (world.claims,)
    elif decision.kind in _OF_REFERENTS:
        places = (world.referents,)
    elif decision.kind in STATUS_OF:
        places = ()
    found: Found = {}
    for target in decision.targets:
        held = next((place[target] for place in places if target in place), ())
        if held:
            found[target] = tuple(sorted(held))
        elif len(places) != 1 and target in world.others:
            found[target] = (target,)
    return found


def _is_stale(decision: Decision, world: World) -> bool:
    """Return whether what the person saw is not what is there now."""
    if decision.precondition is None or world.rivals is None or decision.kind == "comment":
        return False  # a comment is what somebody said, whatever else is there
    rivals = (world.rivals.get(target, (target,)) for target in decision.targets)
    return precondition_of(chain(decision.targets, *rivals)) != decision.precondition


def _sorted_out(
    standing: Iterable[tuple[Decision, list[tuple[str, ...]]]], outcomes: tuple[Outcome, ...]
) -> Replayed:
    """Put each decision that stands where those look who obey it."""
    judgements: list[Judgement] = []
    ranks: list[Rank] = []
    corrections: list[Standing] = []
    additions: list[Standing] = []
    others: list[Standing] = []
    for decision, held in standing:
        one = Standing(decision=decision, on=tuple(sorted(set(chain.from_iterable(held)))))
        match decision.kind:
            case "same" | "different" | "part-of" as kind:
                left, right = held
                judgements.append(Judgement(decision=decision.id, kind=kind, left=left, right=right))
            case "prefer" | "deprecate" | "reject" as kind:
                rank: Literal["preferred", "deprecated"] = "preferred" if kind == "prefer" else "deprecated"
                ranks += [
                    Rank(claim=claim, rank=rank, decision=decision.id, why=decision.why) for claim in one.on
                ]
            case "correct":
                corrections.append(one)
            case "add":
                additions.append(one)
            case _:
                others.append(one)
    return Replayed(
        judgements=tuple(judgements),
        ranks=tuple(ranks),
        corrections=tuple(corrections),
        additions=tuple(additions),
        standing=tuple(others),
        outcomes=outcomes,
    )
