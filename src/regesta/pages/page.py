"""What a page is: where it stands, what may be asked of it, the view it makes and the template that shows the view.

    PAGE = Page(name="coverage", section="coverage", view=coverage, template="coverage.html")

A view is made of the shelf and of what the reader asked, and of nothing else, so the same question gives the same page.
Nothing here renders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from regesta.pages.links import Links
from regesta.pages.wording import Words
from regesta.shelf import Shelf

__all__ = ["Asked", "Elsewhere", "Page"]

_LONGEST_VALUE = 200
"""Characters of a value in an address; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked of a page."""

    words: Words
    links: Links
    key: str = ""
    """Of the one thing that the page shows; empty for a page without one."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Only what the page knows, in the order in which the page names it."""
    tells_places: bool = False
    """A text says of each of its pieces where it begins, so that what somebody marks there can be found."""

    def get(self, name: str) -> str:
        """Return a value of the query, "" where it was not given."""
        return self.query.get(name, "")

    def number(self, name: str, *, least: int = 1, most: int = 1_000_000) -> int:
        """Return a whole number of the query within bounds, `least` where it is none."""
        given = self.get(name)
        return min(max(int(given), least), most) if given.isascii() and given.isdigit() else least


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is asked for has another address: it was merged into another, or is spelled otherwise."""

    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or all pages of one kind."""

    name: str
    """Its key in the words: `coverage.title` is its title."""
    section: str
    """The first part of its address; empty for the front page."""
    template: str
    """A file of `templates/`."""
    view: Callable[[Shelf, Asked], object | None]
    """Makes what the template shows as `view`; None where there is no such thing, `Elsewhere` where it is elsewhere."""
    has_key: bool = False
    """It shows one thing, which the rest of the address names."""
    parameters: tuple[str, ...] = ()
    """What may be asked of it; whatever else stands in an address is ignored."""
    is_listed: bool = True
    """It stands in the navigation; pages with a key never do."""
    is_long: bool = False
    """It asks about many rows, so a server should not wait for it."""

    def asked(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return what of a query this page knows, in its own order: two addresses of one page become one."""
        return {name: given[name][:_LONGEST_VALUE] for name in self.parameters if given.get(name)}
