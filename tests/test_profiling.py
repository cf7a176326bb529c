"""`--profile` says where the time went, changes nothing of what is built, and looks at no clock unless it is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.cli import main
from regesta.criticism import CHECKS
from regesta.export import export
from regesta.extraction import RULES
from regesta.pipeline import Built, rebuild
from regesta.profiling import Profile, Spent, timed


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for n in range(3):
        text = f"Piet Hansma, a miller, arrived in Lowestoft on {n + 2} May 1831, aged {20 + n}.\n\n" * (
            n + 1
        )
        (folder / f"paper-{n}.txt").write_text(text, "utf-8")
    return folder


def exported(built: Built, folder: Path) -> dict[str, bytes]:
    import regesta

    with regesta.open(built.path) as chronicle:
        return {path.name: path.read_bytes() for path in export(chronicle, "jsonl", folder) if path.is_file()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_is_watched_makes_the_same(papers: Path, tmp_path: Path, jobs: int) -> None:
    (papers / "long.txt").write_text("The weather was fair. " * 13_000, "utf-8")  # worth a pool
    profile = Profile()
    watched = rebuild([papers], output=tmp_path / "a.duckdb", jobs=jobs, cache=False, profile=profile)
    plain = rebuild([papers], output=tmp_path / "b.duckdb", jobs=jobs, cache=False)
    assert exported(watched, tmp_path / "xa") == exported(plain, tmp_path / "xb")
    assert profile.n_documents == 4
    assert profile.n_bytes == sum(path.stat().st_size for path in papers.iterdir())
    assert {name for name, *_ in profile.slowest} == {path.name for path in papers.iterdir()}
    assert set(profile.rules) == {rule.__name__ for rule in RULES}
    assert [one.partition(" ")[0] for one in profile.checks] == list(CHECKS)
    assert list(profile.memory.values()) == sorted(profile.memory.values())
    assert profile.seconds_read > 0


def test_the_command_tells_programs_and_people(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["build", str(papers), "-o", str(tmp_path / "a.duckdb"), "--profile"]
    assert main([*call, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    seconds = told["profile"]["steps"]
    assert {"list", "read and extract", "resolve", "compare texts", "criticise", "write"} <= set(seconds)
    assert sum(seconds.values()) == pytest.approx(told["seconds"]["total"], abs=0.01)
    assert (told["profile"]["documents"], told["profile"]["cached"]) == (3, 0)
    assert told["profile"]["rows"] > 20
    assert told["profile"]["bytes_written"] == (tmp_path / "a.duckdb").stat().st_size
    assert main(call) == 0
    out = capsys.readouterr().out
    assert "3 of 3 documents from the cache (100%)" in out
    assert "resolve" in out
    assert main(call[:-1]) == 0
    assert "resolve" not in capsys.readouterr().out


def test_a_source_that_cannot_be_read_has_its_time_told(papers: Path, tmp_path: Path) -> None:
    (papers / "bad.docx").write_bytes(b"PK\x03\x04 no archive")
    profile = Profile()
    rebuild([papers], output=tmp_path / "a.duckdb", cache=False, profile=profile)
    assert profile.n_documents == 4


@given(st.lists(st.tuples(st.floats(0, 1e6), st.text(max_size=5), st.integers(0, 10**9))))
def test_the_slowest_are_those_of_all_sorted(documents: list[tuple[float, str, int]]) -> None:
    profile = Profile()
    for seconds, name, n_bytes in documents:
        profile.add(Spent(name, n_bytes, seconds))
    assert [(took, name, size) for name, took, size in profile.slowest] == sorted(documents, reverse=True)[
        :10
    ]


def test_a_rule_that_fails_fails_and_keeps_its_name() -> None:
    def broken(scene: object) -> None:
        raise ValueError(scene)

    spent: dict[str, float] = {}
    (rule,) = timed([broken], spent)
    assert rule.__name__ == "broken"
    with pytest.raises(ValueError, match="x"):
        rule("x")
    assert list(spent) == ["broken"]
