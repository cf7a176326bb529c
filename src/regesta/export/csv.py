"""CSV, one file a table, for spreadsheets: RFC 4180 with line feeds, a header, lists as JSON.

    chronicle.claims ─► claims.csv      id,source,subject,...
    the schema       ─► columns.csv     what each column of each file means

A null and an empty text look the same, which is what CSV can say. Cells are written as they are: a program must find what the
chronicle holds. A sheet that takes `=...` for a formula should import the columns as text, or open the `xlsx` export.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.export.tables import COLUMNS_HEADER, Table, columns_rows, tables

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["cell", "write", "write_tables"]


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write one file a table and the list of columns, and return the files."""
    every = tables(chronicle)
    return [
        *write_tables(chronicle, every, folder),
        _file(folder / "columns.csv", COLUMNS_HEADER, columns_rows(every)),
    ]


def write_tables(chronicle: Chronicle, every: tuple[Table, ...], folder: Path) -> list[Path]:
    """Write one file a table and return the files."""
    return [
        _file(folder / f"{table.name}.csv", (c.name for c in table.columns), table.rows(chronicle))
        for table in every
    ]


def cell(value: Any) -> Any:
    """Return a value as a cell of text or a number; lists as JSON.

    >>> cell([{"scheme": "isbn", "value": "1"}]), cell(True), cell(3.0), cell(None)
    ('[{"scheme": "isbn", "value": "1"}]', 'true', 3, None)
    """
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _file(path: Path, header: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(header)
        lines.writerows([cell(value) for value in row] for row in rows)
    return path
