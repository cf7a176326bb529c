"""A shelf holds what its chronicle holds, is made whole or not at all, can only be read, and is made again when it must."""

from __future__ import annotations

import json
import sqlite3
import threading
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import shelf
from regesta.errors import StoreError
from regesta.shelf.making import LEAF, PIECE, _edges, make


@pytest.fixture
def made_shelf(chronicle_path: Path, tmp_path: Path) -> shelf.Shelf:
    target = tmp_path / "one.sqlite"
    make(chronicle_path, target, identity="t-1")
    return shelf.open(target)


def catalogue(path: Path) -> dict[str, list[str]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal order by table_oid, column_index"
        ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column in rows:
        tables.setdefault(table, []).append(column)
    return tables


def test_it_has_every_table_column_and_row(chronicle_path: Path, made_shelf: shelf.Shelf) -> None:
    with duckdb.connect(str(chronicle_path), read_only=True) as connection:
        for table, columns in catalogue(chronicle_path).items():
            besides = ["place"] if table == "claim_evidence" else []  # the row of its claim
            assert [row[1] for row in made_shelf.rows(f"pragma table_info({table})")] == [*columns, *besides]
            if table != "texts":
                n = connection.execute(f"select count(*) from {table}").fetchone()
                assert n is not None
                assert made_shelf.value(f"select count(*) from {table}") == n[0], table


def test_values_are_those_of_the_chronicle(chronicle_path: Path, made_shelf: shelf.Shelf) -> None:
    with duckdb.connect(str(chronicle_path), read_only=True) as connection:
        found = connection.execute("select * from claims order by id")
        columns = [column[0] for column in found.description]
        for row in found.fetchall():
            copied = made_shelf.row("select * from claims where id = ?", [row[columns.index("id")]])
            assert copied is not None
            for column, value in zip(columns, row, strict=True):
                if isinstance(value, list):
                    assert json.loads(copied[column]) == value
                elif isinstance(value, bool | int | float | str) or value is None:
                    assert copied[column] == value, column
                else:
                    assert copied[column] == str(value), column


def test_a_text_is_the_same_in_pieces(chronicle_path: Path, tmp_path: Path) -> None:
    text = "Old lines 😀\n" * 2000 + "the end"
    with duckdb.connect(str(chronicle_path)) as connection:
        connection.execute("delete from texts")
        connection.execute(
            "insert into texts values ('list.txt', 0, ?), ('list.txt', ?, ?)",
            [text[:9000], 9000, text[9000:]],
        )
    target = tmp_path / "s.sqlite"
    make(chronicle_path, target)
    with_pieces = shelf.open(target)
    starts = [row[0] for row in with_pieces.rows("select start_char from texts order by start_char")]
    assert max(b - a for a, b in pairwise(starts)) <= PIECE
    for start, end in [
        (0, 5),
        (-4, 3),
        (PIECE - 2, PIECE + 2),
        (8_990, 9_010),
        (0, len(text)),
        (len(text) - 3, len(text) + 9),
        (7, 7),
        (9, 2),
    ]:
        assert with_pieces.text("list.txt", start, end) == text[max(0, start) : max(0, end)]
    assert with_pieces.text("nobody.txt", 0, 10) == ""


@given(st.lists(st.integers(0, 200_000)), st.integers(0, 200_000))
def test_leaves_are_gapless_and_bounded(starts: list[int], length: int) -> None:
    tops = sorted(start for start in starts if start < length)
    edges = list(_edges(tops, length))
    assert edges[0] == 0
    assert edges == sorted(set(edges))
    assert all(b - a <= 2 * LEAF for a, b in zip(edges, [*edges[1:], length], strict=True))


def test_it_can_only_be_read(made_shelf: shelf.Shelf) -> None:
    made_shelf.rows("pragma query_only = 0")  # the file is opened for reading even so
    for sql in ("delete from claims", "create table x (y)"):
        with pytest.raises(StoreError):
            made_shelf.rows(sql)


def test_every_thread_has_its_connection(made_shelf: shelf.Shelf) -> None:
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(made_shelf.value("select count(*) from claims")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(counts)) == 1
    made_shelf.close()


def test_the_keys_that_pages_ask_by_have_indexes(made_shelf: shelf.Shelf) -> None:
    for sql in (
        "select * from claims where subject = 'x'",
        "select * from claim_evidence where claim = 'x' order by position",
        "select * from claim_evidence where source = 'x' and start_char >= 0 and start_char < 9",
        "select * from cards where kind = 'person' order by is_named, sorted",
        "select entity from facets where facet = 'year' and value = '1953'",
        "select entity from names where word >= 'a' and word < 'b'",
        "select * from finding_members where claim = 'x'",
    ):
        plan = " ".join(row["detail"] for row in made_shelf.rows(f"explain query plan {sql}"))
        assert "USING" in plan, plan
        assert "SCAN" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan


def test_cards_and_facets(made_shelf: shelf.Shelf) -> None:
    card = made_shelf.row("select * from cards where label = 'Ada Brook'")
    assert card is not None
    assert (card["kind"], card["arrival"], card["n_claims"], card["n_sources"], card["role"]) == (
        "person",
        "1953-09-21",
        5,
        1,
        "pilot",
    )
    counts = {(row["facet"], row["value"]): row["n"] for row in made_shelf.rows("select * from facet_counts")}
    assert counts["kind", "person"] == 1
    assert counts["year", "1953"] == 1
    assert counts["route", "Mere"] == 1
    assert counts["source", "list.txt"] == 2
    words = {row[0] for row in made_shelf.rows("select word from names")}
    assert {"ada", "brook"} <= words


def test_one_that_cannot_be_made_leaves_nothing(chronicle_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "shelves" / "s.sqlite"
    with pytest.raises(StoreError, match="no such chronicle"):
        make(tmp_path / "none.duckdb", target)
    with duckdb.connect(str(chronicle_path)) as connection:
        connection.execute("update meta set value = '1' where key = 'schema_version'")
    with pytest.raises(StoreError, match=r"another version.*build it again"):
        make(chronicle_path, target)
    junk = tmp_path / "junk.duckdb"
    junk.write_bytes(b"no chronicle at all" * 1000)
    with pytest.raises(StoreError, match="cannot be opened"):
        make(junk, target)
    with duckdb.connect(str(tmp_path / "bare.duckdb")) as connection:
        connection.execute("create table other (x int)")
    with pytest.raises(StoreError, match="no chronicle"):
        make(tmp_path / "bare.duckdb", target)
    assert list(target.parent.iterdir()) == []


def test_a_file_that_is_no_shelf(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such shelf"):
        shelf.open(tmp_path / "none.sqlite")
    (tmp_path / "junk.sqlite").write_bytes(b"junk" * 4000)
    with pytest.raises(StoreError, match="no shelf"):
        shelf.open(tmp_path / "junk.sqlite")
    with sqlite3.connect(tmp_path / "other.sqlite") as connection:
        connection.execute("create table x (y)")
    with pytest.raises(StoreError, match="no shelf"):
        shelf.open(tmp_path / "other.sqlite")


def test_it_is_kept_until_the_chronicle_changes(chronicle_path: Path) -> None:
    first = shelf.at_hand(chronicle_path)
    made_at = first.path.stat().st_ino
    again = shelf.at_hand(chronicle_path)
    assert again.path == first.path
    assert again.path.stat().st_ino == made_at
    assert again.identity == first.identity == shelf.state(chronicle_path)
    with duckdb.connect(str(chronicle_path)) as connection:
        connection.execute("update entities set label = 'Ida Brook' where label = 'Ada Brook'")
    changed = shelf.at_hand(chronicle_path)
    assert changed.path != first.path
    assert not first.path.exists()
    assert changed.value("select count(*) from entities where label = 'Ida Brook'") == 1
    assert (
        first.value("select count(*) from entities where label = 'Ada Brook'") == 1
    )  # who reads the old one keeps it


def test_a_broken_shelf_is_made_again(chronicle_path: Path) -> None:
    path = shelf.at_hand(chronicle_path).path
    path.write_bytes(b"")
    assert shelf.at_hand(chronicle_path).value("select count(*) from claims") > 0
