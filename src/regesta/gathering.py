"""Reading and extracting the sources of a build: from the cache what has not changed, the rest here or in processes.

    Listed ─► cached? ───────────────────────────────► Result
              └─ no: read ─► extract ─► cached now ──►

A source that cannot be read becomes a `Failure` and stops nothing. Results come in the order of the sources, however many
processes share the work. Nothing here knows what becomes of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from regesta.errors import RegestaError
from regesta.model import Document, Extraction, Source
from regesta.project import Cache, Listed, pack, unpack
from regesta.reading import read_bytes

__all__ = ["Failure", "Progress", "Result", "gather"]

Progress = Callable[[int, int, str], None]
"""Called with the number of sources done, the number of all, and the name of the last one, empty before the first."""

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
class Result:
    """What one source gave: what was found, or why nothing was."""

    found: tuple[Document, Extraction] | None = None
    failure: Failure | None = None
    is_cached: bool = False


def gather(
    sources: tuple[Listed, ...],
    packs: tuple[Path, ...],
    cache: Cache | None,
    jobs: int,
    progress: Progress | None,
) -> Iterator[Result]:
    """Yield what each source gave, in their order."""
    known: dict[str, Result] = {}
    to_read: list[Listed] = []
    size = 0
    for listed in sources:
        try:
            data = listed.path.read_bytes()
        except OSError as error:
            reason = f"cannot be read ({(error.strerror or 'unreadable').lower()})"
            known[listed.source.name] = Result(failure=Failure(listed.source.name, reason, None))
            continue
        source = replace(listed.source, sha256=hashlib.sha256(data).hexdigest())
        if cache and (found := cache.get(source)):
            known[source.name] = Result(found, is_cached=True)
        else:
            to_read.append(Listed(listed.path, source))
            size += len(data)
    n_before = len(known)
    if progress and to_read:
        progress(n_before, len(sources), "")
    pooled = _pooled(to_read, packs, jobs if size > _WORTH_A_POOL else 1)
    for done, (listed, result) in enumerate(zip(to_read, pooled, strict=True), n_before + 1):
        name = listed.source.name
        if isinstance(result, Failure):
            known[name] = Result(failure=result)
        else:
            known[name] = Result(unpack(result) if isinstance(result, bytes) else result)
            if cache:
                cache.put(listed.source, result if isinstance(result, bytes) else pack(*result))
        if progress:
            progress(done, len(sources), name)
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
