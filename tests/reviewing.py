"""A project served for review, and what a reviewer sends: what the tests of review share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from regesta.decisions import read_log
from regesta.model import Decision
from regesta.web import Library
from regesta.web.review import Office
from regesta.web.review.entrance import Entrance

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


def fields_of(html: str, action: str = "decide") -> dict[str, str]:
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
    form = fields_of(page.text)
    return client.post("/review/decide", data={**form, "answer": answer, "why": why, **more}, headers=HERE)


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
