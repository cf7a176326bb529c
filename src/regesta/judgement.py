"""What people decided, brought to a build: the log is read, its targets are found, and what it asks is handed on.

    decisions.jsonl ──► Judges ──hear──► which claims the decisions speak of
                               ──meet──► judgements, for resolution
                               ──settle─► ranks of claims, and an outcome for every decision

Without a log nothing is looked up. Nothing here joins or ranks anything itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.decisions import World, count_unapplied, read_log, replay, rivals_of, settle
from regesta.model.fingerprints import claim_fingerprint

if TYPE_CHECKING:
    from regesta.decisions import Problem
    from regesta.model import Decision, Extraction, Judgement, Outcome, Resolution

__all__ = ["Judges"]


class Judges:
    """The decisions of a project in one build."""

    def __init__(self, log: Path | None) -> None:
        found = read_log(log) if log is not None else None
        self.decisions: tuple[Decision, ...] = tuple(found.decisions) if found else ()
        self.problems: tuple[Problem, ...] = tuple(found.problems) if found else ()
        """Lines of the log that are no decisions."""
        self.judgements: tuple[Judgement, ...] = ()
        """About identity; known when everything has been heard."""
        self.outcomes: tuple[Outcome, ...] = ()
        targets = {target for decision in self.decisions for target in decision.targets}
        self._speaks_of_claims = any(target.startswith("fc-") for target in targets)
        self._claims: dict[str, list[str]] = defaultdict(list)
        self._about: list[tuple[str, str, str]] = []
        self._world = World(now=datetime.now(UTC).date().isoformat())

    @property
    def n_unapplied(self) -> int:
        """How many decisions were meant to hold and do not."""
        return count_unapplied(self.outcomes)

    def hear(self, part: Extraction) -> None:
        """Note the claims of a document, where decisions speak of claims."""
        if not self._speaks_of_claims:
            return
        label_of = {referent.key: referent.label for referent in part.referents}
        for claim in part.claims:
            quote, label = claim.evidence[0].quote, label_of[claim.subject]
            fingerprint = claim_fingerprint(quote, claim.predicate, claim.value, label)
            self._claims[fingerprint].append(claim.id)
            self._about.append((fingerprint, claim.subject, claim.predicate))

    def meet(self, keys: Iterable[str], fingerprints: Iterable[str]) -> None:
        """Find what decisions speak of among all referents and claims; after this the judgements are known."""
        if not self.decisions:
            return
        targets = {target for decision in self.decisions for target in decision.targets}
        referents: dict[str, list[str]] = defaultdict(list)
        for key, fingerprint in zip(keys, fingerprints, strict=True):
            if fingerprint in targets:
                referents[fingerprint].append(key)
        self._world = replace(self._world, referents=referents, claims=self._claims)
        self.judgements = replay(self.decisions, self._world).judgements

    def settle(self, resolution: Resolution) -> tuple[list[tuple[Decision, Outcome]], Mapping[str, str]]:
        """Return each decision with its outcome, and the ranks of claims that are not normal."""
        if not self.decisions:
            return [], {}
        said = ((one, resolution.entity_of[subject], predicate) for one, subject, predicate in self._about)
        rivals = rivals_of(said, {target for decision in self.decisions for target in decision.targets})
        replayed = replay(self.decisions, replace(self._world, rivals=rivals))
        self.outcomes = settle(replayed, resolution.outcomes)
        by_id = {decision.id: decision for decision in self.decisions}
        told = [(by_id[outcome.decision], outcome) for outcome in self.outcomes]
        return told, {rank.claim: rank.rank for rank in replayed.ranks}
