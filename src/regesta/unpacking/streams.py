"""Bytes counted as they are unpacked, and damage told in one way.

    file ─► Metered: counts what comes out, compares with what went in, with what is left of the budget ─► BufferedReader

Every exception that a decompressor raises on bad bytes becomes a `ReadError`; a bomb is an `Excess`, which is one too.
Nothing here knows a format.
"""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from regesta.errors import ReadError
from regesta.unpacking import limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["DAMAGE", "Budget", "Excess", "Metered", "metered", "take"]

DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError, struct.error, ValueError, NotImplementedError, RuntimeError, OverflowError, MemoryError)  # fmt: skip
"""What the decompressors and parsers of the standard library raise on bad bytes."""


class Excess(ReadError):  # noqa: N818 - says what it is
    """More comes out than any document holds."""


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked, over all depths of one container."""

    left: int

    def spend(self, n: int, where: str) -> None:
        """Take `n` bytes off; raises `Excess` where nothing is left."""
        self.left -= n
        if self.left < 0:
            raise Excess("it unpacks to more than is worth reading", where=where)


class Metered(io.RawIOBase):
    """A file that counts what is read of it."""

    def __init__(
        self,
        file: BinaryIO,
        where: str,
        n_packed: Callable[[], int] | None = None,
        budget: Budget | None = None,
    ) -> None:
        # What a decompressor has is taken before it is asked for more: what was whole before the damage is not lost.
        self._next: Callable[[int], bytes] = getattr(file, "read1", file.read)
        self._where, self._n_packed, self._budget = where, n_packed, budget
        self.count = 0
        """Bytes read so far."""

    def readable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return how many bytes were read; the readers of FastWARC ask."""
        return self.count

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at least one but at the end; raises `ReadError` for damaged ones, `Excess` for a bomb."""
        if size < 0:
            return self.readall()
        try:
            data = self._next(size)
        except ReadError:
            raise
        except DAMAGE as error:
            raise ReadError(f"the file is damaged ({_words(error)})", where=self._where) from error
        except Exception as error:
            if type(error).__module__.split(".")[0] not in ("zipfile", "tarfile", "zstandard", "fastwarc"):
                raise
            raise ReadError(f"the file is damaged ({_words(error)})", where=self._where) from error
        self.count += len(data)
        if self._budget is not None:
            self._budget.spend(len(data), self._where)
        if self._n_packed is not None and self.count > limits.RATIO_FROM:
            ratio = self.count / max(1, self._n_packed())
            if ratio > limits.MAX_RATIO:
                raise Excess(
                    f"one packed byte becomes more than {limits.MAX_RATIO:,}",
                    where=self._where,
                    found=f"{ratio:,.0f}",
                )
        return data

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as `read` does, and return how far."""
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


def _words(error: BaseException) -> str:
    words = " ".join(str(error).split())[:160] or type(error).__name__
    return words[0].lower() + words[1:]


def metered(
    file: BinaryIO, where: str, n_packed: Callable[[], int] | None = None, budget: Budget | None = None
) -> io.BufferedReader:
    """Return the file, counted, with a buffer that can be peeked into."""
    return io.BufferedReader(Metered(file, where, n_packed, budget), 1 << 16)


def take(file: BinaryIO, where: str, limit: int | None = None) -> bytes:
    """Return all that a file holds; raises `Excess` beyond `limit` bytes, of which no more are read."""
    limit = limits.MAX_MEMBER_SIZE if limit is None else limit
    parts: list[bytes] = []
    count = 0
    while data := file.read(1 << 20):
        count += len(data)
        if count > limit:
            raise Excess(f"it is larger than {limit >> 20} MiB", where=where)
        parts.append(data)
    return parts[0] if len(parts) == 1 else b"".join(parts)
