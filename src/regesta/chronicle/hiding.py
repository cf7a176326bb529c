"""Claims taken out of sight while a chronicle is criticised, and what the one that it replaces had found.

Somebody who looked said that no source makes these claims: what contradicts them is no contradiction. They stay in the tables;
views of the same names, which are gone afterwards, stand before these. Nothing here is saved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.chronicle import engine

__all__ = ["findings_before", "fingerprints_of", "unseen"]


@contextmanager
def unseen(connection: engine.DuckDBPyConnection, claims: Collection[str]) -> Iterator[None]:
    """Hide claims, and the points of series that they make, from queries of the block; after an error they stay hidden.

    A transaction that failed takes no more orders, and the first error is the one to tell.
    """
    if not claims:
        yield
        return
    (catalog,) = connection.execute("select current_database()").fetchone() or ("",)
    home = '"' + catalog.replace('"', '""') + '".main'
    hidden = "select unnest(?::varchar[]) as claim"
    connection.execute(f"create temp table hidden_claims as {hidden}", [sorted(claims)])
    for table, column in (("claims", "id"), ("observations", "claim")):
        connection.execute(
            f"create temp view {table} as select * from {home}.{table} "  # noqa: S608 - names of this file's own
            f"where {column} not in (select claim from hidden_claims)"
        )
    yield
    for what in ("view temp.claims", "view temp.observations", "table temp.hidden_claims"):
        connection.execute(f"drop {what}")


def fingerprints_of(connection: engine.DuckDBPyConnection, claims: list[str]) -> dict[str, str]:
    """Return the fingerprints of claims by their ids."""
    query = "select id, fingerprint from claims where id in (select unnest(?::varchar[]))"
    return dict(connection.execute(query, [claims]).fetchall())


def findings_before(connection: engine.DuckDBPyConnection, path: Path) -> Mapping[str, str] | None:
    """Return the findings of the chronicle that is about to be replaced: fingerprint to status, open where one of several is.

    What was checked and holds asks nothing of anybody and is left out. None where there is no chronicle with findings.
    """
    from regesta.chronicle import engine

    if not path.is_file() or path.stat().st_size == 0:
        return None
    literal = "'" + str(path).replace("'", "''") + "'"  # ATTACH takes no parameters
    try:
        connection.execute(f"attach if not exists {literal} as replaced (read_only)")
        query = "select 1 from duckdb_tables() where database_name = 'replaced' and table_name = 'findings'"
        if not connection.execute(query).fetchall():
            return None
        return dict(
            connection.execute(
                "select fingerprint, if(bool_or(status = 'open'), 'open', min(status)) from replaced.findings "
                "where severity <> 'ok' group by fingerprint"
            ).fetchall()
        )
    except engine.Error:
        return None  # it is replaced whatever it holds
