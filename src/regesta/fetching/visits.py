"""One page, visited politely.

    URL ─► robots.txt of its host allows it? ─► wait for our turn ─► GET ─► redirect? the same again, five times at most
                                                                       ├─► 429 or 503? once more, after as long as it asks
                                                                       └─► headers, looked at ─► body, bounded

A `Visitor` remembers, for as long as it lives, the rules of each host and when it may be asked again. It sends no cookies, no
referrer and no name but that of the program, and asks for nothing but the page and the robots.txt of its host.
"""

from __future__ import annotations

import datetime as dt
import http.client
import math
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit, urlunsplit

from regesta.errors import ReadError
from regesta.fetching.addresses import host_of, web_address
from regesta.fetching.bodies import ACCEPTED, Progress, read_beginning, read_body
from regesta.fetching.connecting import Deadline, Tap, open_connection
from regesta.fetching.headers import Head, head_of, seconds_to_wait
from regesta.fetching.robots import MAX_SIZE, Rules, rules_of

__all__ = ["Clock", "Exchange", "Fetched", "Known", "Limits", "Visitor"]

_REDIRECTS = {301, 302, 303, 307, 308}
_LATER = {429, 503}
_BY_HAND = "save the page with a browser and add the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a visit may cost, and how patient it is; times are seconds."""

    size: int = 50 << 20
    """Bytes of a page, unpacked."""
    pause: float = 1.0
    """Least time between two requests to one host."""
    connect: float = 10.0
    """For one address to answer."""
    read: float = 20.0
    """For the next bytes to come."""
    total: float = 300.0
    """For one request with its answer."""
    redirects: int = 5
    longest_delay: float = 30.0
    """Of a `Crawl-delay`; what is asked beyond is not waited for."""
    longest_wait: float = 60.0
    """Of a `Retry-After`; where more is asked, the visit is given up."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time comes from."""

    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    passed: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a page said at its last visit, to ask whether it has changed."""

    url: str
    """Where it was."""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, byte for byte as they went over the line."""

    url: str
    at: dt.datetime
    """When the request was sent."""
    address: str
    """The number of the host."""
    request: bytes
    response: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as it came."""

    asked: str
    """The address that was asked for, in its normal form."""
    head: Head
    data: bytes
    """Exactly the bytes of the page, the packing for the way undone."""
    is_unchanged: bool = False
    """The site says that the page known before still holds; then there are no bytes."""
    exchanges: tuple[Exchange, ...] = ()
    """Where the visitor records: redirects, then the page; robots.txt is not among them."""


@dataclass(slots=True)
class Visitor:
    """Someone who fetches pages, one at a time.

    `agent` is how it introduces itself. Every address must be public unless `allow_private`.
    """

    agent: str
    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    clock: Clock = field(default_factory=Clock)
    records: bool = False
    """Whether it keeps what went over the line."""
    _tap: Tap | None = None
    _exchanges: list[Exchange] = field(default_factory=list)
    """Of the page that is being fetched."""
    _rules: dict[str, Rules] = field(default_factory=dict)
    """By scheme, host and port."""
    _ready: dict[str, float] = field(default_factory=dict)
    """When a host may be asked again."""

    def fetch(
        self,
        url: str,
        *,
        known: Known | None = None,
        check: Callable[[Head], object] = lambda _: None,
        progress: Progress | None = None,
    ) -> Fetched:
        """Return the page at `url`; raises `ReadError` where it may not, cannot or should not be fetched.

        `check` sees the headers before the body is asked for, and may raise. Where the page is `known`, the site is asked
        only for what has changed since.
        """
        asked = here = web_address(url)
        self._exchanges.clear()
        for _ in range(self.limits.redirects + 1):
            rules = self._rules_for(here)
            if not rules.is_known:
                raise ReadError(
                    f"its robots.txt cannot be had ({rules.reason}), so nothing may be fetched",
                    where=here,
                    hint=f"try again later, or {_BY_HAND}",
                )
            if not rules.allow(here):
                raise ReadError("its robots.txt asks programs not to fetch this", where=here, hint=_BY_HAND)
            got = self._visit(here, max(self.limits.pause, self._delay(rules)), known, check, progress)
            if isinstance(got, Fetched):
                return replace(got, asked=asked, exchanges=tuple(self._exchanges))
            here = self._next(here, got)
        raise ReadError(
            f"leads from page to page, more than {self.limits.redirects} times", where=asked, hint=_BY_HAND
        )

    def _delay(self, rules: Rules) -> float:
        return min(rules.delay, self.limits.longest_delay)

    @staticmethod
    def _next(here: str, location: str) -> str:
        """Return where a redirect leads."""
        try:
            there = web_address(urljoin(here, location))
        except ReadError as error:
            raise ReadError(f"leads to {location[:200]!r}, which {error.problem}", where=here) from error
        except ValueError as error:
            raise ReadError(f"leads to {location[:200]!r}, which is no address", where=here) from error
        if here.startswith("https:") and there.startswith("http:"):
            raise ReadError(
                "leads from a protected connection to an open one",
                where=here,
                hint=f"if that is right, add {there}",
            )
        return there

    def _rules_for(self, url: str) -> Rules:
        """Return the rules of the site of an address, asked for once."""
        parts = urlsplit(url)
        site = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        if site not in self._rules:
            self._rules[site] = self._ask_robots(f"{site}/robots.txt")
        return self._rules[site]

    def _ask_robots(self, url: str) -> Rules:
        """Ask for robots.txt, following up to five redirects as RFC 9309, section 2.3.1.2, says."""
        for _ in range(self.limits.redirects + 1):
            answer, connection = self._answer(url, self.limits.pause)
            with closing(connection), answer:
                if answer.status in _REDIRECTS and (location := answer.headers.get("Location")):
                    try:
                        url = web_address(urljoin(url, location))
                    except (ReadError, ValueError):
                        return rules_of(404, b"")
                elif answer.status != 200:
                    return rules_of(answer.status, b"")
                else:
                    try:
                        return rules_of(200, read_beginning(answer, MAX_SIZE, url))
                    except (OSError, http.client.HTTPException, ReadError) as error:
                        return rules_of(0, b"", reason=_told(error))
        return rules_of(404, b"")

    def _visit(
        self,
        url: str,
        pause: float,
        known: Known | None,
        check: Callable[[Head], object],
        progress: Progress | None,
    ) -> Fetched | str:
        """Return the page at an address, or where a redirect leads."""
        known = known if known and known.url == url else None
        answer, connection = self._answer(url, pause, known)
        if answer.status in _LATER:
            with closing(connection), answer:
                self._hold(url, answer, pause)
            answer, connection = self._answer(url, pause, known)
        with closing(connection), answer, self._recorded(url):
            head = head_of(url, answer.headers, self.clock.now())
            if answer.status == 304 and known:
                return Fetched(asked=url, head=head, data=b"", is_unchanged=True)
            if answer.status in _REDIRECTS and (location := answer.headers.get("Location")):
                return location
            if answer.status != 200:
                raise _refused(answer, url)
            check(head)
            try:
                data = read_body(answer, self.limits.size, url, progress)
            except (OSError, http.client.HTTPException) as error:
                raise ReadError(f"cannot be fetched ({_told(error)})", where=url, hint="try again") from error
            if not data:
                raise ReadError("is empty", where=url)
            return Fetched(asked=url, head=head, data=data)

    @contextmanager
    def _recorded(self, url: str) -> Iterator[None]:
        """Keep what went over the line, once the answer was read."""
        at = self.clock.now()
        yield
        if (tap := self._tap) is not None:
            self._exchanges.append(
                Exchange(
                    url=url, at=at, address=tap.address, request=bytes(tap.sent), response=bytes(tap.came)
                )
            )
            self._tap = None

    def _hold(self, url: str, answer: http.client.HTTPResponse, pause: float) -> None:
        """Put off the next visit as long as the site asks; raises where that is too long."""
        wait = seconds_to_wait(answer.headers.get("Retry-After"), self.clock.now())
        if wait is not None and wait > self.limits.longest_wait:
            raise ReadError(
                f"the site asks to come back in {wait:,.0f} s (it answers {answer.status})",
                where=url,
                hint="try again then",
            )
        self._put_off(url, max(pause, 5.0 if wait is None else wait))

    def _put_off(self, url: str, pause: float) -> None:
        self._ready[host_of(url)] = self.clock.passed() + pause

    def _answer(
        self, url: str, pause: float, known: Known | None = None
    ) -> tuple[http.client.HTTPResponse, http.client.HTTPConnection]:
        """Wait for our turn, ask, and return the answer with its connection; the next turn is a `pause` later."""
        wait = self._ready.get(host_of(url), -math.inf) - self.clock.passed()
        if wait > 0:
            self.clock.sleep(wait)
        limits = self.limits
        deadline = Deadline(limits.total, wait=limits.read, clock=self.clock.passed)
        self._tap = Tap() if self.records else None
        connection = open_connection(
            url, deadline, patience=limits.connect, allow_private=self.allow_private, tap=self._tap
        )
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {
            "User-Agent": self.agent,
            "Accept": "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
        }
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        try:
            connection.request("GET", target, headers=headers)
            return connection.getresponse(), connection
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise ReadError(f"cannot be fetched ({_told(error)})", where=url, hint=_advice(error)) from error
        except BaseException:
            connection.close()
            raise
        finally:
            self._put_off(url, pause)


def _told(error: BaseException) -> str:
    """Return an error of the network in a few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return str(error) if "in all" in str(error) else "no answer in time"
    if isinstance(error, http.client.HTTPException):
        return f"it answers in no sensible way: {type(error).__name__}"
    if isinstance(error, OSError):
        return (error.strerror or str(error) or type(error).__name__).lower()
    return str(error)


def _advice(error: BaseException) -> str:
    if isinstance(error, ssl.SSLError):
        return _BY_HAND
    return "try again later, or check the address"


def _refused(answer: http.client.HTTPResponse, url: str) -> ReadError:
    """Return what to say of an answer that is no page."""
    status = answer.status
    told = f"{status} {http.client.responses.get(status, '')}".strip()
    if status in {404, 410}:
        return ReadError(
            f"there is no such page (the site answers {told})", where=url, hint="check the address"
        )
    if status in {401, 402, 403, 407, 451}:
        return ReadError(f"the site does not give it to programs ({told})", where=url, hint=_BY_HAND)
    if status == 429 or status >= 500:
        return ReadError(f"the site cannot give it now ({told})", where=url, hint="try again later")
    return ReadError(f"the site answers {told}", where=url, hint=_BY_HAND)
