"""Tables brought up to date: numbered files of SQL, each done once, all of them or none.

    migrations/0001_log.sql  0002_reviewers.sql  …       regesta.versions: which of them a database has

One program does it at a time (an advisory lock), in one transaction: who comes second finds it done. A database that has
more than this version knows is refused. Nothing here connects.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from regesta.errors import EngineError

if TYPE_CHECKING:
    from psycopg import Cursor

__all__ = ["Migration", "migrate", "migrations", "refuse_newer", "version_of"]

_NAME = re.compile(r"(\d{4})_([a-z_]+)\.sql")
_LOCK: Final = "select pg_advisory_xact_lock(29285, 1)"
_IS_THERE: Final = (
    "select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = 'regesta' and c.relname = 'versions'"
)
_OLDEST: Final = 130_000
"""The oldest PostgreSQL that is spoken to, as it counts itself."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of SQL."""

    number: int
    """From 1, without gaps."""
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Of its words: a file that was once published is never changed."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def migrations() -> tuple[Migration, ...]:
    """Return all of them in their order.

    >>> [(one.number, one.name) for one in migrations()][:2]
    [(1, 'log'), (2, 'reviewers')]
    """
    folder = files("regesta.database").joinpath("migrations")
    found = [
        Migration(int(match[1]), match[2], file.read_text("utf-8"))
        for file in folder.iterdir()
        if (match := _NAME.fullmatch(file.name))
    ]
    found.sort(key=lambda one: one.number)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    return tuple(found)


def version_of(cursor: Cursor[Any]) -> int:
    """Return how far a database is: 0 where regesta has no tables there."""
    cursor.execute(_IS_THERE)  # `to_regclass` would tell what it was when the transaction began
    if cursor.fetchone() is None:
        return 0
    cursor.execute("select coalesce(max(number), 0) from regesta.versions")
    found = cursor.fetchone()
    return int(found[0]) if found else 0


def refuse_newer(version: int, where: str) -> None:
    """Raise `EngineError` where a database is of a newer version of regesta."""
    if version > len(migrations()):
        raise EngineError(
            f"the tables are of version {version}, and this regesta knows them up to {len(migrations())}",
            where=where, hint="use the newer regesta here too: pip install --upgrade 'regesta[postgres]'",
        )  # fmt: skip


def migrate(cursor: Cursor[Any], where: str) -> None:
    """Bring the tables up to date, inside the transaction of this cursor; raises `EngineError` where they are newer."""
    settings = cursor.connection.info
    if settings.server_version < _OLDEST:
        raise EngineError(
            "this PostgreSQL is too old",
            where=where, found=settings.server_version // 10_000, hint="use 13 or later",
        )  # fmt: skip
    cursor.execute("show server_encoding")
    encoding = cursor.fetchone()
    if encoding is None or encoding[0] != "UTF8":
        raise EngineError(
            "the database is not in UTF-8", where=where, found=encoding and encoding[0],
            hint="make one with: createdb --encoding=UTF8 --template=template0 NAME",
        )  # fmt: skip
    cursor.execute(_LOCK)
    version = version_of(cursor)
    refuse_newer(version, where)
    for one in migrations()[version:]:
        cursor.execute(one.sql.encode())
        cursor.execute(
            "insert into regesta.versions (number, name, sha256) values (%s, %s, %s)",
            [one.number, one.name, one.sha256],
        )
