"""Ten thousand inputs that nobody should send: half of them files for every reader, half requests to every route.

    .venv/bin/python bench/junk.py [--files 5000] [--requests 5000] [--seed 1]

Every file has to become a document that keeps the laws, or one clear line; every request one answer below 500, without a trace of
the program in it. What breaks a law is counted, and the first of each kind is kept in `junk-finds`.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))


class Finds:
    """What broke a law, the first of each kind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.counts: collections.Counter[str] = collections.Counter()

    def add(self, said: str, about: str, data: bytes) -> None:
        self.counts[said] += 1
        if self.counts[said] == 1:
            self._folder.mkdir(exist_ok=True)
            place = self._folder / f"find-{len(self.counts)}"
            place.with_suffix(".txt").write_text(f"{said}\n{about}\n", "utf-8", "backslashreplace")
            place.with_suffix(".bin").write_bytes(data)


def files(n: int, seed: int, finds: Finds) -> tuple[float, float]:
    from fire.feeding import feed, make

    chance = random.Random(seed)  # noqa: S311 - no secret
    began, slowest = time.monotonic(), 0.0
    for _ in range(n):
        fed = make(chance)
        at = time.process_time()
        if said := feed(fed):
            finds.add(said, f"{fed.kind} {fed.way} {fed.name!r}", fed.data)
        slowest = max(slowest, time.process_time() - at)
    return time.monotonic() - began, slowest


def requests(n: int, seed: int, finds: Finds) -> tuple[float, float, collections.Counter[int]]:
    from fire.requesting import ask, law
    from fire.serving import prepared

    chance = random.Random(seed)  # noqa: S311 - no secret
    statuses: collections.Counter[int] = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="junk-") as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        with prepared(Path(folder) / "register") as (applications, asker):
            began, slowest = time.monotonic(), 0.0
            for _ in range(n):
                asked = asker.make(chance)
                answer = ask(applications[chance.choice(list(applications))], asked)
                statuses[answer.status] += 1
                slowest = max(slowest, answer.seconds)
                if said := law(answer):
                    finds.add(said, repr(asked), b"".join(asked.body))
    return time.monotonic() - began, slowest, statuses


def main() -> int:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--files", type=int, default=5000)
    arguments.add_argument("--requests", type=int, default=5000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--finds", type=Path, default=Path("junk-finds"))
    asked = arguments.parse_args()
    finds = Finds(asked.finds)
    if asked.files:
        seconds, slowest = files(asked.files, asked.seed, finds)
        print(
            f"{asked.files:,} files in {seconds:.0f} s, the slowest took {slowest:.1f} s of work", flush=True
        )
    if asked.requests:
        seconds, slowest, statuses = requests(asked.requests, asked.seed, finds)
        told = ", ".join(f"{status} × {n:,}" for status, n in sorted(statuses.items()))
        print(
            f"{asked.requests:,} requests in {seconds:.0f} s, the slowest took {slowest:.1f} s: {told}",
            flush=True,
        )
    for said, n in finds.counts.most_common():
        print(f"{n:5} {said}")
    print(f"{len(finds.counts)} kinds of faults")
    return 1 if finds.counts else 0


if __name__ == "__main__":
    sys.exit(main())
