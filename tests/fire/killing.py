"""Commands killed outright at random moments: what stood there before stands there whole, and the next run tidies up.

    prepare ─► run once, to learn how long it takes ─► { change, run and kill, look, run to its end, look, look for litter }

A scene is a command with what it must leave whole. Half of its moments are times, half are things asked of the file system, so that
the short steps in which files change places are hit as well. Each scene has a register of its own, small enough to be built in a
moment. `bench/faults.py` runs the long way, `tests/test_killing.py` a short one.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from regesta.chronicle import open as open_chronicle
from regesta.custody.digesting import content_hash, digests
from regesta.custody.holding import hold
from regesta.decisions.rows import parse_line
from regesta.project import read_ledger

__all__ = ["SCENES", "Server", "Tally", "server", "strike"]

SHIPS = "Passengers\n\n• 1921\n  • Liv Vik (age 30), nurse, arrived in Bergen on 4 May 1921.\n"
MORE = "Karl Moe, baker, was born in 1890. He arrived in Bergen in 1922 with his friend Liv Vik.\n"
OTHER = "Ole Berg died in Oslo on 3 June 1930. Karl Moe married Liv Vik in 1925.\n"
LITTER = re.compile(r"\.new\b|\.part\b|\.wal$|\.tmp$|\.publishing-|\.before$|^\.?regesta-\w*-?\d|^making-")
"""Names of what is not finished."""
_UNHEARD = 0.2
"""Seconds in which a command may not listen to signals yet; it has touched nothing then."""
IN_CACHE = re.compile(r"^tmp")
"""Entries of the cache that are not finished."""


class Server:
    """The program that forks, see `forking`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, place: Place, args: list[str], **moment: Any) -> dict[str, Any]:
        """Run a command in a register, killed at a moment where one is named."""
        assert self._process.stdin
        assert self._process.stdout
        asked = {
            "args": args,
            "cwd": str(place.root),
            "env": place.environment,
            "log": str(place.log),
            **moment,
        }
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def server() -> Iterator[Server]:
    """Start the program that forks, and end it."""
    command = [sys.executable, str(Path(__file__).with_name("forking.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Server(process)
        assert process.stdin
        process.stdin.close()


@dataclass(frozen=True)
class Place:
    """A register with a cache and a temporary folder of its own."""

    top: Path

    @property
    def root(self) -> Path:
        return self.top / "register"

    @property
    def log(self) -> Path:
        return self.top / "said.txt"

    @property
    def environment(self) -> dict[str, str]:
        return {"XDG_CACHE_HOME": str(self.top / "cache"), "XDG_DATA_HOME": str(self.top / "share"), "TMPDIR": str(self.top / "tmp"), "HOME": str(self.top)}  # fmt: skip

    def vary(self, variant: int) -> None:
        """Let the sources say something else."""
        (self.root / "sources" / "more.txt").write_text((MORE, OTHER)[variant], "utf-8")

    def litter(self) -> list[str]:
        """Return what is not finished, the cache's own kind apart."""
        found = []
        for folder, folders, names in os.walk(self.top):
            found += [str(Path(folder, name)) for name in (*folders, *names) if LITTER.search(name)]
        return found

    def litter_in_cache(self) -> list[str]:
        """Return entries of the cache that are not finished."""
        return [path.name for path in (self.top / "cache").rglob("tmp*")]


def make_place(folder: Path, run: Server) -> Place:
    """Make a register, built twice, so that everything in it has been seen."""
    place = Place(folder)
    (place.top / "tmp").mkdir(parents=True)
    must(run.run(Place(folder), ["--version"]) if place.root.exists() else _init(place, run), place)
    (place.root / "sources" / "ships.txt").write_text(SHIPS, "utf-8")
    for variant in (0, 1, 0, 1):
        place.vary(variant)
        must(run.run(place, ["build"]), place)
        shutil.copy(place.root / "chronicle.duckdb", place.top / f"{'ab'[variant]}.duckdb")
    for why in ("first", "second"):
        must(run.run(place, ["decide", "comment", "Liv Vik", "--why", why, "--by", "Nora"]), place)
    must(run.run(place, ["build"]), place)
    return place


def _init(place: Place, run: Server) -> dict[str, Any]:
    place.root.mkdir()
    return run.run(place, ["init", "."])


def must(answer: dict[str, Any], place: Place, status: tuple[int, ...] = (0,)) -> dict[str, Any]:
    """Return the answer of a command that has to go through."""
    said = place.log.read_text("utf-8", "replace")
    assert answer["status"] in status, (answer, said)
    assert "Traceback" not in said, said
    return answer


def content(path: Path) -> str:
    """Return the hash of what a chronicle holds: it can be opened, and every row can be read."""
    with open_chronicle(path) as chronicle:
        return content_hash(digests(chronicle))


@dataclass
class Scene:
    """A command, and what it must leave whole."""

    place: Place
    run: Server
    known: dict[int, Any] = field(default_factory=dict)
    """What stands there after a whole run, by variant."""
    name = ""
    fine: ClassVar[tuple[int, ...]] = (0,)
    """Statuses of a run that went through."""

    def args(self, variant: int) -> list[str]:
        """Return the command."""
        raise NotImplementedError

    def change(self, variant: int) -> None:
        """Prepare for a run."""

    def found(self) -> Any:
        """Return what stands there; fails where it is not whole."""
        raise NotImplementedError

    def check(self, variant: int, *, is_done: bool) -> None:
        """Fail unless the old or the new stands there, after a whole run the new."""
        now = self.found()
        fine = [self.known[variant]] if is_done else [self.known[0], self.known[1]]
        assert now in fine, (self.name, variant, is_done)


class Build(Scene):
    """`regesta build`: the chronicle and the ledger."""

    name = "build"

    def args(self, variant: int) -> list[str]:
        return ["build", "--jobs", "1", *(["--no-cache"] if variant else [])]

    def change(self, variant: int) -> None:
        self.place.vary(variant)

    def found(self) -> Any:
        read_ledger(self.place.root / "identities.jsonl")
        for line in (self.place.root / "decisions.jsonl").read_bytes().splitlines():
            parse_line(line)
        return content(self.place.root / "chronicle.duckdb")


class Decide(Scene):
    """`regesta decide`: the log."""

    name = "decide"
    n = 0
    before = b""

    def args(self, variant: int) -> list[str]:
        return [
            "decide",
            "comment",
            "Karl Moe" if variant else "Liv Vik",
            "--why",
            f"look {self.n}",
            "--by",
            "Nora",
        ]

    def change(self, variant: int) -> None:
        self.n += 1
        self.place.vary(variant)
        self.before = self.log()

    def log(self) -> bytes:
        return (self.place.root / "decisions.jsonl").read_bytes()

    def found(self) -> Any:
        return None

    def check(self, variant: int, *, is_done: bool) -> None:  # noqa: ARG002 - the log grows
        now = self.log()
        assert now.startswith(self.before)
        new = now[len(self.before) :].splitlines(keepends=True)
        assert len(new) <= 1 + is_done, new
        for line in new:
            assert parse_line(line)[0].why == f"look {self.n}"
            assert line.endswith(b"\n")
        assert new or not is_done


class Edition(Scene):
    """`regesta edition`: the edition that stood there."""

    name = "edition"

    def args(self, variant: int) -> list[str]:
        return [
            "edition",
            str(self.place.top / f"{'ab'[variant]}.duckdb"),
            "-o",
            "public.duckdb",
            "--on",
            "2026-01-02",
        ]

    def found(self) -> Any:
        return content(self.place.root / "public.duckdb")


class Publish(Scene):
    """`regesta publish`: every file of the site."""

    name = "publish"

    def args(self, variant: int) -> list[str]:
        chronicle = str(self.place.top / f"{'ab'[variant]}.duckdb")
        return ["publish", chronicle, "-o", "site", "--on", "2026-01-02", "--contact", "a@b.example", "--title", "T", "--language", "en", "--jobs", "1"]  # fmt: skip

    def found(self) -> Any:
        site = self.place.root / "site"
        held = hold(site)
        assert held.holds, [(one.what, one.why) for one in held.differences][:9]
        # the number of the edition and the day of its changes go on: what the register says is what has to come back
        index = json.loads((site / "index.json").read_bytes())
        return sorted(name for name in index["files"] if name.startswith(("people/", "sources/")))


class Pack(Scene):
    """`regesta pack`: the archive, byte by byte."""

    name = "pack"

    def args(self, variant: int) -> list[str]:  # noqa: ARG002 - the sources vary
        return ["pack", "-o", "../packed.zip"]

    def change(self, variant: int) -> None:
        self.place.vary(variant)

    def found(self) -> Any:
        path = self.place.top / "packed.zip"
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
        return hashlib.sha256(path.read_bytes()).hexdigest()


class Erase(Scene):
    """`regesta decide erase`: the log, the ledger and the chronicle; erasing again goes on where it broke off."""

    name = "erase"
    fine: ClassVar[tuple[int, ...]] = (0, 1)  # 1: the sources still hold it
    n = 0

    def args(self, variant: int) -> list[str]:
        return ["decide", "erase", "Karl Moe" if variant else "Liv Vik", "--why", "asked for", "--by", "Nora"]

    def change(self, variant: int) -> None:  # noqa: ARG002 - whoever is erased
        kept = self.place.top / "kept"
        if not kept.exists():
            shutil.copytree(self.place.root, kept)
        shutil.rmtree(self.place.root)
        shutil.copytree(kept, self.place.root)

    def found(self) -> Any:
        return None

    def check(self, variant: int, *, is_done: bool) -> None:
        root = self.place.root
        read_ledger(root / "identities.jsonl")
        lines = (root / "decisions.jsonl").read_bytes()
        kinds = [parse_line(line)[0].kind for line in lines.splitlines()]
        assert kinds[:2] == ["comment", "comment"]
        assert set(kinds[2:]) <= {"erase"}
        kept = self.place.top / "kept" / "chronicle.duckdb"
        assert (root / "chronicle.duckdb").read_bytes() == kept.read_bytes()
        if not is_done:
            return
        name = b"Karl Moe" if variant else b"Liv Vik"
        assert name not in lines
        self.n += 1
        if self.n % 10 > 1:
            return  # a build takes as long as all the rest
        must(self.run.run(self.place, ["build"]), self.place)
        with open_chronicle(root / "chronicle.duckdb") as chronicle:
            assert not any(name.decode() in chronicle.text(source.name) for source in chronicle.sources())
            assert name.decode() not in {row.label for row in chronicle.entities()}


SCENES: dict[str, Callable[[Place, Server], Scene]] = {
    one.name: one for one in (Build, Decide, Edition, Publish, Pack, Erase)
}
"""Every scene by its name."""


@dataclass
class Tally:
    """What became of the moments of a scene."""

    scene: str
    n_killed: int = 0
    n_too_late: int = 0
    """Runs that had ended by then."""
    n_orphans: int = 0
    n_litter_in_cache: int = 0
    seconds: float = 0.0
    """What a whole run takes."""


def strike(name: str, folder: Path, run: Server, n: int, seed: int = 1, sent: str = "SIGKILL") -> Tally:
    """Kill a command at random moments until it was hit `n` times; every failure is an `AssertionError` that names scene and moment.

    A moment that came when the run had ended is drawn again, from the time that this run took: the first may have taken long.
    The register is made in `folder` by whoever comes first, and copied for each scene.
    """
    first = folder / "first"
    if not first.exists():
        make_place(first, run)
    place = Place(folder / f"{name}-{sent}")
    shutil.copytree(first, place.top)
    scene = SCENES[name](place, run)
    took, n_events = 0.0, 0
    for variant in (0, 1):
        scene.change(variant)
        whole = must(run.run(place, scene.args(variant)), place, scene.fine)
        took, n_events = max(took, whole["took"]), max(n_events, whole["events"])
        scene.known[variant] = scene.found()
    chance = random.Random(f"{seed} {name}")  # noqa: S311 - no secret
    tally = Tally(name, seconds=took)
    for number in range(10 * n):
        if tally.n_killed == n:
            break
        variant = number % 2
        moment: dict[str, Any] = {"seconds": chance.uniform(0, took)}
        if number % 4 > 1 and sent == "SIGKILL":
            moment = {"event": chance.randint(1, n_events)}
        scene.change(variant)
        struck = run.run(place, scene.args(variant), signal=sent, **moment)
        if struck["status"] >= 0:
            took = min(took, struck["took"])
        try:
            _look(scene, tally, struck, variant, sent)
        except AssertionError as error:
            error.add_note(f"{name}, moment {number}: {moment}, {struck}; in {place.top}")
            raise
    return tally


def _look(scene: Scene, tally: Tally, struck: dict[str, Any], variant: int, sent: str) -> None:
    """Look at what a killed run left, run it to its end, and look again."""
    place = scene.place
    tally.n_orphans += struck["orphans"]
    if sent == "SIGKILL":
        tally.n_killed += struck["status"] < 0
        tally.n_too_late += struck["status"] >= 0
    else:
        said = place.log.read_text("utf-8", "replace")
        assert "Traceback" not in said, said
        stopped = {"SIGTERM": 143, "SIGINT": 130}[sent]
        tally.n_killed += struck["status"] != 0
        tally.n_too_late += struck["status"] == 0
        if struck["status"] < 0:  # before it listens to signals, or when all is done
            assert said or struck["took"] < _UNHEARD, struck
            scene.check(variant, is_done=bool(said))
        else:
            assert struck["status"] in (stopped, *scene.fine), (struck, said)
        assert not place.litter(), place.litter()
    scene.check(variant, is_done=False)
    must(scene.run.run(place, scene.args(variant)), place, scene.fine)
    scene.check(variant, is_done=True)
    assert not place.litter(), place.litter()
    tally.n_litter_in_cache += bool(place.litter_in_cache())
