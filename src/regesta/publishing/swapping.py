"""A folder that is replaced whole: made beside the old one, then exchanged with it in one step.

    site/  +  .site.publishing-4711-1f0c9a-77ab/site/  ──exchange──►  site/ is the new one, the old one is removed

A file that has not changed is the old file itself (a hard link), and is not written again. Files of others in the folder, such as
`CNAME` or `.git`, go along in the same way. Whoever is killed leaves the old or the new folder whole: Linux and macOS
exchange two folders in one step (renameat2, renamex_np); elsewhere the old one is moved aside first, and is put back by the next
run. A folder that holds something else than a site is refused. Nothing here knows what a site is made of.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from regesta.errors import StoreError
from regesta.replacing import mark, sweep

__all__ = ["INDEX", "MADE_BY", "File", "Folder"]

INDEX = "index.json"
"""The file that lists the others."""
MADE_BY = "regesta publish"
_AT_FDCWD = -100
_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site."""

    path: str
    """Below the folder, with slashes."""
    sha256: str
    size: int
    is_written: bool
    """False where it is the file that stood there before."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder while its successor is being made; may be handed to other processes."""

    target: Path
    base: Path
    """Beside the folder; whatever is made for it is made in here."""
    old: tuple[str, ...]
    """Files of the site that stands there, sorted."""

    @classmethod
    def open(cls, target: Path) -> Folder:
        """Begin: look at what stands there, tidy what a killed run left, make the folder beside it.

        Raises `StoreError` where the folder holds something else, or none can be made.
        """
        target = Path(os.path.abspath(target.resolve() if target.is_symlink() else target))  # noqa: PTH100 - it need not exist
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _tidy(target)
            old = _listed(target)
            base = target.parent / f"{_prefix(target)}{mark()}"
            for folder in (base / "site", base / "work"):
                folder.mkdir(parents=True)
        except OSError as error:
            raise StoreError(
                f"cannot be written ({(error.strerror or 'unwritable').lower()})", where=str(target)
            ) from error
        return cls(target, base, tuple(sorted(old)))

    @property
    def staging(self) -> Path:
        """The new folder."""
        return self.base / "site"

    @property
    def work(self) -> Path:
        """A place for what is no part of the site."""
        return self.base / "work"

    def put(self, path: str, body: bytes) -> File:
        """Write a file, or take the old one where it has the same bytes."""
        place = self.staging / path
        place.parent.mkdir(parents=True, exist_ok=True)
        before = self.target / path
        is_same = False
        with contextlib.suppress(OSError):
            is_same = before.lstat().st_size == len(body) and _is_file(before) and before.read_bytes() == body
        if is_same:
            _link(before, place)
        else:
            place.write_bytes(body)
        return File(path, sha256(body).hexdigest(), len(body), not is_same)

    def adopt(self, made: Path, path: str) -> File:
        """Move a file that was made elsewhere to its place, or take the old one where it has the same bytes."""
        place = self.staging / path
        place.parent.mkdir(parents=True, exist_ok=True)
        before = self.target / path
        digest, size = _digest(made), made.stat().st_size
        is_same = _is_file(before) and before.stat().st_size == size and _digest(before) == digest
        if is_same:
            _link(before, place)
            made.unlink()
        else:
            shutil.move(made, place)
        return File(path, digest, size, not is_same)

    def before(self) -> dict[str, Any]:
        """Return the index of the site that stands there, empty where there is none."""
        return _index(self.target)

    def is_whole(self) -> bool:
        """Return whether every file of the site that stands there is what its index says."""
        files = self.before().get("files")
        if not isinstance(files, dict) or not files:
            return False
        try:
            return all(_is_it(self.target / path, *said) for path, said in files.items())
        except (OSError, TypeError):
            return False

    def read(self, path: str) -> bytes | None:
        """Return a file of the site that stands there, None where it has none."""
        try:
            return (self.target / path).read_bytes() if path in self.old else None
        except OSError:
            return None

    def finish(self, files: Iterable[File], index: Mapping[str, Any]) -> None:
        """Write the index, take along what is not ours, and put the new folder in the place of the old one.

        Raises `StoreError` where somebody else's file stands where one of the site has to.
        """
        ours = {file.path for file in files}
        body = {"made_by": MADE_BY, **index, "files": {f.path: [f.sha256, f.size] for f in files}}
        text = json.dumps(body, ensure_ascii=False, indent=0, separators=(",", ":"))
        self.put(INDEX, f"{text}\n".encode())
        try:
            self._take_along(ours)
            self._exchange()
        except OSError as error:
            raise StoreError(
                f"the new site could not be put in its place ({(error.strerror or 'unwritable').lower()})",
                where=str(self.target), hint="the folder should not be a mount point; nothing was changed",
            ) from error  # fmt: skip

    def close(self) -> None:
        """Remove what is left beside the folder; after `finish` that is the old site."""
        shutil.rmtree(self.base, ignore_errors=True)

    def _take_along(self, ours: set[str]) -> None:
        listed = {*self.old, INDEX}
        for path in _walk(self.target) if self.target.is_dir() else ():
            name = path.relative_to(self.target).as_posix()
            if name in listed:
                continue
            place = self.staging / name
            if name in ours or place.exists():
                raise StoreError(
                    "a file stands where one of the site has to, and the last publish did not write it",
                    where=str(path), hint="move it away, or publish into another folder",
                )  # fmt: skip
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                place.symlink_to(path.readlink())
            elif path.is_dir():
                place.mkdir(exist_ok=True)
            else:
                _link(path, place)

    def _exchange(self) -> None:
        if not self.target.exists():
            self.staging.rename(self.target)
            return
        shutil.copymode(self.target, self.staging)
        if _exchanged(self.staging, self.target):
            return
        aside = self.target.parent / f".{self.target.name}.before"
        self.target.rename(aside)
        self.staging.rename(self.target)
        shutil.rmtree(aside, ignore_errors=True)


def _tidy(target: Path) -> None:
    """Put back a folder that was moved aside by a run that was killed, and remove what such runs left."""
    aside = target.parent / f".{target.name}.before"
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(target)
    sweep(target.parent, _prefix(target))


def _prefix(target: Path) -> str:
    return f".{target.name}.publishing-"


def _index(target: Path) -> dict[str, Any]:
    try:
        found = json.loads((target / INDEX).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and found.get("made_by") == MADE_BY else {}


def _listed(target: Path) -> set[str]:
    """Return the files of the site in a folder; raises `StoreError` where it holds something, but no site."""
    if not target.exists():
        return set()
    if not target.is_dir():
        raise StoreError("is a file, not a folder", where=str(target))
    index = _index(target)
    if not index:
        other = next(iter(sorted(target.iterdir())), None)
        if other is not None:
            raise StoreError(
                "the folder holds something that is no published site",
                where=str(target), found=other.name, hint="publish into an empty folder, or a new one",
            )  # fmt: skip
        return set()
    files = index.get("files")
    return {str(path) for path in files} if isinstance(files, dict) else set()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files, links and empty folders below a folder, in order."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            inner = list(_walk(path))
            yield from inner or ([path] if not any(path.iterdir()) else [])
        else:
            yield path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        state = sha256()
        while piece := file.read(1 << 20):
            state.update(piece)
    return state.hexdigest()


def _is_it(path: Path, digest: str, size: int) -> bool:
    return _is_file(path) and path.stat().st_size == size and _digest(path) == digest


def _is_file(path: Path) -> bool:
    """Return whether a path is a file itself, no link that may lead elsewhere by tomorrow."""
    return path.is_file() and not path.is_symlink()


def _link(before: Path, place: Path) -> None:
    """Make `place` the same file as `before`, a copy where the file system knows no links."""
    try:
        os.link(before, place)
    except OSError:
        shutil.copy2(before, place)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    try:
        c = ctypes.CDLL(None, use_errno=True)
        a, b = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            return int(c.renamex_np(a, b, _EXCHANGE)) == 0
        return int(c.renameat2(_AT_FDCWD, a, _AT_FDCWD, b, _EXCHANGE)) == 0
    except (AttributeError, OSError, TypeError):
        return False
