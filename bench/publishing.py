"""How long a site takes: `python bench/publishing.py [PEOPLE] [--jobs N] [--keep FOLDER]`.

A chronicle is made up (as for bench/web.py: 10 claims and 10 mentions a person), is told to be an edition, and is published twice with all
exports and in all languages: into an empty folder, and again where everything stands already. Told are seconds of the clock, seconds
of the processor (other work may share the machine), the most memory that all processes took together, files and bytes. Linux only.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import Self

import duckdb

from regesta.publishing import Imprinted, publish_edition

_PAGE = os.sysconf("SC_PAGE_SIZE")


def web() -> ModuleType:
    """Return the bench that makes chronicles up."""
    spec = importlib.util.spec_from_file_location("bench_web", Path(__file__).with_name("web.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_web"] = module
    spec.loader.exec_module(module)
    return module


def memory_of(root: int) -> int:
    """Return the bytes that a process and those below it have in memory and do not share (Linux)."""
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            resident, shared = map(int, Path(f"/proc/{pid}/statm").read_text().split()[1:3])
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except (OSError, ValueError):
            continue
        total += (resident - shared) * _PAGE
    return total


class Watching:
    """The most memory that was taken while it was open."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self.most = max(self.most, memory_of(os.getpid()))


def main() -> None:
    """Make a chronicle and publish it twice."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("people", nargs="?", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="keep the site here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        edition = Path(place) / "edition.duckdb"
        web().make_chronicle(edition, given.people)
        with duckdb.connect(str(edition)) as opened:
            opened.execute("insert into meta values ('edition', '1')")
        said = Imprinted(
            title="Made up", on=dt.date(2026, 11, 22), contact="a@example.org", url="https://example.org"
        )
        folder = given.keep or Path(place) / "site"
        for name in ("first", "again"):
            begun, before = time.perf_counter(), os.times()
            with Watching() as watching:
                done = publish_edition(edition, folder, said, jobs=given.jobs)
            after = os.times()
            cpu = sum(after[:4]) - sum(before[:4])
            size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            print(
                f"{name}: {given.people:,} people, {done.n_pages:,} pages, {done.n_files:,} files, {size / 1e6:,.0f} MB,"
                f" {done.n_written:,} written: {time.perf_counter() - begun:.0f} s of the clock, {cpu:.0f} s of the"
                f" processor, {watching.most / 1e6:,.0f} MB of memory"
            )


if __name__ == "__main__":
    main()
