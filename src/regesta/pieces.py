"""Pieces of bytes put aside in a temporary file, so that a build need not hold them; asked for by their numbers, from 0.

The file has no name, and is gone with the process. One thread at a time may ask.
"""

from __future__ import annotations

import contextlib
import tempfile
from array import array
from typing import Self

__all__ = ["Pieces"]


class Pieces:
    """Pieces of bytes in a temporary file; a context manager.

    >>> with Pieces() as pieces:
    ...     pieces.add(b"one")
    ...     pieces.add(b"")
    ...     pieces[0], pieces[1]
    (b'one', b'')
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `__exit__`
        self._ends = array("Q", [0])

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
        self._file.seek(begin)
        return self._file.read(end - begin)
