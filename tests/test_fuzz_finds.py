"""What fuzzing found (see tests/fuzz), made as small as it gets: each once ended in an exception, in silence or in no time at all."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from regesta.errors import ReadError
from regesta.extraction import extract
from regesta.model import Document, Source
from regesta.reading import read_bytes
from regesta.unpacking import unpack
from regesta.unpacking.naming import Seen

sys.path.insert(0, str(Path(__file__).parent / "office"))
sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from laws import check_bytes, check_container, check_extraction
from packing import docx, epub, ods, odt, p, xlsx

TEXTS = {
    "a run of letters before a number": "漢" * 60 + ";30–40",
    "a year with an open end": "He ruled (1953–) and fled in 1990.",
    "a year behind a line separator": "in November \u2028\u20281989; he was sentenced",
    "a row of scales": "million " * 2500,
    "a run of full stops": "." * 300_000,
    "a run of ideographic full stops": "。" * 300_000,
    "ends of sentences that are none": ".'" * 100_000,
    "a way that ends with the text": "Captain Jan Novak, pilot (age 21), flew from Orland by",
    "raised digits among digits": "Name\tYear\tPeople\nKim\t1990\t21¹99\nNovak\t1991\t2²2\n",
}


@pytest.mark.parametrize("case", TEXTS)
def test_texts(case: str) -> None:
    for name in ("a.txt", "a.md", "a.tsv"):
        document = read_bytes(TEXTS[case].encode(), Source(name=name))
        if case.startswith(("a run of", "ends")):
            extract(document)
        else:
            check_extraction(document)


FILES: dict[str, tuple[str, bytes]] = {
    "words behind the page": ("a.html", b"<html><b\x0cody><p>a</html>\n<time>words<div"),
    "a control character that begins a pre": ("a.html", b"<pre>\n\x01words</pre><pre>\n\nb</pre>"),
    "a list that begins at minus minus": ("a.html", b"<ol start='--5'><li>a</ol><ol start='\xc2\xb2'><li value='\xc2\xb2'>b</ol>"),
    "a number of 5,000 digits in a template": ("a.wiki", b"{{age|" + b"9" * 5000 + b"|1|2|1970|1|2}} {{death date and age|2000|" + b"1" * 5000 + b"|2|1|1|1}} x"),
    "a heading of nothing": ("a.md", "Kim fled.\n\n\u2028\n---\n\u2028\n---\nwords".encode()),
    "a cell with a bar": ("a.md", b"| a | b |\n|---|---|\n| `x\\|y` | z |\n"),
    "a comment among styles": ("a.docx", docx(p("Words."), styles="<!-- c --><?x?><w:style w:styleId='A'/>")),
    "a character that XML has not": ("a.docx", docx(p("Words.") + "\0" + p("More."))),
    "a comment among levels": ("a.odt", odt("<text:p>Words.</text:p>", automatic="<text:list-style style:name='L'><!-- c --><?x?></text:list-style>")),
    "a comment in a cell": ("a.xlsx", xlsx({"S": "<sheetData><!-- c --><row r='1'><!-- c --><c r='A1' t='s'><!-- c --><v>0</v></c></row></sheetData>"}, strings=("<!-- c -->words",))),
    "cells out of order": ("a.xlsx", xlsx({"S": "<sheetData><row r='1'><c r='C1'><v>1</v></c><c r='A1'><v></v></c><c r='B1'><v>2</v></c></row><row r='12345678x'><c r='A1' s='" + "9" * 5000 + "'><v>3</v></c></row></sheetData>"})),
    "a name of a chapter that XML has not": ("a.epub", epub({"a%01.xhtml": "<p id='x'>Words <a href='b%00.xhtml#n'>1</a></p>"})),
    "a name of an element that is none": ("a.epub", epub({"a.xhtml": '<p>Words <i2" x>more</i2"> <a:b">c</p>'})),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_files(case: str) -> None:
    name, data = FILES[case]
    check_bytes(data, name, thorough=True)


def test_a_type_of_an_attachment_that_is_folded() -> None:
    mail = b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: application/a\n b\n\nx\n--x--\n"
    check_bytes(mail, "a.eml", thorough=True)


def test_a_record_of_a_folded_type_and_a_long_name() -> None:
    address = b"https://a.example/" + b"/".join([b"part" * 50] * 9)
    for target, media in ((b"https://a.example/", b"text/x\n\ty"), (address, b"text/html")):
        head = b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: " + target + b"\r\n"
        record = head + b"Content-Type: " + media + b"\r\nContent-Length: 9\r\n\r\n<p>Kim.</\r\n\r\n"
        check_container(record, "a.warc", thorough=True)
        check_container(record[:-12], "a.warc", thorough=True)


def test_pages_of_a_dump_that_share_title_and_number() -> None:
    page = "<page><title>A</title><ns>0</ns><id>0</id><revision><text>Kim fled.</text></revision></page>"
    dump = f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">{page * 4}</mediawiki>'.encode()
    check_container(dump, "a.xml", thorough=True)


def test_a_list_item_that_ends_with_a_control_sign() -> None:
    check_bytes(
        "- clerk; by Canada in 1974\n `points ## \n===\n\x85\n ===\n\x85\n\n* x\n".encode(),
        "a.md",
        thorough=True,
    )


def test_an_old_workbook_that_makes_the_library_panic_is_one_line() -> None:
    from seeds import seeds

    (whole,) = seeds("xls")
    assert read("a.xls", whole).tables[0].rows[0] == ("Year", "People")
    for at in (44, 48, 60, 76, 512, 520, 1024 + 116):
        for damage in (b"\xff\xff\xff\x17", b"\1\0\0\0"):
            broken = whole[:at] + damage + whole[at + 4 :]
            try:
                read("a.xls", broken)
            except ReadError as error:
                assert "\n" not in str(error)  # noqa: PT017 - both ends are right
    with pytest.raises(ReadError, match="or a broken one"):
        read("a.xls", whole[:700])


def read(name: str, data: bytes) -> Document:
    return read_bytes(data, Source(name=name))


@pytest.mark.parametrize("repeated", ["table:number-rows-repeated='1048576'", ""])
def test_sixty_bytes_that_say_a_million_cells(repeated: str) -> None:
    cell = "<table:table-cell table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell>"
    row = f"<table:table-row {repeated}>{cell}</table:table-row>"
    document = read(
        "a.ods", ods(f"<table:table table:name='S'>{row * (1 if repeated else 50)}</table:table>")
    )
    assert len(document.blocks) < 250_000
    assert "x" in document.text


def test_rows_that_repeat_too_often_are_told() -> None:
    row = "<table:table-row table:number-rows-repeated='1000000'><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    document = read("a.ods", ods(f"<table:table table:name='S'>{row}</table:table>"))
    assert [code for _, code, _ in document.problems] == ["R005"]


def test_a_member_without_a_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "Kim fled.")
    check_container(out.getvalue().replace(b"a.txt", b"\0.txt"), "p.zip", thorough=True)


def test_a_checksum_of_nines() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    data = bytearray(out.getvalue())
    data[148:156] = b"97199719"
    with pytest.raises(ReadError, match="no header"):
        list(unpack(io.BytesIO(bytes(data)), Source(name="p.tar")))


@pytest.mark.parametrize("n", [10, 60_000])
def test_names_are_remembered_whether_few_or_many(n: int) -> None:
    seen = Seen()
    names = [f"page {k}" for k in range(n)]
    assert sum(map(seen.add, names)) <= n // 10_000
    assert all(map(seen.add, names))


def test_a_total_of_periods_that_nobody_names() -> None:
    check_bytes(b'Date,Name,People\nx,y,3\ntotal,,"3,519"\ntotal,,20\n1990,z\n', "a.csv", thorough=True)
