"""The addresses under /review: GET shows, POST writes one line to the log and has the chronicle built again.

    GET  /review                      what is there to do
    GET  /review/pairs?item=…         one of a queue, likewise conflicts, findings, claims, contests
    GET  /review/claim/…  /pair  /entity/…  /correct/…  /add  /decisions
    POST /review/enter  /decide  /correct  /add  /undo  /rebuild  /invite  /leave
    GET  /review/state                how far the chronicle is behind, as JSON

Without the cookie of a reviewer every page says how to come in, and every POST is refused. What cannot be decided is shown
again with what was typed. Nothing here knows what a decision means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from regesta.errors import DecisionError
from regesta.pages import LANGUAGES, Asked, Page, words_of
from regesta.review import QUEUES, Answer, Meanwhile, decided
from regesta.review.answers import Several
from regesta.web.library import Library
from regesta.web.review import asking, claiming
from regesta.web.review.desk import Desk, Office
from regesta.web.review.entrance import LONGEST_NAME, is_from_here, tidy_name
from regesta.web.review.forms import changed, fields, meant, page_of, sentence, still, still_live
from regesta.web.review.showing import Form
from regesta.web.review.telling import telling

__all__ = ["review_routes"]

_LONGEST_FORM = 32 * 1024
_NUMBER = re.compile(r"[0-9]{1,12}")
_HEADERS = {"cache-control": "no-store", "vary": "cookie"}

View = Callable[[Desk, Asked], object | None]


def review_routes(library: Library, office: Office | None) -> list[BaseRoute]:
    """Return the routes of review; without an office they say that this is for reading."""
    routes: list[BaseRoute] = []
    for language in LANGUAGES:
        prefix = "/review" if language == LANGUAGES[0] else f"/{language}/review"
        desk = _Review(library, office, language)
        routes += [
            Route(f"{prefix}/state", desk.state),
            Route(f"{prefix}/{{what:path}}", desk.get, methods=["GET"]),
            Route(prefix, desk.get, methods=["GET"]),
            Route(f"{prefix}/{{what}}", desk.post, methods=["POST"]),
            Route(prefix, desk.post, methods=["POST"]),
        ]
    return routes


class _Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A form that is not taken."""


class _Review:
    """Answers in one language."""

    def __init__(self, library: Library, office: Office | None, language: str) -> None:
        self._library = library
        self._office = office
        self._language = language

    async def get(self, request: Request) -> Response:
        return await run_in_threadpool(self._get, request)

    async def state(self, request: Request) -> Response:
        return await run_in_threadpool(self._state, request)

    async def post(self, request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_FORM:
                return self._plain(request, "large", 413)
        return await run_in_threadpool(self._post, request, bytes(body))

    # what is shown

    def _get(self, request: Request) -> Response:
        what, _, key = request.path_params.get("what", "").partition("/")
        if self._office is None:
            return self._plain(request, "reading", 403)
        if what == "enter":
            return self._door(request)
        desk = self._desk(request)
        if desk is None:
            return self._plain(request, "closed", 403)
        page, view = self._view_of(what)
        if page is None or bool(key) != page.has_key:
            return self._plain(request, "missing", 404, desk)
        asked = self._asked(page, key, dict(request.query_params))
        shown = view(desk, asked)
        if shown is None:
            return self._plain(request, "gone", 404, desk)
        return self._shown(desk, page, asked, shown)

    def _view_of(self, what: str) -> tuple[Page | None, View]:
        views: dict[str, View] = {
            "": asking.hall, "decisions": asking.decisions, "claim": claiming.claim, "correct": claiming.correction,
            "entity": asking.entity, "pair": asking.pair, "add": claiming.addition,
        }  # fmt: skip
        if what in QUEUES:
            return asking.PAGES[what], lambda desk, asked: asking.one_of(desk, what, asked)
        return asking.PAGES.get(what or "hall") if what in views else None, views.get(what, asking.hall)

    def _asked(self, page: Page, key: str, query: Mapping[str, str]) -> Asked:
        links = self._library.press().links.in_language(self._language)
        return Asked(words_of(self._language), links, key[:200], page.asked(query))

    def _shown(self, desk: Desk, page: Page, asked: Asked, view: object, status: int = 200) -> Response:
        html = desk.press.show(page, asked, view, desk).html.encode("utf-8", "replace")
        return Response(html, status, headers=_HEADERS, media_type="text/html")

    def _plain(
        self, request: Request, name: str, status: int, desk: Desk | None = None, **said: str
    ) -> Response:  # fmt: skip
        del request
        press = self._library.press()
        page = replace(asking.PAGES["enter"], name="review", template="review_plain.html", parameters=())
        view = asking.plain(name, **said)
        html = press.show(page, self._asked(page, "", {}), view, desk).html.encode()
        return Response(html, status, headers=_HEADERS, media_type="text/html")

    def _door(
        self, request: Request, problem: str = "", typed: str = "", link: str = "", status: int = 200
    ) -> Response:
        assert self._office is not None
        link = link or request.query_params.get("token", "")
        if self._office.entrance.is_besieged:
            return self._plain(request, "besieged", 429)
        if not self._office.entrance.is_open(link):
            return self._plain(request, "used", 403)
        page = asking.PAGES["enter"]
        press = self._library.press()
        view = asking.plain("enter", token=link, problem=problem, typed=typed)
        html = press.show(page, self._asked(page, "", {}), view, None).html.encode()
        return Response(html, status, headers=_HEADERS, media_type="text/html")

    def _desk(self, request: Request) -> Desk | None:
        assert self._office is not None
        return self._office.desk(request.cookies.get(self._office.entrance.cookie), self._library.press())

    def _state(self, request: Request) -> Response:
        desk = self._desk(request) if self._office is not None else None
        if desk is None:
            return JSONResponse({"error": "not a reviewer"}, 403, headers=_HEADERS)
        waiting = desk.waiting
        told = {"status": waiting.status, "waiting": waiting.n, "chronicle": desk.press.shelf.identity}
        return JSONResponse(told, headers=_HEADERS)

    # what is written

    def _post(self, request: Request, body: bytes) -> Response:
        what = request.path_params.get("what", "")
        if self._office is None:
            return self._plain(request, "reading", 403)
        if not is_from_here(request.headers):
            return self._plain(request, "elsewhere", 403)
        try:
            form = fields(body)
        except ValueError:
            return self._plain(request, "unread", 400)
        if what == "enter":
            return self._enter(request, form)
        desk = self._desk(request)
        if desk is None:
            return self._plain(request, "closed", 403)
        doing = {
            "decide": self._decide, "correct": self._say, "add": self._say, "undo": self._undo,
            "rebuild": self._rebuild, "invite": self._invite, "leave": self._leave,
        }.get(what)  # fmt: skip
        if doing is None:
            return self._plain(request, "missing", 404, desk)
        try:
            return doing(request, desk, form)
        except _Refused:
            return self._plain(request, "token", 403, desk)

    def _enter(self, request: Request, form: Mapping[str, str]) -> Response:
        assert self._office is not None
        name, link = tidy_name(form.get("name", "")), form.get("link", "")
        if self._office.entrance.is_besieged:
            return self._plain(request, "besieged", 429)
        if not name or len(form.get("name", "").strip()) > LONGEST_NAME:
            return self._door(request, "name", form.get("name", "")[:LONGEST_NAME], link, 422)
        cookie = self._office.entrance.enter(link, name) if self._office.entrance.is_open(link) else None
        if cookie is None:
            return self._plain(request, "used", 403)
        answer = RedirectResponse(self._address(), 303, headers=_HEADERS)
        answer.set_cookie(
            self._office.entrance.cookie, cookie, path="/", httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    def _address(self, section: str = "", **query: str) -> str:
        links = self._library.press().links.in_language(self._language)
        return links.to(f"review/{section}" if section else "review", **query)

    def _check(self, desk: Desk, form: Mapping[str, str], purpose: str) -> None:
        if not desk.office.entrance.is_token(form.get("token", ""), desk.session, purpose):
            raise _Refused

    def _decide(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        self._check(desk, form, f"decide {form.get('about', '')}")
        about = tuple(form.get("about", "").split())
        try:
            kind, targets = meant(form.get("answer", ""), about)
            still(desk, form, about)
            decision = self._write(
                desk, Answer(kind=kind, targets=targets, why=form.get("why", "")), form, about
            )
        except DecisionError as error:
            return self._again(request, desk, form, error)
        queue, item = form.get("queue", ""), form.get("item", "")
        if queue in QUEUES:
            return RedirectResponse(self._address(queue, after=item, did=decision), 303, headers=_HEADERS)
        if claim := form.get("claim"):
            return self._to_claim(desk, claim)
        left, right = form.get("left", ""), form.get("right", "")
        return RedirectResponse(self._address("pair", left=left, right=right), 303, headers=_HEADERS)

    def _to_claim(self, desk: Desk, claim: str) -> Response:
        """Lead to where the claim stands: the decision is shown beside it at once."""
        subject = desk.press.shelf.value("select subject from claims where id = ?", [claim])
        links = desk.press.links.in_language(self._language)
        where = links.to("people", subject, at=claim) if subject else self._address()
        return RedirectResponse(where, 303, headers=_HEADERS)

    def _write(self, desk: Desk, answer: Answer, form: Mapping[str, str], about: tuple[str, ...]) -> str:
        """Write a decision, have the chronicle built again, and return its id."""
        decision = decided(desk.press.shelf, answer, by=desk.name, at=datetime.now(UTC))
        if answer.kind == "undo":
            still_live(desk, answer.targets)
        seen = decision.targets if answer.kind == "add" else about
        known = form.get("known", "").split() if answer.kind != "add" else desk.state.known(seen)
        desk.office.notebook.add(decision, known, seen)
        desk.office.rebuilder.ask()
        return decision.id

    def _say(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        """Write a correction or an addition."""
        kind = "add" if "source" in form and "claim" not in form else "correct"
        self._check(desk, form, f"{kind} {form.get('about', '')}")
        about = (form["about"],) if kind == "add" else tuple(form.get("about", "").split())
        start, end = form.get("start", ""), form.get("end", "")
        answer = Answer(
            kind=kind, targets=() if kind == "add" else about, why=form.get("why", ""),
            value=changed(form, "value"), predicate=form.get("predicate", ""), subject=changed(form, "subject"),
            source=form.get("source", ""), quote=changed(form, "quote"),
            start=int(start) if _NUMBER.fullmatch(start) else None, end=int(end) if _NUMBER.fullmatch(end) else None,
            when=form.get("when", ""), where=form.get("where", ""),
        )  # fmt: skip
        try:
            if kind == "correct":
                still(desk, form, about)
            decision = self._write(desk, answer, form, about)
        except DecisionError as error:
            return self._again(request, desk, form, error)
        if kind == "correct":
            return self._to_claim(desk, form.get("claim", ""))
        del decision
        subject = desk.office.notebook.state().entries[-1].decision.targets[0]
        entity = desk.press.shelf.value("select entity from referents where fingerprint = ?", [subject])
        links = desk.press.links.in_language(self._language)
        return RedirectResponse(links.to("people", entity or ""), 303, headers=_HEADERS)

    def _undo(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        id_ = form.get("decision", "")
        self._check(desk, form, f"undo {id_}")
        answer = Answer(kind="undo", targets=(id_,), why=form.get("why", ""))
        try:
            self._write(desk, answer, {}, (id_,))
        except DecisionError as error:
            return self._plain(request, "problem", 422, desk, problem=str(error))
        queue = form.get("queue", "")
        where = (
            self._address(queue, item=form.get("item", "")) if queue in QUEUES else self._address("decisions")
        )
        return RedirectResponse(where, 303, headers=_HEADERS)

    def _rebuild(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        del request
        self._check(desk, form, "rebuild")
        desk.office.rebuilder.ask()
        return RedirectResponse(self._address(), 303, headers=_HEADERS)

    def _invite(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        self._check(desk, form, "invite")
        page = asking.PAGES["hall"]
        asked = self._asked(page, "", {})
        link = f"{request.url.scheme}://{request.headers['host']}{self._address('enter', token=desk.office.entrance.invite())}"
        return self._shown(desk, page, asked, asking.hall(desk, asked, link))

    def _leave(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        del request
        self._check(desk, form, "leave")
        answer = RedirectResponse(desk.press.links.in_language(self._language).to(), 303, headers=_HEADERS)
        answer.delete_cookie(desk.office.entrance.cookie, path="/", httponly=True, samesite="strict")
        return answer

    def _again(self, request: Request, desk: Desk, form: Mapping[str, str], error: DecisionError) -> Response:
        """Show the page of a form once more, with what was typed and what is wrong."""
        desk = self._desk(request) or desk  # with the log as it is now
        status = 409 if isinstance(error, Meanwhile) else 422
        name, key, query = page_of(form)
        page, make = self._view_of(name)
        assert page is not None
        asked = self._asked(page, key, query)
        view: Any = make(desk, asked)
        if view is None or view.form is None:
            return self._plain(request, "problem", status, desk, problem=str(error))
        told = telling(desk, error.new, asked) if isinstance(error, Meanwhile) else ()
        typed = tuple(
            (field, value) for field, value in form.items() if field not in ("token", "known", "premise")
        )
        again: Form = replace(
            view.form, given=typed, problem="" if isinstance(error, Meanwhile) else sentence(error), meanwhile=told,
            n_gone=error.n_gone if isinstance(error, Meanwhile) else 0,
        )  # fmt: skip
        view = replace(view, form=again)
        if isinstance(error, Several):
            view = replace(view, candidates=error.candidates, field=error.field)
        return self._shown(desk, page, asked, view, status)
