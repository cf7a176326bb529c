"""A chronicle that begins as a copy of the old one holds its sources in another order; nothing that is made of it follows from that."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import regesta
from regesta.chronicle import engine, staying
from regesta.criticism import criticise
from regesta.export import export
from regesta.pipeline import keeping, rebuild
from regesta.shelf.making import make


def _paper(number: int, year: int) -> str:
    return (
        f"Notes of the quay, no. {number}\n\nLena Ostby, a joiner, left Riga in {year} and arrived in Hull on 4 May {year}. "
        f"She was aged {20 + number}.\n\nBorn: {1900 + number} (Smith, 1990).\n\n"
        f"Piet Hansma and {number + 2} others came to Leith in {year}.\n\nReferences\n\nSmith, A. (1990). Boats of {number}. Hull.\n"
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(keeping, "WORTH", 0)  # however few there are, rows may stay
    (tmp_path / "papers").mkdir()
    for number in range(5):
        (tmp_path / "papers" / f"{number}.txt").write_text(_paper(number, 1930 + number))
    (tmp_path / "papers" / "broken.pdf").write_bytes(b"no such thing")
    return tmp_path


def _made_of(path: Path) -> tuple[dict[str, bytes], dict[str, list[tuple[object, ...]]]]:
    """Return the exports of a chronicle, and the tables of its shelf row by row."""
    home = path.with_suffix("")
    with regesta.open(path) as chronicle:
        export(chronicle, "jsonl", home)
        export(chronicle, "csv", home)
    make(path, path.with_suffix(".sqlite"), identity="one")
    with sqlite3.connect(path.with_suffix(".sqlite")) as shelf:
        names = shelf.execute(
            "select name from sqlite_master where type = 'table' and sql not like '%virtual%' order by name"
        )
        tables = [name for (name,) in names if not name.startswith(("words_", "sqlite_", "texts", "leaves"))]
        rows = {table: shelf.execute(f"select * from {table}").fetchall() for table in tables}
    return {one.name: one.read_bytes() for one in sorted(home.iterdir())}, rows


def _sources(path: Path) -> list[str]:
    with engine.connect(str(path), read_only=True) as connection:
        return [name for (name,) in connection.execute("select name from sources").fetchall()]


@pytest.mark.parametrize("worn", [2, 0], ids=["copied", "written again"])
def test_what_is_made_of_it_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch, worn: int) -> None:
    monkeypatch.setattr(staying, "_WORN", worn)
    rebuild(["papers"], output="again.duckdb")
    for number, year in ((2, 1950), (0, 1951), (9, 1952)):
        (folder / "papers" / f"{number}.txt").write_text(_paper(number, year))
        rebuild(["papers"], output="again.duckdb")
    (folder / "papers" / "3.txt").unlink()
    rebuild(["papers"], output="again.duckdb")
    rebuild(["papers"], output="fresh.duckdb", cache=False)
    assert _sources(Path("again.duckdb")) != _sources(Path("fresh.duckdb"))
    (files, tables), (fresh_files, fresh_tables) = (
        _made_of(Path("again.duckdb")),
        _made_of(Path("fresh.duckdb")),
    )
    assert files == fresh_files
    assert [name for name, rows in fresh_tables.items() if tables[name] != rows] == []


@pytest.mark.usefixtures("folder")
def test_checks_find_the_same_in_any_order() -> None:
    rebuild(["papers"], output="a.duckdb")
    with engine.connect("a.duckdb") as connection:
        before = list(criticise(connection))
        for table in staying.BY_SOURCE:
            if table != "claim_citations":
                source = "name" if table == "sources" else "source"
                connection.execute(
                    f"create temp table turned as from {table} order by {source} desc, rowid; delete from {table}; "
                    f"insert into {table} from turned; drop table turned"
                )
        assert list(criticise(connection)) == before
    assert before


def test_a_chronicle_that_has_grown_through_gaps_is_written_again(folder: Path) -> None:
    rebuild(["papers"], output="a.duckdb")
    least = Path("a.duckdb").stat().st_size
    for turn in range(12):
        (folder / "papers" / "1.txt").write_text(_paper(1, 1960 + turn))
        rebuild(["papers"], output="a.duckdb")
        assert Path("a.duckdb").stat().st_size < 3 * least
