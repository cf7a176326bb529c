"""What many tests need: a source made by hand, a chronicle of it, a cache of one's own, the shared folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

import browsing
import regesta
from regesta.chronicle import flatten, settle, write
from regesta.cli import main
from regesta.model import (
    Block,
    Claim,
    Coverage,
    DateValue,
    Document,
    EntityValue,
    Evidence,
    Extraction,
    Marker,
    Mention,
    Observation,
    Qualifiers,
    QuantityValue,
    Reference,
    Referent,
    Rejection,
    RouteStop,
    RouteValue,
    Source,
    TextValue,
    Value,
    content_id,
)
from regesta.resolution import resolve
from regesta.text.span import Span

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.testclient import TestClient

    from regesta.shelf import Shelf
    from regesta.web import Library

Made = tuple[Document, Extraction]

TEXT = """Those who left

• Ada Brook, pilot (age 21), flew from Orland by way of Mere to Sund on 21 September 1953.[1]
• 12 sailors came in 1954, with Ada Brook's brother 😀.

1953: 40
1. "A flight". The Herald. 1953. ISBN 1
"""


settings.register_profile("own", deadline=None)  # no test measures time
settings.load_profile("own")
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")  # what decides on a change draws the same examples every time

collect_ignore_glob = ["corpus/*.py", "fuzz/*.py"]  # run by test_corpus.py, and by hand; no tests themselves


@pytest.fixture(scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for each test, made by whoever writes into it: pytest would look at all of them before it makes one more."""
    folder = tmp_path_factory.mktemp("caches")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_cache(_caches: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or fills the cache of the user who runs it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(next(_caches)))


@pytest.fixture
def made() -> Callable[..., Made]:
    """A document and what a rule might have found in it: every kind of value, place and mark is there."""
    return _made


@pytest.fixture
def chronicle_path(tmp_path: Path) -> Path:
    """A chronicle of one source made by hand."""
    path = tmp_path / "made.duckdb"
    one = _made()
    rows = chain(flatten([(one[0], [one[1]])]), settle(resolve([(one[0], [one[1]])])))
    write(path, rows, {"regesta_version": "0"})
    return path


@pytest.fixture
def library(chronicle_path: Path) -> Library:
    """The same chronicle as a server holds it."""
    from regesta.web import Library

    return Library(chronicle_path, title="Those who left")


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    """Somebody who asks that server, without a network between."""
    from starlette.testclient import TestClient

    from regesta.web import create_app

    application = create_app(library)
    with TestClient(application, base_url="http://localhost", raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chronicle of the example register, built once for all files and processes of a run; nobody may change it."""
    mine = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    is_one_of_several = "PYTEST_XDIST_WORKER" in os.environ
    made = tmp_path_factory.getbasetemp().parent / "demo.duckdb" if is_one_of_several else mine
    if not made.exists():
        sources = Path(regesta.__file__).parent / "demo" / "sources"
        regesta.build([sources], output=mine, cache=False).close()
        mine.replace(made)  # two processes that begin together build it twice, and it is the same
    return made


@pytest.fixture
def shared() -> Path:
    """The folder beside the checkout that holds the seeds; skips where it is absent."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the checkout")
    return folder


def _made(name: str = "list.txt", text: str = TEXT) -> Made:
    document = Document(
        id=content_id("d", [text, "text"]),
        source=Source(name=name, sha256=hashlib.sha256(text.encode()).hexdigest(), format="text"),
        text=text,
    )

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    def evidence(words: str) -> Evidence:
        return Evidence(source=name, start=span(words).start, end=span(words).end, quote=words)

    reference = Reference(
        id=content_id("r", [document.id, 1]),
        kind="footnote",
        marker="1",
        span=span('"A flight". The Herald. 1953. ISBN 1'),
        title="A flight",
        authors=("Reed, A.", "Moss, B."),
        date="1953",
        identifiers=(("isbn", "1"), ("isbn", "2"), ("doi", "3")),
        cited_at=(span("[1]").start,),
    )
    document = replace(
        document,
        blocks=(
            Block(kind="heading", span=span("Those who left"), content=span("Those who left"), level=1),
            Block(kind="list_item", span=span("• 12 sailors"), content=span("12 sailors"), marker="•"),
        ),
        markers=(Marker(span=span("[1]"), label="1", reference=reference.id),),
        references=(reference,),
        problems=((span("1953: 40"), "R003", "A part was read as plain words."),),
    )

    def referent(kind: str, words: str, **more: object) -> Referent:
        mention = Mention(span=span(words), quote=words, form="name" if more["is_named"] else "description")
        key = content_id("m", [document.id, kind, words])
        return Referent(key=key, kind=kind, label=words, mentions=(mention,), **more)  # type: ignore[arg-type]

    ada = referent("person", "Ada Brook", is_named=True)
    crew = referent("group", "12 sailors", is_named=False, group_size=12)
    sund = referent("place", "Sund", is_named=True)
    flew = "flew from Orland by way of Mere to Sund on 21 September 1953"

    def claim(subject: Referent, predicate: str, value: Value, words: str, when: str | None = None) -> Claim:
        return Claim(
            id=content_id("c", [document.id, subject.key, predicate, value]),
            subject=subject.key,
            predicate=predicate,
            value=value,
            when=when,
            where="in Sund" if predicate == "age" else None,
            qualifiers=Qualifiers(modality="reported", by="The Herald", bound="about"),
            evidence=(evidence(words),),
            references=(reference.id,) if words == flew else (),
            method="by-hand",
        )

    stops = (RouteStop(text="Mere"), RouteStop(text="Sund", key=sund.key))
    count = claim(sund, "count", QuantityValue(number=40.0, unit="person"), "1953: 40", "1953")
    claims = (
        claim(ada, "arrival", DateValue(edtf="1953-09-21"), flew),
        claim(ada, "age", QuantityValue(number=21.0, unit="year"), "(age 21)", "1953"),
        claim(ada, "route", RouteValue(stops=stops, by="plane"), flew),
        claim(ada, "role", TextValue(text="pilot"), "pilot"),
        claim(ada, "location", EntityValue(key=sund.key, label="Sund"), "to Sund"),
        claim(crew, "arrival", DateValue(edtf="1954~"), "in 1954"),
        claim(crew, "duration", QuantityValue(number=None, low=2, high=3.5, unit="day"), "in 1954"),
        count,
    )
    observation = Observation(
        series=content_id("s", [document.id, "people"]),
        series_label="people",
        period="1953",
        label="1953",
        value=40.0,
        qualifier=None,
        role="observation",
        claim=count.id,
        evidence=evidence("1953: 40"),
    )
    smile = span("😀")
    rejection = Rejection(
        source=name, start=smile.start, end=smile.end, quote="😀", code="X001", reason="No rule took it."
    )
    extraction = Extraction(
        source=name,
        referents=(ada, crew, sund),
        claims=claims,
        observations=(observation,),
        rejections=(rejection,),
        coverage=Coverage(
            source=name, n_characters=len(text), n_body=9, n_claims=5, n_names_dates=2, n_rejected=1, n_left=1
        ),
    )
    return document, extraction


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the sources that a test file tells in `SOURCES`, names and texts, built; nobody may change it."""
    folder = tmp_path_factory.mktemp("built") / "register"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder.parent / "cache"))
        assert main(["init", str(folder)]) == 0
        for name, text in request.module.SOURCES.items():
            (folder / "sources" / name).write_text(text, "utf-8")
        patch.chdir(folder)
        assert main(["build"]) == 0
    return folder


@pytest.fixture
def project(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """A copy of what is `built`, as the current folder."""
    folder = tmp_path / "register"
    shutil.copytree(built, folder)
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser; skips where there is none."""
    with browsing.browsing() as opened:
        yield opened


@pytest.fixture
def changed(chronicle: Path, tmp_path: Path) -> Any:
    """Return what makes a shelf of a module's own `chronicle` after some statements of SQL."""

    import duckdb

    from regesta import shelf

    def change(*statements: str) -> Shelf:
        path = tmp_path / "changed.duckdb"
        path.write_bytes(chronicle.read_bytes())
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement)
        shelf.make(path, tmp_path / "changed.sqlite")
        return shelf.open(tmp_path / "changed.sqlite")

    return change
