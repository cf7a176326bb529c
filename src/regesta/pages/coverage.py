"""Coverage: what was read of each source, how much of it was used, and what was left out and why, in its own words.

The counts are those of the table `coverage`. What was left out stands in its context and leads to its place in the source; it can be
sorted by the reason (its code) and by the source. Nothing here judges whether it would have been worth a claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regesta.drawing import Drawing, shares
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Passage, Texts, quoted
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Coverage", "coverage"]

_AT_ONCE = 100
"""Sources on one page."""
_REJECTED = 40
"""Rejections on one page."""


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
    bar: Drawing
    n_claims: int
    """Claims, not characters."""
    n_rejected: int
    """Rejections, not characters."""
    address: str
    """Of this page with the rejections of this source."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why things were left out."""

    code: str
    reason: str
    """One of the sentences that say it; others of the code may name other words."""
    n: int
    n_reasons: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that was seen and left out."""

    row: Row
    """source, quote, code, reason."""
    passage: Passage


@dataclass(frozen=True, slots=True)
class Coverage:
    """The page."""

    sources: tuple[Used, ...]
    """Longest first."""
    n_sources: int
    reasons: tuple[Reason, ...]
    """Most frequent first."""
    rejected: tuple[Rejected, ...]
    n_rejected: int
    """How many are chosen."""
    chosen: Mapping[str, str]
    titles: dict[str, str]
    unread: tuple[Row, ...]
    """Files that are no source: source, code, reason."""
    n_unread: int
    part: int
    n_parts: int
    leaf: int
    """Of the rejections."""
    n_leaves: int


def coverage(shelf: Shelf, asked: Asked) -> Coverage:
    """Return the page."""
    n_sources = shelf.value("select count(*) from coverage")
    n_parts = max(1, -(-n_sources // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    chosen = {name: asked.get(name) for name in ("code", "source") if asked.get(name)}
    where = "".join(f" and r.{name} = ?" for name in chosen)
    counted = "select count(*) from rejections r join sources s on s.name = r.source where true"
    n_rejected = shelf.value(counted + where, list(chosen.values()))
    n_leaves = max(1, -(-n_rejected // _REJECTED))
    leaf = asked.number("leaf", most=n_leaves)
    rejected = shelf.rows(
        _REJECTIONS.format(where=where), [*chosen.values(), _REJECTED, (leaf - 1) * _REJECTED]
    )
    texts = Texts(shelf)
    return Coverage(
        sources=tuple(_used(asked, row) for row in shelf.rows(_USED, [_AT_ONCE, (part - 1) * _AT_ONCE])),
        n_sources=n_sources,
        reasons=_reasons(shelf, asked, chosen),
        rejected=tuple(
            Rejected(row, quoted(texts, [row], asked.links, at=f"p{row['start_char']}")) for row in rejected
        ),
        n_rejected=n_rejected,
        chosen=chosen,
        titles={row["source"]: row["title"] or row["source"] for row in rejected},
        unread=tuple(shelf.rows(_UNREAD)),
        n_unread=shelf.value(
            "select count(*) from rejections where source not in (select name from sources)"
        ),
        part=part,
        n_parts=n_parts,
        leaf=leaf,
        n_leaves=n_leaves,
    )


def _used(asked: Asked, row: Row) -> Used:
    body = max(1, row["n_body"])
    title = row["title"] or row["source"]
    parts = [
        (asked.words(f"coverage.{name}"), row[column] / body)
        for name, column in (("claims", "n_claims"), ("names", "n_names_dates"), ("rejected", "n_rejected"))
    ]
    return Used(
        source=row["source"],
        title=title,
        n_body=row["n_body"],
        claims=parts[0][1],
        names_dates=parts[1][1],
        rejected=parts[2][1],
        left=row["n_left"] / body,
        bar=shares(parts, title=asked.words("coverage.bar", title=title)),
        n_claims=row["claims"],
        n_rejected=row["rejections"],
        address=asked.links.to("coverage", source=row["source"], at="rejected"),
    )


def _reasons(shelf: Shelf, asked: Asked, chosen: Mapping[str, str]) -> tuple[Reason, ...]:
    here = chosen.get("code", "")
    where, values = (" and source = ?", [chosen["source"]]) if "source" in chosen else ("", [])
    rows = shelf.rows(_REASONS.format(where=where), values)
    return tuple(
        Reason(
            row["code"],
            row["reason"],
            row["n"],
            row["n_reasons"],
            asked.links.to(
                "coverage",
                code="" if row["code"] == here else row["code"],
                source=chosen.get("source"),
                at="rejected",
            ),
            row["code"] == here,
        )
        for row in rows
    )


_USED = """
select c.*, s.title, (select count(*) from claims where source = c.source) as claims,
    (select count(*) from rejections where source = c.source) as rejections
from coverage c join sources s on s.name = c.source order by c.n_body desc, c.source limit ? offset ?
"""

_REJECTIONS = """
select r.source, r.start_char, r.end_char, 0 as position, r.quote, r.code, r.reason, s.title,
    (select l.number from leaves l where l.source = r.source and l.start_char <= r.start_char
        order by l.start_char desc limit 1) as leaf
from rejections r join sources s on s.name = r.source where true{where}
order by r.source, r.start_char, r.end_char, r.code limit ? offset ?
"""

_REASONS = """
select code, min(reason) as reason, count(*) as n, count(distinct reason) as n_reasons
from rejections where source in (select name from sources){where} group by code order by n desc, code limit 60
"""

_UNREAD = """
select source, code, reason from rejections where source not in (select name from sources) order by source, code limit 200
"""

PAGE = Page(
    name="coverage",
    section="coverage",
    view=coverage,
    template="coverage.html",
    parameters=("code", "source", "part", "leaf"),
    is_long=True,
)
