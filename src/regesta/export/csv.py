"""CSV, one file a table, for spreadsheets: RFC 4180 with line feeds, a header, lists as JSON.

    chronicle.claims ─► claims.csv      id,source,subject,...

Columns are those of `schema.sql`. A null and an empty text look the same, which is what CSV can say. Cells are written as they
are: a sheet that takes `=...` for a formula should import the columns as text.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.export.tables import ordered_tables

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["write"]


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write one file a table and return the files."""
    written: list[Path] = []
    for table, order in ordered_tables():
        answer = chronicle.sql(f"select * from {table} order by {order}")  # noqa: S608 - our own names
        path = folder / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(answer.columns)
            rows.writerows([_cell(value) for value in row] for row in answer)
        written.append(path)
    return written


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
