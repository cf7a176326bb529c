"""A disk that is full: what stood there stands there whole, one line says what happened, and the next run goes through.

The limit of the size of a file (RLIMIT_FSIZE) stands for the disk: writing beyond it fails as writing to a full disk does.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


from fire.killing import LITTER, MORE, SHIPS, content
from regesta.cli import main
from regesta.custody.holding import hold
from regesta.decisions.rows import parse_line

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="limits of POSIX"),
    pytest.mark.timeout(400),  # a site is made four times, and other tests run beside
]
pytest.importorskip("jinja2", reason="publishing needs the extra web")

PUBLISH = [
    "publish",
    "../new.duckdb",
    "-o",
    "site",
    "--contact",
    "a@b.example",
    "--language",
    "en",
    "--jobs",
    "1",
]
COMMANDS = {
    "decide": (["decide", "comment", "Liv Vik", "--why", "y" * 900, "--by", "Nora"], 1_000),
    "edition": (["edition", "../new.duckdb", "-o", "public.duckdb"], 100_000),
    "edition, at its end": (["edition", "../new.duckdb", "-o", "public.duckdb"], 600_000),
    "publish": (PUBLISH, 100_000),
    "publish, at its end": (PUBLISH, 1_500_000),
    "erase": (["decide", "erase", "Liv Vik", "--why", "asked", "--by", "Nora"], 400),
}


SOURCES = {"ships.txt": SHIPS}


@pytest.fixture(scope="module")
def built(built: Path) -> Path:
    """The same with a decision, an edition, a site, and a newer chronicle beside it."""
    with contextlib.chdir(built), pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(built.parent / "cache"))
        assert main(["decide", "comment", "Liv Vik", "--why", "first", "--by", "Nora"]) == 0
        assert main(["edition", "-o", "public.duckdb"]) == 0
        assert main([*PUBLISH[:1], *PUBLISH[2:]]) == 0
        (built / "sources" / "more.txt").write_text(MORE, "utf-8")
        assert main(["build", "-o", "../new.duckdb"]) == 0
    return built


def state(root: Path) -> dict[str, object]:
    """Return what stands there; fails where something is not whole."""
    held = hold(root / "site")
    assert held.holds, held.differences
    log = [parse_line(line)[0].kind for line in (root / "decisions.jsonl").read_bytes().splitlines()]
    return {
        "chronicle": content(root / "chronicle.duckdb"),
        "edition": content(root / "public.duckdb"),
        "site": json.loads((root / "site" / "index.json").read_bytes())["edition"]["id"],
        "ledger": (root / "identities.jsonl").read_bytes(),
        "log": log,
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_leaves_what_stood_there(
    name: str, project: Path, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args, limit = COMMANDS[name]
    (tmp_path / "new.duckdb").write_bytes((built.parent / "new.duckdb").read_bytes())
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = state(project)
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "from regesta.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2, ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("regesta: ")
    assert "Traceback" not in ended.stderr
    now = state(project)
    if name == "erase":  # it goes on where it broke off: what is erased already stays erased
        now["ledger"] = before["ledger"]
    assert now == before
    litter = [
        one.name
        for folder in (project, scratch, tmp_path)
        for one in folder.iterdir()
        if LITTER.search(one.name)
    ]
    assert litter == []
    if name == "publish":
        return  # as the next one
    capsys.readouterr()
    assert main(args) in (0, 1)
    assert state(project) != before
