"""Every command and every snippet of the documentation runs: each page in a project of its own, made of the example register.

A fenced block says what it is by the words behind its fence:

    ```sh                    run line by line; `regesta` in this process, other commands in a shell, `serve` in the background;
                             of `make` and `pip install` only the names of targets and extras are looked at
    ```sql                   put to the chronicle of the project
    ```python                run as it stands, or as a doctest where it begins with `>>>`; what a page made before is there
    ```json                  read, line by line where it is not one value
    ```toml regesta.toml     any block that names a file is written to it; TOML is read by what reads that file
    ```text output           each line was printed by the block before it; `…` stands for anything
    ```sh skip-network       not run, for a reason that `SKIPPED` counts

Ids of claims, findings and decisions in the pages stand for real ones (`STAND_INS`). Nothing here looks at what a page says.
"""

from __future__ import annotations

import contextlib
import doctest
import fnmatch
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import regesta
from regesta.cli import main
from regesta.project import find_project
from regesta.project.sources import read_described
from regesta.protection import read_policy
from regesta.vocab.pack import read_packs

ROOT = Path(__file__).parents[1]
DEMO = Path(regesta.__file__).parent / "demo" / "sources"
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
PAGES = [
    path
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
    if "changes" not in path.parts and "```" in path.read_text("utf-8")
]

SKIPPED = {
    "skip-network": 2,
    "skip-cluster": 2,
    "skip-postgres": 3,
    "skip-terminal": 0,
}
"""How many blocks are not run, by reason: asking the web, a cluster, PostgreSQL, a person who types."""

SPOKEN = {"", "text", "bibtex", "turtle", "sparql", "xml", "yaml"}
"""Languages of blocks that show something and are not run."""

PAPER = """Those who came by sea

• 1987 – Mira Sand, baker, came to Port Alder by boat on 2 May 1987.
• 1988 – Ilan Voss, former minister, came by ship with his sister.
"""
"""A paper that lies about, and all that a register has whose site is made: one of everything takes longer than all else."""

STAND_INS = {
    "c-53c1d5a4a9f2b8d0": "select id from claims where predicate = 'arrival' and subject_kind = 'person' and value_edtf like '____-__-__' order by id limit 1",
    "f-9c9650ccbde249b8": "select id from findings where severity <> 'ok' and status = 'open' order by summary not like 'Kang Chol-hwan%', id limit 1",
}
"""Ids that the pages use as examples, and which real one each stands for."""

READ_BY: dict[str, Callable[[Path], object]] = {
    "regesta.toml": lambda path: find_project(path.parent),
    "sources.toml": read_described,
    "policy.toml": read_policy,
}
"""What reads a file of settings, by its name."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: where it stands, the words behind the fence, what is in it."""

    page: str
    line: int
    words: tuple[str, ...]
    code: str

    @property
    def language(self) -> str:
        return self.words[0] if self.words else ""

    @property
    def mark(self) -> str | None:
        return next((word for word in self.words[1:] if word.startswith("skip-")), None)

    @property
    def file(self) -> str | None:
        return next((word for word in self.words[1:] if "." in word), None)


def blocks_of(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text("utf-8")
    found = re.finditer(r"^( *)```([^\n`]*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [
        Block(
            page=page.relative_to(ROOT).as_posix(),
            line=text[: match.start()].count("\n") + 1,
            words=tuple(match[2].split()),
            code=re.sub(rf"^{match[1]}", "", match[3], flags=re.MULTILINE),
        )
        for match in found
    ]


@dataclass
class World:
    """Where the blocks of one page run, and what they leave to the next."""

    home: Path
    folder: Path
    names: dict[str, object] = field(default_factory=lambda: {"__name__": "snippet"})
    printed: str = ""
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    port: str = ""

    def run(self, block: Block) -> None:
        """Run one block; raises where it does not work."""
        if block.file is not None:
            self.write(block, block.file)
        elif block.language == "sh":
            self.printed = ""
            for command in commands_of(self.with_ids(block.code)):
                self.do(command)
        elif block.language == "python":
            self.printed = self.python(self.with_ids(block.code), block)
        elif block.language == "sql":
            with regesta.open(self.chronicle) as chronicle:
                for question in filter(str.strip, block.code.split(";\n")):
                    chronicle.sql(question)
        elif block.language == "json":
            try:
                json.loads(block.code)
            except ValueError:
                for line in block.code.splitlines():
                    json.loads(line)
        elif "output" in block.words:
            told = [" ".join(line.split()) for line in self.printed.splitlines()]
            for line in filter(None, (" ".join(line.split()) for line in block.code.splitlines())):
                pattern = "".join(f"[{c}]" if c in "[?" else c for c in line).replace("…", "*")
                assert fnmatch.filter(told, pattern), f"{line!r} is not in:\n{self.printed}"

    @property
    def chronicle(self) -> Path:
        return find_project(self.folder).chronicle

    def with_ids(self, code: str) -> str:
        for example, question in STAND_INS.items():
            if example in code:
                with regesta.open(self.chronicle) as chronicle:
                    code = code.replace(example, chronicle.sql(question).rows[0][0])
        return code

    def write(self, block: Block, name: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.code, "utf-8")
        if path.suffix == ".toml":
            tomllib.loads(block.code)
            if "packs" in path.parts:
                read_packs([path.parent])
            else:
                READ_BY[path.name](path)

    def python(self, code: str, block: Block) -> str:
        told = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(told):
            if code.lstrip().startswith(">>>"):
                test = doctest.DocTestParser().get_doctest(
                    code, self.names, block.page, block.page, block.line
                )
                outcome = doctest.DocTestRunner(
                    optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
                ).run(test, clear_globs=False)
                assert not outcome.failed, told.getvalue()
            else:
                exec(compile(code, f"{block.page}:{block.line}", "exec"), self.names)  # noqa: S102 - our own pages
        return told.getvalue()

    def do(self, command: str) -> None:
        words = shlex.split(command, comments=True)
        if not words:
            return
        if words[0] == "cd":
            self.folder = Path(os.path.normpath(self.folder / words[1]))
            assert self.folder.is_dir(), command
        elif words[0] == "make":
            assert re.search(rf"^{words[1]}:", MAKEFILE, re.MULTILINE), command
        elif words[:2] == ["pip", "install"]:
            extras = re.findall(r"\w+", "".join(re.findall(r"\[(.*?)\]", words[2])))
            assert set(extras) <= set(EXTRAS), command
        elif words[:2] == ["regesta", "serve"]:
            self.serve(words)
        elif words[0] == "curl":
            self.ask(words[-1])
        elif words[0] == "regesta" and not re.search(r"[|<>$~*]", command):
            self.printed += self.called(words[1:], 1 if "# exit status 1" in command else 0)
        else:
            self.printed += self.shelled(command)

    def called(self, arguments: list[str], wanted: int) -> str:
        told, errors = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(told),
            contextlib.redirect_stderr(errors),
        ):
            status = main(arguments)
        assert status == wanted, f"regesta {shlex.join(arguments)}\n{told.getvalue()}\n{errors.getvalue()}"
        return told.getvalue()

    def shelled(self, command: str) -> str:
        command = re.sub(r"\b(?=scripts/)", f"{ROOT}/", command)
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=self.folder, text=True, capture_output=True, check=False)  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def serve(self, words: list[str]) -> None:
        """Start a server at a free port; it lives until the page ends."""
        given = [word for word in words[1:] if word != "--open"]
        if "--port" in given:
            del given[given.index("--port") : given.index("--port") + 2]
        process = subprocess.Popen(
            [sys.executable, "-m", "regesta", *given, "--port", "0"],
            cwd=self.folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://[\w.]+:(\d+)", line)
        assert found, line
        self.port = found[1]

    def ask(self, address: str) -> None:
        real = re.sub(r"^(?:http://)?localhost:8420", f"http://127.0.0.1:{self.port}", address)
        assert real != address, "only a server of this page is asked"
        with urllib.request.urlopen(real) as answer:  # noqa: S310 - loopback
            self.printed += answer.read().decode()

    def close(self) -> None:
        for process in self.running:
            process.terminate()
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:  # how servers stop is tested elsewhere
                process.kill()
                process.communicate()


def commands_of(code: str) -> Iterator[str]:
    """Give the commands of a block, continued lines joined."""
    for line in code.replace("\\\n", " ").splitlines():
        yield from (line.split(" && ") if not line.lstrip().startswith("#") else ())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the example register as a project, built, and a few papers lying about."""
    home = tmp_path_factory.mktemp("docs") / "home"
    shutil.copytree(DEMO, home / "my-register" / "sources")
    for folder in ("small/sources", "papers"):
        (home / folder).mkdir(parents=True)
        (home / folder / "list.txt").write_text(PAPER, "utf-8")
    for name in ("my-register", "small"):
        (home / name / "regesta.toml").write_text('title = "Leaving the North"\n', "utf-8")
    (home / "Downloads").mkdir()
    (home / "Downloads" / "page.html").write_text(
        "<html lang=en><title>A page</title><h1>A page</h1><p>Mira Sand fled in 1987.</p></html>", "utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / ".cache"))
        for name in ("my-register", "small"):
            patch.chdir(home / name)
            assert main(["build"]) == 0
    return home


@pytest.fixture
def world(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A copy of that home for one page; what was read once is kept for all."""
    home = tmp_path / "home"
    shutil.copytree(built, home, ignore=shutil.ignore_patterns(".cache"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(built / ".cache"))
    monkeypatch.setenv("COLUMNS", "100")  # as where no terminal is: lines break where the pages show them
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("USER", "ana")
    made = World(home, home / "my-register")
    yield made
    made.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_snippet_runs(path: Path, world: World) -> None:
    blocks = [block for block in blocks_of(path) if block.mark is None]
    if "regesta publish" in path.read_text("utf-8"):
        shutil.rmtree(world.folder)
        (world.home / "small").rename(world.folder)
    commands = [block.code for block in blocks if block.language == "sh"]
    if commands and re.match(r"(regesta init|cd) my-register|regesta demo", commands[0]):
        world.folder = world.home
        if "regesta init" in commands[0]:
            shutil.rmtree(world.home / "my-register")
    for block in blocks:
        try:
            world.run(block)
        except BaseException as error:
            error.add_note(f"in {block.page}, line {block.line}")
            raise


def test_what_is_not_run_is_few() -> None:
    marks = Counter(block.mark for path in PAGES for block in blocks_of(path) if block.mark is not None)
    assert dict(marks) == {reason: n for reason, n in SKIPPED.items() if n}


def test_every_block_says_what_it_is() -> None:
    for path in PAGES:
        assert path.read_text("utf-8").count("```") == 2 * len(blocks_of(path)), path
        for block in blocks_of(path):
            where = f"{block.page}:{block.line}"
            assert block.file or block.language in {"sh", "python", "sql", "json", *SPOKEN}, where
            assert block.language != "toml" or block.file, f"{where}: which file is it?"
