"""Changes of a document that its reader might stumble over: pieces of its syntax put where they do not belong.

    text      cut, doubled, swapped, mixed with another, pieces of syntax strewn in
    package   a zip of XML: one part is changed as text, and packed again
    pdf       the pages' content changed as text, or the bytes

Nothing here looks at what the reader makes of it.
"""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress

Mutator = Callable[[bytes, random.Random], bytes]

ODD = (
    "\0", "\x01", "\x1a", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200e", "\u202e", "\u2028", "\ufeff", "\ufffd", "\ufffe", "\u0301",
    "é", "ﬁ", "İ", "ß", "½", "٣", "１", "①", "한", "漢", "二万", "🇰🇷", "😀", "\U0010ffff", "\U000e0001", "\r", "\r\n", "\n", "\n\n", "\t", "\f", "\v",
)  # fmt: skip
PROSE = (
    "Kim Il, ", "1997", "in 1990 and ", "on 5 May 1962 ", "[1]", "1. ", "— ", "¶ ", "(", ")", '"', "«", "’", "* ", "- ", "1,234.5", "1e999", "9" * 40,
    "31 February 2000", "0000-00-00", "99 BC", "c. 1900s", "http://a.b/?q=", "J. R. ", "Dr. ", "of the ", "fled to ", "aged 21", "30–40", "1997년 2월 12일", "昭和二年",
    "Notes\n", "References\n", "^ a b ", "ISBN 0-", "Main article: ", "1953: 40\n", "Name: ", "Year\tPeople\n",
)  # fmt: skip
HTML = (
    "<table>", "</table>", "<tr>", "<td colspan=3 rowspan=2>", "<td rowspan=0>", "<td colspan=99999>", "<th>", "</td>", "<ul><li>", "</ul>", "<ol start=-3>", "<p>", "</p>", "<h1>", "</h2>",
    "<sup class=reference><a href='#cite_note-1'>[1]</a></sup>", "<ol class=references><li id=cite_note-1>", "<div class=navbox>", "<nav>", "<article>", "<main>", "<body>", "</body>", "</html>", "<script>",
    "<!--", "-->", "<![CDATA[", "]]>", "<pre>", "<dl><dt>", "<dd>", "<template>", "<svg>", "<math>", "<noscript>", "<iframe>", "<frameset>", "<select><option>", "<br>", "<hr>", "<caption>", "<figure><figcaption>",
    "<span style=display:none>", "<a name=1 href='#1'>", "<meta charset=utf-16>", "<meta charset='utf-7'>", "<base href=':'>", "&amp;", "&#0;", "&#xD800;", "&#x110000;", "&nbsp;", "&zzz;",
    "<script type='application/ld+json'>{\"@graph\":[", "<meta property='og:title' content='x'>", "<time datetime='1-1'>", "<x:y>", "</", "<", '="', "<td><table><tr><td>",
)  # fmt: skip
WIKI = (
    "{{", "}}", "{{{", "}}}", "[[", "]]", "|", "||", "{|", "|}", "|-", "!", "!!", "|+", "'''", "''", "==", "===\n", "\n== Notes ==\n", "<ref>", "</ref>", "<ref name=a />", "<ref name='a'>", "<references/>", "<nowiki>", "</nowiki>",
    "<!--", "-->", "\n* ", "\n# ", "\n: ", "\n; ", "\n:;*#", "----", "~~~~", "__TOC__", "#REDIRECT [[", "[[File:a.jpg|thumb|", "[[Category:", "{{cite web|title=", "{{Infobox\n| a = ", "{{birth date|1962|5|5}}", "{{efn|", "{{reflist}}",
    "[http://a b]", "<math>", "<gallery>", "<pre>", "<br/>", "&nbsp;", "{{lang|ko|", "{{sfn|", "{{convert|", "rowspan=2 |", "colspan='9' |", "<div>", "</div>", "-{", "}-", "{{=}}", "{{!}}",
)  # fmt: skip
MARKDOWN = (
    "# ", "## ", "\n===\n", "\n---\n", "> ", "> > ", "- ", "* ", "1. ", "999999999. ", "    ", "\t", "```\n", "~~~\n", "`", "``", "**", "_", "***", "[a](b)", "[a]: b\n", "[^1]", "\n[^1]: ", "![", "](", "<http://a>", "<b>", "</b>", "<!--", "| a | b |\n",
    "|---|:-:|\n", "\\", "\n\n", "  \n", "&amp;", "---\ntitle: x\n---\n", "+++\n", "- [ ] ", "Term\n: ", "<table><tr><td>", "</table>", "\n<div>\n",
)  # fmt: skip
TABLE = (
    ",",
    ";",
    "\t",
    "|",
    '"',
    '""',
    '"\n',
    "\n",
    "\r",
    "\r\n",
    "'",
    "sep=;\n",
    "#",
    "\n\n",
    ",,,,,",
    "Name,Year\n",
    "=1+1",
    '"a\nb"',
    " ",
)
JSON = ("{", "}", "[", "]", '"', ":", ",", "null", "true", "-", "1e999", "1E-999", "0.1", "9" * 400, '"\\ud800"', '"\\u0000"', "\\", "NaN", '"title":', '"text":"', '"date":"1962"', "\n", "[[[[", '{"a":', '[{"year":1990,"n":3},{"year":1991}]', "/*", "'")  # fmt: skip
MAIL = (
    "\r\n\r\n", "\n", "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: text/html; charset=utf-7\n", "Content-Type: text/plain; charset=x-none\n", "Content-Type: message/rfc822\n\n", "--b\n", "--b--\n",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: uuencode\n", "=?utf-8?q?=C3=A9?=", "=?x?b?////?=", "=?utf-8?", "Date: Mon, 99 Foo 99999 25:61:61 +9999\n", "Date: Thu, 1 Jan 1970 00:00:00\n",
    "Subject: ", "From: a <", "To: @,;:<>\n", "=", "=3D", "=FF", "begin 644 a\n", "Content-Location: cid:\n", "Content-Disposition: attachment; filename*=utf-8''%ff\n", "charset*0=u; charset*1=tf\n", " folded\n", "\tfolded\n", "Content-Type: ;;;\n", "From a@b Thu Jan  1 00:00:00 1970\n",
)  # fmt: skip
XML = (
    "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&amp;", "&#0;", "<![CDATA[", "]]>", "<!--", "-->", "<?a?>", "</", "/>", "<", ">", '="', "xmlns='x'", "<a>", "</a>", "<w:p>", "</w:p>", "<w:r><w:t>", "<w:tbl><w:tr><w:tc>", "</w:tc>", "<w:gridSpan w:val='99999'/>", "<w:vMerge/>",
    "<w:footnoteReference w:id='1'/>", "<w:footnoteReference w:id='x'/>", "<w:ins>", "<w:del>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='end'/>", "<w:numPr><w:ilvl w:val='-1'/><w:numId w:val='1'/></w:numPr>", "<w:sdt><w:sdtContent>", "<w:br/>", "<w:tab/>", "<mc:AlternateContent>",
    "<text:p>", "<text:h text:outline-level='-2'>", "<text:s text:c='999999999'/>", "<text:s text:c='-1'/>", "<text:list><text:list-item>", "<text:note><text:note-citation>", "<text:tracked-changes>", "<text:change-start text:change-id='a'/>", "<table:table>", "<table:table-row table:number-rows-repeated='1048576'>",
    "<table:table-cell table:number-columns-repeated='-1'>", "<table:table-cell table:number-columns-spanned='9' table:number-rows-spanned='9'>", "<table:covered-table-cell/>", "office:value-type='date' office:date-value='9999-99-99'", "office:value-type='float' office:value='1e999'", "office:value='nan'",
    "<c r='A0'/>", "<c r='ZZZZZZ99999999'><v>1</v></c>", "<c r='' t='s'><v>-1</v></c>", "<c t='s'><v>99</v></c>", "<c t='d'><v>x</v></c>", "<c s='77'><v>1e308</v></c>", "<v>-1e9</v>", "<f>1</f>", "<row r='-5'>", "<row r='1048577'>", "<mergeCell ref='A1:XFD1048576'/>", "<mergeCell ref='B2:A1'/>", "<mergeCells>",
    "formatCode='[h]:mm;@'", "formatCode='yyyy\\'", "<itemref idref='i0'/>", "<itemref idref='none'/>", "href='../../../etc/passwd'", "href='%00'", "href='a#b'", "<table><tr><td rowspan='-1'>", "1e400", "-0", "99999999999999999999", "NaN", "true", " ", "é", "Target='/'", "Target=''",
)  # fmt: skip
PDF = (
    "BT ", "ET ", "Tf ", "/F1 0 Tf ", "/F1 -9 Tf ", "/F1 1e9 Tf ", "/F9 10 Tf ", "Td ", "0 0 Td ", "1e30 -1e30 Td ", "0 0 0 0 0 0 Tm ", "1 0 0 -1 0 0 Tm ", "0 1 -1 0 300 300 Tm ", "(a b) Tj ", "(1 January 1990) Tj ", "[(a) -9999 (b) 250 (c)] TJ ", "q ", "Q ", "0 0 m 600 800 l S ",
    "100 100 200 200 re S ", "100 100 0 0 re f ", "-1e9 0 1e9 1 re f ", "3 Tr ", "100 Tz ", "0 Tz ", "-50 Ts ", "12 TL T* ", "() Tj ", "(\\377\\000) Tj ", "<ffff> Tj ", "/Artifact BMC ", "EMC ", "999 Tc ", "999 Tw ", "9 0 0 9 9 9 cm ", "0 0 0 0 0 0 cm ", "/MediaBox [0 0 0 0]", "/Rotate 90", "/UserUnit 9e9",
)  # fmt: skip
BYTES = (b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80" * 5, b"\x1b$B", b"\x81\x40", b"PK\x03\x04", b"%PDF-", b"\x1f\x8b")  # fmt: skip


def text(pieces: Sequence[str], others: Sequence[bytes]) -> Mutator:
    """Return a mutator of text whose syntax is made of those pieces."""
    strewn = [piece.encode("utf-8", "surrogatepass") for piece in (*pieces, *pieces, *PROSE, *ODD)] + list(
        BYTES
    )

    def mutate(data: bytes, chance: random.Random) -> bytes:
        out = bytearray(data)
        for _ in range(chance.choice((1, 1, 2, 3, 6, 12))):
            at, end = sorted((_spot(out, chance), _spot(out, chance)))
            if end - at > 400 and chance.random() < 0.8:
                end = at + chance.randrange(400)
            match chance.randrange(11):
                case 0:
                    del out[at:end]
                case 1:
                    out[at:at] = out[at:end]
                case 2:
                    other = chance.choice(others)
                    start = chance.randrange(len(other) + 1)
                    out[at:end] = other[start : start + chance.randrange(600)]
                case 3:
                    out[at:at] = chance.choice(strewn) * chance.choice((2, 3, 9, 40))
                case 4:
                    out[at:at] = b"".join(chance.choices(strewn, k=chance.randrange(2, 9)))
                case 5:
                    middle = chance.randint(at, end)
                    out[at:end] = out[middle:end] + out[at:middle]
                case 6 if out:
                    out[min(at, len(out) - 1)] = chance.randrange(256)
                case 7 if chance.random() < 0.2:
                    del out[at:]
                case 8 if chance.random() < 0.1:
                    with suppress(UnicodeError):
                        out[:] = (
                            bytes(out)
                            .decode()
                            .encode(chance.choice(("utf-16", "utf-16-be", "cp1252", "euc-kr", "utf-8-sig")))
                        )
                case _:
                    out[at:at] = chance.choice(strewn)
        return bytes(out)

    return mutate


def _spot(data: bytearray, chance: random.Random) -> int:
    """Return a place of the data, oftener one where a line, a tag or a word ends than one within."""
    spot = chance.randrange(len(data) + 1)
    if chance.random() < 0.7:
        for mark in chance.sample((b"\n", b"<", b">", b" ", b'"'), 2):
            if (found := data.find(mark, spot, spot + 200)) >= 0:
                return found + chance.randrange(2)
    return spot


def package(others: Sequence[bytes]) -> Mutator:
    """Return a mutator of zips that hold XML."""
    inside = text((*XML, *HTML[:20]), [part for other in others for part in _parts(other).values() if part])

    def mutate(data: bytes, chance: random.Random) -> bytes:
        parts = _parts(data)
        if not parts or chance.random() < 0.05:
            return inside(data, chance)
        name = chance.choice(
            sorted(parts, key=lambda n: len(parts[n]))[-5:] if chance.random() < 0.7 else sorted(parts)
        )
        if chance.random() < 0.03:
            del parts[name]
        elif chance.random() < 0.03:
            parts[name] = chance.choice(list(_parts(chance.choice(others)).values()))
        else:
            parts[name] = inside(parts[name], chance)
        return _packed(parts)

    return mutate


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - what is no zip is changed as bytes
        return {}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def pdf(others: Sequence[bytes]) -> Mutator:
    """Return a mutator of PDF: mostly of the pages' content."""
    import pikepdf

    contents = [
        page.Contents.read_bytes()
        for other in others
        for page in pikepdf.open(io.BytesIO(other)).pages
        if "/Contents" in page
    ]
    inside, outside = text(PDF, contents or [b"BT ET"]), text(PDF, others)

    def mutate(data: bytes, chance: random.Random) -> bytes:
        if chance.random() < 0.15:
            return outside(data, chance)
        try:
            with pikepdf.open(io.BytesIO(data)) as document:
                page = chance.choice(list(document.pages))
                page.contents_coalesce()
                page.Contents = document.make_stream(inside(page.Contents.read_bytes(), chance))
                if chance.random() < 0.2:
                    page.Rotate = chance.choice((90, 180, 270, 45, -90))
                if chance.random() < 0.1:
                    page.MediaBox = [chance.choice((0, -100, 300, 1e6)) for _ in range(4)]
                out = io.BytesIO()
                document.save(out)
                return out.getvalue()
        except Exception:  # noqa: BLE001 - what cannot be opened is changed as bytes
            return outside(data, chance)

    return mutate
