"""How long search takes: `python bench/search.py CHRONICLE WORD...`, in milliseconds of the processor.

index          seconds to make the indexes of a shelf of this chronicle
each query     finding and counting each kind, beside a point query by key; the best of five
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from regesta import shelf
from regesta.shelf import KINDS, Search, indexing, making, understand

ROUNDS = 5
POINT = "select * from claims where rowid = 7"


def main() -> None:
    """Make a shelf, then ask it."""
    chronicle, *queries = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.sqlite"
        taken: list[float] = []

        def timed(connection: sqlite3.Connection) -> None:
            start = time.process_time()
            indexing.index(connection)
            taken.append(time.process_time() - start)

        vars(making)["index"] = timed
        start = time.process_time()
        making.make(Path(chronicle), path)
        print(f"shelf {time.process_time() - start:.1f} s, of which the indexes {taken[0]:.1f} s")
        on = shelf.open(path)
        print(f"by key: {_best(lambda: on.row(POINT)):.3f} ms")
        for query in queries:
            searching = Search(on, understand(query))
            names = _best(lambda q=query: Search(on, understand(q)))  # type: ignore[misc]
            print(f"{query!r}: names {names:.1f} ms; ", end="")
            for kind in KINDS:
                n = searching.found(kind).n
                print(f"{kind} {n} in {_best(lambda k=kind, s=searching: s.found(k)):.2f}; ", end="")  # type: ignore[misc]
            print()


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return min(times)


if __name__ == "__main__":
    main()
