"""Decisions: what a person judged, why, and what became of it in a build.

    Decision  "these two are one", by whom, when, why   a line of decisions.jsonl, never changed
    Outcome   applied, blocked, orphaned ...            one for each decision, new in every build

A decision names its targets by fingerprint (`model/fingerprints.py`), so that it outlives edits of the sources. This
module holds the types and says how many targets a kind takes; it does not read the log and applies nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from regesta.model.ids import content_id

__all__ = ["KINDS", "Decision", "Outcome", "Status", "decision_id"]

Status = Literal[
    "applied",  # the build does what it says
    "already-true",  # the build does so anyway, or an earlier decision says the same
    "orphaned",  # nothing that it speaks of is there any more
    "blocked",  # another decision, named in the note, stands against it
    "precondition-changed",  # what the person saw has changed since: to be looked at again
    "undone",  # taken back by a later one
    "expired",  # its time is over
    "unsupported",  # this version keeps it and cannot carry it out
]

KINDS: Final[dict[str, tuple[int, int]]] = {
    "same": (2, 2),
    "different": (2, 2),
    "part-of": (2, 2),
    "prefer": (1, 100),
    "deprecate": (1, 100),
    "confirm": (1, 100),
    "reject": (1, 100),
    "correct": (1, 1),
    "add": (1, 1),
    "not-a-conflict": (1, 100),
    "explained": (1, 100),
    "exception": (1, 100),
    "resolved": (1, 100),
    "withhold": (1, 100),
    "release": (1, 100),
    "erase": (1, 100),
    "comment": (1, 100),
    "undo": (1, 100),
}
"""The kinds of decision, and how many targets each takes: at least, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one person judged at one time."""

    id: str
    """Content id, prefix `d`, of the other fields."""
    at: str
    """When, RFC 3339 with its offset; `2026-03-01T09:30:00.000000Z`."""
    by: str
    """Who, as they call themselves."""
    kind: str
    """One of `KINDS`, or a word of a newer version, which is kept."""
    targets: tuple[str, ...]
    """Fingerprints; for `undo` ids of decisions. `part-of`: the part, then the whole. For the others order means nothing."""
    value: str | None = None
    """What `correct` puts in its place, what `add` adds (`predicate: words`); None where the kind says it all."""
    why: str
    """The reason, in the person's words."""
    precondition: str | None = None
    """What the person saw (`decisions.precondition_of`); None: it holds whatever else is there."""
    expires: str | None = None
    """The last day on which it holds (`2027-01-31`, in UTC) or the moment from which it does not (RFC 3339)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one decision in one build."""

    decision: str
    """`Decision.id`."""
    status: Status
    note: str = ""
    """One sentence: which other decision, what is missing, what to do; empty where the status says it all."""


def decision_id(
    *,
    at: str,
    by: str,
    kind: str,
    targets: tuple[str, ...],
    value: str | None = None,
    why: str,
    precondition: str | None = None,
    expires: str | None = None,
) -> str:
    """Return the content id of a decision with these fields.

    >>> decision_id(at="2026-03-01T09:30:00Z", by="Ana", kind="same", targets=("fm-1", "fm-2"), why="one passport")
    'd-12deea15e3d1ea8a'
    """
    return content_id("d", [at, by, kind, len(targets), *targets, value, why, precondition, expires])
