"""How long search takes: `python bench/search.py CHRONICLE WORD...`, in milliseconds of the processor.

index          seconds to make the indexes of a shelf of this chronicle
each query     finding and counting each kind, beside a point query by key; the best of five
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from regesta import shelf
from regesta.shelf import KINDS, Search, making, understand

ROUNDS = 5


def main() -> None:
    """Make a shelf, then ask it."""
    chronicle, *queries = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.sqlite"
        index, taken = making.index, []

        def timed(connection: object) -> None:
            start = time.process_time()
            index(connection)  # type: ignore[arg-type]
            taken.append(time.process_time() - start)

        making.index = timed
        start = time.process_time()
        making.make(Path(chronicle), path)
        print(f"shelf {time.process_time() - start:.1f} s, of which the indexes {taken[0]:.1f} s")
        on = shelf.open(path)
        print(f"by key: {_best(lambda: on.row('select * from claims where rowid = 7')):.3f} ms")
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
