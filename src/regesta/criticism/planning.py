"""How the database plans the questions of checks: of a small chronicle, more time went into plans than into rows.

    small   plans of one pass, one thread      the passes left out save a fifth of all time, and answers stay the same
    large   as ever                            the order of joins and what is known of columns pay for themselves

Nothing here changes what a question means.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.chronicle import engine

__all__ = ["briefly_planned"]

_LEFT_OUT: Final = (
    "common_subplan",
    "expression_rewriter",
    "join_filter_pushdown",
    "join_order",
    "statistics_propagation",
)
"""The dearest passes of the optimiser by its own profile; without `filter_pushdown` products of tables would be made."""


@contextmanager
def briefly_planned(connection: engine.DuckDBPyConnection, *, is_small: bool) -> Iterator[None]:
    """Leave out passes of the optimiser within the block, where a chronicle is small; settings are put back behind it.

    >>> from regesta.chronicle import engine
    >>> connection = engine.connect()
    >>> with briefly_planned(connection, is_small=True):
    ...     connection.execute("select current_setting('disabled_optimizers') like '%join_order%'").fetchone()
    (True,)
    >>> connection.execute("select current_setting('disabled_optimizers')").fetchone()
    ('',)
    """
    if not is_small:
        yield
        return
    known = {name for (name,) in connection.execute("select name from duckdb_optimizers()").fetchall()}
    query = "select current_setting('disabled_optimizers'), current_setting('threads')"
    disabled, threads = connection.execute(query).fetchone() or ("", 1)
    left_out = sorted({*disabled.split(","), *(known & set(_LEFT_OUT))} - {""})
    try:
        _set(connection, ",".join(left_out), 1)
        yield
    finally:
        _set(connection, disabled, threads)


def _set(connection: engine.DuckDBPyConnection, disabled: str, threads: int) -> None:
    connection.execute(f"set disabled_optimizers = '{disabled}'")
    connection.execute(f"set threads = {threads:d}")
