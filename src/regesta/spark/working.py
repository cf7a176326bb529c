"""What a worker does: rows that say what is to be read, turned into rows of what was read.

    Task   listed, ordinal, kind, source, payload      kind: path, bytes, container, member, or done already: failure, rejection, nothing
    Row    listed, ordinal, piece, kind, name, is_last, payload      kind: document, cached, part, gist, failure, rejection, nothing
           a frame (a packed document, a part of an extraction, what a build asks) in pieces of 4 MiB at most, so that no row is large

A document that takes for ever is given up by its deadline; one that brings its process down is found when the task is tried again,
for then each document is read in a process of its own. Nothing here knows Spark but for the number of the attempt.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from regesta.errors import EngineError
from regesta.model import Rejection, Source
from regesta.project import Listed, Parts
from regesta.unpacking import Member

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "ROW",
    "TASK",
    "Answer",
    "Failed",
    "Reading",
    "Task",
    "Work",
    "answers",
    "batched",
    "decode_source",
    "encode_source",
    "open_rows",
    "read_rows",
]

TASK: Final = "listed string, ordinal long, kind string, source binary, payload binary"
"""Columns of what is to be read, as Spark's SQL declares them."""
ROW: Final = (
    "listed string, ordinal long, piece int, kind string, name string, is_last boolean, payload binary"
)
"""Columns of what was read."""
_PIECE: Final = 4 << 20
"""Bytes of the largest payload of a row."""
_BATCH: Final = 8 << 20, 256
"""Bytes and rows of a batch."""

Task = tuple[str, int, str, bytes, bytes]
"""A row of `TASK`."""
_Row = tuple[str, int, int, str, str, bool, bytes]


class Failed(Protocol):
    """Why a source could not be read."""

    @property
    def source(self) -> str:
        """Its name."""

    @property
    def reason(self) -> str:
        """In words."""

    @property
    def trace(self) -> str | None:
        """The traceback where the fault is ours."""


class _Packed(Protocol):
    """What was read of a document."""

    @property
    def document(self) -> bytes:
        """For `project.unpack`."""

    @property
    def parts(self) -> Parts:
        """Of its extraction."""

    @property
    def gist(self) -> bytes | None:
        """What a build asks of it, where that was made."""

    @property
    def is_cached(self) -> bool:
        """Whether it was not read again."""


class Reading(Protocol):
    """How a document is read and extracted."""

    def read(self, members: Iterable[Member], *, apart: bool = False) -> Iterator[_Packed | Failed]:
        """Yield what each document gave; `apart` in a process of its own."""


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker is given: functions by their names, the rest by value."""

    open: Callable[[Listed, bytes | None], Iterator[Member | Rejection | Failed]]
    """Opens a source: its documents, what was left out, why it could not be read to its end."""
    reading: Callable[[tuple[Path, ...]], Reading]
    """Makes, of the folders of lexicon packs, how a document is read."""
    packs: tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...] = ()
    """Name of each pack and its files; a worker has not the driver's folders."""
    version: str = ""
    """Of what reads and extracts, on the driver."""
    version_here: Callable[[tuple[Path, ...]], str] | None = None
    """Says the same of the machine that it is called on."""

    def ready(self) -> Reading:
        """Return how a document is read here; raises `EngineError` where a worker has another regesta than the driver."""
        folders = _folders(self.packs)
        if self.version_here is not None and _version(self.version_here, folders) != self.version:
            raise EngineError(
                "its regesta is another than the driver's: install the same version on every machine"
            )
        return self.reading(folders)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one document gave, or why there is none; a container that holds nothing has an answer without either."""

    name: str
    """Of the source that was listed; of a container for its members."""
    source: str
    """Name of the document."""
    document: bytes | None = None
    """Empty where the gist is enough."""
    gist: bytes | None = None
    parts: Parts = field(default_factory=lambda: Parts(()))
    is_cached: bool = False
    failure: tuple[str, str | None] | None = None
    """Reason and traceback."""
    rejection: Rejection | None = None


def read_rows(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Open, read and extract the tasks of some batches; yield rows."""
    reading = work.ready()
    apart = _attempt() > 0
    yield from batched(_rows(work, reading, _tasks(batches), apart=apart), ROW)


def open_rows(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Open containers, and yield a task for each of their members, so that many workers may read one; documents go by as they are."""
    yield from batched(_members(work, _tasks(batches)), TASK)


def _members(work: Work, tasks: Iterable[Task]) -> Iterator[Task]:
    for task in tasks:
        if task[2] == "bytes":
            yield task
            continue
        ordinal = -1
        for ordinal, found in enumerate(_opened(work, task)):
            if isinstance(found, Member):
                yield task[0], ordinal, "member", encode_source(found.source), found.data
            else:
                kind, _, payload = _left_out(found)
                yield task[0], ordinal, kind, task[3], payload
        if ordinal < 0:
            yield task[0], 0, "nothing", task[3], b""


def _rows(work: Work, reading: Reading, tasks: Iterable[Task], *, apart: bool) -> Iterator[_Row]:
    """Yield the rows of some tasks; one reading goes through them all, for it may hold a process that is costly to begin."""
    left: list[_Row] = []  # what was left out since the last document
    here: list[tuple[str, int, str]] = []  # the document that is being read

    def members() -> Iterator[Member]:
        for task in tasks:
            listed, ordinal, kind, source, payload = task
            if kind in ("failure", "rejection", "nothing"):
                left.append((listed, ordinal, 0, kind, decode_source(source).name, True, payload))
            elif kind == "member":
                here.append((listed, ordinal, decode_source(source).name))
                yield Member(decode_source(source), payload)
            else:
                number = -1
                for number, found in enumerate(_opened(work, task)):
                    if isinstance(found, Member):
                        here.append((listed, number, found.source.name))
                        yield found
                    else:
                        left.append(_left_row(listed, number, found))
                if number < 0:
                    left.append((listed, 0, 0, "nothing", listed, True, b""))

    for result in reading.read(members(), apart=apart):
        yield from left
        left.clear()
        listed, ordinal, name = here.pop()
        if isinstance(getattr(result, "document", None), bytes):
            for piece, (kind, is_last, payload) in enumerate(_pieces(cast("_Packed", result))):
                yield listed, ordinal, piece, kind, name, is_last, payload
        else:
            yield _left_row(listed, ordinal, cast("Failed", result))
        del result
    yield from left


def _left_row(listed: str, ordinal: int, found: Rejection | Failed) -> _Row:
    kind, name, payload = _left_out(found)
    return listed, ordinal, 0, kind, name, True, payload


def _pieces(packed: _Packed) -> Iterator[tuple[str, bool, bytes]]:
    kinds = ["cached" if packed.is_cached else "document", *["part"] * len(packed.parts.frames)]
    frames = [packed.document, *packed.parts.frames]
    if packed.gist is not None:
        kinds.append("gist")
        frames.append(packed.gist)
    for kind, frame in zip(kinds, frames, strict=True):
        for start in range(0, max(len(frame), 1), _PIECE):
            yield kind, start + _PIECE >= len(frame), frame[start : start + _PIECE]


def _opened(work: Work, task: Task) -> Iterator[Member | Rejection | Failed]:
    _, _, kind, source, payload = task
    known = decode_source(source)
    if kind == "path":
        return work.open(Listed(Path(os.fsdecode(payload)), known), None)
    return work.open(Listed(Path(known.name.rpartition("/")[2]), known), payload)


def _left_out(found: Rejection | Failed) -> tuple[str, str, bytes]:
    """Return kind, name and payload of what could not be read."""
    import msgspec

    if isinstance(found, Rejection):
        return "rejection", found.source, msgspec.msgpack.encode(found)
    return "failure", found.source, msgspec.msgpack.encode((found.source, found.reason, found.trace))


def answers(rows: Iterable[tuple[Any, ...]]) -> Iterator[Answer]:
    """Yield what the rows say, in their order; rows of one document stand together, its pieces in order."""
    import msgspec

    before: tuple[str, int] | None = None
    kept: list[_Row] = []
    for row in rows:
        key = row[0], row[1]
        if kept and key != before:
            yield _whole(kept)
            kept = []
        before = key
        kind = row[3]
        if kind == "failure":
            source, reason, trace = msgspec.msgpack.decode(bytes(row[6]), type=tuple[str, str, str | None])
            yield Answer(row[0], source, failure=(reason, trace))
        elif kind == "rejection":
            rejection = msgspec.msgpack.decode(bytes(row[6]), type=Rejection)
            yield Answer(row[0], rejection.source, rejection=rejection)
        elif kind == "nothing":
            yield Answer(row[0], row[4])
        else:
            kept.append(cast("_Row", tuple(row)))
    if kept:
        yield _whole(kept)


def _whole(rows: list[_Row]) -> Answer:
    frames: dict[str, list[bytes]] = {"part": [], "gist": []}
    pieces: list[bytes] = []
    for _, _, _, kind, _, is_last, payload in rows:
        pieces.append(bytes(payload))
        if is_last:
            frames.setdefault(kind, []).append(pieces[0] if len(pieces) == 1 else b"".join(pieces))
            pieces = []
    first = rows[0]
    (document,) = frames[first[3]]
    gist = frames["gist"][0] if frames["gist"] else None
    parts = Parts(tuple(frames["part"]))
    return Answer(first[0], first[4], document, gist, parts, is_cached=first[3] == "cached")


def encode_source(source: Source) -> bytes:
    """Return a source as bytes, for `decode_source`."""
    import msgspec

    return msgspec.msgpack.encode(source)


def decode_source(data: bytes) -> Source:
    """Return the source that was encoded.

    >>> decode_source(encode_source(Source(name="a.txt", title="A")))
    Source(name='a.txt', sha256='', format='', title='A', url=None, licence=None, date=None, retrieved=None, language=None, revision=None, encoding=None, ocr=None, columns=())
    """
    import msgspec

    return msgspec.msgpack.decode(data, type=Source)


def _tasks(batches: Iterable[pa.RecordBatch]) -> Iterator[Task]:
    for batch in batches:
        for n in range(batch.num_rows):
            yield cast("Task", tuple(column[n].as_py() for column in batch.columns))


def batched(rows: Iterable[tuple[Any, ...]], columns: str) -> Iterator[pa.RecordBatch]:
    """Yield rows in batches of bounded size."""
    schema = _schema(columns)
    kept: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        kept.append(row)
        size += len(row[-1])
        if size >= _BATCH[0] or len(kept) >= _BATCH[1]:
            yield _batch(kept, schema)
            kept, size = [], 0
    if kept:
        yield _batch(kept, schema)


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    import pyarrow as pa

    arrays = [
        pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _schema(columns: str) -> pa.Schema:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "long": pa.int64(),
        "int": pa.int32(),
        "boolean": pa.bool_(),
        "binary": pa.binary(),
    }
    return pa.schema([(name, types[kind]) for name, kind in (one.split() for one in columns.split(", "))])


def _attempt() -> int:
    """Return how often this task was tried before; 0 outside a task."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return context.attemptNumber() if context is not None else 0


@cache
def _folders(packs: tuple[tuple[str, tuple[tuple[str, bytes], ...]], ...]) -> tuple[Path, ...]:
    """Write lexicon packs to the folder of files that Spark keeps for the application, and return where each lies."""
    if not packs:
        return ()
    from pyspark import SparkFiles

    root = Path(
        SparkFiles.getRootDirectory(), f"packs-{hashlib.sha256(repr(packs).encode()).hexdigest()[:16]}"
    )
    if not root.is_dir():
        new = Path(tempfile.mkdtemp(dir=root.parent))
        for name, files in packs:
            for relative, data in files:
                path = new / name / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        with contextlib.suppress(OSError):
            new.rename(root)  # another worker may have been quicker
    return tuple(root / name for name, _ in packs)


@cache
def _version(version: Callable[[tuple[Path, ...]], str], folders: tuple[Path, ...]) -> str:
    return version(folders)
