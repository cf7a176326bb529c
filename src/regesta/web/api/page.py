"""The page about the API: every address with its parameters and, where there is one, an example that can be followed.

Made from the same declaration as the API itself. Nothing here answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.pages import Asked, Page
from regesta.shelf import Shelf
from regesta.web.api.routes import ROUTES, Route

__all__ = ["PAGE", "About"]


@dataclass(frozen=True, slots=True)
class About:
    """The page."""

    root: str
    routes: tuple[Route, ...]
    person: str
    """The id of somebody, "" where there is nobody."""


def about(shelf: Shelf, asked: Asked) -> About:  # noqa: ARG001 - every view takes both
    """Return the page."""
    somebody = shelf.value(
        "select e.id from sought s join entities e on e.id = s.entity order by s.place limit 1"
    )
    return About("/api/v1", ROUTES, somebody or "")


PAGE = Page(name="api", section="api", view=about, template="api.html", is_listed=False)
