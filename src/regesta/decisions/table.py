"""A log in PostgreSQL: the lines of the file, a row each, for many reviewers at once.

Rows are only added, one program at a time, and numbered in that order (`database/migrations/0001_log.sql`). So what was read
once is kept, and only what came since is asked for; where the last row that was read is another one now, as after a backup was
brought back, everything is read anew. The line is the decision, byte by byte; the other columns are made of it for people who
ask in SQL. Nothing here connects or judges a line.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from regesta.decisions.homes import Held, Lines
from regesta.decisions.log import Log, Reading, judge_line
from regesta.decisions.rows import LONGEST
from regesta.errors import DecisionError

if TYPE_CHECKING:
    from psycopg import Cursor

    from regesta.database import Database

__all__ = ["TableHome"]

_LOCK: Final = "select pg_advisory_xact_lock(29285, 2)"
"""As the trigger of the table takes it: whoever holds it has seen every line there is."""
_BATCH: Final = 5_000


class TableHome:
    """A log in a table."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._reading = Reading()
        self._last: tuple[int, bytes] = (0, b"")

    @property
    def where(self) -> str:
        """The address, which holds no password."""
        return self.database.address

    def read(self) -> Log:
        """Return what the table holds; raises `Unreachable` where it cannot be asked."""
        with self.database.transaction() as cursor:
            return self.caught_up(cursor)

    def stamp(self) -> Hashable:
        """Return number and hash of the last line."""
        with self.database.transaction() as cursor:
            return stamp_of(cursor)

    def lines(self) -> Lines:
        """Yield the lines as they were written."""
        with self.database.transaction() as cursor:
            yield from lines_of(cursor)

    @contextmanager
    def hold(self) -> Iterator[Held]:
        """Keep everybody else from adding, in this program and in others."""
        with self._writing, self.database.transaction() as cursor:
            cursor.execute(_LOCK)
            yield _HeldTable(self, cursor)

    def caught_up(self, cursor: Cursor[Any]) -> Log:
        """Read what came since, and return all there is."""
        with self._lock:
            number, known = self._last
            if number:
                cursor.execute("select line from regesta.lines where number = %s", [number])
                if cursor.fetchone() != (known,):
                    self._begin()  # this is another table than before
            cursor.execute(
                "select number, line from regesta.lines where number > %s order by number", [self._last[0]]
            )
            while rows := cursor.fetchmany(_BATCH):
                for number, line in rows:
                    self._reading.take(number, line)
                self._last = rows[-1]
            return self._reading.log()


class _HeldTable:
    """A table that nobody else adds to."""

    def __init__(self, home: TableHome, cursor: Cursor[Any]) -> None:
        self._home = home
        self._cursor = cursor
        self._has_added = False

    def read(self) -> Log:
        """Return what the table holds; not after something was added, which may still be taken back."""
        assert not self._has_added
        return self._home.caught_up(self._cursor)

    def stamp(self) -> Hashable:
        return stamp_of(self._cursor)

    def lines(self) -> Lines:
        return lines_of(self._cursor)

    def add(self, lines: Iterable[bytes]) -> None:
        self._has_added = True
        self._cursor.executemany(
            "insert into regesta.lines (line, decision, kind, made_by, made_at) values (%s, %s, %s, %s, %s) "
            "on conflict (digest) do nothing",
            [_row(line) for line in lines],
        )


def stamp_of(cursor: Cursor[Any]) -> Hashable:
    """Return what is another whenever other lines are there."""
    cursor.execute("select number, digest from regesta.lines order by number desc limit 1")
    return cursor.fetchone()


def lines_of(cursor: Cursor[Any]) -> Lines:
    """Yield the lines in the order in which they came to stand, each with the end that it has in a file."""
    last = 0
    while True:
        cursor.execute(
            "select number, line from regesta.lines where number > %s order by number limit %s",
            [last, _BATCH],
        )
        rows = cursor.fetchall()
        if not rows:
            return
        for last, line in rows:
            yield last, bytes(line) + b"\n"


def _row(line: bytes) -> tuple[bytes, str, str, str, str]:
    kept = line.removesuffix(b"\n")
    if not kept or len(kept) >= LONGEST or b"\n" in kept:
        raise DecisionError("is no line of a log", hint="a decision is one line")
    decision, _ = judge_line(kept)
    plain = [
        text.replace("\x00", "\ufffd") for text in (decision.id, decision.kind, decision.by, decision.at)
    ]
    return kept, plain[0], plain[1], plain[2], plain[3]
