"""PDFs that are broken, hostile, locked or mere pictures: one clear word on each, and the rest is read."""

from __future__ import annotations

import io
import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from regesta.errors import ReadError
from regesta.model import Document, Source
from regesta.reading import read_bytes
from regesta.reading.pdf import read_within
from regesta.reading.pdf.bounds import Bounds

sys.path.insert(0, str(Path(__file__).parent / "pdf"))

from typesetting import Prose, Setting, typeset

HELLO = b"BT /F1 10 Tf 50 700 Td (Words of the page.) Tj ET "


def read(data: bytes, *, title: str | None = None, ocr: str | None = None) -> Document:
    return read_bytes(data, Source(name="a.pdf", title=title, ocr=ocr))


def codes(document: Document) -> list[str]:
    return [code for _, code, _ in document.problems]


def book() -> bytes:
    data: bytes = typeset(Prose(3).book(3), Setting())
    return data


def raw(content: bytes, n_pages: int = 1) -> bytes:
    """Return pages that all have the same content stream."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    stream = pdf.make_stream(content)
    for _ in range(n_pages):
        pdf.add_blank_page(page_size=(600, 800))
        pdf.pages[-1].Contents = stream
        pdf.pages[-1].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    out = io.BytesIO()
    pdf.save(out, compress_streams=True)
    return out.getvalue()


def locked(password: str) -> bytes:
    pdf, out = pikepdf.open(io.BytesIO(book())), io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    return out.getvalue()


def scanned(n_pages: int = 1) -> bytes:
    """Return a page of text, then pictures of pages."""
    pages = pypdfium2.PdfDocument(
        typeset(Prose(4).book(1, tables=False), Setting(width=420, height=595, margin=54, size=11))
    )
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595), invariant=1)
    canvas.drawString(60, 500, "A cover that everybody can read.")
    canvas.showPage()
    for index in range(n_pages):
        canvas.drawImage(
            ImageReader(pages[index].render(scale=200 / 72).to_pil().convert("L")), 0, 0, 420, 595
        )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40, b"Kim fled."])
def test_what_is_no_pdf(data: bytes) -> None:
    with pytest.raises(ReadError, match="no PDF"):
        read(data)


def test_a_password() -> None:
    with pytest.raises(ReadError, match="encrypted and wants a password"):
        read(locked("secret"))
    assert read(locked("")).text == read(book()).text


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_a_file_that_was_cut_off(share: float) -> None:
    data = book()
    document = read(data[: int(share * len(data))])
    assert "R022" in codes(document)
    assert document.text.startswith("The long road")


def test_broken_bytes_give_a_document_or_one_clear_error() -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    for _ in range(8):
        data = bytearray(book())
        for _ in range(40):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            document = read(bytes(data))
        except ReadError:
            continue
        for run in document.runs:
            assert run.span.of(document.text)


def test_no_pages() -> None:
    out = io.BytesIO()
    pikepdf.new().save(out)
    assert codes(read(out.getvalue())) == ["R002"]


def test_limits_are_said() -> None:
    bounds = Bounds(pages=3, page_characters=10)
    document = read_within(raw(HELLO, 7), Source(name="a.pdf"), bounds)
    assert codes(document) == ["R023", "R023"]
    reasons = [reason for *_, reason in document.problems]
    assert "7 pages; only the first 3" in reasons[0]
    assert reasons[1].startswith("pages 1-3: more than 10 characters")
    assert document.text.count("Words of t") == 3


def test_a_page_that_eats_the_memory_is_named_and_the_others_are_read() -> None:
    pdf = pikepdf.open(io.BytesIO(raw(HELLO, 3)))
    pdf.pages[1].Contents = pdf.make_stream(b"q " * 20_000_000 + HELLO)
    out = io.BytesIO()
    pdf.save(out)
    bounds = replace(Bounds(), memory=400 << 20)
    document = read_within(out.getvalue(), Source(name="a.pdf"), bounds)
    assert [reason for *_, reason in document.problems if reason.startswith("page 2 could not be read")]
    assert {run.place.page for run in document.runs} == {1, 3}


def test_a_stream_of_blanks() -> None:
    assert read(raw(HELLO + b" " * 50_000_000)).text == "Words of the page."


def test_what_stands_outside_the_page_is_furniture() -> None:
    content = b"BT /F1 10 Tf 1 0 0 1 -9999 700 Tm (nobody sees this) Tj 1 0 0 1 50 700 Tm (Words.) Tj /F1 1e9 Tf (huge) Tj ET"
    document = read(raw(content))
    kinds = {b.content.of(document.text): b.kind for b in document.blocks}
    assert kinds["Words."] == "paragraph"
    assert kinds.get("nobody sees this", "furniture") == "furniture"


def test_many_drawn_lines() -> None:
    lines = b"".join(
        b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % (i % 600, i % 600, i % 800, i % 800) for i in range(20_000)
    )
    assert "Words of the page." in read(raw(lines + HELLO)).text


def test_letters_without_meaning_are_said() -> None:
    font = b"/F1 10 Tf "
    pdf = pikepdf.open(io.BytesIO(raw(b"BT " + font + b"50 700 Td (" + b"abcdefghij " * 20 + b") Tj ET")))
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <61> <7a> <e100> endbfrange endcmap end"
    pdf.pages[0].Resources.Font.F1.ToUnicode = pdf.make_stream(table)
    out = io.BytesIO()
    pdf.save(out)
    assert "R024" in codes(read(out.getvalue()))


def test_pictures_of_pages_are_said() -> None:
    document = read(scanned(2))
    assert document.text == "A cover that everybody can read."
    ((_, code, reason),) = document.problems
    assert code == "R020"
    assert reason.startswith("pages 2-3 are pictures without a text layer; install tesseract")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_pictures_are_recognised_if_asked_for() -> None:
    document = read(scanned(), ocr="eng")
    assert "R021" in codes(document)
    wanted = Prose(4).book(1, tables=False)
    paragraphs = [b.content.of(document.text) for b in document.blocks if b.kind == "paragraph"]
    assert any("registration" in words and wanted[1].plain[:40] in words for words in paragraphs)
    run = next(run for run in document.runs if run.span.of(document.text) == "registration")
    assert run.place.page == 2
    left, top, right, bottom = run.place.box or (0, 0, 0, 0)
    page = pypdfium2.PdfDocument(typeset(wanted, Setting(width=420, height=595, margin=54, size=11)))[0]
    assert "registration" in page.get_textpage().get_text_bounded(
        left - 2, 595 - bottom - 3, right + 2, 595 - top + 3
    )


def test_languages_are_names_and_nothing_else() -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    with pytest.raises(ReadError, match="ocr should name languages"):
        read(scanned(), ocr="../../etc; x")
