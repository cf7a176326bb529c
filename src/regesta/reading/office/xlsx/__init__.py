"""XLSX: the package's sheets, each streamed, into one text.

    xl/workbook.xml          names and order of the sheets, which are hidden, how dates count
    xl/sharedStrings.xml     words            xl/styles.xml    what is a date, a share, an amount
    xl/worksheets/*.xml      cells by their saved values; merged cells, hidden rows and columns
    xl/comments*.xml         furniture

A formula is never computed: its saved value is read. Charts and pictures are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.reading.office.package import check_kind, kind

if TYPE_CHECKING:
    from regesta.model import Document, Source

__all__ = ["read", "sniff"]


def sniff(data: bytes) -> bool:
    """Return whether the first bytes are those of an XLSX.

    >>> sniff(b"PK")
    False
    """
    return kind(data) == "xlsx"


def read(data: bytes, source: Source) -> Document:
    """Return the document that a workbook holds; unknown fields of the source are filled from its properties.

    Raises `ReadError` where the bytes are no XLSX, are encrypted, or unpack to more than is read.
    """
    from regesta.reading.office.xlsx.workbook import read_workbook

    check_kind(data, "xlsx", source.name)
    return read_workbook(data, source)
