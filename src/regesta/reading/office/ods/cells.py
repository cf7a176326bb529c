"""The rows of an ODS as they come, cells by their typed values.

    date-value="1953-05-01", shown as "May 1953"     1953-05       as precise as it is shown
    value-type="percentage" value="0.25"             25%
    number-columns-repeated="1000", no words         costs nothing

Repetitions of filled cells and rows are spread out as far as a workbook may have cells. Hidden rows, columns and sheets are
read and said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from regesta.model import Document, Source
from regesta.reading.html.metadata import fill
from regesta.reading.office.markup import Element, Stream, attribute, names
from regesta.reading.office.number_formats import NumberFormat, worded
from regesta.reading.office.open_document import OpenDocument
from regesta.reading.office.properties import core_properties
from regesta.reading.office.sheets import MAX_CELLS, MAX_TEXT, Sheet, SheetWriter, cell_name, ranges

__all__ = ["read_sheets"]

_SPACE = re.compile(r"[ \t\r\f\v\n]+")
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_PERCENT = NumberFormat("percent")
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384
_MAX_REPEATED = 100_000
"""Cells of a workbook that are said to repeat others: sixty bytes may say a million."""


@dataclass(slots=True)
class _Reader:
    short: dict[str, str] = field(default_factory=names)
    writer: SheetWriter = field(default_factory=SheetWriter)
    sheet: Sheet | None = None
    hidden_styles: set[str] = field(default_factory=set)
    n_cells: int = 0
    n_repeated: int = 0
    n_text: int = 0
    _table: Element | None = None
    _row_number: int = 0
    _column: int = 0
    _hidden_rows: list[int] = field(default_factory=list)
    _hidden_columns: set[int] = field(default_factory=set)
    _n_unsaved: int = 0
    is_full: bool = False

    def take(self, element: Element, name: str) -> None:
        """Take an element of the stream."""
        if name == "style:style":
            if any(attribute(child, "table:display") == "false" for child in element):
                self.hidden_styles.add(attribute(element, "style:name") or "")
            return
        if name == "table:table":
            return
        table = next(element.iterancestors("{*}table"), None)
        if table is None:
            return
        if table is not self._table:
            self.finish_sheet()
            self._table = table
            self._start(table)
        if name == "table:table-column":
            n = _number(element, "table:number-columns-repeated")
            if (
                attribute(element, "table:visibility") in {"collapse", "filter"}
                and self._column < _MAX_COLUMNS
            ):
                self._hidden_columns.update(range(self._column, min(self._column + n, _MAX_COLUMNS)))
            self._column += n
        else:
            self._row(element)

    def _start(self, table: Element) -> None:
        self.sheet = Sheet((attribute(table, "table:name") or "")[:200])
        self._row_number = self._column = self._n_unsaved = 0
        self._hidden_rows, self._hidden_columns = [], set()
        if attribute(table, "table:style-name") in self.hidden_styles:
            self.sheet.problems.append(("R031", "the sheet is hidden; it was read"))

    def finish_sheet(self) -> None:
        """Lay out the sheet that was read."""
        sheet, self.sheet = self.sheet, None
        if sheet is None:
            return
        if self._hidden_rows:
            sheet.problems.append(("R031", f"rows {ranges(self._hidden_rows)} are hidden; they were read"))
        filled = {column for _, cells in sheet.rows for column, _ in cells} & self._hidden_columns
        if filled:
            sheet.problems.append(
                ("R031", f"columns {ranges(filled, columns=True)} are hidden; they were read")
            )
        if self._n_unsaved:
            sheet.problems.append(
                ("R033", f"{self._n_unsaved} formulas have no saved value; their cells are empty")
            )
        self.writer.add(sheet)

    def _row(self, row: Element) -> None:
        sheet, number = self.sheet, self._row_number
        if sheet is None:
            return
        repeated = _number(row, "table:number-rows-repeated")
        self._row_number += repeated
        if number >= _MAX_ROWS or self.is_full:
            return
        cells: list[tuple[int, str]] = []
        column = 0
        for cell in row:
            n = _number(cell, "table:number-columns-repeated")
            if len(cell) or cell.attrib:
                words = (
                    self._words(cell, number, column) if self.short[cell.tag] == "table:table-cell" else ""
                )
                if words:
                    across = _number(cell, "table:number-columns-spanned")
                    down = _number(cell, "table:number-rows-spanned")
                    if across > 1 or down > 1:
                        sheet.merged[number, column] = (min(down, _MAX_ROWS), min(across, _MAX_COLUMNS))
                    shown = max(1, min(n, _MAX_COLUMNS - column, _MAX_REPEATED - self.n_repeated))
                    self.n_repeated += shown - 1
                    cells.extend((column + k, words) for k in range(shown))
            column += n
            if column >= _MAX_COLUMNS:
                break
        if not cells:
            return
        is_hidden = attribute(row, "table:visibility") in {"collapse", "filter"}
        for n in range(min(repeated, _MAX_ROWS - number)):
            self.n_text += sum([len(words) for _, words in cells])
            self.n_repeated += len(cells) if n else 0
            if n and self.n_repeated > _MAX_REPEATED:
                said = (
                    f"rows {number + n + 1} to {self._row_number} repeat row {number + 1}; they were left out"
                )
                sheet.problems.append(("R005", said))
                break
            if self.n_cells + len(cells) > MAX_CELLS or self.n_text > MAX_TEXT:
                said = f"the rows from {number + n + 1} on were left out; there are too many"
                sheet.problems.append(("R005", said))
                self.is_full = True
                return
            sheet.rows.append((number + n, cells))
            self.n_cells += len(cells)
            if is_hidden:
                self._hidden_rows.append(number + n)
        parent = row.getparent()
        if parent is not None and self.short[parent.tag] == "table:table-header-rows":
            sheet.n_frozen = number + 1

    def _words(self, cell: Element, row: int, column: int) -> str:
        lines: list[str] = []
        for child in cell:
            name = self.short[child.tag]
            if name == "text:p":
                lines.append(_line(child, self.short))
            elif name == "office:annotation" and self.sheet is not None:
                remark = " ".join(_line(p, self.short) for p in child.iterfind("{*}p"))
                if remark.strip():
                    self.sheet.remarks.append((cell_name(row, column), remark.strip()))
        shown = "\n".join(lines).strip()
        kind = attribute(cell, "office:value-type")
        if kind in {"float", "percentage", "currency"}:
            try:
                value = float(attribute(cell, "office:value") or "")
            except ValueError:
                return shown
            if kind == "percentage":
                return worded(value, _PERCENT)
            plain = worded(value, NumberFormat())
            code = attribute(cell, "office:currency") or ""
            return f"{plain} {code}" if kind == "currency" and code else plain
        if kind == "date":
            return _date(attribute(cell, "office:date-value") or "", shown)
        if kind == "boolean":
            return (attribute(cell, "office:boolean-value") or shown).upper()
        if kind == "time" and (found := _DURATION.fullmatch(attribute(cell, "office:time-value") or "")):
            return f"{found[1]}:{found[2]}" + (f":{found[3]}" if int(found[3]) else "")
        if not shown and attribute(cell, "table:formula") and kind is None:
            self._n_unsaved += 1
        return shown or (attribute(cell, "office:string-value") or "").strip()


def read_sheets(data: bytes, source: Source) -> Document:
    """Return the document that an ODS holds."""
    file = OpenDocument(data, source.name)
    reader = _Reader()
    stream = Stream(
        file.content(), source.name, "no:element", reader.short,
        tags=("table-row", "table-column", "style", "table"),
        beside=frozenset({"table:table-row", "table:table-column", "style:style", "table:table"}),
    )  # fmt: skip
    for element, name, _ in stream:
        reader.take(element, name)
    reader.finish_sheet()
    if stream.problem:
        from regesta.text.span import Span

        said = f"{file.part or 'the file'} is broken: {stream.problem}"[:300]
        reader.writer.problems.append((Span(0, 0), "R003", said))
    meta, _ = file.tree("meta.xml")
    return reader.writer.document(fill(source, core_properties(meta)), "ods")


def _line(paragraph: Element, short: dict[str, str]) -> str:
    """Return the words of a paragraph of a cell."""
    if len(paragraph) == 0:
        return _SPACE.sub(" ", paragraph.text or "").strip()
    found = [paragraph.text or ""]
    for piece in paragraph.iterdescendants():
        name = short[piece.tag]
        if name in {"text:s", "text:tab", "text:line-break"}:
            found.append(" ")
        elif name not in {"text:ruby-text", "svg:title", "svg:desc"}:
            found.append(piece.text or "")
        found.append(piece.tail or "")
    return _SPACE.sub(" ", "".join(found)).strip()


def _date(value: str, shown: str) -> str:
    """Return a date as precise as it is shown.

    >>> _date("1953-05-01", "May 1953"), _date("1953-05-01T00:00:00", "1.5.53"), _date("1953-05-01", "1953")
    ('1953-05', '1953-05-01', '1953')
    """
    day, _, clock = value.partition("T")
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)
    if found is None:
        return shown or value
    numbers = {int(number) for number in re.findall(r"\d{1,4}", shown)}
    if re.fullmatch(r"\d{4}", shown):
        return found[1]
    if numbers == {int(found[1])} or numbers == {int(found[1]), int(found[2])} != {
        int(found[1]),
        int(found[3]),
    }:
        return f"{found[1]}-{found[2]}"
    return f"{day} {clock[:5]}" if clock and clock[:5] != "00:00" else day


def _number(element: Element, name: str) -> int:
    value = attribute(element, name)
    if value is None:
        return 1
    return max(1, int(value[:9])) if value.isascii() and value[:9].isdigit() else 1
