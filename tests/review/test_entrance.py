"""Who may write: links, names, cookies, tokens, forms from elsewhere."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from regesta.review import queue
from regesta.web import create_app
from regesta.web.review.entrance import Entrance, is_from_here, tidy_name
from reviewing import HERE, Place, fields_of


def test_without_review_everything_is_for_reading(place: Place) -> None:
    with TestClient(create_app(place.library), base_url="http://localhost") as reader:
        for path in ("/review", "/review/pairs", "/ko/review/decisions"):
            answer = reader.get(path)
            assert answer.status_code == 403
            assert "regesta serve --review" in answer.text
        assert reader.post("/review/decide", headers=HERE).status_code == 403
        assert reader.post("/review", headers=HERE).status_code == 403
        assert "review.js" not in reader.get("/people").text


def test_a_reader_of_a_review_sees_nothing_of_it(place: Place) -> None:
    reader = place.visitor()
    assert reader.get("/review").status_code == 403
    assert reader.get("/review/state").status_code == 403
    for what in ("decide", "add", "correct", "undo", "rebuild", "invite", "leave", "nothing"):
        assert reader.post(f"/review/{what}", data={"why": "x"}, headers=HERE).status_code == 403
    person = reader.get(f"/people/{place.claim('Karl Moe', 'age', 'ships.txt')['subject']}")
    assert "/review" not in person.text
    assert "data-at" not in reader.get("/sources/ships.txt").text
    assert place.log == ()


def test_a_link_lets_in_once_and_asks_who(place: Place) -> None:
    link = place.invite()
    first = place.visitor()
    asked = first.get(f"/review/enter?token={link}")
    assert "Who are you?" in asked.text
    for _ in range(3):  # to look does not use it up: browsers fetch ahead
        assert first.get(f"/review/enter?token={link}").status_code == 200
    nameless = first.post("/review/enter", data={"link": link, "name": " \n "}, headers=HERE)
    assert nameless.status_code == 422
    assert first.post("/review/enter", data={"link": link, "name": "x" * 81}, headers=HERE).status_code == 422
    came = first.post(
        "/review/enter", data={"link": link, "name": "Ana"}, headers=HERE, follow_redirects=False
    )
    assert came.status_code == 303
    cookie = came.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    assert first.get("/review").status_code == 200
    again = place.visitor()
    assert again.post("/review/enter", data={"link": link, "name": "Ben"}, headers=HERE).status_code == 403
    assert again.get(f"/review/enter?token={link}").status_code == 403


def test_links_cannot_be_guessed_for_long(place: Place) -> None:
    guest = place.visitor()
    answers = [guest.get(f"/review/enter?token=guess{n}").status_code for n in range(30)]
    assert answers[0] == 403
    assert answers[-1] == 429


def test_a_cookie_is_of_this_server_and_as_it_was_given(place: Place) -> None:
    ana = place.reviewer("Ana")
    name = place.office.entrance.cookie
    cookie = ana.cookies[name]
    other = Entrance(str(place.root))
    assert other.session(cookie) is None
    body, _, mac = cookie.rpartition(".")
    for forged in (
        f"{body}x.{mac}",
        f"{body}.{mac[:-1]}0",
        body,
        "",
        ".",
        "." + mac,
        "a.b",
        "é.é",
        "x" * 5000,
    ):
        if forged != cookie:
            assert place.office.entrance.session(forged) is None
    assert place.office.entrance.session(cookie).name == "Ana"  # type: ignore[union-attr]


@given(st.text(max_size=200))
def test_no_cookie_can_be_made_up(text: str) -> None:
    assert Entrance("x").session(text) is None
    name = tidy_name(text)
    assert len(name) <= 80
    assert name.isprintable()


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://localhost:9"}, {"origin": "localhost"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "none"},
        {"origin": "http://localhost", "sec-fetch-site": "cross-site"}, {"origin": "http://localhost.evil.example"},
        {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
    ],
)  # fmt: skip
def test_a_form_from_elsewhere_is_refused(place: Place, headers: dict[str, str]) -> None:
    ana = place.reviewer("Ana")
    form = fields_of(ana.get("/review/findings").text, "decide") | {"answer": "explained", "why": "x"}
    assert ana.post("/review/decide", data=form, headers=headers).status_code == 403
    assert place.log == ()
    assert ana.post("/review/decide", data=form, headers=HERE).status_code == 200
    assert place.n_log() == 1


def test_where_a_form_came_from() -> None:
    assert is_from_here({"host": "[::1]:80", "origin": "http://[::1]:80"})
    assert is_from_here({"host": "a", "sec-fetch-site": "same-origin"})
    assert not is_from_here({"host": "a", "origin": "http://a@b"})


def test_a_form_needs_its_own_token(place: Place) -> None:
    ana, ben = place.reviewer("Ana"), place.reviewer("Ben")
    good = fields_of(ana.get("/review/findings").text, "decide") | {"answer": "explained", "why": "x"}
    theirs = fields_of(ben.get("/review/findings").text, "decide")["token"]
    assert theirs != good["token"]
    items = [
        item.key
        for item in queue("findings", place.library.press().shelf, place.office.notebook.state()).items
    ]
    other = fields_of(ana.get(f"/review/findings?item={items[-1]}").text, "decide")
    for token in ("", "x", theirs, other["token"] if len(items) > 1 else "y", "é" * 10):
        assert ana.post("/review/decide", data=good | {"token": token}, headers=HERE).status_code == 403
    about = good | {"about": "fc-0000000000000000"}
    assert ana.post("/review/decide", data=about, headers=HERE).status_code == 403
    assert place.log == ()


def test_what_is_no_form(place: Place) -> None:
    ana = place.reviewer("Ana")
    for body, status in (
        (b"\xff\xfe", 400),
        (b"x" * 40_000, 413),
        (b"&".join([b"a=1"] * 100), 400),
        (b"%ff=%ff", 400),
        (b"a", 400),
    ):
        answer = ana.post("/review/decide", content=body, headers=HERE)
        assert answer.status_code == status, body[:10]
        assert "<h1>" in answer.text
    assert ana.get("/review/nothing").status_code == 404
    assert ana.get("/review/claim/nobody").status_code == 404
    assert ana.get("/review/claim").status_code == 404
    assert ana.get("/review/pair?left=fm-1&right=fm-1").status_code == 404
    assert ana.get("/review/add?source=none.txt").status_code == 404
    assert place.log == ()


def test_who_leaves_is_a_reader(place: Place) -> None:
    ana = place.reviewer("Ana")
    token = fields_of(ana.get("/review").text, "leave")
    assert ana.post("/review/leave", data=token, headers=HERE).status_code == 200
    assert ana.get("/review").status_code == 403


def test_a_reviewer_lets_another_in(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = ana.post("/review/invite", data=fields_of(ana.get("/review").text, "invite"), headers=HERE)
    found = re.search(r"http://localhost(/review/enter\?token=[\w-]+)", unescape(page.text))
    assert found
    ben = place.visitor()
    form = ben.get(found[1])
    link = fields_of(form.text, "enter")["link"]
    assert ben.post("/review/enter", data={"link": link, "name": "Ben"}, headers=HERE).status_code == 200
    assert "Ben" in ben.get("/review").text
