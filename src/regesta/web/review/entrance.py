"""Who may write: a link that works once, a signed cookie, a token in every form, and where a form came from.

    the printed address ──► "who are you" ──POST──► cookie: name, number of the session, since when, signature

The key that signs lives as long as the process, so stopping the server ends every session. A form is taken only with the
cookie, with its own token, and from a page of this very host (`Origin`, `Sec-Fetch-Site`). Source: OWASP, Cross-Site Request
Forgery Prevention and Session Management Cheat Sheets. Nothing here knows what is decided.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["LONGEST_NAME", "Entrance", "Session", "cookie_of", "is_from_here", "tidy_name"]

LONGEST_NAME = 80
_LASTS = 7 * 86_400
"""Seconds of a session."""
_LINK_LASTS = 86_400
"""Seconds in which a link may be used."""
_LINKS = 50
"""Links that wait at once."""
_TRIES, _WITHIN = 20, 60.0
"""Wrong links within so many seconds, from which on none is looked at."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who came in."""

    number: str
    name: str
    role: str = "reviewer"
    """As `reviewers.Role`; whoever came by a link is a reviewer."""


class Entrance:
    """Lets reviewers in by links, where one person keeps the log in a file; `login` is for teams.

    >>> entrance = Entrance("demo")
    >>> link = entrance.invite()
    >>> cookie = entrance.enter(link, "Ana")
    >>> entrance.session(cookie).name, entrance.enter(link, "Ben")
    ('Ana', None)
    """

    def __init__(self, place: str) -> None:
        self.cookie = cookie_of(place)
        self._key = secrets.token_bytes(32)
        self._links: dict[bytes, float] = {}
        self._wrong: deque[float] = deque(maxlen=_TRIES)
        self._lock = threading.Lock()

    def invite(self) -> str:
        """Return the secret of a new link, which lets in one reviewer once."""
        link = secrets.token_urlsafe(24)
        with self._lock:
            while len(self._links) >= _LINKS:
                self._links.pop(next(iter(self._links)))
            self._links[_digest(link)] = time.monotonic() + _LINK_LASTS
        return link

    def is_open(self, link: str) -> bool:
        """Return whether a link still lets in; wrong ones are counted."""
        with self._lock:
            until = self._links.get(_digest(link))
            if until is not None and until > time.monotonic():
                return True
            self._wrong.append(time.monotonic())
            return False

    @property
    def is_besieged(self) -> bool:
        """Whether so many wrong links came that none is looked at for a while."""
        with self._lock:
            return len(self._wrong) == _TRIES and time.monotonic() - self._wrong[0] < _WITHIN

    def enter(self, link: str, name: str) -> str | None:
        """Return the cookie of a new session and use the link up; None where it lets nobody in."""
        with self._lock:
            until = self._links.pop(_digest(link), 0.0)
        if until <= time.monotonic():
            return None
        payload = json.dumps([secrets.token_hex(8), tidy_name(name), int(time.time())], ensure_ascii=True)
        body = base64.urlsafe_b64encode(payload.encode()).decode().rstrip("=")
        return f"{body}.{self._mac('session', body)}"

    def session(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie; None for one that is forged, broken or too old."""
        if not cookie or len(cookie) > 2000:
            return None
        body, _, mac = cookie.rpartition(".")
        if not body or not hmac.compare_digest(mac.encode(), self._mac("session", body).encode()):
            return None
        number, name, since = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        if time.time() - since > _LASTS:
            return None
        return Session(str(number), str(name))

    def leave(self, session: Session) -> None:
        """Forget nothing: the cookie alone is the session, and the browser throws it away."""

    def token(self, session: Session, purpose: str) -> str:
        """Return the token of a form: of this session and for this purpose alone."""
        return self._mac("form", session.number, purpose)

    def is_token(self, token: str, session: Session, purpose: str) -> bool:
        """Return whether a form has the right token."""
        return hmac.compare_digest(token.encode(), self.token(session, purpose).encode())

    def _mac(self, *parts: str) -> str:
        text = json.dumps(parts).encode()
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()


def cookie_of(place: str) -> str:
    """Return the name of the cookie of a project, another for each: cookies do not know ports."""
    return f"regesta-{hashlib.sha256(place.encode('utf-8', 'replace')).hexdigest()[:10]}"


def _digest(link: str) -> bytes:
    return hashlib.sha256(link.encode("utf-8", "replace")).digest()


def tidy_name(name: str) -> str:
    r"""Return a name on one line, without what is not seen, no longer than a name is.

    >>> tidy_name("  Ana\n\x00 Sousa ")
    'Ana Sousa'
    """
    shown = "".join(c if c.isprintable() else " " for c in name[: 4 * LONGEST_NAME])
    return " ".join(shown.split())[:LONGEST_NAME].strip()


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Return whether a form came from a page of this host: every browser sends one of the two headers with a form.

    >>> is_from_here({"host": "localhost:8420", "origin": "http://localhost:8420"})
    True
    >>> is_from_here({"host": "localhost:8420", "origin": "http://evil.example"}), is_from_here({"host": "localhost:8420"})
    (False, False)
    >>> is_from_here({"host": "localhost:8420", "sec-fetch-site": "cross-site", "origin": "http://localhost:8420"})
    False
    >>> is_from_here({"host": "localhost:8420", "origin": "http://["})
    False
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:  # such as http://[
        return False
    return parts.scheme in ("http", "https") and parts.netloc == headers.get("host")
