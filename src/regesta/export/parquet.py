"""Parquet, one file a table, for data frames: written by DuckDB over a connection of its own.

    chronicle.duckdb ──attach, read-only──► trusted connection ──copy──► claims.parquet

The chronicle's own connection may touch no file. One thread writes, so that the same rows give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from regesta.errors import ExportError
from regesta.export.tables import ordered_tables

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["write"]


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write one file a table and return the files."""
    written: list[Path] = []
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as trusted:
            trusted.execute(f"attach {_quoted(chronicle.path.resolve())} as chronicle (read_only)")
            for table, order in ordered_tables():
                path = folder / f"{table}.parquet"
                trusted.execute(
                    f"copy (select * from chronicle.{table} order by {order})"  # noqa: S608 - our own names
                    f" to {_quoted(path.resolve())} (format parquet, compression zstd)"
                )
                written.append(path)
    except duckdb.Error as error:
        raise ExportError(f"DuckDB: {str(error).splitlines()[0]}", where=str(folder)) from error
    return written


def _quoted(path: Path) -> str:
    """Return a path as a literal of SQL: ATTACH and COPY take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
