"""A journal tells what was done and nothing of whom; without one nothing is written."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta import journal
from regesta.cli import main

NAMES = ("Piet", "Hansma", "Lowestoft", "miller")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    journal.close_journal()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "Piet Hansma"
    folder.mkdir()
    (folder / "Hansma of Lowestoft.txt").write_text(
        "Piet Hansma, a miller, arrived in Lowestoft on 3 May 1831.\n", "utf-8"
    )
    (folder / "Piet.docx").write_bytes(b"PK no archive")
    return folder


def test_a_build_is_told_in_numbers(papers: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    assert main(["--log", str(log), "build", str(papers), "-o", str(tmp_path / "c.duckdb")]) == 1
    told = lines(log)
    assert [line["event"] for line in told][:1] == ["begun"]
    assert told[0]["command"] == "build"
    built = next(line for line in told if line["event"] == "built")
    assert (built["n_sources"], built["n_failed"], built["n_cached"]) == (1, 1, 0)
    assert {line["step"] for line in told if line["event"] == "step"} >= {"list", "resolve", "criticise"}
    assert told[-1]["event"] == "ended"
    assert told[-1]["status"] == 1
    assert not any("left_out" in line for line in told)
    assert not any(name in log.read_text("utf-8") for name in (*NAMES, str(tmp_path)))
    if os.name == "posix":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_lines_are_added_by_the_variable_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text('{"event": "before"}\n', "utf-8")
    monkeypatch.setenv("REGESTA_LOG", str(log))
    assert main(["doctor"]) == 0
    assert main(["show", "Piet Hansma"]) == 2
    assert [line["event"] for line in lines(log)] == ["before", "begun", "ended", "begun", "ended"]
    assert not any(name in log.read_text("utf-8") for name in NAMES)
    monkeypatch.delenv("REGESTA_LOG")
    assert main(["doctor"]) == 0
    assert len(lines(log)) == 5


def test_a_journal_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--log", str(tmp_path / "none" / "x"), "doctor"]) == 2
    assert "the journal cannot be written" in capsys.readouterr().err


TEXTS = st.text() | st.sampled_from(
    ["Piet Hansma", "/home/ada", "people/e-1 Hansma", "5 May 1831", "GET\n", "한국"]
)


@given(
    event=st.just("request"),
    fields=st.dictionaries(
        st.sampled_from([*journal.FIELDS, "name", "quote"]), TEXTS | st.integers() | st.none() | st.booleans()
    ),
)
def test_no_text_is_written_that_is_not_of_the_program(
    event: str, fields: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = tmp_path_factory.mktemp("journal") / "log.jsonl"
    journal.open_journal(log)
    journal.record(event, **fields)
    journal.close_journal()
    (line,) = lines(log)
    for name, value in line.items():
        if name in {"at", "event", "left_out"} or value is None:
            continue
        wanted = journal.FIELDS[name]
        assert value == fields[name]
        if isinstance(wanted, type):
            assert isinstance(value, int)
        else:
            assert wanted.fullmatch(value)
            assert " " not in value or name == "step"
            assert value.isascii()
    assert set(fields) == {*line, *line.get("left_out", ())} - {"at", "event", "left_out"}


def test_nobody_keeps_one_unless_asked(tmp_path: Path) -> None:
    journal.record("request", route="/", status=200)
    assert not journal.is_kept()
    assert not list(tmp_path.iterdir())
