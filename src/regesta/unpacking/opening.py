"""The door of this room: a container opened, and the containers within it.

    file ─► container ─► Packed ─┬─ a container again?  opened too, MAX_DEPTH deep
                                 ├─ not wanted          a Rejection, nothing is unpacked
                                 └─ else                unpacked, bounded ─► Member

Whatever is wrong with one member is a `Rejection`, and the others are still read. Nothing here knows a format.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking import limits
from regesta.unpacking.protocol import LazyContainer, Member, Packed, rejection
from regesta.unpacking.streams import Budget, Excess, metered, take
from regesta.unpacking.table import container_of, is_unsure

__all__ = ["unpack"]

Wanted = Callable[[str], bool]


def unpack(
    file: BinaryIO, source: Source, *, wanted: Wanted = lambda _: True
) -> Iterator[Member | Rejection]:
    """Yield the documents that a container holds, one at a time, and what was left out.

    `wanted` is asked for the name of every file that is no container (`notes.txt` for `notes.txt.gz`) before it is
    unpacked. Raises `ReadError` where the file is no container, or broken before anything could be read.

    >>> import gzip
    >>> [m.data for m in unpack(io.BytesIO(gzip.compress(b"Kim fled.")), Source(name="a.txt.gz"))]
    [b'Kim fled.']
    """
    head, file = _head(file, source.name)
    container = container_of(source.name, head)
    if container is None:
        raise ReadError("this is no archive and no dump", where=source.name, found=head[:8])
    opening = _Opening(wanted, Budget(_allowance(file)))
    something = False
    try:
        for found in opening.members(container, file, source, 1):
            something = True
            yield found
    except ReadError as error:
        if not something:
            raise
        yield _broken(source.name, error)
    if opening.budget.left < 0:
        yield rejection(
            source.name, "U007", "It unpacks to more than is worth reading; the rest was left out."
        )


def _head(file: BinaryIO, name: str) -> tuple[bytes, BinaryIO]:
    if file.seekable():
        start = file.tell()
        head = file.read(4096)
        file.seek(start)
        return head, file
    buffered = metered(file, name)
    return buffered.peek(4096)[:4096], cast("BinaryIO", buffered)


def _allowance(file: BinaryIO) -> int:
    if not file.seekable():
        return limits.MIN_TOTAL * limits.MAX_TOTAL_RATIO
    here = file.tell()
    size = file.seek(0, io.SEEK_END) - here
    file.seek(here)
    return max(limits.MIN_TOTAL, size * limits.MAX_TOTAL_RATIO)


def _broken(name: str, error: ReadError) -> Rejection:
    reason = error.problem if error.found is None else f"{error.problem} ({error.found})"
    if isinstance(error, Excess):
        return rejection(name, "U003", f"Left out: {reason}.")
    return rejection(name, "U004", f"What could not be read: {reason}.")


@dataclass(frozen=True, slots=True)
class _Opening:
    """One call of `unpack`."""

    wanted: Wanted
    budget: Budget

    def members(
        self, container: LazyContainer, file: BinaryIO, source: Source, depth: int
    ) -> Iterator[Member | Rejection]:
        for found in container.members(file, source):
            if isinstance(found, Packed):
                yield from self.packed(found, depth)
            else:
                if isinstance(found, Member):
                    self.budget.left -= len(found.data)
                yield found
            if self.budget.left < 0:
                return

    def packed(self, found: Packed, depth: int) -> Iterator[Member | Rejection]:
        name, where = found.name, found.source.name
        try:
            file = found.file
            container = container_of(name, b"")
            if container is not None or is_unsure(name):
                buffered = metered(file, where, budget=self.budget)
                file = cast("BinaryIO", buffered)
                container = container or container_of(name, buffered.peek(4096)[:4096])
            if container is not None:
                if depth >= limits.MAX_DEPTH:
                    reason = f"Containers are nested more than {limits.MAX_DEPTH} deep."
                    yield rejection(where, "U006", reason)
                    return
                yield from self.members(container, file, found.source, depth + 1)
            elif self.wanted(name):
                data = take(file, where)
                self.budget.left -= len(data)
                yield Member(found.source, data)
            else:
                suffix = PurePosixPath(name).suffix
                kind = f"files ending in {suffix!r}" if suffix else "files without an ending"
                yield rejection(where, "P001", f"No reader for {kind}.")
        except ReadError as error:
            yield _broken(where, error)
