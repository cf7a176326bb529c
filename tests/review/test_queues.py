"""What waits for a judgement, in which order, and what a decision rests on."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regesta.decisions import read_log
from regesta.errors import DecisionError
from regesta.review import Answer, Rebuilder, decided, queue
from reviewing import Place


def test_queues_put_first_what_is_doubtful(place: Place) -> None:
    shelf, state = place.library.press().shelf, place.office.notebook.state()
    pairs = queue("pairs", shelf, state)
    assert pairs.items
    weights = [
        shelf.value(
            "select l.weight from links l join referents a on a.key = l.left_referent join referents b on b.key = l.right_referent"
            " where a.fingerprint = ? and b.fingerprint = ?",
            list(item.targets),
        )
        for item in pairs.items
        if item.why == "weak"
    ]
    assert weights == sorted(weights)
    order = {"error": 0, "warning": 1, "info": 2, "undetermined": 3}
    graver = [order[item.why] for item in queue("findings", shelf, state).items]
    assert graver == sorted(graver)
    whys = [item.why for item in queue("claims", shelf, state).items]
    assert "reported" in whys


def test_an_answer_is_tried_before_it_is_written(place: Place) -> None:

    shelf, now = place.library.press().shelf, datetime(2026, 1, 1, tzinfo=UTC)
    for answer in (
        Answer(kind="same", targets=("fm-0000000000000000", "fm-0000000000000001"), why="x"),
        Answer(kind="prefer", targets=("ff-0000000000000000",), why="x"),
        Answer(kind="confirm", targets=("nothing",), why="x"),
        Answer(
            kind="explained", targets=(place.claim("Karl Moe", "age", "ships.txt")["fingerprint"],), why="x"
        ),
    ):
        with pytest.raises(DecisionError):
            decided(shelf, answer, by="Ana", at=now)
    good = Answer(
        kind="confirm", targets=(place.claim("Karl Moe", "age", "ships.txt")["fingerprint"],), why="x"
    )
    for name in ("", " ", "x" * 81):
        with pytest.raises(DecisionError):
            decided(shelf, good, by=name, at=now)
    assert decided(shelf, good, by="Ana", at=now).by == "Ana"


def test_what_the_command_decides_the_page_decides(place: Place) -> None:
    """The premise and what is kept of a finding are those of `regesta decide`, which asks DuckDB."""

    shelf, now = place.library.press().shelf, datetime(2026, 1, 1, tzinfo=UTC)
    claim = place.claim("Johan Berg", "age", "ships.txt")
    finding = shelf.row("select id, fingerprint from findings where severity <> 'ok' order by id")
    assert finding is not None
    for kind, id_, target in (
        ("prefer", claim["id"], claim["fingerprint"]),
        ("explained", finding["id"], finding["fingerprint"]),
    ):
        log = place.root / f"{kind}.jsonl"
        subprocess.run(
            [sys.executable, "-P", "-m", "regesta", "decide", kind, id_, "--why", "x", "--by", "Ana", "--decisions", str(log)],
            cwd=place.root, check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        (theirs,) = read_log(log).decisions
        ours = decided(shelf, Answer(kind=kind, targets=(target,), why="x"), by="Ana", at=now)
        assert (ours.targets, ours.value, ours.precondition) == (
            theirs.targets,
            theirs.value,
            theirs.precondition,
        )


def test_every_page_of_review_is_there_in_both_languages(place: Place) -> None:
    ana = place.reviewer("Ana")
    claim = place.claim("Karl Moe", "age", "ships.txt")
    paths = [
        "", "/pairs", "/conflicts", "/findings", "/claims", "/contests", "/decisions", f"/claim/{claim['id']}",
        f"/correct/{claim['id']}", f"/entity/{claim['subject']}", f"/expose/{claim['subject']}", f"/expose/{claim['subject']}?answer=erase", "/add?source=ships.txt",
    ]  # fmt: skip
    for prefix in ("/review", "/ko/review"):
        for path in paths:
            page = ana.get(f"{prefix}{path}")
            assert page.status_code == 200, path
            assert page.headers["cache-control"] == "no-store"
            assert f'<html lang="{"ko" if prefix.startswith("/ko") else "en"}">' in page.text
            ids = re.findall(r'\bid="([^"]+)"', page.text)
            assert len(ids) == len(set(ids)), path
            assert " style=" not in page.text


def test_pages_of_a_reviewer_are_kept_nowhere(place: Place) -> None:
    reader, ana = place.visitor(), place.reviewer("Ana")
    address = f"/people/{place.claim('Karl Moe', 'age', 'ships.txt')['subject']}"
    before = reader.get(address).text
    assert ana.get(address).headers["cache-control"] == "no-store"
    assert "review-bar" in ana.get(address).text
    assert reader.get(address).text == before


def test_the_command_asks_for_a_project(tmp_path: Path, built: Path) -> None:
    def said(folder: Path, *more: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "regesta", "serve", "--review", *more],
            cwd=folder, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == 2
        return ran.stderr

    bare = said(tmp_path, str(built / "chronicle.duckdb"))
    assert "needs a project" in bare
    assert "regesta init" in bare
    other = tmp_path / "other.duckdb"
    other.write_bytes(b"")
    assert "not the chronicle of the project" in said(built, str(other))


def wait_for(found: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_build_is_ended_with_the_server(tmp_path: Path) -> None:
    mark = tmp_path / "begun"
    command = [sys.executable, "-c", f"import time; open({str(mark)!r}, 'w').close(); time.sleep(300)"]
    one = Rebuilder(tmp_path, lambda: None, pause=0.0, command=command)
    one.ask()
    wait_for(mark.exists)
    one.close()
    thread = one._thread
    assert thread is not None
    thread.join(30)
    assert not thread.is_alive()
