"""A file on the disk as the documents that it is or holds.

    page.html        ──► Member(page.html)
    archive.zip      ──► Member(archive.zip/a.html), Member(archive.zip/b.txt), Rejection(archive.zip/c.jpg)
    archive.zip/a.html  no path of the disk: `within` finds the archive and asks for this member

Nothing here reads a document; a file is only opened when it is a regular one, and never taken in beyond a bound.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking.limits import MAX_MEMBER_SIZE
from regesta.unpacking.opening import unpack
from regesta.unpacking.protocol import Member
from regesta.unpacking.table import CONTAINERS, container_of

__all__ = ["documents", "held", "within"]

_HEAD = 4096
_USUAL = 1 << 18
"""Bytes of most files: to make room for the largest takes longer than to read these."""


def documents(path: Path, source: Source, *, wanted: Callable[[str], bool]) -> Iterator[Member | Rejection]:
    """Yield the documents of a file: itself, or what it holds where it is a container.

    `wanted` tells from a name whether there is a reader for it. Raises `ReadError` where the file is no regular one, is
    larger than any document, or a container that cannot be opened, and `OSError` where it cannot be read.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError("this is a folder", where=source.name, hint="name a file, or build the folder")
    if not stat.S_ISREG(mode):
        raise ReadError("this is no file", where=source.name, hint="name a file, or build the folder")
    with path.open("rb") as file:
        yield from held(file, path.name, source, wanted=wanted)


def held(
    file: BinaryIO, name: str, source: Source, *, wanted: Callable[[str], bool]
) -> Iterator[Member | Rejection]:
    """Yield the documents of an open file whose ending is that of `name`, as `documents` does.

    >>> import io
    >>> [found.data for found in held(io.BytesIO(b"Kim fled."), "a.txt", Source(name="a.txt"), wanted=bool)]
    [b'Kim fled.']
    """
    head = file.read(_HEAD)
    if source.format or container_of(name, head) is None:
        suffix = PurePosixPath(name).suffix.lower()
        if not source.format and any(suffix in c.suffixes for c in CONTAINERS) and not wanted(name):
            raise ReadError(f"a {suffix} file of a kind that is not read", where=source.name)
        yield Member(source, _whole(head, file, source))  # nothing here holds the bytes while they are read
    else:
        file.seek(0)
        yield from unpack(file, source, wanted=wanted)


def _whole(head: bytes, file: BinaryIO, source: Source) -> bytes:
    data = head + file.read(_USUAL)
    if len(data) >= _USUAL:
        data += file.read(MAX_MEMBER_SIZE + 1 - len(data))
    if len(data) > MAX_MEMBER_SIZE:
        raise ReadError(f"larger than {MAX_MEMBER_SIZE >> 20} MiB", where=source.name, hint="split it")
    return data


def within(path: Path) -> tuple[Path, str | None]:
    """Return the file that a path leads to, and the path within it where it is a container; the path itself as it is.

    >>> within(Path("nowhere/to/be.found"))
    (PosixPath('nowhere/to/be.found'), None)
    """
    for above in path.parents:
        if above.is_file():
            return above, path.relative_to(above).as_posix()
        if above.is_dir():
            break
    return path, None
