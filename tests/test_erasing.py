"""Erasing: what was erased is in no byte of the project, the cache or what is made, now and after every later build."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.custody import words_of_claim
from regesta.project import cache_folder

SHIPS = (
    "Passengers\n\n• 1921\n  • Liv Østergård (age 30), nurse, arrived in Bergen on 4 May 1921.\n"
    "  • Karl Moe, baker, arrived in Bergen in 1922 with his friend Liv Ostergard. Karl Moe was born in 1890.\n"
)
TABLE = "Name,Year,Place\nLiv ØSTERGÅRD,1921,Bergen\nOle Vik,1923,Bergen\n"
PAGE = (
    "<html><head><title>Liv Østergård, nurse</title></head><body><h1>Østergård, Liv</h1>"
    "<p>Liv Østergård arrived in Bergen in 1921.</p><p>Østergård died in 1960.</p></body></html>"
)
WORDS = ("østergård", "ostergard", "ØSTERGÅRD", "Østergård")


SOURCES = {"ships.txt": SHIPS, "table.csv": TABLE, "page.html": PAGE}


def decide(*args: str) -> int:
    return main(
        [
            "decide",
            *args,
            "--by",
            "Nora",
            *([] if args[0] == "undo" or "--why" in args else ["--why", "she asked"]),
        ]
    )


def lines(name: str = "decisions.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(name).read_text("utf-8").splitlines()]


def spelled(words: tuple[str, ...]) -> list[bytes]:
    forms = {form for word in words for form in (word, word.lower(), word.upper(), word.title())}
    return [one for form in forms for one in (form.encode(), json.dumps(form)[1:-1].encode())]


def holders(root: Path, words: tuple[str, ...] = WORDS, but: tuple[Path, ...] = ()) -> list[str]:
    """Return the files below a folder in which a word stands: in their bytes, in rows of databases, in packed entries."""
    import zlib

    found = []
    wanted = spelled(words)
    for path in root.rglob("*"):
        if not path.is_file() or any(folder in path.parents for folder in but):
            continue
        data = path.read_bytes()
        for at in (8, 8 + int.from_bytes(data[:8], "big")):  # an entry of the cache has two halves
            with contextlib.suppress(zlib.error):
                data += zlib.decompressobj().decompress(data[at:])
        if path.suffix == ".duckdb":
            with open_chronicle(path) as chronicle:
                tables = [name for (name,) in chronicle.sql("select table_name from duckdb_tables()")]
                data += b"".join(
                    repr(row).encode() for name in tables for row in chronicle.sql(f'select * from "{name}"')
                )
        if path.suffix == ".sqlite":
            with sqlite3.connect(path) as base:
                data += "".join(base.iterdump()).encode()
        if any(one in data or one in str(path).encode() for one in wanted):
            found.append(str(path))
    return found


@pytest.mark.usefixtures("project")
def test_what_was_erased_is_nowhere(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert decide("comment", "Liv Østergård", "--why", "Liv Ostergard wrote to us") == 0
    assert decide("same", "Liv Østergård", "Ole Vik") == 0
    assert decide("undo", lines()[1]["id"]) == 0
    assert main(["build"]) == 0
    before = Path.cwd()
    assert holders(before, but=(before / "sources",))
    assert holders(cache_folder())
    capsys.readouterr()
    assert decide("erase", "Liv Østergård") == 1  # files hold it
    out = capsys.readouterr().out
    for name in ("ships.txt", "table.csv", "page.html"):
        assert f"sources/{name} holds it" in out
    assert not any(word in out for word in WORDS)
    assert not holders(cache_folder())
    assert main(["build"]) == 0
    assert main(["export", "--format", "jsonl", "-o", "out"]) == 0
    assert not holders(before, but=(before / "sources",))
    assert not holders(cache_folder())
    assert [line["kind"] for line in lines()] == ["comment", "same", "undo", "erase"]
    assert lines()[0]["why"] == "███ █████████ wrote to us"
    stone = lines("tombstones.jsonl")[0]["id"]
    assert lines()[1]["targets"][0] == stone
    assert lines()[2]["targets"] == [lines()[1]["id"]]
    assert "rewrote 3 decisions" in lines()[3]["value"]
    with open_chronicle("chronicle.duckdb") as chronicle:
        statuses = dict(chronicle.sql("select kind, status from decisions").rows)
        assert statuses == {
            "comment": "applied",
            "same": "undone",
            "undo": "applied",
            "erase": "applied",
        }
        text = chronicle.text("ships.txt")
        assert len(text) == len(SHIPS)
        assert "• ███ █████████ (age 30), nurse" in text
        for source, start, end, quote in chronicle.sql(
            "select source, start_char, end_char, quote from claim_evidence"
        ):
            assert chronicle.text(source)[start:end] == quote
        people = {label for (label,) in chronicle.sql("select label from entities where kind = 'person'")}
        assert {"Karl Moe", "Ole Vik"} <= people
    Path("sources/again.txt").write_text(
        "Letters\n\nLIV ØSTERGÅRD came to Oslo in 1925. Then Østergård left.\n", "utf-8"
    )
    Path("sources/Liv Østergård.txt").write_text("Notes\n\nA nurse who came to Oslo in 1925.\n", "utf-8")
    assert main(["build"]) == 0
    assert main(["export", "--format", "jsonl", "-o", "out"]) == 0
    assert main(["show", "Karl Moe"]) == 0
    assert not holders(before, but=(before / "sources",))
    assert not holders(cache_folder())
    captured = capsys.readouterr()
    assert not any(word in captured.out + captured.err for word in WORDS)
    other = tmp_path_factory.mktemp("other") / "elsewhere"  # the folder may have another name on another day
    shutil.copytree(before, other)
    with contextlib.chdir(other):
        assert main(["build", "--no-cache"]) == 0
        assert not holders(other, but=(other / "sources",))


@pytest.mark.usefixtures("project")
def test_it_comes_back_when_the_erasing_is_taken_back() -> None:
    assert decide("erase", "Liv Østergård") == 1
    assert main(["build"]) == 0
    assert decide("undo", lines()[-1]["id"]) == 0
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        assert ("Liv Østergård",) in chronicle.sql("select label from entities").rows
    assert decide("erase", "Liv Østergård") == 1
    assert len(lines("tombstones.jsonl")) == 1
    assert main(["build"]) == 0
    assert not holders(Path.cwd(), but=(Path.cwd() / "sources",))


@pytest.mark.usefixtures("project")
def test_a_passage_is_erased() -> None:
    assert (
        decide("erase", "ships.txt", "--quote", "with his friend Liv Ostergard. Karl Moe was born in 1890")
        == 1
    )
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        text = chronicle.text("ships.txt")
        assert "in 1922 ████ ███ ██████ ███ █████████. ████ ███ ███ ████ ██ ████." in text
        assert "Liv Østergård (age 30)" in text  # words of the passage elsewhere stay
        assert not chronicle.sql("select 1 from claims where predicate = 'birth'").rows


@pytest.mark.usefixtures("project")
def test_the_words_of_a_claim_are_erased() -> None:
    with open_chronicle("chronicle.duckdb") as chronicle:
        ((id_,),) = chronicle.sql("select id from claims where predicate = 'birth'").rows
    assert decide("erase", id_) == 1
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        assert not chronicle.sql("select 1 from claims where predicate = 'birth'").rows


@pytest.mark.usefixtures("project")
def test_a_claim_that_a_name_says_leaves_the_name_elsewhere() -> None:
    with open_chronicle("chronicle.duckdb") as chronicle:
        (claims,) = [
            chronicle.sql(
                "select c.fingerprint, e.quote, c.source from claims c join claim_evidence e on e.claim = c.id"
                " where e.position = 0 and c.source = 'table.csv' and c.predicate = 'arrival' order by e.start_char"
            ).rows
        ]
        fingerprint, quote, _ = claims[-1]
        assert len(quote.split()) < 5
        assert words_of_claim(chronicle, fingerprint) != [quote]
        id_ = chronicle.sql("select id from claims where fingerprint = ?", [fingerprint]).rows[0][0]
    assert decide("erase", id_) == 1
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        assert not chronicle.sql("select 1 from claims where fingerprint = ?", [fingerprint]).rows
        assert "████ ███████████" in chronicle.text("table.csv").replace(",", " ") or "█" in chronicle.text(
            "table.csv"
        )
        assert "Liv Østergård (age 30), nurse, arrived in Bergen on 4 May 1921" in chronicle.text("ships.txt")
        assert "arrived in Bergen in 1922" in chronicle.text("ships.txt")


@pytest.mark.usefixtures("project")
def test_copies_without_it_can_be_had(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sources/latin.txt").write_bytes(
        "List\n\nLiv Østergård arrived in Bergen in 1921.\n".encode("latin-1")
    )
    Path("sources/bold.html").write_text(
        "<p>Liv &Oslash;sterg&aring;rd arrived in Bergen in 1921.</p>", "utf-8"
    )
    assert main(["build"]) == 0
    capsys.readouterr()
    assert decide("erase", "Liv Østergård", "--redact-sources", "--json") == 1
    told = {one["source"]: one for one in json.loads(capsys.readouterr().out)["holders"]}
    assert Path("redacted/ships.txt").read_text("utf-8").count("███ █████████") == 2
    assert told["table.csv"]["redacted"].endswith("redacted/table.csv")
    assert "not UTF-8" in told["latin.txt"]["note"]
    assert "parts the words" in told["bold.html"]["note"]
    assert Path("sources/ships.txt").read_text("utf-8") == SHIPS
    for path in Path("redacted").rglob("*.*"):
        path.replace(Path("sources") / path.name)
    for name in ("latin.txt", "bold.html"):
        Path("sources", name).unlink()
    assert main(["build"]) == 0
    assert not holders(Path.cwd())


@pytest.mark.usefixtures("project")
def test_without_its_key_nothing_is_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("erase", "Liv Østergård") == 1
    key = Path("protection.key").read_bytes()
    Path("protection.key").unlink()
    assert main(["build"]) == 2
    assert "not their key" in capsys.readouterr().err
    Path("protection.key").write_bytes(os.urandom(32))
    Path("protection.key").chmod(0o600)
    assert main(["build"]) == 2
    assert "another key" in capsys.readouterr().err
    Path("protection.key").write_bytes(key)
    assert main(["build"]) == 0
    Path("tombstones.jsonl").write_text("{}\n")
    assert main(["build"]) == 2


@pytest.mark.usefixtures("project")
def test_what_is_written_later_is_blacked_too() -> None:
    assert decide("erase", "Liv Østergård") == 1
    assert main(["build"]) == 0
    assert decide("comment", "Karl Moe", "--why", "he knew LIV OSTERGARD") == 0
    assert lines()[-1]["why"] == "he knew ███ █████████"
    with Path("decisions.jsonl").open("a", encoding="utf-8") as file:  # by hand
        row = lines()[-1] | {"why": "Liv Østergård again"}
        file.write(json.dumps({name: value for name, value in row.items() if name != "id"}) + "\n")
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        whys = {why for (why,) in chronicle.sql("select why from decisions")}
    assert whys == {"she asked", "he knew ███ █████████", "███ █████████ again"}


@pytest.mark.usefixtures("project")
def test_a_file_that_is_added_later_brings_nothing_back(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decide("erase", "Liv Østergård") == 1
    folder = tmp_path_factory.mktemp("given")
    (folder / "Østergård, Liv.html").write_text(PAGE, "utf-8")
    capsys.readouterr()
    assert main(["add", str(folder / "Østergård, Liv.html")]) == 0
    out = capsys.readouterr().out
    assert not any(word in out for word in WORDS)
    assert not [
        one for word in spelled(WORDS) for one in [Path("sources/sources.toml").read_bytes()] if word in one
    ]
    assert main(["build"]) == 0
    assert not holders(Path.cwd(), but=(Path.cwd() / "sources",))
    capsys.readouterr()
    assert main(["status"]) == 0
    assert "up to date" in capsys.readouterr().out
    assert main(["verify"]) == 0


@pytest.mark.usefixtures("project")
def test_others_keep_their_ids_and_what_was_decided_of_them() -> None:
    with open_chronicle("chronicle.duckdb") as chronicle:
        before = dict(
            chronicle.sql("select label, id from entities where label in ('Karl Moe', 'Ole Vik')").rows
        )
        query = "select id from claims where subject_label = 'Karl Moe' and predicate = 'arrival'"
        ((arrival,),) = chronicle.sql(query).rows
    assert decide("different", "Karl Moe", "Ole Vik") == 0
    assert decide("confirm", arrival) == 0
    assert main(["build"]) == 0
    assert decide("erase", "Liv Østergård") == 1
    assert main(["build"]) == 0
    with open_chronicle("chronicle.duckdb") as chronicle:
        after = dict(
            chronicle.sql("select label, id from entities where label in ('Karl Moe', 'Ole Vik')").rows
        )
        statuses = dict(chronicle.sql("select kind, status from decisions").rows)
        query = "select fingerprint from claims where subject_label = 'Karl Moe' and predicate = 'arrival'"
        ((fingerprint,),) = chronicle.sql(query).rows
    assert lines()[1]["targets"] == [fingerprint]
    assert after == before
    assert statuses == {"different": "applied", "confirm": "applied", "erase": "applied"}
    assert main(["verify"]) == 0
