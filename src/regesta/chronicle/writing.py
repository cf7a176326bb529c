"""Writing a chronicle whole, then swapping it in.

    rows ─► JSON lines in a temporary folder ─► DuckDB file beside the target ─► fsync ─► os.replace

Rows are taken as they come and never all held. Until the last step the old file is untouched; when any step fails the new one is removed. JSON lines are the fastest way
into DuckDB that needs no Arrow: 4,000 rows of nine columns take 18 ms, bound lists 40, bound values 600
(docs/decisions/duckdb.md). Nothing here knows what the rows mean.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from regesta.chronicle.lending import MORE, WORTH, Lent, lend, short_of
from regesta.chronicle.lines import Lines
from regesta.chronicle.rows import TABLES, MetaRow
from regesta.chronicle.settling import JOINS, PASSING, REPLACED
from regesta.chronicle.staying import (
    BY_SOURCE,
    UNSETTLED,
    begin_with,
    make_room,
    mend_families,
    mend_labels,
    unpack_texts,
    unsettle,
    write_again,
)
from regesta.chronicle.support import count_support
from regesta.errors import StoreError
from regesta.replacing import beside, scratch

if TYPE_CHECKING:
    from regesta.chronicle import engine
    from regesta.chronicle.flattening import Rows
    from regesta.chronicle.staying import Before
    from regesta.relations import Relations

__all__ = ["SCHEMA_VERSION", "write"]

_MEMORY = 80 << 20
"""Bytes that DuckDB may use, more where one table alone is larger: a large chronicle in a third of the memory that it would take."""
_MEMORY_OF_CHECKS = 200 << 20
"""Bytes that it may use at the end, when what is made of all rows is asked for: joins of the checks hold more than the tables do."""
_MEMORY_OF_CHANGES = 400 << 20
"""Bytes that it may use from the first where rows stay, for what has changed is laid out."""
_ROOM = 4 / 3
"""Of the largest table's bytes, what DuckDB is given at first."""
_LARGE = 32 << 20
"""Bytes of rows before which it is worth the while to hand freed memory back to the system."""
_LONGEST_LINE = 4 << 20
"""Bytes of the longest row: a quarter of a million code points of a text are a million, or six times as many control signs."""

_AS_WRITTEN = "set disabled_optimizers = 'join_order,build_side_probe_side'"
"""Rows come in the order in which they are asked for: no join turns its sides."""

_TABLE = re.compile(r"^create table (\w+) \((.*?)\);$", re.MULTILINE | re.DOTALL)
_COMMA = re.compile(r", (?![^(]*\))")  # not one inside struct(...)

SCHEMA_VERSION = "5"
"""Changes with `schema.sql`; `tests/test_schema.py` holds its hash."""

LATE: Final = ("kin", "sources", "shared_passages", "origins")
"""Tables whose rows may come late, in the order in which they are filled: no other is filled with what they hold."""

_MAGIC = b"DUCK"
"""Bytes 8 to 12 of every DuckDB file."""


Finish = Callable[["engine.DuckDBPyConnection", Lent | None], Iterable["Rows"]]
"""What is made of a chronicle whose other tables are filled; a large one is lent, so that others may read it too."""


def write(
    path: Path,
    rows: Iterable[Mapping[str, list[Any] | Lines]],
    meta: Mapping[str, str],
    finish: Finish | None = None,
    relations: Relations | None = None,
    before: Before | None = None,
    seal: Callable[[Path], None] | None = None,
    late: Iterable[Mapping[str, list[Any] | Lines]] = (),
) -> dict[str, int]:
    """Write a chronicle of these rows to `path`, replacing the chronicle that is there; return how many rows each table has.

    `finish` reads the new chronicle when these rows are in it, and gives the last ones. `relations` is asked where rows are very many.
    Rows that stay are those of the chronicle `before`, as `staying` tells; raises `AstrayError`, the old file untouched, where it is not there any more.
    `seal` is shown the new file when it is whole, before anybody else can. Rows of `LATE` may come `late`: they are asked for when the
    other tables are filled.

    `meta` says which versions made it; counts of the tables are added. Raises `StoreError`, the old file untouched,
    where `path` holds something else than a chronicle, or cannot be written. What `rows` raises is raised.
    """
    _check_target(path)
    new = beside(path)
    try:
        with scratch() as folder:
            counts = _spool(rows, folder)
            _fill(new, folder, counts, meta, path, finish, relations, before, iter(late))
        _sync(new)
        if seal is not None:
            seal(new)
        new.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise StoreError(
            f"cannot be written: {error.strerror or error}",
            where=str(path),
            hint="check the folder's rights and space, and close programs that hold the file",
        ) from error
    finally:
        for left in (new, new.with_name(new.name + ".wal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    return counts


def _spool(rows: Iterable[Mapping[str, list[Any] | Lines]], folder: Path) -> dict[str, int]:
    """Write the rows of each table as JSON lines behind those that are in `TABLE.jsonl`; return their numbers."""
    import msgspec

    encoder = msgspec.json.Encoder()
    counts = dict.fromkeys((*TABLES, *PASSING), 0)
    with contextlib.ExitStack() as stack:
        files: dict[str, BinaryIO] = {}
        for batch in rows:
            for table, found in batch.items():
                if found:
                    if table not in files:
                        files[table] = stack.enter_context((folder / f"{table}.jsonl").open("ab"))
                    lines = found.data if isinstance(found, Lines) else encoder.encode_lines(found)
                    files[table].write(lines)
                    counts[table] += len(found)
    return {table: n for table, n in counts.items() if table not in PASSING and table != "meta"}


def _check_target(path: Path) -> None:
    """Refuse at once what cannot be a chronicle."""
    if not path.parent.is_dir():
        raise StoreError("no such folder", where=str(path.parent), hint="make it first")
    if path.is_dir():
        raise StoreError("is a folder", where=str(path), hint="name a file, such as chronicle.duckdb")
    if path.exists() and path.stat().st_size > 0:
        with path.open("rb") as file:
            if file.read(12)[8:] != _MAGIC:
                raise _no_chronicle(path)


def _check_old(connection: engine.DuckDBPyConnection, path: Path) -> None:
    """Refuse to replace a database that is no chronicle: the user's other work."""
    from regesta.chronicle import engine

    literal = "'" + str(path).replace("'", "''") + "'"  # ATTACH takes no parameters
    try:
        connection.execute(f"attach {literal} as old (read_only)")
        connection.execute("select value from old.meta where key = 'schema_version'").fetchall()
        connection.execute("detach old")
    except (engine.CatalogException, engine.BinderException) as error:
        raise _no_chronicle(path) from error
    except engine.Error as error:
        raise StoreError(
            "cannot be looked at before it is replaced",
            where=str(path),
            hint="close programs that use it, or choose another name with -o",
        ) from error


def _no_chronicle(path: Path) -> StoreError:
    return StoreError("is not a chronicle", where=str(path), hint="choose another name with -o")


def _fill(
    path: Path,
    folder: Path,
    counts: dict[str, int],
    meta: Mapping[str, str],
    old: Path,
    finish: Finish | None,
    relations: Relations | None,
    before: Before | None,
    late: Iterator[Mapping[str, list[Any] | Lines]],
) -> None:
    import msgspec

    from regesta.chronicle import engine

    described = {
        "schema_version": SCHEMA_VERSION,
        **meta,
        **{f"n_{table}": str(n) for table, n in counts.items()},
    }
    entries = [MetaRow(key, value) for key, value in sorted(described.items())]
    (folder / "meta.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(entries))
    schema = files("regesta.chronicle").joinpath("schema.sql").read_text("utf-8")
    columns = _columns(schema)
    sizes = [lines.stat().st_size for lines in folder.iterdir()]
    if sum(sizes) > _LARGE:
        _give_back()
    limit = max(_MEMORY if before is None else _MEMORY_OF_CHANGES, int(_ROOM * max(sizes)))
    for more in MORE:
        try:
            _load_all(path, folder, schema, columns, limit, old, finish, counts, relations, before, late)
        except engine.OutOfMemoryException as error:
            if not more:
                raise StoreError(short_of(limit, error), where=str(path)) from error
            limit *= more
            for left in (path, path.with_name(path.name + ".wal")):
                left.unlink(missing_ok=True)
        except engine.Error as error:
            raise StoreError(f"DuckDB: {str(error).splitlines()[0]}", where=str(path)) from error
        else:
            return


def _give_back() -> None:
    """Let the C library hand back what was freed, where it can: the documents are gone, and DuckDB takes as much again."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _load_all(
    path: Path,
    folder: Path,
    schema: str,
    columns: Mapping[str, dict[str, str]],
    limit: int,
    old: Path,
    finish: Finish | None,
    counts: dict[str, int],
    relations: Relations | None,
    before: Before | None,
    late: Iterator[Mapping[str, list[Any] | Lines]],
) -> None:
    """Fill a new database, within so many bytes of memory."""
    from regesta.chronicle import engine

    if before is not None and not before.is_worn:
        begin_with(before, path)
    try:
        # one thread takes in a small chronicle in two thirds of the time of two, and a large one in less memory
        connection = engine.connect(str(path), config={"threads": 1, "memory_limit": f"{limit >> 20}MB"})
    except engine.Error as error:
        raise OSError(str(error).splitlines()[0]) from error
    try:
        if old.exists() and old.stat().st_size > 0:
            _check_old(connection, old)
        connection.execute(_AS_WRITTEN)
        connection.execute("begin")
        if before is None or before.is_worn:
            connection.execute(schema)
        if before is not None and before.is_worn:
            write_again(connection, before, TABLES)
        _load_tables(connection, folder, columns, counts, before, late)
        connection.execute("reset disabled_optimizers")
        _counted(
            connection,
            "claim_support",
            count_support(connection, relations, UNSETTLED if before else ""),
            counts,
        )
        if finish is not None:
            limit = max(limit, _MEMORY_OF_CHECKS)
            if before is None and counts["claims"] >= WORTH:
                connection.execute("commit")
                connection.execute("checkpoint")
                connection.close()
                made = lend(path, folder, limit, lambda reader, lent: _gathered(finish(reader, lent)))
                connection = engine.connect(
                    str(path), config={"threads": 1, "memory_limit": f"{limit >> 20}MB"}
                )
                connection.execute("begin")
            else:
                connection.execute(f"set memory_limit = '{limit >> 20}MB'")
                if before is not None:
                    unpack_texts(connection)
                made = _gathered(finish(connection, None))
            _add(connection, folder, columns, made, counts)
        connection.execute("commit")
        connection.execute("checkpoint")
    finally:
        connection.close()


def _load_tables(
    connection: engine.DuckDBPyConnection,
    folder: Path,
    columns: Mapping[str, dict[str, str]],
    counts: dict[str, int],
    before: Before | None,
    late: Iterator[Mapping[str, list[Any] | Lines]],
) -> None:
    """Fill the tables, those first that are there while the others are filled, those last that wait for what comes late."""
    for table in PASSING:
        connection.execute(f"create temp table {table} ({PASSING[table]})")
    _load_some([table for table in PASSING if table not in LATE], connection, folder, columns)
    if before is not None:
        make_room(connection, before, TABLES)
    _load_some([table for table in TABLES if table not in LATE], connection, folder, columns)
    if before is not None:
        mend_labels(connection)
    for table, n in _spool(late, folder).items():
        counts[table] = counts.get(table, 0) + n  # nothing comes twice, where all is filled once more
    _load_some(LATE, connection, folder, columns)
    if before is not None:
        unsettle(connection)
        mend_families(connection)
        for table in BY_SOURCE:
            (row,) = connection.execute(f"select count(*) from {table}").fetchall()  # noqa: S608 - a name of the schema
            _counted(connection, table, row[0], counts)
    for table in LATE:
        if table in counts:
            _counted(connection, table, counts[table], counts)


def _load_some(
    tables: Iterable[str],
    connection: engine.DuckDBPyConnection,
    folder: Path,
    columns: Mapping[str, dict[str, str]],
) -> None:
    """Fill some tables, one after the other."""
    for table in tables:
        lines = folder / f"{table}.jsonl"
        if lines.exists():
            _load(connection, table, columns[table], lines)


def _gathered(batches: Iterable[Rows]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for batch in batches:
        for table, rows in batch.items():
            found.setdefault(table, []).extend(rows)
    return found


def _add(
    connection: engine.DuckDBPyConnection,
    folder: Path,
    columns: Mapping[str, dict[str, str]],
    made: Mapping[str, list[Any]],
    counts: dict[str, int],
) -> None:
    """Add the rows that were made of the others."""
    import msgspec

    encoder = msgspec.json.Encoder()
    for table, rows in made.items():
        lines = folder / f"{table}.last.jsonl"
        lines.write_bytes(encoder.encode_lines(rows))
        if rows:
            _load(connection, table, columns[table], lines)
        _counted(connection, table, len(rows), counts)


def _counted(connection: engine.DuckDBPyConnection, table: str, n: int, counts: dict[str, int]) -> None:
    """Note how many rows a table has that is filled after the others."""
    counts[table] = n
    connection.execute("update meta set value = ? where key = ?", [str(n), f"n_{table}"])


def _columns(schema: str) -> dict[str, dict[str, str]]:
    """Return name and type of every column of every table: what stands between the commas of `create table`.

    Asking DuckDB for the same takes longer than filling the tables.
    """
    found: dict[str, dict[str, str]] = {}
    for table, body in (*_TABLE.findall(schema), *PASSING.items()):
        columns = (column.split(maxsplit=1) for column in _COMMA.split(" ".join(body.split())))
        found[table] = {name: kind.removesuffix(" not null") for name, kind in columns}
    return found


def _load(connection: engine.DuckDBPyConnection, table: str, columns: dict[str, str], lines: Path) -> None:
    """Insert a file of JSON lines; table and columns are those of the schema, never of the input."""
    replaced = REPLACED.get(table, {})
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    names = ", ".join(replaced.get(name, f"r.{name}") for name in columns)
    file = "'" + str(lines).replace("'", "''") + "'"
    connection.execute(
        f"insert into {table} select {names} from read_json({file}, format='newline_delimited', columns={{{types}}}, "  # noqa: S608
        f"maximum_object_size={_LONGEST_LINE}) r {JOINS.get(table, '')}"
    )


def _sync(path: Path) -> None:
    """Ask the operating system to put a file or a folder on the disk."""
    if os.name != "posix" and path.is_dir():
        return  # only POSIX opens folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
