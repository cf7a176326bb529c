"""Office files and books written by hand: the least that each format wants, from what a test says of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

from regesta.model import Document, Place, Source
from regesta.reading import read_bytes
from regesta.text.span import Span

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    "w": W, "x": X, "r": R, "office": ODF + "office:1.0", "text": ODF + "text:1.0", "table": ODF + "table:1.0",
    "style": ODF + "style:1.0", "draw": ODF + "drawing:1.0", "fo": ODF + "xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml", "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "v": "urn:schemas-microsoft-com:vml",
}  # fmt: skip
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "h")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def packed(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """Return a zip of the parts in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def root(name: str, inner: str) -> str:
    """Return a part with that root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{name} {_DECLARED}>{inner}</{name}>'


def relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    """Return a part of relationships: id -> (kind, target); addresses of the web are outside."""
    told = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}relationships">{told}</Relationships>'


def content_types(main: str, media: str) -> str:
    return (
        f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.{media}.main+xml"/></Types>'
    )


def docx(body: str, links: Mapping[str, tuple[str, str]] | None = None, **parts: str) -> bytes:
    """Return a DOCX; `parts` are the insides of `footnotes`, `styles`, `numbering`, `comments`, `header1` and so on."""
    kinds = {"header1": ("header", "hdr"), "footer1": ("footer", "ftr")}
    all_links = dict(links or {})
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("word/document.xml", "wordprocessingml.document"),
        "_rels/.rels": relationships({
            "r1": ("officeDocument", "word/document.xml"), "r2": ("metadata/core-properties", "docProps/core.xml"),
        }),
    }  # fmt: skip
    for name, inner in parts.items():
        if name == "core":
            files["docProps/core.xml"] = inner
            continue
        kind, element = kinds.get(name, (name, name))
        all_links[f"part-{name}"] = (kind, f"{name}.xml")
        files[f"word/{name}.xml"] = root(f"w:{element}", inner)
    files["word/_rels/document.xml.rels"] = relationships(all_links)
    files["word/document.xml"] = root("w:document", f"<w:body>{body}</w:body>")
    return packed(files)


def p(words: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of a DOCX."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{r(words)}</w:p>"


def r(words: str, properties: str = "") -> str:
    """Return a run of a DOCX."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def odt(body: str, *, automatic: str = "", styles: str = "", meta: str = "", **more: str) -> bytes:
    """Return an ODT; `body` is what stands in `office:text`."""
    inner = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
    return _open("text", inner, styles, meta, more)


def ods(tables: str, *, automatic: str = "", **more: str) -> bytes:
    """Return an ODS; `tables` is what stands in `office:spreadsheet`."""
    inner = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    )
    return _open("spreadsheet", inner, "", "", more)


def _open(media: str, inner: str, styles: str, meta: str, more: Mapping[str, str]) -> bytes:
    return packed({
        "mimetype": f"application/vnd.oasis.opendocument.{media}",
        "content.xml": root("office:document-content", inner),
        "styles.xml": root("office:document-styles", styles),
        "meta.xml": root("office:document-meta", f"<office:meta>{meta}</office:meta>"),
        "META-INF/manifest.xml": '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        **more,
    })  # fmt: skip


def xlsx(
    sheets: Mapping[str, str],
    *,
    formats: tuple[str, ...] = (),
    strings: tuple[str, ...] = (),
    states: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return an XLSX; each sheet is what stands in its `worksheet`, `formats[n]` the format of style n + 1."""
    states = states or {}
    numbers = range(1, len(sheets) + 1)
    links = {f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
    links |= {"st": ("styles", "styles.xml"), "ss": ("sharedStrings", "sharedStrings.xml")}
    told = "".join(
        f'<sheet xmlns="{X}" name="{escape(name)}" sheetId="{n}" r:id="s{n}" state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(sheets, 1)
    )
    codes = "".join(
        f"<numFmt numFmtId='{200 + n}' formatCode='{escape(code)}'/>" for n, code in enumerate(formats)
    )
    cells = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types("xl/workbook.xml", "spreadsheetml.sheet"),
        "_rels/.rels": relationships({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": root("x:workbook", f"<x:sheets>{told}</x:sheets>"),
        "xl/_rels/workbook.xml.rels": relationships(links),
        "xl/styles.xml": f'<styleSheet xmlns="{X}"><numFmts>{codes}</numFmts><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{X}">' + "".join(f"<si><t>{escape(s)}</t></si>" for s in strings) + "</sst>",
    }  # fmt: skip
    for n, inner in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<worksheet xmlns="{X}">{inner}</worksheet>'
    return packed({**parts, **(more or {})})


def rows(*lines: tuple[object, ...], first: int = 1, styles: Mapping[int, int] | None = None) -> str:
    """Return rows of a sheet of XLSX: numbers and words; `styles` gives columns, from 0, their style."""
    out = []
    for n, line in enumerate(lines, first):
        cells = []
        for c, value in enumerate(line):
            name = f"{chr(65 + c)}{n}"
            style = f' s="{styles[c]}"' if styles and c in styles and not isinstance(value, str) else ""
            if isinstance(value, str) and value:
                cells.append(f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
            elif isinstance(value, bool):
                cells.append(f'<c r="{name}" t="b"><v>{int(value)}</v></c>')
            elif isinstance(value, int | float):
                cells.append(f'<c r="{name}"{style}><v>{value}</v></c>')
        out.append(f'<row r="{n}">{"".join(cells)}</row>')
    return "".join(out)


def sheet(*lines: tuple[object, ...], after: str = "", styles: Mapping[int, int] | None = None) -> str:
    """Return what stands in a worksheet of those rows."""
    return f"<sheetData>{rows(*lines, styles=styles)}</sheetData>{after}"


def epub(
    chapters: Mapping[str, str],
    *,
    metadata: str = "",
    properties: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Return an EPUB; each chapter is what stands in its `body`, or a whole file where it begins with `<!` or `<?`."""
    properties = properties or {}
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml" properties="{properties.get(name, "")}"/>'
        for n, name in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{order}</spine></package>",
    }  # fmt: skip
    for name, inner in chapters.items():
        whole = inner.startswith(("<!", "<?"))
        parts[f"OEBPS/{name}"] = inner if whole else (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
            f"<head><title>-</title></head><body>{inner}</body></html>"
        )  # fmt: skip
    return packed({**parts, **(more or {})})


def read(data: bytes, name: str) -> Document:
    return read_bytes(data, Source(name=name))


def lines(document: Document) -> list[tuple[str, str]]:
    """Return kind and words of every block that has words of its own."""
    return [(b.kind, b.content.of(document.text)) for b in document.blocks if b.content.of(document.text)]


def place_of(document: Document, words: str) -> Place:
    """Return the one place where words of the text stand."""
    start = document.text.index(words)
    (place,) = document.places(Span(start, start + len(words)))
    return place


def words_at(data: bytes, place: Place) -> str:
    """Return what stands at a place of the raw file, found without any code that is tested."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tree = etree.fromstring(archive.read(place.part or ""))
    found = tree.xpath(place.xpath or "", namespaces=NAMESPACES)
    assert isinstance(found, list)
    (element,) = found
    assert isinstance(element, etree._Element)
    return "".join(map(str, element.itertext()))


def check_spans(document: Document) -> None:
    """Check the laws of blocks: within the text, within their parents, in order; cells of tables as the text has them."""
    size = len(document.text)
    for index, block in enumerate(document.blocks):
        assert 0 <= block.span.start <= block.content.start <= block.content.end <= block.span.end <= size
        assert block.parent < index
        assert block.parent < 0 or document.blocks[block.parent].span.contains(block.span)
    assert [b.span.start for b in document.blocks] == sorted(b.span.start for b in document.blocks)
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        for words, spans in zip(table.rows, table.cells, strict=True):
            assert [span.of(document.text) for span in spans] == list(words)
    for mark in document.markers:
        assert mark.label in mark.span.of(document.text)
    for span, _, said in document.problems:
        assert 0 <= span.start <= span.end <= size
        assert said
