"""PostgreSQL, as far as regesta needs it: an address, connections that come back by themselves, tables brought up to date.

    open_database("postgresql://archive.example/register") ──► Database ──transaction()──► a cursor

The tables of a newer version of regesta are refused, those of an older one are brought up to date by the numbered files of
`migrations`. A database that cannot be reached raises `Unreachable`, and is tried again at the next occasion. A password
never stands in an address. Nothing here knows what the tables hold. Needs the extra `postgres`.

Names are loaded when they are first asked for: whoever has a file needs nothing of this but `is_address`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta.database.addresses import check_address, is_address
    from regesta.database.connecting import Database, Unreachable, open_database
    from regesta.database.migrating import Migration, migrations

__all__ = [
    "Database",
    "Migration",
    "Unreachable",
    "check_address",
    "is_address",
    "migrations",
    "open_database",
]

_HOME = {
    "Database": "connecting",
    "Migration": "migrating",
    "Unreachable": "connecting",
    "check_address": "addresses",
    "is_address": "addresses",
    "migrations": "migrating",
    "open_database": "connecting",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"regesta.database.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
