"""Work that another process does meanwhile: what comes of it, what where it fails, and that it ends with whoever asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import regesta
from regesta.apart import Apart
from regesta.chronicle import Lent, engine, writing
from regesta.chronicle.lending import lend
from regesta.criticism import CHECKS, Given, strands
from regesta.errors import StoreError
from regesta.export import export
from regesta.kinship import Comparing, Texts
from regesta.pieces import CAN_BE_GIVEN, Pieces
from regesta.pipeline import keeping, rebuild
from regesta.pipeline import passing as passing_room
from regesta.profiling import Profile
from regesta.replacing import is_alive

TOLD = "The boat lay three nights behind the mole before the harbour master let its people come ashore."
given = pytest.mark.skipif(not CAN_BE_GIVEN, reason="files are not given to other processes here")


def test_what_comes_of_work() -> None:
    with Apart(partial(sum, (1, 2, 3))) as apart:
        assert apart.found() == 6
        assert apart.seconds >= 0
    with Apart(partial(divmod, 1, 0)) as apart:
        assert apart.found() is None
    with Apart(partial(os._exit, 0)) as apart:
        assert apart.found() is None


def test_who_is_not_waited_for_ends() -> None:
    begin = time.monotonic()
    with Apart(partial(time.sleep, 600)) as apart:
        assert apart._process
        number = apart._process.pid
        assert number
        assert is_alive(number)
    assert not is_alive(number)
    assert time.monotonic() - begin < 300


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals of POSIX")
def test_it_is_not_reached_by_an_interruption() -> None:
    with Apart(partial(signal.pthread_sigmask, signal.SIG_BLOCK, ())) as apart:
        assert signal.SIGINT in (apart.found() or ())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills")
def test_it_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import time\n"
        "from functools import partial\n"
        "from regesta.apart import Apart\n"
        "with Apart(partial(time.sleep, 600)) as apart:\n"  # no guard: its script is not run again
        "    print(apart._process.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        worker = int(process.stdout.readline())
        assert is_alive(worker)
        time.sleep(0.5)
        process.kill()
        process.wait()
        for _ in range(3000):
            if not is_alive(worker):
                break
            time.sleep(0.01)
        assert not is_alive(worker)


@given
def test_pieces_are_given() -> None:
    with Texts() as texts, Pieces() as pieces:
        for name in "abc":
            texts.add(f"{name}.txt", f"d-{name}", f"{name} {TOLD} {name}")
        with Apart(Comparing(texts, pieces)) as apart:
            assert [text[0] for text in texts] == ["a", "b", "c"]
            compared = apart.found()
        assert compared
        rows = {table: lines for each in compared.rows(pieces) for table, lines in each.items()}
        assert (rows["kin"].n, rows["shared_passages"].n) == (3, 3)
        assert rows["kin"].data.count(b"\n") == 3
        assert list(texts)[2].startswith("c")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for n in range(6):
        text = f"Piet Hansma, a miller, arrived in Lowestoft on {n + 2} May 1831. {TOLD}\n\nPaper {n}.\n"
        (folder / f"paper-{n}.txt").write_text(text * (n % 2 + 1), "utf-8")
    return folder


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    with regesta.open(path) as chronicle:
        return {path.name: path.read_bytes() for path in export(chronicle, "jsonl", folder) if path.is_file()}


@given
@pytest.mark.parametrize("fate", ["lives", "dies", "begins never"])
def test_a_build_is_the_same(
    fate: str, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rebuild([papers], output=tmp_path / "a.duckdb", cache=False)
    monkeypatch.setattr(passing_room, "_WORTH", 0)
    monkeypatch.setattr(passing_room, "processors", lambda: 2)
    waited: list[object] = []
    found = Apart.found

    def watched(apart: Apart[Any]) -> object:
        if fate == "dies" and apart._process:
            apart._process.kill()
            apart._process.join()
        waited.append(found(apart))
        return waited[-1]

    monkeypatch.setattr(Apart, "found", watched)
    if fate == "begins never":
        monkeypatch.setattr("regesta.apart.uninterrupted", _refused)
    profile = Profile()
    rebuild([papers], output=tmp_path / "b.duckdb", jobs=2, profile=profile)
    again = rebuild([papers], output=tmp_path / "b.duckdb", jobs=2)  # by what was kept
    assert again.n_cached == 6
    assert [each is not None for each in waited] == [fate == "lives"] * 2
    assert set(profile.beside) == ({"compare texts"} if fate == "lives" else set())
    assert list(profile.memory.values()) == sorted(profile.memory.values())
    whole = exported(tmp_path / "a.duckdb", tmp_path / "xa")
    assert exported(tmp_path / "b.duckdb", tmp_path / "xb") == whole
    assert whole["families.jsonl"].count(b'"a"') > 1
    (papers / "more.txt").write_text(f"Another. {TOLD}", "utf-8")
    rebuild([papers], output=tmp_path / "b.duckdb", jobs=2)
    rebuild([papers], output=tmp_path / "a.duckdb", cache=False)
    assert len(waited) == 3
    more = exported(tmp_path / "a.duckdb", tmp_path / "ya")
    assert exported(tmp_path / "b.duckdb", tmp_path / "yb") == more != whole


@pytest.mark.parametrize("fate", ["lives", "dies", "has no memory", "begins never"])
@pytest.mark.parametrize("cache", [True, False])
def test_checks_are_shared_out(
    fate: str, cache: bool, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for n in range(3):
        text = f"Piet Hansma, born in 1801, died in {1840 + n}. He arrived in Hull in {1850 - n}. Of 90 people 40 left and 50 stayed.\n"
        (papers / f"life-{n}.txt").write_text(text, "utf-8")
    rebuild([papers], output=tmp_path / "a.duckdb", cache=False)
    monkeypatch.setattr(writing, "WORTH", 0)
    monkeypatch.setattr(keeping, "WORTH", 0)
    monkeypatch.setattr(passing_room, "processors", lambda: 2)
    given_back: list[Given | None] = []
    found = Apart.found

    def watched(apart: Apart[Any]) -> object:
        if fate == "dies" and apart._process:
            apart._process.kill()
            apart._process.join()
        given_back.append(found(apart))
        if fate == "has no memory":
            given_back[-1] = Given({}, {}, None)
        return given_back[-1]

    monkeypatch.setattr(Apart, "found", watched)
    if fate != "lives":
        monkeypatch.setattr(strands, "left", _every_other)  # some are the other's, who does not give them
    if fate == "begins never":
        monkeypatch.setattr("regesta.apart.uninterrupted", _refused)
    profile = Profile()
    rebuild([papers], output=tmp_path / "b.duckdb", jobs=2, profile=profile, cache=cache)
    assert len(given_back) == 1
    assert (given_back[0] is None) == (fate in ("dies", "begins never"))
    assert len(profile.checks) == len(CHECKS)
    whole = exported(tmp_path / "a.duckdb", tmp_path / "xa")
    assert whole["findings.jsonl"].count(b"\n") > 3
    assert exported(tmp_path / "b.duckdb", tmp_path / "xb") == whole
    rebuild(
        [papers], output=tmp_path / "b.duckdb", jobs=2, cache=cache
    )  # by what was remembered, if anything was
    assert len(given_back) == 2 - cache
    assert exported(tmp_path / "b.duckdb", tmp_path / "xc") == whole
    assert not list(tmp_path.glob(".b.duckdb*"))


def _every_other(codes: tuple[str, ...], _folder: Path) -> tuple[str, ...]:
    return codes[::2]


def test_who_lends_gives_more_memory_where_it_is_short(tmp_path: Path) -> None:
    engine.connect(str(tmp_path / "a.duckdb")).close()
    limits: list[int] = []

    def make(_reader: engine.DuckDBPyConnection, lent: Lent) -> str:
        assert not list(lent.folder.glob("taken"))
        (lent.folder / "taken").touch()
        limits.append(lent.limit >> 20)
        if len(limits) < 3:
            raise engine.OutOfMemoryException("all is used")
        return "made"

    assert lend(tmp_path / "a.duckdb", tmp_path, 50 << 20, make) == "made"
    assert limits == [50, 200, 800]
    with pytest.raises(StoreError, match="all is used"):
        lend(tmp_path / "a.duckdb", tmp_path, 5 << 20, partial(_never, engine.OutOfMemoryException))


def _never(error: type[Exception], *_: object) -> None:
    raise error("all is used")


def _refused() -> None:
    raise OSError("no more processes")
