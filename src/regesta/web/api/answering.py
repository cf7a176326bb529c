"""The API over HTTP: parameters read and checked, answers as JSON, problems that say what to do.

    GET /api/v1/claims?limit=x  ──►  400, application/problem+json: what was found, what is taken

What is not known is refused, so a misspelled filter is not taken for all. An answer has the tag of the state of the
chronicle, is compressed where that is wanted, and kept while there is room. No other site may ask, unless it was named.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as Address

from regesta.errors import StoreError
from regesta.pages import Press
from regesta.version import __version__
from regesta.web.api import reconciling, shapes
from regesta.web.api.openapi import DATE, LONGEST, document
from regesta.web.api.routes import ROUTES, Parameter, Route
from regesta.web.api.tables import Given, Moved
from regesta.web.keeping import Kept, Printing
from regesta.web.library import Library
from regesta.web.printers import Printers

__all__ = ["ROOT", "BadRequest", "api_routes", "nowhere"]

ROOT = "/api/v1"
_LOG = logging.getLogger("regesta.web")
_DATE = re.compile(DATE)
_BY_PATH = {route.path: route for route in ROUTES}
_NUMBER = re.compile(r"[0-9]{1,18}")


class BadRequest(HTTPException):
    """A request that cannot be read; `hint` says what can."""

    def __init__(self, detail: str, hint: str, status: int = 400) -> None:
        super().__init__(status, detail)
        self.hint = hint


def api_routes(
    library: Library, kept: Kept, printers: Printers, *, allowed: str | None = None
) -> list[BaseRoute]:
    """Return the routes of the API; `allowed` is the origin of another site whose pages may ask."""
    api = Api(library, kept, printers, allowed)
    addresses = [
        Address("/", api.contents, methods=["GET"]),
        Address("/openapi.json", api.openapi, methods=["GET"]),
        Address("/reconcile", api.reconcile, methods=["GET", "POST"]),
        Address("/reconcile/preview", api.preview, methods=["GET"]),
        *(
            Address(route.path.replace("{key}", "{key:path}"), api.endpoint(route), methods=["GET"])
            for route in ROUTES
        ),
    ]
    inner = Starlette(
        routes=addresses, exception_handlers={HTTPException: api.refused, Exception: api.failed}
    )
    inner.router.redirect_slashes = False
    return [Address(ROOT, api.contents, methods=["GET"]), Mount(ROOT, app=inner)]


class Api:
    """Answers for one library."""

    def __init__(self, library: Library, kept: Kept, printers: Printers, allowed: str | None) -> None:
        self.library = library
        self._printers = printers
        self._kept = kept
        self._allowed = allowed

    def endpoint(self, route: Route) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers at a route."""

        async def answer(request: Request) -> Response:
            given = Given(
                read(request.query_params.multi_items(), route.parameters),
                request.path_params.get("key", ""),
            )
            name = ("api", route.path, given.key, tuple(sorted(given.values.items())))
            asked = (request.url.path, request.query_params.multi_items())
            return await self.sent(request, name, _found, route.path, given, *asked, is_long=not given.key)

        return answer

    async def contents(self, request: Request) -> Response:
        """Answer what stands here."""
        read(request.query_params.multi_items(), ())
        return await self.sent(request, ("api", "/"), _contents)

    async def openapi(self, request: Request) -> Response:
        """Answer with the description."""
        return await self.sent(request, ("api", "openapi"), _described)

    async def reconcile(self, request: Request) -> Response:
        """Answer as a reconciliation service: with its manifest, or a batch of queries, or values to extend rows with."""
        given = list(request.query_params.multi_items())
        if request.method == "POST":
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "application/x-www-form-urlencoded":
                raise BadRequest("this is no form", "send queries as application/x-www-form-urlencoded", 415)
            body = bytearray()
            async for piece in request.stream():
                body += piece
                if len(body) > reconciling.LONGEST:
                    raise BadRequest("this is too much", f"at most {reconciling.LONGEST} bytes", 413)
            given += parse_qsl(body.decode("utf-8", "replace"))
        values = dict(given)
        name = ("api", "reconcile", tuple(sorted(values.items())))
        site = str(request.base_url).rstrip("/")
        return await self.sent(request, (*name, site), _reconciled, values, site, is_long=True)

    async def preview(self, request: Request) -> Response:
        """Answer with a small page about one entity, which the site that may ask may show in a frame."""
        shelf = self.library.press().shelf
        html = await run_in_threadpool(reconciling.preview, shelf, request.query_params.get("id", ""))
        if html is None:
            raise BadRequest("there is no such entity", "give the id of an entity", 404)
        policy = "default-src 'none'; base-uri 'none'; frame-ancestors " + (self._allowed or "'none'")
        headers = {"content-security-policy": policy, "cache-control": "no-cache", **self.shared(request)}
        return finished(request, Response(html, headers=headers, media_type="text/html"))

    async def sent(
        self,
        request: Request,
        name: tuple[Any, ...],
        made: Callable[..., bytes | Moved | None],
        *arguments: object,
        is_long: bool = False,
    ) -> Response:
        """Answer with `made(press, *arguments)` where it is not kept, or with what is known of it."""
        press = self.library.press()
        tag = f'W/"{press.shelf.identity}-{__version__}"'
        headers = {"etag": tag, "cache-control": "no-cache", **self.shared(request)}
        if request.method != "POST" and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        key = (press.shelf.identity, *name)
        squeezes = "gzip" in request.headers.get("accept-encoding", "")
        known = kept = self._kept.get(key)
        if kept is None:
            found = await self._printers.run(press, _squeezed, squeezes, made, *arguments, is_long=is_long)
            if found is None:
                raise BadRequest("there is no such thing", "look for it in a list, or with /search", 404)
            if isinstance(found, Moved):
                to = request.url.path.rpartition("/")[0]
                return RedirectResponse(
                    f"{to}/{quote(found.key, safe='')}", 301, headers=self.shared(request)
                )
            kept = found
        if squeezes:
            kept = kept.with_gzip()
            if kept.squeezed:
                headers["content-encoding"] = "gzip"
        if kept is not known:
            self._kept.put(key, kept)
        body = (kept.squeezed if squeezes else None) or kept.body
        return finished(request, Response(body, headers=headers, media_type="application/json"))

    def shared(self, request: Request) -> dict[str, str]:
        """Return the headers that tell a browser who may read the answer."""
        headers = {"vary": "accept-encoding"}
        if self._allowed:
            headers["vary"] = "accept-encoding, origin"
            if request.headers.get("origin") == self._allowed:
                headers["access-control-allow-origin"] = self._allowed
        return headers

    async def refused(self, request: Request, error: Exception) -> Response:
        """Answer with a problem."""
        assert isinstance(error, HTTPException)
        hints = {404: f"the addresses are listed at {ROOT}", 405: "ask with GET"}
        hint = error.hint if isinstance(error, BadRequest) else hints.get(error.status_code, "")
        return self._problem(request, error.status_code, str(error.detail), hint, dict(error.headers or {}))

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer that something went wrong, without saying more."""
        if not isinstance(error, StoreError):
            _LOG.error("no answer could be made to %s", request.url.path, exc_info=error)
        return self._problem(request, 500, "no answer could be made", "the log of the server says why", {})

    def _problem(
        self, request: Request, status: int, detail: str, hint: str, headers: Mapping[str, str]
    ) -> Response:
        titles = {
            400: "Not understood",
            404: "Not found",
            405: "Not done here",
            414: "Too long",
            500: "Fault",
        }
        body = shapes.Problem("about:blank", titles.get(status, "Refused"), status, detail, hint)
        response = Response(
            msgspec.json.encode(body),
            status,
            headers={**headers, "cache-control": "no-store", **self.shared(request)},
            media_type="application/problem+json",
        )
        return finished(request, response)


def nowhere(request: Request) -> Response:
    """Return the problem of an address below the API that no route is asked about, such as one with a line break."""
    detail, hint = "there is no such thing", f"the addresses are listed at {ROOT}"
    body = shapes.Problem("about:blank", "Not found", 404, detail, hint)
    headers = {"cache-control": "no-store"}
    return finished(
        request,
        Response(msgspec.json.encode(body), 404, headers=headers, media_type="application/problem+json"),
    )


def finished(request: Request, response: Response) -> Response:
    """Return an answer as it is sent: to HEAD without its body, whose length it keeps."""
    if request.method == "HEAD":
        response.body = b""
    return response


def _squeezed(
    press: Press, squeezes: bool, made: Callable[..., bytes | Moved | None], *arguments: object
) -> Printing | Moved | None:
    """Return an answer as it is sent; what is made of a press below is made in whatever process that is done."""
    found = made(press, *arguments)
    return Printing.of(found, squeezes=squeezes) if isinstance(found, bytes) else found


def _found(
    press: Press, path: str, given: Given, address: str, items: list[tuple[str, str]]
) -> bytes | Moved | None:
    """Return what a route answers, asked at an address with these parameters."""
    found = _BY_PATH[path].make(press.shelf, given)
    if found is None or isinstance(found, Moved):
        return found
    if isinstance(found, shapes.Listing) and found.next is not None:
        found.next = _next(address, items, found.next)
    elif isinstance(found, shapes.SearchAnswer) and found.next is not None:
        found = replace(found, next=_next(address, items, found.next))
    return msgspec.json.encode(found)


def _contents(press: Press) -> bytes:
    """Return what stands at the root."""
    addresses = {"openapi": f"{ROOT}/openapi.json"} | {route.name: f"{ROOT}{route.path}" for route in ROUTES}
    shelf = press.shelf
    return msgspec.json.encode(
        shapes.Contents(press.title, __version__, shelf.identity, dict(shelf.meta), addresses)
    )


def _described(press: Press) -> bytes:  # noqa: ARG001 - the same of every chronicle
    return msgspec.json.encode(document())


def _reconciled(press: Press, values: Mapping[str, str], site: str) -> bytes:
    try:
        found = reconciling.answer(press.shelf, values, site, press.title)
    except ValueError as error:
        raise BadRequest(str(error), reconciling.HINT) from error
    return msgspec.json.encode(found)


def _next(address: str, items: list[tuple[str, str]], cursor: str) -> str:
    """Return the address of the part that follows."""
    query = [(name, value) for name, value in items if name != "cursor"]
    return f"{address}?{urlencode([*query, ('cursor', cursor)])}"


def read(items: list[tuple[str, str]], parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    """Return the values of parameters; raises `BadRequest` for what cannot be read."""
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Any] = {p.name: p.default for p in parameters if p.default is not None}
    seen: set[str] = set()
    for name, value in items:
        if name not in known:
            taken = ", ".join(known) or "none"
            raise BadRequest(f"no parameter is called {name[:60]!r}", f"parameters are: {taken}")
        if name in seen:
            raise BadRequest(f"{name} is given twice", "give each parameter once")
        seen.add(name)
        values[name] = _value(known[name], value)
    for parameter in parameters:
        if parameter.is_required and parameter.name not in seen:
            raise BadRequest(f"{parameter.name} is missing", f"give {parameter.name}: {parameter.meaning}")
    return values


def _value(parameter: Parameter, text: str) -> Any:
    problem = f"{parameter.name} cannot be {text[:60]!r}"
    match parameter.kind:
        case "number":
            if _NUMBER.fullmatch(text) and parameter.least <= int(text) <= parameter.most:
                return int(text)
            raise BadRequest(problem, f"a whole number from {parameter.least} to {parameter.most}")
        case "choice":
            if text in parameter.choices:
                return text
            near = get_close_matches(text[:LONGEST], parameter.choices)
            meant = f"did you mean {' or '.join(near)}? " if near else ""
            raise BadRequest(problem, f"{meant}one of {', '.join(parameter.choices)}")
        case "flag":
            if text in ("true", "false"):
                return text == "true"
            raise BadRequest(problem, "true or false")
        case "date":
            if _DATE.fullmatch(text):
                return text + ("9999-12-31"[len(text) :] if parameter.name == "to" else "")
            raise BadRequest(problem, "a year, a month or a day: 1997, 1997-02, 1997-02-12")
    if len(text) > LONGEST:
        raise BadRequest(f"{parameter.name} is too long", f"at most {LONGEST} characters")
    return text
