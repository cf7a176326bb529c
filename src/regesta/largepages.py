"""What a process holds for good, in large pages of memory, where Linux has them: it is found faster there.

    4 KB pages   55 MB of lexicons and program, asked for here and there: the processor looks up page after page
    2 MB pages   as few dozens of pages, which it knows by heart

The system is asked once, when a process has at hand what it will work with; where it says no, nothing changes. Nothing that a
process computes depends on it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

__all__ = ["settle"]

_LARGE: Final = 2 << 20
"""Bytes of a large page on the processors that matter; where they are of other sizes, the system says no."""
_MAY_BE_LARGE, _MAKE_LARGE = 14, 25
"""`MADV_HUGEPAGE`, and `MADV_COLLAPSE` of Linux 6.1."""


def settle() -> int:
    """Put the memory of this process into large pages, and return how many bytes the system did that with.

    >>> settle() >= 0
    True
    """
    if sys.platform != "linux":
        return 0
    import ctypes

    try:
        advise = ctypes.CDLL(None).madvise
        stretches = list(_stretches(Path("/proc/self/maps").read_text()))
    except (OSError, AttributeError):
        return 0
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return sum(
        size
        for start, size in stretches
        if not advise(start, size, _MAY_BE_LARGE) and not advise(start, size, _MAKE_LARGE)
    )


def _stretches(maps: str) -> Iterator[tuple[int, int]]:
    r"""Yield where large pages may lie in the memory that is no file's, and of how many bytes, from what `/proc` tells of it.

    >>> list(_stretches("1ff000-a00000 rw-p 00000000 00:00 0\n1ff000-a00000 r--p 00000000 08:01 7 /lib/x.so"))
    [(2097152, 8388608)]
    """
    for line in maps.splitlines():
        fields = line.split()
        if not fields[1].startswith("rw-p") or fields[5:] not in ([], ["[heap]"]):
            continue
        begin, end = (int(place, 16) for place in fields[0].split("-"))
        first, last = -(-begin // _LARGE) * _LARGE, end // _LARGE * _LARGE
        if first < last:
            yield first, last - first
