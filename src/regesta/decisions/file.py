"""A log in a file of lines, fit for version control, the usual one.

Lines are added under a lock, in one write, on the disk when it returns; nothing here rewrites a line or judges one.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from regesta.decisions.homes import Held, Lines
from regesta.decisions.log import Log, Reading
from regesta.decisions.rows import LONGEST
from regesta.errors import DecisionError

__all__ = ["FileHome"]

_BOM: Final = b"\xef\xbb\xbf"
_FAR: Final = 1 << 40
"""A byte that no log has, to be locked where locks are of bytes and keep others from reading them."""


class FileHome:
    """A log in a file.

    Two programs may add at once; who looks first and adds then, under `hold`, has missed nothing in between.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def where(self) -> str:
        """The path."""
        return str(self.path)

    def read(self) -> Log:
        """Return what the file holds; nothing where it is not there."""
        reading = Reading()
        for number, line in self.lines():
            reading.take(number, line)
        return reading.log()

    def stamp(self) -> Hashable:
        """Return size, time and number of the file."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return (0, 0, 0)
        except OSError as error:
            raise _failed(self.path, "cannot be read", error) from error
        return (found.st_size, found.st_mtime_ns, found.st_ino)

    def lines(self) -> Lines:
        """Yield the lines."""
        return _lines(self.path)

    @contextmanager
    def hold(self) -> Iterator[Held]:
        """Hold the file alone; what was added is written at once when the block ends."""
        try:
            with _locked(self.path) as descriptor:
                held = _HeldFile(self.path)
                yield held
                if held.added:
                    _write_whole(descriptor, b"".join(held.added))
        except OSError as error:
            raise _failed(self.path, "cannot be written", error) from error


class _HeldFile(FileHome):
    """A file that nobody else adds to."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.added: list[bytes] = []

    def add(self, lines: Iterable[bytes]) -> None:
        self.added += lines


def _failed(path: Path, problem: str, error: OSError) -> DecisionError:
    return DecisionError(f"{problem} ({(error.strerror or 'no access').lower()})", where=str(path))


def _lines(path: Path) -> Lines:
    """Yield number and words of each line that is not blank, None for one that is too long."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DecisionError("is no file", where=str(path))
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST + 1):
                number += 1
                if len(line) > LONGEST:
                    _skip(file, line)
                    yield number, None
                    continue
                line = line.removeprefix(_BOM) if number == 1 else line
                if line.strip():
                    yield number, line
    except FileNotFoundError:
        return
    except OSError as error:
        raise DecisionError(
            f"cannot be read ({(error.strerror or 'unreadable').lower()})", where=str(path)
        ) from error


def _skip(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST)


def _write_whole(descriptor: int, lines: bytes) -> None:
    """Write lines in one go, on the disk when it returns, or none of them."""
    size = os.fstat(descriptor).st_size
    try:
        _write(descriptor, lines if _is_ended(descriptor, size) else b"\n" + lines)
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)  # the disk is full: no half line stays
        raise


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open a log for appending and hold it alone; when it was replaced while we waited, open it again."""
    if path.exists() and not path.is_file():
        raise DecisionError("is no file", where=str(path))
    while True:
        flags = (
            os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        )
        descriptor = os.open(path, flags, 0o666)
        try:
            _lock(descriptor)
            if _is_still(path, descriptor):
                yield descriptor
                return
        finally:
            os.close(descriptor)  # and lets go of the lock


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> None:
    """Wait until nobody else holds the file; where a file system has no locks, one write at the end has to do."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        while True:  # the system itself gives up after ten seconds
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as error:
                if error.errno != errno.EDEADLOCK:
                    return
            else:
                return
    else:
        import fcntl

        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def _is_ended(descriptor: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
