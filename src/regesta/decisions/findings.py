"""What people said of findings: which are settled, and which settled ones ask again because a passage has changed.

    explained ff-1 ──stands──► ff-1 is explained
    explained ff-2 ──nothing has ff-2 any more──┬─ ff-3 is of the same kind and shares a passage ──► ff-3 asks again
                                                └─ nothing is like it ────────────────────────────► an orphan

A fingerprint is a hash, so the decision keeps beside it what the person saw (`Seen`): the kind of the finding, its sentence,
and a hash of what each passage said. That is how the next finding on the same matter is known, many builds later. Nothing here
looks for findings or writes any.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from regesta.model import Decision, content_id

__all__ = ["STATUS_OF", "Asked", "Seen", "Settled", "asks_again", "kept", "saying_of_words", "settled"]

Settled = Literal["explained", "exception", "resolved"]

STATUS_OF: Final[Mapping[str, Settled]] = MappingProxyType(
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

    fingerprint: str
    kind: str
    """Of the finding."""
    summary: str
    says: frozenset[str]
    """What each member said: the fingerprint of its claim, else a hash of its words (`saying_of_words`)."""
    beside: frozenset[str] = frozenset()
    """Fingerprints of other findings of its kind that had a passage in common with it: they are no heirs of it."""

    @classmethod
    def of(cls, decision: Decision) -> tuple[Seen, ...]:
        """Return what a decision kept of its findings; nothing of one written by hand.

        >>> seen = Seen("ff-1", "date-conflict", "1871 against 1872.", frozenset({"fc-1", "fq-2"}))
        >>> line = Decision(
        ...     id="d-1", at="2026-03-01T09:30:00Z", by="Ana", kind="explained", targets=("ff-1",), why="two moves",
        ...     value=kept([seen])
        ... )
        >>> Seen.of(line) == (seen,)
        True
        """
        try:
            row: Any = json.loads(decision.value or "")
        except (ValueError, RecursionError):
            return ()
        rows = row.get("findings") if isinstance(row, dict) else None
        return tuple(
            cls(
                str(one.get("fingerprint", "")), str(one.get("kind", "")), str(one.get("summary", "")),
                _texts(one["says"]), _texts(one.get("beside")),
            )
            for one in (rows if isinstance(rows, list) else ())
            if isinstance(one, dict) and isinstance(one.get("says"), list)
        )  # fmt: skip


def _texts(found: object) -> frozenset[str]:
    return frozenset(one for one in found if isinstance(one, str)) if isinstance(found, list) else frozenset()


def kept(seen: Iterable[Seen]) -> str:
    """Return what was seen as `Decision.value` keeps it."""
    rows = [
        {
            "fingerprint": one.fingerprint, "kind": one.kind, "summary": one.summary[:_LONGEST],
            "says": sorted(one.says), "beside": sorted(one.beside),
        }
        for one in seen
    ]  # fmt: skip
    return json.dumps({"findings": rows}, ensure_ascii=False, separators=(",", ":"))


def saying_of_words(quote: str) -> str:
    """Return what stands for words that are no claim; white space is folded.

    >>> saying_of_words("Total:  7") == saying_of_words("Total: 7")
    True
    """
    return content_id("fq", [" ".join(quote.split())])


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding, as far as decisions speak of it."""

    id: str
    fingerprint: str
    kind: str
    says: frozenset[str]
    """As `Seen.says`."""
    is_open: bool = True


def settled(standing: Iterable[tuple[Decision, Iterable[str]]]) -> dict[str, tuple[Settled, str]]:
    """Return for each fingerprint that decisions settle its status and the decision; of several the last counts.

    `standing` are decisions that stand, with the fingerprints on which they do.
    """
    return {
        target: (STATUS_OF[decision.kind], decision.id)
        for decision, targets in standing
        if decision.kind in STATUS_OF
        for target in targets
    }


def asks_again(decisions: Iterable[Decision], findings: Sequence[Asked]) -> dict[str, list[Asked]]:
    """Return, by decision, the findings that take up again what it had settled: of the same kind, with a passage in common.

    `decisions` are those that would settle something, `findings` all that there are now; only open ones ask. Linear in both.
    """
    there = {one.fingerprint for one in findings}
    gone = [
        (decision.id, seen)
        for decision in decisions
        for seen in Seen.of(decision)
        if seen.fingerprint not in there
    ]
    wanted = {(seen.kind, said) for _, seen in gone for said in seen.says}
    sharing: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for one in findings:
        if one.is_open:
            for said in one.says:
                if (one.kind, said) in wanted:
                    sharing[one.kind, said].append(one)
    again: dict[str, dict[str, Asked]] = defaultdict(dict)
    for id_, seen in gone:
        for said in seen.says:
            again[id_] |= {
                one.id: one
                for one in sharing.get((seen.kind, said), ())
                if one.fingerprint not in seen.beside
            }
    return {id_: sorted(found.values(), key=lambda one: one.id) for id_, found in again.items() if found}
