"""Printed pages, kept while there is room: the least recently asked for go first.

A page is kept as it was asked for, plain or compressed; most browsers ask for the second, which takes a tenth of the room. The
room is bytes, so a few long texts cannot fill the memory. Nothing here is asked whether a page is still true: its key names the state it is of.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from threading import Lock

__all__ = ["Kept", "Printing", "compressed"]

_ROOM = 64 << 20
_SMALL = 1024
"""Bytes below which nothing is gained by compressing."""


@dataclass(frozen=True, slots=True)
class Printing:
    """A page as it is sent: plain or by gzip, or both where both were asked for."""

    plain: bytes | None
    squeezed: bytes | None = None

    @classmethod
    def of(cls, body: bytes, *, squeezes: bool) -> Printing:
        """Return a body in the form that is asked for; what is small stays plain.

        >>> Printing.of(b"a" * 2000, squeezes=True).plain, Printing.of(b"a", squeezes=True).plain
        (None, b'a')
        """
        small = compressed(body) if squeezes else None
        return cls(body) if small is None else cls(None, small)

    def __reduce__(self) -> tuple[type[Printing], tuple[bytes | None, bytes | None]]:
        """Return how it is sent from one process to another: many a second are."""
        return Printing, (self.plain, self.squeezed)

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.plain or b"") + len(self.squeezed or b"")

    @property
    def body(self) -> bytes:
        """The page as it is, whatever is kept of it."""
        return zlib.decompress(self.squeezed or b"", 31) if self.plain is None else self.plain

    def with_gzip(self) -> Printing:
        """Return the same with its gzip as well, where it gains by that."""
        return self if self.squeezed else replace(self, squeezed=compressed(self.body))


class Kept:
    """A bounded number of bytes of pages."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._size = 0
        self._pages: OrderedDict[Hashable, Printing] = OrderedDict()
        self._lock = Lock()
        self.n_found = 0
        self.n_missed = 0

    def get(self, key: Hashable) -> Printing | None:
        """Return a page, None where it is not kept."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                self.n_missed += 1
            else:
                self.n_found += 1
                self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Printing) -> None:
        """Keep a page, unless it is as large as an eighth of the room."""
        if page.size > self._room // 8:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self._size += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self._size > self._room:
                _, gone = self._pages.popitem(last=False)
                self._size -= gone.size


def compressed(body: bytes) -> bytes | None:
    """Return a body as gzip, None where it is too small to gain by it."""
    if len(body) < _SMALL:
        return None
    squeeze = zlib.compressobj(3, zlib.DEFLATED, 31)
    return squeeze.compress(body) + squeeze.flush()
