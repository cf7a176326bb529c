"""What every answer carries and every request must have, whatever application stands behind it.

    Host     only names that mean this machine, or the one that was given: a page of a stranger's cannot point its own
             name at this address and read the chronicle (DNS rebinding)
    headers  no script or style but our own files, no frame, no guess at types, no address told to others

Source: OWASP Secure Headers Project; W3C Content Security Policy Level 3. Nothing here knows a page.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

__all__ = ["HEADERS", "Guard", "is_allowed"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Told = Callable[[Message, int, float], None]
"""Called with the scope of a request that was answered, its status and the seconds that it took."""

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_ASCII = bytes(range(128))
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_ANY = ("0.0.0.0", "::", "[::]")  # noqa: S104 - compared with, not bound to


def is_allowed(header: str, host: str | None = None) -> bool:
    """Return whether the `Host` of a request is a name of this machine.

    `host` is what the server was told to listen at; where that is every address, any address in figures is one of its own.

    >>> is_allowed("localhost:8420"), is_allowed("[::1]:8420"), is_allowed("evil.example")
    (True, True, False)
    >>> is_allowed("archive.example", "archive.example"), is_allowed("10.0.0.7:80", "0.0.0.0")
    (True, True)
    """
    name = header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() else header
    name = name.lower().rstrip(".")
    if name in _LOOPBACK or (host is not None and name in (host.lower(), f"[{host.lower()}]")):
        return True
    if host not in _ANY:
        return False
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


class Guard:
    """An ASGI application around another."""

    def __init__(self, inner: Application, *, host: str | None = None, told: Told | None = None) -> None:
        self._inner = inner
        self._host = host
        self._told = told
        self._headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, and tell of it."""
        if scope["type"] != "http" or self._told is None:
            await self._answer(scope, receive, send)
            return
        begin, status = time.perf_counter(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._answer(scope, receive, told)
        finally:
            self._told(scope, status, time.perf_counter() - begin)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [*message.get("headers", ())]
                named = {name for name, _ in own if name == b"content-security-policy"}
                message["headers"] = [*own, *(pair for pair in self._headers if pair[0] not in named)]
            await send(message)

        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not is_allowed(hosts[0].decode("latin-1"), self._host):
            body = b"This server does not answer to that name.\n"
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
            ]
            await guarded({"type": "http.response.start", "status": 421, "headers": headers})
            await guarded({"type": "http.response.body", "body": body})
            return
        if not scope[
            "query_string"
        ].isascii():  # no address, by RFC 3986, but people type such, and nobody reads it else
            scope["query_string"] = quote(scope["query_string"], safe=_ASCII).encode()
        await self._inner(scope, receive, guarded)
