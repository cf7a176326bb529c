"""Registers kept from older versions of regesta: what it says of their chronicles, and that a build brings everything over.

`upgrade/v1` is of the first schema (858dd80, before decisions and ids that stay), `upgrade/v4` of the fourth, the last before claims
counted their support, with its log, ledger and cache. They were made by those programs themselves, and stay as they are.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from regesta.chronicle import SCHEMA_VERSION
from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.decisions import read_log
from regesta.errors import StoreError
from regesta.project import read_ledger

HERE = Path(__file__).parent / "upgrade"
VERSIONS = ("v1", "v4")


def kept(version: str, folder: Path) -> Path:
    """Return a copy of a register of that version."""
    root = folder / version
    shutil.copytree(HERE / version, root)
    packed = root / "chronicle.duckdb.gz"
    (root / "chronicle.duckdb").write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    return root


@pytest.fixture
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.mark.usefixtures("_cache")
@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_chronicle_is_told_with_what_to_do(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = kept(version, tmp_path)
    with pytest.raises(StoreError, match="regesta build"):
        open_chronicle(root / "chronicle.duckdb")
    before = (root / "chronicle.duckdb").read_bytes()
    for command in (
        ["check"], ["status"], ["show", "Liv Vik"], ["query", "select 1"], ["export", "--format", "jsonl", "-o", "out"], ["edition"], ["publish", "-o", "site"],
        ["serve", "--port", "0"], ["decide", "comment", "Liv Vik", "--why", "w", "--by", "N"], ["cite", "Liv Vik"], ["verify"], ["diff", "chronicle.duckdb", "chronicle.duckdb"],
    ):  # fmt: skip
        with contextlib.chdir(root):
            status = main(command)
        said = [
            line for line in capsys.readouterr().err.splitlines() if "contact for corrections" not in line
        ]
        assert status == 2, (command, said)
        assert len(said) == 1, (command, said)
        assert "regesta build" in said[0], (command, said)
    assert (root / "chronicle.duckdb").read_bytes() == before


@pytest.mark.usefixtures("_cache")
@pytest.mark.parametrize("version", VERSIONS)
def test_a_build_over_it_goes_through(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = kept(version, tmp_path)
    with contextlib.chdir(root):
        assert main(["build", "--jobs", "1"]) == 0
    assert "regesta:" not in capsys.readouterr().err
    with open_chronicle(root / "chronicle.duckdb") as chronicle:
        assert chronicle.meta["schema_version"] == SCHEMA_VERSION
        assert {row.label for row in chronicle.entities() if row.is_named} >= {
            "Karl Moe",
            "Liv Vik",
            "Ole Berg",
        }


@pytest.mark.usefixtures("_cache")
def test_decisions_and_ids_are_kept(tmp_path: Path) -> None:
    root = kept("v4", tmp_path)
    shutil.copytree(root / "cache", tmp_path / "cache" / "regesta")  # read by another program: passed over
    log, ledger = (root / "decisions.jsonl").read_bytes(), read_ledger(root / "identities.jsonl")
    shelf = tmp_path / "cache" / "regesta" / "shelves" / "aaaa-bbbb.sqlite"
    shelf.parent.mkdir()
    with contextlib.closing(sqlite3.connect(shelf)) as old:
        old.execute("create table meta (key text)")
    with contextlib.chdir(root):
        assert main(["build", "--jobs", "1"]) == 0
    assert (root / "decisions.jsonl").read_bytes() == log
    assert not read_log(root / "decisions.jsonl").problems
    assert set(ledger) <= set(read_ledger(root / "identities.jsonl"))
    with open_chronicle(root / "chronicle.duckdb") as chronicle:
        ids = {row.label: row.id for row in chronicle.entities() if row.is_named}
        applied = list(chronicle.sql("select id, status from decisions order by id"))
    assert {ids["Karl Moe"], ids["Liv Vik"], ids["Ole Berg"]} == {one.id for one in ledger}
    assert "Carl Moe" not in ids
    assert applied == [("d-96868efc01ac3767", "applied"), ("d-9b66168878fdbe0f", "applied")]


@pytest.mark.parametrize("name", ["decisions.jsonl", "identities.jsonl"])
def test_lines_of_older_logs_have_the_keys_of_today_or_fewer(name: str) -> None:
    for line in (HERE / "v4" / name).read_text("utf-8").splitlines():
        assert set(json.loads(line)) <= {
            *("id", "at", "by", "kind", "targets", "value", "why", "precondition", "expires"),
            *("anchor", "redirect"),
        }


def test_what_is_kept_is_small() -> None:
    sizes = [path.stat().st_size for path in HERE.rglob("*") if path.is_file()]
    assert sum(sizes) < 1 << 20
