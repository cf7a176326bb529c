"""OpenDocument files: a package with `content.xml`, or one flat XML file that holds all of it.

    .odt .ods    mimetype, content.xml, styles.xml, meta.xml, META-INF/manifest.xml
    .fodt .fods  <office:document> with the same elements

Encrypted files are said to be so. Nothing here knows what a text or a sheet is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regesta.errors import ReadError
from regesta.reading.office.markup import Element, parse
from regesta.reading.office.package import Package

__all__ = ["OpenDocument", "is_flat"]

_CHUNK = 1 << 18


def is_flat(data: bytes, media: bytes) -> bool:
    """Return whether the first bytes are those of a flat OpenDocument file of that media type.

    >>> is_flat(b'<office:document office:mimetype="application/vnd.oasis.opendocument.text">', b"text")
    True
    """
    return b"<office:document" in data and b"application/vnd.oasis.opendocument." + media in data


class OpenDocument:
    """The parts of an OpenDocument file."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the file; raises `ReadError` where it is none, or is encrypted."""
        self.where = where
        self._flat = data if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" else None
        self.part: str | None = None
        """Name of the part that holds the words; None for a flat file."""
        self._package: Package | None = None
        if self._flat is not None:
            if b"office:document" not in data:
                raise ReadError("this is no OpenDocument file", where=where, found=data[:20])
            return
        self._package = Package(data, where)
        if b"encryption-data" in (self._package.read("META-INF/manifest.xml") or b""):
            raise ReadError(
                "the file is encrypted", where=where, hint="open it with its password and save it without one"
            )
        self.part = "content.xml"
        if self.part not in self._package:
            raise ReadError(
                "this is no OpenDocument file", where=where,
                found=", ".join(self._package.names[:3]) or "an empty zip", hint="it has a part content.xml",
            )  # fmt: skip

    @property
    def path(self) -> str:
        """Path of the root element of the words."""
        return "/office:document" if self._flat is not None else "/office:document-content"

    def content(self) -> Iterable[bytes]:
        """Return the bytes that hold the words."""
        if self._package is not None:
            return self._package.chunks("content.xml")
        return _pieces(self._flat or b"")

    def tree(self, part: str) -> tuple[Element | None, str | None]:
        """Return the tree of a small part and what is wrong with it; the whole file where it is flat."""
        if self._package is None:
            return parse(self.content(), self.where)
        if part not in self._package:
            return None, None
        try:
            return parse(self._package.chunks(part), f"{self.where}/{part}")
        except ReadError as error:
            return None, str(error)


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _CHUNK):
        yield data[start : start + _CHUNK]
