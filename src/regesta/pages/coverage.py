"""Coverage: how much of each source was used, and what was left out and why.

The counts are those of the table `coverage`. Nothing here judges whether what was left would have been worth a claim.
"""

from __future__ import annotations

from dataclasses import dataclass

from regesta.pages.page import Asked, Page
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Coverage", "coverage"]

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Used:
    """How much of one source was used; shares of its body, from 0 to 1."""

    source: str
    title: str
    n_body: int
    claims: float
    names_dates: float
    rejected: float
    left: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """The page."""

    sources: tuple[Used, ...]
    """Most characters first, at most 200."""
    n_sources: int
    reasons: tuple[Row, ...]
    """Why things were left out: code, n, example; most frequent first."""
    unread: tuple[Row, ...]
    """Files that are no source: source, code, reason."""


def coverage(shelf: Shelf, asked: Asked) -> Coverage:  # noqa: ARG001 - every view takes both
    """Return the page."""
    rows = shelf.rows(
        "select c.*, s.title from coverage c join sources s on s.name = c.source order by c.n_body desc, c.source limit ?",
        [_AT_ONCE],
    )
    return Coverage(
        sources=tuple(_used(row) for row in rows),
        n_sources=shelf.value("select count(*) from sources"),
        reasons=tuple(
            shelf.rows(
                "select code, reason, count(*) as n from rejections group by code, reason order by n desc, code, reason limit 50"
            )
        ),
        unread=tuple(
            shelf.rows(
                "select source, code, reason from rejections where source not in (select name from sources) order by source limit 200"
            )
        ),
    )


def _used(row: Row) -> Used:
    body = max(1, row["n_body"])
    return Used(
        source=row["source"],
        title=row["title"] or row["source"],
        n_body=row["n_body"],
        claims=row["n_claims"] / body,
        names_dates=row["n_names_dates"] / body,
        rejected=row["n_rejected"] / body,
        left=row["n_left"] / body,
    )


PAGE = Page(name="coverage", section="coverage", view=coverage, template="coverage.html", is_long=True)
