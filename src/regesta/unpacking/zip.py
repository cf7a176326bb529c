"""Zip archives, WACZ among them, member by member in the order of their table of contents.

Told as bombs before a byte is unpacked: entries that overlap, so that the same bytes are unpacked again and again (D.
Fifield, "A better zip bomb", 2019), and tables of contents that would fill the memory. The file must be able to seek.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking import limits
from regesta.unpacking.naming import Names, clean, is_hidden, of_member
from regesta.unpacking.protocol import Packed, rejection
from regesta.unpacking.saved import is_saved_part
from regesta.unpacking.streams import DAMAGE, Metered, take

if TYPE_CHECKING:
    import zipfile

__all__ = ["members"]

_MAX_CONTENTS = limits.MAX_MEMBERS * 128  # bytes of the table of contents
_ENCRYPTED = 0x1
_UTF8 = 0x800
_LINK = 0xA000  # file type in the upper half of the attributes, as Unix has it
_TYPE = 0xF000
_REGULAR = 0x8000


def members(file: BinaryIO, source: Source) -> Iterator[Packed | Rejection]:
    """Yield the files of a zip archive."""
    import zipfile

    if not file.seekable():
        file = io.BytesIO(take(file, source.name))
    _check_contents(file, source.name)
    try:
        archive = zipfile.ZipFile(file)
    except (*DAMAGE, zipfile.BadZipFile) as error:
        raise ReadError(
            "this is no whole zip archive", where=source.name, found=str(error)[:160], hint="pack it again"
        ) from error
    with archive:
        infos = archive.infolist()
        paths = {info: clean(_name(info)) for info in infos}
        together = {path for path in paths.values() if path}
        overlapping = _overlapping(infos, archive.start_dir)
        names = Names()
        for info in infos:
            path = paths[info]
            if info.filename.endswith("/") or (path and is_hidden(path)):
                continue
            if path is None:
                yield rejection(f"{source.name}/{_shown(info)}", "U001", "The name leads out of the archive.")
                continue
            inner = of_member(source, names.unique(path))
            if (told := _refused(info, overlapping)) is not None:
                yield rejection(inner.name, *told)
            elif is_saved_part(path, together):
                yield rejection(inner.name, "U009", "It belongs to a saved page.")
            else:
                yield from _open(archive, info, inner, path)


def _open(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, path: str
) -> Iterator[Packed | Rejection]:
    import zipfile

    try:
        opened = archive.open(info)
    except (*DAMAGE, zipfile.BadZipFile) as error:
        yield rejection(
            source.name, "U004", f"The member is damaged or packed in an unknown way: {str(error)[:160]}."
        )
        return
    with opened:
        file = Metered(cast("BinaryIO", opened), source.name, lambda: info.compress_size)
        yield Packed(source, path, cast("BinaryIO", file))


def _refused(info: zipfile.ZipInfo, overlapping: set[int]) -> tuple[str, str] | None:
    if info.flag_bits & _ENCRYPTED:
        return "U002", "The member is encrypted; unpack it with its password and add the file."
    kind = info.external_attr >> 16 & _TYPE
    if kind not in (0, _REGULAR):
        return "U005", "The member is a link." if kind == _LINK else "The member is no ordinary file."
    if info.header_offset in overlapping:
        return "U003", "The member shares its bytes with others, as in a zip bomb."
    return None


def _overlapping(infos: list[zipfile.ZipInfo], end: int) -> set[int]:
    """Return the offsets of the entries whose bytes run into the next entry, or begin where another does."""
    found: set[int] = set()
    offsets = sorted((info.header_offset, info.compress_size) for info in infos)
    for (start, size), (following, _) in zip(offsets, [*offsets, (end, 0)][1:], strict=True):
        if start + 30 + size > following:
            found.add(start)
    return found


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as its writer meant it: many write UTF-8 and forget to say so."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.orig_filename


def _shown(info: zipfile.ZipInfo) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in _name(info)[:200])


def _check_contents(file: BinaryIO, where: str) -> None:
    """Raise where the table of contents is too long to be held (APPNOTE.TXT 4.3.14 and 4.3.16)."""
    size = file.seek(0, io.SEEK_END)
    tail_length = min(size, 65_557 + 76)
    file.seek(size - tail_length)
    tail = file.read(tail_length)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return  # zipfile says what is wrong
    n_members, n_bytes = struct.unpack_from("<HL", tail, at + 10)
    far = tail.rfind(b"PK\x06\x06", 0, at)
    if (n_members == 0xFFFF or n_bytes == 0xFFFFFFFF) and far >= 0 and far + 48 <= len(tail):
        n_members, n_bytes = struct.unpack_from("<QQ", tail, far + 32)
    file.seek(0)
    if n_members > limits.MAX_MEMBERS or n_bytes > _MAX_CONTENTS:
        raise ReadError(
            f"the archive holds more than {limits.MAX_MEMBERS:,} members",
            where=where,
            found=n_members,
            hint="unpack it into folders",
        )
