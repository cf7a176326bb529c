"""The lines of one log carried into another: from a file into PostgreSQL, and back into a file.

    carry_in(home, "decisions.jsonl")     what is not there yet is added, as it stands
    carry_out(home, "backup.jsonl")       every line, byte by byte, in the order in which they came to stand

A line is carried as it is, spaces and unknown fields included, so that a file that went in comes out with the same bytes. What
is there already is not added again; a line that is no decision stays behind and is told. Nothing here decides which counts.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from regesta.decisions.file import FileHome
from regesta.decisions.homes import Home
from regesta.decisions.log import Problem, judge_line
from regesta.errors import DecisionError
from regesta.model import Decision
from regesta.replacing import beside

__all__ = ["Carried", "carry_in", "carry_out"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried."""

    n_added: int
    n_known: int
    """Lines that were there already."""
    left: tuple[Problem, ...] = ()
    """Lines that hold no decision, and stayed behind."""


def carry_in(home: Home, path: str | Path) -> Carried:
    """Add the decisions of a file to a log, all of them or none; raises `DecisionError` where the file is not there."""
    source = FileHome(Path(path))
    if not source.path.exists():
        raise DecisionError("there is no such file", where=str(path))
    added: list[bytes] = []
    left: list[Problem] = []
    n_known = 0
    with home.hold() as held:
        known: set[bytes | Decision] = {line.rstrip(b"\n") for _, line in held.lines() if line is not None}
        known |= set(held.read().decisions)
        for number, line in source.lines():
            try:
                decision, _ = judge_line(line)
            except DecisionError as error:
                left.append(Problem(number, str(error), counts=False))
                continue
            assert line is not None
            bare = line.rstrip(b"\n")
            if bare in known or decision in known:
                n_known += 1
            else:
                known |= {bare, decision}
                added.append(bare + b"\n")
        held.add(added)
    return Carried(len(added), n_known, tuple(left))


def carry_out(home: Home, path: str | Path) -> Carried:
    """Write a log to a file, whole or not at all; `left` are lines of the log that nobody could read.

    Raises `DecisionError` where the file holds decisions that the log does not have, or cannot be written.
    """
    target = Path(path)
    held = list(home.lines())
    lines = [line for _, line in held if line is not None]
    left = tuple(Problem(number, "is too long", counts=False) for number, line in held if line is None)
    decisions = set(home.read().decisions)
    old = FileHome(target).read() if target.exists() else None
    missing = [one for one in old.decisions if one not in decisions] if old else []
    if missing:
        raise DecisionError(
            f"the file holds {len(missing):,} that the log does not have, such as {missing[0].id}", where=str(path),
            hint="bring them in first, with: regesta decide import FILE; or write to another file",
        )  # fmt: skip
    ended = b"".join(line if line.endswith(b"\n") else line + b"\n" for line in lines)
    try:
        made = beside(target)
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(ended)
                file.flush()
                os.fsync(file.fileno())
            if old is not None:
                shutil.copymode(target, made)
            made.replace(target)
        except BaseException:
            with suppress(OSError):
                made.unlink()
            raise
    except OSError as error:
        raise DecisionError(
            f"cannot be written ({(error.strerror or 'not writable').lower()})", where=str(path)
        ) from error
    n_known = sum(one in decisions for one in old.decisions) if old else 0
    return Carried(len(lines) - n_known, n_known, left)
