"""A zip that is one document: DOCX, ODT, XLSX, ODS, EPUB.

    bytes ──kind──► "docx"                 by its media type or the names of its parts, from the first 4 KB
          ──Package──► parts by name       counted as they are unpacked, never written to disk

A part is known by the name in the package, which may be anything: it is looked up, never opened as a path. Sizes in
headers are not believed. Nothing here knows what stands in a part, and an archive of files is no package.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from urllib.parse import unquote

from regesta.errors import ReadError
from regesta.unpacking.limits import MAX_MEMBER_SIZE, MAX_RATIO

__all__ = ["MAX_PARTS", "MAX_TOTAL", "Package", "check_kind", "kind"]

MAX_PARTS = 50_000
"""Parts of one package; a book with a picture on every page has some thousands."""
MAX_TOTAL = 512 << 20
"""Bytes that all parts which are read may come to, unpacked."""

_CHUNK = 1 << 18
_RATIO_FROM = 16 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEDIA = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
_CONTENT_TYPES = (
    (re.compile(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)\.macro"), "docx"),
    (re.compile(rb"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template)\.macro"), "xlsx"),
)  # fmt: skip
_FOLDERS = ((b"word/", "docx"), (b"xl/", "xlsx"))


def kind(data: bytes) -> str | None:
    r"""Return `docx`, `xlsx`, `odt`, `ods` or `epub` for the first bytes of such a package, None for any other zip.

    >>> kind(b"PK\x03\x04" + bytes(22) + b"\x08\0\0\0mimetypeapplication/epub+zip")
    'epub'
    """
    names: set[bytes] = set()
    for number, (name, method, start, size) in enumerate(_local_headers(data)):
        if number == 0 and name == b"mimetype":
            stated = data[start : start + 80]
            return next((found for media, found in _MEDIA if stated.startswith(media)), None)
        if name == b"[Content_Types].xml":
            types = _inflated(data[start : start + size] if size else data[start:], method)
            for pattern, found in _CONTENT_TYPES:
                if pattern.search(types):
                    return found
        names.add(name)
    is_office = any(name in {b"[Content_Types].xml", b"_rels/.rels"} for name in names)
    if is_office or not any(name.endswith(b"/") for name in names):
        for folder, found in _FOLDERS:
            if any(name.startswith(folder) for name in names):
                return found
    return None


def check_kind(data: bytes, wanted: str, where: str) -> None:
    """Raise `ReadError` where the bytes are plainly another format than their name says."""
    found = kind(data)
    if found not in {None, wanted}:
        raise ReadError(
            f"this is no {wanted}", where=where, found=found, hint=f"let its name end in .{found}"
        )


def _local_headers(data: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield name, method, start and packed size of the members that begin in the bytes, as far as sizes are stated."""
    position = 0
    for _ in range(64):
        if data[position : position + 4] != b"PK\x03\x04" or position + 30 > len(data):
            return
        flags, method = struct.unpack_from("<HH", data, position + 6)
        size, _, n_name, n_extra = struct.unpack_from("<IIHH", data, position + 18)
        start = position + 30 + n_name + n_extra
        yield data[position + 30 : position + 30 + n_name], method, start, size
        if flags & 8 and not size:  # the size stands behind the member: look for the next header
            position = data.find(b"PK\x03\x04", start)
            if position < 0:
                return
        else:
            position = start + size


def _inflated(packed: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return packed
    try:
        return zlib.decompressobj(-15).decompress(packed, 1 << 16)
    except zlib.error:
        return b""


class Package:
    """The parts of a document that is a zip."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the package; raises `ReadError` where the bytes are none, or are encrypted."""
        self.where = where
        if data.startswith(_OLE):
            raise _ole_error(data, where)
        if data.count(b"PK\x01\x02") > MAX_PARTS:
            raise ReadError(
                "the file has too many parts", where=where, hint=f"at most {MAX_PARTS:,} are read"
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
            found = data[:8] if not data.startswith(b"PK") else None
            problem = (
                "this is no zip, as such a document is"
                if found is not None
                else "the file is cut short or broken"
            )
            raise ReadError(
                problem, where=where, found=found, hint="open it in its program and save it anew"
            ) from error
        self.names = tuple(self._zip.namelist())
        self._by_folded = {name.lower(): name for name in reversed(self.names)}
        self._left = MAX_TOTAL

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def find(self, name: str) -> str | None:
        """Return the name of a part as the package has it; case and a leading slash make no difference."""
        name = name.lstrip("/")
        return name if name in self._zip.NameToInfo else self._by_folded.get(name.lower())

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, None where there is none; raises `ReadError` for a bomb or a broken part."""
        if self.find(name) is None:
            return None
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part as they are unpacked, counted."""
        found = self.find(name)
        if found is None:
            return
        part = self._zip.NameToInfo[found]
        if part.flag_bits & 1:
            raise ReadError(
                "the file is encrypted", where=f"{self.where}/{found}", hint="save it without a password"
            )
        size = 0
        try:
            with self._zip.open(part) as stream:
                while chunk := _next(stream):
                    size += len(chunk)
                    self._left -= len(chunk)
                    if size > MAX_MEMBER_SIZE or self._left < 0:
                        raise self._bomb(found, "the part unpacks to more than is read")
                    if size > _RATIO_FROM and size > MAX_RATIO * max(1, part.compress_size):
                        raise self._bomb(found, "the part unpacks to a thousand times its size")
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            OverflowError,
            RuntimeError,
            ValueError,
            struct.error,
        ) as error:
            raise ReadError(
                "a part of the file is broken", where=f"{self.where}/{found}", found=str(error)[:100],
                hint="open it in its program and save it anew",
            ) from error  # fmt: skip

    def _bomb(self, name: str, problem: str) -> ReadError:
        return ReadError(
            problem,
            where=f"{self.where}/{name}",
            hint=f"at most {MAX_MEMBER_SIZE >> 20} MB of a part are read",
        )

    def resolve(self, part: str, target: str) -> str:
        r"""Return the name of the part that a relative address in another part means.

        >>> package = Package(b"PK\5\6" + bytes(18), "a.docx")
        >>> package.resolve("word/document.xml", "footnotes.xml"), package.resolve("OPS/a.opf", "../b%20c.xhtml#n1")
        ('word/footnotes.xml', 'b c.xhtml')
        """
        target = unquote(target.partition("#")[0])
        if target.startswith("/"):
            return posixpath.normpath(target).lstrip("/")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
        while joined.startswith("../"):
            joined = joined[3:]
        return joined


def _next(stream: IO[bytes]) -> bytes:
    return stream.read(_CHUNK)


def _ole_error(data: bytes, where: str) -> ReadError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError(
            "the file is encrypted", where=where, hint="open it with its password and save it without one"
        )
    return ReadError(
        "this is a file of old Office (before 2007), not what its name says", where=where,
        hint="open it in an office program and save it in a newer format",
    )  # fmt: skip
