"""Mails and pages saved as MHTML: what is read, where it leads back to, and hostile ones."""

from __future__ import annotations

import base64
import email
import re
import sys
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Document, Source
from regesta.reading import read_bytes

sys.path.insert(0, str(Path(__file__).parent / "blocks"))

from nesting import outside

BODY = """Dear Nuno,

Amina Diallo (34) came from Kayes to Lisbon on 3 May 1997.

On 2 May, Nuno wrote:
> Who came?
> And when?
>
> Nuno

Yours, Ada
--\x20
Ada Brook
Harbour Office, Sund
"""


def mail(body: str = BODY, subtype: str = "plain", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada Brook <ada@x.example>"
    message["To"] = "nuno@x.example"
    message["Date"] = "Sat, 03 May 1997 10:00:00 +0100"
    message["Subject"] = "Chegada à cidade"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body, subtype=subtype)
    return message


def read(data: bytes, name: str = "a.eml") -> Document:
    return read_bytes(data, Source(name=name))


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.content.of(document.text)) for block in document.blocks]


def part(data: bytes, number: str) -> str:
    """Return the decoded words of a part, by the standard library and IMAP's numbers."""
    here: Any = email.message_from_bytes(data, policy=policy.default)
    if here.is_multipart():
        for step in number.split("."):
            here = list(here.iter_parts())[int(step) - 1]
    return str(here.get_content())


def leads_back(document: Document, data: bytes) -> int:
    """Check that the words of every paragraph stand where their place says; return how many did."""
    n = 0
    for block in document.blocks:
        place = block.place
        if block.kind in ("paragraph", "quote", "list_item") and place.part and place.line:
            line = re.split(r"\r\n|\r|\n", part(data, place.part))[place.line - 1]
            assert block.content.of(document.text).split("\n")[0].strip() in re.sub(r"<[^>]*>", "", line)
            n += 1
    return n


@pytest.mark.parametrize("cte", ["8bit", "quoted-printable", "base64"])
def test_a_plain_mail_and_its_way_back(cte: str) -> None:
    message = mail()
    message.set_content(BODY + "\nçafé\n", cte=cte)
    data = message.as_bytes()
    document = read(data)
    assert (document.title, document.source.date) == ("Chegada à cidade", "1997-05-03")
    blocks = shown(document)
    assert blocks[0] == ("heading", "Chegada à cidade")
    assert [w for k, w in blocks if k == "furniture"][:3] == [
        "From: Ada Brook <ada@x.example>",
        "To: nuno@x.example",
        "Date: Sat, 03 May 1997 10:00:00 +0100",
    ]
    assert ("paragraph", "Amina Diallo (34) came from Kayes to Lisbon on 3 May 1997.") in blocks
    assert ("quote", "Who came?\nAnd when?") in blocks
    assert ("quote", "Nuno") in blocks
    assert ("furniture", "Ada Brook\nHarbour Office, Sund") in [
        (k, w.removeprefix("--\n")) for k, w in blocks
    ]
    assert leads_back(document, data) >= 5


def test_of_alternatives_the_plain_one_is_read_and_attachments_are_said() -> None:
    message = mail("Kim fled in 1953.\n")
    message.add_alternative("<p>Kim <b>fled</b> in 1953.</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="relatório.pdf")
    message.add_attachment("noted\n", filename="notes.txt")
    document = read(message.as_bytes())
    assert document.text.count("Kim fled") == 1
    assert [reason for _, code, reason in document.problems if code == "R040"] == [
        "an attachment, 'relatório.pdf', was not read", "an attachment, 'notes.txt', was not read",
    ]  # fmt: skip
    assert leads_back(document, message.as_bytes()) == 1


def test_html_is_read_where_there_is_nothing_else() -> None:
    message = mail(
        "<html><body><h1>News</h1><p>Kim fled in 1953.</p><ul><li>Lee stayed</ul></body></html>", "html"
    )
    document = read(message.as_bytes())
    assert ("list_item", "Lee stayed") in shown(document)
    place = next(b.place for b in document.blocks if b.content.of(document.text) == "Kim fled in 1953.")
    assert (place.part, place.xpath) == ("1", "/html/body/p")
    assert leads_back(document, message.as_bytes()) >= 1


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("euc-kr", "김철수가 왔다."),
        ("iso-2022-jp", "金さんが来た。"),
        ("windows-1251", "Иван приехал."),
        ("utf-16", "Kim"),
        ("x-unknown", "Kim fled"),
    ],
)
def test_the_charset_that_a_mail_declares(charset: str, words: str) -> None:
    data = f"From: a@x.example\nSubject: x\nContent-Type: text/plain; charset={charset}\n\n".encode()
    encoded = words.encode("ascii" if charset == "x-unknown" else charset)
    if charset == "utf-16":
        data = data.replace(b"\n\n", b"\nContent-Transfer-Encoding: base64\n\n")
        encoded = b"//5LAGkAbQA="
    assert ("paragraph", words) in [(("paragraph"), w) for _, w in shown(read(data + encoded))]


def test_a_mail_without_a_suffix_is_known_by_its_header() -> None:
    assert read_bytes(mail().as_bytes(), Source(name="1234")).source.format == "mail"
    assert read_bytes(b"From: the sea\n\nKim fled.", Source(name="poem")).source.format == "text"


@pytest.mark.parametrize(
    "data",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(10_000)),
        b"Content-Type: message/rfc822\n\n" * 10_000,
        b"Subject: " + b"(" * 1_000_000 + b"\n\nx", b"Subject: " + b"=?utf-8?B?" * 100_000 + b"\n\nx", b"To: " + b"a@b," * 500_000 + b"\n\nx",
        b"X: y\n" * 300_000 + b"\nKim fled.", b"Subject: x\n" + b" y\n" * 300_000 + b"\nKim", b"Date: " + b"1" * 1_000_000 + b"\n\nx", b"", b"\n\n\n", b"\0\1\2",
        b"Subject: x\n\n" + b">" * 1_000_000, b"Subject: x\n\n" + b"> a\nb\n" * 20_000, b"Subject: x\n\n" + b"--\n" * 20_000, b"Subject: \xff\xfe\n\n\xff\xfe\0",
        b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\na\n" * 20_000, b'Content-Type: text/plain; charset="\xff"\n\nx',
        b"Content-Type: text/plain; charset*0*=a;charset*1=b\nContent-Transfer-Encoding: base64\n\n====", b"Subject: =?x?q?=41?= =?utf-8?b?!!!?=\n\nx",
        b'Content-Type: multipart/mixed; boundary="' + b"(a+)+" * 10_000 + b'"\n\n' + b"aaaa\n" * 10_000, b"Subject: \xed\xa0\x80\n\n\xed\xa0\x80",
        b"Subject: =?a\0b?q?=41=E9?=\nContent-Type: text/plain; charset=a\0b\n\n\xe9", b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" + b"b9" * 200_000,
    ],
    ids=range(23),
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.eml", "a.mht"])
def test_hostile_messages(data: bytes, name: str) -> None:
    try:
        document = read(data, name)
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017 - both ends are right
        return
    document.text.encode()
    assert all(b.span.end <= len(document.text) for b in document.blocks)


@given(st.text(max_size=200), st.sampled_from(["plain", "html"]))
@settings(deadline=None, max_examples=150)
def test_every_word_of_a_body_is_in_some_block(words: str, subtype: str) -> None:
    words = "".join(c for c in words if (c.isprintable() and c not in "<>&-") or c == "\n")
    document = read(mail(words or "x", subtype).as_bytes())
    assert not re.sub(r"[:\s]", "", outside(document))


# MHTML

PAGE = '<html><head><meta charset="gb2312"><title>Anais</title></head><body><h1>Anais</h1>\n<p>Ana chegou em 1975.</p></body></html>'


def saved(page: str = PAGE, location: str = "https://a.example/anais?x=1", start: str = "") -> bytes:
    parts = [
        ("text/css", "style", b"p { color: red }", ""),
        ("text/html; charset=utf-8", "root", page.encode(), location),
        ("text/html; charset=utf-8", "frame", b"<p>buy</p>", "cid:frame"),
        ("image/png", "pic", b"\x89PNG", ""),
    ]
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: "
        + location
        + "\r\nSubject: =?utf-8?Q?Ana=C3=AFs?=\r\nDate: Tue, 5 Mar 2019 08:00:00 -0000\r\n"
    )
    head += f'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; {start}boundary="----b"\r\n\r\n'
    body = b"".join(
        f"------b\r\nContent-Type: {media}\r\nContent-ID: <{name}@mhtml>\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {place}\r\n\r\n".encode()
        + base64.encodebytes(data)
        + b"\r\n"
        for media, name, data, place in parts
    )
    return head.encode() + body + b"------b--\r\n"


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "saved"])
def test_a_saved_page(name: str) -> None:
    document = read(saved(), name)
    source = document.source
    assert (source.format, source.url, source.retrieved) == (
        "mhtml",
        "https://a.example/anais?x=1",
        "2019-03-05",
    )
    assert document.title == "Anais"
    assert shown(document) == [("heading", "Anais"), ("paragraph", "Ana chegou em 1975.")]
    place = document.blocks[1].place
    assert (place.part, place.xpath, place.line) == ("2", "/html/body/p", 2)
    assert "Ana chegou" in part(saved(), "2").split("\n")[1]
    assert [reason for _, code, reason in document.problems if code == "R040"] == [
        "1 frames of the page were not read"
    ]


def test_the_page_that_the_file_names_as_its_start() -> None:
    assert read(saved(start='start="<frame@mhtml>"; '), "a.mht").text == "buy"


def test_a_file_without_a_page_is_said() -> None:
    with pytest.raises(ReadError, match="holds no page"):
        read(b"Content-Type: image/png\n\nx", "a.mht")
