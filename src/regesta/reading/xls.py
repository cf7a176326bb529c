"""XLS: the sheets of an old workbook (BIFF, Office 97 to 2003), by `python-calamine`.

The library gives values with their types, not their formats: a share stays `0.25`, a date is a whole day. Hidden rows are
not told. A workbook with a password is said to have one. Binary workbooks of today (`.xlsb`) are not read: the library
would set aside memory for every cell between the first and the last.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from regesta.errors import ReadError

if TYPE_CHECKING:
    from regesta.model import Document, Source

__all__ = ["read", "sniff"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def sniff(data: bytes) -> bool:
    """Return whether the first bytes are those of an old workbook, where its folder stands that early.

    >>> sniff(b"PK")
    False
    """
    return data.startswith(_OLE) and any(name in data for name in _WORKBOOKS)


def read(data: bytes, source: Source) -> Document:
    """Return the document that an XLS holds. Raises `ReadError` where the bytes are none, or are encrypted."""
    from regesta.reading.package import kind
    from regesta.reading.sheets import Sheet, SheetWriter

    if kind(data) == "xlsx":  # a name of old on a file of today
        from regesta.reading.xlsx import read as read_xlsx

        return read_xlsx(data, source)
    if _ENCRYPTED in data:
        raise ReadError(
            "the file is encrypted",
            where=source.name,
            hint="open it with its password and save it without one",
        )
    if not data.startswith(_OLE):
        return _read_other(data, source)
    book = _open(data, source.name)
    writer = SheetWriter()
    for stated in book.sheets_metadata:
        rows, start = _rows(book, stated.name, source.name)
        sheet = Sheet(stated.name[:200])
        if "Visible" not in str(stated.visible):
            sheet.problems.append(("R031", "the sheet is hidden; it was read"))
        n_cells, n_text = writer.cells_left, writer.text_left
        for number, values in enumerate(rows, start[0]):
            cells = [
                (column, words) for column, value in enumerate(values, start[1]) if (words := _words(value))
            ]
            n_cells -= len(cells)
            n_text -= sum(len(words) for _, words in cells)
            if n_cells < 0 or n_text < 0:
                sheet.problems.append(
                    ("R005", f"the rows from {number + 1} on were left out; there are too many")
                )
                break
            if cells:
                sheet.rows.append((number, cells))
        writer.add(sheet)
    return writer.document(source, "xls")


def _open(data: bytes, where: str) -> Any:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise ReadError(
            "old Excel workbooks need a package that is not installed", where=where,
            hint="pip install 'regesta[office]', or save the file as XLSX",
        ) from error  # fmt: skip
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except (CalamineError, OSError, ValueError) as error:
        found = str(error)[:100]
        is_locked = "assword" in found
        raise ReadError(
            "the file is encrypted" if is_locked else "this is no Excel workbook, or a broken one", where=where,
            found=None if is_locked else found, hint="open it in its program and save it as XLSX",
        ) from error  # fmt: skip


def _rows(book: Any, name: str, where: str) -> tuple[list[list[Any]], tuple[int, int]]:
    from python_calamine import CalamineError

    try:
        sheet = book.get_sheet_by_name(name)
        return sheet.to_python(skip_empty_area=True), sheet.start or (0, 0)
    except (CalamineError, OSError, ValueError) as error:
        raise ReadError("a sheet is broken", where=f"{where}/{name}", found=str(error)[:100]) from error


def _words(value: Any) -> str:
    from regesta.reading.number_formats import plain_number

    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


def _read_other(data: bytes, source: Source) -> Document:
    """Read what only calls itself a workbook: many programs write a page or a table of words under that name."""
    from regesta.reading import html, table

    head = data[:4096]
    if html.sniff(head):
        return html.read(data, source)
    if b"\0" not in head and (b"\t" in head or b"," in head or b";" in head) and not head.startswith(b"PK"):
        return table.read(data, source)
    raise ReadError("this is no Excel workbook", where=source.name, found=data[:8], hint="save it as XLSX")
