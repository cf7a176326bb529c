"""Zips that are documents: told apart by what they hold; bombs, locks, lies and broken markup end in one clear line."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.reading import READERS
from regesta.reading.office.package import Package, kind

sys.path.insert(0, str(Path(__file__).parent / "office"))

from packing import check_spans, docx, epub, ods, odt, p, packed, read, root, sheet, xlsx

MADE = {
    "docx": docx(p("Words.")),
    "odt": odt("<text:p>Words.</text:p>"),
    "xlsx": xlsx({"S": sheet(("Words.",))}),
    "ods": ods(
        '<table:table table:name="S"><table:table-row><table:table-cell><text:p>Words.</text:p></table:table-cell></table:table-row></table:table>'
    ),
    "epub": epub({"a.xhtml": "<p>Words.</p>"}),
}


@pytest.mark.parametrize("name", MADE)
def test_formats_are_told_apart_without_a_suffix(name: str) -> None:
    data = MADE[name]
    assert kind(data[:4096]) == name
    assert [reader.name for reader in READERS[:-1] if reader.sniff(data)] == [name]
    document = read(data, "unnamed")
    assert document.source.format == name
    assert "Words." in document.text


def test_an_archive_of_files_is_no_document() -> None:
    assert kind(packed({"a.txt": "Kim", "word/notes.txt": "fled", "xl/": ""})) is None
    assert kind(b"PK\x03\x04") is None
    assert kind(b"") is None


@pytest.mark.parametrize("name", [*MADE, "xls"])
@pytest.mark.parametrize(
    "data",
    [b"", b"Kim fled in 1953.", b"PK\x03\x04" + b"\0" * 40, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, packed({"a.txt": "Kim"}), packed({})],
    ids=["empty", "text", "cut", "ole", "zip", "empty zip"],
)  # fmt: skip
def test_what_is_something_else_is_one_line(name: str, data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, f"a.{name}")
    assert "\n" not in str(caught.value)
    assert "a." in str(caught.value)


@pytest.mark.parametrize("name", MADE)
def test_one_format_under_the_name_of_another_is_said(name: str) -> None:
    other = "odt" if name != "odt" else "ods"
    with pytest.raises(ReadError, match=f"this is no {other}: found '{name}'"):
        read(MADE[name], f"a.{other}")


@pytest.mark.parametrize("name", ["docx", "xlsx", "xls"])
def test_a_password_is_said(name: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(ReadError, match="encrypted"):
        read(data, f"a.{name}")


def test_locked_open_documents_are_said() -> None:
    locked = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    with pytest.raises(ReadError, match="encrypted"):
        read(odt("", **{"META-INF/manifest.xml": locked}), "a.odt")


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_body_that_unpacks_to_gigabytes_is_stopped(name: str) -> None:
    part = "word/document.xml" if name == "docx" else "content.xml"
    file = io.BytesIO(MADE[name])
    with zipfile.ZipFile(file) as old:
        parts = {n: old.read(n) for n in old.namelist() if n != part}
    head = root("w:document", "<w:body>")[:-13] if name == "docx" else "<a>"
    packed_ = io.BytesIO()
    with zipfile.ZipFile(packed_, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for n, content in parts.items():
            archive.writestr(n, content)
        with archive.open(part, "w", force_zip64=True) as stream:
            stream.write(head.encode())
            for _ in range(40):
                stream.write(b" " * (1 << 20))
    data = packed_.getvalue()
    assert len(data) < 100_000
    with pytest.raises(ReadError, match="unpacks"):
        read(data, f"a.{name}")


def test_sizes_in_headers_are_not_believed() -> None:
    data = bytearray(MADE["docx"])
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    with pytest.raises(ReadError):
        read(bytes(data), "a.docx")


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    body = (
        root("w:document", f"<w:body>{p('Words &c; &b;')}</w:body>").partition("?>")[2].replace("&amp;", "&")
    )
    data = packed(
        {"word/document.xml": f'<?xml version="1.0" encoding="{encoding}"?>{ENTITIES}{body}'.encode(encoding)}
    )
    with pytest.raises(ReadError, match="entities"):
        read(data, "a.docx")


def test_xml_nested_without_end_is_read_as_far_as_it_goes() -> None:
    deep = "<w:sdt><w:sdtContent>" * 50_000 + p("deep") + "</w:sdtContent></w:sdt>" * 50_000
    document = read(docx(p("first") + deep + p("last")), "a.docx")
    assert document.text.startswith("first")
    assert {code for _, code, _ in document.problems} & {"R003", "R005"}
    words = "<text:span>" * 240 + "in" + "</text:span>" * 240
    assert "in" in read(odt(f"<text:p>{words}</text:p>"), "a.odt").text
    nested = "x"
    for _ in range(60):
        nested = f"<w:tbl><w:tr><w:tc>{nested if nested != 'x' else p('x')}</w:tc></w:tr></w:tbl>"
    assert read(docx(nested), "a.docx").text == "x"


def test_broken_markup_is_read_as_far_as_it_goes_and_said() -> None:
    data = MADE["docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    whole = root("w:document", f"<w:body>{p('first')}{p('second')}</w:body>")
    parts["word/document.xml"] = whole[: whole.index("second") + 3].encode()
    document = read(packed(parts), "a.docx")
    assert document.text == "first\n\nsec"
    assert [code for _, code, _ in document.problems] == ["R003"]


def test_missing_parts_are_said() -> None:
    links = {
        "s": ("styles", "styles.xml"),
        "f": ("footnotes", "gone.xml"),
        "h": ("header", "../../../etc/passwd"),
    }
    document = read(docx(p("Words."), links), "a.docx")
    assert document.text == "Words."
    assert [code for _, code, _ in document.problems] == ["R034"] * 3


def test_names_that_climb_out_stay_in_the_package(tmp_path: Path) -> None:
    package = Package(packed({"../../outside.xml": "<a/>", "/etc/x": "<b/>", "a\\b.xml": ""}), "a.docx")
    assert package.resolve("word/document.xml", "../../../outside.xml") == "outside.xml"
    assert package.read("outside.xml") is None
    assert package.read("../../outside.xml") == b"<a/>"
    assert not list(tmp_path.iterdir())


def test_absurd_spans_are_bounded() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>' + p("x") + "</w:tc>"
    table = f"<w:tbl><w:tr>{cell * 3}</w:tr><w:tr>{cell}</w:tr></w:tbl>"
    document = read(docx(table), "a.docx")
    assert all(len(row) <= 3000 for table in document.tables for row in table.rows)


@contextmanager
def one_line() -> Iterator[None]:
    """Let an error pass that is one clear line."""
    found = ""
    with suppress(ReadError):
        try:
            yield
        except ReadError as error:
            found = str(error)
            raise
    assert "\n" not in found


@given(
    st.sampled_from(sorted(MADE)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6),
)
@settings(deadline=None, max_examples=300)
def test_damage_is_an_error_or_a_document(name: str, damage: list[tuple[float, int]]) -> None:
    data = bytearray(MADE[name])
    for where, byte in damage:
        data[int(where * (len(data) - 1))] = byte
    with one_line():
        assert read(bytes(data), f"a.{name}").source.format == name


@given(st.sampled_from(["docx", "odt", "xlsx", "ods", "epub"]), st.data())
@settings(deadline=None, max_examples=300)
def test_damaged_markup_is_an_error_or_a_document(name: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(MADE[name])) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    target = data.draw(st.sampled_from([n for n in parts if n.endswith(("xml", "opf", "rels"))]))
    content = bytearray(parts[target])
    at = data.draw(st.integers(0, len(content)))
    content[at : at + data.draw(st.integers(0, 40))] = data.draw(
        st.sampled_from([b"", b"<w:p>", b"</", b"&x;", b"<![CDATA[", b"\xff\xfe", b'="', b"<table:table>"])
    )
    parts[target] = bytes(content)
    with one_line():
        check_spans(read(packed(parts), f"a.{name}"))
