"""A build on this machine alone and by Spark on two of its cores, taking turns: many documents, or what is uneven.

    python bench/spark.py [--n 1000] [--rounds 1]     so many small documents of many formats
    python bench/spark.py --long 50                   one document of so many megabytes, and a few small ones
    python bench/spark.py --bearers 100000            so many people of one name, in 500 tables

Seconds of the clock, and of the processor with all processes that were started, Java's among them; the most memory of the process that
writes, of Java, of a worker (`watching`). Nothing is cached. The exports are compared byte for byte. Spark's start is a part of its time, as
it is for who builds once; how long its steps took stands below.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from prose import news
from watching import watched

ROOT = Path(__file__).parents[1]
ENGINES = {
    "alone, one process": ["--jobs", "1"],
    "alone, two processes": ["--jobs", "2"],
    "Spark, local[2]": ["--engine", "spark", "--master", "local[2]"],
}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--n", type=int, default=1000, help="documents")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--long", type=int, help="megabytes of one document")
    parser.add_argument("--bearers", type=int, help="people of one name")
    asked = parser.parse_args()
    engines = dict(ENGINES)
    if asked.long or asked.bearers:  # a document is one process's
        del engines["alone, two processes"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.long:
            _long(folder / "papers", asked.long)
        elif asked.bearers:
            _bearers(folder / "papers", asked.bearers)
        else:
            _grown(folder / "papers", asked.n)
        taken: dict[str, list[tuple[float, float]]] = {engine: [] for engine in engines}
        steps: dict[str, Any] = {}
        held: dict[str, dict[str, int]] = {}
        for _ in range(asked.rounds):
            for n, (engine, options) in enumerate(engines.items()):
                wall, cpu, steps[engine], held[engine] = _built(folder, f"{n}.duckdb", options)
                taken[engine].append((wall, cpu))
        print(f"{'':22} {'seconds':>8} {'of the processor':>17}")
        for engine, times in taken.items():
            wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
            memory = ", ".join(f"{kind} {size} MB" for kind, size in held[engine].items())
            print(f"{engine:22} {wall:8.1f} {cpu:17.1f}   {memory}")
        for engine, told in steps.items():
            print(engine, told)
        same = [_same(folder / "0", folder / str(n)) for n in range(1, len(engines))]
        print("exports are equal" if all(same) else "EXPORTS DIFFER")


def _grown(folder: Path, n: int) -> None:
    grow = [sys.executable, str(ROOT / "tests/spark/growing.py"), str(folder), str(n)]
    subprocess.run(grow, check=True)


def _long(folder: Path, megabytes: int) -> None:
    """Write one document of news-like prose, and small ones."""
    _grown(folder, 20)
    (folder / "long.txt").write_text(news(megabytes << 20), "utf-8")


def _bearers(folder: Path, n: int) -> None:
    """Write tables of people who all bear one name and came on days of their own."""
    chance = random.Random(8)  # noqa: S311
    folder.mkdir()
    jobs = "pilot teacher sailor nurse printer farmer clerk miner baker engineer".split()
    each = -(-n // 500)
    for table in range(500):
        rows = (
            f"Karl Novak,{chance.choice(jobs)},{chance.randint(1948, 1992)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}\n"
            for _ in range(min(each, n - table * each))
        )
        (folder / f"t{table:03}.csv").write_text("Name,Occupation,Arrival\n" + "".join(rows), "utf-8")


def _built(folder: Path, name: str, options: list[str]) -> tuple[float, float, Any, dict[str, int]]:
    """Build, export, and return seconds of the clock, of the processor, what the build told, and the most memory of each kind."""
    command = [
        sys.executable,
        "-m",
        "regesta",
        "build",
        str(folder / "papers"),
        "-o",
        str(folder / name),
        "--no-cache",
    ]
    before, start = _processor(), time.perf_counter()
    with (folder / "told").open("wb+") as told:
        build = subprocess.Popen([*command, *options, "--json"], stdout=told, cwd=folder)
        with watched(build.pid) as held:
            status = build.wait()
        told.seek(0)
        found = json.load(told)
    wall, cpu = time.perf_counter() - start, _processor() - before
    if status > 1:
        sys.exit(f"the build ended with {status}")
    target = str((folder / name).with_suffix(""))
    export = [
        sys.executable,
        "-m",
        "regesta",
        "export",
        str(folder / name),
        "--format",
        "jsonl",
        "-o",
        target,
    ]
    subprocess.run(export, check=True, capture_output=True)
    steps = {step: round(seconds, 1) for step, seconds in found["seconds"].items()}
    return (
        wall,
        cpu,
        steps | {"claims": found["counts"]["claims"], "pairs not compared": found["pairs_not_compared"]},
        held,
    )


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _same(one: Path, other: Path) -> bool:
    """Return whether two folders hold the same files with the same bytes."""
    names = [
        sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()) for root in (one, other)
    ]
    return names[0] == names[1] and all(filecmp.cmp(one / n, other / n, shallow=False) for n in names[0])


if __name__ == "__main__":
    os.environ.setdefault("XDG_CACHE_HOME", tempfile.gettempdir())
    main()
