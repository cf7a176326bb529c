"""The way of the data, told once: files -> documents -> extractions -> entities -> chronicle.

    list_sources ─► for each source: cached? else read and extract ─► resolve ─► flatten ─► write

A source that cannot be read never stops a build: it becomes a rejection, and a failure that the caller is told of. Where
much is to be read and several jobs are allowed, processes share it. The result does not depend on how many.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.chronicle import flatten, write
from regesta.chronicle import open as open_chronicle
from regesta.errors import ProjectError, RegestaError
from regesta.model import Document, Extraction, Rejection, Source
from regesta.project import (
    Cache,
    Listed,
    Project,
    cache_folder,
    find_project,
    list_sources,
    pack,
    stamp,
    unpack,
)
from regesta.reading import READERS, read_bytes
from regesta.resolution import resolve
from regesta.version import __version__

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["Built", "Failure", "build", "rebuild"]

Progress = Callable[[int, int, str], None]
"""Called with the number of sources done, of all, and the name of the one that comes next."""

_ROOMS = ("text", "dates", "names", "vocab", "places", "model", "reading", "extraction")
"""What an extraction depends on; a change in one of them makes every cached one stale."""

_WORTH_A_POOL = 1 << 18
"""Bytes to read below which starting processes costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read."""

    source: str
    reason: str
    trace: str | None
    """The traceback where the fault is ours, None where it is the source's."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    path: Path
    """The chronicle."""
    counts: dict[str, int]
    """Rows by table; `people` counts the people and groups among the entities."""
    failures: tuple[Failure, ...]
    n_cached: int
    """Sources that had not changed and were not read again."""
    seconds: dict[str, float]
    """How long each step took, in their order."""


def build(
    paths: Iterable[str | Path] = (),
    *,
    output: str | Path | None = None,
    jobs: int = 1,
    cache: bool = True,
    progress: Progress | None = None,
) -> Chronicle:
    """Read the sources under `paths`, write the chronicle and return it, open.

    Without paths the project's sources are read; without `output` the project's chronicle is replaced. What could not
    be read is among `rejections()`. `jobs` is the number of processes; several need an importable `__main__`.
    """
    return open_chronicle(rebuild(paths, output=output, jobs=jobs, cache=cache, progress=progress).path)


def rebuild(
    paths: Iterable[str | Path] = (),
    *,
    output: str | Path | None = None,
    jobs: int = 1,
    cache: bool = True,
    progress: Progress | None = None,
) -> Built:
    """Do as `build` does, and return how it went."""
    clock = _Clock()
    project = find_project()
    given = [Path(p) for p in paths] or [_sources_of(project)]
    target = Path(output) if output is not None else project.chronicle
    _keep_out(target, given)
    listing = list_sources(given, {suffix for reader in READERS for suffix in reader.suffixes})
    clock.lap("list")
    packs = _packs_of(project)
    extractor = _extractor(packs)
    kept = Cache(cache_folder() / "extractions", extractor) if cache else None
    results = list(_read_all(listing.sources, packs, kept, jobs, progress))
    clock.lap("read")
    read = [result.found for result in results if result.found]
    failures = tuple(result.failure for result in results if result.failure)
    resolution = resolve(extraction for _, extraction in read)
    clock.lap("resolve")
    rejections = [*listing.rejections, *(_rejection(failure) for failure in failures)]
    rows = flatten(read, resolution, rejections)
    clock.lap("flatten")
    write(target, rows, _meta(extractor))
    clock.lap("write")
    counts = {table: len(found) for table, found in rows.items()}
    counts["people"] = sum(entity.kind in ("person", "group") for entity in resolution.entities)
    return Built(target, counts, failures, sum(r.is_cached for r in results), clock.laps)


@dataclass(frozen=True, slots=True)
class _Result:
    found: tuple[Document, Extraction] | None = None
    failure: Failure | None = None
    is_cached: bool = False


def _read_all(
    sources: tuple[Listed, ...],
    packs: tuple[Path, ...],
    cache: Cache | None,
    jobs: int,
    progress: Progress | None,
) -> Iterator[_Result]:
    """Yield what each source gave, in their order."""
    known: dict[str, _Result] = {}
    to_read: list[Listed] = []
    size = 0
    for listed in sources:
        try:
            data = listed.path.read_bytes()
        except OSError as error:
            reason = f"cannot be read ({(error.strerror or 'unreadable').lower()})"
            known[listed.source.name] = _Result(failure=Failure(listed.source.name, reason, None))
            continue
        source = replace(listed.source, sha256=hashlib.sha256(data).hexdigest())
        if cache and (found := cache.get(source)):
            known[source.name] = _Result(found, is_cached=True)
        else:
            to_read.append(Listed(listed.path, source))
            size += len(data)
    done = len(known)
    for listed, result in zip(
        to_read, _pooled(to_read, packs, jobs if size > _WORTH_A_POOL else 1), strict=True
    ):
        if progress:
            progress(done, len(sources), listed.source.name)
        name = listed.source.name
        if isinstance(result, Failure):
            known[name] = _Result(failure=result)
        else:
            known[name] = _Result(unpack(result) if isinstance(result, bytes) else result)
            if cache:
                cache.put(listed.source, result if isinstance(result, bytes) else pack(*result))
        done += 1
    if progress:
        progress(done, len(sources), "")
    yield from (known[listed.source.name] for listed in sources)


def _pooled(
    sources: list[Listed], packs: tuple[Path, ...], jobs: int
) -> Iterator[tuple[Document, Extraction] | bytes | Failure]:
    """Read and extract each source, here or in several processes, which send back what they found packed."""
    if jobs <= 1 or len(sources) <= 1:
        yield from (_read_one(listed, packs) for listed in sources)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")  # a fork would copy DuckDB's threads half
    with ProcessPoolExecutor(min(jobs, len(sources)), mp_context=context) as pool:
        yield from pool.map(_read_packed, sources, [packs] * len(sources))


def _read_packed(listed: Listed, packs: tuple[Path, ...]) -> bytes | Failure:
    found = _read_one(listed, packs)
    return found if isinstance(found, Failure) else pack(*found)


def _read_one(listed: Listed, packs: tuple[Path, ...]) -> tuple[Document, Extraction] | Failure:
    """Read and extract one source; whatever goes wrong in it stays in it."""
    from regesta.extraction import extract
    from regesta.vocab import lexicon

    source: Source = listed.source
    try:
        data = listed.path.read_bytes()
        document = read_bytes(data, replace(source, sha256=hashlib.sha256(data).hexdigest()))
        document.text.encode("utf-8")  # a lone surrogate could be stored nowhere
        return document, extract(document, lexicon(packs))
    except RegestaError as error:
        return Failure(source.name, str(error).removeprefix(f"{source.name}: "), None)
    except Exception as error:  # noqa: BLE001 - one source must not stop the others
        reason = f"{type(error).__name__} while reading: a fault of regesta, please report it"
        import traceback

        return Failure(source.name, reason, traceback.format_exc())


def _rejection(failure: Failure) -> Rejection:
    reason = failure.reason[0].upper() + failure.reason[1:] + "."
    return Rejection(source=failure.source, start=0, end=0, quote="", code="P002", reason=reason)


def _sources_of(project: Project) -> Path:
    if not project.sources.is_dir():
        hint = "name what to build, or make a project with: regesta init"
        raise ProjectError("no sources", where=str(project.sources), hint=hint)
    return project.sources


def _packs_of(project: Project) -> tuple[Path, ...]:
    """Return the folders of the project's lexicon packs, in the order in which they apply."""
    folder = project.packs_folder
    if not project.is_real or not folder.is_dir():
        return ()
    names = project.packs if project.packs is not None else sorted(p.name for p in folder.iterdir())
    return tuple(folder / name for name in names if (folder / name).is_dir())


def _keep_out(target: Path, given: list[Path]) -> None:
    """Refuse to write into a folder that is read."""
    for path in given:
        if path.is_dir() and target.resolve().is_relative_to(path.resolve()):
            raise ProjectError(
                "the chronicle would lie in a folder that is read",
                where=str(target),
                hint="say where with -o",
            )


def _extractor(packs: tuple[Path, ...]) -> str:
    """Return a content id of all that an extraction depends on beside its source: code, word lists, packs.

    The code itself need not be imported for that, so a build of what has not changed imports none of it.
    """
    here = Path(__file__).parent
    return stamp([*(here / room for room in _ROOMS), *packs])


def _meta(extractor: str) -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:3]))
    return {"regesta_version": __version__, "extractor_version": extractor, "python_version": python}


class _Clock:
    """Seconds between one lap and the next."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now
