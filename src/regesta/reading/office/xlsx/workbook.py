"""The parts of an XLSX in the order in which they are read.

    workbook.xml ──► sheet "Arrivals", r:id ──relationships──► worksheets/sheet3.xml ──► Sheet ──► SheetWriter

A sheet that is missing or broken is said and the others are read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from regesta.errors import ReadError
from regesta.model import Document, Source
from regesta.reading.html.metadata import fill
from regesta.reading.office.markup import Element, Stream, attribute, parse
from regesta.reading.office.number_formats import BUILT_IN, NumberFormat, number_format
from regesta.reading.office.package import Package
from regesta.reading.office.properties import core_properties
from regesta.reading.office.relationships import Relationships
from regesta.reading.office.sheets import MAX_CELLS, Sheet, SheetWriter
from regesta.reading.office.xlsx.cells import SheetReader, words_of_string

__all__ = ["read_workbook"]


@dataclass(slots=True)
class _Workbook:
    package: Package
    writer: SheetWriter = field(default_factory=SheetWriter)
    strings: list[str] = field(default_factory=list)
    formats: list[NumberFormat] = field(default_factory=list)
    since_1904: bool = False

    def tree(self, name: str | None) -> Element | None:
        if name is None:
            return None
        if name not in self.package:
            if "docProps" not in name:
                self.say("R034", f"{name} is not in the file")
            return None
        try:
            root, problem = parse(self.package.chunks(name), f"{self.package.where}/{name}")
        except ReadError as error:
            root, problem = None, str(error)
        if problem:
            self.say("R003", f"{name} is broken: {problem}"[:300])
        return root

    def say(self, code: str, sentence: str) -> None:
        from regesta.text.span import Span

        self.writer.problems.append((Span(0, 0), code, sentence))


def read_workbook(data: bytes, source: Source) -> Document:
    """Return the document that an XLSX holds."""
    package = Package(data, source.name)
    main = Relationships.of(package, "").by_kind("officeDocument") or "xl/workbook.xml"
    book = _Workbook(package)
    root = book.tree(main) if main in package else None
    if root is None or not str(root.tag).endswith("}workbook"):
        raise ReadError(
            "this is no Excel workbook", where=source.name, found=", ".join(package.names[:3]) or "an empty zip",
            hint="an XLSX has a part xl/workbook.xml; a binary workbook (.xlsb) is to be saved as XLSX",
        )  # fmt: skip
    links = Relationships.of(package, main)
    for properties in root.iterfind("{*}workbookPr"):
        book.since_1904 = properties.get("date1904") in {"1", "true"}
    book.formats = _formats(book.tree(links.by_kind("styles")))
    if strings := links.by_kind("sharedStrings"):
        book.strings = _strings(book, strings)
    for element in root.iterfind("{*}sheets/{*}sheet"):
        name = (element.get("name") or "")[:200]
        part = links.part(attribute(element, "r:id") or "")
        if book.writer.cells_left <= 0 or book.writer.text_left <= 0:
            book.say("R005", f"sheet {name!r} was left out: {MAX_CELLS:,} cells of the file are read")
        elif part is None or part not in package:
            book.say("R034", f"sheet {name!r} is not in the file")
        elif "/chartsheets/" not in part:
            sheet = _sheet(book, name, part)
            if (state := element.get("state")) in {"hidden", "veryHidden"}:
                sheet.problems.insert(0, ("R031", "the sheet is hidden; it was read"))
                del state
            book.writer.add(sheet)
    said = core_properties(book.tree(Relationships.of(package, "").by_kind("core-properties")))
    return book.writer.document(fill(source, said), "xlsx")


def _sheet(book: _Workbook, name: str, part: str) -> Sheet:
    reader = SheetReader(Sheet(name), book.strings, book.formats, since_1904=book.since_1904)
    stream = Stream(
        book.package.chunks(part), f"{book.package.where}/{part}", "x:sheetData",
        tags=("row", "pane", "col", "mergeCell"), beside=frozenset({"x:pane", "x:col", "x:mergeCell"}),
    )  # fmt: skip
    try:
        reader.take(stream, book.writer.cells_left, book.writer.text_left)
    except ReadError as error:
        reader.sheet.problems.append(("R003", f"{part} cannot be read: {error}"[:300]))
    if stream.problem:
        reader.sheet.problems.append(("R003", f"{part} is broken: {stream.problem}"[:300]))
    reader.finish()
    for remarks in Relationships.of(book.package, part).all_of_kind("comments"):
        root = book.tree(remarks)
        for comment in root.iterfind("{*}commentList/{*}comment") if root is not None else ():
            text = comment.find("{*}text")
            if text is not None and (words := words_of_string(text)):
                reader.sheet.remarks.append(((comment.get("ref") or "")[:12], words))
    return reader.sheet


def _strings(book: _Workbook, part: str) -> list[str]:
    stream = Stream(book.package.chunks(part), f"{book.package.where}/{part}", "x:sst", tags=("si",))
    found: list[str] = []
    if part not in book.package:
        book.say("R034", f"{part} is not in the file; words of cells are missing")
        return found
    try:
        found.extend(words_of_string(element) for element, _, _ in stream)
    except ReadError as error:
        book.say("R003", f"{part} cannot be read: {error}"[:300])
    if stream.problem:
        book.say("R003", f"{part} is broken: {stream.problem}"[:300])
    return found


def _formats(root: Element | None) -> list[NumberFormat]:
    """Return the format of each style of cells, by number."""
    if root is None:
        return []
    codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[element.get("numFmtId") or ""] = element.get("formatCode") or ""
    return [
        number_format(codes.get(element.get("numFmtId") or "0", "General"))
        for element in root.iterfind("{*}cellXfs/{*}xf")
    ]
