"""What a chronicle holds, as one hash for each table and one for all.

    rows of a table ─► JSON of each ─► SHA-256 ─► sorted, joined ─► SHA-256 ─► the table's digest

The order of rows is left out, because a table has none; a row that stands there twice counts twice. `meta` is left out of the
hash of all: it says which version of the program and of Python made it, not what it holds. Nothing here judges a difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from regesta.chronicle.rows import TABLES

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["content_hash", "digests", "table_digest"]

_SHORT = 12
"""Digits of a hash that people are shown."""


def digests(chronicle: Chronicle) -> dict[str, str]:
    """Return the digest of every table, hexadecimal, by its name, in the order of the schema."""
    return {table: table_digest(chronicle, table) for table in TABLES}


def table_digest(chronicle: Chronicle, table: str) -> str:
    """Return the digest of one table; `table` is one of the schema."""
    digest = hashlib.sha256()
    for (row,) in _hashes(chronicle, table):
        digest.update(row.encode())
    return digest.hexdigest()


def content_hash(found: Mapping[str, str]) -> str:
    """Return the hash of all tables but `meta`, 64 hexadecimal digits.

    >>> content_hash({"claims": "ab", "meta": "1"}) == content_hash({"meta": "2", "claims": "ab"})
    True
    """
    lines = (f"{table} {digest}\n" for table, digest in sorted(found.items()) if table != "meta")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _hashes(chronicle: Chronicle, table: str) -> Iterator[tuple[str]]:
    query = f"select sha256(cast(to_json(t) as varchar)) as h from {table} t order by h"  # noqa: S608 - of the schema
    for (row,) in chronicle.stream(query):
        yield (str(row),)
