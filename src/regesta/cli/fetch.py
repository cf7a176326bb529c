"""Fetching one page: politely, and within bounds.

    URL ─► robots.txt allows it? ─► GET, redirects followed a few times ─► bytes, at most LIMIT

Only http and https are spoken, also after a redirect. Nothing is run, nothing beside the page is fetched.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
import urllib.robotparser
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit, urlunsplit

from regesta.errors import ReadError
from regesta.version import __version__

__all__ = ["Fetched", "fetch"]

AGENT = f"regesta/{__version__} (+https://regesta.readthedocs.io)"
LIMIT = 32 << 20
"""Bytes of the largest page."""
PATIENCE = 20.0
"""Seconds without an answer."""
DEADLINE = 120.0
"""Seconds for all of it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back."""

    url: str
    """Where it really was, after redirects."""
    data: bytes
    media_type: str


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows at most five redirects, and none that leaves the web."""

    max_redirections = 5
    max_repeats = 2

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Refuse what is not http or https."""
        _checked(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str) -> Fetched:
    """Return the page at `url`; raises `ReadError` where it may not, cannot or should not be fetched."""
    _checked(url)
    opener = urllib.request.build_opener(_Redirects())
    opener.addheaders = [("User-Agent", AGENT), ("Accept", "text/html, text/*;q=0.9, */*;q=0.5")]
    _ask_robots(opener, url)
    return _get(opener, url, LIMIT)


def _checked(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ReadError("is no address of the web", where=url, hint="it should begin with https://")


def _ask_robots(opener: urllib.request.OpenerDirector, url: str) -> None:
    """Raise where the site asks programs not to fetch this page; a site without rules allows it."""
    parts = urlsplit(url)
    rules = urllib.robotparser.RobotFileParser()
    try:
        told = _get(opener, urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), 1 << 19)
    except ReadError:
        return
    rules.parse(told.data.decode("utf-8", "replace").splitlines())
    if not rules.can_fetch(AGENT, url):
        raise ReadError(
            "its robots.txt asks programs not to fetch this page",
            where=url,
            hint="save it with a browser and add the file",
        )


def _get(opener: urllib.request.OpenerDirector, url: str, limit: int) -> Fetched:
    end = time.monotonic() + DEADLINE
    try:
        with opener.open(url, timeout=PATIENCE) as answer:
            pieces: list[bytes] = []
            size = 0
            while piece := answer.read(1 << 16):
                size += len(piece)
                if size > limit:
                    raise ReadError(f"is larger than {limit >> 10} kB", where=url)
                if time.monotonic() > end:
                    raise ReadError(f"took longer than {DEADLINE:.0f} s", where=url)
                pieces.append(piece)
            return Fetched(answer.url, b"".join(pieces), answer.headers.get_content_type())
    except urllib.error.HTTPError as error:
        raise ReadError(f"the site answers {error.code} {error.reason}", where=url) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        told = getattr(error, "reason", None) or error
        raise ReadError(f"cannot be fetched ({told})", where=url) from error
