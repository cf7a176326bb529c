"""One document read, extracted and digested, here or in a process of its own: whatever goes wrong in it stays in it.

A deadline ends what takes for ever. Nothing here knows of other documents.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count
from typing import Final

from regesta.deadline import Overtime, deadline
from regesta.errors import RegestaError
from regesta.gathering.keeping import keep, packed_parts
from regesta.gathering.told import Failure, Made, Read, Task, Way, reason_of
from regesta.largepages import settle
from regesta.model import Document, Extraction
from regesta.profiling import Spent, timed
from regesta.project import Parts, pack, pack_parts
from regesta.reading import read_bytes
from regesta.undisturbed import undisturbed

__all__ = ["clock", "read_all", "read_one", "read_packed"]

_PATIENCE: Final = 60.0, 100e-6
"""Seconds of work that a document may take, and as many more for each byte: a hundred times what an ordinary one takes."""
_SMALL: Final = 1 << 17
"""Bytes, and code points, of documents that are read side by side, at most."""
_HASTE: Final = 10.0
"""Seconds of work that they may take all together: a hundred times what they do; who needs more is read by himself."""
_AT_HOME: Final = 16
"""Bundles after which a process holds what it will work with."""
_bundles = count()
_PANIC: Final = "PanicException"
"""What PyO3 calls a panic of a library in Rust; it derives from `BaseException`, and has no module to import it from."""


def read_all(tasks: Sequence[Task], way: Way) -> list[Read | Failure]:
    """Read a few documents in a process of the pool: to be sent there and back is dear for a small one alone.

    Small ones go side by side; where anything is wrong with one, each is read by itself, and what is wrong stays in it.
    """
    if next(_bundles) == _AT_HOME:
        settle()
    small = len(tasks) > 1 and sum(len(task.data) for task in tasks) <= _SMALL
    together = _together(tasks, way) if small and not any(task.is_timed for task in tasks) else None
    return [*together] if together else [read_packed(task, way) for task in tasks]


def _together(tasks: Sequence[Task], way: Way) -> list[Read] | None:
    """Return what documents gave that went side by side through each stage (`extract_together`); None where one went wrong."""
    from regesta.extraction import extract_together
    from regesta.vocab import lexicon

    with undisturbed():
        try:
            with deadline(_HASTE):
                documents = [_document(task, task.data) for task in tasks]
                if sum(len(document.text) for document in documents) > _SMALL:
                    return None
                extractions = extract_together(documents, lexicon(way.packs))
                made = [_made(*each, way) for each in zip(documents, extractions, strict=True)]
        except BaseException as error:
            if not _is_of_a_document(error):
                raise
            return None
        reads = [_packed(task, each, way, None) for task, each in zip(tasks, made, strict=True)]
        del documents, extractions, made  # before the collector comes back, which would look at all of it
    return reads


def read_packed(task: Task, way: Way) -> Read | Failure:
    """Read one document in a process of the pool, and keep it from there: what is sent back is small."""
    with undisturbed():
        spent = clock(task)
        read = read_one(task, way, spent)
        packed = read if isinstance(read, Failure) else _packed(task, read, way, spent)
        del read  # as above
    return packed


def _packed(task: Task, read: Made, way: Way, spent: Spent | None) -> Read:
    """Keep what was read, and return what is sent back."""
    document, parts, gist = read
    if gist is not None and not way.is_whole:
        keep(task.source, read, way)
        return Read(None, Parts(()), gist, spent)
    packed = pack(document), packed_parts(parts)
    if way.cache:
        way.cache.put(task.source, *packed, gist, way.digest.version if way.digest else "")
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
            document = _document(task, task.take())
            words = lexicon(way.packs)
            rules = None if spent is None else timed(RULES, spent.rules)
            if is_large(document):
                return document, pack_parts(extract_parts(document, words, rules=rules)), None
            return _made(document, extract(document, words, rules=rules), way)
    except RegestaError as error:
        return Failure(source.name, reason_of(source.name, error), None)
    except Overtime:
        return Failure(
            source.name, f"took longer than {patience:.0f} seconds to read, and was given up", None
        )
    except BaseException as error:
        if not _is_of_a_document(error):
            raise  # somebody asked the program to end
        reason = f"{type(error).__name__} while reading: a fault of regesta, please report it"
        import traceback

        return Failure(source.name, reason, traceback.format_exc())


def _document(task: Task, data: bytes) -> Document:
    """Return the document, without what was erased."""
    document = read_bytes(data, task.source)
    if task.erased is not None:
        from regesta.erasure import mask_document

        document = mask_document(task.erased, document)
    document.text.encode("utf-8")  # a lone surrogate could be stored nowhere
    return document


def _made(document: Document, extraction: Extraction, way: Way) -> Made:
    parts = (extraction,)
    return document, parts, way.digest.of(document, parts) if way.digest else None


def _is_of_a_document(error: BaseException) -> bool:
    """Whether what went wrong is a document's: a panic of Rust is no `Exception`, and one source must not stop the others."""
    return isinstance(error, (Exception, Overtime)) or type(error).__name__ == _PANIC
