"""Asking a shelf: a connection for each thread, which can read this one file and nothing else.

The file is opened immutable and mapped into memory: whoever replaces it moves another in its place, and those who read
the old one keep it until they let go. Rows answer to the names of their columns. Nothing here writes.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from regesta.errors import StoreError

__all__ = ["Row", "Shelf", "open"]

Row = sqlite3.Row
"""A row: `row["label"]`, or by position."""

_MAPPED = 1 << 31
"""Bytes of the file that are mapped into memory, at most."""


def open(path: Path) -> Shelf:  # noqa: A001 - the rooms' own word
    """Return the shelf in this file; raises `StoreError` where there is none."""
    return Shelf(path)


class Shelf:
    """A shelf, open for reading by any number of threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        """The file."""
        if not path.is_file():
            raise StoreError("no such shelf", where=str(path))
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._filled: dict[str, bool] = {}
        try:
            self.identity: str = str(self.value("select identity from shelf"))
            """What tells this state of the chronicle from any other."""
            self.meta: dict[str, str] = {row[0]: row[1] for row in self.rows("select key, value from meta")}
            """What made the chronicle: versions, and counts of the tables."""
        except StoreError as error:
            self.close()
            raise StoreError("no shelf", where=str(path), hint="remove the file; it is made again") from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return every row that a query gives; raises `StoreError` where it is no query of a shelf."""
        try:
            return self._connection().execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"the shelf cannot answer: {error}", where=str(self.path)) from error

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Return the first row, None where there is none."""
        try:
            found: Row | None = self._connection().execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"the shelf cannot answer: {error}", where=str(self.path)) from error
        return found

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Return the first column of the first row, None where there is none."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def pairs(self, sql: str, parameters: Sequence[Any] = ()) -> dict[Any, Any]:
        """Return the second column of each row by its first, in the order of the rows."""
        return {row[0]: row[1] for row in self.rows(sql, parameters)}

    def has(self, table: str) -> bool:
        """Return whether a table has any rows; asked of the file once."""
        known = self._filled.get(table)
        if known is None:
            known = self._filled[table] = bool(self.value(f"select exists (select 1 from {table})"))  # noqa: S608 - a name of the caller's
        return known

    def text(self, source: str, start: int, end: int) -> str:
        """Return the code points `[start, end)` of the text of a source, cut at its ends.

        Costs what is asked for, not the length of the text.
        """
        start = max(0, start)
        if end <= start:
            return ""
        found = self.rows(
            "select start_char, text from texts where source = ?1 and start_char < ?3 and start_char >= "
            "coalesce((select max(start_char) from texts where source = ?1 and start_char <= ?2), 0) order by start_char",
            [source, start, end],
        )
        if not found:
            return ""
        offset = found[0][0]
        return "".join(row[1] for row in found)[start - offset : end - offset]

    def close(self) -> None:
        """Let go of the file, in every thread."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
            self._own = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            # one thread uses it, another may close it
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
                isolation_level=None,
            )
            connection.row_factory = sqlite3.Row
            for pragma in (
                "query_only = 1",
                f"mmap_size = {_MAPPED}",
                "cache_size = -8192",
                "trusted_schema = 0",
            ):
                connection.execute(f"pragma {pragma}")
            self._own.connection = connection
            with self._lock:
                self._opened.append(connection)
        return connection
