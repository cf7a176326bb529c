"""Entries of reference lists into their parts: who, what, where, when, under which number.

Shared by all readers: each finds the entry's words in its own way and asks here what they say.
"""

from __future__ import annotations

from typing import Literal

from regesta.model import Reference, content_id
from regesta.text.span import Span

__all__ = ["parse_reference", "reference_id"]

ReferenceKind = Literal["footnote", "bibliography", "link"]


def reference_id(source_name: str, kind: ReferenceKind, marker: str, span: Span) -> str:
    """Return the id of the entry of that kind and label at that place of a source."""
    return content_id("r", [source_name, kind, marker, span.start, span.end])


def parse_reference(
    text: str,
    span: Span,
    *,
    kind: ReferenceKind,
    marker: str = "",
    source_name: str,
    url: str | None = None,
) -> Reference:
    """Return what the words `text[span]` of one entry say; `marker` is the label as the body cites it, such as `[1]`.

    `url` is the target of the entry's link, for formats that have links; else one is sought in the words.
    """
    return Reference(
        id=reference_id(source_name, kind, marker, span), kind=kind, marker=marker, span=span, url=url
    )
