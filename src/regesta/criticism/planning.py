"""How the database plans the questions of checks: of a small chronicle, more time went into plans than into rows.

    small   plans of one pass, one thread      the passes left out save a fifth of all time, and answers stay the same
    large   as ever, a thread a processor      or a process a processor (`strands`); the order of joins and what is known of columns pay for themselves
    both    no loops for joins by nearest      chosen where few rows are guessed, they compare all rows with all

Nothing here changes what a question means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

from regesta.abreast import processors
from regesta.chronicle import engine

__all__ = ["briefly_planned", "shared_out"]

_LEFT_OUT: Final = (
    "common_subplan",
    "expression_rewriter",
    "join_filter_pushdown",
    "join_order",
    "statistics_propagation",
)
"""The dearest passes of the optimiser by its own profile; without `filter_pushdown` products of tables would be made."""

_MOST: Final = 4
"""Threads for a large chronicle: each holds some hundred megabytes, and a third of the time goes into what answers say."""


@contextmanager
def briefly_planned(
    connection: engine.DuckDBPyConnection, *, is_small: bool, is_alone: bool = True
) -> Iterator[None]:
    """Leave out passes of the optimiser within the block, where a chronicle is small; settings are put back behind it.

    Who is not alone has one thread.

    >>> from regesta.chronicle import engine
    >>> connection = engine.connect()
    >>> with briefly_planned(connection, is_small=True):
    ...     connection.execute("select current_setting('disabled_optimizers') like '%join_order%'").fetchone()
    (True,)
    >>> connection.execute("select current_setting('disabled_optimizers')").fetchone()
    ('',)
    """
    known = {name for (name,) in connection.execute("select name from duckdb_optimizers()").fetchall()}
    wanted: dict[str, object] = {
        "asof_loop_join_threshold": 0,
        "threads": min(processors(), _MOST) if is_alone else 1,
    }
    if is_small:
        wanted |= {"disabled_optimizers": ",".join(sorted(known & set(_LEFT_OUT))), "threads": 1}
    query = "select name, value from duckdb_settings() where name in (select unnest(?::varchar[]))"
    before = dict(connection.execute(query, [list(wanted)]).fetchall())
    try:
        _set(connection, {name: value for name, value in wanted.items() if name in before})
        yield
    except BaseException:
        with suppress(
            engine.Error
        ):  # after some errors a transaction takes no more orders; the first error is the one to tell
            _set(connection, before)
        raise
    _set(connection, before)


def shared_out(connection: engine.DuckDBPyConnection) -> str:
    """Return what stands for the table `texts` in a question, in as many parts as there are threads.

    >>> connection = engine.connect(config={"threads": 2})
    >>> _ = connection.execute("create table texts as select chr(97 + n::int) as source from range(4) r(n)")
    >>> shared_out(connection)
    "(select * from texts where true and source < 'b' union all select * from texts where source >= 'b' and true)"
    """
    ((n_threads,),) = connection.execute("select current_setting('threads')").fetchall()
    if n_threads < 2:
        return "texts"
    shares = [n / n_threads for n in range(1, n_threads)]
    ((found,),) = connection.execute(
        "select quantile_disc(source, ?::double[]) from texts", [shares]
    ).fetchall()
    bounds = ["'" + one.replace("'", "''") + "'" for one in dict.fromkeys(found or ())]
    from_ = ["true", *(f"source >= {one}" for one in bounds)]
    until = [*(f"source < {one}" for one in bounds), "true"]
    return f"({' union all '.join(f'select * from texts where {a} and {b}' for a, b in zip(from_, until, strict=True))})"  # noqa: S608


def _set(connection: engine.DuckDBPyConnection, settings: Mapping[str, object]) -> None:
    for name, value in settings.items():
        connection.execute(f"set {name} = '{value}'")
