"""One document read, extracted and digested, here or in a process of its own: whatever goes wrong in it stays in it.

A deadline ends what takes for ever. Nothing here knows of other documents.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from regesta.deadline import Overtime, deadline
from regesta.errors import RegestaError
from regesta.gathering.keeping import keep, packed_parts
from regesta.gathering.told import Failure, Made, Read, Task, Way, reason_of
from regesta.profiling import Spent, timed
from regesta.project import Parts, pack, pack_parts
from regesta.reading import read_bytes
from regesta.undisturbed import undisturbed

__all__ = ["clock", "read_all", "read_one", "read_packed"]

_PATIENCE: Final = 60.0, 100e-6
"""Seconds of work that a document may take, and as many more for each byte: a hundred times what an ordinary one takes."""
_PANIC: Final = "PanicException"
"""What PyO3 calls a panic of a library in Rust; it derives from `BaseException`, and has no module to import it from."""


def read_all(tasks: Sequence[Task], way: Way) -> list[Read | Failure]:
    """Read a few documents in a process of the pool: to be sent there and back is dear for a small one alone."""
    return [read_packed(task, way) for task in tasks]


def read_packed(task: Task, way: Way) -> Read | Failure:
    """Read one document in a process of the pool, and keep it from there: what is sent back is small."""
    with undisturbed():
        spent = clock(task)
        read = read_one(task, way, spent)
        if isinstance(read, Failure):
            return read
        document, parts, gist = read
        if gist is not None and not way.is_whole:
            keep(task.source, read, way)
            del document, parts, read  # before the collector comes back, which would look at all of it
            return Read(None, Parts(()), gist, spent)
        packed = pack(document), packed_parts(parts)
        if way.cache:
            way.cache.put(task.source, *packed, gist, way.digest.version if way.digest else "")
        del document, parts, read
    return Read(*packed, gist, spent)


def clock(task: Task) -> Spent | None:
    """Return where to note what a task takes, where somebody asked."""
    return Spent(task.source.name, len(task.data)) if task.is_timed else None


def read_one(task: Task, way: Way, spent: Spent | None = None) -> Made | Failure:
    """Read and extract one document, and note what it took where that is asked for."""
    if spent is None:
        return _extracted(task, way, None)
    begin = time.perf_counter()
    read = _extracted(task, way, spent)
    spent.seconds = time.perf_counter() - begin
    return read


def _extracted(task: Task, way: Way, spent: Spent | None) -> Made | Failure:
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
        return Failure(source.name, reason_of(source.name, error), None)
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
