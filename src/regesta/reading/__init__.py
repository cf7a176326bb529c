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
from regesta.undisturbed import undisturbed
from regesta.unpacking import Member, documents, inner_name, within

__all__ = ["READERS", "is_readable", "read", "read_bytes"]

READERS: tuple[Reader, ...] = (
    LazyReader("html", (".html", ".htm", ".xhtml"), "regesta.reading.html"),
    LazyReader("jsonl", (".jsonl", ".ndjson"), "regesta.reading.records.jsonl"),
    LazyReader("json", (".json", ".geojson"), "regesta.reading.records.json"),
    LazyReader("wikitext", (".wikitext", ".wiki", ".mediawiki"), "regesta.reading.wikitext"),
    LazyReader("csv", (".csv",), "regesta.reading.table"),
    LazyReader("tsv", (".tsv", ".tab"), "regesta.reading.table"),
    LazyReader("markdown", (".md", ".markdown"), "regesta.reading.markdown"),
    LazyReader("docx", (".docx", ".docm"), "regesta.reading.office.docx"),
    LazyReader("odt", (".odt", ".ott", ".fodt"), "regesta.reading.office.odt"),
    LazyReader("xlsx", (".xlsx", ".xlsm"), "regesta.reading.office.xlsx"),
    LazyReader("ods", (".ods", ".ots", ".fods"), "regesta.reading.office.ods"),
    LazyReader("xls", (".xls",), "regesta.reading.office.xls"),
    LazyReader("epub", (".epub",), "regesta.reading.office.epub"),
    LazyReader("pdf", (".pdf",), "regesta.reading.pdf"),
    LazyReader("mhtml", (".mhtml", ".mht"), "regesta.reading.mails.mhtml"),
    LazyReader("mail", (".eml",), "regesta.reading.mails.mail"),
    LazyReader("text", (".txt", ".text"), "regesta.reading.plain"),
)
"""In the order in which they are asked to recognise a file without a known suffix; plain text, which takes all, is last."""


def read(path: str | Path, *, source: Source | None = None) -> Document:
    """Return the document that a file holds, or one within a container: `papers.zip/annals.html`.

    `source` says what is known of the file; its `name`, `sha256` and `format` are filled in where they are empty.
    Raises `ReadError` where the file is absent, is no text, names a format that nobody reads, or holds several documents.
    """
    path, inside = within(Path(path))
    known = source or Source(name=path.name)
    members: list[Member] = []
    n_others = 0
    try:
        for found in documents(path, known, wanted=is_readable):
            if not isinstance(found, Member):
                n_others += 1
            elif inside is None or found.source.name == f"{known.name}/{inside}":
                members.append(found)
                if inside is not None or len(members) > 1:
                    break
    except FileNotFoundError as error:
        raise ReadError("no such file", where=str(path), hint="check the path") from error
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ReadError(
            f"cannot be read ({reason})", where=str(path), hint="check its permissions"
        ) from error
    if len(members) > 1:
        example = members[0].source.name.removeprefix(f"{known.name}/")
        raise ReadError(
            "this holds several documents", where=str(path), hint=f"build it, or name one: {path}/{example}"
        )
    if not members and inside is not None:
        raise ReadError("no such document in it", where=str(path), found=inside, hint="build it to see all")
    if not members:
        raise ReadError(
            "this holds nothing that can be read", where=str(path), found=f"{n_others} other files"
        )
    return read_bytes(members[0].data, members[0].source)


def is_readable(name: str) -> bool:
    """Return whether the ending of a name is one that a reader knows.

    >>> is_readable("annals.HTML"), is_readable("portrait.jpg")
    (True, False)
    """
    suffix = PurePosixPath(name).suffix.lower()
    return any(suffix in reader.suffixes for reader in READERS)


def read_bytes(data: bytes, source: Source) -> Document:
    r"""Return the document that the bytes of a source hold; the suffix of its name tells the format.

    >>> read_bytes(b"Annals\n\nKim fled in 1953.\n", Source(name="annals.txt")).title
    'Annals'
    """
    reader = _reader_for(data, source)
    known = replace(source, format=reader.name, sha256=source.sha256 or hashlib.sha256(data).hexdigest())
    with undisturbed():
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
