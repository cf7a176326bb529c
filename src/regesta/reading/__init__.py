"""Files into documents: one format a file, and this door.

    read(path) ──► the reader whose suffix it is, else the first of READERS that knows the look of it
                   ──► Document: text, blocks, tables, footnote marks, references

A `Source` that names a `format` decides by itself. The last reader, plain text, takes whatever is text.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path, PurePosixPath

from regesta.errors import ReadError
from regesta.model import Document, Source
from regesta.reading.protocol import LazyReader, Reader
from regesta.unpacking import inner_name

__all__ = ["READERS", "read", "read_bytes"]

READERS: tuple[Reader, ...] = (
    LazyReader("html", (".html", ".htm", ".xhtml"), "regesta.reading.html"),
    LazyReader("wikitext", (".wikitext", ".wiki", ".mediawiki"), "regesta.reading.wikitext"),
    LazyReader("csv", (".csv",), "regesta.reading.table"),
    LazyReader("tsv", (".tsv", ".tab"), "regesta.reading.table"),
    LazyReader("markdown", (".md", ".markdown"), "regesta.reading.markdown"),
    LazyReader("docx", (".docx", ".docm"), "regesta.reading.docx"),
    LazyReader("pdf", (".pdf",), "regesta.reading.pdf"),
    LazyReader("mhtml", (".mhtml", ".mht"), "regesta.reading.mhtml"),
    LazyReader("mail", (".eml",), "regesta.reading.mail"),
    LazyReader("text", (".txt", ".text"), "regesta.reading.plain"),
)
"""In the order in which they are asked to recognise a file without a known suffix; plain text, which takes all, is last."""


def read(path: str | Path, *, source: Source | None = None) -> Document:
    """Return the document that a file holds.

    `source` says what is known of the file; its `name`, `sha256` and `format` are filled in where they are empty.
    Raises `ReadError` where the file is absent, is no text, or names a format that nobody reads.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("no such file", where=str(path), hint="check the path") from error
    except IsADirectoryError as error:
        raise ReadError(
            "this is a folder", where=str(path), hint="name a file, or build the folder"
        ) from error
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise ReadError(
            f"cannot be read ({reason.lower()})", where=str(path), hint="check its permissions"
        ) from error
    return read_bytes(data, source or Source(name=path.name))


def read_bytes(data: bytes, source: Source) -> Document:
    r"""Return the document that the bytes of a source hold; the suffix of its name tells the format.

    >>> read_bytes(b"Annals\n\nKim fled in 1953.\n", Source(name="annals.txt")).title
    'Annals'
    """
    reader = _reader_for(data, source)
    known = replace(source, format=reader.name, sha256=source.sha256 or hashlib.sha256(data).hexdigest())
    return reader.read(data, known)


def _reader_for(data: bytes, source: Source) -> Reader:
    if source.format:
        for reader in READERS:
            if reader.name == source.format:
                return reader
        names = ", ".join(reader.name for reader in READERS)
        raise ReadError("unknown format", where=source.name, found=source.format, hint=f"one of {names}")
    suffix = PurePosixPath(inner_name(source.name)).suffix.lower()
    for reader in READERS:
        if suffix in reader.suffixes:
            return reader
    return next((reader for reader in READERS[:-1] if reader.sniff(data)), READERS[-1])
