"""About: what made this chronicle, how to read it, and what is in its tables."""

from __future__ import annotations

from dataclasses import dataclass

from regesta.pages.page import Asked, Page
from regesta.shelf import Shelf

__all__ = ["PAGE", "About", "about"]


@dataclass(frozen=True, slots=True)
class About:
    """The page."""

    made_by: tuple[tuple[str, str], ...]
    """What made the chronicle, in words, and its version, from the table `meta`; of an edition how much it left out."""
    tables: tuple[tuple[str, int], ...]
    """Each table with its number of rows."""


_LEFT_OUT = "left_out:"
_WITHHELD = "withheld:"
"""What begins the keys that the page of an edition tells, rule by rule."""


def about(shelf: Shelf, asked: Asked) -> About:
    """Return the page."""
    counts = {key: value for key, value in shelf.meta.items() if key.startswith("n_")}
    made_by = [
        (_said(key, asked), value)
        for key, value in sorted(shelf.meta.items())
        if key not in counts and not key.startswith(_WITHHELD)
    ]
    return About(
        made_by=tuple(made_by),
        tables=tuple((key.removeprefix("n_"), int(value)) for key, value in sorted(counts.items())),
    )


def _said(key: str, asked: Asked) -> str:
    """Return what a key of `meta` tells."""
    if key.startswith(_LEFT_OUT):
        return asked.words("about.left_out", what=asked.words.named("table", key.removeprefix(_LEFT_OUT)))
    return asked.words.named("meta", key)


PAGE = Page(name="about", section="about", view=about, template="about.html")
