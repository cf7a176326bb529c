"""Writing the archive: every file once, with its hash taken as it goes in, and the list of all at the end.

Nothing of the moment is in it: names are in order, times are those of the first day that ZIP knows, rights are alike. It is
written beside its place and moved there when whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from regesta.errors import ProjectError
from regesta.parcel.contents import MANIFEST, Contents
from regesta.replacing import beside
from regesta.version import __version__

__all__ = ["FORMAT", "Parcel", "member", "pack_project"]

FORMAT: Final = 1
"""Of the list of files; another number is another way to unpack."""

_PIECE: Final = 1 << 20
_LARGE: Final = 1 << 30
"""Bytes of a file from which on ZIP64 is written."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What was packed, or unpacked."""

    path: Path
    """The archive, or the folder."""
    n_files: int
    n_bytes: int
    """Of all files, unpacked."""
    sha256: str
    """Of the archive."""


def pack_project(contents: Contents, output: Path) -> Parcel:
    """Write an archive of these files; one that is there is replaced when the new one is whole.

    Raises `ProjectError` where a file cannot be read or the archive not be written.
    """
    new = beside(output)
    listed: dict[str, dict[str, object]] = {}
    try:
        with zipfile.ZipFile(new, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, path in contents.files:
                listed[name] = _put(archive, name, path)
            said = {"regesta_pack": FORMAT, "regesta_version": __version__, "files": listed}
            archive.writestr(member(MANIFEST), json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        with new.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        new.replace(output)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ProjectError(f"cannot be packed ({reason})", where=str(error.filename or output)) from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
    return Parcel(output, len(listed), sum(int(str(one["size"])) for one in listed.values()), digest)


def member(name: str) -> zipfile.ZipInfo:
    """Return the entry of a file, without anything of the moment.

    >>> member("a.txt").date_time
    (1980, 1, 1, 0, 0, 0)
    """
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # as under Unix, whatever packs
    entry.external_attr = 0o100600 << 16
    return entry


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        is_large = os.fstat(file.fileno()).st_size >= _LARGE
        with archive.open(member(name), "w", force_zip64=is_large) as into:
            while piece := file.read(_PIECE):
                _into(into, piece, path)
                digest.update(piece)
                size += len(piece)
    return {"sha256": digest.hexdigest(), "size": size}


def _into(into: IO[bytes], piece: bytes, path: Path) -> None:
    try:
        into.write(piece)
    except RuntimeError as error:  # it grew past what ZIP without ZIP64 can hold, while it was read
        raise ProjectError("grows while it is packed", where=str(path)) from error
