"""Commands that are killed or stopped at random moments leave everything whole and no process, and the next run tidies up.

A few moments of each; `bench/faults.py` takes a hundred.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fire.killing import SCENES, Server, server, strike
from regesta.replacing import beside, is_alive, mark, scratch, sweep, write_whole

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks, and is killed")

MOMENTS = {"build": 5, "decide": 5, "edition": 5, "pack": 5, "erase": 2, "publish": 2}


@pytest.fixture(scope="module")
def run() -> Iterator[Server]:
    with server() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fire")


@pytest.mark.xdist_group("killing")
@pytest.mark.parametrize("name", SCENES)
def test_whoever_is_killed_leaves_everything_whole(name: str, run: Server, folder: Path) -> None:
    tally = strike(name, folder, run, MOMENTS[name], seed=7)
    assert tally.n_killed == MOMENTS[name]
    assert tally.n_orphans == 0


@pytest.mark.xdist_group("killing")
@pytest.mark.parametrize("sent", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("name", ["build", "edition"])
def test_whoever_is_asked_to_stop_tidies_up_at_once(name: str, sent: str, run: Server, folder: Path) -> None:
    strike(name, folder, run, 2, seed=3, sent=sent)


def test_a_pool_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import multiprocessing, os, time\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from regesta.lifeline import end_with_parent\n"
        "if __name__ == '__main__':\n"
        "    context = multiprocessing.get_context('spawn')\n"
        "    with ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent) as pool:\n"
        "        print(pool.submit(os.getpid).result(), flush=True)\n"
        "        time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        worker = int(process.stdout.readline())
        assert is_alive(worker)
        process.kill()
        process.wait()
        for _ in range(1000):
            if not is_alive(worker):
                break
            time.sleep(0.01)
        assert not is_alive(worker)


def test_whoever_is_asked_to_stop_while_reading_does_not_take_it_for_a_fault_of_the_document(
    tmp_path: Path,
) -> None:
    program, target = tmp_path / "program.py", tmp_path / "c.duckdb"
    (tmp_path / "a.html").write_text("<p>Liv Vik arrived in Bergen in 1921.</p>")
    program.write_text(
        "import os, signal, sys\n"
        "from regesta.cli import main\n"
        "def heard(event, arguments):\n"
        "    if event == 'import' and arguments[0].startswith('regesta.reading.html'):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "sys.addaudithook(heard)\n"
        f"sys.exit(main(['build', {str(tmp_path / 'a.html')!r}, '-o', {str(target)!r}, '--jobs', '1', '--no-cache']))\n"
    )
    ended = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (143, "regesta: stopped\n")
    assert not target.exists()


def dead() -> int:
    """Return the number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as process:
        process.wait()
    return process.pid


def test_only_what_the_dead_left_is_removed(tmp_path: Path) -> None:
    own = mark().split("-")
    gone, day = dead(), time.time() - 2 * 86_400
    left = [
        f".a.{gone}-{own[1]}-1234.new",
        f".a.{gone}-{own[1]}-1234.new.wal",
        f".a.{gone}-{own[1]}-0000.new.tmp",
    ]
    kept = [
        f".a.{os.getpid()}-{own[1]}-1234.new",  # ours
        f".a.{os.getppid()}-{own[1]}-1234.new",  # of somebody who lives
        f".a.{gone}-000000-1234.new",  # of another machine, and young
        f".b.{gone}-{own[1]}-1234.new",  # of another file
        ".a.new", ".a.tmp", f".a.{gone}.new", "a",  # without a mark
    ]  # fmt: skip
    old = f".a.{gone}-000000-5678.new"
    for name in (*left[:2], *kept, old):
        (tmp_path / name).write_text("x")
    (tmp_path / left[2]).mkdir()
    (tmp_path / left[2] / "inner").write_text("x")
    os.utime(tmp_path / old, (day, day))
    assert beside(tmp_path / "a").parent == tmp_path
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_the_number_of_a_process_may_be_ours_by_now(tmp_path: Path) -> None:
    name = tmp_path / f".a.{mark()}.new"
    name.write_text("x")
    assert sweep(tmp_path, ".a.") == 0
    os.utime(name, (1, 1))
    assert sweep(tmp_path, ".a.") == 1


def test_what_cannot_be_looked_at_is_no_error(tmp_path: Path) -> None:
    assert sweep(tmp_path / "nowhere", ".a.") == 0
    with scratch("x") as folder:
        (folder / "inner").write_text("x")
    assert not folder.exists()


def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="director"):
        write_whole(tmp_path / "folder", b"new")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "log"]
