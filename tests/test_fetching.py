"""Fetching: what is asked for and what never is, whom a visit obeys, and what it costs at most. The sites are real, on loopback."""

from __future__ import annotations

import ast
import datetime as dt
import gzip
import re
import shutil
import socket
import ssl
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "web"))

from loopback import Answer, Headers, Site, running

from regesta.errors import ReadError
from regesta.fetching import (
    Clock,
    Fetched,
    Head,
    Known,
    Limits,
    Visitor,
    file_name,
    original_of,
    own_address,
    suffix_for,
    web_address,
)
from regesta.fetching.addresses import is_public
from regesta.fetching.headers import head_of, seconds_to_wait
from regesta.fetching.robots import MAX_SIZE, rules_of

SRC = Path(__file__).parents[1] / "src" / "regesta"
NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
PAGE = b"<!DOCTYPE html><title>A page</title><p>Ada Brook fled in 1953."
QUICK = Limits(pause=0, size=1 << 20, read=5, total=20)


class Time:
    """A clock that stands still but while somebody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: NOW, passed=lambda: self.at, sleep=self.sleep)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        site.answers["/page"] = Answer(PAGE)
        yield site


def visitor(limits: Limits = QUICK) -> Visitor:
    return Visitor(agent="regesta/test (+https://example.org)", limits=limits, allow_private=True)


def refused(site: Site, path: str = "/page", limits: Limits = QUICK) -> str:
    with pytest.raises(ReadError) as caught:
        visitor(limits).fetch(site.root + path)
    return str(caught.value)


# Addresses


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://EXAMPLE.org:443/A?b#c", "https://example.org/A?b"),
        ("http://example.org:8080/%7ejoe/%c3%a9", "http://example.org:8080/~joe/%C3%A9"),
        ("http://example.org/a/./b/../c/..", "http://example.org/a/"),
        ("http://example.org//x//y", "http://example.org//x//y"),
        ("http://example.org/../../x", "http://example.org/x"),
        ("http://example.org/100%", "http://example.org/100%25"),
        ("http://example.org/a b?c d", "http://example.org/a%20b?c%20d"),
        ("http://bücher.example/김", "http://xn--bcher-kva.example/%EA%B9%80"),
        ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"),
        ("  https://example.org/x\n", "https://example.org/x"),
    ],
)
def test_addresses_are_written_one_way(written: str, normal: str) -> None:
    assert web_address(written) == normal
    assert web_address(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        "", "example.org", "ftp://example.org/", "file:///etc/passwd", "https://", "https:///x", "http://a b/", "data:text/html,x",
        "http://[::1", "http://example.org:99999/", "http://example.org:0/", "http://ex\u2100mple.org/", "gopher://a/", "javascript:alert(1)",
        "http://" + "a" * 70 + ".example\u00e9/", "http://example.org/" + "a" * 9000,
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ReadError):
        web_address(text)


def test_passwords_are_neither_sent_nor_shown() -> None:
    with pytest.raises(ReadError) as caught:
        web_address("https://ada:secret@example.org/x")
    assert "secret" not in str(caught.value)
    assert "password" in str(caught.value)


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.text(max_size=40))
def test_an_address_in_normal_form_is_its_own(path: str, query: str) -> None:
    try:
        normal = web_address(f"https://example.org/{path}?{query}")
    except ReadError:
        return
    assert web_address(normal) == normal
    assert normal.isascii()
    assert "/../" not in normal.partition("?")[0]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
        "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:192.168.0.1",
        "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "198.18.0.1", "192.0.2.1", "240.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("stated", "fetched", "own"),
    [
        ("https://example.org/a", "https://example.org/a?utm=1", "https://example.org/a"),
        ("https://www.example.org/a", "https://example.org/a", "https://www.example.org/a"),
        ("https://ko.example.org/a", "https://ko.m.example.org/a", "https://ko.example.org/a"),
        ("https://example.org/a", "http://example.org/a", "https://example.org/a"),
        ("a", "https://example.org/x/b?c", "https://example.org/x/a"),
        ("//example.org/a", "https://example.org/b", "https://example.org/a"),
        ("https://news.example.org/a", "https://example.org/a", "https://news.example.org/a"),
        # and what no page may call itself
        ("https://paper.example/a", "https://example.org/a", None),
        ("https://example.org.evil.example/a", "https://example.org/a", None),
        ("https://evil-example.org/a", "https://example.org/a", None),
        ("https://hosting.example/a", "https://ada.hosting.example/a", None),
        ("http://example.org/a", "https://example.org/a", None),
        ("https://example.org:8443/a", "https://example.org/a", None),
        ("https://example.org/", "https://example.org/a", None),
        ("https://example.org/", "https://example.org/?p=12", None),
        ("https://u:p@example.org/a", "https://example.org/a", None),
        ("javascript:alert(1)", "https://example.org/a", None),
        ("https://[", "https://example.org/a", None),
        ("http://x.127.0.0.1/", "http://127.0.0.1/", None),
    ],
)  # fmt: skip
def test_the_address_that_a_page_states(stated: str, fetched: str, own: str | None) -> None:
    assert own_address(stated, fetched) == own


@pytest.mark.parametrize(
    ("archived", "original"),
    [
        ("https://web.example/web/20120130120000/http://a.example/b?c=d", "http://a.example/b?c=d"),
        ("https://web.example/web/20120130120000id_/http:/a.example/b", "http://a.example/b"),
        ("https://kept.example/2012/https://a.example/", "https://a.example/"),
        ("https://a.example/2012/page", None),
        ("https://a.example/2012/ftp://b.example/", None),
        ("https://a.example/x?u=/2012/http://u:p@b.example/", None),
    ],
)
def test_the_address_within_an_archive(archived: str, original: str | None) -> None:
    assert original_of(archived) == original


# Names


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.text(max_size=80))
def test_names_are_safe(path: str, query: str) -> None:
    try:
        url = web_address(f"https://www.example.org/{path}?{query}")
    except ReadError:
        return
    name = file_name(url, ".html")
    assert name == file_name(url, ".html")
    assert name.endswith(".html")
    assert not name.startswith((".", "-", "~"))
    assert not set(name) & set('/\\:*?"<>|\0\n $&;`!')
    assert len(name.encode()) < 200


def test_names_keep_letters() -> None:
    assert file_name("https://ko.example.org/wiki/%EA%B9%80", ".html") == "ko.example.org_wiki_김.html"
    assert file_name("https://example.org/../etc/passwd", ".txt") == "example.org_.._etc_passwd.txt".replace(
        "..", "."
    )
    long = [file_name(f"https://example.org/{'a' * 400}{n}", ".html") for n in range(2)]
    assert long[0] != long[1]


@pytest.mark.parametrize(
    ("media_type", "name", "suffix"),
    [
        ("text/html", "x.php", ".html"), ("text/plain", "README.md", ".md"), ("text/plain", "x", ".txt"),
        ("application/octet-stream", "x.PDF", ".pdf"), ("application/octet-stream", "x", ""), ("", "x", ""),
        ("image/png", "x.pdf", None), ("application/zip", "x.zip", None), ("application/pdf", "download", ".pdf"),
    ],
)  # fmt: skip
def test_endings(media_type: str, name: str, suffix: str | None) -> None:
    assert suffix_for(media_type, [name], {".html", ".txt", ".md", ".pdf"}) == suffix


# Headers


def test_headers(site: Site) -> None:
    link = '<https://a.example/b>; rel="canonical", </by>; rel=license; type="text/html", <x,y>; title="a, b"; rel="next"'
    site.answers["/page"] = Answer(
        PAGE, "Text/HTML; Charset=EUC-KR", 200,
        {"Link": link, "Content-Language": "ko", "Last-Modified": "Mon, 30 Jan 2012 10:00:00 GMT", "ETag": '"5a"'},
    )  # fmt: skip
    head = visitor().fetch(site.root + "/page").head
    assert (head.media_type, head.charset, head.language, head.etag) == ("text/html", "euc-kr", "ko", '"5a"')
    assert (head.canonical, head.licence) == ("https://a.example/b", "/by")
    assert head.modified == dt.datetime(2012, 1, 30, 10, tzinfo=dt.UTC)


@given(st.dictionaries(st.sampled_from(["Link", "Last-Modified", "Content-Type", "Content-Language", "ETag", "Date", "Memento-Datetime", "Content-Disposition"]), st.text(max_size=200)))  # fmt: skip
def test_no_header_is_too_odd(headers: dict[str, str]) -> None:
    from email.message import Message

    message = Message()
    for name, value in headers.items():
        message[name] = value.replace("\n", " ").replace("\r", " ")
    assert head_of("https://example.org/", message, NOW).url == "https://example.org/"
    seconds_to_wait(headers.get("Link"), NOW)


# robots.txt


@pytest.mark.parametrize(
    ("rules", "path", "may"),
    [
        ("User-agent: *\nDisallow: /*.gif$\n", "/a/x.gif", False),
        ("User-agent: *\nDisallow: /*.gif$\n", "/a/x.gif?y", True),
        ("User-agent: *\nDisallow: /\nAllow: /pub/\n", "/pub/x", True),
        ("User-agent: *\nDisallow: /pa\nAllow: /p\n", "/page", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a\n", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: regesta\nDisallow: /x\n", "/y", True),
        ("User-agent: REGESTA\nDisallow: /x\n", "/x", False),
        ("User-agent: regesta/0.1\nDisallow: /x\n", "/x", False),
        (
            "User-agent: regesta\nDisallow: /a\nUser-agent: b\nDisallow: /b\nUser-agent: regesta\nDisallow: /c\n",
            "/c",
            False,
        ),
        ("User-agent: a\nUser-agent: regesta\nDisallow: /c\n", "/c", False),
        ("\ufeffUser-agent: *\r\nDisallow: /c # no\r\n", "/c", False),
        ("User-agent: *\nDisallow: /%7Ejoe\n", "/~joe/x", False),
        ("User-agent: *\nDisallow: /café\n", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow:\n", "/c", True),
        ("Disallow: /c\n", "/c", True),
        ("User-agent: gesta\nDisallow: /\n", "/c", True),
        ("User-agent: regestabot\nDisallow: /\n", "/c", True),
        ("<html>no robots here</html>", "/c", True),
    ],
)
def test_rules(rules: str, path: str, may: bool) -> None:
    assert rules_of(200, rules.encode()).allow("https://example.org" + path) is may


@pytest.mark.parametrize(("status", "may"), [(404, True), (401, True), (403, True), (410, True), (429, False), (500, False), (503, False)])  # fmt: skip
def test_rules_that_cannot_be_had(site: Site, status: int, may: bool) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", "text/plain", status)
    if may:
        assert visitor().fetch(site.root + "/page").data == PAGE
    else:
        assert "robots.txt cannot be had" in refused(site)
        assert site.paths == ["/robots.txt"]


def test_rules_made_to_be_slow() -> None:
    agents = "".join(f"User-agent: a{i}\n" for i in range(16_000))
    many = agents + "".join(f"Disallow: /b{i}\n" for i in range(17_000))
    stars = "User-agent: *\nDisallow: /" + "*a" * 200_000 + "b\n"
    for text in (
        many,
        agents.replace("\n", "\x0b"),
        stars,
        "user " * 100_000,
        "User-agent: *\n" + "Disallow: /*a*b\n" * 30_000,
    ):
        assert rules_of(200, text.encode()).allow("https://example.org/" + "a" * 7000)


def test_what_robots_forbids_is_not_asked_for(site: Site) -> None:
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /p\n", "text/plain")
    assert "robots.txt asks programs not to" in refused(site)
    assert site.paths == ["/robots.txt"]
    site.answers["/robots.txt"] = Answer(b"#" * MAX_SIZE + b"\nUser-agent: *\nDisallow: /p\n", "text/plain")
    assert visitor().fetch(site.root + "/page").data == PAGE  # behind the first 500 KiB
    site.answers["/robots.txt"] = Answer(gzip.compress(b"User-agent: *\nDisallow: /p\n"), "text/plain", 200, {"Content-Encoding": "gzip"})  # fmt: skip
    assert "robots.txt asks" in refused(site)
    site.answers["/robots.txt"] = Answer(status=301, headers={"Location": "/rules"})
    site.answers["/rules"] = Answer(b"User-agent: *\nDisallow: /p\n", "text/plain")
    assert "robots.txt asks" in refused(site)
    site.answers["/robots.txt"] = Answer(b"User-agent: *\n", "text/plain", 200, {"Content-Length": "900"})
    assert "robots.txt cannot be had" in refused(site)


def test_where_a_redirect_leads_robots_is_asked_again(site: Site) -> None:
    with running() as other:
        other.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", "text/plain")
        other.answers["/page"] = Answer(PAGE)
        site.answers["/page"] = Answer(status=302, headers={"Location": other.root + "/page"})
        assert "robots.txt asks" in refused(site)
        assert other.paths == ["/robots.txt"]


# Visits


def test_a_page_and_nothing_else(site: Site) -> None:
    site.answers["/page"] = Answer(PAGE + b'<img src="/a.png"><script src="/b.js"></script><link rel=stylesheet href="/c.css"><meta http-equiv=refresh content="0;url=/d"><iframe src="/e">')  # fmt: skip
    page = visitor().fetch(site.root + "/page#top")
    assert site.paths == ["/robots.txt", "/page"]
    assert page.data == site.answers["/page"].body  # type: ignore[union-attr]
    assert page.asked == page.head.url == site.root + "/page"
    for _, headers in site.asked:
        assert headers["User-Agent"].startswith("regesta/")
        assert not {"Cookie", "Referer", "Authorization"} & set(headers)


def test_redirects(site: Site) -> None:
    for n in range(5):
        there = f"/r{n + 1}" if n < 4 else "/page"
        site.answers[f"/r{n}"] = Answer(
            status=(301, 302, 303, 307, 308)[n], headers={"Location": there, "Set-Cookie": "a=b"}
        )
    page = visitor().fetch(site.root + "/r0")
    assert (page.asked, page.head.url, page.data) == (site.root + "/r0", site.root + "/page", PAGE)
    assert not any("Cookie" in headers for _, headers in site.asked)
    site.answers["/r"] = Answer(status=301, headers={"Location": "/r0"})
    assert "more than 5 times" in refused(site, "/r")
    site.answers["/loop"] = Answer(status=301, headers={"Location": "/loop"})
    assert "more than 5 times" in refused(site, "/loop")


@pytest.mark.parametrize(
    "there",
    [
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "http://u:p@127.0.0.1/",
        "http://[/",
        "http://127.0.0.1:0/",
    ],
)
def test_redirects_that_are_not_followed(site: Site, there: str) -> None:
    site.answers["/page"] = Answer(status=302, headers={"Location": there})
    assert "leads to" in refused(site)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"],  # noqa: S104
)
def test_private_addresses_are_not_visited(site: Site, host: str) -> None:
    with pytest.raises(ReadError, match=r"private network|no such host"):
        Visitor(agent="a", limits=QUICK).fetch(f"http://{host}:{site.server_port}/page")
    assert site.asked == []


def test_a_name_is_looked_up_once_and_its_address_is_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address between the check and the visit gains nothing."""
    asked: list[str] = []
    answers: Iterator[str] = iter(["10.0.0.1", "127.0.0.1", "127.0.0.1"])

    def lookup(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(ReadError, match="private network"):
        Visitor(agent="a", limits=QUICK).fetch(f"http://rebind.example:{site.server_port}/page")
    assert (asked, site.asked) == (["rebind.example"], [])
    assert visitor().fetch(f"http://rebind.example:{site.server_port}/page").data == PAGE
    assert len(asked) == len(site.asked) + 1  # one look-up a connection


def test_hosts_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    with running() as gone:
        root = gone.root
    with pytest.raises(ReadError, match="refused"):
        visitor().fetch(root)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(ReadError, match="no such host"):
        visitor().fetch("http://nowhere.example/")


@pytest.mark.parametrize(("status", "told"), [(404, "no such page"), (410, "no such page"), (403, "does not give it"), (451, "does not give it"), (500, "cannot give it now"), (418, "answers 418"), (204, "answers 204")])  # fmt: skip
def test_other_answers(site: Site, status: int, told: str) -> None:
    site.answers["/page"] = Answer(
        b"", status=status, headers={"Content-Length": ""} if status == 204 else {}
    )
    assert told in refused(site)


# Pace


def test_a_second_between_requests_and_longer_where_asked(site: Site) -> None:
    time = Time()
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 7\n", "text/plain")
    calm = Visitor(agent="a", allow_private=True, clock=time.clock)
    calm.fetch(site.root + "/page")
    assert time.slept == [1.0]
    calm.fetch(site.root + "/page")
    assert time.slept == [1.0, 7.0]
    assert site.paths == ["/robots.txt", "/page", "/page"]
    time = Time()
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 86400\n", "text/plain")
    calm = Visitor(agent="a", allow_private=True, clock=time.clock)
    calm.fetch(site.root + "/page")
    calm.fetch(site.root + "/page")
    assert time.slept == [1.0, 30.0]


@pytest.mark.parametrize(
    ("asks", "waits"),
    [("12", 12.0), ("", 5.0), ("Sat, 01 Jun 2024 12:00:40 GMT", 40.0), ("soon", 5.0), ("0", 1.0)],
)
def test_one_more_try(site: Site, asks: str, waits: float) -> None:
    answers = iter([Answer(status=429, headers={"Retry-After": asks}), Answer(PAGE)])
    site.answers["/page"] = lambda _: next(answers)
    time = Time()
    page = Visitor(agent="a", allow_private=True, clock=time.clock).fetch(site.root + "/page")
    assert (page.data, time.slept) == (PAGE, [1.0, waits])


def test_no_third_try_and_no_long_wait(site: Site) -> None:
    site.answers["/page"] = Answer(status=503, headers={"Retry-After": "1"})
    time = Time()
    with pytest.raises(ReadError, match="cannot give it now"):
        Visitor(agent="a", allow_private=True, clock=time.clock).fetch(site.root + "/page")
    assert site.paths == ["/robots.txt", "/page", "/page"]
    site.answers["/page"] = Answer(status=429, headers={"Retry-After": "4000"})
    with pytest.raises(ReadError, match="come back in 4,000 s"):
        Visitor(agent="a", allow_private=True, clock=time.clock).fetch(site.root + "/page")
    assert site.paths[3:] == ["/robots.txt", "/page"]


def test_asking_again(site: Site) -> None:
    def answer(headers: Headers) -> Answer:
        same = headers.get("If-None-Match") == '"5a"'
        return Answer(status=304, headers={"Content-Length": ""}) if same else Answer(PAGE)

    site.answers["/page"] = answer
    site.answers["/moved"] = Answer(status=302, headers={"Location": "/page"})
    known = Known(url=site.root + "/page", etag='"5a"', last_modified="Mon, 30 Jan 2012 10:00:00 GMT")
    again = visitor().fetch(site.root + "/moved", known=known)
    assert (again.is_unchanged, again.data) == (True, b"")
    sent = dict(site.asked)
    assert "If-None-Match" not in sent["/moved"]
    assert sent["/page"]["If-Modified-Since"] == known.last_modified
    site.answers["/page"] = Answer(status=304, headers={"Content-Length": ""})
    assert "answers 304" in refused(site)  # nobody asked


# Bodies


def body(site: Site, data: bytes, packing: str) -> bytes:
    site.answers["/page"] = Answer(data, headers={"Content-Encoding": packing})
    fetched: Fetched = visitor().fetch(site.root + "/page")
    return fetched.data


def test_packed_bodies(site: Site) -> None:
    long = PAGE * 5000
    bare = zlib.compressobj(wbits=-15)
    assert body(site, gzip.compress(long), "gzip") == long
    assert body(site, gzip.compress(long), "x-gzip") == long
    assert body(site, gzip.compress(long) + gzip.compress(PAGE) + b"\0" * 9, "GZIP") == long + PAGE
    assert body(site, zlib.compress(long), "deflate") == long
    assert body(site, bare.compress(long) + bare.flush(), "deflate") == long
    assert body(site, PAGE, "identity") == PAGE


@pytest.mark.parametrize(
    ("data", "packing", "told"),
    [
        (gzip.compress(b"\0" * (64 << 20)), "gzip", "larger than 1 MB"),
        (zlib.compress(b"\0" * (64 << 20)), "deflate", "larger than 1 MB"),
        (gzip.compress(PAGE) * 40_000, "gzip", "larger than 1 MB"),
        (gzip.compress(PAGE * 99)[:-20], "gzip", "ended early"),
        (b"no gzip", "gzip", "badly packed"),
        (PAGE, "br", "not asked for"),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip", "not asked for"),
        (b"", "gzip", "is empty"),
        (b"", "identity", "is empty"),
        (b"x" * (2 << 20), "identity", "larger than 1 MB (2,097,152 bytes)"),
    ],
    ids=range(10),
)
def test_bodies_that_are_refused(site: Site, data: bytes, packing: str, told: str) -> None:
    with pytest.raises(ReadError) as caught:
        body(site, data, packing)
    assert told in str(caught.value)


def raw(site: Site, *pieces: bytes, wait: float = 0) -> None:
    def send() -> Iterable[bytes]:
        for piece in pieces:
            if wait:
                site.over.wait(wait)
            yield piece

    site.answers["/page"] = Answer(raw=send)


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_wrong_lengths_and_chunks(site: Site) -> None:
    raw(site, OK + b"Content-Length: 5000\r\n\r\n" + PAGE)
    assert "ended early, after 62 of 5,000 bytes" in refused(site)
    raw(site, OK + b"Content-Length: 4\r\n\r\n" + PAGE)
    assert visitor().fetch(site.root + "/page").data == PAGE[:4]
    chunk = b"%x\r\n%s\r\n" % (len(PAGE), PAGE)
    raw(site, OK + b"Transfer-Encoding: chunked\r\n\r\n", chunk, chunk, b"0\r\n\r\n")
    assert visitor().fetch(site.root + "/page").data == PAGE * 2
    raw(site, OK + b"Transfer-Encoding: chunked\r\n\r\n", chunk, chunk[:9])
    assert "ended early" in refused(site)
    raw(site, OK + b"Transfer-Encoding: chunked\r\n\r\n", *[b"8000\r\n" + b"x" * 0x8000 + b"\r\n"] * 40)
    assert "larger than 1 MB" in refused(site)
    raw(site, OK + b"\r\n" + PAGE)  # ends where the connection does
    assert visitor().fetch(site.root + "/page").data == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9\r\n", b"\0\1\2", b"HTTP/1.1 abc OK\r\n\r\n", b"", OK + b"X: y\r\n" * 500 + b"\r\n",
        OK + b"X: " + b"y" * 100_000 + b"\r\n\r\n", b"HTTP/1.1 " + b"2" * 100_000, OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=range(8),
)  # fmt: skip
def test_answers_that_are_none(site: Site, answer: bytes) -> None:
    raw(site, answer)
    assert "cannot be fetched" in refused(site) or "ended early" in refused(site)


def test_slow_sites(site: Site) -> None:
    hasty = Limits(pause=0, read=0.3, total=0.6)
    raw(site, OK + b"\r\n", *[b"x"] * 1000, wait=0.05)
    assert "longer than 0.6 s in all" in refused(site, limits=hasty)
    raw(site, *[b"H"] * 1000, wait=0.05)  # not even a status line
    assert "longer than 0.6 s in all" in refused(site, limits=hasty)
    raw(site, OK + b"\r\n", b"late", wait=2)
    assert "no answer in time" in refused(site, limits=hasty)


def test_the_headers_are_looked_at_before_the_body(site: Site) -> None:
    seen: list[str] = []

    def check(head: Head) -> None:
        seen.append(head.media_type)
        raise ReadError("not that")

    raw(site, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 900000000\r\n\r\n")
    with pytest.raises(ReadError, match="not that"):
        visitor().fetch(site.root + "/page", check=check)
    assert seen == ["image/png"]


def test_progress_is_told(site: Site) -> None:
    told: list[tuple[int, int | None]] = []
    site.answers["/page"] = Answer(b"x" * 200_000)
    visitor().fetch(site.root + "/page", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (200_000, 200_000)
    assert len(told) > 2


# TLS


def test_certificates_are_checked(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=loopback", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.scheme = "https"
    assert "certificate" in refused(site)
    assert site.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    assert visitor().fetch(site.root + "/page").data == PAGE
    with running() as other:
        site.answers["/page"] = Answer(status=302, headers={"Location": other.root + "/page"})
        assert "to an open one" in refused(site)
        assert other.asked == []
    assert "certificate" in refused_at(f"https://localhost:{site.server_port}/page")


def refused_at(url: str) -> str:
    with pytest.raises(ReadError) as caught:
        visitor().fetch(url)
    return str(caught.value)


# The rest of regesta


def test_no_other_room_knows_the_network() -> None:
    network = {
        "socket",
        "ssl",
        "http.client",
        "http",
        "urllib.request",
        "urllib3",
        "requests",
        "httpx",
        "ftplib",
        "smtplib",
        "asyncio",
    }
    imports_one_of_them = re.compile(rf"^\s*(?:import|from)\s.*\b(?:{'|'.join(network)})\b", re.MULTILINE)
    for path in SRC.rglob("*.py"):
        text = path.read_text("utf-8")
        if path.relative_to(SRC).parts[0] == "fetching" or not imports_one_of_them.search(text):
            continue  # to parse a thousand files takes a while
        for node in ast.walk(ast.parse(text)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            listening = {
                SRC / "web" / "serving.py": {"socket"},  # waits for readers
                SRC / "spark" / "session.py": {"socket"},  # looks for a cluster that its user named
                SRC / "web" / "printers.py": {"asyncio"},  # waits for the processes that print
                SRC / "web" / "application.py": {"asyncio"},  # makes one page for all who ask for it at once
            }.get(path, set())
            assert not network & set(names) - listening, path
