"""DOCX: the package's parts, each walked into one text.

    word/document.xml                     the body, streamed
    word/footnotes.xml, endnotes.xml      footnotes, numbered as their marks are
    word/comments.xml, header*, footer*   furniture at the end, and words that are hidden
    word/styles.xml, numbering.xml        what is a heading, what is an item and its number
    docProps/core.xml                     title, language, dates

Nothing is executed: macros, embedded files and fields that would fetch something are not looked at. Pictures are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.reading.office.package import check_kind, kind

if TYPE_CHECKING:
    from regesta.model import Document, Source

__all__ = ["read", "sniff"]


def sniff(data: bytes) -> bool:
    r"""Return whether the first bytes are those of a DOCX.

    >>> sniff(b"PK\x03\x04")
    False
    """
    return kind(data) == "docx"


def read(data: bytes, source: Source) -> Document:
    """Return the document that a DOCX holds; unknown fields of the source are filled from its properties.

    Raises `ReadError` where the bytes are no DOCX, are encrypted, or unpack to more than is read.
    """
    from regesta.reading.office.docx.parts import read_parts

    check_kind(data, "docx", source.name)
    return read_parts(data, source)
