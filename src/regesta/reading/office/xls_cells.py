"""What stands in an old workbook, as the library tells it: each sheet, and the cells of its rows.

    stdin  the bytes of the file        stdout  JSON lines: {"sheet": name, "hidden": false}, then {"row": 0, "cells": [[0, "Year"]]}
    argv   {"seconds": 60, "memory": 1073741824}

This module is a program of its own: `xls` starts it as a process, because the library reads strangers' files and may panic or
abort. The last line is `{"end": true}`, or `{"error": what the library said}`. It imports nothing of this package.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

__all__ = ["main"]


def main() -> None:
    """Read a workbook from standard input and write what it holds to standard output."""
    asked = json.loads(sys.argv[1])
    with contextlib.suppress(ImportError, ValueError, OSError):  # there is no such thing everywhere
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    faulthandler.dump_traceback_later(asked["seconds"], exit=True)  # whatever hangs, ends
    try:
        _tell(sys.stdin.buffer.read())
    except BaseException as error:  # noqa: BLE001 - a panic of the library is no `Exception`
        _write({"error": str(error) or type(error).__name__})
    else:
        _write({"end": True})
    sys.stdout.flush()


def _tell(data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for stated in book.sheets_metadata:
        sheet = book.get_sheet_by_name(stated.name)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=True)
        first_row, first_column = sheet.start or (0, 0)
        _write({"sheet": stated.name, "hidden": "Visible" not in str(stated.visible)})
        for number, values in enumerate(rows, first_row):
            cells = [
                (column, _plain(value)) for column, value in enumerate(values, first_column) if value != ""
            ]
            if cells:
                _write({"row": number, "cells": cells})


def _write(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said, separators=(",", ":")) + "\n")


def _plain(value: Any) -> str | float | bool:
    """Return a value as JSON has it: dates and times as words.

    >>> _plain(datetime(1962, 5, 5)), _plain(timedelta(minutes=90)), _plain(3.5)
    ('1962-05-05', '1:30', 3.5)
    """
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


if __name__ == "__main__":
    main()
