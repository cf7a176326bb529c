"""What people decided, brought to a build: the log is read, its targets are found, and what it asks is handed on.

    decisions.jsonl ──► Judges ──see───► where the passages stand that decisions name
                               ──hear──► which claims the decisions speak of
                               ──meet──► judgements, for resolution
                               ──settle─► ranks of claims, and claims that people made
                               ──judge──► findings that are settled, and an outcome for every decision

Without a log nothing is looked up. Nothing here joins or ranks anything itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.decisions import (
    STATUS_OF,
    Asked,
    Competition,
    Heard,
    Made,
    World,
    add_claims,
    asks_again,
    correct_claims,
    count_unapplied,
    find_passage,
    read_log,
    replay,
    saying_of,
    saying_of_words,
    settle,
    settled,
)
from regesta.errors import DecisionError
from regesta.model import Evidence, Outcome
from regesta.model.fingerprints import claim_fingerprint, source_fingerprint

if TYPE_CHECKING:
    from regesta.decisions import Problem, Replayed, Saying
    from regesta.erasure import Erased, Tombstone
    from regesta.model import Decision, Extraction, Finding, Judgement, Resolution
    from regesta.model.decision import Status

__all__ = ["Judges", "Turn", "live_tombstones", "says_of", "turn"]


class Judges:
    """The decisions of a project in one build."""

    def __init__(
        self, log: str | Path | None, erased: Erased | None = None, tombstones: Iterable[str] = ()
    ) -> None:
        """Read the log at a path or an address; what was erased is blacked in what people wrote."""
        found = read_log(log) if log is not None else None
        decisions = tuple(found.decisions) if found else ()
        self.decisions: tuple[Decision, ...] = decisions if erased is None else _blacked(decisions, erased)
        self.problems: tuple[Problem, ...] = tuple(found.problems) if found else ()
        """What is wrong with lines of the log."""
        self.n_unread = found.n_unread if found else 0
        """How many of its lines are no decisions."""
        self.judgements: tuple[Judgement, ...] = ()
        """About identity; known when everything has been heard."""
        self.outcomes: tuple[Outcome, ...] = ()
        self.made: tuple[Made, ...] = ()
        """Claims that corrections and additions make; known when it is settled."""
        self.unsaid: frozenset[str] = frozenset()
        """Ids of claims that no source makes, as somebody said who looked: rejected or corrected."""
        self._targets = {target for decision in self.decisions for target in decision.targets}
        self._speaks_of_claims = any(target.startswith("fc-") for target in self._targets)
        self._speaks_of_sources = any(target.startswith("fs-") for target in self._targets)
        self._others: set[str] = set(tombstones)
        """Fingerprints of sources, ids of tombstones."""
        self._claims: dict[str, list[str]] = defaultdict(list)
        self._competition = Competition()
        self._heard: dict[str, Heard] = {}
        self._named: dict[str, tuple[str, str]] = {}
        self._told: dict[str, tuple[Status, str]] = {}
        self._world = World(now=datetime.now(UTC).date().isoformat())
        self._sayings: dict[str, Saying] = {}
        self._passages: dict[str, Evidence] = {}
        self._sought: dict[str | None, list[str]] = defaultdict(list)
        """By the name of a source the decisions that name a passage of it."""
        self._read_sayings()

    @property
    def listens(self) -> bool:
        """Whether it asks for the claims of every source (`hear`)."""
        return self._speaks_of_claims

    @property
    def makes(self) -> bool:
        """Whether it may make claims of its own."""
        return bool(self._sayings)

    @property
    def n_unapplied(self) -> int:
        """How many decisions were meant to hold and do not."""
        return count_unapplied(self.outcomes)

    def _read_sayings(self) -> None:
        for decision in self.decisions:
            if decision.kind not in ("correct", "add"):
                continue
            try:
                saying = self._sayings[decision.id] = saying_of(decision.value or "")
            except DecisionError as error:
                self._told[decision.id] = "unsupported", str(error)
                continue
            if saying.passage is not None:
                self._sought[saying.passage.source].append(decision.id)
            self._targets |= {one for one in (saying.subject, saying.value) if one and one.startswith("fm-")}

    def see(self, source: str, text: str) -> None:
        """Note a source, and look in it for the passages that decisions name there."""
        if self._speaks_of_sources:
            self._others.add(source_fingerprint(source))
        for decision in self._sought.get(source, ()):
            try:
                self._look(decision, source, text)
            except DecisionError as error:
                self._told[decision] = "orphaned", f"{error}: decide again, or undo this"

    def _look(self, decision: str, source: str, text: str) -> None:
        passage = self._sayings[decision].passage
        assert passage is not None
        start, end = find_passage(text, passage)
        self._passages[decision] = Evidence(source=source, start=start, end=end, quote=text[start:end])

    def search(self, texts: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Look in all sources for passages whose source was not named, or is not there: it may have another name now."""
        wanted = [
            id_
            for ids in self._sought.values()
            for id_ in ids
            if id_ not in self._passages and id_ not in self._told
        ]
        if not wanted:
            return
        for source, text in texts():
            for decision in wanted:
                if decision not in self._passages:
                    try:
                        self._look(decision, source, text)
                    except DecisionError:
                        continue  # told below, where no other source has it

    def hear(self, part: Extraction) -> None:
        """Note the claims of a document, where decisions speak of claims."""
        if not self._speaks_of_claims:
            return
        label_of = {referent.key: referent.label for referent in part.referents}
        for claim in part.claims:
            label = label_of[claim.subject]
            fingerprint = _fingerprint(Heard(claim, label))
            self._competition.add(fingerprint, claim.subject, claim.predicate)
            if fingerprint in self._targets:
                self._claims[fingerprint].append(claim.id)
                self._heard[claim.id] = Heard(claim, label)

    def meet(self, keys: Iterable[str], fingerprints: Iterable[str], labels: Iterable[str]) -> None:
        """Find what decisions speak of among all referents and claims; after this the judgements are known."""
        if not self.decisions:
            return
        referents: dict[str, list[str]] = defaultdict(list)
        for key, fingerprint, label in zip(keys, fingerprints, labels, strict=True):
            if fingerprint in self._targets:
                referents[fingerprint].append(key)
                self._named[fingerprint] = min(self._named.get(fingerprint, (key, label)), (key, label))
        self._world = replace(self._world, referents=referents, claims=self._claims)
        self.judgements = replay(self.decisions, self._world).judgements

    def settle(self, resolution: Resolution) -> Mapping[str, str]:
        """Return the ranks of claims that are not normal; after this the claims that people made are known."""
        if not self.decisions:
            return {}
        self._told |= resolution.outcomes
        rivals = self._competition.rivals(resolution.entity_of.__getitem__, self._targets)
        self._world = replace(self._world, rivals=rivals)
        self.made = tuple(self._make(replay(self.decisions, self._world)))
        if self.made:
            self._world = self._with_made(resolution)
        replayed = replay(self.decisions, self._world)
        corrected = {one.replaces for one in self.made if one.replaces}
        rejects = {decision.id for decision in self.decisions if decision.kind == "reject"}
        self.unsaid = frozenset(
            corrected | {rank.claim for rank in replayed.ranks if rank.decision in rejects}
        )
        return {rank.claim: rank.rank for rank in replayed.ranks} | dict.fromkeys(
            sorted(corrected), "deprecated"
        )

    def _make(self, replayed: Replayed) -> Iterable[Made]:
        """Yield the claims that corrections and additions make; what cannot be made is told."""
        for one in (*replayed.corrections, *replayed.additions):
            id_ = one.decision.id
            if id_ in self._told:
                continue
            saying, place = self._sayings[id_], self._passages.get(id_)
            if saying.passage is not None and place is None:
                told = (
                    f"“{saying.passage.quote[:60]}” stands in no source any more: decide again, or undo this"
                )
                self._told[id_] = "orphaned", told
                continue
            try:
                if one.decision.kind == "correct":
                    yield from correct_claims(one, saying, self._heard, place, self._named.get)
                else:
                    yield from add_claims(one, saying, place, self._named.get)
            except DecisionError as error:
                self._told[id_] = "unsupported", f"{error}: decide again, or undo this"

    def _with_made(self, resolution: Resolution) -> World:
        """Return the world with the claims that people made; they do not compete with those that sources make."""
        claims = {fingerprint: list(ids) for fingerprint, ids in self._claims.items()}
        about = []
        for one in self.made:
            fingerprint = _fingerprint(Heard(one.claim, one.label))
            claims.setdefault(fingerprint, []).append(one.claim.id)
            about.append((fingerprint, resolution.entity_of[one.claim.subject], one.claim.predicate))
        rivals = self._competition.rivals(resolution.entity_of.__getitem__, self._targets, about)
        return replace(self._world, claims=claims, rivals=rivals)

    def judge(
        self, findings: Iterable[Finding], fingerprints_of: Callable[[list[str]], Mapping[str, str]]
    ) -> tuple[list[Finding], list[tuple[Decision, Outcome]]]:
        """Return the findings with their status, and each decision with its outcome.

        `fingerprints_of` gives the fingerprints of claims by their ids; it is asked only where a settled finding is gone.
        """
        found = list(findings)
        if not self.decisions:
            return found, []
        replayed = replay(
            self.decisions,
            replace(self._world, others=frozenset(one.fingerprint for one in found) | self._others),
        )
        status = settled((one.decision, one.on) for one in replayed.standing)
        judged = [
            replace(one, status=status[one.fingerprint][0]) if one.fingerprint in status else one
            for one in found
        ]
        standing = {one.decision for one in replayed.judgements}
        standing |= {one.decision.id for one in (*replayed.corrections, *replayed.additions)}
        told = {decision: said for decision, said in self._told.items() if decision in standing}
        gone = self._of_gone(replayed, judged, fingerprints_of)
        self.outcomes = tuple(gone.get(one.decision, one) for one in settle(replayed, told))
        by_id = {decision.id: decision for decision in self.decisions}
        return judged, [(by_id[outcome.decision], outcome) for outcome in self.outcomes]

    def _of_gone(
        self,
        replayed: Replayed,
        findings: list[Finding],
        fingerprints_of: Callable[[list[str]], Mapping[str, str]],
    ) -> dict[str, Outcome]:
        """Return what is told of decisions on findings that are gone."""
        orphans = {one.decision for one in replayed.outcomes if one.status == "orphaned"}
        gone = [d for d in self.decisions if d.id in orphans and d.kind in STATUS_OF]
        if not gone:
            return {}
        says = says_of(
            findings, fingerprints_of(sorted({m.claim for f in findings for m in f.members if m.claim}))
        )
        asked = [Asked(f.id, f.fingerprint, f.kind, says[f.id], f.status == "open") for f in findings]
        again = asks_again(gone, asked)
        told: dict[str, Outcome] = {}
        for decision in gone:
            if after := again.get(decision.id):
                ids = ", ".join(one.id for one in after[:3]) + (" ..." if len(after) > 3 else "")
                note = (
                    f"the passages have changed, and {ids} asks again: look, and decide again, or undo this"
                )
                told[decision.id] = Outcome(decision=decision.id, status="precondition-changed", note=note)
            elif decision.kind == "resolved":
                note = "nothing like it is found any more"
                told[decision.id] = Outcome(decision=decision.id, status="already-true", note=note)
        return told


def _blacked(decisions: Iterable[Decision], erased: Erased) -> tuple[Decision, ...]:
    """Return decisions whose words hold nothing that was erased, whoever wrote them."""
    return tuple(
        replace(
            one, why=erased.mask(one.why), by=erased.mask(one.by), value=one.value and erased.mask(one.value)
        )
        for one in decisions
    )


def live_tombstones(log: str | Path | None, tombstones: Collection[Tombstone]) -> tuple[Tombstone, ...]:
    """Return the tombstones that nobody took back: one without a decision counts, lest it be lost with its line."""
    decisions = read_log(log).decisions if log is not None else ()
    ids = frozenset(one.id for one in tombstones)
    world = World(now=datetime.now(UTC).date().isoformat(), others=ids)
    replayed = replay(decisions, world)
    standing = {id_ for one in replayed.standing if one.decision.kind == "erase" for id_ in one.on}
    undone = {one.decision for one in replayed.outcomes if one.status == "undone"}
    taken = {id_ for one in decisions if one.kind == "erase" and one.id in undone for id_ in one.targets}
    return tuple(one for one in tombstones if one.id in standing or one.id not in taken)


@dataclass(frozen=True, slots=True)
class Turn:
    """Findings of a chronicle against those of the one that it replaced; what was checked and holds is not counted."""

    n_opened: int
    """Open, and not there before."""
    n_reopened: int
    """Open, and settled before."""
    n_closed: int
    """Open before, and now settled or no longer found."""
    n_open: int
    """Open now."""


def turn(findings: Iterable[Finding], before: Mapping[str, str] | None) -> Turn | None:
    """Return what became of findings whose status was `before`, by fingerprint; None where there were none to compare with."""
    if before is None:
        return None
    now = {one.fingerprint for one in findings if one.severity != "ok" and one.status == "open"}
    was = {fingerprint for fingerprint, status in before.items() if status == "open"}
    opened = now - was
    n_reopened = len(opened & before.keys())
    return Turn(len(opened) - n_reopened, n_reopened, len(was - now), len(now))


def says_of(findings: Iterable[Finding], fingerprints: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return by the id of each finding what its members say: the fingerprint of the claim, else a hash of the words."""
    return {
        one.id: frozenset(fingerprints.get(m.claim or "") or saying_of_words(m.quote) for m in one.members)
        for one in findings
    }


def _fingerprint(heard: Heard) -> str:
    claim = heard.claim
    return claim_fingerprint(claim.evidence[0].quote, claim.predicate, claim.value, heard.label)
