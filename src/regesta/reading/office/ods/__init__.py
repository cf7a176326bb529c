"""ODS: the sheets of an OpenDocument file, streamed into one text.

    <table:table table:name="Arrivals">
      <table:table-row> <table:table-cell office:value-type="date" office:date-value="1953-05-01">

Nothing is computed: the saved values are read. Charts and pictures are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.reading.office.package import check_kind, kind

if TYPE_CHECKING:
    from regesta.model import Document, Source

__all__ = ["read", "sniff"]


def sniff(data: bytes) -> bool:
    """Return whether the first bytes are those of an ODS, packed or flat.

    >>> sniff(b"PK")
    False
    """
    return kind(data) == "ods" or (
        b"<office:document" in data and b"application/vnd.oasis.opendocument.spreadsheet" in data
    )


def read(data: bytes, source: Source) -> Document:
    """Return the document that an ODS holds; unknown fields of the source are filled from its properties.

    Raises `ReadError` where the bytes are no OpenDocument sheets, are encrypted, or unpack to more than is read.
    """
    from regesta.reading.office.ods.cells import read_sheets

    check_kind(data, "ods", source.name)
    return read_sheets(data, source)
