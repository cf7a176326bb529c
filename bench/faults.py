"""Kill build, decide, edition, publish, pack and erase at 100 random moments each, and look at what is left.

    .venv/bin/python bench/faults.py [SCENE...] [--moments 100] [--seed 1] [--signal SIGKILL]

After each the previous chronicle, ledger, log, edition, archive and site have to be whole, or the new ones; the next run has to go
through and to leave no unfinished file behind. `--signal SIGTERM` and `SIGINT` ask that the command ends by itself, in one line.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fire.killing import SCENES, server, strike


def main() -> int:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "scenes", nargs="*", metavar="SCENE", help=f"of {', '.join(SCENES)}; all without any"
    )
    arguments.add_argument("--moments", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--signal", choices=("SIGKILL", "SIGTERM", "SIGINT"), default="SIGKILL")
    asked = arguments.parse_args()
    n_failed = 0
    print(
        f"{'scene':9} {'killed':>7} {'too late':>9} {'orphans':>8} {'unfinished in the cache':>24} {'s a run':>8} {'s in all':>9}"
    )
    for name in asked.scenes or SCENES:
        began = time.monotonic()
        with server() as run, tempfile.TemporaryDirectory(prefix="faults-") as folder:
            try:
                tally = strike(name, Path(folder), run, asked.moments, asked.seed, asked.signal)
            except AssertionError as error:
                n_failed += 1
                print(f"{name:9} FAILED: {error} {' '.join(getattr(error, '__notes__', ()))}", flush=True)
                continue
        print(
            f"{name:9} {tally.n_killed:7} {tally.n_too_late:9} {tally.n_orphans:8} {tally.n_litter_in_cache:24}"
            f" {tally.seconds:8.2f} {time.monotonic() - began:9.1f}",
            flush=True,
        )
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
