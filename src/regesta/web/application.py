"""The application: an address for each page in each language, and what is not a page.

    /people/e-1      PAGES' person, in the first language
    /ko/people/e-1   the same in Korean
    /statistics/s-1.csv   a file of DOWNLOADS, to be kept
    /static/<digest>/regesta.css    for ever the same
    /health          the state that is served, as JSON; /ready, whether it can be; /metrics, figures for Prometheus

Pages are printed by `printers`; who asks for a long one that is being printed waits for that one. Nothing here writes HTML, and no
traceback leaves the program.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Hashable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from regesta.database import Unreachable
from regesta.journal import record
from regesta.pages import LANGUAGES, PAGES, Elsewhere, Page, Press, statics
from regesta.version import __version__
from regesta.web.api import API_PAGE, ROOT, api_routes, nowhere
from regesta.web.files import file_routes
from regesta.web.guard import Guard
from regesta.web.keeping import Kept, Printing
from regesta.web.library import Library
from regesta.web.metrics import MEDIA_TYPE, METHODS, Figure, Metrics, exposed
from regesta.web.printers import Printers
from regesta.web.review import Office, review_routes

__all__ = ["create_app"]

_LONGEST_ADDRESS = 4000
_LONGEST_SEARCH = 100_000
"""Whatever somebody pastes into the search is a query; the page cuts it."""
_NAMED = {page.name: page for page in (*PAGES, API_PAGE)}
_FOR_EVER = "public, max-age=31536000, immutable"
_LOG = logging.getLogger("regesta.web")


def create_app(
    library: Library,
    *,
    host: str | None = None,
    kept: Kept | None = None,
    office: Office | None = None,
    allowed: str | None = None,
    printers: Printers | None = None,
) -> Guard:
    """Return the ASGI application that serves a chronicle.

    `host` is the name or address that it is served at besides this machine's own. With an `office` reviewers may come in
    and decide; without one it is for reading alone. `allowed` is the origin of another site whose pages may ask the API;
    `printers` make the pages of readers, this process without them.
    """
    kept = kept or Kept()
    printers = printers or Printers()
    site = _Site(library, kept, office, printers)
    routes: list[BaseRoute] = [
        Route("/health", site.health),
        Route("/ready", site.ready),
        Route("/metrics", site.metrics),
        Route("/static/{digest}/{name}", site.static),
        *file_routes(library, kept),
        *api_routes(library, kept, printers, allowed=allowed),
    ]
    for language in LANGUAGES:
        prefix = "" if language == LANGUAGES[0] else f"/{language}"
        for page in (*PAGES, API_PAGE):
            path = f"{prefix}/{page.section}".rstrip("/") or "/"
            path += "/{key:path}" if page.has_key else ""
            routes.append(Route(path, site.endpoint(page, language), name=f"{page.name}.{language}"))
            if prefix and not page.section:
                routes.append(Route(f"{path}/", site.endpoint(page, language)))
    routes += review_routes(library, office)
    inner = Starlette(
        routes=routes,
        exception_handlers={HTTPException: site.refused, Exception: site.failed},
    )
    inner.router.redirect_slashes = False
    site.routes = {route.endpoint: route.path for route in routes if isinstance(route, Route)}
    return Guard(inner, host=host, told=site.told)


class _Site:
    """Answers requests for one library."""

    def __init__(self, library: Library, kept: Kept, office: Office | None, printers: Printers) -> None:
        self._library = library
        self._printers = printers
        self._office = office
        self._kept = kept
        self._metrics = Metrics()
        self._tasks: dict[Hashable, asyncio.Future[Any]] = {}
        """Long pages that are being made."""
        self.routes: dict[Any, str] = {}
        """The address of each endpoint, as it is written."""

    def endpoint(self, page: Page, language: str) -> Any:
        """Return what answers requests for a page."""

        async def answer(request: Request) -> Response:
            return await self._answer(page, language, request)

        return answer

    async def _answer(self, page: Page, language: str, request: Request) -> Response:
        longest = _LONGEST_SEARCH if page.name == "search" else _LONGEST_ADDRESS
        if len(request.url.query) + len(request.url.path) > longest:
            raise HTTPException(414)
        press = self._library.press()
        if self._office and (cookie := request.cookies.get(self._office.entrance.cookie)):
            desk = None
            with suppress(Unreachable):  # whoever it is reads on
                desk = await run_in_threadpool(self._office.desk, cookie, press)
            if desk is not None:
                return await self._for_reviewer(page, language, request, press, desk)
        tag = f'W/"{press.shelf.identity}-{statics().digest}-{language}"'
        headers = {"etag": tag, "cache-control": "no-cache", "vary": "accept-encoding"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        query = page.asked(request.query_params) if request.url.query else {}
        name = (
            press.shelf.identity,
            language,
            page.name,
            request.path_params.get("key", ""),
            tuple(query.items()),
        )
        squeezes = "gzip" in request.headers.get("accept-encoding", "")
        known = printing = self._kept.get(name)
        if printing is None:
            asked = (press, printed, page.name, language, name[3], query, squeezes)
            made = partial(self._printers.run, *asked, is_long=page.is_long)
            found: Printing | Elsewhere | None = await (
                self._once((*name, squeezes), made) if page.is_long else made()
            )
            if found is None:
                raise HTTPException(404)
            if isinstance(found, Elsewhere):
                return RedirectResponse(found.address, 301)
            printing = found
        if squeezes:
            printing = printing.with_gzip()
            if printing.squeezed:
                headers["content-encoding"] = "gzip"
        if printing is not known:
            self._kept.put(name, printing)
        return _sent(request, (printing.squeezed if squeezes else None) or printing.body, headers)

    async def _once(self, name: Hashable, made: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        """Return what is made; whoever asks for the same meanwhile waits for the same."""
        task = self._tasks.get(name)
        if task is None:
            task = self._tasks[name] = asyncio.ensure_future(made())
            task.add_done_callback(lambda _: self._tasks.pop(name, None))
        return await asyncio.shield(task)  # who goes away stops nobody else

    async def _for_reviewer(
        self, page: Page, language: str, request: Request, press: Press, desk: object
    ) -> Response:
        """Answer somebody who may write: printed anew each time, with what was decided a moment ago."""
        printed = await run_in_threadpool(
            press.print,
            page,
            language,
            request.path_params.get("key", ""),
            page.asked(request.query_params),
            desk,
        )
        if printed is None:
            raise HTTPException(404)
        if isinstance(printed, Elsewhere):
            return RedirectResponse(printed.address, 302)
        return _sent(request, printed.html.encode("utf-8", "replace"), {"cache-control": "no-store"})

    async def static(self, request: Request) -> Response:
        files = statics()
        name = request.path_params["name"]
        if request.path_params["digest"] != files.digest or name not in files.contents:
            raise HTTPException(404)
        return Response(
            files.contents[name], media_type=files.types[name], headers={"cache-control": _FOR_EVER}
        )

    async def health(self, request: Request) -> Response:  # noqa: ARG002 - the shape of an endpoint
        shelf = self._library.press().shelf
        return JSONResponse(
            {"status": "ok", "regesta": __version__, "chronicle": shelf.identity},
            headers={"cache-control": "no-store"},
        )

    async def ready(self, request: Request) -> Response:  # noqa: ARG002 - the shape of an endpoint
        """Say whether pages can be made at this moment; 503 where not."""
        is_ready = await run_in_threadpool(self._library.is_ready)
        said = {"status": "ready" if is_ready else "not ready", "regesta": __version__}
        return JSONResponse(said, 200 if is_ready else 503, headers={"cache-control": "no-store"})

    async def metrics(self, request: Request) -> Response:  # noqa: ARG002 - the shape of an endpoint
        own = await run_in_threadpool(lambda: list(self._library.figures()))
        pages = (("", {"found": "yes"}, self._kept.n_found), ("", {"found": "no"}, self._kept.n_missed))
        kept = Figure(
            "regesta_kept_pages_total", "counter", "Pages asked for, and whether they were at hand.", pages
        )
        body = exposed([*self._metrics.figures(), *self._printers.figures(), kept, *own])
        return Response(body, headers={"cache-control": "no-store"}, media_type=MEDIA_TYPE)

    def told(self, scope: Any, status: int, seconds: float) -> None:
        """Count a request, and note it in the journal where one is kept."""
        route = self.routes.get(scope.get("endpoint"), "none")
        self._metrics.count(route, scope["method"], status, seconds)
        method = scope["method"] if scope["method"] in METHODS else "other"
        record("request", route=route, method=method, status=status, seconds=round(seconds, 6))

    async def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.url.path.startswith(f"{ROOT}/"):
            return nowhere(request)
        name = "missing" if error.status_code == 404 else "refused"
        return self._problem(request, name, error.status_code, dict(error.headers or {}))

    async def failed(self, request: Request, error: Exception) -> Response:
        _LOG.error("no page could be made of %s", request.url.path, exc_info=error)
        return self._problem(request, "fault", 500, {})

    def _problem(self, request: Request, name: str, status: int, headers: dict[str, str]) -> Response:
        first = request.scope["path"].split("/")[1:2]  # `*` has no second part
        language = first[0] if first and first[0] in LANGUAGES else LANGUAGES[0]
        body = self._library.press().problem(name, language).html.encode()
        return _sent(request, body, {**headers, "cache-control": "no-store"}, status)


def _sent(request: Request, body: bytes, headers: dict[str, str], status: int = 200) -> Response:
    response = Response(body, status, headers=headers, media_type="text/html")
    if request.method == "HEAD":
        response.body = b""  # its length stays that of the page
    return response


def printed(
    press: Press, name: str, language: str, key: str, query: Mapping[str, str], squeezes: bool
) -> Printing | Elsewhere | None:
    """Return a page as it is sent, where else it is, or None where there is no such thing; a printer is asked for this."""
    found = press.print(_NAMED[name], language, key, query)
    if found is None or isinstance(found, Elsewhere):
        return found
    return Printing.of(found.html.encode("utf-8", "replace"), squeezes=squeezes)
