"""The leak check and files that are stores: every value is looked through, and their bytes for what cannot be chance."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest

from regesta.edition import check, watched

HIDDEN = "Ruslan Petrakov"


def _store(path: Path, values: list[str]) -> Path:
    if path.suffix == ".db":
        lite = sqlite3.connect(path)
        lite.execute("create table words (word text)")
        lite.executemany("insert into words values (?)", [(value,) for value in values])
        lite.commit()
        lite.close()
        return path
    with duckdb.connect(str(path) if path.suffix == ".duckdb" else ":memory:") as store:
        store.execute("create table words (word varchar)")
        store.executemany("insert into words values (?)", [(value,) for value in values])
        if path.suffix == ".parquet":
            store.execute(f"copy words to '{path}' (format parquet)")
    return path


@pytest.mark.parametrize("kind", ["duckdb", "db", "parquet"])
def test_values_side_by_side_are_no_name_and_a_value_is(tmp_path: Path, kind: str) -> None:
    apart = _store(tmp_path / f"apart.{kind}", ["petrakov", "ruslan", "petrakov", "ruslan"] * 40)
    assert check([apart], [HIDDEN]) == ()
    whole = _store(tmp_path / f"whole.{kind}", ["nobody", "by PETRAKOV, Ruslan"])
    assert [leak.rule for leak in check([whole], [HIDDEN])] == ["name"]


@pytest.mark.parametrize("kind", ["duckdb", "db", "parquet"])
def test_bytes_of_a_store_that_no_value_has_are_looked_through_too(tmp_path: Path, kind: str) -> None:
    path = _store(tmp_path / f"store.{kind}", ["nothing"])
    raw = path.read_bytes()
    watch = watched(
        [HIDDEN],
        canaries=["blue-heron-77"],
        quotes=["they walked over the frozen lake at night"],
    )
    assert check([path], watch) == ()
    for left in (b" blue-heron-77 ", b" walked over the frozen lake "):
        at = raw.rindex(b"PAR1") if kind == "parquet" else len(raw)
        # a page that was deleted, or a remark behind the last one
        path.write_bytes(raw[:at] + left + raw[at:] if kind != "parquet" else raw[:4] + left + raw[4:])
        assert {leak.rule for leak in check([path], watch)} & {"canary", "quote"}
