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

import hashlib
import io
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from regesta.deadline import Overtime, deadline
from regesta.errors import RegestaError
from regesta.lifeline import end_with_parent, without_script
from regesta.model import Document, Extraction, Rejection, Source
from regesta.profiling import Profile, Spent, timed
from regesta.project import Cache, Listed, Parts, pack, pack_parts, unpack
from regesta.reading import is_readable, read_bytes
from regesta.undisturbed import undisturbed
from regesta.unpacking import Member, container_of, documents, held

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from regesta.erasure import Erased

__all__ = ["Digest", "Failure", "Packed", "Progress", "Reading", "Result", "gather", "opened"]

Progress = Callable[[int, int, str], None]
"""Called with the number of sources done, the number of all, and the name of the last one, empty before the first."""

_WORTH_A_POOL = 1 << 18
"""Bytes to read below which starting processes costs more than it saves."""
_AHEAD = 4
"""Documents that each process may have waiting."""
_HEAVY = 8 << 20
"""Bytes that may wait for the processes."""
_PATIENCE = 60.0, 100e-6
"""Seconds of work that a document may take, and as many more for each byte: a hundred times what an ordinary one takes."""
_PANIC = "PanicException"
"""What PyO3 calls a panic of a library in Rust; it derives from `BaseException`, and has no module to import it from."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read."""

    source: str
    reason: str
    trace: str | None
    """The traceback where the fault is ours, None where it is the source's."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one source gave: what was found, or why nothing was."""

    document: Document | None = None
    """None too where there is a gist and nobody asked for the whole."""
    parts: Iterable[Extraction] = ()
    """Of the document's extraction, in order; may be gone through again."""
    gist: bytes | None = None
    """What the digest made of it; None where it made nothing, or there is no digest."""
    failure: Failure | None = None
    rejection: Rejection | None = None
    """Of a member of a container that was left out."""
    is_cached: bool = False


@dataclass(slots=True)
class _Task:
    """A document to be read."""

    source: Source
    data: bytes
    n_done: int
    """Listed sources that are done when this one is: a container is not before its last member."""
    erased: Erased | None = None
    """What is blacked before anything is extracted."""
    is_timed: bool = False
    """Whether somebody asked how long it takes."""

    def take(self) -> bytes:
        """Return the bytes and let go of them: what is read of a large file is large itself."""
        data, self.data = self.data, b""
        return data


class Digest(Protocol):
    """What makes of a document all that most builds ask of it."""

    @property
    def version(self) -> str:
        """Return its version: what another one made is made anew."""

    def of(self, document: Document, parts: Sequence[Extraction]) -> bytes | None:
        """Return what it makes; None of a document that is too large."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How documents are read, in whatever process: may be sent there."""

    packs: tuple[Path, ...]
    cache: Cache | None = None
    digest: Digest | None = None
    is_whole: bool = True
    """Whether the document is asked for although there is a gist."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a process sends back."""

    document: bytes | None
    """Packed; None where the gist is enough."""
    parts: Parts
    gist: bytes | None
    spent: Spent | None


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
) -> Iterator[Result]:
    """Yield what each source gave, in their order; what was erased is blacked before anything is made of it.

    A `profile` is told how long each document took. With a `digest` a result may be a gist alone, unless it `is_whole`.
    """
    way = _Way(packs, _own(cache, erased), digest, is_whole or digest is None)
    found = _tasks(sources, cache, erased, way, is_timed=profile is not None)
    worth = jobs > 1 and _is_worth_a_pool(sources)
    told = 0
    if progress and sources:
        progress(0, len(sources), "")
    read = _in_processes(found, way, jobs, profile) if worth else _here(found, way, profile)
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
    sources: tuple[Listed, ...], cache: Cache | None, erased: Erased | None, way: _Way, *, is_timed: bool
) -> Iterator[_Task | tuple[str, int, Result]]:
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
            source = _source_of(found, erased)
            kept = _result_kept(cache, source, erased, way)
            if kept is None:
                task = _Task(source, found.data, n_done, erased, is_timed)
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
        yield Failure(name, _reason(name, error), None)


@dataclass(frozen=True, slots=True)
class Packed:
    """A document that was read, and its extraction, packed: small, and may be sent to others."""

    document: bytes
    """For `project.unpack`; empty where the gist is enough."""
    parts: Parts
    gist: bytes | None = None
    is_cached: bool = False


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
        with _Pool(1) as pool:
            yield from (self._read(member, pool) for member in members)

    def _read(self, member: Member, pool: _Pool | None) -> Packed | Failure:
        source = _source_of(member, self.erased)
        is_whole = self.is_whole or self.digest is None
        way = _Way(self.packs, _own(self.cache, self.erased), self.digest, is_whole)
        kept = _result_kept(self.cache, source, self.erased, way)
        if kept is not None:
            document = b"" if kept.document is None else pack(kept.document)
            return Packed(document, _packed_parts(kept.parts), kept.gist, is_cached=True)
        task = _Task(source, member.data, 0, self.erased)
        read = _read_packed(task, way) if pool is None else pool.result(task, pool.submit(task, way), way)
        if isinstance(read, Failure):
            return read
        return Packed(read.document or b"", read.parts, read.gist)


def _source_of(member: Member, erased: Erased | None) -> Source:
    """Return the source of a member with its hash, and without what was erased."""
    source = replace(member.source, sha256=hashlib.sha256(member.data).hexdigest())
    if erased is None:
        return source
    from regesta.erasure import mask_source

    return mask_source(erased, source)


def _packed_parts(parts: Iterable[Extraction]) -> Parts:
    return parts if isinstance(parts, Parts) else pack_parts(parts)


def _own(cache: Cache | None, erased: Erased | None) -> Cache | None:
    """Return the cache of what was blacked: other tombstones, other entries."""
    if cache is None or erased is None:
        return cache
    return replace(cache, version=f"{cache.version} {erased.stamp}")


def _kept(cache: Cache | None, source: Source, erased: Erased | None) -> tuple[Document, Parts] | None:
    """Return what was kept of a source; an entry that holds what was erased is removed."""
    own = _own(cache, erased)
    if cache is None or own is None:
        return None
    kept = own.get(source)
    if kept is None and erased is not None:
        from regesta.erasure import mask_document

        kept = cache.get(source)
        if kept is not None and mask_document(erased, kept[0]) is not kept[0]:
            cache.drop(source)
            return None
    return kept


def _result_kept(cache: Cache | None, source: Source, erased: Erased | None, way: _Way) -> Result | None:
    """Return what was kept of a source; a gist of another version is made anew."""
    own, digest = way.cache, way.digest
    if own is None:
        return None
    gist = own.gist(source, digest.version) if digest else None
    if gist is not None and not way.is_whole:
        return Result(gist=gist, is_cached=True)
    kept = _kept(cache, source, erased)
    if kept is None:
        return None
    document, parts = kept
    if digest and gist is None and len(parts.frames) == 1:
        try:
            gist = digest.of(document, tuple(parts))
        except ValueError:  # an entry whose parts are something else
            return None
        if gist is not None:
            own.put(source, pack(document), parts, gist, digest.version)
            if not way.is_whole:
                return Result(gist=gist, is_cached=True)
    return Result(document, parts, gist, is_cached=True)


def _here(
    tasks: Iterable[_Task | tuple[str, int, Result]], way: _Way, profile: Profile | None
) -> Iterator[tuple[str, int, Result]]:
    """Read and extract one document after the other in this process."""
    for task in tasks:
        if not isinstance(task, _Task):
            yield task
            continue
        spent = _clock(task)
        read = _read(task, way, spent)
        if profile and spent:
            profile.add(spent)
        if isinstance(read, Failure):
            yield task.source.name, task.n_done, Result(failure=read)
            continue
        document, parts, gist = read
        _keep(task.source, read, way)
        yield task.source.name, task.n_done, Result(document, parts, gist)


def _in_processes(
    tasks: Iterable[_Task | tuple[str, int, Result]], way: _Way, jobs: int, profile: Profile | None
) -> Iterator[tuple[str, int, Result]]:
    """Read and extract in several processes, a bounded number of documents ahead of what is asked for."""
    waiting: deque[tuple[_Task | tuple[str, int, Result], Future[_Read | Failure] | None]] = deque()
    weight = 0
    with _Pool(jobs) as pool:
        for task in tasks:
            if isinstance(task, _Task):
                waiting.append((task, pool.submit(task, way)))
                weight += len(task.data)
            else:
                waiting.append((task, None))
            while len(waiting) > _AHEAD * jobs or (weight > _HEAVY and len(waiting) > jobs):
                done = waiting.popleft()
                weight -= len(done[0].data) if isinstance(done[0], _Task) else 0
                yield _outcome(pool, *done, way, profile)
        while waiting:
            yield _outcome(pool, *waiting.popleft(), way, profile)


def _outcome(
    pool: _Pool,
    task: _Task | tuple[str, int, Result],
    future: Future[_Read | Failure] | None,
    way: _Way,
    profile: Profile | None,
) -> tuple[str, int, Result]:
    if not isinstance(task, _Task):
        return task
    assert future is not None
    read = pool.result(task, future, way)
    if isinstance(read, Failure):
        return task.source.name, task.n_done, Result(failure=read)
    if profile and read.spent:
        profile.add(read.spent)
    document = None if read.document is None else unpack(read.document)
    return task.source.name, task.n_done, Result(document, read.parts, read.gist)


class _Pool:
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

    def submit(self, task: _Task, way: _Way) -> Future[_Read | Failure]:
        from concurrent.futures import BrokenExecutor

        with _uninterrupted(), without_script():
            try:
                return self._pool.submit(_read_packed, task, way)
            except BrokenExecutor:
                self._pool = _pool(self._jobs)
                return self._pool.submit(_read_packed, task, way)

    def result(self, task: _Task, future: Future[_Read | Failure], way: _Way) -> _Read | Failure:
        """Return what became of a task; one that was going on when a process died is tried once more, alone."""
        from concurrent.futures import BrokenExecutor

        try:
            return future.result()
        except BrokenExecutor:
            with _pool(1) as alone:
                try:
                    with without_script():
                        again = alone.submit(_read_packed, task, way)
                    return again.result()
                except BrokenExecutor:
                    reason = "brought down the process that read it: a fault of regesta or of a library, please report it"
                    return Failure(task.source.name, reason, None)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: the program answers it, and ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # a fork would copy DuckDB's threads half
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=spawn, initializer=end_with_parent)


def _read_packed(task: _Task, way: _Way) -> _Read | Failure:
    """Read one document in a process of the pool, and keep it from there: what is sent back is small."""
    with undisturbed():
        spent = _clock(task)
        read = _read(task, way, spent)
        if isinstance(read, Failure):
            return read
        document, parts, gist = read
        if gist is not None and not way.is_whole:
            _keep(task.source, read, way)
            return _Read(None, Parts(()), gist, spent)
        packed = pack(document), _packed_parts(parts)
        if way.cache:
            way.cache.put(task.source, *packed, gist, way.digest.version if way.digest else "")
        del document, parts, read
    return _Read(*packed, gist, spent)


def _keep(source: Source, read: _Made, way: _Way) -> None:
    if way.cache:
        document, parts, gist = read
        way.cache.put(
            source, pack(document), _packed_parts(parts), gist, way.digest.version if way.digest else ""
        )


def _clock(task: _Task) -> Spent | None:
    return Spent(task.source.name, len(task.data)) if task.is_timed else None


_Made = tuple[Document, Parts | tuple[Extraction, ...], bytes | None]
"""A document, its extraction, and its gist."""


def _read(task: _Task, way: _Way, spent: Spent | None = None) -> _Made | Failure:
    """Read and extract one document, and note what it took where that is asked for."""
    if spent is None:
        return _extracted(task, way, None)
    begin = time.perf_counter()
    read = _extracted(task, way, spent)
    spent.seconds = time.perf_counter() - begin
    return read


def _extracted(task: _Task, way: _Way, spent: Spent | None) -> _Made | Failure:
    """Read and extract one document, and digest it; whatever goes wrong in it stays in it."""
    from regesta.extraction import RULES, extract, extract_parts, is_large
    from regesta.vocab import lexicon

    source = task.source
    patience = _PATIENCE[0] + _PATIENCE[1] * len(task.data)
    try:
        with deadline(patience):
            document = read_bytes(task.take(), source)
            if task.erased is not None:
                from regesta.erasure import mask_document

                document = mask_document(task.erased, document)
            document.text.encode("utf-8")  # a lone surrogate could be stored nowhere
            words = lexicon(way.packs)
            rules = None if spent is None else timed(RULES, spent.rules)
            if is_large(document):
                return document, pack_parts(extract_parts(document, words, rules=rules)), None
            parts = (extract(document, words, rules=rules),)
            return document, parts, way.digest.of(document, parts) if way.digest else None
    except RegestaError as error:
        return Failure(source.name, _reason(source.name, error), None)
    except Overtime:
        return Failure(
            source.name, f"took longer than {patience:.0f} seconds to read, and was given up", None
        )
    except (
        BaseException
    ) as error:  # one source must not stop the others, nor a panic of Rust, which is no `Exception`
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise  # somebody asked the program to end
        reason = f"{type(error).__name__} while reading: a fault of regesta, please report it"
        import traceback

        return Failure(source.name, reason, traceback.format_exc())


def _reason(name: str, error: RegestaError) -> str:
    return str(error).removeprefix(f"{name}: ")
