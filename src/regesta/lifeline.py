"""Processes that end with the one that started them, however that ends, and do not run its script again.

A program that is killed outright cannot end its processes, and those that wait for work from it would wait for ever: each of them
holds both ends of the queue. So each watches the one that started it. A process that is spawned imports the script of the one that
started it, which would build once more where nothing keeps it from that (`if __name__ == "__main__"`): ours need nothing of the
script, and are not told of it. Nothing here starts a process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

__all__ = ["end_with_parent", "uninterrupted", "without_script"]

_ONE_AT_A_TIME: Final = threading.Lock()


@contextmanager
def without_script() -> Iterator[None]:
    """Within the block processes are spawned that know nothing of the script that runs here, and do not import it.

    >>> script = sys.modules["__main__"]
    >>> with without_script():
    ...     print(hasattr(sys.modules["__main__"], "__file__"))
    False
    >>> sys.modules["__main__"] is script
    True
    """
    with _ONE_AT_A_TIME:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Within the block processes are started that Ctrl-C does not reach: the program answers it, and ends them.

    >>> with uninterrupted():
    ...     pass
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent() -> None:
    """Let this process end as soon as the one that started it is gone: the `initializer` of a pool of processes.

    >>> end_with_parent()  # nobody started this one: nothing to watch
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
