"""What people judged about identity, as constraints that do not contradict each other.

    same A B          joined, with everything that is the same as either
    different A B     kept apart, with everything that is the same as either

Later judgements stand against earlier ones: they are taken from the latest to the first, and one that cannot hold beside
those already taken is blocked, and says by which. Nothing is compared here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from regesta.model import Judgement

__all__ = ["Constraints", "constrain"]


@dataclass(slots=True)
class Constraints:
    """What must be one and what must not, by the numbers of referents."""

    joined: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)
    """Implied ones included: what is the same as one is apart from what is the same as the other."""
    parts: list[tuple[int, int, str]] = field(default_factory=list)
    """Part, whole, decision."""
    decision_of: dict[tuple[int, int], str] = field(default_factory=dict)
    """Of each pair in `joined` and of each that was judged apart, the smaller number first."""
    blocked: dict[str, str] = field(default_factory=dict)
    """Decision -> why it cannot hold."""


def constrain(judgements: Sequence[Judgement], index_of: Mapping[str, int]) -> Constraints:
    """Return the constraints of judgements in the order of time; keys that are unknown are passed over."""
    found = Constraints()
    group: dict[int, set[int]] = {}
    against: dict[int, list[tuple[int, str]]] = defaultdict(list)
    told: dict[tuple[int, int], tuple[Judgement, int, int]] = {}
    for judgement in reversed(judgements):
        left = [index_of[key] for key in judgement.left if key in index_of]
        right = [index_of[key] for key in judgement.right if key in index_of]
        if judgement.kind == "part-of":
            found.parts += [(a, b, judgement.decision) for a, b in product(left, right)]
            continue
        reason = ""
        for a, b in product(left, right):
            ours, theirs = group.setdefault(a, {a}), group.setdefault(b, {b})
            if judgement.kind == "same":
                by = next((by for x in ours for y, by in against[x] if y in theirs), None)
                if by is not None:
                    reason = f"{by} says that they are different"
                elif ours is not theirs:
                    ours |= theirs
                    for member in theirs:
                        group[member] = ours
            elif ours is theirs:
                reason = (
                    "they are one mention"
                    if a == b
                    else "a later decision, or several, say that they are the same"
                )
            else:
                against[a].append((b, judgement.decision))
                against[b].append((a, judgement.decision))
            if reason:
                break
            told[min(a, b), max(a, b)] = judgement, a, b
        if reason:
            found.blocked[judgement.decision] = reason
    for pair, (judgement, a, b) in sorted(told.items(), key=lambda item: item[0]):
        if judgement.decision in found.blocked:
            continue
        found.decision_of[pair] = judgement.decision
        if judgement.kind == "same":
            if a != b:
                found.joined.append(pair)
        else:
            found.apart += list(product(sorted(group[a]), sorted(group[b])))
    return found
