"""What has lain unused in the user's cache for a quarter of a year is removed: entries of other versions, copies of what is gone.

Nobody else would: a name there tells neither the project nor the chronicle that it belongs to, and what it holds may name people.
When a file was last used is what its file system says, the later of reading and writing; where reading is not noted, what is in
use is made anew once a quarter.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

__all__ = ["UNUSED_DAYS", "forget_unused"]

UNUSED_DAYS = 90
"""Days after which what nobody asked for is removed."""
_DAY = 86_400
_LOOKED = ".looked"
"""A file in the folder, as old as the last time that all was gone through."""


def forget_unused(folder: Path, *, now: float | None = None) -> int:
    """Remove the files below `folder` that nobody used for so long; return how many. It is gone through once a day at most.

    `now` is a time in seconds since 1970, this moment where none is given. What cannot be looked at or removed stays.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as kept:
    ...     entry = Path(kept, "ab", "cdef")
    ...     entry.parent.mkdir()
    ...     entry.touch()
    ...     forget_unused(Path(kept)), forget_unused(Path(kept), now=time.time() + 91 * _DAY)
    (0, 1)
    """
    moment = time.time() if now is None else now
    looked = folder / _LOOKED
    with contextlib.suppress(OSError):
        if looked.exists() and moment - looked.stat().st_mtime < _DAY:
            return 0
        looked.touch()
        found = (Path(below, name) for below, _, names in os.walk(folder) for name in names)
        return sum(_forget(path, moment) for path in found if path != looked)
    return 0


def _forget(path: Path, moment: float) -> int:
    """Remove a file that nobody used for so long; return how many were."""
    with contextlib.suppress(OSError):
        told = path.lstat()
        if moment - max(told.st_atime, told.st_mtime) > UNUSED_DAYS * _DAY:
            path.unlink()
            return 1
    return 0
