"""ODT: the text of an OpenDocument file, streamed.

    content.xml   headings, paragraphs, lists as numbered, tables, notes where their marks stand
    styles.xml    which style is based on which; running heads, which are furniture at the end
    meta.xml      title, language, dates

Remarks in the margin are furniture, deletions that are tracked are left out and said. Pictures are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.reading.office.package import check_kind, kind

if TYPE_CHECKING:
    from regesta.model import Document, Source

__all__ = ["read", "sniff"]


def sniff(data: bytes) -> bool:
    """Return whether the first bytes are those of an ODT, packed or flat.

    >>> sniff(b"PK")
    False
    """
    return kind(data) == "odt" or (
        b"<office:document" in data and b"application/vnd.oasis.opendocument.text" in data
    )


def read(data: bytes, source: Source) -> Document:
    """Return the document that an ODT holds; unknown fields of the source are filled from its properties.

    Raises `ReadError` where the bytes are no OpenDocument text, are encrypted, or unpack to more than is read.
    """
    from regesta.reading.office.odt.parts import read_parts

    check_kind(data, "odt", source.name)
    return read_parts(data, source)
