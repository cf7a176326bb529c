"""Web archives (WARC, ISO 28500): one member per page that was fetched well, `crawl.warc.gz/example.org/a.html`.

    response, status 200, text/html; charset=euc-kr ─► Member(url, retrieved, encoding), transfer and content decoded

Requests, revisits, metadata and answers that are no documents (pictures, scripts, errors) are counted, and said at the end.
The decoding is put together here: left to itself, FastWARC 2.0.1 ends the file after a record that is chunked and gzipped.
Needs the extra `warc`. No page is read here.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking.naming import Seen, of_member, safe
from regesta.unpacking.protocol import Packed, rejection
from regesta.unpacking.streams import metered

if TYPE_CHECKING:
    from fastwarc.warc import ArchiveIterator, WarcRecord

__all__ = ["members"]

_TYPES = {
    "text/html": (".html", "html"), "application/xhtml+xml": (".xhtml", "html"),
    "text/plain": (".txt", "text"), "text/markdown": (".md", "markdown"), "text/x-wiki": (".wiki", "wikitext"),
    "text/csv": (".csv", "csv"), "text/tab-separated-values": (".tsv", "tsv"),
    "application/json": (".json", ""), "application/ld+json": (".json", ""), "application/x-ndjson": (".jsonl", ""),
    "application/pdf": (".pdf", ""), "application/x-pdf": (".pdf", ""), "application/epub+zip": (".epub", ""),
    "application/zip": (".zip", ""), "message/rfc822": (".eml", ""), "multipart/related": (".mhtml", ""),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx", ""),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx", ""),
    "application/vnd.oasis.opendocument.text": (".odt", ""),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods", ""),
}  # fmt: skip
"""Media types that are documents: the ending that tells them, and the reader where the ending of an address would mislead."""

_MAX_HEADER = 1 << 16
_CHARSET = re.compile(r"(?!punycode|idna|raw|unicode|undefined)[a-z0-9][a-z0-9_.:+-]{1,39}")
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[^\r\n]{0,50}\r?\n")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def members(file: BinaryIO, source: Source) -> Iterator[Packed | Rejection]:
    """Yield the pages of a web archive."""
    seen, left_out = Seen(), Counter[str]()
    number = 0
    for record in _records(file, source.name):
        number += 1
        if (reason := _no_page(record)) is not None:
            left_out[reason] += 1
        else:
            yield _page(record, source, seen, number)
    if not number:
        raise ReadError("this is no web archive", where=source.name, hint="it holds no record of WARC")
    for what, count in left_out.most_common(20):
        yield rejection(source.name, "U008", f"Left out by rule: {count:,} records ({what}).")


def _records(file: BinaryIO, where: str) -> Iterator[WarcRecord]:
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as error:
        raise ReadError(
            "reading a web archive needs the package fastwarc",
            where=where,
            hint="pip install 'regesta[warc]'",
        ) from error
    iterator: ArchiveIterator = ArchiveIterator(
        cast("BinaryIO", _Given(file)),
        parse_http=True,
        auto_decode="none",
        max_header_len=_MAX_HEADER,
        stream_detect=False,
    )
    while True:
        try:
            record = next(iterator)
        except StopIteration:
            return
        except (OSError, ValueError, RuntimeError) as error:
            raise ReadError("the web archive is damaged", where=where, found=str(error)[:160]) from error
        yield record


def _no_page(record: WarcRecord) -> str | None:
    """Return why a record is no page, None for a page."""
    kind = str(record.record_type)
    if kind not in ("response", "resource"):
        return f"of type {kind}"
    if kind == "response" and (not record.is_http or record.http_headers is None):
        return "answers of other protocols"
    status = record.http_headers.status_code if record.http_headers is not None else 200
    if status != 200:
        return f"status {status}"
    media = _media(record)
    return None if media in _TYPES else f"media type {media[:80] or 'unknown'}"


def _media(record: WarcRecord) -> str:
    stated = (
        record.http_content_type if record.http_headers is not None else record.headers.get("Content-Type")
    )
    return " ".join((stated or "").split(";")[0].split()).lower()


def _page(record: WarcRecord, source: Source, seen: Seen, number: int) -> Packed:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> \t")[:2000]
    suffix, form = _TYPES[_media(record)]
    path = _path(url, suffix)
    if seen.add(path):
        path = f"{path.removesuffix(suffix)}~{number}{suffix}"
        seen.add(path)
    date = _DATE.match(record.headers.get("WARC-Date") or "")
    charset = (record.http_charset or "").strip().lower()[:40] if record.http_headers is not None else ""
    inner = replace(
        of_member(source, path),
        format=form,
        url=url or None,
        retrieved=date[0] if date else source.retrieved,
        encoding=charset if _CHARSET.fullmatch(charset) else None,
    )
    return Packed(inner, f"page{suffix}", _decoded(record, inner.name))


def _decoded(record: WarcRecord, where: str) -> BinaryIO:
    """Return the body without its transfer and content encodings, which many archives name though they undid them."""
    from fastwarc import stream_io

    file = metered(cast("BinaryIO", _Whole(record)), where)
    headers = record.http_headers
    stated = [] if headers is None else [headers.get("Transfer-Encoding"), headers.get("Content-Encoding")]
    for encoding in [word.strip().lower() for words in stated for word in (words or "").split(",")[::-1]][:4]:
        head = file.peek(64)
        stream = cast("BinaryIO", file)
        opened: object
        if encoding == "chunked" and _CHUNK.match(head):
            opened = stream_io.ChunkedReader(stream)
        elif encoding in ("gzip", "x-gzip") and head.startswith(b"\x1f\x8b"):
            opened = stream_io.GzipReader(stream)
        elif encoding == "br":
            opened = stream_io.BrotliReader(stream)
        elif encoding == "zstd" and head.startswith(b"\x28\xb5\x2f\xfd"):
            opened = stream_io.ZstdReader(stream)
        elif encoding == "deflate":
            opened = _Deflated(stream, is_bare=not head.startswith(b"\x78"))
        else:
            continue
        file = metered(cast("BinaryIO", opened), where)
    return cast("BinaryIO", file)


class _Given:
    """A file that gives what it has, so that what was whole before damage is not lost."""

    def __init__(self, file: BinaryIO) -> None:
        self._next: Callable[[int], bytes] = getattr(file, "read1", file.read)
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._next(size)

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)


class _Whole:
    """The body of a record, which is as long as its header says or damaged."""

    def __init__(self, record: WarcRecord) -> None:
        self._read: Callable[[int], bytes] = record.reader.read
        self._left = record.content_length

    def read(self, size: int) -> bytes:
        data = self._read(size)
        self._left -= len(data)
        if not data and size and self._left > 0:
            raise EOFError("the record ends too early")
        return data


class _Deflated:
    """A zlib stream, or a bare one, as servers disagree on what `deflate` means (RFC 9110, 8.4.1.2)."""

    def __init__(self, file: BinaryIO, *, is_bare: bool) -> None:
        self._file = file
        self._stream = zlib.decompressobj(-15 if is_bare else 15)
        self._left = b""

    def read(self, size: int) -> bytes:
        while not self._stream.eof and (packed := self._left or self._file.read(1 << 16)):
            data = self._stream.decompress(packed, size)
            self._left = self._stream.unconsumed_tail
            if data:
                return data
        return b""


_LONGEST_PATH = 400
"""Code points of a page's name; two that are cut alike are told apart by their numbers."""


def _path(url: str, suffix: str) -> str:
    """Return a name for a page: host, path and query of its address, ending as its format does.

    >>> _path("https://a.example/b/c?id=%ED%95%9C", ".html"), _path("https://a.example/", ".html")
    ('a.example/b/c?id=한.html', 'a.example/index.html')
    """
    try:
        parts = urlsplit(url)
        host, path, query = parts.hostname or "", unquote(parts.path), unquote(parts.query)
    except ValueError:
        host, path, query = "", unquote(url), ""
    names = [safe(part) for part in (host, *path.split("/")) if part not in ("", ".", "..")]
    if path.endswith("/") or len(names) < 2:
        names.append("index")
    whole = ("/".join(names) + (f"?{safe(query.replace('/', '_'))}" if query else ""))[:_LONGEST_PATH]
    return whole if whole.lower().endswith(suffix) else whole + suffix
