"""A build of 1,000 documents on this machine alone and by Spark on two of its cores, taking turns: `python bench/spark.py [N] [ROUNDS]`.

Seconds of the clock, and of the processor with all processes that were started, Java's among them; nothing is cached. Both exports
are compared byte for byte. Spark's start is a part of its time, as it is for who builds once; how long its steps took stands below.
"""

from __future__ import annotations

import filecmp
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ENGINES = {
    "alone, one process": ["--jobs", "1"],
    "alone, two processes": ["--jobs", "2"],
    "Spark, local[2]": ["--engine", "spark", "--master", "local[2]"],
}


def main() -> None:
    """Print a table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        grow = [sys.executable, str(ROOT / "tests/spark/growing.py"), str(folder / "papers"), str(number)]
        subprocess.run(grow, check=True)
        taken: dict[str, list[tuple[float, float]]] = {engine: [] for engine in ENGINES}
        steps: dict[str, Any] = {}
        for _ in range(rounds):
            for n, (engine, options) in enumerate(ENGINES.items()):
                wall, cpu, told = _built(folder, f"{n}.duckdb", options)
                taken[engine].append((wall, cpu))
                steps[engine] = told
        print(f"{'':22} {'seconds':>8} {'of the processor':>17}")
        for engine, times in taken.items():
            wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
            print(f"{engine:22} {wall:8.1f} {cpu:17.1f}")
        for engine, told in steps.items():
            print(engine, {step: round(seconds, 1) for step, seconds in told.items()})
        same = [_same(folder / "0", folder / str(n)) for n in range(1, len(ENGINES))]
        print("exports are equal" if all(same) else "EXPORTS DIFFER")


def _built(folder: Path, name: str, options: list[str]) -> tuple[float, float, Any]:
    """Build, export, and return seconds of the clock, of the processor, and of each step."""
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
    done = subprocess.run(
        [*command, *options, "--json"], capture_output=True, text=True, check=False, cwd=folder
    )
    wall, cpu = time.perf_counter() - start, _processor() - before
    if done.returncode > 1:
        sys.exit(done.stderr)
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
    return wall, cpu, json.loads(done.stdout)["seconds"]


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
