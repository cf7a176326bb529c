"""EPUB: the chapters of a book in the order of its spine, read as pages of HTML are.

    META-INF/container.xml ──► content.opf ──► spine: ch1.xhtml, ch2.xhtml, …    one text, headings and notes throughout
                                          └──► title, language, rights, dates

Notes may stand in another chapter than their marks. What the book says of its own order (`nav`, NCX, page lists) is no
chapter. Pictures, styles and scripts are not read; a chapter that is locked is said to be so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.reading.office.package import check_kind, kind

if TYPE_CHECKING:
    from regesta.model import Document, Source

__all__ = ["read", "sniff"]


def sniff(data: bytes) -> bool:
    """Return whether the first bytes are those of an EPUB.

    >>> sniff(b"PK")
    False
    """
    return kind(data) == "epub"


def read(data: bytes, source: Source) -> Document:
    """Return the document that a book holds; unknown fields of the source are filled from its metadata.

    Raises `ReadError` where the bytes are no EPUB, all its chapters are locked, or it unpacks to more than is read.
    """
    from regesta.reading.office.epub.book import read_book

    check_kind(data, "epub", source.name)
    return read_book(data, source)
