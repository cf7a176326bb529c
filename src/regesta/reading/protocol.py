"""What a reader is: a name, the suffixes it knows, a look at the first bytes, and bytes -> Document.

    class Reader          name = "html"   suffixes = (".html", ".htm")
      sniff(data)         "does this look like mine?", asked only when no suffix decides
      read(data, source)  the document

A reader of this room is a module with the two functions `sniff` and `read`; `LazyReader` names the module and imports it
at its first use, so that reading plain text never loads an HTML parser. Nothing here knows a format.

Codes of `Document.problems`:

    R001  the bytes are no UTF-8, or are with bad places; which encoding was taken
    R002  the file holds no words
    R003  a part of the file could not be made sense of and was read as plain words
    R004  a row has more or fewer cells than the others
    R005  the file holds more of something than is read: cells of a table, levels of nesting
    R006  the file looks like another format than its name says
    R020  pages are pictures without a text layer and were not read
    R021  pages are pictures, and their words were recognised
    R022  pages could not be read
    R023  pages, or characters of a page, beyond the limits were not read
    R024  many characters have no meaning in Unicode
    R040  a part of a mail or of a saved page was not read: an attachment, a frame
    R041  a record of JSON could not be read
    R042  a value of JSON is nested deeper than is read, or its text goes on where no text is read
    R030  words deleted in a tracked change were left out
    R031  words, rows or sheets are hidden; they were read, hidden words as furniture
    R032  something is embedded whose words were not read: a chart, a file of another program
    R033  formulas have no saved value
    R034  a part of the file is missing or locked and was left out
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from regesta.model import Document, Source

__all__ = ["LazyReader", "Reader", "ReaderModule"]


class ReaderModule(Protocol):
    """The two functions that a module of this room offers."""

    def sniff(self, data: bytes, /) -> bool:
        """Return whether the first bytes (at most 4096) look like this format."""

    def read(self, data: bytes, source: Source, /) -> Document:
        """Return the document; raises `ReadError` where the bytes cannot be this format."""


class Reader(ReaderModule, Protocol):
    """One file format."""

    @property
    def name(self) -> str:
        """The name that `Source.format` carries."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes in lower case, with their dot."""


@dataclass(frozen=True, slots=True)
class LazyReader:
    """A reader whose module is imported when it is first used.

    >>> LazyReader("text", (".txt",), "regesta.reading.plain").sniff(b"Kim fled.")
    True
    """

    name: str
    suffixes: tuple[str, ...]
    module: str

    def _load(self) -> ReaderModule:
        return cast("ReaderModule", import_module(self.module))

    def sniff(self, data: bytes) -> bool:
        """Return whether the first bytes look like this format."""
        return self._load().sniff(data[:4096])

    def read(self, data: bytes, source: Source) -> Document:
        """Return the document that the bytes hold."""
        return self._load().read(data, source)
