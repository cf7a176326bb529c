"""The body of an answer: all of it, unpacked, or a clear no.

    answer ──64 kB at a time──► gzip or deflate undone ──► bytes, at most `limit` of them

Both what comes in and what comes out of unpacking are counted, so that a bomb costs no more than the limit. A body that ends
before its announced length is refused: half a page is no source.
"""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Callable, Iterator

from regesta.errors import ReadError

__all__ = ["ACCEPTED", "Progress", "read_beginning", "read_body"]

ACCEPTED = "gzip, deflate"
"""What may be sent packed, for the header `Accept-Encoding`: what the standard library undoes within a bound."""

Progress = Callable[[int, int | None], None]
"""Told after every piece: bytes received, and how many there will be where that is known."""

_PIECE = 1 << 16


def read_body(
    answer: http.client.HTTPResponse, limit: int, where: str, progress: Progress | None = None
) -> bytes:
    """Return the body of an answer; raises `ReadError` where it is larger than `limit` bytes, cut short or badly packed."""
    if answer.length is not None and answer.length > limit:
        raise _too_large(limit, where, answer.length)
    packing = answer.headers.get("Content-Encoding", "").strip().lower()
    pieces = _pieces(answer, limit, where, progress)
    if packing in {"", "identity"}:
        return b"".join(pieces)
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise ReadError("was sent packed in a way that was not asked for", where=where, found=packing[:40])
    try:
        return b"".join(_unpacked(pieces, packing, limit, where))
    except zlib.error as error:
        raise ReadError(f"was sent badly packed ({packing})", where=where) from error


def read_beginning(answer: http.client.HTTPResponse, size: int, where: str) -> bytes:
    """Return the first bytes of a body, at most `size`; what is behind them is not asked for unless it came packed."""
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        return read_body(answer, 8 * size, where)[:size]
    total = answer.length
    begun = answer.read(size)
    if total is not None and len(begun) < min(size, total):
        raise _cut_short(where, len(begun), total)
    return begun


def _pieces(
    answer: http.client.HTTPResponse, limit: int, where: str, progress: Progress | None
) -> Iterator[bytes]:
    total = answer.length
    size = 0
    try:
        while piece := answer.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise _too_large(limit, where, total)
            if progress:
                progress(size, total)
            yield piece
    except http.client.IncompleteRead as error:
        raise _cut_short(where, size + len(error.partial), total) from error
    if total is not None and size < total:
        raise _cut_short(where, size, total)


def _unpacked(pieces: Iterator[bytes], packing: str, limit: int, where: str) -> Iterator[bytes]:
    """Yield what packed pieces hold; gzip may have several members, deflate comes with and without a header."""
    unpacker = None
    size = 0
    is_over = True
    for given in pieces:
        piece = given
        while piece:
            if unpacker is None or unpacker.eof:
                unpacker = zlib.decompressobj(_bits(packing, piece))
            out = unpacker.decompress(piece, limit - size + 1)
            size += len(out)
            if size > limit:
                raise _too_large(limit, where, None)
            yield out
            is_over = unpacker.eof
            piece = unpacker.unused_data if is_over else unpacker.unconsumed_tail
            if is_over and (packing == "deflate" or not piece.startswith(b"\x1f")):
                piece = b""  # padding behind the last member
    if not is_over:
        raise _cut_short(where, size, None)


def _bits(packing: str, piece: bytes) -> int:
    """Return what `zlib` calls the window: with a gzip header, with a zlib header, or bare."""
    if packing != "deflate":
        return 31
    return 15 if piece[0] & 0x0F == 8 and (len(piece) < 2 or (piece[0] << 8 | piece[1]) % 31 == 0) else -15


def _too_large(limit: int, where: str, size: int | None) -> ReadError:
    told = f" ({size:,} bytes)" if size else ""
    return ReadError(
        f"is larger than {limit / (1 << 20):g} MB{told}", where=where, hint="allow more with --max-size"
    )


def _cut_short(where: str, size: int, total: int | None) -> ReadError:
    told = f"after {size:,} of {total:,} bytes" if total else f"after {size:,} bytes"
    return ReadError(f"ended early, {told}", where=where, hint="try again")
