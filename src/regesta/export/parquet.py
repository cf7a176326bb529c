"""Parquet, one file a table, for data frames: written by DuckDB over a connection of its own.

    chronicle.duckdb ──attach, read-only──► trusted connection ──copy──► claims.parquet, columns.parquet

The chronicle's own connection may touch no file. One thread writes, so that the same rows give the same bytes. What a table and
its columns mean stands in the metadata of its file, under `description` and `columns`, and for all in `columns.parquet`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from regesta.errors import ExportError
from regesta.export.tables import COLUMNS_HEADER, columns_rows, tables

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["write"]


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write one file a table and the list of columns, and return the files."""
    written: list[Path] = []
    every = tables(chronicle)
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as trusted:
            trusted.execute(f"attach {_quoted(str(chronicle.path.resolve()))} as chronicle (read_only)")
            for table in every:
                path = folder / f"{table.name}.parquet"
                columns = json.dumps({c.name: c.says for c in table.columns}, ensure_ascii=False)
                trusted.execute(
                    f"copy ({table.query.format('chronicle.')}) to {_quoted(str(path.resolve()))} (format parquet, "
                    f"compression zstd, kv_metadata {{description: {_quoted(table.says)}, columns: {_quoted(columns)}}})"
                )
                written.append(path)
            path = folder / "columns.parquet"
            header = ", ".join(f'"{name}" varchar' for name in COLUMNS_HEADER)
            trusted.execute(f"create table columns_ ({header})")
            marks = ", ".join("?" for _ in COLUMNS_HEADER)
            trusted.executemany(f"insert into columns_ values ({marks})", list(columns_rows(every)))  # noqa: S608
            trusted.execute(
                f"copy columns_ to {_quoted(str(path.resolve()))} (format parquet, compression zstd)"
            )
            written.append(path)
    except duckdb.Error as error:
        raise ExportError(f"DuckDB: {str(error).splitlines()[0]}", where=str(folder)) from error
    return written


def _quoted(text: str) -> str:
    """Return a literal of SQL: ATTACH and COPY take no parameters."""
    return "'" + text.replace("'", "''") + "'"
