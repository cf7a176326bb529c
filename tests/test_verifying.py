"""`regesta verify`: what is as it was holds, and one cell, one byte, one line that is not is found and told."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from regesta.cli import main

SHIPS = (
    "Passengers\n\n• 1921\n  • Liv Dahl (age 30), nurse, arrived in Bergen on 4 May 1921.\n"
    "  • Karl Moe, baker, arrived in Bergen in 1922. Karl Moe was born in 1890.\n"
)
TABLE = "Year,Persons\n1921,12\n1922,30\n"


SOURCES = {"ships.txt": SHIPS, "arrivals.csv": TABLE}


@pytest.fixture(scope="module")
def built(built: Path) -> Path:
    """The same with a decision."""
    with contextlib.chdir(built), pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(built.parent / "cache"))
        assert main(["decide", "comment", "Liv Dahl", "--by", "Nora", "--why", "a letter"]) == 0
        assert main(["build"]) == 0
    return built


def verified(capsys: pytest.CaptureFixture[str], *args: str, status: int) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["verify", "--json", *args]) == status
    found = json.loads(capsys.readouterr().out)
    assert found["holds"] is (status == 0)
    return dict(found)


def changed(query: str) -> None:
    with duckdb.connect("chronicle.duckdb") as connection:
        connection.execute(query)


def kinds(found: dict[str, Any]) -> set[str]:
    return {one["kind"] for one in found["differences"]}


@pytest.mark.usefixtures("project")
def test_what_is_as_it_was_holds(capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    found = verified(capsys, status=0)
    assert (found["n_sources"], found["n_decisions"]) == (2, 1)
    assert found["n_quotes"] > 10
    assert found["content"] == found["content_again"]
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
    assert main(["verify"]) == 0
    assert "chronicle.duckdb holds" in capsys.readouterr().out
    assert verified(capsys, "chronicle.duckdb", "sources", status=0)["content"] == found["content"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("update claims set value_edtf = '1891', value_text = null where predicate = 'birth'", "claim"),
        ("update claims set rank = 'preferred' where predicate = 'birth'", "claim"),
        ("update claim_evidence set quote = 'was born in 1891' where quote = 'was born in 1890'", "quote"),
        ("update entities set label = 'Karl Mo' where label = 'Karl Moe'", "table"),
        ("update texts set text = replace(text, '1890', '1891')", "quote"),
        ("update referents set is_named = false where label = 'Karl Moe'", "table"),
        ("delete from coverage", "table"),
        ("insert into identities values ('e-1', 'fm-1', null)", "table"),
        ("update meta set value = '1' where key = 'n_claims'", "table"),
        ("update decisions set why = 'a lie'", "log"),
    ],
)
def test_one_cell_is_found(capsys: pytest.CaptureFixture[str], query: str, kind: str) -> None:
    changed(query)
    found = verified(capsys, status=1)
    assert kind in kinds(found)
    if kind == "claim":
        (one,) = [one for one in found["differences"] if one["kind"] == "claim"]
        assert "changed" in one["why"]
        assert "the chronicle itself was changed" in one["why"]


@pytest.mark.usefixtures("project")
def test_one_byte_of_a_source_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sources/ships.txt").write_text(SHIPS.replace("1890", "1891"))
    found = verified(capsys, status=1)
    told = {one["what"]: one["why"] for one in found["differences"]}
    assert hashlib.sha256(SHIPS.encode()).hexdigest() in told["ships.txt"]
    claims = [one for one in found["differences"] if one["kind"] == "claim"]
    assert claims
    assert all("ships.txt has changed" in one["why"] for one in claims)
    assert main(["build"]) == 0
    verified(capsys, status=0)


@pytest.mark.usefixtures("project")
def test_sources_that_came_and_went_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sources/arrivals.csv").rename("sources/years.csv")
    told = {
        one["what"]: one["why"]
        for one in verified(capsys, status=1)["differences"]
        if one["kind"] == "source"
    }
    assert "gone" in told["arrivals.csv"]
    assert "new" in told["years.csv"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(("old", "new"), [("a letter", "a lette"), ('"Nora"', '"Noa"'), ("{", "")])
def test_one_line_of_the_log_is_found(capsys: pytest.CaptureFixture[str], old: str, new: str) -> None:
    path = Path("decisions.jsonl")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    found = verified(capsys, status=1)
    assert "log" in kinds(found)


@pytest.mark.usefixtures("project")
def test_a_decision_that_no_build_knows_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "different", "Liv Dahl", "Karl Moe", "--by", "Nora", "--why", "two"]) == 0
    assert "does not know" in str(verified(capsys, status=1)["differences"])
    assert main(["build"]) == 0
    verified(capsys, status=0)
    Path("decisions.jsonl").unlink()
    assert "has it no more" in str(verified(capsys, status=1)["differences"])


@pytest.mark.usefixtures("project")
def test_the_ledger_is_held_too(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("identities.jsonl")
    first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([first.replace('"id":"e-', '"id":"e-0'), *rest]), "utf-8")
    verified(capsys, status=1)


@pytest.mark.usefixtures("project")
def test_packs_are_part_of_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    Path("packs/mine").mkdir(parents=True)
    Path("packs/mine/README.md").write_text("Words of our own.\n")
    told = {one["what"]: one["why"] for one in verified(capsys, status=1)["differences"]}
    assert told.keys() == {"extractor_version"}


def test_a_published_folder_is_held_against_its_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    (site / "people").mkdir(parents=True)
    pages = {"index.html": b"<p>a</p>", "people/e-1.html": b"<p>b</p>"}
    for name, body in pages.items():
        (site / name).write_bytes(body)
    listed = {name: [hashlib.sha256(body).hexdigest(), len(body)] for name, body in pages.items()}
    (site / "index.json").write_text(json.dumps({"files": listed}))
    assert verified(capsys, str(site), status=0)["n_files"] == 2
    (site / "people" / "e-1.html").write_bytes(b"<p>c</p>")
    (site / "more.html").write_bytes(b"")
    (site / "index.html").unlink()
    told = {one["what"]: one["why"] for one in verified(capsys, str(site), status=1)["differences"]}
    assert told == {
        "people/e-1.html": "it is not what was published", "more.html": "the index does not name it",
        "index.html": "it is missing",
    }  # fmt: skip
    (site / "index.json").write_text("[]")
    assert main(["verify", str(site)]) == 2


def test_what_is_no_chronicle_is_told(tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        assert main(["verify"]) == 2
        Path("sources").mkdir()
        assert main(["verify", "nothing.duckdb"]) == 2
