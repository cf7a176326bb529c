"""Plain text as scraped pages really look."""

from __future__ import annotations

from regesta.model import Document, Source, content_id
from regesta.reading.decoding import decode

__all__ = ["read", "sniff"]


def sniff(data: bytes) -> bool:
    """Return whether the bytes are text at all."""
    return b"\0" not in data


def read(data: bytes, source: Source) -> Document:
    """Return the document of a plain text."""
    text, _ = decode(data, source.name)
    return Document(id=content_id("d", ["text", text]), source=source, text=text)
