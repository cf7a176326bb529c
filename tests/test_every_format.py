"""One story in every format: the same people arrive on the same days, and every quote leads back to where it stands."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
import zstandard

import regesta
from regesta.pipeline import SUFFIXES, rebuild

TITLE = "Those who came to Sund"
TOLD = (
    "Ada Brook, a pilot, fled to Sund on 21 September 1953.",
    "Jan Novak, a teacher, arrived in Sund on 5 May 1962.",
)
ARRIVALS = {("Ada Brook", "1953-09-21"), ("Jan Novak", "1962-05-05")}
HTML = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{''.join(f'<p>{t}</p>' for t in TOLD)}</body></html>"
TEXT = "\n\n".join((TITLE, *TOLD)) + "\n"
WIKI = "\n\n".join((f"= {TITLE} =", *TOLD)) + "\n"
ROWS = "Name,Occupation,Date of arrival\nAda Brook,pilot,21 September 1953\nJan Novak,teacher,5 May 1962\n"


def docx(path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading(TITLE, 1)
    for told in TOLD:
        document.add_paragraph(told)
    document.save(str(path))


def xlsx(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS.splitlines():
        sheet.append(row.split(","))
    book.save(path)


def odt(path: Path) -> None:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text")
    )
    told = "".join(f"<text:p>{t}</text:p>" for t in TOLD)
    heading = f'<text:h text:outline-level="1">{TITLE}</text:h>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body><office:text>{heading}{told}</office:text></office:body>"
            "</office:document-content>",
        )


def epub(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        file.writestr(
            "b.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
            '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="c"/></spine></package>',
        )
        file.writestr("c.xhtml", HTML.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">'))


def pdf(path: Path) -> None:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    story = [Paragraph(TITLE, styles["Heading1"]), *(Paragraph(t, styles["Normal"]) for t in TOLD)]
    SimpleDocTemplate(str(path)).build(story)


def mail(path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = TITLE
    message["Date"] = "Mon, 01 Jun 1970 10:00:00 +0000"
    message.set_content("\n\n".join(TOLD))
    path.write_bytes(message.as_bytes())


def mhtml(path: Path) -> None:
    message = EmailMessage()
    message["Content-Location"] = "https://example.org/page.html"
    message.set_content(HTML, subtype="html")
    message.make_related()
    path.write_bytes(message.as_bytes())


def tar_zst(path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as file:
        info = tarfile.TarInfo("deep/a.txt")
        info.size = len(TEXT.encode())
        file.addfile(info, io.BytesIO(TEXT.encode()))
    path.write_bytes(zstandard.compress(buffer.getvalue()))


def packed(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("deep/a.html", HTML)


def dump(path: Path) -> None:
    page = (
        f"<page><title>{TITLE}</title><ns>0</ns><id>1</id><revision><id>7</id><timestamp>2012-01-05T00:00:00Z</timestamp>"
        f"<text>{WIKI}</text></revision></page>"
    )
    xml = f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en">{page}</mediawiki>'
    path.write_bytes(bz2.compress(xml.encode()))


def warc(path: Path) -> None:
    body = HTML.encode()
    http = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
        + body
    )
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:5f5c5c5e-1d2f-4a0b-8f0e-000000000001>\r\n"
        b"WARC-Date: 2020-02-03T04:05:06Z\r\nWARC-Target-URI: https://example.org/page.html\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
    )
    path.write_bytes(gzip.compress(head + http + b"\r\n\r\n"))


def mbox(path: Path) -> None:
    mail(path)
    path.write_bytes(b"From ada@example.org Mon Jun  1 10:00:00 1970\n" + path.read_bytes() + b"\n")


def words(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


MAKERS: dict[str, Callable[[Path], object]] = {
    "a.txt": words(TEXT),
    "a.md": words("\n\n".join((f"# {TITLE}", *TOLD))),
    "a.html": words(HTML),
    "a.wikitext": words(WIKI),
    "a.csv": words(ROWS),
    "a.tsv": words(ROWS.replace(",", "\t")),
    "a.json": words(json.dumps([{"title": TITLE, "text": "\n\n".join(TOLD)}])),
    "a.jsonl": words("".join(json.dumps({"title": t[:9], "text": t}) + "\n" for t in TOLD)),
    "a.docx": docx,
    "a.odt": odt,
    "a.xlsx": xlsx,
    "a.epub": epub,
    "a.pdf": pdf,
    "a.eml": mail,
    "a.mhtml": mhtml,
    "a.zip": packed,
    "a.tar.zst": tar_zst,
    "a.txt.gz": lambda path: path.write_bytes(gzip.compress(TEXT.encode())),
    "a.xml.bz2": dump,
    "a.warc.gz": warc,
    "a.mbox": mbox,
}


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_people_arrive(name: str, tmp_path: Path) -> None:
    MAKERS[name](tmp_path / name)
    built = rebuild([tmp_path / name], output=tmp_path / "a.duckdb")
    assert built.failures == ()
    with regesta.open(tmp_path / "a.duckdb") as chronicle:
        (source,) = chronicle.sources()
        text = chronicle.text(source.name)
        found = {(claim.subject_label, claim.value_edtf) for claim in chronicle.claims(predicate="arrival")}
        assert found == ARRIVALS
        for claim in chronicle.claims():
            for e in chronicle.evidence(claim):
                assert text[e.start_char : e.end_char] == e.quote
                assert chronicle.places(e.source, e.start_char, e.end_char)


def test_no_format_is_forgotten() -> None:
    tried = {suffix for name in MAKERS for suffix in ("." + part for part in name.split(".")[1:])}
    others = {
        ".htm", ".xhtml", ".wiki", ".mediawiki", ".tab", ".markdown", ".text", ".ndjson", ".geojson", ".docm", ".fodt", ".xlsm",
        ".xls", ".ods", ".mht", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst", ".xz", ".lzma", ".zstd", ".mbx", ".wacz", ".ott", ".ots", ".fods",
    }  # fmt: skip
    assert SUFFIXES - tried - others == set()
