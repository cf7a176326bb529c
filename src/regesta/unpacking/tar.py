"""Tar archives, read as a stream: V7, ustar, GNU long names, pax names and sizes (POSIX.1-2017, pax).

    header 512 ─► [long name, pax records: at most 1 MiB] ─► header ─► bytes, padded to 512 ─► header ...

Own code instead of the standard library's `tarfile`, which holds every header for ever, reads pax headers of any size and
searches them in quadratic time in the Pythons that are in use (CVE-2024-6232). Sparse files are left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking import limits
from regesta.unpacking.naming import Names, clean, is_hidden, of_member
from regesta.unpacking.protocol import Packed, rejection
from regesta.unpacking.saved import is_saved_part

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["members"]

_BLOCK = 512
_MAX_HEADER = 1 << 20
_REGULAR = b"0\x007"
_EXTENDED = b"xgLKX"
_FOLDER = b"5"
_REFUSED = {
    **dict.fromkeys(b"12", "The member is a link."),
    **dict.fromkeys(b"346", "The member is a device."),
    ord("S"): "The member is a sparse file.",
}


def members(file: BinaryIO, source: Source) -> Iterator[Packed | Rejection]:
    """Yield the files of a tar archive."""
    names, together, said = Names(), set[str](), dict[str, bytes]()
    n_members = 0
    while header := _header(file, source.name):
        kind = header[156]
        size = _number(said.get("size") or header[124:136], source.name, is_pax="size" in said)
        if kind in _EXTENDED:
            body = _body(file, size, source.name)
            if kind == ord("L"):
                said["path"] = body.split(b"\0")[0]
            elif kind in b"xX":
                said |= _pax(body)
            continue
        part, name = _Part(file, size, source.name), said.get("path") or _name(header)
        is_sparse = any(key.startswith("GNU.sparse") for key in said)
        said = {}
        n_members += 1
        if n_members > limits.MAX_MEMBERS:
            yield rejection(
                source.name,
                "U007",
                f"It holds more than {limits.MAX_MEMBERS:,} members; the rest was left out.",
            )
            return
        path = clean(name.decode("utf-8", "replace"))
        if kind == _FOLDER[0] or (kind in _REGULAR and name.endswith(b"/")) or (path and is_hidden(path)):
            pass
        elif path is None:
            shown = name[:200].decode("utf-8", "replace")
            yield rejection(f"{source.name}/{shown}", "U001", "The name leads out of the archive.")
        else:
            inner = of_member(source, names.unique(path))
            if is_sparse or kind not in _REGULAR:
                reason = (
                    _REFUSED[ord("S")] if is_sparse else _REFUSED.get(kind, "The member is no ordinary file.")
                )
                yield rejection(inner.name, "U005", reason)
            elif is_saved_part(path, together):
                yield rejection(inner.name, "U009", "It belongs to a saved page.")
            else:
                together.add(path)
                yield Packed(inner, path, cast("BinaryIO", part))
        part.skip()


def _header(file: BinaryIO, where: str) -> bytes:
    """Return the next header, nothing at the end."""
    block = _exactly(file, _BLOCK)
    if not block.strip(b"\0"):
        return b""
    if len(block) < _BLOCK:
        raise ReadError("the archive ends within a header", where=where)
    total = sum(block) - sum(block[148:156]) + 8 * 32
    stated = block[148:156].strip(b" \0")
    if not stated.isdigit() or stated.strip(b"01234567") or int(stated, 8) != total:
        raise ReadError("this is no header of a tar archive", where=where, found=block[:16])
    return block


def _exactly(file: BinaryIO, size: int) -> bytes:
    """Return the next bytes, fewer only at the end of the file."""
    data = file.read(size)
    while len(data) < size and (more := file.read(size - len(data))):
        data += more
    return data


def _number(field: bytes, where: str, *, is_pax: bool) -> int:
    """Return a size: decimal in pax, octal or, with the first bit set, base 256 in a header."""
    try:
        if is_pax:
            return max(0, int(field[:20]))
        if field[0] & 0x80:
            return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
        return int(field.strip(b" \0") or b"0", 8)
    except ValueError as error:
        raise ReadError("the size of a member is no number", where=where, found=field[:20]) from error


def _body(file: BinaryIO, size: int, where: str) -> bytes:
    if size > _MAX_HEADER:
        raise ReadError("a header is longer than any name", where=where, found=size)
    return _exactly(file, -(-size // _BLOCK) * _BLOCK)[:size]


def _pax(body: bytes) -> dict[str, bytes]:
    """Return the records `length key=value` of a pax header that matter here."""
    found: dict[str, bytes] = {}
    at = 0
    while at < len(body):
        space = body.find(b" ", at, at + 10)
        if space < 0 or not body[at:space].isdigit() or int(body[at:space]) <= space - at:
            break
        end = at + int(body[at:space])
        key, equals, value = body[space + 1 : end - 1].partition(b"=")
        if equals and (key in (b"path", b"size") or key.startswith(b"GNU.sparse")):
            found[key.decode("ascii", "replace")] = value
        at = end
    return found


def _name(header: bytes) -> bytes:
    name = header[:100].split(b"\0")[0]
    prefix = header[345:500].split(b"\0")[0] if header[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


class _Part(io.RawIOBase):
    """The bytes of one member."""

    def __init__(self, file: BinaryIO, size: int, where: str) -> None:
        self._file, self._left, self._where = file, size, where
        self._padding = -size % _BLOCK

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size < 0:
            return self.readall()
        wanted = min(size, self._left)
        data = self._file.read(wanted) if wanted else b""
        if wanted and not data:
            self._left = self._padding = 0
            raise ReadError("the archive ends within a member", where=self._where)
        self._left -= len(data)
        return data

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def skip(self) -> None:
        """Read past what is left of it."""
        left = self._left + self._padding
        while left and (data := self._file.read(min(left, 1 << 20))):
            left -= len(data)
        self._left = self._padding = 0
