"""Files that pages offer, sent to be kept: figures as CSV, drawings as SVG and PNG.

    /statistics/s-686b69bcd18201bb.csv       /ko/statistics/s-686b69bcd18201bb.svg

Made in a thread, once for each state of the chronicle, and kept while there is room like a page. Nothing here knows what a
file holds: `regesta.pages` does.
"""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from regesta.pages import DOWNLOADS, LANGUAGES, Asked, Download, Press, statics, words_of
from regesta.web.keeping import Kept, Printing
from regesta.web.library import Library

__all__ = ["file_routes"]

_LONGEST_NAME = 100


def file_routes(library: Library, kept: Kept) -> list[Route]:
    """Return the routes of every kind of file in every language; they go before those of pages."""
    routes = []
    for language in LANGUAGES:
        prefix = "" if language == LANGUAGES[0] else f"/{language}"
        for download in DOWNLOADS:
            path = f"{prefix}/{download.section}/{{key}}.{download.suffix}"
            routes.append(Route(path, _endpoint(library, kept, download, language)))
    return routes


def _endpoint(library: Library, kept: Kept, download: Download, language: str) -> Any:
    """Return what answers requests for a kind of file."""

    async def answer(request: Request) -> Response:
        press = library.press()
        key = request.path_params["key"]
        tag = f'W/"{press.shelf.identity}-{statics().digest}-{language}"'
        headers = {"etag": tag, "cache-control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        name = (press.shelf.identity, language, download.section, download.suffix, key)
        known = kept.get(name)
        body = known.body if known else await run_in_threadpool(_made, press, download, language, key)
        if body is None:
            raise HTTPException(404)
        if known is None:
            kept.put(name, Printing(body))
        headers["content-disposition"] = f'attachment; filename="{_spelled(key)}.{download.suffix}"'
        response = Response(body, headers=headers, media_type=download.media_type)
        if request.method == "HEAD":
            response.body = b""  # its length stays that of the file
        return response

    return answer


def _made(press: Press, download: Download, language: str, key: str) -> bytes | None:
    if not download.is_there:
        return None
    return download.make(press.shelf, Asked(words_of(language), press.links.in_language(language), key))


def _spelled(key: str) -> str:
    """Return a name that every file system takes.

    >>> _spelled('s-1"; filename=x'), _spelled("../é")
    ('s-1___filename_x', '..__')
    """
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-.") else "_" for char in key)
    return plain[:_LONGEST_NAME]
