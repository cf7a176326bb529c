"""Who may write in a team: a name and a password, and a session that every server of the team knows.

    /review/enter ──POST──► cookie: the secret of a session, kept as a hash in PostgreSQL

Where the database cannot be asked, whoever was there a moment ago still sees the pages, and what was typed is not lost; nothing
can be recorded then anyway. A form's token is made of the session's secret, so a form that one server showed is taken by another.
Passwords, tries and roles are the business of `reviewers`; nothing here knows what is decided.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from regesta.database import Unreachable
from regesta.reviewers import LASTS, Roll, Sessions
from regesta.web.review.entrance import Session, cookie_of

if TYPE_CHECKING:
    from regesta.database import Database

__all__ = ["Login"]

_REMEMBERED: Final = 1000
"""Sessions of which it is remembered whose they were."""
_FOR: Final = 3600.0
"""Seconds in which that is believed while nobody can be asked."""


class Login:
    """Lets reviewers in by name and password."""

    def __init__(self, database: Database, place: str) -> None:
        self.cookie = cookie_of(place)
        self.lasts = LASTS
        self.roll = Roll(database)
        self._sessions = Sessions(database)
        self._remembered: OrderedDict[str, tuple[float, Session]] = OrderedDict()
        self._lock = threading.Lock()

    def enter(self, name: str, password: str) -> str | None:
        """Return the cookie of a new session; None where name and password let nobody in.

        Raises `Besieged` after too many attempts, and `Unreachable`.
        """
        found = self._sessions.enter(name, password)
        return found[0] if found else None

    def session(self, cookie: str | None) -> Session | None:
        """Return whose cookie this is; None for nobody's. Raises `Unreachable` where that cannot be known."""
        if not cookie or len(cookie) > 200:
            return None
        try:
            found = self._sessions.who(cookie)
        except Unreachable:
            with self._lock:
                seen, session = self._remembered.get(cookie, (0.0, None))
            if session is None or time.monotonic() - seen > _FOR:
                raise
            return session
        if found is None:
            with self._lock:
                self._remembered.pop(cookie, None)
            return None
        session = Session(cookie, found.name, found.role)
        with self._lock:
            self._remembered[cookie] = time.monotonic(), session
            self._remembered.move_to_end(cookie)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return session

    def leave(self, session: Session) -> None:
        """End a session, on every server; raises `Unreachable`."""
        with self._lock:
            self._remembered.pop(session.number, None)
        self._sessions.leave(session.number)

    def token(self, session: Session, purpose: str) -> str:
        """Return the token of a form: of this session and for this purpose alone."""
        key = hashlib.sha256(b"form " + session.number.encode("utf-8", "replace")).digest()
        return hmac.new(key, json.dumps(purpose).encode(), hashlib.sha256).hexdigest()

    def is_token(self, token: str, session: Session, purpose: str) -> bool:
        """Return whether a form has the right token."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token(session, purpose).encode())
