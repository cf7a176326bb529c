"""The page about the API: every address with its parameters and, where there is one, an example that can be followed.

Made from the same declaration as the API itself. Nothing here answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.pages import Asked, Page
from regesta.shelf import Shelf
from regesta.web.api.routes import ROUTES, Route

__all__ = ["PAGE", "About"]

_ROOT = "/api/v1"


@dataclass(frozen=True, slots=True)
class About:
    """The page."""

    root: str
    openapi: str
    reconcile: str
    routes: tuple[Route, ...]
    examples: tuple[str, ...]


def about(shelf: Shelf, asked: Asked) -> About:  # noqa: ARG001 - every view takes both
    """Return the page."""
    somebody = shelf.value(
        "select e.id from sought s join entities e on e.id = s.entity order by s.place limit 1"
    )
    examples = [f"{_ROOT}{route.path}?{route.example}" for route in ROUTES if route.example]
    if somebody:
        examples.append(f"{_ROOT}/claims?subject={somebody}")
    return About(_ROOT, f"{_ROOT}/openapi.json", f"{_ROOT}/reconcile", ROUTES, tuple(examples))


PAGE = Page(name="api", section="api", view=about, template="api.html", is_listed=False)
