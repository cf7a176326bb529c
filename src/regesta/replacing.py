"""Files that are replaced whole: made beside their place, moved there when ready; and what killed processes left is removed.

    chronicle.duckdb  ◄──replaces──  .chronicle.duckdb.4711-1f0c9a-77ab.new     process, machine, chance

Whoever is killed cannot tidy up; whoever makes the same thing next does. What bears a mark is removed when the process in it
runs no more on this machine; what another machine began, or another container that shares the folder, when it is a day old.
Folders in the system's temporary place are named and tidied alike. Nothing here removes what bears no mark.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

__all__ = ["beside", "is_alive", "mark", "scratch", "sweep", "write_whole"]

_BEGAN = time.time()
"""When this process began, near enough: what bears its number and is older was left by another of the same number."""
_FOREIGN = 86_400
"""Seconds after which what another machine has begun is taken for left."""
_MARK = re.compile(r"(\d+)-([0-9a-f]{6})-[0-9a-f]{4}")


def beside(path: Path) -> Path:
    """Return a free hidden name beside `path` for what shall replace it; what dead processes left of it is removed.

    >>> from pathlib import Path
    >>> beside(Path("kept/a.duckdb")).name.startswith(f".a.duckdb.{os.getpid()}-")
    True
    """
    sweep(path.parent, f".{path.name}.")
    return path.with_name(f".{path.name}.{mark()}.new")


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file by one with this content, on the disk when this returns, or leave it as it is; its rights stay.

    Raises `OSError`; then nothing is left of the new one.

    >>> with scratch() as folder:
    ...     write_whole(folder / "a", b"new")
    ...     (folder / "a").read_bytes(), len(list(folder.iterdir()))
    (b'new', 1)
    """
    new = beside(path)
    try:
        with new.open("xb") as file:
            with contextlib.suppress(OSError):  # there is no old one, or the file system has no rights
                shutil.copymode(path, new)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def scratch(kind: str = "") -> Iterator[Path]:
    """Make a folder in the system's temporary place, and remove it at the end; those of dead processes are removed first.

    >>> with scratch("verify") as folder:
    ...     folder.name.startswith(f"regesta-verify-{os.getpid()}-")
    True
    """
    prefix = f"regesta-{kind}-" if kind else "regesta-"
    sweep(Path(tempfile.gettempdir()), prefix)
    with tempfile.TemporaryDirectory(prefix=f"{prefix}{mark()}.", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def mark() -> str:
    """Return what tells who makes a file: the process, its machine, and a chance number."""
    return f"{os.getpid()}-{_machine()}-{secrets.token_hex(2)}"


def sweep(folder: Path, prefix: str) -> int:
    """Remove what dead processes left in a folder under names that begin so, followed by a mark; return how many.

    What cannot be looked at or removed stays, and is no error: it is not what the caller came for.
    """
    n_removed = 0
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if not entry.name.startswith(prefix):
                continue
            marked = _MARK.match(entry.name, len(prefix))
            if marked and _is_left(entry, int(marked[1]), marked[2]):
                n_removed += _remove(entry)
    return n_removed


def is_alive(process: int) -> bool:
    """Return whether a process of this number runs on this machine; True where that cannot be told.

    >>> is_alive(os.getpid())
    True
    """
    if process <= 0 or process >= 1 << 31:
        return False
    if sys.platform == "win32":  # where `os.kill(…, 0)` sends Ctrl-C
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        query, refused, running = (
            0x1000,
            5,
            259,
        )  # PROCESS_QUERY_LIMITED_INFORMATION, ACCESS_DENIED, STILL_ACTIVE
        handle = kernel.OpenProcess(query, False, process)
        if not handle:
            return bool(ctypes.get_last_error() == refused)
        try:
            code = ctypes.c_ulong()
            return not kernel.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value == running
        finally:
            kernel.CloseHandle(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


@cache
def _machine() -> str:
    """Return six signs for this machine, or container: process numbers mean nothing elsewhere."""
    name = os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:6]


def _is_left(entry: os.DirEntry[str], process: int, machine: str) -> bool:
    try:
        changed = entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return False
    if machine != _machine():
        return time.time() - changed > _FOREIGN
    if process == os.getpid():
        return changed < _BEGAN - 1
    return not is_alive(process)


def _remove(entry: os.DirEntry[str]) -> bool:
    try:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            os.unlink(entry.path)  # noqa: PTH108 - an entry of a folder
    except OSError:
        return False
    return True
