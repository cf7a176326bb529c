"""`regesta add`: what is kept, under which name, and what is said of it. Pages come from a real site on loopback."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "web"))

from loopback import Answer, Headers, Site, running

from regesta.cli import main
from regesta.cli.add import AGENT, Outcome, add_one
from regesta.cli.keeping import Keeper
from regesta.errors import ProjectError, ReadError
from regesta.fetching import Clock, Limits, Visitor
from regesta.project import list_sources
from regesta.reading import read

NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
PAGE = "<!DOCTYPE html><html lang=en><title>A page</title><p>Ada Brook fled in 1953."
FRENCH = """<!DOCTYPE html><html lang="fr-CA"><head><meta charset="utf-8"><title>Les évadés - Le Courrier</title>
<link rel="canonical" href="/recits/evades"><link rel="license" href="https://licences.example/by/4.0">
<meta property="og:site_name" content="Le Courrier"><meta property="og:url" content="https://ailleurs.example/x">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": "Les évadés",
"datePublished": "2013-04-05T10:00:00-04:00", "dateModified": "2014-02-01", "inLanguage": "fr-CA"}]}</script></head>
<body><p>Anne Roy a fui en 1953.<img src="/image.png"></body></html>"""
WIKI = """<!DOCTYPE html><html lang="ko"><head><meta charset="UTF-8"><title>섬의 역사 - 우리위키</title>
<script>RLCONF={"wgPageName":"섬의_역사","wgTitle":"섬의 역사","wgCurRevisionId":3745,"wgRevisionId":3745,"wgArticleId":77,
"wgPageContentLanguage":"ko","wgSiteName":"우리위키"};</script></head><body><div id="content"><h1 id="firstHeading">섬의 역사</h1>
<p>1997년 2월 12일 배 한 척이 왔다.</div><ul><li id="footer-info-lastmod"> 이 문서는 2024년 5월 3일 (금) 12:34에 마지막으로 편집되었습니다.</li>
<li><a rel="license" href="//licences.example/by-sa">CC</a></li></ul></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        site.answers["/page"] = Answer(PAGE.encode())
        yield site


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "register"
    (folder / "sources").mkdir(parents=True)
    (folder / "regesta.toml").write_text("")
    monkeypatch.chdir(folder)
    return folder


def visitor() -> Visitor:
    limits = Limits(pause=0, size=1 << 20, read=5, total=20)
    return Visitor(agent=AGENT, limits=limits, allow_private=True, clock=Clock(now=lambda: NOW))


def add(project: Path, given: str | Path) -> Outcome:
    return add_one(Keeper(project / "sources"), str(given), visitor())


def noted(project: Path) -> dict[str, dict[str, Any]]:
    path = project / "sources" / "sources.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def files(project: Path) -> list[str]:
    return sorted(p.name for p in (project / "sources").iterdir() if p.name != "sources.toml")


# What is said of a page


def test_a_page_and_what_it_says_of_itself(project: Path, site: Site) -> None:
    site.answers["/story?ref=feed"] = Answer(FRENCH.encode(), headers={"ETag": '"5a"'})
    outcome = add(project, site.root + "/story?ref=feed#top")
    host = site.root.removeprefix("http://")
    name = f"{host.replace(':', '_')}_story_ref=feed.html"
    assert (outcome.status, outcome.source) == ("added", name)
    assert (project / "sources" / name).read_bytes() == FRENCH.encode()
    written = noted(project)[name]
    fetched = written.pop("fetched")
    assert written == {
        "title": "Les évadés", "url": f"{site.root}/recits/evades", "licence": "https://licences.example/by/4.0",
        "date": "2014-02-01", "retrieved": "2024-06-01", "language": "fr-CA",
    }  # fmt: skip
    assert (fetched["from"], fetched["etag"]) == (f"{site.root}/story?ref=feed", '"5a"')
    assert site.paths == ["/robots.txt", "/story?ref=feed"]
    (listed,) = list_sources([project / "sources"], {".html"}).sources
    assert (listed.source.title, listed.source.date) == ("Les évadés", "2014-02-01")


def test_a_page_of_a_wiki(project: Path, site: Site) -> None:
    site.answers["/wiki/%EC%84%AC"] = Answer(WIKI.encode())
    outcome = add(project, site.root + "/wiki/섬")
    assert outcome.said == {
        "title": "섬의 역사", "url": f"{site.root}/wiki/%EC%84%AC", "licence": "http://licences.example/by-sa",
        "date": "2024-05-03", "retrieved": "2024-06-01", "language": "ko", "revision": "3745",
    }  # fmt: skip
    assert outcome.source is not None
    assert outcome.source.endswith("_wiki_섬.html")


def test_headers_speak_where_the_page_is_silent(project: Path, site: Site) -> None:
    headers = {
        "Content-Language": "de", "Last-Modified": "Mon, 30 Jan 2012 10:00:00 GMT",
        "Link": '</Seite>; rel=canonical, <https://licences.example/by>; rel="license"',
    }  # fmt: skip
    site.answers["/notes.txt"] = Answer(b"Annals\n\nAda Brook fled in 1953.\n", "text/plain", headers=headers)
    assert add(project, site.root + "/notes.txt").said == {
        "url": f"{site.root}/Seite", "licence": "https://licences.example/by", "date": "2012-01-30",
        "retrieved": "2024-06-01", "language": "de",
    }  # fmt: skip
    site.answers["/page"] = Answer(PAGE.encode(), headers={"Last-Modified": "Sat, 01 Jun 2024 11:59:59 GMT"})
    assert "date" not in add(project, site.root + "/page").said  # made for us, just now


def test_a_page_cannot_pass_for_another(project: Path, site: Site) -> None:
    page = '<link rel=canonical href="https://paper.example/famous"><title>\x1b[31mMine\u202e</title><meta name=date content="2999-01-01"><p>x'
    site.answers["/page"] = Answer(page.encode())
    outcome = add(project, site.root + "/page")
    assert outcome.said["url"] == f"{site.root}/page"
    assert outcome.said["title"].endswith("[31mMine")
    assert outcome.said["title"].isprintable()
    assert "date" not in outcome.said
    assert [
        "calls itself https://paper.example/famous" in outcome.notes[0],
        "2999-01-01" in outcome.notes[1],
    ] == [True, True]


def test_a_copy_in_an_archive(project: Path, site: Site) -> None:
    path = "/web/20120130120000/http://paper.example/story"
    page = f'<title>Story</title><link rel=canonical href="{site.root}/web/20120130120000/http://www.paper.example/story?id=1"><p>x'
    headers = {
        "Memento-Datetime": "Mon, 30 Jan 2012 12:00:00 GMT",
        "Link": '<http://paper.example/story>; rel="original"',
    }
    site.answers[path] = Answer(page.encode(), headers=headers)
    outcome = add(project, site.root + path)
    assert (outcome.said["url"], outcome.said["date"]) == (
        "http://www.paper.example/story?id=1",
        "2012-01-30",
    )
    fetched = noted(project)[str(outcome.source)]["fetched"]
    assert (fetched["from"], fetched["archived"]) == (site.root + path, "2012-01-30T12:00:00+00:00")
    # a header alone makes no archive
    site.answers["/page"] = Answer(
        PAGE.encode(), headers={"Link": '<https://paper.example/story>; rel="original"'}
    )
    assert add(project, site.root + "/page").said["url"] == f"{site.root}/page"


def test_the_encoding_that_only_the_header_tells(project: Path, site: Site) -> None:
    page = "<title>섬</title><p>배 한 척이 왔다."
    site.answers["/euc"] = Answer(page.encode("euc-kr"), "text/html; charset=EUC-KR")
    site.answers["/utf"] = Answer(page.encode(), "text/html; charset=iso-8859-1")
    outcome = add(project, site.root + "/euc")
    assert (outcome.said["encoding"], outcome.said["title"]) == ("euc-kr", "섬")
    (listed,) = list_sources([project / "sources"], {".html"}).sources
    assert "배 한 척이 왔다." in read(listed.path, source=listed.source).text
    assert "encoding" not in add(project, site.root + "/utf").said


def test_kinds(project: Path, site: Site) -> None:
    site.answers["/table"] = Answer(b"Year,Persons\n1953,40\n", "text/csv")
    site.answers["/README.md"] = Answer(b"# Annals\n", "text/plain")
    site.answers["/blob"] = Answer(PAGE.encode(), "application/octet-stream")
    site.answers["/nothing-said"] = Answer(PAGE.encode(), "")
    endings = [
        str(add(project, f"{site.root}/{p}").source)[-5:]
        for p in ("table", "README.md", "blob", "nothing-said")
    ]
    assert endings == ["e.csv", "ME.md", ".html", ".html"]
    before = files(project)
    site.answers["/picture"] = Answer(b"\x89PNG\r\n", "image/png")
    site.answers["/binary"] = Answer(bytes(range(256)), "application/octet-stream")
    for path, told in {
        "/picture": "image/png, which regesta does not read",
        "/binary": "no kind that regesta reads",
    }.items():
        with pytest.raises(ReadError, match=told):
            add(project, site.root + path)
    assert files(project) == before


@pytest.mark.parametrize(
    ("stated", "date"),
    [("2023-02-31", "2023-02"), ("20230405101010", "2023-04-05"), ("99999999101010", None), ("2023-13-01", None), ("soon", None),
     ("2024-06-02T01:00+09:00", "2024-06-02"), ("2024-06-03", None)],
)  # fmt: skip
def test_dates_that_are_none(project: Path, site: Site, stated: str, date: str | None) -> None:
    site.answers["/page"] = Answer(f'<meta name="date" content="{stated}"><p>x'.encode())
    assert add(project, site.root + "/page").said.get("date") == date


# Again, and others of the same name


def test_the_same_again_and_a_changed_page(project: Path, site: Site) -> None:
    assert add(project, site.root + "/page").status == "added"
    before = (project / "sources" / "sources.toml").read_text()
    again = add(project, site.root + "/page#part")
    assert again.status == "unchanged"
    assert "as of 2024-06-01" in again.notes[0]
    assert ((project / "sources" / "sources.toml").read_text(), len(files(project))) == (before, 1)
    site.answers["/page"] = Answer(PAGE.replace("1953", "1954").encode())
    changed = add(project, site.root + "/page")
    assert changed.status == "added"
    assert str(changed.source).endswith("page-2.html")
    assert "earlier state" in changed.notes[-1]
    assert add(project, site.root + "/page").status == "unchanged"
    assert len(noted(project)) == len(files(project)) == 2


def test_the_site_says_that_nothing_changed(project: Path, site: Site) -> None:
    def answer(headers: Headers) -> Answer:
        if headers.get("If-None-Match") == '"5a"':
            return Answer(status=304, headers={"Content-Length": ""})
        return Answer(PAGE.encode(), headers={"ETag": '"5a"'})

    site.answers["/page"] = answer
    site.answers["/moved"] = Answer(status=301, headers={"Location": "/page"})
    first = add(project, site.root + "/moved")
    assert add(project, site.root + "/moved").status == "unchanged"
    assert add(project, site.root + "/page").status == "unchanged"
    assert first.source is not None
    (project / "sources" / first.source).write_text("changed by hand")
    assert str(add(project, site.root + "/moved").source).endswith("page-2.html")


def test_other_pages_of_the_same_name(project: Path, site: Site) -> None:
    site.answers["/a/b"] = Answer(b"<p>one")
    site.answers["/a_b"] = Answer(b"<p>two")
    names = [str(add(project, site.root + path).source) for path in ("/a/b", "/a_b")]
    assert names[1] == names[0].replace(".html", "-2.html")
    assert [(project / "sources" / name).read_bytes() for name in names] == [b"<p>one", b"<p>two"]


# Files


def test_files(project: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(FRENCH)
    outcome = add(project, tmp_path / "page.html")
    assert outcome.said["title"] == "Les évadés"
    assert (
        outcome.said["url"] == "https://ailleurs.example/x"
    )  # a relative address says nothing without where it was
    assert add(project, tmp_path / "page.html").status == "unchanged"
    (tmp_path / "page.html").write_text(PAGE)
    assert add(project, tmp_path / "page.html").source == "page-2.html"
    assert set(noted(project)) == {"page.html", "page-2.html"}
    (tmp_path / "download").write_text(PAGE)
    assert add(project, tmp_path / "download").source == "download.html"
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    for path in (tmp_path / "picture.png", tmp_path / "none.txt", tmp_path):
        with pytest.raises(ReadError):
            add(project, path)


def test_a_file_that_is_there_is_described(project: Path) -> None:
    (project / "sources" / "sub").mkdir()
    (project / "sources" / "sub" / "page.html").write_text(PAGE)
    outcome = add(project, "sources/sub/page.html")
    assert (outcome.status, outcome.said["title"]) == ("unchanged", "A page")
    assert noted(project)["sub/page.html"]["language"] == "en"
    again = add(project, "sources/sub/page.html")
    assert again.said == {}


def test_what_a_person_wrote_stays(project: Path, site: Site, tmp_path: Path) -> None:
    mine = '# mine\n["page.html"]\ntitle = "My title"   # better\n'
    (project / "sources" / "sources.toml").write_text(mine)
    (tmp_path / "page.html").write_text(PAGE)
    assert add(project, tmp_path / "page.html").source == "page-2.html"  # that name is spoken for
    add(project, site.root + "/page")
    assert (project / "sources" / "sources.toml").read_text().startswith(mine)
    assert len(noted(project)) == 3


# Whole or not at all


def test_an_ill_formed_table_is_left_alone(project: Path, site: Site) -> None:
    (project / "sources" / "sources.toml").write_text("no toml")
    for given in (site.root + "/page", __file__):
        with pytest.raises((ProjectError, ReadError)):
            add(project, given)
    assert files(project) == []
    assert site.asked == []


def test_nothing_stays_where_the_table_cannot_be_written(project: Path) -> None:
    class Interrupted(dict[str, str]):
        def items(self) -> Any:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Keeper(project / "sources").keep("page.html", PAGE.encode(), Interrupted(title="A"))
    assert list((project / "sources").iterdir()) == []


def test_a_killed_download_leaves_nothing(project: Path, site: Site) -> None:
    begun = threading.Event()

    def send() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n" + PAGE.encode()
        begun.set()
        site.over.wait(30)

    site.answers["/page"] = Answer(raw=send)
    command = [sys.executable, "-m", "regesta", "add", "--allow-private", site.root + "/page"]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert begun.wait(30)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.strip()) == (130, b"", b"regesta: interrupted")
    assert list((project / "sources").iterdir()) == []


def test_many_at_once(project: Path) -> None:
    def some(worker: int) -> None:
        keeper = Keeper(project / "sources")
        for n in range(10):
            keeper.keep("page.html", f"{worker} {n}".encode(), {"title": f"{worker} {n}"})

    workers = [threading.Thread(target=some, args=(n,)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    tables = noted(project)
    assert len(tables) == len(files(project)) == 40
    assert all((project / "sources" / n).read_text() == t["title"] for n, t in tables.items())


# The command


def test_one_of_several_fails(project: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.answers["/two"] = Answer(gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"})
    given = [site.root + "/page", site.root + "/none", "ftp://example.org/x", site.root + "/two"]
    assert main(["add", "--allow-private", "--json", *given]) == 1
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert [t["status"] for t in told] == ["added", "failed", "failed", "added"]
    assert "404" in told[1]["error"]
    assert "no address of the web" in told[2]["error"]
    assert captured.err == ""
    assert len(files(project)) == 2
    assert site.paths.count("/robots.txt") == 1


def test_one_line_where_it_fails(project: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /page\n", "text/plain")
    for given, told in {
        (site.root + "/page",): "private network",
        ("--allow-private", site.root + "/page"): "save the page with a browser and add the file",
        ("https://ada:secret@example.org/",): "password",
        ("none.txt",): "no such file",
    }.items():
        assert main(["add", *given]) == 2
        captured = capsys.readouterr()
        assert told in captured.err
        assert captured.err.count("\n") == 1
        assert "secret" not in captured.err
        assert captured.out == ""
    assert files(project) == []


@pytest.mark.usefixtures("project")
def test_what_is_printed(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", "--allow-private", site.root + "/page"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "\x1b" not in captured.out
    assert "added\n" in captured.out
    assert "  title     A page\n" in captured.out
    agents = {headers["User-Agent"] for _, headers in site.asked}
    assert agents == {AGENT}
    assert AGENT.startswith("regesta/")
    assert "+https://" in AGENT


def test_a_build_never_asks_the_network(project: Path, site: Site) -> None:
    """No reader fetches what a page, a stylesheet, an entity or a table names."""
    (project / "sources" / "page.html").write_text(
        f'<!DOCTYPE html SYSTEM "{site.root}/a.dtd"><base href="{site.root}"><link rel=stylesheet href="b.css">'
        f'<script src="c.js"></script><p>Ada Brook fled in 1953.<img src="{site.root}/d.png"><iframe src="{site.root}/e">'
    )
    (project / "sources" / "page.xhtml").write_text(
        f'<?xml version="1.0"?><?xml-stylesheet href="{site.root}/f.xsl"?><!DOCTYPE html [<!ENTITY x SYSTEM "{site.root}/g">'
        f'<!ENTITY % y SYSTEM "{site.root}/h"> %y;]><html xmlns="http://www.w3.org/1999/xhtml"><p>&x; fled in 1953.</p></html>'
    )
    (project / "sources" / "notes.md").write_text(f"# Notes\n\n![x]({site.root}/i.png) [y]({site.root}/j)\n")
    (project / "sources" / "page.wikitext").write_text(f"{{{{:{site.root}/k}}}} [[File:l.png]] Ada fled.\n")
    (project / "sources" / "a.csv").write_text(f'Name,Year\n"=WEBSERVICE(""{site.root}/m"")",1953\n')
    guard = (
        "import sys\n"
        "sys.addaudithook(lambda event, _: event.startswith(('socket.connect', 'socket.getaddrinfo', 'urllib')) and sys.exit(99))\n"
        "from regesta.cli import main\n"
        "sys.exit(main(['build', '--jobs', '1', '--no-cache']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", guard], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert site.asked == []
