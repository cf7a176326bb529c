"""Making a project of an archive that somebody sent: it is believed nothing.

    names     only those of the list, each once, relative, without `..`, and no links: nothing lands outside the new folder
    sizes     as listed and counted as they come out; together no more than `_MANY` times the archive, and what the disk has
    contents  held against the SHA-256 of the list

The files go into a folder beside the wanted one, which takes its name when all is well: there is the whole project or none.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

from regesta.errors import ProjectError
from regesta.parcel.contents import MANIFEST
from regesta.parcel.packing import FORMAT, Parcel
from regesta.project import PROJECT_FILE
from regesta.replacing import beside

__all__ = ["is_safe", "unpack_project"]

_PIECE: Final = 1 << 20
_LONGEST_LIST: Final = 256 << 20
"""Bytes of the list of files: a million of them."""
_MANY: Final = 200
_AT_LEAST: Final = 1 << 30
"""An archive that unpacks to more bytes than this, and to more than `_MANY` times its own, is no project: texts shrink tenfold."""
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))}
)


class _Listed(NamedTuple):
    sha256: str
    size: int


def unpack_project(path: Path, folder: Path) -> Parcel:
    """Make the project of an archive in a folder that is not there yet, or is empty.

    Raises `ProjectError` where the archive is none of a project, is damaged, or would do harm; then nothing was made.
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise ProjectError("is there already", where=str(folder), hint="name another folder with -o")
    new = beside(folder)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            with zipfile.ZipFile(file) as archive:
                listed = _list_of(archive, path)
                _check_room(listed, path, folder)
                new.mkdir(mode=0o700, parents=True)
                for name, one in listed.items():
                    _take(archive, name, one, new, path)
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ProjectError("is damaged, or no archive of a project", where=str(path)) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ProjectError(f"cannot be unpacked ({reason})", where=str(error.filename or path)) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Parcel(folder, len(listed), sum(one.size for one in listed.values()), digest)


def is_safe(name: str, *, windows: bool = os.name == "nt") -> bool:
    r"""Return whether a name of an archive stays below the folder that it is put into, on any system.

    >>> [is_safe(name) for name in ("sources/a.txt", "../a", "/a", "a//b", "a/./b", "a\\b", "C:/a", "a\nb", "")]
    [True, False, False, False, False, False, False, False, False]
    >>> is_safe("sources/con.txt", windows=True), is_safe("a.", windows=True), is_safe("b:c", windows=True)
    (False, False, False)
    """
    if len(name) > 4096 or any(ord(sign) < 32 or ord(sign) == 127 or sign == "\\" for sign in name):
        return False
    parts = name.split("/")
    if any(part in ("", ".", "..") or len(part.encode("utf-8", "replace")) > 255 for part in parts):
        return False
    if len(parts[0]) == 2 and parts[0][1] == ":":
        return False
    return not windows or not any(
        part[-1] in ". " or set(part) & set(':*?"<>|') or part.split(".")[0].lower() in _RESERVED
        for part in parts
    )


def _list_of(archive: zipfile.ZipFile, path: Path) -> dict[str, _Listed]:
    """Return the list of files; every entry of the archive is on it, and every line of it is an entry."""
    entries = archive.infolist()
    names = Counter(entry.filename for entry in entries)
    if MANIFEST not in names:
        raise ProjectError(
            f"has no {MANIFEST}: it is no archive of a project",
            where=str(path),
            hint="regesta pack makes one",
        )
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.is_dir():
            raise ProjectError("holds what is no file", where=str(path), found=entry.filename)
        if names[entry.filename] > 1:
            raise ProjectError("holds a name twice", where=str(path), found=entry.filename)
        if entry.flag_bits & 1:
            raise ProjectError("is encrypted", where=str(path), found=entry.filename)
    if archive.getinfo(MANIFEST).file_size > _LONGEST_LIST:
        raise ProjectError(f"its {MANIFEST} is too long", where=str(path))
    with archive.open(MANIFEST) as file:
        listed = _read_list(file.read(_LONGEST_LIST), path)
    if names.keys() - listed.keys() != {MANIFEST} or listed.keys() - names.keys():
        odd = sorted((names.keys() ^ listed.keys()) - {MANIFEST})
        raise ProjectError(f"holds other files than its {MANIFEST} lists", where=str(path), found=odd[:3])
    if PROJECT_FILE not in listed:
        raise ProjectError(f"holds no {PROJECT_FILE}", where=str(path))
    for name in listed:
        if not is_safe(name):
            raise ProjectError("holds a name that would lead elsewhere", where=str(path), found=name[:200])
    return listed


def _read_list(data: bytes, path: Path) -> dict[str, _Listed]:
    try:
        said: Any = json.loads(data)
        if said["regesta_pack"] != FORMAT:
            raise ProjectError(
                "is of another version",
                where=str(path),
                found=said["regesta_pack"],
                hint="take a newer regesta",
            )
        listed = {
            str(name): _Listed(str(one["sha256"]), int(one["size"])) for name, one in said["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProjectError(f"its {MANIFEST} is no list of files", where=str(path)) from error
    if any(one.size < 0 for one in listed.values()):
        raise ProjectError(f"its {MANIFEST} is no list of files", where=str(path))
    return listed


def _check_room(listed: dict[str, _Listed], path: Path, folder: Path) -> None:
    n_bytes = sum(one.size for one in listed.values())
    if n_bytes > max(_AT_LEAST, _MANY * path.stat().st_size):
        raise ProjectError(
            f"would unpack to {n_bytes:,} bytes, which no project of its size does", where=str(path),
            hint="if it is what it says, unpack it with another program and look",
        )  # fmt: skip
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    free = shutil.disk_usage(there).free
    if n_bytes > free:
        raise ProjectError(f"needs {n_bytes:,} bytes of disk, and there are {free:,}", where=str(folder))


def _take(archive: zipfile.ZipFile, name: str, listed: _Listed, folder: Path, path: Path) -> None:
    """Write one file, counted and hashed as it comes out."""
    target = folder.joinpath(*PurePosixPath(name).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as into, archive.open(name) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > listed.size:
                break
            digest.update(piece)
            into.write(piece)
    if size != listed.size or digest.hexdigest() != listed.sha256:
        raise ProjectError(
            "a file is not what the list says: damaged, or changed by somebody", where=str(path), found=name
        )
