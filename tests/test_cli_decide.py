"""`regesta decide`: what is typed becomes a line that the next build applies, and what is not clear becomes none."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from regesta.chronicle import open as open_chronicle
from regesta.cli import main
from regesta.decisions import precondition_of, read_log
from regesta.decisions.rows import LONGEST

SHIPS = (
    "Passengers\n\n• 1921\n  • Liv Dahl (age 30), nurse, arrived in Bergen on 4 May 1921.\n"
    "  • Karl Moe, baker, arrived in Bergen in 1922. Karl Moe was born in 1890.\n"
)
LETTER = "A letter\n\nKarl Moe was born in 1891.\n\nOle Vik, a smith, arrived in Bergen in 1923.\n"


SOURCES = {"ships.txt": SHIPS, "letter.txt": LETTER}


def build(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == 0
    capsys.readouterr()


def rows(query: str) -> list[Any]:
    with open_chronicle("chronicle.duckdb") as chronicle:
        return list(chronicle.sql(query).rows)


def lines() -> list[dict[str, Any]]:
    path = Path("decisions.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def decide(*args: str) -> int:
    return main(
        ["decide", *args, "--by", "Nora", *([] if "--why" in args or args[0] == "undo" else ["--why", "so"])]
    )


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def birth(year: int) -> str:
    return str(rows(f"select id from claims where predicate = 'birth' and value_edtf = '{year}'")[0][0])


@pytest.mark.usefixtures("project")
def test_a_decision_is_written_and_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("different", "liv  DAHL", "Ole Vik", "--why", "one came, one left") == 0
    out = said(capsys)
    assert out.startswith("Nora decided: Liv Dahl (person, ships.txt:23, e-")
    assert "are not one, because: one came, one left; written to" in out
    (line,) = lines()
    assert (line["kind"], line["by"], line["why"]) == ("different", "Nora", "one came, one left")
    fingerprints = dict(rows("select label, fingerprint from referents"))
    assert line["targets"] == [fingerprints["Liv Dahl"], fingerprints["Ole Vik"]]
    assert decide("list") == 0
    assert "waits for the next build 1 decision in" in said(capsys)
    build(capsys)
    assert rows("select id, made_by, status from decisions") == [(line["id"], "Nora", "applied")]
    assert decide("list") == 0
    assert "one came, one left applied 1 decision in" in said(capsys)
    assert main(["show", "Ole Vik"]) == 0
    assert "decided different Liv Dahl (person" in said(capsys)
    assert main(["show", "Ole Vik", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["decisions"][0]["id"] == line["id"]


@pytest.mark.usefixtures("project")
def test_what_is_one_is_parted_and_joined_again(capsys: pytest.CaptureFixture[str]) -> None:
    places = rows("select source, min(start_char) from mentions where quote = 'Karl Moe' group by source")
    two = [f"{source}:{start + 3}" for source, start in places]
    assert decide("different", *two) == 0
    build(capsys)
    assert len(rows("select distinct entity from referents where label = 'Karl Moe'")) == 2
    assert main(["show", "Karl Moe", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert decide("comment", "Karl Moe") == 2
    captured = capsys.readouterr()
    assert (
        len(
            re.findall(
                r"^  fm-[0-9a-f]{16}  Karl Moe \(person, \w+\.txt:\d+, e-\w+\)$", captured.err, re.MULTILINE
            )
        )
        == 2
    )
    assert "2 things are meant by that" in captured.err
    assert len(lines()) == 1
    assert decide("undo", lines()[0]["id"][:8]) == 0
    assert decide("same", *two) == 0
    capsys.readouterr()
    build(capsys)
    assert len(rows("select distinct entity from referents where label = 'Karl Moe'")) == 1
    assert [status for (status,) in rows("select status from decisions order by made_at")] == [
        "undone",
        "applied",
        "applied",
    ]
    assert decide("list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["status"] for one in told["decisions"]] == ["undone", "applied", "applied"]
    assert told["problems"] == []


def test_claims_are_chosen_among(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = birth(1890)
    assert decide("prefer", claim) == 0
    assert "“birth 1890” of Karl Moe" in said(capsys)
    about = f"(select subject from claims where id = '{claim}')"
    seen = rows(f"select fingerprint from claims where predicate = 'birth' and subject = {about}")
    assert lines()[0]["precondition"] == precondition_of(one for (one,) in seen)
    build(capsys)
    assert rows("select rank from claims where value_edtf = '1890'") == [("preferred",)]
    assert main(["show", claim]) == 0
    assert "birth 1890 [preferred]" in said(capsys)
    path = project / "sources" / "ships.txt"
    path.write_text(path.read_text() + "\nKarl Moe was born in 1889.\n")
    build(capsys)
    assert rows("select status from decisions") == [("precondition-changed",)]
    assert rows("select rank from claims where value_edtf = '1890'") == [("normal",)]


def test_a_line_that_is_no_decision_is_told_by_the_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decide("different", "Ole Vik", "Liv Dahl") == 0
    with (project / "decisions.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "d-\n')
    capsys.readouterr()
    assert main(["build"]) == 0
    assert "1 line of the log is no decision and does not count" in capsys.readouterr().err
    assert rows("select status from decisions") == [("applied",)]
    assert main(["build", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["decisions_not_read"] == 1


def test_a_decision_outlives_an_edit_elsewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("reject", birth(1891)) == 0
    assert decide("different", "Ole Vik", "Liv Dahl") == 0
    (project / "sources" / "letter.txt").rename(project / "sources" / "old letter.txt")
    path = project / "sources" / "ships.txt"
    path.write_text("Found in the attic. Nobody knows who wrote it.\n\n" + path.read_text())
    build(capsys)
    assert {status for (status,) in rows("select status from decisions")} == {"applied"}
    path.write_text(path.read_text().replace("(age 30)", "(age 31)"))
    build(capsys)
    assert rows("select kind, status from decisions order by kind") == [
        ("different", "orphaned"),
        ("reject", "applied"),
    ]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["same", "Liv Dahl"], "same takes 2 targets: found 1"),
        (["same", "Liv Dahl", "liv dahl"], "both are one in this chronicle"),
        (["same", "Liv Dahl", "Nobody"], "nothing of that name: found 'Nobody'"),
        (["same", "Liv Dahl", "Karl"], "did you mean Karl Moe?"),
        (["same", "Liv Dahl", "Karel Mo"], "did you mean Karl Moe?"),
        (["same", "Liv Dahl", "ships.txt:0"], "nothing is named or said there: found 'ships.txt:0'; the number counts characters"),
        (["same", "Liv Dahl", "fm-0123456789abcdef"], "nothing in this chronicle has that fingerprint"),
        (["prefer", "Liv Dahl"], "about claims: found 'Liv Dahl'; say which claim, by its id"),
        (["sam", "Liv Dahl", "Karl Moe"], "there is no kind of decision 'sam': there are same, different"),
        (["same"], "say what same is about"),
        (["list", "Liv Dahl"], "list takes no TARGET"),
        (["undo", "d-0"], "no such decision: found 'd-0'; see: regesta decide list"),
        (["add", "Liv Dahl"], "add needs --value"),
        (["add", "Liv Dahl", "--value", "1899"], "say the predicate: --predicate"),
        (["add", "Liv Dahl", "--value", "birth: 1899"], "a claim needs the words that say it"),
        (["add", "Liv Dahl", "--value", "birth: early", "--quote", "age 30"], "the value is no date: found 'early'; write EDTF"),
        (["add", "Liv Dahl", "--value", "brth: 1899", "--quote", "age 30"], "no such predicate: found 'brth'; such as birth"),
        (["add", "Liv Dahl", "--value", "age: 30", "--quote", "age 30"], "has no unit: found '30'"),
        (["add", "Liv Dahl", "--value", "birth: 1899", "--quote", "age 31"], "stand nowhere in it: found 'age 31'"),
        (["add", "Karl Moe", "--value", "birth: 1899", "--quote", "Karl Moe"], "ships.txt: the words stand in 2 places"),
        (["add", "Liv Dahl", "--value", "birth: 1899", "--quote", "30", "--source", "x"], "no such source"),
        (["correct", "ships.txt:96"], "correct needs --value, --subject, --quote"),
        (["comment", "Liv Dahl", "--quote", "x"], "comment takes no --quote"),
        (["explained", "Liv Dahl"], "this kind of decision is about findings"),
        (["comment", "Liv Dahl", "--value", "x"], "comment takes no --value"),
        (["comment", "Liv Dahl", "--expires", "soon"], "is no moment: found 'soon'"),
        (["comment", "Liv Dahl", "--why", " "], "has no 'why'"),
        (["comment", "Liv Dahl", "--why", "x" * LONGEST], "shorten the reason"),
        (["comment", "Liv Dahl", "--chronicle", "none.duckdb"], "no such chronicle"),
    ],
)  # fmt: skip
def test_what_is_not_clear_writes_nothing(
    args: list[str], told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decide(*args) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.err.splitlines()[-1].startswith("regesta: ")
    assert not (project / "decisions.jsonl").exists()


def test_why_is_asked_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "comment", "Liv Dahl", "--by", "Nora"]) == 2
    assert "say why, with --why" in capsys.readouterr().err
    assert not (project / "decisions.jsonl").exists()


def test_who_decides_is_taken_from_git(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    subprocess.run(["git", "-C", str(project), "config", "user.name", "Åse Lund"], check=True)
    assert main(["decide", "comment", "Liv Dahl", "--why", "so"]) == 0
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("LOGNAME", "ingrid")
    assert main(["decide", "comment", "Liv Dahl", "--why", "so"]) == 0
    assert [line["by"] for line in lines()] == ["Åse Lund", "ingrid"]
    assert said(capsys).startswith("Åse Lund decided: a comment on Liv Dahl")


@pytest.mark.usefixtures("project")
def test_ids_of_entities_and_values(capsys: pytest.CaptureFixture[str]) -> None:
    (entity,) = rows("select entity from referents where label = 'Ole Vik'")[0]
    assert decide("release", entity, "--ground", "consent", "--expires", "2030-01-31", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert row == lines()[0]
    assert (row["value"], row["expires"], row["precondition"]) == (
        "ground=recorded consent",
        "2030-01-31",
        None,
    )
    build(capsys)
    assert rows("select status from decisions") == [("applied",)]
    assert decide("list") == 0
    assert "decided: Ole Vik (person, letter.txt:" in said(capsys)


@pytest.mark.usefixtures("project")
def test_undo_of_an_undo(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("different", "Liv Dahl", "Ole Vik") == 0
    assert decide("undo", lines()[0]["id"]) == 0
    assert decide("undo", lines()[0]["id"]) == 0
    assert f"note: {lines()[0]['id']} was undone before" in said(capsys)
    assert decide("undo", lines()[1]["id"], lines()[2]["id"]) == 0
    build(capsys)
    status = dict(rows("select id, status from decisions"))
    assert [status[line["id"]] for line in lines()] == ["applied", "undone", "undone", "applied"]


def test_without_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert decide("list") == 2
    assert "no project here" in capsys.readouterr().err
    log = ["--decisions", "log.jsonl"]
    assert decide("same", "fm-0123456789abcdef", "fm-0123456789abcdee", *log) == 0
    assert "nobody looked whether the fingerprints are right" in said(capsys)
    assert decide("same", "fm-0123456789abcdef", "Liv Dahl", *log) == 2
    assert "no such chronicle" in said(capsys)
    assert decide("list", *log) == 0
    assert "fm-0123456789abcdef and fm-0123456789abcdee are one" in said(capsys)
    assert len(read_log("log.jsonl").decisions) == 1


@pytest.mark.usefixtures("project")
def test_bad_lines_are_told_and_others_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("comment", "Liv Dahl", "--why", "red \x1b[31m letters") == 0
    capsys.readouterr()
    with Path("decisions.jsonl").open("a") as file:
        file.write('<<<<<<< ours\n{"kind": "same"}\n')
        row = lines_of_a_newer_version()
        file.write(json.dumps(row) + "\n")
    assert decide("list") == 1
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out
    assert "red [31m letters" in captured.out
    assert "vouch-for, of x-1" in captured.out
    assert "decisions.jsonl:2: is a mark of a merge that was not finished" in captured.err
    assert "decisions.jsonl:3: has no 'at'" in captured.err
    assert decide("list", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [problem["line"] for problem in told["problems"]] == [2, 3]
    assert len(told["decisions"]) == 2
    build(capsys)
    assert rows("select status from decisions order by kind") == [("applied",), ("unsupported",)]


def lines_of_a_newer_version() -> dict[str, object]:
    return {"at": "2030-01-01T00:00:00Z", "by": "Nora", "kind": "vouch-for", "targets": ["x-1"], "why": "so"}


def test_a_list_needs_no_chronicle(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("comment", "Liv Dahl") == 0
    (project / "chronicle.duckdb").write_text("no chronicle")
    assert decide("list") == 0
    captured = capsys.readouterr()
    assert "what became of decisions is not known" in captured.err
    assert "1 decision in" in captured.out


@pytest.mark.usefixtures("project")
def test_a_place_means_what_stands_there(capsys: pytest.CaptureFixture[str]) -> None:
    at = f"ships.txt:{SHIPS.index('born in 1890') + 2}"
    assert decide("confirm", at) == 0
    assert "“birth 1890” of Karl Moe" in said(capsys)
    name = f"ships.txt:{SHIPS.index('Liv Dahl')}"
    assert decide("comment", name) == 2
    assert "2 things are meant by that" in said(capsys)
    assert decide("add", name, "--value", "role: nurse", "--quote", "nurse", "--json") == 0
    (key,) = rows("select key from referents where label = 'Liv Dahl'")[0]
    assert decide("comment", key, "--json") == 0
    (fingerprint,) = rows("select fingerprint from referents where label = 'Liv Dahl'")[0]
    assert decide("comment", fingerprint, "--json") == 0
    assert [line["targets"] for line in lines()[1:]] == [[fingerprint]] * 3
    assert decide("prefer", "ships.txt:0") == 2
    assert "nothing is named or said there" in said(capsys)
    assert len(lines()) == 4


def test_an_id_that_was_merged_is_followed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (old,) = rows("select entity from referents where label = 'Ole Vik'")[0]
    assert decide("same", "Ole Vik", "Liv Dahl") == 0
    build(capsys)
    (joined,) = {
        one for (one,) in rows("select entity from referents where label in ('Ole Vik', 'Liv Dahl')")
    }
    ids = {one for (one,) in rows("select id from identities where redirect is not null")} | {old}
    for one in ids - {joined}:
        assert decide("comment", one) == 0
    assert decide("comment", joined) == 0
    assert len(lines()) == 2 + len(ids - {joined})
    assert (project / "decisions.jsonl").exists()
