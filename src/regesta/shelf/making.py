"""Copying a chronicle into SQLite: whatever tables and columns DuckDB's catalogue names, batch by batch.

    catalogue ──► create table ──► fetchmany ──► executemany ──► indexes ──► swapped in

Written to a file beside the target and moved in when it is whole, so nobody ever reads half a shelf. Texts are cut into
small pieces, so that a passage costs a piece and not a book. Memory holds one batch and what DuckDB is lent; more than
that is reckoned in files beside the shelf, however long the chronicle is.
Nothing here knows what a table means, but for the texts and the leaves that they are shown in.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.resources import files
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from regesta.chronicle import SCHEMA_VERSION, engine
from regesta.chronicle.staying import BY_SOURCE
from regesta.errors import StoreError
from regesta.replacing import mark, sweep
from regesta.shelf.indexing import index
from regesta.undisturbed import undisturbed

__all__ = ["PIECE", "make"]

PIECE = 8192
"""Code points of a piece of text on a shelf."""
LEAF = 8_000
"""Code points after which the next block begins a new leaf of a text."""
_LONGEST_LEAF = 16_000
"""Code points that a leaf never exceeds: a block that is longer is shown on several."""
_PREFIX = "making-"
"""Of a shelf that is not whole yet."""
_BATCH = 4_000
_LENT = "160MB"
"""Memory in which DuckDB reckons; where that is too little for a single step, it takes what it needs."""
_SPARSE = ("value_entity", "parent")
"""Columns that few rows have: the others are left out of their index."""
_TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "BOOLEAN": "integer",
    "DOUBLE": "real",
}

_OF_CLAIMS = {"claim_citations": "claim, position", "claim_support": "claim"}
"""Tables whose rows are known by claims, not by sources, and their order."""


def make(chronicle: Path, target: Path, *, identity: str = "") -> None:
    """Write a shelf of a chronicle, whole or not at all.

    `identity` is kept with it: what its readers tell one state of a chronicle from another by. Raises `StoreError`
    where there is no chronicle, or one of another version, or no room for the shelf.
    """
    if not chronicle.is_file():
        raise StoreError("no such chronicle", where=str(chronicle), hint="make it with: regesta build")
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent, _PREFIX)
    prefix = f"{_PREFIX}{mark()}."
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=prefix, suffix=".part")
    os.close(descriptor)
    temporary = Path(name)
    try:
        with undisturbed(), closing(sqlite3.connect(temporary)) as shelf:
            with (
                tempfile.TemporaryDirectory(dir=target.parent, prefix=prefix, suffix=".part") as room,
                closing(_opened(chronicle, room)) as duck,
            ):
                _fill(duck, shelf, identity)
            _make_findable(shelf)
        temporary.replace(target)
    except (sqlite3.Error, engine.Error) as error:
        raise StoreError(f"no shelf could be made: {error}", where=str(chronicle)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _opened(chronicle: Path, room: str) -> engine.DuckDBPyConnection:
    """Return the chronicle opened for reading; raises `StoreError` where it is none of this version."""
    rebuild = "build it again with: regesta build"
    try:
        duck = engine.connect(
            str(chronicle),
            read_only=True,
            config={
                "enable_external_access": False,
                "threads": 2,
                "memory_limit": _LENT,
                "temp_directory": room,
            },
        )
    except engine.Error as error:
        problem = str(error).partition("\n")[0]
        raise StoreError(f"cannot be opened: {problem}", where=str(chronicle), hint=rebuild) from error
    try:
        version = duck.execute("select value from meta where key = 'schema_version'").fetchone()
    except engine.Error as error:
        duck.close()
        raise StoreError("no chronicle", where=str(chronicle), hint=rebuild) from error
    if version is None or version[0] != SCHEMA_VERSION:
        duck.close()
        raise StoreError(
            f"a chronicle of another version; expected {SCHEMA_VERSION}",
            where=str(chronicle),
            found=version[0] if version else None,
            hint=rebuild,
        )
    return duck


def _fill(duck: engine.DuckDBPyConnection, shelf: sqlite3.Connection, identity: str) -> None:
    for pragma in (
        "journal_mode = off",
        "synchronous = off",
        "locking_mode = exclusive",
        "threads = 2",
        "cache_size = -65536",
    ):
        shelf.execute(f"pragma {pragma}")
    catalogue = _catalogue(duck)
    order: dict[str, str] = {
        table: _sorted(duck, table) for table in (*BY_SOURCE, *_OF_CLAIMS) if table in catalogue
    }
    for table, columns in catalogue.items():
        if table == "texts":
            _copy(shelf, table, columns, _pieces(duck))
        elif table == "claim_evidence":
            _copy(
                shelf,
                table,
                {**columns, "place": "BIGINT"},
                _batches(duck, _placed(columns, order["claims"])),
            )
        else:
            said = _said(duck, table, columns)
            query = _selection(table, said) + order.get(table, "")
            _copy(shelf, table, columns, _batches(duck, query), said)
    for table, query in _reckoned():
        statement = f"create or replace temp table {table} as {query}"
        try:
            duck.execute(statement)
        except engine.OutOfMemoryException:
            duck.execute("reset memory_limit")
            duck.execute(statement)
        described = duck.execute(f"describe {table}").fetchall()
        columns = {column: kind for column, kind, *_ in described}
        _copy(shelf, table, columns, _batches(duck, _selection(table, columns)))
    _copy(
        shelf,
        "leaves",
        dict.fromkeys(("source",), "VARCHAR") | dict.fromkeys(("number", "start_char", "end_char"), "BIGINT"),
        _leaves(duck),
    )
    _copy(shelf, "shelf", {"identity": "VARCHAR"}, [[(identity,)]])


def _make_findable(shelf: sqlite3.Connection) -> None:
    """Make the indexes of a shelf whose tables are filled."""
    for table, keys in _indexes(shelf):
        name = f"{table}_by_{keys.replace(', ', '_').replace(' ', '_')}"
        rows = f" where {keys} is not null" if keys in _SPARSE else ""
        shelf.execute(f"create index {name} on {table} ({keys}){rows}")
    index(shelf)
    shelf.execute("pragma analysis_limit = 400")
    shelf.execute("analyze")
    shelf.commit()


def _catalogue(duck: engine.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return the tables of a chronicle, each with its columns and their types, in order."""
    tables: dict[str, dict[str, str]] = {}
    found = duck.execute(
        "select table_name, column_name, data_type from duckdb_columns() where not internal order by table_oid, column_index"
    ).fetchall()
    for table, column, kind in found:
        tables.setdefault(table, {})[column] = kind
    return tables


def _said(duck: engine.DuckDBPyConnection, table: str, columns: dict[str, str]) -> dict[str, str]:
    """Return the columns in which any row has a value; the others need not be carried over row by row."""
    counting = ", ".join(f"count({column})" for column in columns)
    counts = duck.execute(f"select {counting} from {table}").fetchone()  # noqa: S608 - of the catalogue
    said = {column: kind for (column, kind), n in zip(columns.items(), counts or (), strict=True) if n}
    return said or columns


def _selection(table: str, columns: dict[str, str]) -> str:
    """Return the query that reads a table as SQLite can keep it."""
    return f"select {', '.join(_readable(column, kind) for column, kind in columns.items())} from {table}"  # noqa: S608


def _sorted(duck: engine.DuckDBPyConnection, table: str) -> str:
    """Return what puts the rows of sources into the order of their names, nothing where they stand in it.

    What comes to a chronicle later stands behind the rest in it; a shelf is the same however its chronicle came to be.
    """
    if table in _OF_CLAIMS:
        return f" order by {_OF_CLAIMS[table]}"
    source = "name" if table == "sources" else "source"
    before = f"select {source} as source, lag({source}) over () as before from {table}"  # noqa: S608 - of the catalogue
    (row,) = duck.execute(f"select bool_or(source < before) from ({before})").fetchall()  # noqa: S608 - the same
    return f" order by {source}, rowid" if row[0] else ""


def _placed(columns: dict[str, str], order: str) -> str:
    """Return the query that reads the evidence, each piece with the row of its claim on the shelf, in the order of the texts.

    What is marked in a part of a text then stands together, and is found without the ids of its claims.
    """
    own = ", ".join(f"e.{column}" for column in columns)
    return (
        f"with placed as (select id, row_number() over ({order}) as place from claims) "  # noqa: S608 - of the catalogue
        f"select {own}, c.place from claim_evidence e join placed c on c.id = e.claim "
        "order by e.source, e.start_char, e.end_char, e.claim, e.position"
    )


def _readable(column: str, kind: str) -> str:
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP")):
        return f"to_json({column})::varchar"
    if kind == "HUGEINT":
        return f"{column}::bigint"
    if kind in _TYPES or kind == "VARCHAR":
        return column
    return f"{column}::varchar"


def _batches(duck: engine.DuckDBPyConnection, query: str) -> Iterator[list[tuple[Any, ...]]]:
    answer = duck.execute(query)
    while rows := answer.fetchmany(_BATCH):
        yield rows


def _pieces(duck: engine.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the texts in small pieces; a chronicle keeps them in large ones."""
    answer = duck.execute("select source, start_char, text from texts")
    while found := answer.fetchone():
        source, start, text = found
        yield [(source, start + at, text[at : at + PIECE]) for at in range(0, max(1, len(text)), PIECE)]


def _leaves(duck: engine.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    """Yield where the leaves of each text begin and end: at blocks that lie in no other, about as long as `LEAF`."""
    answer = duck.execute(
        "select s.name, s.n_characters, b.start_char from sources s left join blocks b on b.source = s.name "
        "and (b.parent is null or b.kind in ('row', 'list_item')) order by s.name, b.start_char"
    )
    rows = iter(lambda: answer.fetchmany(_BATCH), [])
    for (source, length), found in groupby(chain.from_iterable(rows), key=itemgetter(0, 1)):
        edges = list(_edges((start for _, _, start in found if start is not None), length))
        yield [
            (source, number, start, end)
            for number, (start, end) in enumerate(zip(edges, [*edges[1:], length], strict=True), 1)
        ]


def _edges(starts: Iterable[int], length: int) -> Iterator[int]:
    """Yield where leaves begin.

    >>> list(_edges([0, 5_000, 9_000, 60_000], 70_000))
    [0, 9000, 25000, 41000, 57000]
    """
    edge = 0
    yield edge
    for start in [*starts, length]:
        while start - edge > _LONGEST_LEAF:
            edge += _LONGEST_LEAF
            yield edge
        if start - edge >= LEAF and length - start >= LEAF // 2:
            edge = start
            yield edge


def _copy(
    shelf: sqlite3.Connection,
    table: str,
    columns: dict[str, str],
    batches: Iterable[list[tuple[Any, ...]]],
    filled: Iterable[str] | None = None,
) -> None:
    """Make a table and fill it, or only the columns that are named."""
    typed = ", ".join(f"{column} {_TYPES.get(kind, 'text')}" for column, kind in columns.items())
    shelf.execute(f"create table {table} ({typed})")
    given = tuple(filled or columns)
    insert = f"insert into {table} ({', '.join(given)}) values ({', '.join('?' * len(given))})"  # noqa: S608
    for rows in batches:
        shelf.executemany(insert, rows)


def _reckoned() -> Iterator[tuple[str, str]]:
    """Yield the name and the query of each table of `reckoned.sql`."""
    text = files("regesta.shelf").joinpath("reckoned.sql").read_text("utf-8")
    for part in text.split("\n-- table ")[1:]:
        name, _, query = part.partition("\n")
        yield name.strip(), query.strip().rstrip(";")


def _indexes(shelf: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield the table and the columns of each index whose table and columns are there."""
    for line in files("regesta.shelf").joinpath("indexes.sql").read_text("utf-8").splitlines():
        table, _, keys = line.partition(" ")
        there = {row[1] for row in shelf.execute(f"pragma table_info({table})")} if table != "--" else set()
        if keys and {key.partition(" ")[0] for key in keys.split(", ")} <= there:
            yield table, keys
