"""A register served in two ways, for reading and for review, and what there is in it to ask for."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from regesta.pages import DOWNLOADS, LANGUAGES, PAGES, statics
from regesta.pipeline import rebuild
from regesta.review.rebuilding import Rebuilder
from regesta.web import Library, create_app
from regesta.web.api.openapi import document
from regesta.web.review import Office

from .requesting import Asker

__all__ = ["prepared"]

SOURCES = {
    "ships.txt": "Passengers\n\n• 1921\n  • Liv Vik (age 30), nurse, arrived in Bergen on 4 May 1921.\n\n1921: 40\n1922: 52\n",
    "letter.md": "# A letter\n\nKarl Moe, baker, was born in 1890. He arrived in Bergen in 1922 with his friend Liv Vik.[^1]\n\n[^1]: The Herald. 1953.\n",
    "people.csv": "Name,Year,Place\nLiv VIK,1920,Bergen\nOle Berg,1923,Oslo\n",
    "copy.txt": "Karl Moe, baker, was born in 1890. He arrived in Bergen in 1922 with his friend Liv Vik. Ole Berg died in 1930.\n",
}
FIELDS = (
    "token", "about", "add", "answer", "claim", "correct", "decision", "decisions", "end", "item", "known", "left", "link", "name", "pair", "password", "predicate", "premise", "queue", "quote", "right", "source", "start", "subject", "undo", "value",
    "when", "where", "why", "value_was", "subject_was", "quote_was", "back", "expires", "ground", "queries", "extend",
)  # fmt: skip


@contextmanager
def prepared(folder: Path) -> Iterator[tuple[dict[str, Any], Asker]]:
    """Build a register in a folder, and return its applications by what they are for, with one who asks them."""
    sources = folder / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    (folder / "regesta.toml").write_text('title = "Those who came"\n', "utf-8")
    for name, text in SOURCES.items():
        (sources / name).write_text(text, "utf-8")
    rebuild([sources], output=folder / "chronicle.duckdb", jobs=1)
    library = Library(folder / "chronicle.duckdb", title="Those who came")
    still = Rebuilder(folder, library.renew, pause=0.0, command=[sys.executable, "-S", "-c", ""])
    office = Office(library, folder, folder / "decisions.jsonl", still)
    review = create_app(library, office=office)
    try:
        session, token = _entered(review, office)
        yield {"reading": create_app(library), "review": review}, _asker(library, session, token)
    finally:
        still.close()


def _entered(application: Any, office: Office) -> tuple[str, str]:
    """Come in as a reviewer, and return the cookie and the token of the forms."""
    here = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    link = office.entrance.invite()  # type: ignore[union-attr]
    with TestClient(application, base_url="http://localhost") as client:
        client.post("/review/enter", data={"link": link, "name": "Nora"}, headers=here)
        pages = [client.get("/review").text, *(client.get(f"/people?part={n}").text for n in (1,))]
        queue = re.search(r'href="(/review/[^"]+)"', pages[0])
        pages.append(client.get(unescape(queue[1])).text if queue else "")
        token = next(
            (m[1] for page in pages for m in [re.search(r'name="token" value="([^"]*)"', page)] if m), ""
        )
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    assert cookie
    assert token
    return cookie, token


def _asker(library: Library, session: str, token: str) -> Asker:
    shelf = library.press().shelf
    api = document()
    paths = [f"/api/v1{path}" for path in api["paths"]]
    for language in LANGUAGES:
        prefix = "" if language == LANGUAGES[0] else f"/{language}"
        paths += [
            f"{prefix}/{page.section}".rstrip("/") + ("/{key}" if page.has_key else "") or "/"
            for page in PAGES
        ]
        paths += [f"{prefix}/{one.section}/{{key}}.{one.suffix}" for one in DOWNLOADS]
        paths += [f"{prefix}/review", f"{prefix}/review/state"]
        paths += [f"{prefix}/review/{what}" for what in ("enter", "leave", "decide", "undo", "add", "correct", "pairs", "pair/{key}", "claims", "contests", "queue", "look", "{key}")] * 2  # fmt: skip
    paths += [
        "/health",
        "/ready",
        "/metrics",
        f"/static/{statics().digest}/{{key}}",
        "/static/{key}/regesta.css",
    ]
    keys = [str(id_) for table in ("entities", "claims", "findings", "citations") for (id_,) in shelf.rows(f"select id from {table} limit 20")]  # fmt: skip
    keys += [str(one) for (one,) in shelf.rows("select fingerprint from claims limit 5")]
    keys += [str(one) for (one,) in shelf.rows("select fingerprint from referents limit 5")]
    keys += [*SOURCES, *(f"{name}:3" for name in SOURCES), "regesta.css"]
    names = [one["name"] for path in api["paths"].values() for method in path.values() if isinstance(method, dict) for one in method.get("parameters", ())]  # fmt: skip
    names = sorted({*names, *(name for page in PAGES for name in page.parameters)}) + list(FIELDS)
    words = ["Liv Vik", "Karl Moe", "born in 1890", "1922", "birth", "arrival", "same", "different", "prefer", "correct", "undo", "person", "Bergen"]  # fmt: skip
    return Asker(paths, keys, names, words, session, token)
