"""Work that a process of its own does meanwhile, for whoever has other work until then.

    with Apart(work) as apart:     work may be sent to a process: a function of a module, with what it is given
        ...
        apart.found()              what came of it; None where that process failed, or died

The process is spawned, so it has nothing of this one's memory but what it is given. It ends with this one, however that ends, and where
nobody waits for it any more; Ctrl-C is this one's to answer. Whoever gets nothing does the work again himself, and meets what was wrong
with it. Nothing here knows whether the work is worth a process.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from regesta.lifeline import end_with_parent, uninterrupted, without_script

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["Apart"]

_Found = TypeVar("_Found")


class Apart(Generic[_Found]):
    """Work that another process does; a context manager, which ends it.

    >>> with Apart(list) as apart:
    ...     apart.found()
    []
    """

    def __init__(self, work: Callable[[], _Found]) -> None:
        self.seconds = 0.0
        """What the work took, when it is done."""
        self._answer: Connection[object, tuple[_Found, float]] | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        if multiprocessing.current_process().daemon:
            return  # who may start none
        spawn = multiprocessing.get_context("spawn")
        with suppress(OSError), uninterrupted(), without_script():
            self._answer, theirs = spawn.Pipe(duplex=False)
            with theirs:
                process = spawn.Process(target=_do, args=(work, theirs), daemon=True)
                process.start()
            self._process = process

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._process = None

    def found(self) -> _Found | None:
        """Wait for what came of the work."""
        if self._process is None or self._answer is None:
            return None
        with suppress(EOFError, OSError), self._answer:
            found, self.seconds = self._answer.recv()
            self._process.join()
            return found
        return None


def _do(work: Callable[[], _Found], answer: Connection[tuple[_Found, float], object]) -> None:
    """Do the work, and say nothing where it fails."""
    end_with_parent()
    begin = time.perf_counter()
    with suppress(Exception):
        found = work()
        answer.send((found, time.perf_counter() - begin))
