"""One workbook for people: a sheet that says what is in it, one that says what each column means, and a sheet a table.

    README · columns · sources · entities · claims · claims 2 · ... · long texts

Headers are frozen and can be filtered. A sheet holds 1,048,576 rows; what is more goes on in the next one, and README says so.
A cell holds 32,767 characters; the rest of a longer text stands in `long texts`. No cell is a formula: words of a source
that begin with `=` or the like are text, and stay text when somebody edits them. Days that Excel's calendar has are
dates, others ISO 8601 text. Left out, and said in README: `texts`, `blocks` and `runs`, which only programs read.
Rows are written as they come (XlsxWriter, constant memory).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from regesta.errors import ExportError
from regesta.export.csv import cell
from regesta.export.stamp import newest_day
from regesta.export.tables import COLUMNS_HEADER, Table, columns_rows, tables

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["LONGEST", "ROWS", "write"]

LEFT_OUT: Final = ("texts", "blocks", "runs")
"""Tables of programs: the words are in the passages of the others."""
ROWS: Final = 1_048_576
"""Of a sheet, the header included: ECMA-376, as Excel limits it."""
LONGEST: Final = 32_767
"""UTF-16 code units of a cell."""
_FIRST_DATE: Final = dt.date(1900, 3, 1)
"""Before it, Excel and others count days differently."""
_NOT_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_TEMPTING: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS: Final = {"quote": 60, "meaning": 70, "summary": 70, "why": 40, "reason": 50, "title": 40}


def write(chronicle: Chronicle, folder: Path, *, rows: int = ROWS) -> list[Path]:
    """Write `chronicle.xlsx`, at most `rows` rows a sheet, and return it.

    Raises `ExportError` where XlsxWriter is missing (extra `office`).
    """
    path = folder / "chronicle.xlsx"
    _Book(path, chronicle).write(rows)
    return [path]


class _Book:
    """A workbook while it is being written."""

    def __init__(self, path: Path, chronicle: Chronicle) -> None:
        try:
            from xlsxwriter import Workbook
        except ImportError as error:
            raise ExportError(
                "writing XLSX needs XlsxWriter", hint="pip install 'regesta[office]'"
            ) from error
        self.chronicle = chronicle
        self.book = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        day = newest_day(chronicle)
        self.book.set_properties(
            {
                "title": "Chronicle",
                "comments": "Written by regesta",
                "created": dt.datetime(day.year, day.month, day.day),  # noqa: DTZ001 - it has no zone
            }
        )
        self.head = self.book.add_format({"bold": True, "bg_color": "#E7E6E6", "text_wrap": True})
        self.date = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.text = self.book.add_format({"quote_prefix": True})
        self.long: list[tuple[str, str, int, int, str]] = []

    def write(self, rows: int) -> None:
        """Write everything, at most `rows` rows a sheet."""
        every = tables(self.chronicle)
        shown = [table for table in every if table.name not in LEFT_OUT]
        counts = {table.name: table.count(self.chronicle) for table in shown}
        self._sheet("README", ("sheet", "rows", "meaning"), _readme(shown, counts, rows - 1))
        self._sheet("columns", COLUMNS_HEADER, columns_rows(tuple(shown)))
        for table in shown:
            self._table(table, rows - 1)
        if self.long:
            header = ("sheet", "row", "column", "part", "text")
            told = ((sheet, row, column, part, text) for sheet, column, row, part, text in self.long)
            self._sheet("long texts", header, told)
        self.book.close()

    def _table(self, table: Table, rows: int) -> None:
        header = [column.name for column in table.columns]
        left = table.rows(self.chronicle)
        part = 1
        while True:
            batch = islice(left, rows)
            first = next(batch, None)
            if first is None and part > 1:
                return
            here = () if first is None else _chained(first, batch)
            self._sheet(_sheet_name(table.name, part), header, here)
            part += 1

    def _sheet(self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(header):
            sheet.set_column(at, at, _WIDTHS.get(column, 16))
            sheet.write_string(0, at, column, self.head)
        number = 0
        for number, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                if value is not None:
                    self._cell(sheet, name, header[at], number, at, value)
        sheet.autofilter(0, 0, number, len(header) - 1)

    def _cell(self, sheet: Any, name: str, column: str, row: int, at: int, value: Any) -> None:
        if isinstance(value, str):
            self._words(sheet, name, column, row, at, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, int | float) and abs(value) < 1e15:  # more digits than a number of Excel keeps
            sheet.write_number(row, at, value)
        elif isinstance(value, dt.date) and value >= _FIRST_DATE:
            sheet.write_datetime(row, at, value, self.date)
        else:
            self._words(sheet, name, column, row, at, str(cell(value)))

    def _words(self, sheet: Any, name: str, column: str, row: int, at: int, text: str) -> None:
        if not text:
            return
        if not text.isascii():
            text = _NOT_XML.sub("\ufffd", text)
        if len(text) > LONGEST // 2:  # code points beyond the first plane count twice
            text, *others = _parts(text)
            self.long += ((name, column, row + 1, n, part) for n, part in enumerate(others, 2))
        sheet.write_string(row, at, text, self.text if text[0] in _TEMPTING else None)


def _readme(shown: Sequence[Table], counts: dict[str, int], rows: int) -> Iterator[tuple[Any, ...]]:
    """Yield what stands on the first sheet."""
    for table in shown:
        count = counts[table.name]
        yield (table.name, count, table.says)
        for part in range(2, -(-count // rows) + 1):
            yield (
                _sheet_name(table.name, part),
                None,
                f"Goes on where the sheet before it was full, {rows} rows",
            )
    yield (
        None,
        None,
        "Passages are named by source, start_char and end_char: code points of the source's text",
    )
    yield (
        None,
        None,
        "Dates are EDTF: 1997-08 is a month, 198X a decade, 1950~ about 1950; earliest and latest are bounds",
    )
    yield (
        None,
        None,
        f"A text of more than {LONGEST} characters goes on in the sheet 'long texts', named by sheet and row",
    )
    yield (
        None,
        None,
        f"Not in this workbook: {', '.join(LEFT_OUT)}, the texts themselves and their structure; see csv or parquet",
    )


def _sheet_name(table: str, part: int) -> str:
    return table if part == 1 else f"{table} {part}"


def _chained(first: tuple[Any, ...], others: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    yield first
    yield from others


def _parts(text: str) -> list[str]:
    """Return a text in pieces that a cell can hold; code points beyond the first plane count twice."""
    if len(text) <= LONGEST // 2 or (len(text) <= LONGEST and text.isascii()):
        return [text]
    parts, start, used = [], 0, 0
    for at, letter in enumerate(text):
        width = 2 if ord(letter) > 0xFFFF else 1
        if used + width > LONGEST:
            parts.append(text[start:at])
            start, used = at, 0
        used += width
    return [*parts, text[start:]]
