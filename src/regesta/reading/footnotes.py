"""Footnote marks in the body, and the references that they point at.

    ... a third country.[4][5] The usual ...        1. ^ "Title". House.
                        [-)[-)  Marker("4"), Marker("5")     label "1" -> Reference

A format that has marks of its own (HTML, wikitext) makes its `Marker`s itself and only calls `link`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regesta.model import Marker, Reference
from regesta.text.span import Span

__all__ = ["find", "link"]


def find(text: str, body: Iterable[Span], references: Sequence[Reference]) -> list[Marker]:
    """Return the marks in the given spans of the text (the body without its reference lists), in order, unlinked."""
    del text, body, references
    return []


def link(
    markers: Iterable[Marker], references: Iterable[Reference]
) -> tuple[tuple[Marker, ...], tuple[Reference, ...]]:
    """Return both with their links: by label where a marker names no reference yet; a dangling mark keeps None.

    A reference's label is its `marker` without brackets. `cited_at` is made anew from all marks.
    """
    return tuple(markers), tuple(references)
