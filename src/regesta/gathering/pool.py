"""Processes that read; when one of them dies, the document that it died of is found, and the others are still read.

They end with the program that started them, and Ctrl-C is the program's to answer. Nothing here knows how a document is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from regesta.gathering.document import read_all
from regesta.gathering.told import Failure, Read, Task, Way
from regesta.lifeline import end_with_parent, uninterrupted, without_script

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

__all__ = ["Pool"]


class Pool:
    """Processes that read; when one of them dies, the document that it died of is found, and the others are still read."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = _pool(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            import multiprocessing

            for child in multiprocessing.active_children():
                child.terminate()  # what they read is wanted no more
        self._pool.shutdown(cancel_futures=True)

    def submit(self, tasks: Sequence[Task], way: Way) -> Future[list[Read | Failure]]:
        """Give a few tasks to one of the processes; to a new one, where the last died."""
        from concurrent.futures import BrokenExecutor

        with uninterrupted(), without_script():
            try:
                return self._pool.submit(read_all, tasks, way)
            except BrokenExecutor:
                self._pool = _pool(self._jobs)
                return self._pool.submit(read_all, tasks, way)

    def results(
        self, tasks: Sequence[Task], future: Future[list[Read | Failure]], way: Way
    ) -> list[Read | Failure]:
        """Return what became of each task; those that were going on when a process died are tried once more, then each alone."""
        from concurrent.futures import BrokenExecutor

        try:
            return future.result()
        except BrokenExecutor:
            again = _alone(tasks, way)
            if again is None and len(tasks) > 1:
                return [read for task in tasks for read in _alone([task], way) or [_fatal(task)]]
            return again or [_fatal(task) for task in tasks]


def _alone(tasks: Sequence[Task], way: Way) -> list[Read | Failure] | None:
    """Return what became of tasks in a process of their own, None where it died of them."""
    from concurrent.futures import BrokenExecutor

    with _pool(1) as alone:
        try:
            with without_script():
                again = alone.submit(read_all, tasks, way)
            return again.result()
        except BrokenExecutor:
            return None


def _fatal(task: Task) -> Failure:
    reason = "brought down the process that read it: a fault of regesta or of a library, please report it"
    return Failure(task.source.name, reason, None)


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # a fork would copy DuckDB's threads half
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=end_with_parent)
