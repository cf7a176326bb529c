"""Reading and extracting the sources of a build: from the cache what has not changed, the rest here or in processes.

    Listed ─► a container? ─► its members, one at a time ─┐
           └─ a document ─────────────────────────────────┴► cached? ─────────────────────────────► Result
                                                             └─ no: read ─► extract ─► digest ─► cached now

A digest is given: what it makes of a document is all that most builds ask of it, so the document itself comes back only where it is
asked for, or where there is no digest of it.
Results come in the order of the sources, however many processes share the work, and no more of them are held than the
processes need to be busy. A source that cannot be read becomes a `Failure` and stops nothing: neither does one whose reader
takes for ever, or brings down its process. Nothing here knows what becomes of the results.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.errors import RegestaError
from regesta.gathering.document import clock, read_one, read_packed
from regesta.gathering.keeping import keep, kept_of, own_cache, packed_parts, source_of
from regesta.gathering.pool import Pool
from regesta.gathering.told import Digest, Failure, Packed, Read, Result, Task, Way, reason_of
from regesta.model import Rejection
from regesta.profiling import Profile
from regesta.project import Cache, Listed, pack, unpack
from regesta.reading import is_readable
from regesta.unpacking import Member, container_of, documents, held

if TYPE_CHECKING:
    from concurrent.futures import Future

    from regesta.erasure import Erased

__all__ = ["Digest", "Failure", "Packed", "Progress", "Reading", "Result", "gather", "opened"]

Progress = Callable[[int, int, str], None]
"""Called with the number of sources done, the number of all, and the name of the last one, empty before the first."""

_WORTH_A_POOL = 1 << 18
"""Bytes to read below which starting processes costs more than it saves."""
_AHEAD = 4
"""Bundles of documents that each process may have waiting."""
_BUNDLE = 8, 1 << 16
"""Documents, and bytes of them, that a process is given at once: with more of them a few processes would not end together."""
_HEAVY = 8 << 20
"""Bytes that may wait for the processes."""


def gather(
    sources: tuple[Listed, ...],
    packs: tuple[Path, ...],
    cache: Cache | None,
    jobs: int,
    progress: Progress | None,
    erased: Erased | None = None,
    profile: Profile | None = None,
    digest: Digest | None = None,
    *,
    is_whole: bool = True,
    known: Collection[str] = frozenset(),
) -> Iterator[Result]:
    """Yield what each source gave, in their order; what was erased is blacked before anything is made of it.

    A `profile` is told how long each document took. With a `digest` a result may be a gist alone, unless it `is_whole`.
    Of entries whose keys are `known` nothing is read.
    """
    way = Way(packs, own_cache(cache, erased), digest, is_whole or digest is None)
    found = _tasks(sources, cache, erased, way, known, is_timed=profile is not None)
    worth = jobs > 1 and _is_worth_a_pool(sources)
    told = 0
    if progress and sources:
        progress(0, len(sources), "")
    if not worth:
        read = _here(found, way, profile)
    elif known:
        read = _first_here(found, way, jobs, profile)
    else:
        read = _in_processes(found, way, jobs, profile)
    for name, n_done, result in read:
        if progress:
            progress(n_done, len(sources), name)
            told = n_done
        yield result
    if progress and told < len(sources):
        progress(len(sources), len(sources), "")


def _is_worth_a_pool(sources: tuple[Listed, ...]) -> bool:
    size = n_documents = 0
    for listed in sources:
        try:
            size += listed.path.stat().st_size
        except OSError:
            continue
        n_documents += 2 if container_of(listed.path.name, b"") else 1
    return size > _WORTH_A_POOL and n_documents > 1


def _tasks(
    sources: tuple[Listed, ...],
    cache: Cache | None,
    erased: Erased | None,
    way: Way,
    known: Collection[str],
    *,
    is_timed: bool,
) -> Iterator[Task | tuple[str, int, Result]]:
    """Yield what has to be read, and the results of what has not."""
    for position, listed in enumerate(sources):
        n_done = position + 1
        for found in opened(listed):
            if isinstance(found, Failure):
                yield listed.source.name, position + 1, Result(failure=found)
                continue
            n_done = position + (found.source is listed.source)
            if isinstance(found, Rejection):
                yield found.source, n_done, Result(rejection=found)
                continue
            source = source_of(found, erased)
            key = way.cache.key(source) if way.cache else ""
            if key in known:
                yield source.name, n_done, Result(is_cached=True, key=key)
                continue
            kept = kept_of(cache, source, erased, way, key)
            if kept is None:
                task = Task(source, found.data, n_done, erased, is_timed, key)
                del found
                yield task
                del task
            else:
                yield source.name, n_done, kept


def opened(listed: Listed, data: bytes | None = None) -> Iterator[Member | Rejection | Failure]:
    """Yield the documents that a source is or holds, what was left out of it, and why it could not be read to its end.

    `data` are its bytes where they are not to be had at its path.
    """
    name = listed.source.name
    try:
        if data is None:
            yield from documents(listed.path, listed.source, wanted=is_readable)
        else:
            yield from held(io.BytesIO(data), listed.path.name, listed.source, wanted=is_readable)
    except OSError as error:
        yield Failure(name, f"cannot be read ({(error.strerror or 'unreadable').lower()})", None)
    except RegestaError as error:
        yield Failure(name, reason_of(name, error), None)


def _here(
    tasks: Iterable[Task | tuple[str, int, Result]], way: Way, profile: Profile | None
) -> Iterator[tuple[str, int, Result]]:
    """Read and extract one document after the other in this process."""
    for task in tasks:
        if not isinstance(task, Task):
            yield task
            continue
        spent = clock(task)
        read = read_one(task, way, spent)
        if profile and spent:
            profile.add(spent)
        if isinstance(read, Failure):
            yield task.source.name, task.n_done, Result(failure=read)
            continue
        document, parts, gist = read
        keep(task.source, read, way)
        yield task.source.name, task.n_done, Result(document, parts, gist, key=task.key)


def _first_here(
    tasks: Iterator[Task | tuple[str, int, Result]], way: Way, jobs: int, profile: Profile | None
) -> Iterator[tuple[str, int, Result]]:
    """Read in this process as long as little has to be read, as where a document has come to many: then the rest in several."""
    size = 0
    for task in tasks:
        size += len(task.data) if isinstance(task, Task) else 0
        if size > _WORTH_A_POOL:
            yield from _in_processes(chain((task,), tasks), way, jobs, profile)
            return
        yield from _here((task,), way, profile)


def _in_processes(
    tasks: Iterable[Task | tuple[str, int, Result]], way: Way, jobs: int, profile: Profile | None
) -> Iterator[tuple[str, int, Result]]:
    """Read and extract in several processes, a bounded number of documents ahead of what is asked for."""
    waiting: deque[tuple[_Bundle, Future[list[Read | Failure]] | None]] = deque()
    weight = 0
    with Pool(jobs) as pool:
        for bundle in _bundles(tasks):
            waiting.append((bundle, pool.submit(bundle.tasks, way) if bundle.tasks else None))
            weight += bundle.size
            del bundle
            while len(waiting) > _AHEAD * jobs or (weight > _HEAVY and len(waiting) > jobs):
                weight -= waiting[0][0].size
                yield from _outcomes(pool, *waiting.popleft(), way, profile)
        while waiting:
            yield from _outcomes(pool, *waiting.popleft(), way, profile)


class _Bundle:
    """A few documents in order: those to be read go to a process together."""

    __slots__ = ("rows", "size", "tasks")

    def __init__(self) -> None:
        self.rows: list[Task | tuple[str, int, Result]] = []
        self.tasks: list[Task] = []
        self.size = 0


def _bundles(tasks: Iterable[Task | tuple[str, int, Result]]) -> Iterator[_Bundle]:
    bundle = _Bundle()
    for task in tasks:
        bundle.rows.append(task)
        if isinstance(task, Task):
            bundle.tasks.append(task)
            bundle.size += len(task.data)
        del task
        if len(bundle.rows) >= _BUNDLE[0] or bundle.size >= _BUNDLE[1]:
            yield bundle
            bundle = _Bundle()
    if bundle.rows:
        yield bundle


def _outcomes(
    pool: Pool,
    bundle: _Bundle,
    future: Future[list[Read | Failure]] | None,
    way: Way,
    profile: Profile | None,
) -> Iterator[tuple[str, int, Result]]:
    reads = iter(pool.results(bundle.tasks, future, way) if future else ())
    for task in bundle.rows:
        yield _outcome(task, next(reads), profile) if isinstance(task, Task) else task


def _outcome(task: Task, read: Read | Failure, profile: Profile | None) -> tuple[str, int, Result]:
    if isinstance(read, Failure):
        return task.source.name, task.n_done, Result(failure=read)
    if profile and read.spent:
        profile.add(read.spent)
    document = None if read.document is None else unpack(read.document)
    return task.source.name, task.n_done, Result(document, read.parts, read.gist, key=task.key)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document is read and extracted, in whatever process or machine: may be sent there."""

    packs: tuple[Path, ...]
    cache: Cache | None = None
    erased: Erased | None = None
    digest: Digest | None = None
    is_whole: bool = True
    """Whether the document is asked for although there is a gist."""

    def read(self, members: Iterable[Member], *, apart: bool = False) -> Iterator[Packed | Failure]:
        """Yield what each member gave; with `apart` in a process of its own, and the one that dies of a document names it."""
        if not apart:
            yield from (self._read(member, None) for member in members)
            return
        with Pool(1) as pool:
            yield from (self._read(member, pool) for member in members)

    def _read(self, member: Member, pool: Pool | None) -> Packed | Failure:
        source = source_of(member, self.erased)
        is_whole = self.is_whole or self.digest is None
        way = Way(self.packs, own_cache(self.cache, self.erased), self.digest, is_whole)
        kept = kept_of(self.cache, source, self.erased, way)
        if kept is not None:
            document = b"" if kept.document is None else pack(kept.document)
            return Packed(document, packed_parts(kept.parts), kept.gist, is_cached=True)
        task = Task(source, member.data, 0, self.erased)
        read = (
            read_packed(task, way) if pool is None else pool.results([task], pool.submit([task], way), way)[0]
        )
        if isinstance(read, Failure):
            return read
        return Packed(read.document or b"", read.parts, read.gist)
