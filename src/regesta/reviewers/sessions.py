"""Who is there: a name and a password become a session, and its secret is asked for at every request.

Of the secret only a hash is kept, so a copy of the database lets nobody in. A name that was tried ten times in vain within a
quarter of an hour is not looked at for as long, whether it is anybody's or not; the attempt counts before it is looked at, so
a hundred at once are no way around. Sources: OWASP, Authentication and Session Management Cheat Sheets. Nothing here sets a
cookie.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from regesta.errors import DecisionError
from regesta.reviewers.passwords import is_right
from regesta.reviewers.roll import SELECT, Reviewer, key_of, reviewer_of

if TYPE_CHECKING:
    from regesta.database import Database

__all__ = ["LASTS", "Besieged", "Sessions"]

LASTS: Final = 7 * 86_400
"""Seconds of a session."""
_TRIES: Final = 10
_WITHIN: Final = 900
"""Seconds in which so many attempts at one name may fail."""
_ALL_TRIES: Final = 1000
"""Attempts at any name that may fail in that time: somebody goes through a list of names."""


class Besieged(DecisionError):  # noqa: N818 - what happens, not a fault
    """Too many attempts: none is looked at for a while."""


class Sessions:
    """The sessions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, name: str, password: str) -> tuple[str, Reviewer] | None:
        """Return the secret of a new session and whose it is; None for a wrong name or password, or a disabled one.

        Raises `Besieged` where too many attempts failed, and `Unreachable` where nobody can be asked.
        """
        key = key_of(name)
        if not key:
            return None
        with self._database.transaction() as cursor:
            cursor.execute(
                "delete from regesta.attempts where at < now() - make_interval(secs => %s)", [_WITHIN]
            )
            cursor.execute("insert into regesta.attempts (key) values (%s) returning number", [key])
            attempt = cursor.fetchone()
        with self._database.transaction() as cursor:  # with those of everybody else
            cursor.execute("select count(*) filter (where key = %s), count(*) from regesta.attempts", [key])
            row = cursor.fetchone()
            assert row is not None
            is_besieged = row[0] > _TRIES or row[1] > _ALL_TRIES
            if is_besieged:  # this one was not looked at, and does not make it longer
                cursor.execute("delete from regesta.attempts where number = %s", attempt)
            cursor.execute(
                "select number, password from regesta.reviewers where key = %s and disabled_at is null", [key]
            )
            found = cursor.fetchone()
        if is_besieged:
            raise Besieged("too many attempts to come in", hint="wait a quarter of an hour")
        if not is_right(password, found[1] if found else None) or found is None:
            return None
        secret = secrets.token_urlsafe(32)
        with self._database.transaction() as cursor:
            cursor.execute("delete from regesta.attempts where key = %s", [key])
            cursor.execute("delete from regesta.sessions where until < now()")
            cursor.execute(
                "insert into regesta.sessions (digest, reviewer, until) "
                "select %s, number, now() + make_interval(secs => %s) from regesta.reviewers "
                "where number = %s and password = %s and disabled_at is null",
                [_digest(secret), LASTS, found[0], found[1]],
            )
            if not cursor.rowcount:
                return None  # disabled, or given another password, while this one was looked at
            cursor.execute(f"{SELECT} where number = %s", [found[0]])
            reviewer = cursor.fetchone()
            assert reviewer is not None
            return secret, reviewer_of(reviewer)

    def who(self, secret: str) -> Reviewer | None:
        """Return whose session this is; None where there is none, or it is over."""
        with self._database.transaction() as cursor:
            cursor.execute(
                f"{SELECT} where disabled_at is null and number = "  # noqa: S608 - ours
                "(select reviewer from regesta.sessions where digest = %s and until > now())",
                [_digest(secret)],
            )
            row = cursor.fetchone()
            return reviewer_of(row) if row else None

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._database.transaction() as cursor:
            cursor.execute("delete from regesta.sessions where digest = %s", [_digest(secret)])


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
