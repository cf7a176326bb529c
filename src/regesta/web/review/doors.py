"""Coming in and going: by a link that works once, or by name and password where a team's roll is in PostgreSQL.

    GET  /review/enter      the door: who are you?
    POST /review/enter      a cookie, and on to the hall
    POST /review/invite     another link; a team has its roll instead
    POST /review/leave      out

Who is let in is decided by `entrance` and `login`. Nothing here decides on anything.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from regesta.database import Unreachable
from regesta.errors import DecisionError
from regesta.reviewers import Besieged
from regesta.web.library import Library
from regesta.web.review import asking
from regesta.web.review.answering import HEADERS, Answers
from regesta.web.review.desk import Desk, Office
from regesta.web.review.entrance import LONGEST_NAME, Entrance, tidy_name
from regesta.web.review.login import Login

__all__ = ["Doors"]

_LOG = logging.getLogger("regesta.web")
_LONGEST_PASSWORD = 1000


class Doors(Answers):
    """The doors of one office in one language."""

    def __init__(self, library: Library, office: Office, language: str) -> None:
        super().__init__(library, language)
        self._office = office

    def door(self, request: Request) -> Response:
        """Return the page that asks who comes."""
        entrance = self._office.entrance
        if isinstance(entrance, Login):
            return self._asks()
        return self._asks_by_link(entrance, request.query_params.get("token", ""))

    def _asks_by_link(
        self, entrance: Entrance, link: str, problem: str = "", typed: str = "", status: int = 200
    ) -> Response:
        if entrance.is_besieged:
            return self.plain("besieged", 429)
        if not entrance.is_open(link):
            return self.plain("used", 403)
        return self._asks(problem, typed, status, link)

    def _asks(self, problem: str = "", typed: str = "", status: int = 200, link: str = "") -> Response:
        page = asking.PAGES["enter"]
        view = asking.plain(
            "enter", token=link, problem=problem, typed=typed, by_password=self._office.login is not None
        )
        html = self.library.press().show(page, self.asked(page, "", {}), view, None).html
        return Response(html.encode("utf-8", "replace"), status, headers=HEADERS, media_type="text/html")

    def enter(self, request: Request, form: Mapping[str, str]) -> Response:
        """Let somebody in, or say what is wrong."""
        entrance = self._office.entrance
        if isinstance(entrance, Login):
            return self._enter_by_password(entrance, request, form)
        name, link = tidy_name(form.get("name", "")), form.get("link", "")
        if entrance.is_besieged:
            return self.plain("besieged", 429)
        if not name or len(form.get("name", "").strip()) > LONGEST_NAME:
            return self._asks_by_link(entrance, link, "name", form.get("name", "")[:LONGEST_NAME], 422)
        cookie = entrance.enter(link, name) if entrance.is_open(link) else None
        if cookie is None:
            return self.plain("used", 403)
        return self._let_in(request, cookie)

    def _enter_by_password(self, login: Login, request: Request, form: Mapping[str, str]) -> Response:
        name, password = form.get("name", ""), form.get("password", "")[:_LONGEST_PASSWORD]
        try:
            cookie = login.enter(name, password)
        except Besieged:
            return self.plain("tries", 429)
        except Unreachable as error:
            _LOG.warning("%s", error)
            return self.plain("lost", 503)
        if cookie is None:
            return self._asks("password", tidy_name(name), 403)
        return self._let_in(request, cookie, login.lasts)

    def _let_in(self, request: Request, cookie: str, lasts: int | None = None) -> Response:
        answer = RedirectResponse(self.address(), 303, headers=HEADERS)
        answer.set_cookie(
            self._office.entrance.cookie, cookie, path="/", httponly=True, samesite="strict", max_age=lasts,
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    def invite(self, request: Request, desk: Desk) -> Response:
        """Show a link that lets in another reviewer."""
        if not isinstance(desk.office.entrance, Entrance):
            raise DecisionError("reviewers of a team are added with: regesta reviewers add NAME")
        page = asking.PAGES["hall"]
        asked = self.asked(page, "", {})
        way = self.address("enter", token=desk.office.entrance.invite())
        link = f"{request.url.scheme}://{request.headers['host']}{way}"
        return self.shown(desk, page, asked, asking.hall(desk, asked, link))

    def leave(self, desk: Desk) -> Response:
        """Let somebody out."""
        desk.office.entrance.leave(desk.session)
        links = desk.press.links.in_language(self.language)
        answer = RedirectResponse(links.to(), 303, headers=HEADERS)
        answer.delete_cookie(desk.office.entrance.cookie, path="/", httponly=True, samesite="strict")
        return answer
