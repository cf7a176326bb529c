"""A reading copy of a chronicle in SQLite: what the pages ask of, by key, thousands of times a second.

    chronicle.duckdb ── make ──► shelf.sqlite ── open ──► Shelf.rows("select ... where subject = ?", [id])

DuckDB is made for questions about all rows, SQLite for the few rows of one key: 0.04 ms against 0.5 to 8. The shelf has
the tables and columns of the chronicle, whatever they are; lists and structs are JSON text, days are text. Beside them
it has what pages ask by (`reckoned.sql`), and indexes to search (`indexing.py`): cards of entities, facets, the leaves that a long text is shown in. `at_hand`
keeps one shelf for each chronicle in the user's cache. Nothing here knows a page, and nothing writes to a chronicle.
"""

from __future__ import annotations

from regesta.shelf.asking import Result, search
from regesta.shelf.keeping import at_hand, state
from regesta.shelf.lighting import lit
from regesta.shelf.making import PIECE, make
from regesta.shelf.reading import Row, Shelf, open  # noqa: A004 - the rooms' own word
from regesta.shelf.searching import (
    COUNTED,
    FACETS,
    KINDS,
    Found,
    Likeness,
    Search,
    likenesses,
    one_letter_off,
)
from regesta.shelf.wanted import Wanted, quoted, understand

__all__ = [
    "COUNTED",
    "FACETS",
    "KINDS",
    "PIECE",
    "Found",
    "Likeness",
    "Result",
    "Row",
    "Search",
    "Shelf",
    "Wanted",
    "at_hand",
    "likenesses",
    "lit",
    "make",
    "one_letter_off",
    "open",
    "quoted",
    "search",
    "state",
    "understand",
]
