"""What is to be read given to a cluster, and its answers taken in the order of the sources.

    begin ─► tasks of files, URLs, tables ─► containers opened ─► read ─► landed as Parquet ─► sorted ─► Answer, Answer, ...

Answers come when all have been read, sorted by the cluster and fetched some megabytes at a time, whatever a partition holds, so that
neither Java nor the driver holds more. What has landed may be kept: it is a table of packed documents and extractions. Nothing here judges anything.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from regesta.errors import EngineError
from regesta.project import Listed
from regesta.replacing import scratch
from regesta.spark.afar import Afar, is_table, is_url, list_url, read_table
from regesta.spark.landed import in_order, observed
from regesta.spark.relating import Related
from regesta.spark.session import begin, check_kind, is_here, map_in_arrow, told, without_warnings
from regesta.spark.slices import MOST, cut, task_of, tell_apart
from regesta.spark.working import ROW, TASK, Answer, Task, Work, answers, open_rows, read_rows

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Cluster", "as_paths", "files_below"]

Progress = Callable[[int, int, str], None]
_WRITER: Final = {
    "parquet.block.size": str(32 << 20),
    "parquet.page.size.row.check.min": "4",
    "parquet.page.size.row.check.max": "64",
}
"""Rows may be large: a writer looks often whether it holds enough, for it would else gather a hundred of them first."""
_TICK = 0.2
"""Seconds between two looks at how far the cluster is."""


@dataclass(slots=True)
class Cluster:
    """A cluster that reads; a context manager. Raises `EngineError` where there is none, or it fails."""

    master: str | None = None
    """Its address; `local[*]` where none is named: this machine with all its cores."""
    landing: str | None = None
    """A folder or URL, not there yet, that all machines reach: there workers write what they read, and it is kept. Else a
    temporary folder, removed when all has been taken."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each step took."""
    _session: SparkSession | None = None
    _stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> Self:
        start = time.perf_counter()
        if self.master is not None:
            check_kind(self.master)
            self._check_landing(self.master)
        with self._stack:  # where the landing is missing, the session ends
            self._session = session = self._stack.enter_context(begin(self.master))
            self._check_landing(session.sparkContext.master or "local")
            self._stack = self._stack.pop_all()
        self.seconds["start Spark"] = time.perf_counter() - start
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def _check_landing(self, master: str) -> None:
        if self.landing is None and not is_here(master):
            raise EngineError(
                "a cluster of several machines needs a place to put what it reads", where=master,
                hint="name a new folder or a URL that all machines reach, with --landing",
            )  # fmt: skip

    @property
    def session(self) -> SparkSession:
        """Return the session; only within the block."""
        assert self._session is not None, "a cluster is entered first"
        return self._session

    @property
    def related(self) -> Related:
        """Return who answers what is asked of many rows of integers; only within the block."""
        if self.landing is not None:
            return Related(self.session, f"{self.landing.rstrip('/')}-steps")
        return Related(self.session, str(self._stack.enter_context(scratch("steps"))))

    @property
    def is_here(self) -> bool:
        """Return whether the workers are this machine, and so share its cache."""
        return (self.master or "local").startswith("local")

    def find(
        self, paths: Sequence[str], suffixes: Collection[str], ocr: str | None, taken: Collection[str]
    ) -> list[Afar]:
        """Return what lies at URLs and in tables; `taken` are the names of other sources."""
        start = time.perf_counter()
        is_alone = len(paths) == 1 and not taken
        found = []
        for path in paths:
            if is_table(path):
                stem = path.rstrip("/").rpartition("/")[2]
                found.append(read_table(self.session, path, suffixes, ocr, "" if is_alone else f"{stem}/"))
            else:
                found.append(list_url(self.session, path, suffixes, ocr, taken))
        self.seconds["list afar"] = time.perf_counter() - start
        return found

    def read(
        self, sources: Iterable[Listed], afar: Sequence[Afar], work: Work, progress: Progress | None = None
    ) -> Iterator[Answer]:
        """Yield what each source gave, by the order of their names; members of a container in their own."""
        start = time.perf_counter()
        landing = self.landing or str(self._stack.enter_context(scratch("landing")) / "read")
        sources = list(sources)
        with without_warnings():
            frame = self._frame(sources, afar, work)
        with told(self.landing or "Spark"), _told_of(self.session, progress):
            frame, size = observed(frame)
            frame.write.options(**_WRITER).parquet(landing)
        self.seconds["read on Spark"] = time.perf_counter() - start
        missing = {one.source.name for one in sources}.union(*(one.expected for one in afar))
        for answer in answers(in_order(self.session, landing, size())):
            missing.discard(answer.name)
            if answer.document is not None or answer.failure or answer.rejection:
                yield answer
        for name in sorted(missing):
            yield Answer(name, name, failure=("was lost by Spark: listed, and never handed over", None))
        if self.landing is None:
            shutil.rmtree(landing, ignore_errors=True)

    def _frame(self, sources: list[Listed], afar: Sequence[Afar], work: Work) -> DataFrame:
        """Return the rows of all that is read, not yet computed."""
        parallelism = self.session.sparkContext.defaultParallelism
        documents, containers = tell_apart(sources)
        tasks = [self._tasks(documents, parallelism)]
        opened = [self._apart(containers)] if containers else []
        # what unpacks to ten times its size is cut as the rest is
        size = 10 * sum(size for _, size in containers)
        for one in afar:
            if one.tasks is None:
                continue
            if one.packed:
                opened.append(one.tasks)
                size += one.size + 9 * one.packed
            else:
                n_parts = max(2 * parallelism, one.size // (MOST[0] // 2), one.n_tasks // MOST[1]) + 1
                tasks.append(one.tasks.repartition(n_parts, "listed"))
        if opened:
            n_parts = max(4 * parallelism, size // MOST[0]) + 1

            def open_(batches: Iterable[Any]) -> Iterator[Any]:
                return open_rows(work, batches)

            members = map_in_arrow(_together(opened), open_, TASK)
            tasks.append(members.repartition(n_parts, "listed", "ordinal"))

        def read(batches: Iterable[Any]) -> Iterator[Any]:
            return read_rows(work, batches)

        return map_in_arrow(_together(tasks), read, ROW)

    def _tasks(self, documents: list[tuple[Listed, int]], parallelism: int) -> DataFrame:
        slices = cut([size for _, size in documents], parallelism)
        return self._parts([[task_of(documents[n][0]) for n in numbers] for numbers in slices])

    def _apart(self, containers: list[tuple[Listed, int]]) -> DataFrame:
        """Return the tasks of containers, each on its own, the largest first."""
        largest = sorted(containers, key=lambda one: -one[1])
        return self._parts([[task_of(listed)] for listed, _ in largest])

    def _parts(self, parts: list[list[Task]]) -> DataFrame:
        spread = self.session.sparkContext.parallelize(parts, max(len(parts), 1))
        return self.session.createDataFrame(spread.flatMap(_all), TASK)


def _all(tasks: list[Task]) -> list[Task]:
    return tasks


def _together(frames: list[DataFrame]) -> DataFrame:
    first, *others = frames
    for other in others:
        first = first.unionAll(other)
    return first


@contextlib.contextmanager
def _told_of(session: SparkSession, progress: Progress | None) -> Iterator[None]:
    """Say in the block how many tasks of the cluster are done."""
    if progress is None:
        yield
        return
    tracker = session.sparkContext.statusTracker()
    is_over = threading.Event()
    told_last = [0, 0]

    def look() -> None:
        while not is_over.wait(_TICK):
            done = total = 0
            for job in tracker.getActiveJobsIds():
                known = tracker.getJobInfo(job)
                for stage in known.stageIds if known else ():
                    found = tracker.getStageInfo(stage)
                    if found:
                        done += found.numCompletedTasks
                        total += found.numTasks
            if total and done < total:
                told_last[:] = done, total
                progress(done, total, "tasks of Spark")

    watcher = threading.Thread(target=look, name="regesta-progress", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()
        if told_last[1]:
            progress(told_last[1], told_last[1], "")


def as_paths(given: Iterable[str | Path]) -> tuple[list[str | Path], list[str]]:
    """Return what this machine finds, and what is for Spark to find: URLs and tables of Parquet.

    >>> as_paths(["papers", "s3a://archive", "all.parquet"])
    (['papers'], ['s3a://archive', 'all.parquet'])
    """
    here: list[str | Path] = []
    afar: list[str] = []
    for path in given:
        if is_url(str(path)) or is_table(str(path)):
            afar.append(str(path))
        else:
            here.append(path)
    return here, afar


def files_below(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return what lies below a folder that is small, such as a lexicon pack: paths and bytes, in their order."""
    return tuple(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )
