"""The log of decisions: a file of lines that is only added to, fit for version control.

    read_log  every line becomes a decision or a problem with its number; none stops the others
    append    under a lock, in one write, on the disk when it returns

Two programs may append at once, and two people may merge their files line by line in any order: a line that stands there
twice is one decision. Marks that a merge left behind are told as what they are, and the lines between them count. Nothing
here rewrites a line.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from regesta.decisions.rows import LONGEST, line_of, parse_line
from regesta.errors import DecisionError
from regesta.model import Decision

__all__ = ["Log", "Problem", "append", "read_log"]

_MARKS: Final = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_BOM: Final = b"\xef\xbb\xbf"
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


def read_log(path: str | Path) -> Log:
    """Return what a log holds; a file that is not there holds nothing.

    Raises `DecisionError` where there is something that cannot be read at all.
    """
    found: dict[str, tuple[Decision, bool]] = {}
    problems: list[Problem] = []
    n_unread = n_problems = 0
    for number, line in _lines(Path(path)):
        told, counts = "", False
        try:
            if line is None:
                raise DecisionError(  # noqa: TRY301 - told as other bad lines are
                    f"is longer than {LONGEST:,} bytes", hint="a decision is one line"
                )
            if line.startswith(_MARKS):
                raise DecisionError(  # noqa: TRY301
                    "is a mark of a merge that was not finished",
                    hint="delete the marks and keep the lines of both sides",
                )
            decision, told = parse_line(line)
            counts = True
        except DecisionError as error:
            told = str(error)
        if counts:
            told = "; ".join(part for part in (told, _keep(found, decision, is_sound=not told)) if part)
        n_unread += not counts
        if told:
            n_problems += 1
            if n_problems <= _LISTED:
                problems.append(Problem(number, told, counts))
    if n_problems > _LISTED:
        problems.append(
            Problem(
                number, f"and {n_problems - _LISTED:,} more lines are not as they should be", counts=False
            )
        )
    return Log(tuple(decision for decision, _ in found.values()), tuple(problems), n_unread)


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


def _lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and words of each line that is not blank, None for one that is too long."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DecisionError("is no file", where=str(path))
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST + 1):
                number += 1
                if len(line) > LONGEST:
                    _skip(file, line)
                    yield number, None
                    continue
                line = line.removeprefix(_BOM) if number == 1 else line
                if line.strip():
                    yield number, line
    except FileNotFoundError:
        return
    except OSError as error:
        raise DecisionError(
            f"cannot be read ({(error.strerror or 'unreadable').lower()})", where=str(path)
        ) from error


def _skip(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST)


def append(path: str | Path, *decisions: Decision) -> None:
    """Add decisions to a log, all of them or none, and return when they are on the disk.

    The file is made where it is not there. Where its last line does not end, because a program died or an editor left the
    end out, it is ended first. Raises `DecisionError` where it cannot be written.
    """
    path = Path(path)
    lines = b"".join(line_of(decision) for decision in decisions)
    try:
        with _locked(path) as descriptor:
            size = os.fstat(descriptor).st_size
            try:
                _write(descriptor, lines if _is_ended(descriptor, size) else b"\n" + lines)
                os.fsync(descriptor)
            except OSError:
                os.ftruncate(descriptor, size)  # the disk is full: no half line stays
                raise
    except OSError as error:
        raise DecisionError(
            f"cannot be written ({(error.strerror or 'not writable').lower()})", where=str(path)
        ) from error


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open a log for appending and hold it alone; when it was replaced while we waited, open it again."""
    if path.exists() and not path.is_file():
        raise DecisionError("is no file", where=str(path))
    while True:
        flags = (
            os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        )
        descriptor = os.open(path, flags, 0o666)
        try:
            _lock(descriptor)
            if _is_still(path, descriptor):
                yield descriptor
                return
        finally:
            os.close(descriptor)  # and lets go of the lock


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> None:
    """Wait until nobody else holds the file; where the system has no locks, one write at the end has to do."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    with suppress(OSError):  # a file system without locks
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _is_ended(descriptor: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
