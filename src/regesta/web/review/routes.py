"""The addresses under /review: GET shows, POST writes one line to the log and has the chronicle built again.

    GET  /review                      what is there to do
    GET  /review/pairs?item=…         one of a queue, likewise conflicts, findings, claims, contests
    GET  /review/claim/…  /pair  /entity/…  /correct/…  /add  /decisions
    GET  /review/expose/…             what may be shown of somebody; POST withholds, releases or erases
    POST /review/enter  /decide  /correct  /add  /undo  /rebuild  /invite  /leave
    GET  /review/state                how far the chronicle is behind, as JSON

Without the cookie of a reviewer every page says how to come in, and every POST is refused. What cannot be decided is shown
again with what was typed. Nothing here knows what a decision means.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from regesta.database import Unreachable
from regesta.errors import DecisionError
from regesta.model import Decision
from regesta.pages import LANGUAGES, Asked, Page, words_of
from regesta.review import EXPOSING, QUEUES, Answer, Meanwhile, decided
from regesta.review.answers import Several
from regesta.reviewers import check_role
from regesta.web.library import Library
from regesta.web.review import asking, claiming, exposing
from regesta.web.review.answering import HEADERS, Answers
from regesta.web.review.desk import Desk, Office
from regesta.web.review.doors import Doors
from regesta.web.review.entrance import is_from_here
from regesta.web.review.forms import changed, fields, meant, page_of, sentence, still, still_live
from regesta.web.review.showing import Form
from regesta.web.review.telling import telling

__all__ = ["review_routes"]

_LOG = logging.getLogger("regesta.web")
_LONGEST_FORM = 32 * 1024
_PATIENCE = 30.0
"""Seconds for which erasing waits for a build that is on its way."""
_NUMBER = re.compile(r"[0-9]{1,12}")
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


class _Review(Answers):
    """Answers in one language."""

    def __init__(self, library: Library, office: Office | None, language: str) -> None:
        super().__init__(library, language)
        self._office = office
        self._doors = Doors(library, office, language) if office else None

    async def get(self, request: Request) -> Response:
        return await run_in_threadpool(self._get, request)

    async def state(self, request: Request) -> Response:
        return await run_in_threadpool(self._state, request)

    async def post(self, request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_FORM:
                return self.plain("large", 413)
        return await run_in_threadpool(self._post, request, bytes(body))

    # what is shown

    def _get(self, request: Request) -> Response:
        what, _, key = request.path_params.get("what", "").partition("/")
        if self._doors is None:
            return self.plain("reading", 403)
        if what == "enter":
            return self._doors.door(request)
        try:
            desk = self._desk(request)
        except Unreachable as error:
            return self.plain(_lost(error), 503)
        if desk is None:
            return self._closed()
        page, view = self._view_of(what)
        if page is None or bool(key) != page.has_key:
            return self.plain("missing", 404, desk)
        asked = self.asked(page, key, dict(request.query_params))
        shown = view(desk, asked)
        if shown is None:
            return self.plain("gone", 404, desk)
        return self.shown(desk, page, asked, shown)

    def _closed(self) -> Response:
        """Say that only reviewers come in here, and where."""
        if self._office and self._office.login:
            return self.plain("closed_team", 403, door=self.address("enter"))
        return self.plain("closed", 403)

    def _view_of(self, what: str) -> tuple[Page | None, View]:
        views: dict[str, View] = {
            "": asking.hall, "decisions": asking.decisions, "claim": claiming.claim, "correct": claiming.correction,
            "entity": asking.entity, "expose": exposing.exposure, "pair": asking.pair, "add": claiming.addition,
        }  # fmt: skip
        if what in QUEUES:
            return asking.PAGES[what], lambda desk, asked: asking.one_of(desk, what, asked)
        return asking.PAGES.get(what or "hall") if what in views else None, views.get(what, asking.hall)

    def _desk(self, request: Request) -> Desk | None:
        """Return the desk of whoever asks; raises `Unreachable` where that cannot be known now."""
        assert self._office is not None
        return self._office.desk(request.cookies.get(self._office.entrance.cookie), self.library.press())

    def _state(self, request: Request) -> Response:
        try:
            desk = self._desk(request) if self._office is not None else None
        except Unreachable:
            return JSONResponse({"error": "nobody can be asked now"}, 503, headers=HEADERS)
        if desk is None:
            return JSONResponse({"error": "not a reviewer"}, 403, headers=HEADERS)
        waiting = desk.waiting
        about, known = (
            request.query_params.get(name, "")[:_LONGEST_FORM].split() for name in ("about", "known")
        )
        words = words_of(self.language)
        told = {
            "status": waiting.status, "waiting": waiting.n, "chronicle": desk.press.shelf.identity,
            "words": words(f"review.waiting.{waiting.status}", n=waiting.n),
            "others": len(set(desk.state.known(about)) ^ set(known)) if about else 0,
        }  # fmt: skip
        return JSONResponse(told, headers=HEADERS)

    # what is written

    def _post(self, request: Request, body: bytes) -> Response:
        what = request.path_params.get("what", "")
        if self._doors is None:
            return self.plain("reading", 403)
        if not is_from_here(request.headers):
            return self.plain("elsewhere", 403)
        try:
            form = fields(body)
        except ValueError:
            return self.plain("unread", 400)
        if what == "enter":
            return self._doors.enter(request, form)
        try:
            desk = self._desk(request)
        except Unreachable as error:
            return self.plain(_lost(error), 503, typed=form.get("why", ""))
        if desk is None:
            return self._closed()
        doing = {
            "decide": self._decide, "correct": self._say, "add": self._say, "undo": self._undo, "expose": self._expose,
            "rebuild": self._rebuild, "invite": self._invite, "leave": self._leave,
        }.get(what)  # fmt: skip
        if doing is None:
            return self.plain("missing", 404, desk)
        try:
            return doing(request, desk, form)
        except _Refused:
            return self.plain("token", 403, desk)
        except Unreachable as error:
            return self.plain(_lost(error), 503, desk, typed=form.get("why", ""))
        except DecisionError as error:
            said, language = sentence(error, words_of(self.language))
            return self.plain("problem", 422, desk, problem=said, problem_in=language)

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
            return RedirectResponse(self.address(queue, after=item, did=decision.id), 303, headers=HEADERS)
        if claim := form.get("claim"):
            return self._to_claim(desk, claim)
        left, right = form.get("left", ""), form.get("right", "")
        return RedirectResponse(self.address("pair", left=left, right=right), 303, headers=HEADERS)

    def _to_claim(self, desk: Desk, claim: str) -> Response:
        """Lead to where the claim stands: the decision is shown beside it at once."""
        subject = desk.press.shelf.value("select subject from claims where id = ?", [claim])
        links = desk.press.links.in_language(self.language)
        where = links.to("people", subject, at=claim) if subject else self.address()
        return RedirectResponse(where, 303, headers=HEADERS)

    def _write(self, desk: Desk, answer: Answer, form: Mapping[str, str], about: tuple[str, ...]) -> Decision:
        """Write a decision, have the chronicle built again, and return it."""
        decision = decided(desk.press.shelf, answer, by=desk.name, at=datetime.now(UTC))
        if answer.kind == "undo":
            still_live(desk, answer.targets)
        if desk.office.login:
            before = (
                one.decision.by for one in desk.state.on(answer.targets) if one.decision.kind == "release"
            )
            check_role(desk.office.login.roll, answer.kind, desk.name, before)
        seen = decision.targets if answer.kind == "add" else about
        known = form.get("known", "").split() if answer.kind != "add" else desk.state.known(seen)
        desk.office.notebook.add(decision, known, seen)
        desk.office.rebuilder.ask()
        return decision

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
        entity = desk.press.shelf.value(
            "select entity from referents where fingerprint = ?", [decision.targets[0]]
        )
        links = desk.press.links.in_language(self.language)
        return RedirectResponse(links.to("people", entity or ""), 303, headers=HEADERS)

    def _expose(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        """Withhold or release somebody, or erase them."""
        about = tuple(form.get("about", "").split())
        self._check(desk, form, f"expose {form.get('about', '')}")
        kind, entity = form.get("answer", ""), form.get("entity", "")
        if kind not in (*EXPOSING, "erase"):
            raise DecisionError("no answer was picked", hint="pick one of the answers")
        try:
            if kind == "erase":
                return self._erase(desk, form, entity, about)
            value = exposing.value_of_form(kind, form.get("ground", ""), form.get("scope", ""))
            self._write(
                desk, Answer(kind=kind, targets=about, why=form.get("why", ""), value=value), form, about
            )
        except DecisionError as error:
            return self._again(request, desk, form, error)
        return RedirectResponse(self.address(f"expose/{entity}"), 303, headers=HEADERS)

    def _erase(self, desk: Desk, form: Mapping[str, str], entity: str, about: tuple[str, ...]) -> Response:
        """Erase somebody, or a claim's passage, when no build is on its way that could bring them back; a name was typed again."""
        fingerprint = about[0] if about else ""
        card = desk.press.shelf.row(
            "select label from entities where id = (select entity from referents where fingerprint = ?1) and id = ?2 "
            "union all select subject_label from claims where fingerprint = ?1 and id = ?2",
            [fingerprint, entity],
        )
        if desk.office.erase is None or card is None:
            raise DecisionError("nothing can be erased from here", hint="use: regesta decide erase")
        if " ".join(form.get("again", "").split()) != " ".join(card["label"].split()):
            raise DecisionError("that is not the name", hint="type it as it stands above")
        if not form.get("why", "").strip():
            raise DecisionError("there is no reason", hint="say why: who reads it later has nothing else")
        if not desk.office.rebuilder.settle(_PATIENCE):
            raise DecisionError("the chronicle is being built", hint="try again when it is done")
        reached = desk.office.erase(entity, desk.name, form["why"].strip())
        desk.office.rebuilder.ask()
        page = replace(asking.PAGES["hall"], name="review.erased", template="review_erased.html")
        return self.shown(desk, page, self.asked(page, "", {}), reached)

    def _undo(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        del request
        id_ = form.get("decision", "")
        self._check(desk, form, f"undo {id_}")
        answer = Answer(kind="undo", targets=(id_,), why=form.get("why", ""))
        self._write(desk, answer, {}, (id_,))
        queue = form.get("queue", "")
        where = (
            self.address(queue, item=form.get("item", "")) if queue in QUEUES else self.address("decisions")
        )
        return RedirectResponse(where, 303, headers=HEADERS)

    def _rebuild(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        del request
        self._check(desk, form, "rebuild")
        desk.office.rebuilder.ask()
        return RedirectResponse(self.address(), 303, headers=HEADERS)

    def _invite(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        assert self._doors is not None
        self._check(desk, form, "invite")
        return self._doors.invite(request, desk)

    def _leave(self, request: Request, desk: Desk, form: Mapping[str, str]) -> Response:
        del request
        assert self._doors is not None
        self._check(desk, form, "leave")
        return self._doors.leave(desk)

    def _again(self, request: Request, desk: Desk, form: Mapping[str, str], error: DecisionError) -> Response:
        """Show the page of a form once more, with what was typed and what is wrong."""
        with suppress(Unreachable):
            desk = self._desk(request) or desk  # with the log as it is now
        status = 409 if isinstance(error, Meanwhile) else 503 if isinstance(error, Unreachable) else 422
        name, key, query = page_of(form)
        page, make = self._view_of(name)
        assert page is not None
        asked = self.asked(page, key, query)
        view: Any = make(desk, asked)
        told = telling(desk, error.new, asked) if isinstance(error, Meanwhile) else ()
        if "queue" in form and not _is_about(view, form):  # built again, and it waits there no more
            about = form.get("about", "").split()
            page = asking.PAGES["pair"]
            asked = self.asked(page, "", {"left": about[0], "right": about[-1]} if len(about) == 2 else {})
            view = asking.pair(desk, asked) if all(one.startswith("fm-") for one in about) else None
        said, language = sentence(error, words_of(self.language))
        if view is None or view.form is None:
            name = _lost(error) if isinstance(error, Unreachable) else "problem"
            said = "" if isinstance(error, Unreachable) else said
            return self.plain(
                name, status, desk, problem=said, problem_in=language, typed=form.get("why", ""), told=told
            )
        typed = tuple(
            (field, value) for field, value in form.items() if field not in ("token", "known", "premise")
        )
        again: Form = replace(
            view.form, given=typed, problem="" if isinstance(error, Meanwhile | Unreachable) else said, problem_in=language,
            meanwhile=told, n_gone=error.n_gone if isinstance(error, Meanwhile) else 0,
            lost=_lost(error) if isinstance(error, Unreachable) else "",
        )  # fmt: skip
        view = replace(view, form=again)
        if isinstance(error, Several):
            view = replace(view, candidates=error.candidates, field=error.field)
        return self.shown(desk, page, asked, view, status)


def _lost(error: Unreachable) -> str:
    """Return what is said of a lost database; its address and what it said are for who keeps the server."""
    _LOG.warning("%s", error)
    return "unsure" if error.is_unsure else "lost"


def _is_about(view: Any, form: Mapping[str, str]) -> bool:
    """Return whether a page asks about what a form was about."""
    return bool(view and view.form and dict(view.form.hidden).get("about") == form.get("about"))
