"""What a log of decisions holds, line by line, wherever the lines are kept.

    Reading().take(1, line) … .log()     every line becomes a decision or a problem with its number; none stops the others

Two people may merge their files line by line in any order: a line that stands there twice is one decision. Marks that a merge
left behind are told as what they are, and the lines between them count. Nothing here opens anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from regesta.decisions.rows import LONGEST, line_of, parse_line
from regesta.errors import DecisionError
from regesta.model import Decision

__all__ = ["Log", "Problem", "Reading", "judge_line"]

_MARKS: Final = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_LISTED: Final = 1000
"""Problems told one by one; of a file of junk the rest is counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line."""

    line: int
    """From 1."""
    told: str
    """What is wrong and what to do, on one line."""
    counts: bool
    """Whether the decision of the line counts all the same."""


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds."""

    decisions: tuple[Decision, ...]
    """In the order of the lines, each id once."""
    problems: tuple[Problem, ...]
    n_unread: int
    """Lines that hold no decision that counts, marks of a merge included."""


class Reading:
    """Lines taken in one after another; more may come later.

    >>> reading = Reading()
    >>> reading.take(1, b'{"at": "2026-03-01T09:30:00Z", "by": "Ana", "kind": "comment", "targets": ["fc-1"], "why": "seen"}')
    >>> reading.take(2, b"<<<<<<< HEAD")
    >>> log = reading.log()
    >>> len(log.decisions), log.n_unread, log.problems[0].line
    (1, 1, 2)
    """

    def __init__(self) -> None:
        self._found: dict[str, tuple[Decision, bool]] = {}
        self._problems: list[Problem] = []
        self._n_unread = self._n_problems = self._last = 0

    def take(self, number: int, line: bytes | None) -> None:
        """Take in a line that is not blank; None for one that is too long to be looked at."""
        self._last, told, counts = number, "", False
        try:
            decision, told = judge_line(line)
            counts = True
        except DecisionError as error:
            told = str(error)
        if counts:
            told = "; ".join(part for part in (told, _keep(self._found, decision, is_sound=not told)) if part)
        self._n_unread += not counts
        if told:
            self._n_problems += 1
            if self._n_problems <= _LISTED:
                self._problems.append(Problem(number, told, counts))

    def log(self) -> Log:
        """Return what has been taken in so far."""
        problems = list(self._problems)
        if self._n_problems > _LISTED:
            more = f"and {self._n_problems - _LISTED:,} more lines are not as they should be"
            problems.append(Problem(self._last, more, counts=False))
        return Log(tuple(decision for decision, _ in self._found.values()), tuple(problems), self._n_unread)


def judge_line(line: bytes | None) -> tuple[Decision, str]:
    """Return the decision of a line of a log, and a remark on what is odd in it; raises `DecisionError` where it is none."""
    if line is None:
        raise DecisionError(f"is longer than {LONGEST:,} bytes", hint="a decision is one line")
    if line.startswith(_MARKS):
        raise DecisionError(
            "is a mark of a merge that was not finished", hint="delete the marks and keep the lines of both sides"
        )  # fmt: skip
    return parse_line(line)


def _keep(found: dict[str, tuple[Decision, bool]], decision: Decision, *, is_sound: bool) -> str:
    """Keep a decision; of two under one id the one whose id is right, whichever line comes first."""
    known = found.get(decision.id)
    if known is None:
        found[decision.id] = (decision, is_sound)
        return ""
    if known[0] == decision:
        return ""  # two people have the same line
    best = min(known, (decision, is_sound), key=lambda one: (not one[1], line_of(one[0])))
    found[decision.id] = best
    return f"another line has the id {decision.id} and other words; only one counts"
