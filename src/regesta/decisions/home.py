"""Where the log of decisions is kept: a file of lines, or a table for many at once.

    home_of("decisions.jsonl")             FileHome     the usual one: `file`
    home_of("postgresql:///register")      TableHome    see `table`
    append(home, decision)                 all of them or none, on the disk when it returns

Both are only ever added to, and hold the same lines, so the same log is told of both.
"""

from __future__ import annotations

from pathlib import Path

from regesta.database import is_address
from regesta.decisions.file import FileHome
from regesta.decisions.homes import Home
from regesta.decisions.log import Log
from regesta.decisions.rows import line_of
from regesta.model import Decision

__all__ = ["append", "home_of", "read_log"]


def home_of(where: str | Path | Home) -> Home:
    """Return the home of a log by its path or its address; an address is connected to, and may raise as `open_database`.

    >>> home_of("decisions.jsonl").where
    'decisions.jsonl'
    """
    if is_address(where):
        from regesta.database import open_database
        from regesta.decisions.table import TableHome

        return TableHome(open_database(str(where)))
    return FileHome(Path(where)) if isinstance(where, str | Path) else where


def read_log(where: str | Path | Home) -> Log:
    """Return what a log holds; a file that is not there holds nothing.

    Raises `DecisionError` where there is something that cannot be read at all.
    """
    return home_of(where).read()


def append(where: str | Path | Home, *decisions: Decision) -> None:
    """Add decisions to a log, all of them or none, and return when they are on the disk.

    A file is made where it is not there. Where its last line does not end, because a program died or an editor left the
    end out, it is ended first. Raises `DecisionError` where it cannot be written.
    """
    lines = [line_of(decision) for decision in decisions]
    with home_of(where).hold() as held:
        held.add(lines)
