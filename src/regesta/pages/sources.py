"""The sources: what was read, by family, with what each gave."""

from __future__ import annotations

from dataclasses import dataclass

from regesta.pages.page import Asked, Page
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Sources", "sources"]

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Sources:
    """The page."""

    rows: tuple[Row, ...]
    """name, title, format, date, licence, url, family, n_characters, n_claims, n_citations, n_kin; by title."""
    n_sources: int
    n_families: int
    part: int
    n_parts: int


def sources(shelf: Shelf, asked: Asked) -> Sources:
    """Return the page."""
    n_sources = shelf.value("select count(*) from sources")
    n_parts = max(1, -(-n_sources // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    rows = shelf.rows(
        "select s.*, (select count(*) from claims c where c.source = s.name) as n_claims,"
        " (select count(*) from citations r where r.source = s.name) as n_citations,"
        " (select count(*) from sources k where k.family = s.family) - 1 as n_kin"
        " from sources s order by coalesce(s.title, s.name), s.name limit ? offset ?",
        [_AT_ONCE, (part - 1) * _AT_ONCE],
    )
    n_families = shelf.value("select count(distinct family) from sources")
    return Sources(tuple(rows), n_sources, n_families, part, n_parts)


PAGE = Page(
    name="sources",
    section="sources",
    view=sources,
    template="sources.html",
    parameters=("part",),
    is_long=True,
)
