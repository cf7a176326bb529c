"""What lies inside files of any kind, as text: what a reader of the file could see, and what a program could.

    any file            its name; its bytes as UTF-8, those of UTF-16 too; what is escaped, without the escapes
    .gz .bz2 .xz .zst   what they hold        .zip .xlsx .docx .epub .tar   names and contents of members
    DuckDB, Parquet     every value of every table, comments and metadata       SQLite   every value of every table

A file that cannot be opened is no clean file: it is told, so that a check fails. Members are unpacked one at a time, so many
bytes in all. Pictures and fonts are read as bytes; what is drawn in them nobody can look for here.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import codecs
import gzip
import html
import lzma
import re
import sqlite3
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final, cast
from urllib.parse import unquote

from regesta.edition.folding import DIVIDER

__all__ = ["Closed", "Raw", "texts_in", "views"]

_READ: Final = 1 << 20
"""Bytes that are read together."""
_BEHIND: Final = 1 << 12
"""Code points of the piece before that are seen again: a name may stand across the border."""
_DEEPEST: Final = 4
_LARGEST: Final = 1 << 34
"""Bytes that come out of one file."""
_ROWS: Final = 2_000
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|em|font|i|mark|q|ruby|rb|rt|s|small|span|strong|sub|sup|tspan|u|wbr|(?:tei:)?(?:persName|surname|forename|name|rs|hi))\b"
)
"""Tags that may stand within a name."""
_ESCAPE: Final = re.compile(r"&#?\w{1,31};?|%[0-9a-fA-F]{2}|\\[ux/nrtbf\"']")
_PARTED: Final = re.compile(
    rf"<(?:(?<=[^\s<>]<)|(?<=[^\s<>][ ,.-]<))(?<=<){_INLINE.pattern[1:]}[^<>]{{0,2000}}>[ ,.-]{{0,3}}"
    rf"(?:{_INLINE.pattern}[^<>]{{0,2000}}>[ ,.-]{{0,3}})*(?=[^\s<>])"
)
"""Tags within a line, between two letters or signs."""
_BESIDE: Final = 120
"""Code points on each side of an escape that are read with it."""
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([nrtbf/\"'])")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_MIXED: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[A-Z0-9].*[a-z].*[A-Z0-9])")


class Closed(Exception):  # noqa: N818 - it says what the file is
    """A file, or something in one, that cannot be looked into."""


class Raw(str):
    """The bytes of a store as text; every value of it is yielded beside them.

    A store keeps words in pieces and side by side, so that a name may seem to stand where no value has it.
    """

    __slots__ = ()


def texts_in(path: Path) -> Iterator[str]:
    """Yield what a file says, piece by piece. Raises `Closed` where something of it cannot be read."""
    try:
        with path.open("rb") as file:
            yield from _stream(file, path.name, 0, path)
    except OSError as error:
        raise Closed(str(error.strerror or error)) from error


def views(text: str) -> Iterator[str]:
    r"""Yield a text as it stands, and as it reads without escapes, without tags, and with what is in Base64.

    >>> list(views("Kim%20Chol &amp; Kim&#32;Il"))
    ['Kim%20Chol &amp; Kim&#32;Il', 'Kim Chol & Kim Il']
    >>> list(views(r"\u0041na <b>So</b>usa"))[1:]
    ['Ana <b>So</b>usa', '\\u0041na Sousa', 'Ana Sousa']
    """
    yield text
    escaped = _near(text, _ESCAPE)
    plain = escaped
    for _ in range(3):
        before = plain
        plain = unquote(html.unescape(_ESCAPED.sub(_unescaped, plain)), errors="replace")
        if plain == before:
            break
    if plain != escaped:
        yield plain
    for view in (text, plain):
        parted = _near(view, _PARTED) if "<" in view else ""
        if parted:
            yield _TAG.sub(_untagged, parted)
    decoded = [told for match in _BASE64.finditer(text) if (told := _from_base64(match[0]))]
    if decoded:
        yield "\n".join(decoded)


def _near(text: str, pattern: re.Pattern[str]) -> str:
    """Return the stretches of a text around whatever a pattern finds."""
    found: list[str] = []
    low = high = 0
    for match in pattern.finditer(text):
        if match.start() - _BESIDE > high:
            if high:
                found.append(text[low:high])
            low = max(0, match.start() - _BESIDE)
        high = min(len(text), match.end() + _BESIDE)
    if high:
        found.append(text[low:high])
    return DIVIDER.join(found)


def _untagged(match: re.Match[str]) -> str:
    """Return what reads in the place of a tag: nothing within a line, a border between blocks and cells."""
    return "" if _INLINE.match(match[0]) else DIVIDER


def _unescaped(match: re.Match[str]) -> str:
    if match[3]:
        return match[3] if match[3] in "/\"'" else " "
    return chr(int(match[1] or match[2], 16))


def _from_base64(run: str) -> str | None:
    """Return what a run of letters says in Base64, None where it is no text."""
    if not _MIXED.match(run[:200]):
        return None
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    body = body[: len(body) - (len(body) % 4 == 1)]
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        return None
    told = raw.decode("utf-8", "replace")
    return told if sum(x.isprintable() for x in told) * 4 > 3 * len(told) else None


def _stream(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:
    """Yield the texts of an open file: its bytes, and what is packed in it."""
    if depth > _DEEPEST:
        raise Closed("too many files within files")
    yield name
    yield from _plain(file)
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    opener = _opener(head, name)
    if opener is not None:
        try:
            yield from opener(file, name, depth, path)
        except Closed:
            raise
        except Exception as error:  # whatever a library says of a broken file: it is not clean
            raise Closed(type(error).__name__) from error


def _plain(file: IO[bytes]) -> Iterator[str]:
    """Yield the bytes of a file as text; where they look like UTF-16 as that too; those of a store as `Raw`."""
    head = file.read(16)
    file.seek(0)
    is_store = head[8:12] == b"DUCK" or head.startswith((b"PAR1", b"SQLite format 3"))
    wide = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else None
    decoder = codecs.getincrementaldecoder(wide or "utf-8")(errors="replace")
    tail, size = "", 0
    while raw := file.read(_READ):
        size += len(raw)
        if size > _LARGEST:
            raise Closed("too large")
        text = tail + decoder.decode(raw)
        yield Raw(text) if is_store else text
        if not wide and not is_store and b"\0" in raw:
            yield raw.replace(b"\0", b"").decode("utf-8", "replace")
        tail = text[-_BEHIND:]


Opener = Callable[[IO[bytes], str, int, Path | None], Iterator[str]]


def _opener(head: bytes, name: str) -> Opener | None:
    """Return what looks into a file that begins so."""
    if head[8:12] == b"DUCK":
        return _duckdb
    for magic, opener in (
        (b"PK\x03\x04", _zip), (b"PK\x05\x06", _zip), (b"\x1f\x8b", _gzip), (b"BZh", _bzip2), (b"\xfd7zXZ\0", _xz),
        (b"\x28\xb5\x2f\xfd", _zstd), (b"PAR1", _parquet), (b"SQLite format 3\0", _sqlite), (b"%PDF", _pdf), (b"\x89PNG", _png),
    ):  # fmt: skip
        if head.startswith(magic):
            return opener
    return _tar if head[257:262] == b"ustar" or name.endswith(".tar") else None


def _inner(raw: IO[bytes], name: str, depth: int) -> Iterator[str]:
    """Yield the texts of a stream that cannot be gone through twice, by way of a temporary file."""
    with tempfile.SpooledTemporaryFile(max_size=1 << 24) as spool:
        size = 0
        while piece := raw.read(_READ):
            size += len(piece)
            if size > _LARGEST:
                raise Closed("too large")
            spool.write(piece)
        spool.seek(0)
        yield from _stream(cast("IO[bytes]", spool), name, depth + 1, None)


def _zip(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    with zipfile.ZipFile(file) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for member in archive.infolist():
            yield f"{member.filename}\n{member.comment.decode('utf-8', 'replace')}"
            if not member.is_dir():
                with archive.open(member) as inner:
                    yield from _inner(inner, member.filename, depth)


def _tar(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    with tarfile.open(fileobj=file) as archive:
        for member in archive:
            yield f"{member.name}\n{member.linkname}\n{member.uname}\n{member.gname}"
            inner = archive.extractfile(member) if member.isfile() else None
            if inner is not None:
                yield from _inner(inner, member.name, depth)


def _gzip(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    yield from _inner(cast("IO[bytes]", gzip.GzipFile(fileobj=file)), name.removesuffix(".gz"), depth)


def _bzip2(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    yield from _inner(cast("IO[bytes]", bz2.BZ2File(file)), name, depth)


def _xz(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    with lzma.LZMAFile(file) as inner:
        yield from _inner(cast("IO[bytes]", inner), name, depth)


def _zstd(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    import zstandard

    yield from _inner(cast("IO[bytes]", zstandard.ZstdDecompressor().stream_reader(file)), name, depth)


def _pdf(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    """Yield the streams of a PDF that are deflated."""
    raw = file.read()
    for match in re.finditer(rb"stream\r?\n", raw):
        with_rest = zlib.decompressobj()
        try:
            yield with_rest.decompress(raw[match.end() :], 1 << 26).decode("utf-8", "replace")
        except zlib.error:
            continue  # not deflated: its bytes were seen


def _png(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    """Yield the compressed words of a picture: zTXt, iTXt."""
    raw = file.read()
    for match in re.finditer(rb"[zi]TXt[^\0]{1,79}\0[\0-\1]?[\0-\1]?[^\0]{0,80}\0?[^\0]{0,80}\0?", raw):
        with_rest = zlib.decompressobj()
        try:
            yield with_rest.decompress(raw[match.end() :], 1 << 24).decode("utf-8", "replace")
        except zlib.error:
            continue


def _on_disk(file: IO[bytes], path: Path | None, folder: str) -> Path:
    if path is not None:
        return path
    made = Path(folder) / "member"
    with made.open("wb") as out:
        while piece := file.read(_READ):
            out.write(piece)
    return made


def _duckdb(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        real = _on_disk(file, path, folder)
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            connection.execute(f"attach {_literal(str(real))} as looked (read_only)")
            about = "select table_name, comment, sql from duckdb_tables() where database_name = 'looked'"
            tables = connection.execute(about).fetchall()
            yield _joined(tables)
            columns = "select column_name, comment, column_default from duckdb_columns() where database_name = 'looked'"
            yield _joined(connection.execute(columns).fetchall())
            views_ = "select view_name, sql, comment from duckdb_views() where database_name = 'looked'"
            yield _joined(connection.execute(views_).fetchall())
            for table, _, _ in tables:
                quoted = '"' + table.replace('"', '""') + '"'
                yield from _rows(connection.execute(f"select * from looked.main.{quoted}"))  # noqa: S608 - quoted


def _parquet(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        real = _literal(str(_on_disk(file, path, folder)))
        with duckdb.connect(":memory:", config={"threads": 1}) as connection:
            for query in (
                f"select key::varchar, value::varchar from parquet_kv_metadata({real})",  # noqa: S608 - quoted
                f"select * from parquet_metadata({real})",  # noqa: S608
                f"select * from parquet_schema({real})",  # noqa: S608
                f"select * from read_parquet({real})",  # noqa: S608
            ):
                yield from _rows(connection.execute(query))


def _sqlite(file: IO[bytes], name: str, depth: int, path: Path | None) -> Iterator[str]:  # noqa: ARG001
    with tempfile.TemporaryDirectory() as folder:
        real = _on_disk(file, path, folder)
        connection = sqlite3.connect(f"file:{real}?mode=ro&immutable=1", uri=True)
        try:
            made = connection.execute("select type, name, sql, rootpage from sqlite_master").fetchall()
            yield _joined(made)
            for kind, table, sql, root in made:
                if kind == "table" and (root or "using fts" in (sql or "").lower()):
                    quoted = '"' + table.replace('"', '""') + '"'
                    yield from _rows(connection.execute(f"select * from {quoted}"))  # noqa: S608 - quoted
        finally:
            connection.close()


def _rows(cursor: Any) -> Iterator[str]:
    while rows := cursor.fetchmany(_ROWS):
        yield _joined(rows)


def _joined(rows: list[tuple[Any, ...]]) -> str:
    return DIVIDER.join(_told(value) for row in rows for value in row if value is not None)


def _told(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)):
        return DIVIDER.join(_told(x) for x in value if x is not None)
    if isinstance(value, dict):
        return DIVIDER.join(_told(x) for pair in value.items() for x in pair if x is not None)
    return str(value)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
