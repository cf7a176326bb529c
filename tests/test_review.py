"""Review over HTTP: who may write, every kind of decision on the pages, what others decided meanwhile, and the chronicle after."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from regesta.decisions import make, read_log
from regesta.errors import DecisionError
from regesta.model import Decision
from regesta.pages import words_of
from regesta.review import Answer, Meanwhile, Notebook, Rebuilder, decided, queue, tried
from regesta.web import Library, Reached, create_app
from regesta.web.review import Office
from regesta.web.review.entrance import Entrance, is_from_here, tidy_name

SOURCES = {
    "ships.txt": (
        "Arrivals at Port Albion\n\n"
        "• Johan Berg, carpenter (age 31), arrived in Port Albion on 3 May 1921.\n"
        "• Karl Moe, baker (age 40), reportedly arrived in Port Albion in June 1922.\n"
        "• Marta Lind, nurse (age 25), arrived in Port Albion on 9 July 1923.\n"
    ),
    "letters.txt": (
        "Letters home\n\n"
        "• Johan Berg, carpenter (age 33), arrived in Port Albion on 4 May 1921.\n"
        "• Jon Bergh, joiner (age 31), arrived in Port Albion in 1921.\n"
    ),
}
HERE = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}


@dataclass
class Place:
    """A project that is served for review, and a browser of one reviewer."""

    root: Path
    library: Library
    office: Office
    application: Any
    clients: list[TestClient] = field(default_factory=list)

    def visitor(self) -> TestClient:
        client = TestClient(self.application, base_url="http://localhost", raise_server_exceptions=False)
        self.clients.append(client)
        return client

    def invite(self) -> str:
        """Return a link that lets somebody in once."""
        assert isinstance(self.office.entrance, Entrance)
        return self.office.entrance.invite()

    def reviewer(self, name: str) -> TestClient:
        client = self.visitor()
        link = self.invite()
        assert client.get(f"/review/enter?token={link}").status_code == 200
        answer = client.post("/review/enter", data={"link": link, "name": name}, headers=HERE)
        assert answer.status_code == 200, answer.text
        return client

    @property
    def log(self) -> tuple[Decision, ...]:
        return read_log(self.root / "decisions.jsonl").decisions

    def n_log(self) -> int:
        """Lines of the log that are decisions."""
        return len(self.log)

    def value(self, query: str, *parameters: Any) -> Any:
        return self.library.press().shelf.value(query, parameters)

    def claim(self, label: str, predicate: str, source: str) -> Any:
        row = self.library.press().shelf.row(
            "select * from claims where subject_label = ? and predicate = ? and source = ? order by id",
            [label, predicate, source],
        )
        assert row is not None, (label, predicate, source)
        return row


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "sources").mkdir()
    (root / "regesta.toml").write_text('title = "Those who came"\n', "utf-8")
    for name, text in SOURCES.items():
        (root / "sources" / name).write_text(text, "utf-8")
    subprocess.run(
        [sys.executable, "-P", "-m", "regesta", "build", "--jobs", "1"],
        cwd=root, check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    return root


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Iterator[Place]:
    import shutil

    root = tmp_path / "project"
    shutil.copytree(built, root)
    library = Library(root / "chronicle.duckdb", title="Those who came")
    still = Rebuilder(root, library.renew, pause=0.0, command=[sys.executable, "-c", ""])
    office = Office(library, root, root / "decisions.jsonl", still)
    made = Place(root, library, office, create_app(library, office=office))
    yield made
    still.settle(30)
    still.close()
    for client in made.clients:
        client.close()


def fields_of(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields and the first of what else a form has, by the last part of its action."""
    form = re.search(rf'<form method="post" action="/(?:ko/)?review/{action}".*?</form>', html, re.DOTALL)
    assert form, f"no form that goes to {action}"
    found = {}
    for tag in re.findall(r"<input type=\"hidden\"[^>]*>", form[0]):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        assert name
        assert value
        found[name[1]] = unescape(value[1])
    return found


def decide(client: TestClient, address: str, answer: str, why: str = "as I read it", **more: str) -> Any:
    page = client.get(address)
    assert page.status_code == 200, page.text
    form = fields_of(page.text, "decide")
    return client.post("/review/decide", data={**form, "answer": answer, "why": why, **more}, headers=HERE)


# who may come in


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


# what is decided


def test_a_pair_is_judged_and_the_next_one_shown(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = ana.get("/review/pairs")
    assert "1 of" in page.text
    assert "What speaks for one and the same" in page.text
    left, right = fields_of(page.text, "decide")["about"].split()
    answer = decide(ana, "/review/pairs", "different", "two letters, two hands")
    assert answer.status_code == 200
    (one,) = place.log
    assert (one.kind, set(one.targets), one.by, one.why) == (
        "different",
        {left, right},
        "Ana",
        "two letters, two hands",
    )
    assert "Take it back" in answer.text
    assert "1 decided" in answer.text


@pytest.mark.parametrize(
    ("answer", "kind"), [("same", "same"), ("part-of", "part-of"), ("whole-of", "part-of")]
)
def test_two_who_are_chosen_by_hand(place: Place, answer: str, kind: str) -> None:
    ana = place.reviewer("Ana")
    berg = place.claim("Jon Bergh", "arrival", "letters.txt")["subject"]
    page = ana.get(f"/review/entity/{berg}?other=johan")
    found = re.search(r'href="(/review/pair\?left=(fm-\w+)&amp;right=(fm-\w+))"', page.text)
    assert found, page.text
    sent = decide(ana, unescape(found[1]), answer)
    assert sent.status_code == 200
    (one,) = place.log
    assert one.kind == kind
    assert list(one.targets) == ([found[3], found[2]] if answer == "whole-of" else [found[2], found[3]])
    assert "This is decided" in sent.text
    assert "Nobody else" in ana.get(f"/review/entity/{berg}?other=zzz").text


@pytest.mark.parametrize("kind", ["prefer", "deprecate", "confirm", "reject", "comment"])
def test_a_claim_is_judged_where_it_stands(place: Place, kind: str) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    person = ana.get(f"/people/{claim['subject']}")
    if kind != "comment":
        assert f'href="/review/claim/{claim["id"]}?answer={kind}"' in person.text
    answer = decide(ana, f"/review/claim/{claim['id']}?answer={kind}", kind, "the ledger <b>says</b> so")
    assert answer.url.path == f"/people/{claim['subject']}"
    (one,) = place.log
    assert one.kind == kind
    assert one.targets == (claim["fingerprint"],)
    assert (one.precondition is not None) == (kind in ("prefer", "deprecate"))
    assert "the ledger &lt;b&gt;says&lt;/b&gt; so" in answer.text
    assert "<b>says</b>" not in answer.text


def test_claims_at_odds(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = ana.get("/review/conflicts")
    assert "Johan Berg" in page.text
    about = fields_of(page.text, "decide")["about"].split()
    assert sum(one.startswith("fc-") for one in about) >= 2
    assert decide(ana, "/review/conflicts", f"prefer.{about[0]}").status_code == 200
    assert place.log[0].kind == "prefer"
    assert place.log[0].targets == (about[0],)
    assert place.log[0].precondition


@pytest.mark.parametrize("kind", ["not-a-conflict", "explained", "exception", "resolved"])
def test_a_finding_is_settled(place: Place, kind: str) -> None:
    ana = place.reviewer("Ana")
    target = fields_of(ana.get("/review/findings").text, "decide")["about"]
    assert decide(ana, "/review/findings", kind).status_code == 200
    (one,) = place.log
    assert (one.kind, one.targets) == (kind, (target,))
    kept = json.loads(one.value or "")["findings"][0]
    assert kept["fingerprint"] == target
    assert kept["says"]


def test_what_is_told_with_reserve_is_asked(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = ana.get("/review/claims")
    assert "hearsay" in page.text
    assert "has not been measured yet" not in ana.get("/review").text
    assert decide(ana, "/review/claims", "confirm").status_code == 200
    assert place.log[0].kind == "confirm"


def correct(client: TestClient, claim: Any, **typed: str) -> Any:
    page = client.get(f"/review/correct/{claim['id']}")
    form = fields_of(page.text, "correct")
    fields = {
        "value": form["value_was"],
        "subject": form["subject_was"],
        "quote": form["quote_was"],
        "when": "",
        "where": "",
    }
    sent = {**form, **fields, "why": "misread", **typed}
    return client.post("/review/correct", data=sent, headers=HERE)


def test_a_claim_is_corrected(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    assert correct(ana, claim, value="41 year").status_code == 200
    assert "41 year" in ana.get(f"/review/correct/{claim['id']}").text  # who comes next sees it
    other = place.claim("Marta Lind", "age", "ships.txt")
    assert correct(ana, other, subject="karl moe", quote="nurse  (age 25)").status_code == 200
    first, second = place.log
    assert (first.kind, first.value, first.precondition is not None) == ("correct", "41 year", True)
    said = json.loads(second.value or "")
    assert said["quote"] == "nurse (age 25)"
    assert said["source"] == "ships.txt"
    assert "value" not in said
    named = place.value("select label from referents where fingerprint = ?", said["subject"])
    assert named == "Karl Moe"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "old"}, "no quantity"), ({}, "nothing is corrected"), ({"subject": "Nobody at all"}, "nobody of that name"),
        ({"quote": "words that stand nowhere"}, "stand nowhere"), ({"quote": "age"}, "places"), ({"why": "  "}, "no reason"),
        ({"when": "soon"}, "no date"), ({"why": "x" * 2001}, "longer than"),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be(place: Place, typed: dict[str, str], told: str) -> None:
    ana = place.reviewer("Ana")
    answer = correct(ana, place.claim("Karl Moe", "age", "ships.txt"), **typed)
    assert answer.status_code == 422
    assert told in answer.text.lower()
    for given_ in typed.values():
        if given_.strip() and len(given_) < 100:
            assert given_ in unescape(answer.text)  # what was typed is still there
    assert place.log == ()


def add(client: TestClient, address: str, **typed: str) -> Any:
    form = fields_of(client.get(address).text, "add")
    return client.post("/review/add", data={**form, "why": "missed", **typed}, headers=HERE)


def test_words_become_a_claim(place: Place) -> None:
    ana = place.reviewer("Ana")
    text = place.library.press().shelf.text("ships.txt", 0, 10_000)
    start = text.index("nurse")
    address = f"/review/add?source=ships.txt&start={start}&end={start + 5}"
    page = ana.get(address)
    assert "<mark>nurse</mark>" in page.text
    answer = add(ana, address, quote="nurse", subject="Marta Lind", predicate="rank", value="head nurse")
    assert answer.status_code == 200, answer.text
    said = json.loads(place.log[0].value or "")
    assert (said["predicate"], said["value"], said["quote"], said["source"]) == (
        "rank",
        "head nurse",
        "nurse",
        "ships.txt",
    )
    assert said["before"].endswith("Marta Lind, ")
    by_hand = add(
        ana, "/review/add?source=ships.txt", quote="baker (age 40)", subject="Karl Moe", predicate="birth", value="1882"
    )  # fmt: skip
    assert by_hand.status_code == 200
    assert place.n_log() == 2


def test_an_addition_that_cannot_be(place: Place) -> None:
    ana = place.reviewer("Ana")
    good = {"quote": "baker (age 40)", "subject": "Karl Moe", "predicate": "birth", "value": "1882"}
    for bad in (
        {"quote": ""}, {"quote": "age"}, {"subject": ""}, {"subject": "Berg"}, {"predicate": ""}, {"predicate": "nonsense"},
        {"value": "when"}, {"value": ""}, {"why": ""}, {"quote": "x" * 600},
    ):  # fmt: skip
        answer = add(ana, "/review/add?source=ships.txt", **{**good, **bad})
        assert answer.status_code == 422, bad
    assert place.log == ()


def test_a_name_of_several_asks_which(place: Place) -> None:
    ana = place.reviewer("Ana")
    typed = {"quote": "baker (age 40)", "subject": "Jo", "predicate": "birth", "value": "1882"}
    answer = add(ana, "/review/add?source=ships.txt", **typed)
    assert answer.status_code == 422
    chosen = re.findall(r'name="subject_chosen" value="(e-\w+)"', answer.text)
    assert len(chosen) >= 2
    assert add(ana, "/review/add?source=ships.txt", **typed, subject_chosen=chosen[0]).status_code == 200


def test_hostile_words_are_words(place: Place) -> None:
    hostile = "<script>alert(1)</script>\"' {{ 7*7 }} \u202e"
    ana = place.reviewer(hostile)
    for address, answer in (("/review/pairs", "same"), ("/review/findings", "explained")):
        assert decide(ana, address, answer, hostile).status_code == 200
    for address in (
        "/review",
        "/review/decisions",
        "/review/pairs",
        f"/review/decisions?by={hostile}",
        "/ko/review/decisions",
    ):
        page = ana.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "{{ 7*7 }}" in page.text
    assert all(one.by.isprintable() for one in place.log)


def test_never_without_a_reason_or_an_answer(place: Place) -> None:
    ana = place.reviewer("Ana")
    for answer, why in (
        ("same", ""),
        ("same", " \t "),
        ("", "x"),
        ("nonsense", "x"),
        ("undo", "x"),
        ("prefer", "x"),
        ("same.fm-1", "x"),
    ):
        sent = decide(ana, "/review/pairs", answer, why)
        assert sent.status_code == 422, (answer, why)
        assert 'role="alert"' in sent.text
    assert place.log == ()


# undoing, and others


def test_the_last_one_is_taken_back(place: Place) -> None:
    ana = place.reviewer("Ana")
    page = decide(ana, "/review/pairs", "same")
    form = fields_of(page.text, "undo")
    back = ana.post("/review/undo", data={**form, "why": "a slip"}, headers=HERE)
    assert back.status_code == 200
    assert [one.kind for one in place.log] == ["same", "undo"]
    assert place.log[1].targets == (place.log[0].id,)
    assert "0 decided" in back.text
    twice = ana.post("/review/undo", data={**form, "why": "a slip"}, headers=HERE)
    assert twice.status_code == 422
    assert place.n_log() == 2
    assert (
        ana.post("/review/undo", data={**form, "decision": "d-1", "why": "x"}, headers=HERE).status_code
        == 403
    )
    listed = ana.get("/review/decisions")
    assert listed.text.count("taken back") >= 1


def test_two_at_once_both_see_what_happened(place: Place) -> None:
    ana, ben = place.reviewer("Ana"), place.reviewer("Ben")
    item = queue("pairs", place.library.press().shelf, place.office.notebook.state()).items[0].key
    address = f"/review/pairs?item={item}"
    seen_by_ben = fields_of(ben.get(address).text, "decide")
    assert decide(ana, address, "same", "one passport").status_code == 200
    late = ben.post(
        "/review/decide", data={**seen_by_ben, "answer": "different", "why": "two ages"}, headers=HERE
    )
    assert late.status_code == 409
    assert "one passport" in late.text
    assert "two ages" in late.text
    assert "was not written" in late.text
    assert place.n_log() == 1
    again = fields_of(late.text, "decide")
    assert (
        ben.post(
            "/review/decide", data={**again, "answer": "different", "why": "two ages"}, headers=HERE
        ).status_code
        == 200
    )
    assert place.n_log() == 2
    for reviewer in (ana, ben):
        page = reviewer.get("/review/contests")
        assert "one passport" in page.text
        assert "two ages" in page.text
    first = place.log[0]
    settled = decide(ana, "/review/contests", f"undo.{first.id}", "Ben is right")
    assert settled.status_code == 200
    assert "Nothing waits here" in settled.text
    assert place.office.notebook.state().contests() == ()


def test_a_decision_that_was_taken_back_meanwhile_is_told(place: Place) -> None:
    ana, ben = place.reviewer("Ana"), place.reviewer("Ben")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    address = f"/review/claim/{claim['id']}"
    decide(ana, address, "confirm")
    seen = fields_of(ben.get(address).text, "decide")
    listed = ana.get("/review/decisions")
    ana.post("/review/undo", data={**fields_of(listed.text, "undo"), "why": "a slip"}, headers=HERE)
    late = ben.post("/review/decide", data={**seen, "answer": "reject", "why": "no"}, headers=HERE)
    assert late.status_code == 409
    assert "was taken back" in late.text


def test_a_chronicle_that_says_other_things_now_is_told(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Johan Berg", "age", "ships.txt")
    page = fields_of(ana.get(f"/review/claim/{claim['id']}").text, "decide")
    stale = {**page, "premise": "p-0000000000000000", "answer": "prefer", "why": "x"}
    answer = ana.post("/review/decide", data=stale, headers=HERE)
    assert answer.status_code == 422
    assert "built again" in answer.text
    assert place.log == ()


def decision(kind: str, target: str, by: str, second: int) -> Decision:
    from datetime import UTC, datetime

    return make(kind, [target], by=by, why="so", at=datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC))


def test_only_different_people_are_at_odds(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "log.jsonl")
    confirm = decision("confirm", "fc-0000000000000001", "Ana", 1)
    book.add(confirm, ())
    with pytest.raises(Meanwhile):
        book.add(decision("reject", "fc-0000000000000001", "Ben", 2), ())
    book.add(decision("reject", "fc-0000000000000001", "Ana", 3), (confirm.id,))
    assert book.state().contests() == ()
    known = book.state().known(["fc-0000000000000001"])
    book.add(decision("confirm", "fc-0000000000000001", "Ben", 4), known)
    (contest,) = book.state().contests()
    assert (contest.standing.by, contest.against.by) == ("Ben", "Ana")
    known = book.state().known(["fc-0000000000000001"])
    book.add(decision("confirm", "fc-0000000000000001", "Ana", 5), known)
    assert book.state().contests() == ()  # she came round


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    book = Notebook(tmp_path / "log.jsonl")

    def work(n: int) -> None:
        for m in range(10):
            book.add(decision("confirm", f"fc-{n:08x}{m:08x}", f"R{n}", m), ())

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_log(tmp_path / "log.jsonl").decisions) == 60
    assert len(book.state().entries) == 60


def test_a_log_of_others_is_read_again(place: Place) -> None:
    ana = place.reviewer("Ana")
    ana.get("/review")
    with (place.root / "decisions.jsonl").open("a", encoding="utf-8") as file:
        file.write("no decision at all\n")
    assert "1 line of the log cannot be read" in ana.get("/review").text


# the build


def test_a_build_that_fails_is_told_and_loses_nothing(tmp_path: Path) -> None:
    done: list[int] = []
    words = "import sys; sys.exit('the disk is full')"
    broken = Rebuilder(
        tmp_path, lambda: done.append(1), pause=0.0, command=[sys.executable, "-c", words + "; 1/0"]
    )
    broken.ask()
    assert broken.settle(30)
    assert broken.progress().status in ("failed", "idle")
    worse = Rebuilder(
        tmp_path,
        lambda: done.append(1),
        pause=0.0,
        command=[sys.executable, "-c", "import sys; sys.stderr.write('no room'); sys.exit(2)"],
    )
    worse.ask()
    assert worse.settle(30)
    assert worse.progress().status == "failed"
    assert "no room" in worse.progress().said
    missing = Rebuilder(tmp_path, lambda: None, pause=0.0, command=[str(tmp_path / "no such program")])
    missing.ask()
    assert missing.settle(30)
    assert missing.progress().status == "failed"
    shown = Rebuilder(tmp_path, lambda: 1 / 0, pause=0.0, command=[sys.executable, "-c", ""])  # type: ignore[arg-type]
    for _ in range(2):  # and the next one is tried
        shown.ask()
        assert shown.settle(30)
        assert "could not be shown" in shown.progress().said
    for one in (broken, worse, missing, shown):
        one.close()


def test_decisions_in_a_row_are_one_build(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    command = [sys.executable, "-c", f"open({str(runs)!r}, 'a').write('x')"]
    one = Rebuilder(tmp_path, lambda: None, pause=0.4, command=command)
    for _ in range(20):
        one.ask()
    assert one.settle(30)
    one.close()
    assert runs.read_text() == "x"
    assert one.progress().n_builds == 1


def test_a_failed_build_is_shown(place: Place) -> None:
    command = [sys.executable, "-c", "import sys; sys.stderr.write('no <room>'); sys.exit(2)"]
    place.office.rebuilder = Rebuilder(place.root, place.library.renew, pause=0.0, command=command)
    ana = place.reviewer("Ana")
    decide(ana, "/review/pairs", "same")
    assert place.office.rebuilder.settle(30)
    page = ana.get("/review")
    assert "the build failed" in page.text
    assert "no &lt;room&gt;" in page.text
    assert place.n_log() == 1
    assert ana.get("/review/state").json()["status"] == "failed"


def test_the_effect_is_in_the_next_chronicle(place: Place) -> None:
    """The whole way with the real build: a claim rejected, one corrected, two made one, a finding settled, one undone."""
    place.office.rebuilder = Rebuilder(place.root, place.library.renew, pause=0.1)
    ana = place.reviewer("Ana")
    age = place.claim("Karl Moe", "age", "ships.txt")
    person = decide(ana, f"/review/claim/{age['id']}", "reject", "it says baker, no age")
    assert "it says baker, no age" in person.text  # at once, from the log
    assert "rebuilding" in person.text
    nurse = place.claim("Marta Lind", "age", "ships.txt")
    assert correct(ana, nurse, value="26 year").status_code == 200
    finding = fields_of(ana.get("/review/findings").text, "decide")["about"]
    assert decide(ana, "/review/findings", "explained", "two moves").status_code == 200
    berg = place.claim("Jon Bergh", "arrival", "letters.txt")["subject"]
    johan = place.claim("Johan Berg", "arrival", "letters.txt")["subject"]
    found = re.search(r'href="(/review/pair\?[^"]+)"', ana.get(f"/review/entity/{berg}?other={johan}").text)
    assert found
    assert decide(ana, unescape(found[1]), "same", "one trade, one day").status_code == 200
    assert place.office.rebuilder.settle(100), place.office.rebuilder.progress()
    assert place.office.rebuilder.progress().status == "idle", place.office.rebuilder.progress()
    assert place.value("select rank from claims where fingerprint = ?", age["fingerprint"]) == "deprecated"
    made = place.value("select value_number from claims where method like 'decision:%'")
    assert made == 26
    assert place.value("select status from findings where fingerprint = ?", finding) in ("explained", None)
    assert (
        place.value("select count(distinct entity) from referents where label in ('Jon Bergh', 'Johan Berg')")
        == 1
    )
    statuses = {
        row[0]: row[1] for row in place.library.press().shelf.rows("select kind, status from decisions")
    }
    assert {statuses["reject"], statuses["correct"], statuses["same"]} == {"applied"}
    page = ana.get("/review/decisions")
    assert "applied" in page.text
    assert "has all that was decided" in page.text
    undo = next(
        fields_of(part, "undo")
        for part in page.text.split("<li")
        if "it says baker, no age" in part and 'action="/review/undo"' in part
    )
    ana.post("/review/undo", data={**undo, "why": "it does"}, headers=HERE)
    assert place.office.rebuilder.settle(100)
    assert place.value("select rank from claims where fingerprint = ?", age["fingerprint"]) == "normal"


# the queues, and what a decision rests on


def test_queues_put_first_what_is_doubtful(place: Place) -> None:
    shelf, state = place.library.press().shelf, place.office.notebook.state()
    pairs = queue("pairs", shelf, state)
    assert pairs.items
    weights = [
        shelf.value(
            "select l.weight from links l join referents a on a.key = l.left_referent join referents b on b.key = l.right_referent"
            " where a.fingerprint = ? and b.fingerprint = ?",
            list(item.targets),
        )
        for item in pairs.items
        if item.why == "weak"
    ]
    assert weights == sorted(weights)
    order = {"error": 0, "warning": 1, "info": 2, "undetermined": 3}
    graver = [order[item.why] for item in queue("findings", shelf, state).items]
    assert graver == sorted(graver)
    whys = [item.why for item in queue("claims", shelf, state).items]
    assert "reported" in whys


def test_an_answer_is_tried_before_it_is_written(place: Place) -> None:
    from datetime import UTC, datetime

    shelf, now = place.library.press().shelf, datetime(2026, 1, 1, tzinfo=UTC)
    for answer in (
        Answer(kind="same", targets=("fm-0000000000000000", "fm-0000000000000001"), why="x"),
        Answer(kind="prefer", targets=("ff-0000000000000000",), why="x"),
        Answer(kind="confirm", targets=("nothing",), why="x"),
        Answer(
            kind="explained", targets=(place.claim("Karl Moe", "age", "ships.txt")["fingerprint"],), why="x"
        ),
    ):
        with pytest.raises(DecisionError):
            decided(shelf, answer, by="Ana", at=now)
    good = Answer(
        kind="confirm", targets=(place.claim("Karl Moe", "age", "ships.txt")["fingerprint"],), why="x"
    )
    for name in ("", " ", "x" * 81):
        with pytest.raises(DecisionError):
            decided(shelf, good, by=name, at=now)
    assert decided(shelf, good, by="Ana", at=now).by == "Ana"


def test_what_the_command_decides_the_page_decides(place: Place) -> None:
    """The premise and what is kept of a finding are those of `regesta decide`, which asks DuckDB."""
    from datetime import UTC, datetime

    shelf, now = place.library.press().shelf, datetime(2026, 1, 1, tzinfo=UTC)
    claim = place.claim("Johan Berg", "age", "ships.txt")
    finding = shelf.row("select id, fingerprint from findings where severity <> 'ok' order by id")
    assert finding is not None
    for kind, id_, target in (
        ("prefer", claim["id"], claim["fingerprint"]),
        ("explained", finding["id"], finding["fingerprint"]),
    ):
        log = place.root / f"{kind}.jsonl"
        subprocess.run(
            [sys.executable, "-P", "-m", "regesta", "decide", kind, id_, "--why", "x", "--by", "Ana", "--decisions", str(log)],
            cwd=place.root, check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        (theirs,) = read_log(log).decisions
        ours = decided(shelf, Answer(kind=kind, targets=(target,), why="x"), by="Ana", at=now)
        assert (ours.targets, ours.value, ours.precondition) == (
            theirs.targets,
            theirs.value,
            theirs.precondition,
        )


def test_every_page_of_review_is_there_in_both_languages(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    paths = [
        "", "/pairs", "/conflicts", "/findings", "/claims", "/contests", "/decisions", f"/claim/{claim['id']}",
        f"/correct/{claim['id']}", f"/entity/{claim['subject']}", f"/expose/{claim['subject']}", f"/expose/{claim['subject']}?answer=erase", "/add?source=ships.txt",
    ]  # fmt: skip
    for prefix in ("/review", "/ko/review"):
        for path in paths:
            page = ana.get(f"{prefix}{path}")
            assert page.status_code == 200, path
            assert page.headers["cache-control"] == "no-store"
            assert f'<html lang="{"ko" if prefix.startswith("/ko") else "en"}">' in page.text
            ids = re.findall(r'\bid="([^"]+)"', page.text)
            assert len(ids) == len(set(ids)), path
            assert " style=" not in page.text


def test_pages_of_a_reviewer_are_kept_nowhere(place: Place) -> None:
    reader, ana = place.visitor(), place.reviewer("Ana")
    address = f"/people/{place.claim('Karl Moe', 'age', 'ships.txt')['subject']}"
    before = reader.get(address).text
    assert ana.get(address).headers["cache-control"] == "no-store"
    assert "review-bar" in ana.get(address).text
    assert reader.get(address).text == before


def test_the_command_asks_for_a_project(tmp_path: Path, built: Path) -> None:
    def said(folder: Path, *more: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "regesta", "serve", "--review", *more],
            cwd=folder, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == 2
        return ran.stderr

    bare = said(tmp_path, str(built / "chronicle.duckdb"))
    assert "needs a project" in bare
    assert "regesta init" in bare
    other = tmp_path / "other.duckdb"
    other.write_bytes(b"")
    assert "not the chronicle of the project" in said(built, str(other))


def wait_for(found: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_build_is_ended_with_the_server(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    command = [sys.executable, "-c", f"import time; open({str(mark)!r}, 'w').close(); time.sleep(300)"]
    one = Rebuilder(tmp_path, lambda: None, pause=0.0, command=command)
    one.ask()
    wait_for(mark.exists)
    one.close()
    thread = one._thread
    assert thread is not None
    thread.join(30)
    assert not thread.is_alive()


# what may be shown


def effect(html: str) -> list[list[str]]:
    """Return the table of what an edition would show, its rows as words."""
    table = re.search(r'<table class="effect">.*?</table>', html, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
        for row in rows
    ]


def test_withholding_is_told_before_it_is_done_and_is_done(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    first = ana.get(f"/review/expose/{who}")
    assert "Anybody may, at once" in first.text
    assert len(effect(first.text)[1]) == 2
    assert 'action="/review/expose"' not in first.text
    tried = ana.get(f"/review/expose/{who}?answer=withhold")
    told = {row[0]: row[1:] for row in effect(tried.text)[1:]}
    assert int(told["Claims as stated"][0]) > 0
    assert told["Claims as stated"][1] == "0"
    assert told["Called"] == ["by name", "not at all"]
    assert place.n_log() == 0
    form = fields_of(tried.text, "expose")
    done = ana.post("/review/expose", data={**form, "why": "her sister is still there"}, headers=HERE)
    assert done.status_code == 200
    (one,) = place.log
    assert (one.kind, one.value, one.expires) == ("withhold", None, None)
    assert one.targets[0].startswith("fm-")
    assert "her sister is still there" in done.text
    now = {row[0]: row[1:] for row in effect(done.text)[1:]}
    assert now["Called"] == ["not at all"]


def test_a_release_has_its_ground_and_lapses(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    without = ana.get(f"/review/expose/{who}?answer=release")
    assert "without a ground" in without.text
    assert 'action="/review/expose"' not in without.text
    tried = ana.get(f"/review/expose/{who}?answer=release&ground=own+disclosure&scope=all")
    told = {row[0]: row[1:] for row in effect(tried.text)[1:]}
    assert int(told["Claims as stated"][1]) >= int(told["Claims as stated"][0])
    ana.post("/review/expose", data={**fields_of(tried.text, "expose"), "why": "her book"}, headers=HERE)
    (one,) = place.log
    assert (one.kind, one.value) == ("release", "ground=own disclosure; scope=all")
    assert one.expires is not None
    assert int(one.expires[:4]) == int(one.at[:4]) + 1


@pytest.mark.parametrize(
    "sent", [{"why": ""}, {"answer": "burn"}, {"ground": "luck"}, {"about": "fm-0000000000000000"}]
)
def test_an_exposure_that_cannot_be(place: Place, sent: dict[str, str]) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    page = ana.get(f"/review/expose/{who}?answer=release&ground=deceased&scope=name")
    form = {**fields_of(page.text, "expose"), "why": "because", **sent}
    assert ana.post("/review/expose", data=form, headers=HERE).status_code in (403, 422)
    assert place.log == ()


def test_nobody_is_erased_by_a_slip(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    closed = ana.get(f"/review/expose/{who}?answer=erase")
    assert 'action="/review/expose"' not in closed.text  # nothing here can erase
    done: list[tuple[str, str, str]] = []

    def erase(*said: str) -> Reached:
        done.append(said)  # type: ignore[arg-type]
        return Reached(2, 1, 0, ("sources/ships.txt",))

    place.office.erase = erase
    page = ana.get(f"/review/expose/{who}?answer=erase")
    assert "ships.txt" in page.text
    assert "<i>Marta Lind</i>" in page.text
    form = {**fields_of(page.text, "expose"), "why": "she asked for it"}
    wrong = ana.post("/review/expose", data={**form, "again": "Karl Moe"}, headers=HERE)
    assert wrong.status_code == 422
    assert "That is not the name" in wrong.text
    assert done == []
    right = ana.post("/review/expose", data={**form, "again": " Marta  Lind "}, headers=HERE)
    assert done == [(who, "Ana", "she asked for it")]
    assert "2 decisions and 1 identities rewritten" in right.text
    assert "sources/ships.txt" in right.text


def test_what_is_wrong_is_said_in_the_language_of_the_page(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Marta Lind", "arrival", "ships.txt")["subject"]
    without = ana.get(f"/ko/review/expose/{who}?answer=release").text
    assert '<p class="problem" role="alert" lang="ko">근거 없이는' in without
    page = ana.get(f"/ko/review/expose/{who}?answer=withhold").text
    sent = ana.post("/ko/review/expose", data={**fields_of(page, "expose"), "why": " "}, headers=HERE)
    assert sent.status_code == 422
    assert 'role="alert" lang="ko">이유가 없습니다' in sent.text
    wrong = {**fields_of(ana.get("/ko/review/pairs").text, "decide"), "answer": "", "why": "because"}
    told = ana.post("/ko/review/decide", data=wrong, headers=HERE)
    assert 'lang="ko">답을 고르지' in told.text


def test_what_a_plan_says_of_decisions_is_said_in_the_language_of_the_page(place: Place) -> None:
    ana = place.reviewer("Ana")
    who = place.claim("Karl Moe", "age", "ships.txt")["subject"]
    page = ana.get(f"/review/expose/{who}?answer=withhold").text
    ana.post("/review/expose", data={**fields_of(page, "expose"), "why": "she is there"}, headers=HERE)
    assert [one.kind for one in place.log] == ["withhold"]
    for prefix, hint in (("", 'lang="en">Withheld by d-'), ("/ko", 'lang="ko">d-')):
        page = ana.get(f"{prefix}/review/expose/{who}?answer=release&ground=deceased&scope=name").text
        assert f'<p class="hint" {hint}' in page


def test_every_sentence_of_what_is_wrong_is_of_something_that_is_raised() -> None:
    source = Path(__file__).parent.parent / "src" / "regesta"
    raised = "".join(
        re.sub(r"\{[^}]*\}", "", file.read_text("utf-8"))
        for room in ("review", "web/review", "protection", "decisions")
        for file in (source / room).glob("*.py")
    )
    texts = {"_".join(re.findall(r"[a-z]+", text.lower())) for text in re.findall(r'"([^"\n]*)"', raised)}
    known = {
        key.removeprefix("review.error.") for key in words_of("en").entries if key.startswith("review.error.")
    }
    assert known
    assert known <= texts


def test_a_claim_alone_is_withheld_with_its_effect_told_first(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Marta Lind", "arrival", "ships.txt")
    assert f"/review/expose/{claim['id']}" in ana.get(f"/review/claim/{claim['id']}").text
    tried = ana.get(f"/review/expose/{claim['id']}?answer=withhold")
    told = {row[0]: row[1:] for row in effect(tried.text)[1:]}
    n = sum(
        int(told[name][0]) for name in ("Claims as stated", "Claims told more coarsely", "Claims withheld")
    )
    assert told["Claims as stated"][1] == "0"
    assert int(told["Claims withheld"][1]) == n > 0
    assert told["Called"] == ["by name", "by name"]
    assert 'id="scope"' not in tried.text
    ana.post(
        "/review/expose",
        data={**fields_of(tried.text, "expose"), "why": "the day is not known"},
        headers=HERE,
    )
    (one,) = place.log
    assert (one.kind, one.targets) == ("withhold", (claim["fingerprint"],))
    now = {row[0]: row[1:] for row in effect(ana.get(f"/review/expose/{claim['id']}").text)[1:]}
    assert now["Claims as stated"] == ["0"]


def test_a_claim_is_erased_by_its_words(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Marta Lind", "arrival", "ships.txt")
    done: list[tuple[str, str, str]] = []

    def erase(*said: str) -> Reached:
        done.append(said)  # type: ignore[arg-type]
        return Reached(0, 0, 0, ())

    place.office.erase = erase
    page = ana.get(f"/review/expose/{claim['id']}?answer=erase")
    assert "ships.txt" in page.text
    form = {**fields_of(page.text, "expose"), "why": "told in confidence"}
    assert ana.post("/review/expose", data={**form, "again": "Karl Moe"}, headers=HERE).status_code == 422
    ana.post("/review/expose", data={**form, "again": "Marta Lind"}, headers=HERE)
    assert done == [(claim["id"], "Ana", "told in confidence")]


def test_what_is_planned_once_is_what_is_planned_anew(place: Place) -> None:
    from regesta.chronicle import open as open_chronicle
    from regesta.protection import material_of, plan, read_policy

    chronicle = place.office.library.chronicle
    on = date(2026, 1, 31)
    target = str(place.claim("Marta Lind", "arrival", "ships.txt")["fingerprint"])
    new = tried("withhold", "", target, by="Ana", at=datetime(2026, 1, 30, tzinfo=UTC))
    with open_chronicle(chronicle) as opened:
        material = material_of(opened)
        for log in ((), (new,), ()):  # planning changes nothing of what was read
            once = plan(opened, read_policy(None), log, key=bytes(32), on=on, material=material)
            anew = plan(opened, read_policy(None), log, key=bytes(32), on=on)
            assert (once.exposures, once.verdicts, once.notes) == (anew.exposures, anew.verdicts, anew.notes)


def test_the_command_erases_what_the_page_erases(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from regesta.cli.erasing import eraser
    from regesta.project import find_project

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "project"
    shutil.copytree(built, root)
    monkeypatch.chdir(root)
    library = Library(root / "chronicle.duckdb", title="x")
    who = library.press().shelf.value("select id from entities where label = 'Marta Lind'")
    reached = eraser(find_project(root))(str(who), "Ana", "she asked for it")
    assert any(one.endswith("ships.txt") for one in reached.holders)
    assert (root / "tombstones.jsonl").is_file()
    (one,) = read_log(root / "decisions.jsonl").decisions
    assert one.kind == "erase"
