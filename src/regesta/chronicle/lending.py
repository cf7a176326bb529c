"""A chronicle that is not yet finished, lent to those who read it: closed for writing, and opened by as many processes as like.

What is made of all rows is made when they are on the disk, so that another process may read them too; the rows that come of it are
written when all have given it back. What a reader has no memory for each puts into a folder of his own. Nothing here knows what is read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from regesta.errors import StoreError

if TYPE_CHECKING:
    from regesta.chronicle import engine

__all__ = ["MORE", "WORTH", "Lent", "lend", "short_of"]

_Made = TypeVar("_Made")

WORTH: Final = 100_000
"""Claims from which on a chronicle is lent: of fewer all is made before another process has begun."""

MORE: Final = (4, 4, 4, 0)
"""How many times as much memory DuckDB gets where it had too little."""


@dataclass(frozen=True, slots=True)
class Lent:
    """An unfinished chronicle; may be sent to another process."""

    path: Path
    folder: Path
    """Where readers may put what is theirs; it is empty at first, and gone afterwards."""
    limit: int
    """Bytes of memory for each reader."""

    def open(self, reader: str) -> engine.DuckDBPyConnection:
        """Return a connection that only reads; each `reader` has a name of its own.

        >>> from regesta.chronicle import engine
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "a.duckdb"
        ...     engine.connect(str(path)).execute("create table n as select 7 as n").close()
        ...     with Lent(path, Path(folder), 50 << 20).open("me") as reader:
        ...         reader.execute("from n").fetchall()
        [(7,)]
        """
        from regesta.chronicle import engine

        connection = engine.connect(
            str(self.path),
            read_only=True,
            config={
                "threads": 1,
                "memory_limit": f"{self.limit >> 20}MB",
                "temp_directory": str(self.folder / f"{reader}.tmp"),
            },
        )
        connection.execute(
            "set enable_progress_bar = false"
        )  # a process without a script is taken for a person's
        return connection


def lend(
    path: Path, folder: Path, limit: int, make: Callable[[engine.DuckDBPyConnection, Lent], _Made]
) -> _Made:
    """Return what is made of a chronicle by reading it; short of memory, it is made once more with more.

    Raises `StoreError` where that is still too little.
    """
    from regesta.chronicle import engine

    for more in MORE:
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as own:
            lent = Lent(path, Path(own), limit)
            try:
                with lent.open("first") as reader:
                    return make(reader, lent)
            except engine.OutOfMemoryException as error:
                if not more:
                    raise StoreError(short_of(limit, error), where=str(path)) from error
        limit *= more
    raise AssertionError  # pragma: no cover


def short_of(limit: int, error: Exception) -> str:
    """Say that DuckDB had too little memory with all that it was given, and what to do.

    >>> short_of(2 << 30, MemoryError("Out of Memory Error: could not allocate"))
    'DuckDB needs more than 2,048 MB (Out of Memory Error: could not allocate): build fewer sources at once, and report which these are'
    """
    return f"DuckDB needs more than {limit >> 20:,} MB ({str(error).splitlines()[0]}): build fewer sources at once, and report which these are"
