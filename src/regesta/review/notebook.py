"""The log as reviewers see it: what stands on a thing at this moment, who is at odds with whom, and one line more.

    Notebook(where).state()            every decision with what the log alone makes of it, read again when it changes
    Notebook(where).add(one, known)    written, unless somebody decided on the same thing since `known` was looked at

The log is a file or a table of PostgreSQL; where that cannot be reached, what was last read of it is shown, and said to be old.

What a build made of a decision is in the chronicle; what was decided since is only here, so that a page shows it at once.
Nothing here knows what a target is called.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from regesta.database import Unreachable
from regesta.decisions import Home, Log, World, home_of, replay
from regesta.decisions.contests import PAIRED, contest
from regesta.decisions.homes import Readable
from regesta.decisions.rows import line_of
from regesta.errors import DecisionError
from regesta.model import Decision

__all__ = ["Contest", "Entry", "Meanwhile", "Notebook", "State"]

_REASONS = 12
"""Reasons of one reviewer that are offered again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision, and what the log alone makes of it."""

    decision: Decision
    status: str
    """As `Outcome.status`; only `undone`, `expired`, `blocked`, `already-true` and `applied` can be known from the log."""
    note: str

    @property
    def is_live(self) -> bool:
        """Whether it still says something: nobody took it back and its time is not over."""
        return self.status not in ("undone", "expired") and self.decision.kind != "undo"


@dataclass(frozen=True, slots=True)
class Contest:
    """Two people who judged one thing differently."""

    standing: Decision
    against: Decision
    """The one that does not stand."""
    targets: tuple[str, ...]
    """On what they differ."""

    @property
    def key(self) -> str:
        """What tells it from the other contests."""
        return f"{self.against.id}.{self.standing.id}"


@dataclass(frozen=True, slots=True)
class State:
    """The log at one moment."""

    entries: tuple[Entry, ...]
    """In the order of time."""
    n_unread: int
    """Lines that hold no decision."""
    by_id: dict[str, Entry] = field(default_factory=dict)
    by_target: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    lost: str = ""
    """Why this may not be all there is: the log cannot be reached now; "" where it can."""

    def on(self, targets: Iterable[str]) -> tuple[Entry, ...]:
        """Return what stands on any of these, or of two that may be one on the pair of them, by time."""
        wanted = tuple(dict.fromkeys(targets))
        found = {one.decision.id: one for target in wanted for one in self.by_target.get(target, ())}
        pair = frozenset(wanted)
        return tuple(
            one
            for one in sorted(found.values(), key=lambda e: (e.decision.at, e.decision.id))
            if one.is_live and (one.decision.kind not in PAIRED or pair == frozenset(one.decision.targets))
        )

    def known(self, targets: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of what stands on these: what a person has seen who looks at them now."""
        return tuple(one.decision.id for one in self.on(targets))

    def contests(self) -> tuple[Contest, ...]:
        """Return who is at odds with whom: the later word stands, and the earlier one is somebody else's."""
        live = [one.decision for one in self.entries if one.is_live]
        order = {one.id: place for place, one in enumerate(live)}
        by_id = {one.id: one for one in live}
        found: dict[tuple[str, str], list[str]] = {}
        for id_, fate in contest(live, ()).items():
            for target, winner in fate.beaten.items():
                found.setdefault((id_, winner), []).append(target)
        made = []
        for (id_, winner), targets in found.items():
            against, standing = by_id[id_], by_id[winner]
            if against.by != standing.by and not self._came_round(against, standing, live, order):
                made.append(Contest(standing, against, tuple(sorted(targets))))
        return tuple(made)

    def _came_round(
        self, against: Decision, standing: Decision, live: list[Decision], order: dict[str, int]
    ) -> bool:
        """Return whether the person has said since what the other one says."""
        return any(
            one.by == against.by
            and order[one.id] > order[against.id]
            and one.kind == standing.kind
            and one.value == standing.value
            and set(one.targets) == set(standing.targets)
            for one in live
        )

    def reasons_of(self, name: str) -> tuple[str, ...]:
        """Return the last reasons that somebody gave, the newest first."""
        given = (one.decision.why for one in reversed(self.entries) if one.decision.by == name)
        return tuple(dict.fromkeys(given))[:_REASONS]

    def last_of(self, name: str) -> Entry | None:
        """Return the last decision of somebody that can be taken back."""
        return next((one for one in reversed(self.entries) if one.decision.by == name and one.is_live), None)


class Meanwhile(DecisionError):  # noqa: N818 - what happened, not a fault
    """Somebody decided on the same thing after the person had looked: nothing was written."""

    def __init__(self, new: tuple[Entry, ...], n_gone: int) -> None:
        super().__init__(
            "somebody decided on this while you looked", hint="look at what was decided, and decide again"
        )
        self.new = new
        """What was decided meanwhile."""
        self.n_gone = n_gone
        """Decisions that stood and were taken back meanwhile."""


class Notebook:
    """A log that is read and added to."""

    def __init__(self, where: str | Path | Home) -> None:
        self.home = home_of(where)
        self._lock = threading.Lock()
        self._seen: Hashable = _NEVER
        self._state = State((), 0)

    def state(self) -> State:
        """Return the log as it is now, or as it was last seen where it cannot be reached; `State.lost` says so.

        Raises `DecisionError` where it is there and cannot be read.
        """
        with self._lock:
            try:
                return self._read(self.home)
            except Unreachable as error:
                return replace(self._state, lost=str(error))

    def _read(self, log: Readable) -> State:
        seen = log.stamp()
        if seen != self._seen:
            self._state = _state_of(log.read())
            self._seen = seen
        return self._state

    def add(self, decision: Decision, known: Collection[str], targets: Collection[str] | None = None) -> None:
        """Write a decision, on the disk when this returns.

        `known` are the ids of the decisions on its targets that the person saw; nobody else writes between the look at what
        stands there now and the writing. Raises `Meanwhile` where others stand there, and `DecisionError` where the log
        cannot be written; then nothing is written.
        """
        about = decision.targets if targets is None else targets
        with self._lock:
            self._read(self.home)  # what is old news is read before others have to wait
            with self.home.hold() as held:
                now = self._read(held).on(about)
                new = tuple(one for one in now if one.decision.id not in known)
                n_gone = len(set(known) - {one.decision.id for one in now})
                if new or n_gone:
                    raise Meanwhile(new, n_gone)
                held.add([line_of(decision)])


_NEVER = object()


def _state_of(log: Log) -> State:
    decisions = sorted(log.decisions, key=lambda one: (one.at, one.id))
    targets = {target for one in decisions for target in one.targets}
    world = World(
        now=datetime.now(UTC).isoformat(),
        referents={one: (one,) for one in targets if one.startswith("fm-")},
        claims={one: (one,) for one in targets if one.startswith("fc-")},
        others={one for one in targets if not one.startswith(("fm-", "fc-", "d-"))},
    )
    outcomes = {one.decision: one for one in replay(decisions, world).outcomes}
    entries = tuple(Entry(one, outcomes[one.id].status, outcomes[one.id].note) for one in decisions)
    by_target: dict[str, list[Entry]] = {}
    for entry in entries:
        for target in entry.decision.targets:
            by_target.setdefault(target, []).append(entry)
    return State(
        entries, log.n_unread, {one.decision.id: one for one in entries},
        {target: tuple(found) for target, found in by_target.items()},
    )  # fmt: skip
