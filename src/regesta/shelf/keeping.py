"""One shelf for each chronicle, in the user's cache: made when it is first asked for, and again when the chronicle changes.

    ~/.cache/regesta/shelves/<path of the chronicle>-<its state>.sqlite

Both halves are hashes; the state is size, time of change, file number and the version of the program that makes
shelves. A shelf of an earlier state is removed, and so is one that nobody opened for two months. Nothing here reads.
"""

from __future__ import annotations

import contextlib
import os
import time
from importlib.resources import files
from pathlib import Path

from regesta.errors import StoreError
from regesta.model import content_id
from regesta.project import cache_folder
from regesta.shelf.making import make
from regesta.shelf.reading import Shelf

__all__ = ["at_hand", "state"]

_FORGOTTEN = 60 * 86_400
"""Seconds after which a shelf that nobody opened is removed."""


def at_hand(chronicle: Path) -> Shelf:
    """Return the shelf of a chronicle as it is now, made where there is none; raises `StoreError` where it cannot be."""
    now = state(chronicle)
    folder = cache_folder() / "shelves"
    place = content_id("p", [str(chronicle.resolve())])[2:]
    path = folder / f"{place}-{now[2:]}.sqlite"
    if path.is_file():
        try:
            shelf = Shelf(path)
        except StoreError:
            path.unlink(missing_ok=True)
        else:
            with contextlib.suppress(OSError):
                os.utime(path)
            return shelf
    try:
        make(chronicle, path, identity=now)
    except OSError as error:
        raise StoreError(f"no shelf could be made: {error.strerror}", where=str(folder)) from error
    _tidy(folder, place, path)
    return Shelf(path)


def state(chronicle: Path) -> str:
    """Return what tells this state of a chronicle from any other; raises `StoreError` where there is none."""
    try:
        found = chronicle.stat()
    except OSError as error:
        raise StoreError(
            "no such chronicle", where=str(chronicle), hint="make it with: regesta build"
        ) from error
    return content_id("t", [found.st_size, found.st_mtime_ns, found.st_ino, _version()])


def _version() -> str:
    """Return a hash of what makes shelves: another program, another shelf."""
    room = files("regesta.shelf")
    return content_id(
        "v",
        [
            room.joinpath(name).read_text("utf-8")
            for name in ("making.py", "indexing.py", "reckoned.sql", "indexes.sql")
        ],
    )


def _tidy(folder: Path, place: str, kept: Path) -> None:
    """Remove the earlier shelves of this chronicle, and those that nobody opened for long."""
    for path in folder.glob("*.sqlite"):
        with contextlib.suppress(OSError):
            old = time.time() - path.stat().st_mtime > _FORGOTTEN
            if path != kept and (old or path.name.startswith(f"{place}-")):
                path.unlink()
