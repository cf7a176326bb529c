"""Requests that nobody should send, put to the application as a server would: bytes in every part, in any order.

    seed ─► method, path, query, headers, body ─► the application ─► one answer, no fault, nothing of the program's inside in it

Paths begin with those that exist, with keys that exist; what is sent is made of what the forms and the API know, and of junk. One of
two comes with the session of a reviewer, whose forms bear their true token as often as not.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlencode

__all__ = ["Answer", "Asked", "Asker", "ask", "law"]

METHODS = ("GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "", "G\u00c9T")  # fmt: skip
ODD = (
    "", "0", "-1", "1", "99999999999999999999", "1e309", "NaN", "true", "null", "[]", "{}", '{"a":', "'", '"', "';--", "%", "%%", "%00", "\0", "\n", "\r\nx: y", "../../../etc/passwd", "..%2f..%2f", "//", "\\", "<script>alert(1)</script>", "{{7*7}}", "${x}",
    "\u202e", "\ufeff", "\ud7ff", "\U0010ffff", "a\u0301" * 40, "漢" * 300, "é", "x" * 3000, "😀", "*", "a*", '"a b', "a AND", "NEAR(", "OR", "-", "1953-13-45", "1953/..", "19XX", "c. 1953", "e-", "c-1", "p-zz", "١٩٥٣", "not a cursor", "eyJhIjoxfQ==", "....", " ", "\t",
)  # fmt: skip
HEADERS = (
    ("accept-language", ("ko", "en;q=0.5", "*", ";;;", "x" * 5000, "ko;q=nan")), ("accept-encoding", ("gzip", "identity", "br, gzip;q=0", "\xff")), ("if-none-match", ("*", 'W/"x"', '"', "\xff\xfe")), ("accept", ("text/html", "application/json", "*/*;q=x")),
    ("cookie", ("a=b", "=", ";;;;", "regesta=" + "x" * 4000, "\xff=\xfe", "a" * 9000)), ("content-type", ("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=\xff", "text/\0", "application/x-www-form-urlencoded; charset=utf-7")),
    ("content-length", ("0", "-1", "99999999999", "x", "1")), ("range", ("bytes=0-", "bytes=-9", "bytes=9-1,2-3", "x")), ("origin", ("null", "http://localhost", "http://evil.example", "http://[", "\xff")), ("sec-fetch-site", ("cross-site", "same-origin", "\xff")), ("x-forwarded-for", ("\xff", "1.1.1.1")),
    ("host", ("localhost", "localhost:99999", "", "[::1]", "[", "evil.example", "\xff", "localhost:")), ("if-modified-since", ("x", "Sat, 05 May 2012 10:00:00 GMT")), ("transfer-encoding", ("chunked",)), ("expect", ("100-continue",)), ("upgrade", ("websocket",)),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: tuple[bytes, ...]


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    n_starts: int = 0
    seconds: float = 0.0
    fault: BaseException | None = None


class Asker:
    """Makes requests of what a register has.

    `paths` and `keys` are those that exist, `names` are the parameters and fields that somebody looks at. `session` is the cookie of a
    reviewer, `token` what their forms bear.
    """

    def __init__(
        self, paths: Sequence[str], keys: Sequence[str], names: Sequence[str], words: Sequence[str],
        session: str | None = None, token: str | None = None,
    ) -> None:  # fmt: skip
        self.paths, self.keys, self.names, self.words = list(paths), list(keys), list(names), list(words)
        self.session, self.token = session, token

    def make(self, chance: random.Random) -> Asked:
        """Return a request."""
        method = chance.choice(METHODS)
        path = self._path(chance)
        query = self._pairs(chance) if chance.random() < 0.6 else b""
        if chance.random() < 0.1:
            query = bytes(chance.choices(range(256), k=chance.randrange(60)))
        headers = [(b"host", b"localhost")] if chance.random() < 0.95 else []
        with_session = self.session is not None and chance.random() < 0.5
        if with_session and self.session:
            headers.append((b"cookie", self.session.encode()))
        for name, values in chance.sample(HEADERS, chance.choice((0, 0, 1, 1, 2, 4))):
            if name != "host" or chance.random() < 0.2:
                headers.append((name.encode(), chance.choice(values).encode("latin-1")))
        body: tuple[bytes, ...] = ()
        if method == "POST" or chance.random() < 0.1:
            body = self._body(chance, headers, with_session=with_session)
        return Asked(method, path, query, tuple(headers), body)

    def _path(self, chance: random.Random) -> str:
        path = chance.choice(self.paths)
        key = chance.choice(self.keys) if chance.random() < 0.7 else chance.choice(ODD)
        path = re.sub(r"\{[^}]*\}", lambda _: key, path)
        roll = chance.random()
        if roll < 0.1:
            at = chance.randrange(len(path) + 1)
            path = path[:at] + chance.choice(ODD) + path[at:]
        elif roll < 0.13:
            path = "/" + "/".join(chance.choices([*ODD, *self.keys], k=chance.randrange(1, 6)))
        elif roll < 0.15:
            path = chance.choice(("*", "", "//", "http://evil.example/", "/" * 500, "/ko" * 99))
        # as a server would: taken apart at the percent signs, whatever they spell
        return unquote(path, errors="replace") if chance.random() < 0.5 else path

    def _value(self, chance: random.Random) -> str:
        roll = chance.random()
        if roll < 0.45:
            return chance.choice(ODD)
        if roll < 0.7:
            return chance.choice(self.keys)
        word = chance.choice(self.words)
        return word if roll < 0.9 else word[: chance.randrange(len(word) + 1)] + chance.choice(ODD)

    def _pairs(self, chance: random.Random) -> bytes:
        pairs = [
            (chance.choice(self.names) if chance.random() < 0.9 else chance.choice(ODD), self._value(chance))
            for _ in range(chance.choice((1, 1, 2, 3, 5, 9, 40)))
        ]
        return urlencode(pairs, errors="replace").encode()

    def _body(
        self, chance: random.Random, headers: list[tuple[bytes, bytes]], *, with_session: bool
    ) -> tuple[bytes, ...]:
        form = b"application/x-www-form-urlencoded"
        match chance.randrange(8):
            case 0:
                return tuple(
                    bytes(chance.choices(range(256), k=chance.randrange(99)))
                    for _ in range(chance.randrange(4))
                )
            case 1:
                headers.append((b"content-type", b"application/json"))
                said = {self._value(chance): {"query": self._value(chance), "limit": chance.choice((0, -1, 1e9, "x", None, [])), "type": self._value(chance), "properties": [{"pid": self._value(chance), "v": self._value(chance)}]}}  # fmt: skip
                return (json.dumps(chance.choice((said, [said], "x", 1, None, {"queries": said}))).encode(),)
            case 2:
                headers.append((b"content-type", form))
                return (urlencode({chance.choice(("queries", "extend")): json.dumps({"q0": {"query": self._value(chance), "limit": 3}, "ids": [self._value(chance)], "properties": [{"id": self._value(chance)}]})}).encode(),)  # fmt: skip
            case 3:
                return (b"[" * chance.choice((10, 50_000)),)
            case 4:
                headers.append((b"content-type", form))
                return tuple(b"a=" + b"x" * 60_000 for _ in range(chance.randrange(1, 9)))
            case _:
                headers.append((b"content-type", form))
                body = self._pairs(chance)
                if with_session and self.token and chance.random() < 0.8:
                    headers += [(b"origin", b"http://localhost"), (b"sec-fetch-site", b"same-origin")]
                    body += b"&" + urlencode({"token": self.token}).encode()
                return (body,)


def ask(application: Callable[..., Any], asked: Asked) -> Answer:
    """Put a request to an application, and return its answer with the fault that it raised, if it did."""
    answer = Answer()
    left: Iterator[bytes] = iter(asked.body)
    pieces = list(left)

    async def receive() -> dict[str, Any]:
        if pieces:
            piece = pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}
        return {"type": "http.request", "body": b"", "more_body": False} if not answer.n_starts else {"type": "http.disconnect"}  # fmt: skip

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.n_starts += 1
            answer.status = message["status"]
            answer.headers = {
                name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]
            }
        else:
            answer.body += message.get("body", b"")

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": asked.method, "scheme": "http", "root_path": "",
        "path": asked.path, "raw_path": quote(asked.path, errors="replace").encode(), "query_string": asked.query, "headers": list(asked.headers), "client": ("127.0.0.1", 4711), "server": ("127.0.0.1", 8420), "state": {},
    }  # fmt: skip
    began = time.monotonic()
    try:
        asyncio.run(asyncio.wait_for(application(scope, receive, send), 60))
    except Exception as error:  # noqa: BLE001 - every one is a find
        answer.fault = error
    answer.seconds = time.monotonic() - began
    return answer


def law(answer: Answer) -> str | None:
    """Return which law an answer breaks, None where it keeps them all."""
    if answer.fault is not None:
        return f"raised {type(answer.fault).__name__}: {answer.fault}"
    if answer.n_starts != 1:
        return f"{answer.n_starts} answers"
    if answer.status >= 500 and answer.status != 503:
        return f"status {answer.status}"
    if b"Traceback (most recent call last)" in answer.body or b'.py", line' in answer.body:
        return "a traceback is shown"
    if answer.headers.get("x-content-type-options") != "nosniff":
        return "without the headers that every answer has"
    if re.search(r"[\r\n]", " ".join(answer.headers.values())):
        return "a header of two lines"
    if b"<script>alert(1)</script>" in answer.body and "html" in answer.headers.get("content-type", ""):
        return "what was sent stands in the page as it was sent"
    return None
