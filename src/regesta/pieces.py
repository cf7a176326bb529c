"""Pieces of bytes put aside in a temporary file, so that a build need not hold them; asked for by their numbers, from 0.

The file has no name, and is gone with the process. A process that is spawned may be given the pieces: it has the same file, not
a copy. One of both may add to it, and one thread at a time may ask.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from array import array
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from multiprocessing.resource_sharer import DupFd

__all__ = ["CAN_BE_GIVEN", "Pieces"]

CAN_BE_GIVEN: Final = sys.platform != "win32"
"""Whether another process can be given pieces: where two may read one file without moving each other's place in it."""


class Pieces:
    """Pieces of bytes in a temporary file; a context manager.

    >>> with Pieces() as pieces:
    ...     pieces.add(b"one")
    ...     pieces.add(b"")
    ...     pieces[0], pieces[1]
    (b'one', b'')
    """

    def __init__(self, file: IO[bytes] | None = None, ends: Iterable[int] = (0,)) -> None:
        self._file = file or tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`
        self._ends = array("Q", ends)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):  # a full disk: what was put aside is wanted no more
            self._file.close()

    def add(self, piece: bytes) -> None:
        """Put a piece behind the others; raises `OSError` where the disk is full."""
        self._file.write(piece)
        self._ends.append(self._ends[-1] + len(piece))

    def __getitem__(self, number: int) -> bytes:
        begin, end = self._ends[number : number + 2]
        if sys.platform == "win32":
            self._file.seek(begin)
            return self._file.read(end - begin)
        self._file.flush()
        return os.pread(self._file.fileno(), end - begin, begin)

    def flushed(self) -> array[int]:
        """Return where the pieces end, for the process that gave them, when all that was added is in the file."""
        self._file.flush()
        return self._ends

    def added(self, ends: Iterable[int]) -> None:
        """Take notice of what another process added, which was `flushed`; nothing may be added here after that."""
        self._ends = array("Q", ends)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what gives the pieces to a process that is being spawned."""
        if sys.platform == "win32":
            raise TypeError("a file is not to be given to another process here")
        from multiprocessing.reduction import DupFd

        self._file.flush()
        return _given, (DupFd(self._file.fileno()), self._ends)


def _given(file: DupFd, ends: array[int]) -> Pieces:
    """Return the pieces that another process gave."""
    return Pieces(os.fdopen(file.detach(), "r+b"), ends)
