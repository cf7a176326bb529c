"""People and groups: sorted into facets, found by the beginning of a name, a hundred at a time.

Every choice is a link and every link an address that can be kept. Facets count within what is already chosen. Nothing
here is searched but names; words of claims and passages are the business of the search page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from regesta.pages.dating import in_words
from regesta.pages.page import Asked, Page
from regesta.shelf import Row, Shelf

__all__ = ["FACETS", "PAGE", "SORTS", "People", "people"]

FACETS = ("kind", "named", "year", "role", "transport", "route", "source")
SORTS = {
    "name": "c.is_named desc, c.sorted, c.id",
    "arrival": "c.arrival_first is null, c.arrival_first, c.sorted, c.id",
    "claims": "c.n_claims desc, c.sorted, c.id",
    "sources": "c.n_sources desc, c.sorted, c.id",
}
_AT_ONCE = 100
_SHOWN = 12
"""Values of a facet that are shown, most people first; the chosen one always."""
_ALL = 1000
"""Values that are shown where all are asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet."""

    label: str
    n: int
    address: str
    """Of the page with it chosen, or without it where it is."""
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way in which people differ."""

    name: str
    choices: tuple[Choice, ...]
    n_more: int
    """Values that are not shown."""
    all_of_them: str = ""
    """The address of the page with all values, empty where it has none."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A person or a group in the list."""

    card: Row
    """Of `cards`."""
    arrival: str
    """In words, "" where nobody says."""


@dataclass(frozen=True, slots=True)
class People:
    """The page."""

    listed: tuple[Listed, ...]
    n: int
    """How many are chosen."""
    facets: tuple[Facet, ...]
    chosen: Mapping[str, str]
    """What is chosen, for the form to keep."""
    sorts: tuple[tuple[str, str, bool], ...]
    """Each order with its address and whether it is the present one."""
    name: str
    """What names begin with."""
    part: int
    n_parts: int


def people(shelf: Shelf, asked: Asked) -> People:
    """Return the page."""
    chosen = {facet: asked.get(facet) for facet in FACETS if asked.get(facet)}
    words = _beginnings(asked.get("name"))
    who, values = _chosen(chosen, words)
    sort = asked.get("sort") if asked.get("sort") in SORTS else "name"
    n = shelf.value(f"select count(*) from ({who})", values)  # noqa: S608 - made of constants below
    n_parts = max(1, -(-n // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    these = (
        f"({who}) w cross join cards c on c.id = w.entity"
        if values
        else "cards c where c.kind in ('person', 'group')"
    )
    rows = shelf.rows(
        f"select c.* from {these} order by {SORTS[sort]} limit ? offset ?",  # noqa: S608 - the same
        [*values, _AT_ONCE, (part - 1) * _AT_ONCE],
    )
    return People(
        listed=tuple(
            Listed(row, in_words(row["arrival"], asked.words) if row["arrival"] else "") for row in rows
        ),
        n=n,
        facets=tuple(_facet(shelf, asked, name, chosen, words) for name in FACETS),
        chosen=chosen,
        sorts=tuple((name, _with(asked, sort=name), name == sort) for name in SORTS),
        name=asked.get("name"),
        part=part,
        n_parts=n_parts,
    )


def _with(asked: Asked, **changes: str) -> str:
    """Return the address of this page with something else chosen; of its first part."""
    query = {name: value for name, value in asked.query.items() if name != "part"} | changes
    return asked.links.to("people", **{name: value for name in PAGE.parameters if (value := query.get(name))})


def _beginnings(name: str) -> tuple[str, ...]:
    """Return the words that names must have, as `names.word` spells them.

    >>> _beginnings("Kim Ch'ol-")
    ('kim', 'ch', 'ol')
    """
    return tuple(re.sub(r"[-'’.,]", " ", name.lower()).split())[:6]


def _chosen(chosen: Mapping[str, str], words: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return the query for the ids of the chosen people, as `entity`, with its values."""
    parts = ["select entity from facets where facet = ? and value = ?"] * len(chosen)
    parts += ["select entity from names where word >= ? and word < ?"] * len(words)
    values = [part for choice in chosen.items() for part in choice]
    values += [part for word in words for part in (word, word + "\U0010ffff")]
    if not parts:
        return "select id as entity from cards where kind in ('person', 'group')", []
    return " intersect ".join(parts), values


def _facet(shelf: Shelf, asked: Asked, name: str, chosen: Mapping[str, str], words: tuple[str, ...]) -> Facet:
    others = {facet: value for facet, value in chosen.items() if facet != name}
    order = "f.value" if name == "year" else "n desc, f.value"
    limit = _ALL if asked.get("all") == name else 400 if name == "year" else _SHOWN
    if others or words:
        who, values = _chosen(others, words)
        grouped = (
            f"select f.value, count(*) as n from ({who}) w cross join facets f on f.entity = w.entity and f.facet = ?"  # noqa: S608
            " group by f.value"
        )
        rows = shelf.rows(f"{grouped} order by {order} limit ?", [*values, name, limit])
        n_values = (
            len(rows)
            if len(rows) < limit
            else shelf.value(f"select count(*) from ({grouped})", [*values, name])  # noqa: S608 - the same
        )
    else:
        rows = shelf.rows(
            f"select f.value, n from facet_counts f where facet = ? order by {order} limit ?",  # noqa: S608
            [name, limit],
        )
        n_values = shelf.value("select count(*) from facet_counts where facet = ?", [name])
    counted: dict[str, int] = {row[0]: row[1] for row in rows}
    here = chosen.get(name, "")
    if here and here not in counted:
        counted[here] = 0
    return Facet(
        name,
        tuple(
            Choice(
                _label(asked, name, value),
                n,
                _with(asked, **{name: "" if value == here else value}),
                value == here,
            )
            for value, n in counted.items()
        ),
        max(0, n_values - len(rows)),
        _with(asked, all=name) if limit < _ALL else "",
    )


def _label(asked: Asked, facet: str, value: str) -> str:
    family = {"kind": "kinds", "named": "named"}.get(facet)
    return asked.words.named(family, value) if family else value


PAGE = Page(
    name="people",
    section="people",
    view=people,
    template="people.html",
    parameters=("name", *FACETS, "sort", "all", "part"),
    is_long=True,
)
