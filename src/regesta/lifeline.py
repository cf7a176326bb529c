"""Processes that end with the one that started them, however that ends.

A program that is killed outright cannot end its processes, and those that wait for work from it would wait for ever: each of them
holds both ends of the queue. So each watches the one that started it. Nothing here starts a process.
"""

from __future__ import annotations

import multiprocessing
import os
import threading

__all__ = ["end_with_parent"]


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
