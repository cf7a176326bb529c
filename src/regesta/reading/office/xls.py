"""XLS: the sheets of an old workbook (BIFF, Office 97 to 2003), by `python-calamine`.

The library is asked in a process of its own (`xls_cells`): a broken file makes it panic, or ask for all the memory there is.
It gives values with their types, not their formats: a share stays `0.25`, a date is a whole day. Hidden rows are
not told. A workbook with a password is said to have one. Binary workbooks of today (`.xlsb`) are not read: the library
would set aside memory for every cell between the first and the last.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.errors import ReadError

if TYPE_CHECKING:
    from regesta.model import Document, Source

__all__ = ["read", "sniff"]

_PROGRAM = Path(__file__).with_name("xls_cells.py")
_SECONDS = 60
_MEMORY = 1 << 30
"""Bytes that the process may take, beside twenty times the file."""
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
    from regesta.reading.office.package import kind
    from regesta.reading.office.sheets import Sheet, SheetWriter

    if kind(data) == "xlsx":  # a name of old on a file of today
        from regesta.reading.office.xlsx import read as read_xlsx

        return read_xlsx(data, source)
    if _ENCRYPTED in data:
        raise ReadError(
            "the file is encrypted",
            where=source.name,
            hint="open it with its password and save it without one",
        )
    if not data.startswith(_OLE):
        return _read_other(data, source)
    writer = SheetWriter()
    sheet: Sheet | None = None
    n_cells, n_text, is_full = writer.cells_left, writer.text_left, False
    for heard in _sheets(data, source.name):
        if "sheet" in heard:
            if sheet is not None:
                writer.add(sheet)
            sheet = Sheet(heard["sheet"][:200])
            if heard["hidden"]:
                sheet.problems.append(("R031", "the sheet is hidden; it was read"))
            n_cells, n_text, is_full = writer.cells_left, writer.text_left, False
            continue
        assert sheet is not None
        if is_full:
            continue
        cells = [(column, words) for column, value in heard["cells"] if (words := _words(value))]
        n_cells -= len(cells)
        n_text -= sum(len(words) for _, words in cells)
        if n_cells < 0 or n_text < 0:
            is_full = True
            sheet.problems.append(
                ("R005", f"the rows from {heard['row'] + 1} on were left out; there are too many")
            )
        elif cells:
            sheet.rows.append((heard["row"], cells))
    if sheet is not None:
        writer.add(sheet)
    return writer.document(source, "xls")


def _sheets(data: bytes, where: str) -> Iterator[dict[str, Any]]:
    """Yield what `xls_cells` tells of the workbook, in a process of its own: first of each sheet, then of its rows."""
    if importlib.util.find_spec("python_calamine") is None:
        raise ReadError(
            "old Excel workbooks need a package that is not installed", where=where,
            hint="pip install 'regesta[office]', or save the file as XLSX",
        )  # fmt: skip
    asked = json.dumps({"seconds": _SECONDS, "memory": _MEMORY + 20 * len(data)})
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own program, a list of arguments, no shell
            [sys.executable, "-P", "-S", str(_PROGRAM), asked],
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            for line in process.stdout:
                heard = json.loads(line)
                if "end" in heard:
                    return
                if "error" in heard:
                    raise _error(heard["error"], where)
                yield heard
        finally:
            process.stdout.close()
            process.kill()
            process.wait()
    raise _error("it makes the library that reads it fail", where)


def _error(found: str, where: str) -> ReadError:
    if "assword" in found:
        return ReadError(
            "the file is encrypted",
            where=where,
            hint="open it with its password and save it without one",
        )
    return ReadError(
        "this is no Excel workbook, or a broken one", where=where, found=" ".join(found.split())[:100],
        hint="open it in its program and save it as XLSX",
    )  # fmt: skip


def _words(value: str | float | bool) -> str:
    from regesta.reading.office.number_formats import plain_number

    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return plain_number(value)


def _read_other(data: bytes, source: Source) -> Document:
    """Read what only calls itself a workbook: many programs write a page or a table of words under that name."""
    from regesta.reading import html, table

    head = data[:4096]
    if html.sniff(head):
        return html.read(data, source)
    if b"\0" not in head and (b"\t" in head or b"," in head or b";" in head) and not head.startswith(b"PK"):
        return table.read(data, source)
    raise ReadError("this is no Excel workbook", where=source.name, found=data[:8], hint="save it as XLSX")
