"""A connection that goes where it may and ends when it should.

    host ──resolve──► addresses ──those that are public──► connect to the very address that was checked ──► TLS, verified

The name is resolved once and the connection made to the number, so that a name which changes its address between the check
and the visit (DNS rebinding) gains nothing. Every wait, down to a single byte of a header, is bounded by one deadline.
Proxies are not used: they would resolve names themselves. Nothing here knows what is asked of a server.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

from regesta.errors import ReadError
from regesta.fetching.addresses import is_public

__all__ = ["Deadline", "Tap", "open_connection"]

_MAX_ADDRESSES = 6
"""Addresses of one host that are tried."""


class Deadline:
    """The end of a visit, and the longest single wait on the way.

    >>> Deadline(60, wait=20, clock=lambda: 0.0).left()
    20
    """

    def __init__(self, seconds: float, *, wait: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._wait = wait
        self.seconds = seconds

    def left(self, most: float | None = None) -> float:
        """Return how many seconds one wait may take; raises `TimeoutError` where none are left."""
        rest = self._end - self._clock()
        if rest <= 0:
            raise TimeoutError(f"it took longer than {self.seconds:g} s in all")
        return min(rest, self._wait if most is None else min(most, self._wait))


class Tap:
    """What went over a connection, byte for byte, protection of the way aside."""

    def __init__(self) -> None:
        self.sent = bytearray()
        self.came = bytearray()
        self.address = ""
        """The number of the host that answered."""


class _Reader(io.RawIOBase):
    """Bytes from a socket, each wait bounded by the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline, tap: Tap | None) -> None:
        self._tap = tap
        self._sock = sock
        self._raw = cast("io.RawIOBase", sock.makefile("rb", buffering=0))
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        self._sock.settimeout(self._deadline.left())
        try:
            n = cast("int | None", self._raw.readinto(buffer))
        except TimeoutError:
            self._deadline.left()  # says so where it was the deadline
            raise
        if self._tap is not None and n:
            self._tap.came += buffer[:n]
        return n

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Timed:
    """What `http.client` asks of a socket."""

    def __init__(self, sock: socket.socket, deadline: Deadline, tap: Tap | None) -> None:
        self._sock = sock
        self._deadline = deadline
        self._tap = tap
        if tap is not None:
            tap.address = str(sock.getpeername()[0])

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)
        if self._tap is not None:
            self._tap.sent += data

    def makefile(self, *_: object) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, self._deadline, self._tap))

    def close(self) -> None:
        self._sock.close()


class _Connection(http.client.HTTPConnection):
    """A connection of `http.client` whose socket is opened here."""

    def __init__(
        self, url: str, deadline: Deadline, patience: float, *, allow_private: bool, tap: Tap | None
    ) -> None:
        self._tap = tap
        parts = urlsplit(url)
        self._tls = parts.scheme == "https"
        self.default_port = 443 if self._tls else 80
        super().__init__(parts.hostname or "", parts.port or self.default_port)
        self._url = url
        self._deadline = deadline
        self._patience = patience
        self._allow_private = allow_private

    def connect(self) -> None:
        sock = _connected(
            self.host, self.port, self._deadline, self._patience, allow_private=self._allow_private
        )
        if self._tls:
            try:
                sock.settimeout(self._deadline.left())
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)
            except BaseException:
                sock.close()
                raise
        self.sock = cast("socket.socket", _Timed(sock, self._deadline, self._tap))


def open_connection(
    url: str, deadline: Deadline, *, patience: float, allow_private: bool, tap: Tap | None = None
) -> http.client.HTTPConnection:
    """Return a connection to the host of an address, opened when it is first used.

    `patience` is how many seconds one address may take to answer; a `tap` hears what goes over it. On use it raises `ReadError` where the host is unknown
    or, unless `allow_private`, none of its addresses is public; `OSError` where it cannot be reached.
    """
    return _Connection(url, deadline, patience, allow_private=allow_private, tap=tap)


def _connected(
    host: str, port: int, deadline: Deadline, patience: float, *, allow_private: bool
) -> socket.socket:
    """Return a socket connected to an address of the host that was looked at."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise ReadError("no such host, or no network", where=host, hint="check the address") from error
    places = list(dict.fromkeys((family, address) for family, _, _, _, address in found))
    if not allow_private:
        places = [place for place in places if is_public(str(place[1][0]))]
        if not places:
            raise ReadError(
                f"is an address of this machine or a private network ({found[0][4][0]})",
                where=host,
                hint="if it is yours, add --allow-private",
            )
    failed: OSError = OSError("no address")
    for family, address in places[:_MAX_ADDRESSES]:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(deadline.left(patience))
            sock.connect(address)
        except OSError as error:
            sock.close()
            failed = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failed
