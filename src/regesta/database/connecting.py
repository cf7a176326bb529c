"""Connections to one database, kept while they are not used, and made anew when they were lost.

    with database.transaction() as cursor: …      all of it or nothing; a connection of its own

A connection that was kept is asked for the version of the tables before it is used: so one that died is replaced unseen, and
a database that a newer regesta has brought up to date is not written to. After a failure nobody waits for the next second:
whoever asks is told at once. Nothing here retries what was begun.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from regesta.database.addresses import check_address
from regesta.database.migrating import migrate, migrations, refuse_newer, version_of
from regesta.errors import DecisionError, EngineError

if TYPE_CHECKING:
    from psycopg import Connection, Cursor, Error

__all__ = ["Database", "Unreachable", "open_database"]

_MOST: Final = 16
"""Connections at once, of one program."""
_PATIENCE: Final = 10.0
"""Seconds that somebody waits for one of them."""
_QUIET: Final = 1.0
"""Seconds after a failure in which the database is not asked."""
_SETTINGS: Final = (
    "set lock_timeout = '10s'; set statement_timeout = '30s'; set idle_in_transaction_session_timeout = '30s'"
)
"""Nobody holds up the others for long, not even a program that was stopped in the middle."""


class Unreachable(DecisionError):  # noqa: N818 - a state of the world
    """The database cannot be reached or takes nothing now; nothing was done, unless it is `is_unsure`."""

    is_unsure = False
    """Whether it was lost at the very end, so that what was to be written may stand there."""


class Database:
    """One database of PostgreSQL, used by several threads.

    >>> Database("postgresql:///register").address
    'postgresql:///register'
    """

    def __init__(self, address: str) -> None:
        """Take note of an address; nothing is connected yet."""
        self.address = check_address(address)
        self._kept: list[Connection[Any]] = []
        weakref.finalize(self, _close_all, self._kept)  # nobody has to remember it
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(_MOST)
        self._failed: tuple[float, str] = (-_QUIET, "")

    @contextmanager
    def transaction(self) -> Iterator[Cursor[Any]]:
        """Give a cursor inside a transaction, which is kept if the block ends well and else leaves no trace.

        Raises `Unreachable` where the database is not there or its tables are of a newer version, `DecisionError` where it
        refuses.
        """
        import psycopg

        if not self._room.acquire(timeout=_PATIENCE):
            raise Unreachable("too many ask the database at once", where=self.address, hint="try again")
        connection, is_done = None, False
        try:
            connection = self._take()
            with connection.transaction(), connection.cursor() as cursor:
                yield cursor
                is_done = True
        except psycopg.Error as error:
            raise self._told(error, is_done=is_done) from error
        finally:
            if connection is not None:
                self._put_back(connection)
            self._room.release()

    def close(self) -> None:
        """Close what is not in use."""
        with self._lock:
            _close_all(self._kept)

    def _take(self) -> Connection[Any]:
        """Return a connection that lives."""
        import psycopg

        while True:
            with self._lock:
                connection = self._kept.pop() if self._kept else None
            if connection is None:
                return self._made()
            try:
                with connection.cursor() as cursor:
                    version = version_of(cursor)
            except psycopg.Error:
                connection.close()
            else:
                return self._checked(connection, version)

    def _made(self) -> Connection[Any]:
        import psycopg

        since, told = self._failed
        if time.monotonic() - since < _QUIET:
            raise Unreachable(told, where=self.address, hint=_HINT)
        try:
            connection = psycopg.connect(
                self.address, autocommit=True, connect_timeout=5, application_name="regesta", client_encoding="utf8",
                prepare_threshold=None, keepalives_idle=20, tcp_user_timeout=10_000,
            )  # fmt: skip
            connection.execute(_SETTINGS)
        except psycopg.Error as error:
            self._failed = time.monotonic(), f"the database is not there ({_first(error)})"
            raise Unreachable(self._failed[1], where=self.address, hint=_HINT) from error
        with connection.cursor() as cursor:
            version = version_of(cursor)
        return self._checked(connection, version)

    def _checked(self, connection: Connection[Any], version: int) -> Connection[Any]:
        """Return a connection whose tables this version knows; a server that runs is told so as of a loss."""
        try:
            refuse_newer(version, self.address)
        except EngineError as error:
            connection.close()
            raise Unreachable(error.problem, where=self.address, hint=error.hint) from error
        return connection

    def _put_back(self, connection: Connection[Any]) -> None:
        if connection.closed:
            return
        with self._lock:
            if len(self._kept) < _MOST:
                self._kept.append(connection)
                return
        connection.close()

    def _told(self, error: Error, *, is_done: bool) -> DecisionError:
        """Return what an error means for whoever asked."""
        import psycopg

        told = _first(error)
        if isinstance(error, psycopg.errors.LockNotAvailable):
            return Unreachable(
                "somebody else is writing just now, and does not come to an end", where=self.address, hint="try again"
            )  # fmt: skip
        if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.errors.ReadOnlySqlTransaction):  # fmt: skip
            if is_done:
                unsure = Unreachable(
                    f"the database was lost at the very end ({told}), so this may or may not be written",
                    where=self.address, hint="look whether it stands there before you decide again",
                )  # fmt: skip
                unsure.is_unsure = True
                return unsure
            return Unreachable(f"the database was lost ({told})", where=self.address, hint=_HINT)
        return DecisionError(f"the database refuses ({told})", where=self.address)


def _close_all(kept: list[Connection[Any]]) -> None:
    while kept:
        kept.pop().close()


_HINT: Final = "nothing was written; is it running, and is the password in ~/.pgpass or PGPASSFILE?"


def _first(error: Error) -> str:
    """Return the first line of what an error says, without what PostgreSQL puts before and after it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = error.diag.message_primary or (lines[0] if lines else type(error).__name__)
    return said.rpartition("failed: ")[2][:200] or said[:200]


def open_database(address: str) -> Database:
    """Return a database whose tables are up to date.

    Raises `EngineError` for an address with a password, for tables of a newer version, and where the extra is missing;
    `Unreachable` where it is not there.
    """
    check_address(address)
    try:
        import psycopg  # noqa: F401 - asked for here, so that the message names the extra
    except ImportError as error:
        raise EngineError(
            "decisions in PostgreSQL need the extra `postgres`", hint="install it with: pip install 'regesta[postgres]'"
        ) from error  # fmt: skip
    database = Database(address)
    try:
        with database.transaction() as cursor:
            if version_of(cursor) < len(migrations()):
                migrate(cursor, address)
    except Unreachable as error:
        if isinstance(error.__cause__, EngineError):
            raise error.__cause__ from None
        raise
    return database
