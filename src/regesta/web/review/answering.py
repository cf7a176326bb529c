"""Answers of review in one language: a page, a page of mere words, an address.

Whatever is answered here is kept nowhere. Nothing here knows who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from starlette.responses import Response

from regesta.pages import Asked, Page, words_of
from regesta.web.library import Library
from regesta.web.review import asking
from regesta.web.review.desk import Desk

__all__ = ["HEADERS", "Answers"]

HEADERS: Final = {"cache-control": "no-store", "vary": "cookie"}


class Answers:
    """Answers in one language."""

    def __init__(self, library: Library, language: str) -> None:
        self.library = library
        self.language = language

    def asked(self, page: Page, key: str, query: Mapping[str, str]) -> Asked:
        """Return what is asked of a page."""
        links = self.library.press().links.in_language(self.language)
        return Asked(words_of(self.language), links, key[:200], page.asked(query))

    def shown(self, desk: Desk, page: Page, asked: Asked, view: object, status: int = 200) -> Response:
        """Return a page for a reviewer."""
        html = desk.press.show(page, asked, view, desk).html.encode("utf-8", "replace")
        return Response(html, status, headers=HEADERS, media_type="text/html")

    def plain(self, name: str, status: int, desk: Desk | None = None, **said: Any) -> Response:
        """Return a page of mere words; `name` is their key."""
        page = replace(asking.PAGES["enter"], name="review", template="review_plain.html", parameters=())
        view = asking.plain(name, **said)
        html = self.library.press().show(page, self.asked(page, "", {}), view, desk).html
        return Response(html.encode("utf-8", "replace"), status, headers=HEADERS, media_type="text/html")

    def address(self, section: str = "", **query: str) -> str:
        """Return the address of a page of review."""
        links = self.library.press().links.in_language(self.language)
        return links.to(f"review/{section}" if section else "review", **query)
