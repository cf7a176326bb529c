"""A small site on loopback that answers as a test tells it to, well or badly."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Headers = dict[str, str]


@dataclass
class Answer:
    """One answer; the length of the body is told unless `headers` says otherwise."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Headers = field(default_factory=dict)
    raw: Callable[[], Iterable[bytes]] | None = None
    """All that is sent, status line included, piece by piece."""


class Site(http.server.ThreadingHTTPServer):
    """Answers by path; keeps what it was asked."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer | Callable[[Headers], Answer]] = {}
        self.asked: list[tuple[str, Headers]] = []
        self.over = threading.Event()
        self.scheme = "http"

    @property
    def root(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no matter."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        headers = dict(self.headers.items())
        self.server.asked.append((self.path, headers))
        found = self.server.answers.get(self.path, Answer(status=404))
        answer = found(headers) if callable(found) else found
        if answer.raw is not None:
            for piece in answer.raw():
                self.wfile.write(piece)
                self.wfile.flush()
            return
        self.send_response(answer.status)
        if answer.kind:
            self.send_header("Content-Type", answer.kind)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Site]:
    """Let a site run until the test is over."""
    site = Site()
    thread = threading.Thread(target=site.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        site.shutdown()
        thread.join()
        site.server_close()
