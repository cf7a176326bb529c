"""How long things take, as ratios against a bare Python on the same machine in the same run: `make bench`.

    python -c pass          1.0
    regesta --help          ...
    regesta build CORPUS    ...  the tests' corpus, nothing cached

Runs take turns, so that a busy moment hits all; the median counts, and beside it stands the quickest, which is what a
quiet machine gives. Python keeps its bytecode, as users have it, whatever the shell says; a first round is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 9


def main() -> None:
    """Time every command and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        regesta = [sys.executable, "-m", "regesta"]
        output = ["-o", f"{folder}/bench.duckdb"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import regesta": [sys.executable, "-c", "import regesta"],
            "regesta --version": [*regesta, "--version"],
            "regesta --help": [*regesta, "--help"],
            "build demo": [*regesta, "build", str(ROOT / "src/regesta/demo/sources"), *output, "--no-cache"],
            "build demo, cached": [*regesta, "build", str(ROOT / "src/regesta/demo/sources"), *output],
            "build corpus": [*regesta, "build", *_corpus(), *output, "--no-cache"],
            "export jsonl": [*regesta, "export", output[1], "--format", "jsonl", "-o", f"{folder}/out"],
        }
        seeds = ROOT.parent / "shared" / "seeds"
        if seeds.is_dir():
            commands["build seeds"] = [*regesta, "build", str(seeds), *output, "--no-cache"]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"XDG_CACHE_HOME": folder, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        times = _times(commands, environment)
    bare = statistics.median(times["python -c pass"])
    print(f"{'':20} {'median':>10} {'quickest':>10}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{name:20} {1000 * median:7.0f} ms {1000 * min(seconds):7.0f} ms {median / bare:7.1f} ×")


def _corpus() -> list[str]:
    """Return the documents of the tests' corpus without what else lies there."""
    kinds = {".txt", ".md", ".html", ".wiki", ".csv", ".tsv"}
    folder = ROOT / "tests" / "corpus"
    return sorted(str(p) for p in folder.rglob("*") if p.suffix in kinds and p.name != "README.md")


def _times(commands: dict[str, list[str]], environment: dict[str, str]) -> dict[str, list[float]]:
    """Return the seconds of each run of each command, taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(ROUNDS + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            done = subprocess.run(
                command, env=environment, capture_output=True, check=False, cwd=environment["XDG_CACHE_HOME"]
            )
            if done.returncode > 1:
                sys.exit(f"{name}: {done.stderr.decode()}")
            if round_:
                taken[name].append(time.perf_counter() - start)
    return taken


if __name__ == "__main__":
    main()
