"""The documents that fuzzing begins with: cases of the readers' tests, documents of the corpus, and small packages built here."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import re
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "office"), str(TESTS / "pdf")]

PROSE = """Those who left

Captain Jan Novak (born 3 May 1931) defected to Austria on 5 May 1962.[1] He was 31 years old.
• Kim Il-su, pilot (age 21), flew from Orland by way of Mere to Sund on 21 September 1953.
• 12 sailors came in 1954, with Kim's brother.

1953: 40
1954: about 1,200

1. "A flight". The Herald. 1953. ISBN 0-306-40615-2.
"""


REDIRECT = '<redirect title="x"/>'


def seeds(kind: str) -> list[bytes]:
    """Return what the fuzzing of a reader, or of a container, begins with."""
    made = {"docx": _docx, "odt": _odt, "xlsx": _xlsx, "ods": _ods, "epub": _epub, "xls": _xls, "pdf": _pdf}
    made |= {"mail": _mail, "mhtml": _mhtml, "json": _json, "jsonl": _jsonl}
    made |= {
        "zip": _zip,
        "tar": _tar,
        "compressed": _compressed,
        "warc": _warc,
        "mediawiki": _mediawiki,
        "mbox": _mbox,
    }
    if kind in made:
        return made[kind]()
    endings = {"text": ".txt", "markdown": ".md", "wikitext": ".wiki"}
    found = [PROSE.encode()] if kind == "text" else []
    golden = TESTS / "golden" / "reading" / f"{kind}.md"
    if golden.exists():
        fences = re.findall(
            r"^(`{3,})[^\n`]*\n(.*?)^\1$", golden.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
        found += [words.encode() for _, words in fences]
    if kind == "text":
        found += [
            w.encode()
            for _, w in re.findall(
                r"^(`{3,})[^\n`]*\n(.*?)^\1$",
                (TESTS / "golden" / "plain.md").read_text("utf-8"),
                re.MULTILINE | re.DOTALL,
            )
        ]
    found += [
        p.read_bytes()[:6000] for p in sorted((TESTS / "corpus").glob(f"*{endings.get(kind, '.' + kind)}"))
    ]
    return found


def _docx() -> list[bytes]:
    from packing import docx, p, r

    table = "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>" + "".join(
        f"<w:tr><w:tc>{p(a)}</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p(b)}</w:tc></w:tr>" for a, b in (("Year", "People"), ("1953", "40"), ("1954", "52"))
    ) + "</w:tbl>"  # fmt: skip
    note = f"<w:p>{r('Jan Novak fled in 1962.')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    return [
        docx("".join(p(line) for line in PROSE.splitlines())),
        docx(p("Title", "Heading1") + note + table + p("item", "", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"),
             footnotes=f"<w:footnote w:id='2'>{p('The Herald, 1953.')}</w:footnote>",
             styles="<w:style w:type='paragraph' w:styleId='Heading1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>",
             numbering="<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
             comments=f"<w:comment w:id='0'>{p('A comment.')}</w:comment>", header1=p("Head")),
        docx("<w:p><w:ins>" + r("new") + "</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType='separate'/></w:r>" + r("3") + "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
             "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>" + p("box") + "</w:txbxContent></wps:txbx></mc:Choice></mc:AlternateContent></w:r></w:p>"),
    ]  # fmt: skip


def _odt() -> list[bytes]:
    from packing import odt

    table = "<table:table table:name='T'><table:table-header-rows><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>People</text:p></table:table-cell></table:table-row></table:table-header-rows>" + "<table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>1953</text:p></table:table-cell><table:table-cell><text:p>40</text:p></table:table-cell></table:table-row>" * 2 + "</table:table>"  # fmt: skip
    body = (
        "<text:h text:outline-level='1'>Those who left</text:h><text:p>Jan Novak fled<text:s text:c='2'/>on 5 May 1962<text:note text:id='n1' text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>The Herald, 1953.</text:p></text:note-body></text:note>.</text:p><text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>"
    )  # fmt: skip
    changes = "<text:tracked-changes><text:changed-region text:id='c'><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    return [
        odt(body + table),
        odt(changes + body + "<text:p><text:change text:change-id='c'/><text:a xlink:href='http://a.b'>link</text:a><text:line-break/><text:tab/>end</text:p><text:section text:name='s'><text:p text:style-name='P1'>words</text:p></text:section>",
            automatic="<style:style style:name='P1' style:family='paragraph'><style:text-properties text:display='none'/></style:style>", meta="<dc:title>T</dc:title><dc:date>1990-01-01</dc:date>"),
    ]  # fmt: skip


def _xlsx() -> list[bytes]:
    from packing import sheet, xlsx

    return [
        xlsx({"People": sheet(("Name", "Year", "n"), ("Jan Novak", 1962, 3.5), ("Kim Il-su", 33000, True), ("", "", 7))}),
        xlsx({"A": sheet(("Year", "People"), (1953, 40), (1954, 52), after="<mergeCells><mergeCell ref='A1:B1'/></mergeCells>", styles={0: 1, 1: 2}),
              "B": "<sheetData><row r='2' hidden='1'><c r='B2' t='s'><v>0</v></c><c r='D2' t='str'><f>A1</f><v>x</v></c><c t='e'><v>#REF!</v></c></row></sheetData>"},
             formats=("yyyy-mm-dd", "0.0%"), strings=("shared words", "more"), states={"B": "hidden"}),
    ]  # fmt: skip


def _ods() -> list[bytes]:
    from packing import ods

    def row(*cells: str) -> str:
        return "<table:table-row>" + "".join(cells) + "</table:table-row>"

    def cell(words: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}><text:p>{words}</text:p></table:table-cell>"

    return [ods("<table:table table:name='S'>" + row(cell("Year"), cell("People")) + row(cell("1953", "office:value-type='float' office:value='1953'"), cell("5 May 1962", "office:value-type='date' office:date-value='1962-05-05'"))
                + row(cell("x", "table:number-columns-repeated='3'"), "<table:covered-table-cell/>", cell("y", "table:number-columns-spanned='2' table:number-rows-spanned='2'")) + "</table:table><table:table table:name='T' table:display='false'>" + row(cell("a")) + "</table:table>")]  # fmt: skip


def _epub() -> list[bytes]:
    from packing import epub

    return [epub({"a.xhtml": "<h1>One</h1><p>Jan Novak fled on 5 May 1962<a epub:type='noteref' href='n.xhtml#n1'>1</a>.</p><table><tr><th>Year</th><th>n</th></tr><tr><td>1953</td><td>40</td></tr></table>",
                  "n.xhtml": "<h2>Notes</h2><aside epub:type='footnote' id='n1'>The Herald, 1953.</aside><ul><li>x</li></ul>", "nav.xhtml": "<nav epub:type='toc'><ol><li><a href='a.xhtml'>One</a></li></ol></nav>"},
                 metadata="<dc:title>T</dc:title><dc:language>en</dc:language><dc:date>1990</dc:date><dc:creator>A</dc:creator>", properties={"nav.xhtml": "nav"})]  # fmt: skip


def _xls() -> list[bytes]:
    """A workbook of one sheet in a compound file, as small as they get."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def label(row: int, column: int, words: str) -> bytes:
        return record(
            0x204, struct.pack("<HHHHB", row, column, 15, len(words), 1) + words.encode("utf-16-le")
        )

    beginning = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)
    formats = record(0x41E, struct.pack("<HHB", 164, 10, 0) + b"yyyy-mm-dd") + record(0xE0, struct.pack("<HH", 0, 0) + bytes(16)) * 15 + record(0xE0, struct.pack("<HH", 0, 164) + bytes(16))  # fmt: skip
    strings = record(0xFC, struct.pack("<II", 1, 1) + struct.pack("<HB", 6, 0) + b"shared")
    end = record(0x0A, b"")
    cells = b"".join((label(0, 0, "Year"), label(0, 1, "People"), record(0x203, struct.pack("<HHHd", 1, 0, 15, 1953.0)), record(0x27E, struct.pack("<HHHI", 1, 1, 15, (40 << 2) | 2)),
                      record(0xFD, struct.pack("<HHHI", 2, 0, 15, 0)), record(0x205, struct.pack("<HHHBB", 2, 1, 15, 1, 0)), record(0xE5, struct.pack("<HHHHH", 1, 0, 0, 0, 1))))  # fmt: skip
    sheet = (
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
        + record(0x200, struct.pack("<IIHHH", 0, 3, 0, 2, 0))
        + cells
        + end
    )
    head = record(0x809, beginning) + record(0x42, struct.pack("<H", 1200)) + record(0x22, b"\0\0") + formats
    bound = len(head) + len(record(0x85, bytes(8) + b"S")) + len(strings) + len(end)
    book = head + record(0x85, struct.pack("<IBBBB", bound, 0, 0, 1, 0) + b"S") + strings + end + sheet
    return [compound("Workbook", book)]


def compound(name: str, stream: bytes) -> bytes:
    """Return a compound file (MS-CFB, version 3) that holds one stream."""
    stream = stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0")
    n = len(stream) // 512
    table = [*range(3, n + 2), 0xFFFFFFFE]  # the stream's sectors follow the table and the folder
    table = [0xFFFFFFFD, 0xFFFFFFFE, *table]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        coded = name.encode("utf-16-le") + b"\0\0"
        return coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", start, size)  # fmt: skip

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    head += struct.pack("<I", 0) + b"\xff" * 432
    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, len(stream))
    return head[:512] + struct.pack("<128I", *table) + folder.ljust(512, b"\0") + stream


def _pdf() -> list[bytes]:
    from reportlab.pdfgen.canvas import Canvas
    from typesetting import Prose, Setting, typeset

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), pageCompression=0)
    for y, words in enumerate(PROSE.splitlines()):
        canvas.drawString(40, 280 - 14 * y, words[:60])
    for y in range(3):
        canvas.line(40, 40 + 14 * y, 300, 40 + 14 * y)
        canvas.drawString(45, 43 + 14 * y, f"{1953 + y}")
        canvas.drawString(145, 43 + 14 * y, f"{40 + y}")
    canvas.showPage()
    canvas.save()
    return [out.getvalue(), typeset(Prose(3).book(1), Setting())]


def _mail() -> list[bytes]:
    head = "From: Jan <a@b.example>\r\nTo: c@d.example\r\nDate: Sat, 5 May 1962 10:00:00 +0100\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\nMIME-Version: 1.0\r\n"
    many = head + (
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaf=C3=A9 in =\r\n1962\r\n--c\r\n'
        "Content-Type: text/html\r\n\r\n<p>Jan fled<table><tr><td>1<td>2</table>\r\n--c--\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nInner words.\r\n--b\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    )  # fmt: skip
    return [(head + "\r\n" + PROSE + "\r\n> quoted\r\n> > twice\r\n-- \r\nJan\r\n").encode(), many.encode()]


def _mhtml() -> list[bytes]:
    page = "<html><head><title>T</title></head><body><h1>H</h1><p>Jan Novak fled on 5 May 1962.</p></body></html>"
    return [(
        'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/x\r\nSubject: T\r\nDate: Sat, 5 May 2012 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html\r\nContent-ID: <f@m>\r\nContent-Transfer-Encoding: {coding}\r\nContent-Location: https://a.example/x\r\n\r\n{body}\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://a.example/i.png\r\n\r\nAAAA\r\n--b--\r\n"
    ).encode() for coding, body in (("quoted-printable", page.replace("=", "=3D")), ("base64", base64.b64encode(page.encode()).decode()), ("8bit", page))]  # fmt: skip


def _json() -> list[bytes]:
    return [
        b'{"title": "Those who left", "date": "1962-05-05", "body": {"paragraphs": ["Jan Novak fled on 5 May 1962.", "He was 31."]}, "tags": ["a", null, 1.5, true]}',
        b'[{"name": "Jan Novak", "year": 1962, "text": "He fled to Austria.\\nThen he came back."}, {"name": "Kim Il-su", "year": 1953, "x": {"y": [1, 2]}}]',
        b'[["Year","People"],[1953,40],[1954,52]]',
        b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Sund"},"geometry":{"type":"Point","coordinates":[1,2]}}]}',
    ]


def _jsonl() -> list[bytes]:
    return [
        b'{"id": 1, "text": "Jan Novak fled on 5 May 1962.", "title": "A"}\n{"id": 2, "text": "Kim Il-su came in 1953."}\n\nnot json\n["a"]\n',
        b'{"year": 1953, "n": 40}\n{"year": 1954, "n": 52}\n',
    ]


def _zip() -> list[bytes]:
    out = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as archive:
            archive.writestr("a/notes.txt", "Jan Novak fled.")
            archive.writestr("b.html", "<p>Words")
            archive.writestr("c.jpg", "x")
            archive.writestr("d.txt.gz", gzip.compress(b"packed"))
        out.append(file.getvalue())
    return out


def _tar() -> list[bytes]:
    out = []
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w", format=form) as archive:
            for name in ("a/notes.txt", "é" * 30 + ".txt", "b.html"):
                one = tarfile.TarInfo(name)
                one.size = 16
                archive.addfile(one, io.BytesIO(b"Jan Novak fled.\n"))
            link = tarfile.TarInfo("l.txt")
            link.type, link.linkname = tarfile.SYMTYPE, "../../x"
            archive.addfile(link)
        out.append(file.getvalue())
    return out


def _compressed() -> list[bytes]:
    import zstandard

    words = PROSE.encode()
    return [
        gzip.compress(words),
        bz2.compress(words),
        lzma.compress(words),
        zstandard.compress(words),
        gzip.compress(_tar()[0]),
        lzma.compress(words, format=lzma.FORMAT_ALONE),
    ]


def _warc() -> list[bytes]:
    page = "<html><body><p>Jan Novak fled on 5 May 1962.</p></body></html>"
    out = b""
    for n, coded in enumerate(("", "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n")):
        body = (
            page.encode()
            if not n
            else gzip.compress(page.encode())
            if n == 1
            else b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page.encode())
        )
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{coded}\r\n".encode() + body
        out += (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\nWARC-Date: 2012-05-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode() + http + b"\r\n\r\n"  # fmt: skip
    return [out, gzip.compress(out)]


def _mediawiki() -> list[bytes]:
    pages = "".join(
        f"<page><title>Page {n} &amp; more</title><ns>{n % 2}</ns><id>{n}</id>{REDIRECT if n == 2 else ''}<revision><id>1{n}</id><timestamp>2019-01-05T10:00:00Z</timestamp><contributor><username>a</username></contributor><model>wikitext</model><format>text/x-wiki</format><text xml:space='preserve'>'''Kim''' fled &lt;ref&gt;a&lt;/ref&gt;</text></revision></page>\n"
        for n in range(4)
    )  # fmt: skip
    return [f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="sv">\n<siteinfo><sitename>K</sitename><base>https://w.example/wiki/H</base><namespaces><namespace key="0"/><namespace key="1">Talk</namespace></namespaces></siteinfo>\n{pages}</mediawiki>'.encode()]  # fmt: skip


def _mbox() -> list[bytes]:
    one = (
        b"From a@b.example Sat May  5 10:00:00 2012\n"
        + _mail()[0].replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        + b"\n"
    )
    return [one * 2, one + b"From a@b.example Sat May  5 10:00:00 2012\n" + _mail()[1]]
