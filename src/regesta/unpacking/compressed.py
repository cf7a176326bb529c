"""Single compressed files: gzip, bzip2, xz, zstd, several streams one after the other as well.

    notes.txt.gz  ──►  one member, source `notes.txt.gz`, read as `notes.txt` says

The dictionary of an xz or zstd stream may not be larger than `limits.MAX_MEMORY`. zstd needs the extra `warc`.
"""

from __future__ import annotations

import io
import lzma
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from regesta.errors import ReadError
from regesta.model import Source
from regesta.unpacking import limits
from regesta.unpacking.protocol import Packed
from regesta.unpacking.streams import Metered
from regesta.unpacking.table import container_of, inner_name

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["members"]


def members(file: BinaryIO, source: Source) -> Iterator[Packed]:
    """Yield the one file that is compressed."""
    packed = Metered(file, source.name)
    buffered = io.BufferedReader(packed, 1 << 16)
    head = buffered.peek(16)[:16]
    opened = _open(cast("BinaryIO", buffered), head, source.name)
    name = inner_name(source.name)
    counted = Metered(opened, source.name, lambda: packed.count)
    yield Packed(source, PurePosixPath(name).name, cast("BinaryIO", counted))


def _open(file: BinaryIO, head: bytes, where: str) -> BinaryIO:
    container = container_of("", head)
    if container is not None and container.name == "gzip":
        import gzip

        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if container is not None and container.name == "bzip2":
        import bz2

        return cast("BinaryIO", bz2.BZ2File(file))
    if container is not None and container.name == "zstd":
        return _zstd(file, where)
    if (container is not None and container.name == "xz") or head.startswith(b"\x5d\0\0"):
        return cast("BinaryIO", io.BufferedReader(_Xz(file), 1 << 16))
    raise ReadError(
        "this is no gzip, bzip2, xz or zstd stream",
        where=where,
        found=head[:8],
        hint="mend its ending or leave it out",
    )


def _zstd(file: BinaryIO, where: str) -> BinaryIO:
    try:
        import zstandard
    except ImportError as error:
        raise ReadError(
            "reading zstd needs the package zstandard", where=where, hint="pip install 'regesta[warc]'"
        ) from error
    reader = zstandard.ZstdDecompressor(max_window_size=limits.MAX_MEMORY).stream_reader(
        file, read_across_frames=True
    )
    return cast("BinaryIO", reader)


class _Xz(io.RawIOBase):
    """An xz or lzma stream, or several, with a bound on its dictionary, which `lzma.LZMAFile` lacks."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._stream = lzma.LZMADecompressor(memlimit=limits.MAX_MEMORY)
        self._is_new = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        while True:
            if self._stream.eof:
                left = self._stream.unused_data.lstrip(b"\0") or self._file.read(1 << 16).lstrip(b"\0")
                if not left:
                    return 0
                self._stream = lzma.LZMADecompressor(memlimit=limits.MAX_MEMORY)
                data = self._stream.decompress(left, len(view))
            elif self._stream.needs_input:
                packed = self._file.read(1 << 16)
                if not packed:
                    raise EOFError("the stream ends too early")
                data = self._stream.decompress(packed, len(view))
            else:
                data = self._stream.decompress(b"", len(view))
            if data:
                view[: len(data)] = data
                return len(data)
