"""What people said of findings: which are settled, and which settled ones ask again because a passage has changed.

    explained ff-1 ──stands──► ff-1 is explained
    explained ff-2 ──nothing has ff-2 any more──┬─ ff-3 is of the same kind and shares a passage ──► ff-3 asks again
                                                └─ nothing is like it ────────────────────────────► an orphan

A fingerprint is a hash, so the decision keeps beside it what the person saw (`Seen`): the kind of the finding, its sentence,
and what each passage said. That is how the next finding on the same matter is known, many builds later. Nothing here looks
for findings or writes any.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from regesta.model import Decision

__all__ = ["STATUS_OF", "Asked", "Seen", "asks_again", "settled"]

STATUS_OF: Final[Mapping[str, Literal["explained", "exception", "resolved"]]] = MappingProxyType(
    {
        "not-a-conflict": "explained",  # why it is none is its explanation
        "explained": "explained",
        "exception": "exception",
        "resolved": "resolved",
    }
)
"""Kinds of decision that settle a finding, and the status that it then has."""

_LONGEST: Final = 300
"""Code points of the sentence that is kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person saw of a finding when it was settled."""

    kind: str
    """Of the finding."""
    summary: str
    says: frozenset[str]
    """What each member said: the fingerprint of its claim, else its words, white space folded."""

    def written(self) -> str:
        """Return it as `Decision.value` keeps it."""
        row = {"finding": self.kind, "summary": self.summary[:_LONGEST], "says": sorted(self.says)}
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def of(cls, decision: Decision) -> Seen | None:
        """Return what a decision kept; None where it kept nothing, as one written by hand.

        >>> seen = Seen("date-conflict", "1871 against 1872.", frozenset({"fc-1", "in 1872"}))
        >>> line = Decision(
        ...     id="d-1", at="2026-03-01T09:30:00Z", by="Ana", kind="explained", targets=("ff-1",), why="two moves",
        ...     value=seen.written()
        ... )
        >>> Seen.of(line) == seen
        True
        """
        try:
            row: Any = json.loads(decision.value or "")
        except (ValueError, RecursionError):
            return None
        if not isinstance(row, dict) or not isinstance(row.get("says"), list):
            return None
        says = frozenset(one for one in row["says"] if isinstance(one, str))
        return cls(str(row.get("finding", "")), str(row.get("summary", "")), says)


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding, as far as decisions speak of it."""

    id: str
    fingerprint: str
    kind: str
    says: frozenset[str]
    """As `Seen.says`."""


def settled(standing: Iterable[tuple[Decision, Iterable[str]]]) -> dict[str, tuple[str, str]]:
    """Return for each fingerprint that decisions settle its status and the decision; of several the last counts.

    `standing` are decisions that stand, with the fingerprints on which they do.
    """
    return {
        target: (STATUS_OF[decision.kind], decision.id)
        for decision, targets in standing
        if decision.kind in STATUS_OF
        for target in targets
    }


def asks_again(gone: Iterable[Decision], findings: Iterable[Asked]) -> dict[str, list[Asked]]:
    """Return, by decision, the findings that take up again what it had settled: of the same kind, with a passage in common.

    `gone` are decisions whose findings are there no more, `findings` those that nothing settles. Linear in both.
    """
    seen = {decision.id: found for decision in gone if (found := Seen.of(decision)) is not None}
    wanted = {(one.kind, said) for one in seen.values() for said in one.says}
    sharing: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for one in findings:
        for said in one.says:
            if (one.kind, said) in wanted:
                sharing[one.kind, said].append(one)
    found: dict[str, list[Asked]] = {}
    for id_, was in seen.items():
        alike = {one.id: one for said in was.says for one in sharing.get((was.kind, said), ())}
        if alike:
            found[id_] = sorted(alike.values(), key=lambda one: one.id)
    return found
