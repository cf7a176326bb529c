"""A PostgreSQL of one's own for the tests: made in a folder, reached through a socket there, gone afterwards.

It refuses to run as root, so there it runs as `nobody`. Where none is installed the tests skip, saying so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest


def _programs() -> Path | None:
    """Return the folder of the newest PostgreSQL here."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: -int(one.parent.name))
    return next(
        (one for one in places if all((one / name).exists() for name in ("initdb", "pg_ctl", "psql"))), None
    )


@dataclass
class Server:
    """A server that can be stopped and started."""

    programs: Path
    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        before = (
            ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        )
        return subprocess.run(
            [*before, str(self.programs / program), *arguments], check=check, capture_output=True, text=True, timeout=60,
            cwd=self.folder, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_connections=60"
        self.run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-w",
            "-l",
            str(self.folder / "log"),
            "-o",
            options,
            "start",
        )

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop", check=False)

    def address(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new(self, *, encoding: str = "UTF8") -> str:
        """Return the address of a new empty database."""
        name = f"register{next(self._numbers)}"
        self.sql(f'create database {name} template template0 encoding "{encoding}" locale "C"', "postgres")
        return self.address(name)

    def sql(self, statement: str, database: str, user: str = "postgres") -> str:
        """Run a statement as a person would who has the database."""
        done = self.run(
            "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", user, "-d", database,
            "-c", statement,
        )  # fmt: skip
        return done.stdout.strip()


@pytest.fixture(scope="session")
def _server() -> Iterator[Server]:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="regesta-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    server = Server(programs, folder)
    try:
        server.run(
            "initdb", "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )  # fmt: skip
        rules = "local all guarded scram-sha-256\nlocal all all trust\n"
        (folder / "data" / "pg_hba.conf").write_text(rules, "utf-8")
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(_server: Server) -> Server:
    """A server that runs."""
    if _server.run("pg_ctl", "-D", str(_server.folder / "data"), "status", check=False).returncode:
        _server.start()  # a test before stopped it, and failed
    return _server


@pytest.fixture
def address(server: Server) -> str:
    """The address of an empty database."""
    return server.new()
