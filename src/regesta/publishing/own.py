"""The pages that a site has and the web has not: the edition, its downloads, its search.

What they show is given to every template (`imprint`, `told`, `exports`), so their views are empty. Nothing here asks the
shelf but for the sources and their terms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from regesta.pages import Asked, Page
from regesta.shelf import Row, Shelf

__all__ = ["OWN", "Edition", "Term", "terms_of"]

_FREE = re.compile(r"\bCC0\b|public domain|\bPD\b|no rights reserved|unlicense", re.IGNORECASE)
_ALIKE = re.compile(r"\bCC[- ]BY[- ](?:NC[- ])?SA\b|share[- ]?alike|\bGFDL\b|\bGPL\b|\bODbL\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\bCC[- ]BY\b|attribution|\bODC[- ]By\b|\bMIT\b|\bBSD\b|\bApache\b|\bOGL\b|open government|\bKOGL\b",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"all rights reserved|copyright|©|permission|fair (?:use|dealing)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A source with what its licence asks of who uses its words."""

    row: Row
    """Of `sources`."""
    asks: str
    """`free`, `named`, `alike`, `reserved` or `untold`: keys of the words."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The page of the edition."""

    terms: tuple[Term, ...]
    """Every source, by title."""


def terms_of(licence: str | None) -> str:
    """Return what a licence asks, as far as its words say.

    >>> [terms_of(x) for x in ("CC BY-SA 4.0", "CC0 1.0", "Apache-2.0", "© The Paper, all rights reserved", None, "house rules")]
    ['alike', 'free', 'named', 'reserved', 'untold', 'untold']
    """
    licence = licence or ""
    for pattern, asks in ((_FREE, "free"), (_ALIKE, "alike"), (_NAMED, "named"), (_RESERVED, "reserved")):
        if pattern.search(licence):
            return asks
    return "untold"


def _edition(shelf: Shelf, asked: Asked) -> Edition:  # noqa: ARG001 - every view takes both
    rows = shelf.rows("select * from sources order by coalesce(title, name), name")
    return Edition(tuple(Term(row, terms_of(row["licence"])) for row in rows))


def _nothing(shelf: Shelf, asked: Asked) -> object:  # noqa: ARG001 - every view takes both
    return object()


OWN: tuple[Page, ...] = (
    Page(name="search", section="search", view=_nothing, template="search.html", is_listed=False),
    Page(name="downloads", section="downloads", view=_nothing, template="downloads.html"),
    Page(name="edition", section="edition", view=_edition, template="edition.html"),
)
