"""How much of a PDF is read, at most: what keeps a hostile file from costing more than it should."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Bounds"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of reading one file.

    >>> Bounds().pages
    5000
    """

    pages: int = 5000
    """More pages are not read."""
    page_characters: int = 200_000
    """More characters of one page are not read; a dense page of a newspaper has 30,000."""
    characters: int = 20_000_000
    """When the pages so far hold more, the rest is not read."""
    seconds: int = 60
    """A page that takes longer is left out."""
    memory: int = 1 << 30
    """Bytes that the process which opens the file may take beside the file itself."""
    failures: int = 4
    """Pages that may crash that process before the rest is given up."""
    words: int = 150_000
    """Up to so many words each has a place of its own; in longer files each line has."""
    recognised_pages: int = 500
    """Pictures of pages that are read by character recognition."""
