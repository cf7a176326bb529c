"""How much memory processes held: the one that is watched, Java, and what either started, the largest of each kind and all together.

Looked at twice a second, so what comes and goes between two looks is not seen. Pages that a process shares with the one it was forked
from count for both, as Java's do for a moment whenever it starts another. Where there is no `/proc` nothing is told.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["watched"]

_PAUSE = 0.5
"""Seconds between two looks."""


@contextmanager
def watched(root: int | None = None) -> Iterator[dict[str, int]]:
    """Yield megabytes by kind of process, the most so far, of a process (this one) and all that it started."""
    most: dict[str, int] = {}
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(root or os.getpid(), most, over), daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _watch(root: int, most: dict[str, int], over: threading.Event) -> None:
    while not over.wait(_PAUSE):
        held = _held(root)
        for kind, sizes in held.items():
            most[kind] = max(most.get(kind, 0), *sizes)
        most["all"] = max(most.get("all", 0), sum(sum(sizes) for sizes in held.values()))


def _held(root: int) -> dict[str, list[int]]:
    """Return megabytes of the processes of each kind."""
    parent: dict[int, int] = {}
    size: dict[int, tuple[str, int]] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # it has ended
            told = dict(line.split(":", 1) for line in status.read_text("utf-8", "replace").splitlines())
            number = int(status.parent.name)
            parent[number] = int(told["PPid"])
            size[number] = told["Name"].strip(), int(told.get("VmRSS", "0").split()[0]) >> 10
    found: dict[str, list[int]] = {}
    for number, (name, held) in size.items():
        above = number
        while above in parent and above != root:
            above = parent[above]
        if above == root:
            kind = "driver" if number == root else "worker" if name.startswith("python") else "Java"
            found.setdefault(kind, []).append(held)
    return found
