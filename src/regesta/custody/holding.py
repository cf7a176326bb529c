"""Whether a published folder is what its `index.json` says: every file there, every byte, and no file more.

    index.json  {"files": {"people/e-1.html": ["<sha256>", <bytes>], ...}}

The index itself is not in its list; who holds its hash, from a citation or a mirror, compares that. Nothing here knows what a
page should say.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

from regesta.custody.verifying import Difference
from regesta.errors import StoreError

__all__ = ["INDEX", "Held", "hold"]

INDEX: Final = "index.json"
_PIECE: Final = 1 << 20


class Held:
    """What became of a folder's files."""

    def __init__(self, index: str) -> None:
        self.index = index
        """SHA-256 of the index."""
        self.n_files = 0
        """Files that are what they should be."""
        self.differences: list[Difference] = []

    @property
    def holds(self) -> bool:
        """Whether every file is as the index says, and there is no other."""
        return not self.differences


def hold(folder: Path) -> Held:
    """Hold the files of a folder against its index; raises `StoreError` where there is none that can be read."""
    path = folder / INDEX
    try:
        data = path.read_bytes()
        listed: Any = json.loads(data)["files"]
        wanted = {str(name): (str(told[0]), int(told[1])) for name, told in listed.items()}
    except OSError as error:
        raise StoreError(
            "no published edition", where=str(folder), hint=f"a folder that regesta publish wrote has {INDEX}"
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise StoreError("is no index of a published edition", where=str(path)) from error
    held = Held(hashlib.sha256(data).hexdigest())
    there = set(_files(folder))
    for name in sorted(wanted.keys() | there):
        if name not in wanted:
            held.differences.append(Difference("source", name, "the index does not name it"))
        elif name not in there:
            held.differences.append(Difference("source", name, "it is missing"))
        elif (folder / name).is_symlink() or _hash(folder / name) != wanted[name]:
            held.differences.append(Difference("source", name, "it is not what was published"))
        else:
            held.n_files += 1
    return held


def _files(folder: Path) -> list[str]:
    found = []
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name).relative_to(folder).as_posix()
            if path != INDEX:
                found.append(path)
    return found


def _hash(path: Path) -> tuple[str, int] | None:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError:
        return None
    return digest.hexdigest(), size
