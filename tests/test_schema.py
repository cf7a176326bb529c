"""schema.sql and rows.py say the same, every column is explained, and a change of the schema is a new version."""

from __future__ import annotations

import dataclasses
import hashlib
from importlib.resources import files

import duckdb
import pytest

from regesta.chronicle import SCHEMA_VERSION
from regesta.chronicle.rows import TABLES

SQL = files("regesta.chronicle").joinpath("schema.sql").read_text("utf-8")

HASH_OF_VERSION = {
    "1": "61e1dcdad68043f0",
    "2": "67442514650ed18b",
    "3": "5671ae2d3a87b0fd",
    "4": "150cb1cc28b4b82f",
    "5": "5afbf9cbcb712ecb",
}
"""A released version's schema never changes: change `SCHEMA_VERSION` with it, and record the hash here."""


@pytest.fixture(scope="module")
def catalog() -> list[tuple[str, str, str | None]]:
    with duckdb.connect() as connection:
        connection.execute(SQL)
        return connection.execute(
            "select table_name, column_name, comment from duckdb_columns() where not internal order by table_oid, column_index"
        ).fetchall()


def test_columns_are_fields(catalog: list[tuple[str, str, str | None]]) -> None:
    columns: dict[str, list[str]] = {}
    for table, column, _ in catalog:
        columns.setdefault(table, []).append(column)
    assert columns == {table: [f.name for f in dataclasses.fields(kind)] for table, kind in TABLES.items()}
    assert list(columns) == list(TABLES)


def test_everything_is_explained(catalog: list[tuple[str, str, str | None]]) -> None:
    assert [(table, column) for table, column, comment in catalog if not comment] == []
    with duckdb.connect() as connection:
        connection.execute(SQL)
        bare = connection.execute("select table_name from duckdb_tables() where comment is null").fetchall()
    assert bare == []


def test_names_need_no_quoting(catalog: list[tuple[str, str, str | None]]) -> None:
    with duckdb.connect() as connection:
        connection.execute(SQL)
        for table, column, _ in catalog:
            connection.execute(f"select {column} from {table} where {column} is not null order by {column}")


def test_a_change_is_a_new_version() -> None:
    assert HASH_OF_VERSION[SCHEMA_VERSION] == hashlib.sha256(SQL.encode()).hexdigest()[:16]
