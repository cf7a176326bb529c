"""`regesta add --warc`: what went over the line is kept byte for byte, and read by others and by us."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "web"))

from loopback import Answer, Site, running

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.cli.add import AGENT, Outcome, add_one
from regesta.cli.keeping import Keeper
from regesta.fetching import Clock, Exchange, Limits, Visitor, warc_of

NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
PAGE = (
    b"<!DOCTYPE html><html lang=en><title>A page</title><h1>Flights</h1>"
    b"<p>Ada Brook, a pilot, arrived in Oslo in 1953.</p>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "register"
    (folder / "sources").mkdir(parents=True)
    (folder / "regesta.toml").write_text("")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def add(project: Path, given: str, *, records: bool = True) -> Outcome:
    limits = Limits(pause=0, size=1 << 20, read=5, total=20)
    visitor = Visitor(
        agent=AGENT, limits=limits, allow_private=True, clock=Clock(now=lambda: NOW), records=records
    )
    return add_one(Keeper(project / "sources"), given, visitor)


def kept(project: Path) -> Path:
    (path,) = (project / "sources").glob("*.warc.gz")
    return path


def chunked() -> list[bytes]:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nX-Odd:  kept \r\n\r\n"
    body = gzip.compress(PAGE, mtime=0)
    half = len(body) // 2
    return [head, *(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])), b"0\r\n\r\n"]


def test_request_and_answer_are_kept_as_they_were(project: Path, site: Site) -> None:
    site.answers["/old"] = Answer(status=302, headers={"Location": "/story?x=1"})
    site.answers["/story?x=1"] = Answer(raw=chunked)
    outcome = add(project, site.root + "/old")
    assert outcome.status == "added"
    path = kept(project)
    assert outcome.source == path.name
    warcio = pytest.importorskip("warcio.archiveiterator")
    with path.open("rb") as file:
        found = [
            (record.rec_type, record.rec_headers, record.raw_stream.read())
            for record in warcio.ArchiveIterator(file, no_record_parse=True, check_digests="raise")
        ]
    assert [kind for kind, _, _ in found] == ["warcinfo", "request", "response", "request", "response"]
    _, headers, response = found[-1]
    assert response == b"".join(chunked())
    assert headers.get_header("WARC-Target-URI") == site.root + "/story?x=1"
    assert headers.get_header("WARC-Date") == "2024-06-01T12:00:00Z"
    assert headers.get_header("WARC-IP-Address") == "127.0.0.1"
    assert found[-2][1].get_header("WARC-Concurrent-To") == headers.get_header("WARC-Record-ID")
    request = found[-2][2]
    assert request.startswith(b"GET /story?x=1 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert AGENT.encode() in request
    with path.open("rb") as file:  # as others use it, the packing undone
        pages = [r.content_stream().read() for r in warcio.ArchiveIterator(file) if r.rec_type == "response"]
    assert pages[-1] == PAGE


def test_it_is_read_by_the_library_that_builds_use(project: Path, site: Site) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    site.answers["/page"] = Answer(PAGE)
    add(project, site.root + "/page")
    with gzip.open(kept(project)) as file:
        records = list(fastwarc.ArchiveIterator(io.BytesIO(file.read()), parse_http=False))
        assert len(records) == 3
    for record in fastwarc.ArchiveIterator(
        io.BytesIO(gzip.decompress(kept(project).read_bytes())), parse_http=False
    ):
        assert record.verify_block_digest() or "WARC-Block-Digest" not in record.headers


def test_a_build_reads_the_page_and_where_it_was(project: Path, site: Site) -> None:
    pytest.importorskip("fastwarc")
    site.answers["/page"] = Answer(PAGE)
    add(project, site.root + "/page")
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        (source,) = chronicle.sources()
        assert source.name.startswith(kept(project).name + "/")
        assert (source.title, source.url, source.retrieved) == ("A page", site.root + "/page", "2024-06-01")
        assert source.sha256 == hashlib.sha256(PAGE).hexdigest()
        assert "Ada Brook" in {row.label for row in chronicle.people()}


def test_where_it_came_from_is_told_and_asked_again(project: Path, site: Site) -> None:
    site.answers["/page"] = Answer(PAGE, headers={"ETag": '"1"'})
    add(project, site.root + "/page")
    path = kept(project)
    told = tomllib.loads((project / "sources" / "sources.toml").read_text("utf-8"))[path.name]
    assert told["url"] == site.root + "/page"
    assert told["fetched"]["sha256"] == hashlib.sha256(PAGE).hexdigest()
    assert told["fetched"]["warc"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert add(project, site.root + "/page").status == "unchanged"
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    site.answers["/page"] = Answer(PAGE + b"<p>More.")
    assert add(project, site.root + "/page").source == path.name.replace(".warc.gz", "-2.warc.gz")


def test_without_it_the_page_alone_is_kept(project: Path, site: Site) -> None:
    site.answers["/page"] = Answer(PAGE)
    outcome = add(project, site.root + "/page", records=False)
    assert (project / "sources" / str(outcome.source)).read_bytes() == PAGE


def test_the_same_visit_gives_the_same_bytes() -> None:
    one = Exchange(
        url="http://a.example/", at=NOW, address="", request=b"GET", response=b"HTTP/1.1 200 OK\r\n\r\n"
    )
    assert warc_of([one], "x") == warc_of([one], "x")
    assert warc_of([one], "x") != warc_of([one, one], "x")
