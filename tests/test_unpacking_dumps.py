"""MediaWiki dumps, web archives and mailboxes: pages out of streams of any length, and hostile ones."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast
from xml.sax.saxutils import escape

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.reading import read_bytes
from regesta.unpacking import Member, unpack

HEAD = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="sv">\n<siteinfo>'
    "<sitename>Krönika</sitename><base>https://w.example/wiki/Huvudsida</base></siteinfo>\n"
)


def page(title: str, *texts: str, ns: int = 0, extra: str = "", revision: str = "", number: int = 7) -> str:
    revisions = "".join(
        f"<revision><id>{100 + n}</id><timestamp>2019-0{n + 1}-05T10:00:00Z</timestamp><contributor><username>Id</username>"
        f"<id>5</id></contributor>{revision}<text bytes='9' xml:space='preserve'>{escape(text)}</text></revision>"
        for n, text in enumerate(texts)
    )
    return f"<page><title>{escape(title)}</title><ns>{ns}</ns><id>{number}</id>{extra}{revisions}</page>\n"


def dump(*pages: str) -> bytes:
    return (HEAD + "".join(pages) + "</mediawiki>").encode()


def found(data: bytes, name: str) -> tuple[list[Member], list[Rejection]]:
    items = list(unpack(io.BytesIO(data), Source(name=name)))
    return [i for i in items if isinstance(i, Member)], [i for i in items if isinstance(i, Rejection)]


def test_a_page_of_a_dump_says_where_it_is_from() -> None:
    (member,), rejections = found(
        dump(page("Åland & söner", "gammal", "'''Kim''' fled <ref>a</ref>")), "d.xml"
    )
    assert not rejections
    source = member.source
    assert member.data.decode() == "'''Kim''' fled <ref>a</ref>"
    assert (source.name, source.title, source.format) == ("d.xml/Åland & söner", "Åland & söner", "wikitext")
    assert source.url == "https://w.example/wiki/%C3%85land_%26_s%C3%B6ner"
    assert (source.date, source.language, source.revision) == ("2019-02-05", "sv", "101")
    assert read_bytes(member.data, source).text.startswith("Kim fled")


def test_the_latest_revision_is_the_latest_in_time() -> None:
    one = page("A", "new", "newer")
    (member,), _ = found(dump(one.replace("2019-02-05", "2018-01-01")), "d.xml")
    assert (member.data, member.source.revision) == (b"new", "100")


@pytest.mark.parametrize("suffix", [".bz2", ".gz", ".zst", ".xml-p1p9.bz2"])
def test_packed_dumps(suffix: str) -> None:
    data = dump(*(page(f"Page {n}", f"text {n}") for n in range(50)))
    half = len(data) // 2
    packed = {
        ".bz2": bz2.compress(data[:half])
        + bz2.compress(data[half:]),  # several streams, as Wikipedia has them
        ".xml-p1p9.bz2": bz2.compress(data),
        ".gz": gzip.compress(data),
        ".zst": zstandard.ZstdCompressor().compress(data),
    }[suffix]
    name = "d" + suffix if "xml" in suffix else "d.xml" + suffix
    members, rejections = found(packed, name)
    assert [m.source.name for m in members] == [f"{name}/Page {n}" for n in range(50)]
    assert not rejections


def test_what_is_left_out_is_counted() -> None:
    data = dump(
        page("A", "x"), page("Talk:A", "x", ns=1), page("B", "#R [[A]]", extra='<redirect title="A" />'),
        page("User:C", "x", ns=2), page("D", "{}", revision="<model>json</model>"), page("E"), page("F", ""),
    )  # fmt: skip
    members, rejections = found(data, "d.xml")
    assert [m.source.title for m in members] == ["A"]
    assert [(r.code, r.reason) for r in rejections] == [
        ("U008", f"Left out by rule: {what}.")
        for what in (
            "2 pages of other namespaces",
            "1 pages that are no wikitext",
            "2 pages without text",
            "1 redirects",
        )
    ]


def test_titles_become_names_of_their_own() -> None:
    data = dump(
        page("A", "1", number=1),
        page("A", "2", number=2),
        page("../../x", "3"),
        page("a/b", "4"),
        page("", "5"),
    )
    members, _ = found(data, "d.xml")
    assert [m.source.name for m in members] == [
        "d.xml/A",
        "d.xml/A~2",
        "d.xml/_/_/x",
        "d.xml/a/b",
        "d.xml/page 7",
    ]


def test_a_dump_cut_short_gives_the_pages_before() -> None:
    data = dump(page("A", "x"), page("B", "y"))
    members, rejections = found(data[:-40], "d.xml")
    assert [m.source.title for m in members] == ["A"]
    assert [r.code for r in rejections] == ["U004"]
    members, rejections = found(bz2.compress(data)[:-4], "d.xml.bz2")
    assert [r.code for r in rejections] == ["U004"]


def test_entity_bombs_are_no_dumps() -> None:
    bomb = (
        b'<!DOCTYPE m [<!ENTITY a "'
        + b"a" * 999
        + b'"><!ENTITY b "&a;&a;&a;&a;">]><mediawiki>&b;</mediawiki>'
    )
    with pytest.raises(ReadError, match="no archive and no dump"):
        found(bomb, "d.xml")
    late = b"<mediawiki><!DOCTYPE m [<!ENTITY a 'x'>]></mediawiki>"
    with pytest.raises(ReadError, match="broken"):
        found(late, "d.xml")
    comment = b"<mediawiki >".join([b"<!--" + b"x" * 900 + b"-->", b"&a;</mediawiki>"])
    with pytest.raises(ReadError, match="broken"):
        found(comment, "d.xml")


@pytest.mark.parametrize(
    "body",
    [
        "<page>" * 200_000, "<a x='" + "y" * 30_000_000, "<page><title>" + "t" * 5_000_000 + "</title>", "<page/>" * 10_000,
        "".join(f"<t{n}/>" for n in range(100_000)), "<page><revision><text>" * 5_000, "<page><ns>x</ns><id></id></page>", "\x01", "</page>",
    ],
    ids=range(9),
)  # fmt: skip
def test_hostile_dumps_end_soon(body: str) -> None:
    try:
        found((HEAD + body).encode(), "d.xml")
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017 - several ends are right


@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.text(max_size=40)), max_size=5))
@settings(deadline=None, max_examples=60)
def test_the_text_of_a_page_comes_out_as_it_went_in(pages: list[tuple[str, str]]) -> None:
    fit = [
        (title, text)
        for title, text in pages
        if not any(
            ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF or ord(c) in (0xFFFE, 0xFFFF) for c in title + text
        )
        and text
    ]
    members, _ = found(dump(*(page(title, text, number=n) for n, (title, text) in enumerate(fit))), "d.xml")
    assert [m.data.decode() for m in members] == [text for _, text in fit]
    assert len({m.source.name for m in members}) == len(fit)


# Web archives

OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=EUC-KR\r\n"


def record(kind: str, url: str, payload: bytes, media: str = "application/http;msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-05-01T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {media}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%x\r\n%s\r\n" % (len(body[n : n + 7]), body[n : n + 7]) for n in range(0, len(body), 7))
        + b"0\r\n\r\n"
    )


PAGE = "<html><body><p>김 fled in 1953.</p></body></html>".encode("euc_kr")
BODIES = {
    "plain": ("", PAGE),
    "gzip": ("Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
    "deflate": ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
    "bare deflate": ("Content-Encoding: deflate\r\n", zlib.compress(PAGE)[2:-4]),
    "zstd": ("Content-Encoding: zstd\r\n", zstandard.ZstdCompressor().compress(PAGE)),
    "chunked": ("Transfer-Encoding: chunked\r\n", chunked(PAGE)),
    "chunked gzip": (
        "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        chunked(gzip.compress(PAGE)),
    ),
    "said but undone": ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE),
}


@pytest.mark.parametrize("name", ["c.warc", "c.warc.gz", "c.warc.zst"])
def test_pages_of_a_web_archive_however_they_were_sent(name: str) -> None:
    records = [
        record("response", f"https://a.example/p/{n}", (OK + head + "\r\n").encode() + body)
        for n, (head, body) in enumerate(BODIES.values())
    ]
    pack = {
        "c.warc": lambda d: d,
        "c.warc.gz": gzip.compress,
        "c.warc.zst": zstandard.ZstdCompressor().compress,
    }[name]
    members, rejections = found(b"".join(map(pack, records)), name)
    assert [m.data for m in members] == [PAGE] * len(BODIES)
    assert not rejections
    source = members[0].source
    assert (source.name, source.url) == (f"{name}/a.example/p/0.html", "https://a.example/p/0")
    assert (source.retrieved, source.encoding, source.format) == ("2020-05-01", "euc-kr", "html")


def test_records_that_are_no_pages_are_counted() -> None:
    data = b"".join(
        [
            record("warcinfo", "", b"software: x\r\n", "application/warc-fields"),
            record(
                "request",
                "https://a.example/",
                b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
                "application/http;msgtype=request",
            ),
            record("response", "https://a.example/", OK.encode() + b"\r\n<p>one"),
            record("response", "https://a.example/", OK.encode() + b"\r\n<p>two"),
            record(
                "response",
                "https://a.example/x",
                b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no",
            ),
            record(
                "response",
                "https://a.example/i.png",
                b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG",
            ),
            record("resource", "file:///notes.txt", b"Kim fled.", "text/plain"),
        ]
    )
    members, rejections = found(data, "c.warc")
    assert [(m.source.name, m.data) for m in members] == [
        ("c.warc/a.example/index.html", b"<p>one"), ("c.warc/a.example/index~4.html", b"<p>two"), ("c.warc/notes.txt/index.txt", b"Kim fled."),
    ]  # fmt: skip
    assert sorted(r.reason for r in rejections) == [
        f"Left out by rule: 1 records ({what})."
        for what in ("media type image/png", "of type request", "of type warcinfo", "status 404")
    ]


def test_a_web_archive_in_a_zip_is_a_wacz() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "archive/data.warc.gz",
            gzip.compress(record("response", "https://a.example/b.html", OK.encode() + b"\r\n<p>x")),
        )
        archive.writestr("datapackage.json", "{}")
    items = list(
        unpack(io.BytesIO(out.getvalue()), Source(name="c.wacz"), wanted=lambda n: n.endswith(".html"))
    )
    assert [i.source.name if isinstance(i, Member) else i.code for i in items] == [
        "c.wacz/archive/data.warc.gz/a.example/b.html", "P001",
    ]  # fmt: skip


def test_a_web_archive_cut_short_gives_the_pages_before() -> None:
    one = record("response", "https://a.example/a", OK.encode() + b"\r\n<p>Kim fled.")
    two = record("response", "https://a.example/b", OK.encode() + b"\r\n<p>Lee stayed.")
    members, rejections = found(one + two[:-9], "c.warc")
    assert [m.data for m in members] == [b"<p>Kim fled."]
    assert [(r.source, r.code) for r in rejections] == [("c.warc/a.example/b.html", "U004")]
    members, rejections = found(gzip.compress(one) + gzip.compress(two)[:-20], "c.warc.gz")
    assert [m.data for m in members] == [b"<p>Kim fled."]
    assert "U004" in [r.code for r in rejections]


def test_a_bomb_behind_a_content_encoding() -> None:
    packed = gzip.compress(gzip.compress(b"\0" * (300 << 20), 9), 9)
    bomb = record(
        "response", "https://a.example/", (OK + "Content-Encoding: gzip, gzip\r\n\r\n").encode() + packed
    )
    members, rejections = found(
        bomb + record("response", "https://a.example/b", OK.encode() + b"\r\n<p>x"), "c.warc"
    )
    assert [m.data for m in members] == [b"<p>x"]
    assert [r.code for r in rejections] == ["U003"]


@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 400))
@settings(deadline=None, max_examples=150)
def test_ruined_web_archives(junk: bytes, at: int, cut: int) -> None:
    data = (
        record(
            "response",
            "https://a.example/",
            (OK + BODIES["chunked gzip"][0] + "\r\n").encode() + BODIES["chunked gzip"][1],
        )
        * 2
    )
    data = data[:at] + junk + data[at + len(junk) : len(data) - cut]
    try:
        found(data, "c.warc")
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017 - both ends are right


# Mailboxes


def test_a_mailbox_there_and_back() -> None:
    data = (
        b"From ada@x.example Mon Jan  3 10:00:00 2000\nSubject: one\n\nFrom the shore.\n\n>From here on.\n\n"
        b"From bo@x.example Tue Jan  4 10:00:00 2000\r\nSubject: two\r\n\r\nFrom 10 to 20 people.\r\n"
    )
    members, rejections = found(data, "box.mbox")
    assert not rejections
    assert [(m.source.name, m.source.format) for m in members] == [
        ("box.mbox/00001.eml", "mail"),
        ("box.mbox/00002.eml", "mail"),
    ]
    assert members[0].data == b"Subject: one\n\nFrom the shore.\n\nFrom here on.\n\n"
    assert members[1].data.endswith(b"From 10 to 20 people.\r\n")


def test_hostile_mailboxes() -> None:
    members, _ = found(b"From a Mon Jan  3 10:00:00 2000\n" + b"x" * 3_000_000, "b.mbox")
    assert len(members) == 1
    members, _ = found(b"From a Mon Jan  3 10:00:00 2000\n\n" * 20_000, "b.mbox")
    assert len(members) == 20_000
    with pytest.raises(ReadError, match="no mailbox"):
        found(b"\x89PNG", "b.mbox")


def test_pages_come_before_the_file_is_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        """A dump that never ends."""

        def __init__(self) -> None:
            self.pages = self.parts()
            self.left = b""

        @staticmethod
        def parts() -> Iterator[bytes]:
            yield HEAD.encode()
            while True:
                yield page("A", "x" * 10_000).encode()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            self.left = self.left or next(self.pages)
            part, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
            buffer[: len(part)] = part
            return len(part)

    file = cast("BinaryIO", io.BufferedReader(cast("Any", Endless())))
    items = unpack(file, Source(name="d.xml"))
    assert [next(items).source for _ in range(3)]
