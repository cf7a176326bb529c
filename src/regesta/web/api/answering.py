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
from regesta.version import __version__
from regesta.web.api import reconciling, shapes
from regesta.web.api.openapi import DATE, LONGEST, document
from regesta.web.api.routes import ROUTES, Parameter, Route
from regesta.web.api.tables import Given, Moved
from regesta.web.keeping import Kept, Printing, compressed
from regesta.web.library import Library

__all__ = ["ROOT", "BadRequest", "api_routes", "nowhere"]

ROOT = "/api/v1"
_LOG = logging.getLogger("regesta.web")
_DATE = re.compile(DATE)
_NUMBER = re.compile(r"[0-9]{1,18}")


class BadRequest(HTTPException):
    """A request that cannot be read; `hint` says what can."""

    def __init__(self, detail: str, hint: str, status: int = 400) -> None:
        super().__init__(status, detail)
        self.hint = hint


def api_routes(library: Library, kept: Kept, *, allowed: str | None = None) -> list[BaseRoute]:
    """Return the routes of the API; `allowed` is the origin of another site whose pages may ask."""
    api = Api(library, kept, allowed)
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

    def __init__(self, library: Library, kept: Kept, allowed: str | None) -> None:
        self.library = library
        self._kept = kept
        self._allowed = allowed

    def endpoint(self, route: Route) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers at a route."""

        async def answer(request: Request) -> Response:
            given = Given(
                read(request.query_params.multi_items(), route.parameters),
                request.path_params.get("key", ""),
            )
            shelf = self.library.press().shelf

            def body() -> bytes | Moved | None:
                found = route.make(shelf, given)
                if found is None or isinstance(found, Moved):
                    return found
                if isinstance(found, shapes.Listing) and found.next is not None:
                    found.next = _next(request, found.next)
                elif isinstance(found, shapes.SearchAnswer) and found.next is not None:
                    found = replace(found, next=_next(request, found.next))
                return msgspec.json.encode(found)

            name = ("api", route.path, given.key, tuple(sorted(given.values.items())))
            return await self.sent(request, name, body)

        return answer

    async def contents(self, request: Request) -> Response:
        """Answer what stands here."""
        read(request.query_params.multi_items(), ())
        press = self.library.press()
        found = shapes.Contents(
            press.title,
            __version__,
            press.shelf.identity,
            dict(press.shelf.meta),
            {"openapi": f"{ROOT}/openapi.json"} | {route.name: f"{ROOT}{route.path}" for route in ROUTES},
        )
        return await self.sent(request, ("api", "/"), lambda: msgspec.json.encode(found))

    async def openapi(self, request: Request) -> Response:
        """Answer with the description."""
        return await self.sent(request, ("api", "openapi"), lambda: msgspec.json.encode(document()))

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
        shelf = self.library.press().shelf
        name = ("api", "reconcile", tuple(sorted(values.items())))
        site = str(request.base_url).rstrip("/")

        def made() -> bytes:
            try:
                found = reconciling.answer(shelf, values, site, self.library.title)
            except ValueError as error:
                raise BadRequest(str(error), reconciling.HINT) from error
            return msgspec.json.encode(found)

        return await self.sent(request, (*name, site), made)

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
        self, request: Request, name: tuple[Any, ...], body: Callable[[], bytes | Moved | None]
    ) -> Response:
        """Answer with a body that is made where it is not kept, or with what is known of it."""
        identity = self.library.press().shelf.identity
        tag = f'W/"{identity}-{__version__}"'
        headers = {"etag": tag, "cache-control": "no-cache", **self.shared(request)}
        if request.method != "POST" and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        key = (identity, *name)
        kept = self._kept.get(key)
        if kept is None:
            made = await run_in_threadpool(body)
            if made is None:
                raise BadRequest("there is no such thing", "look for it in a list, or with /search", 404)
            if isinstance(made, Moved):
                to = request.url.path.rpartition("/")[0]
                return RedirectResponse(f"{to}/{quote(made.key, safe='')}", 301, headers=self.shared(request))
            kept = Printing(made, compressed(made))
            self._kept.put(key, kept)
        plain = kept.body
        if kept.squeezed and "gzip" in request.headers.get("accept-encoding", ""):
            plain = kept.squeezed
            headers["content-encoding"] = "gzip"
        return finished(request, Response(plain, headers=headers, media_type="application/json"))

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


def _next(request: Request, cursor: str) -> str:
    """Return the address of the part that follows."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*query, ('cursor', cursor)])}"


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
            raise BadRequest(problem, f"one of {', '.join(parameter.choices)}")
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
