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
    """What made the chronicle and its version, from the table `meta`."""
    tables: tuple[tuple[str, int], ...]
    """Each table with its number of rows."""


def about(shelf: Shelf, asked: Asked) -> About:  # noqa: ARG001 - every view takes both
    """Return the page."""
    counts = {key: value for key, value in shelf.meta.items() if key.startswith("n_")}
    return About(
        made_by=tuple((key, value) for key, value in sorted(shelf.meta.items()) if key not in counts),
        tables=tuple((key.removeprefix("n_"), int(value)) for key, value in sorted(counts.items())),
    )


PAGE = Page(name="about", section="about", view=about, template="about.html")
