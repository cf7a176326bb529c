"""The order of the rows of each table in the exports that write whole tables: places first, then whatever tells rows apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from regesta.chronicle.rows import TABLES

__all__ = ["ordered_tables"]

_FIRST = ("source", "start_char", "end_char", "name", "claim", "position", "id", "key")


def ordered_tables() -> Iterator[tuple[str, str]]:
    """Yield every table with the SQL that orders its rows.

    >>> dict(ordered_tables())["texts"]
    'source, start_char, text'
    """
    for table, kind in TABLES.items():
        names = [field.name for field in fields(kind)]
        ranked = [name for name in _FIRST if name in names] + [name for name in names if name not in _FIRST]
        yield table, ", ".join(ranked)
