"""The findings: what a careful reader would notice, sorted into facets, those that matter most first.

The order is one for the whole chronicle (`finding_order`): what nobody settled, the gravest, the kinds as a reader would take
them up, and where most independent voices speak. Facets count within what is already chosen, and a finding keeps the choice
in its address, so that its page knows the next one. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from regesta.pages.page import Asked, Page
from regesta.pages.passages import sources_of
from regesta.pages.people import Choice, Facet
from regesta.shelf import Row, Shelf

__all__ = ["FACETS", "PAGE", "SEVERITIES", "Findings", "chosen_findings", "findings"]

SEVERITIES = ("error", "warning", "info", "undetermined", "ok")
"""The gravest first."""
FACETS = ("severity", "kind", "status", "source", "code")
_AT_ONCE = 50
_SHOWN = 14
"""Values of a facet that are shown, most findings first; the chosen one always."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind and weight that follow one another."""

    kind: str
    severity: str
    is_open: bool
    rows: tuple[Row, ...]
    """id, code, kind, severity, status, summary, computed, n_families, n_sources, n_members; title, of its source where that is one."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The page."""

    groups: tuple[Group, ...]
    n: int
    """How many are chosen."""
    facets: tuple[Facet, ...]
    chosen: Mapping[str, str]
    part: int
    n_parts: int


SOLE_SOURCE = (
    "case when o.n_sources = 1 then coalesce(s.title, s.name) end from finding_members m"
    " join sources s on s.name = m.source where m.finding = f.id limit 1"
)
"""The title of the source of a finding `f` that has but one, `o` being its place."""


def findings(shelf: Shelf, asked: Asked) -> Findings:
    """Return the page."""
    chosen = {facet: asked.get(facet) for facet in FACETS if asked.get(facet)}
    which, values = chosen_findings(chosen)
    n = shelf.value(f"select count(*) from ({which})", values)  # noqa: S608 - made of constants below
    n_parts = max(1, -(-n // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    rows = shelf.rows(  # the choice is made of constants too
        "select f.id, f.code, f.kind, f.severity, f.status, f.summary, f.computed, o.n_families, o.n_sources, o.n_members,"  # noqa: S608
        f" (select {SOLE_SOURCE}) as title from ({which}) w cross join finding_order o on o.finding = w.finding"
        " cross join findings f on f.id = o.finding order by o.place limit ? offset ?",
        [*values, _AT_ONCE, (part - 1) * _AT_ONCE],
    )
    grouped = groupby(rows, key=lambda row: (row["kind"], row["severity"], row["status"] == "open"))
    return Findings(
        groups=tuple(Group(kind, grave, is_open, tuple(some)) for (kind, grave, is_open), some in grouped),
        n=n,
        facets=tuple(_facet(shelf, asked, name, chosen) for name in FACETS),
        chosen=chosen,
        part=part,
        n_parts=n_parts,
    )


def chosen_findings(chosen: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the query for the ids of the chosen findings, as `finding`, with its values.

    >>> chosen_findings({"kind": "same-name"})
    ('select finding from finding_facets where facet = ? and value = ?', ['kind', 'same-name'])
    """
    if not chosen:
        return "select finding from finding_order", []
    parts = ["select finding from finding_facets where facet = ? and value = ?"] * len(chosen)
    return " intersect ".join(parts), [part for choice in chosen.items() for part in choice]


def _with(asked: Asked, **changes: str) -> str:
    """Return the address of this page with something else chosen; of its first part."""
    query = {name: value for name, value in asked.query.items() if name != "part"} | changes
    return asked.links.to("findings", **{name: value for name in FACETS if (value := query.get(name))})


def _facet(shelf: Shelf, asked: Asked, name: str, chosen: Mapping[str, str]) -> Facet:
    others = {facet: value for facet, value in chosen.items() if facet != name}
    order = "value" if name == "code" else "n desc, value"
    if others:
        which, values = chosen_findings(others)
        counted = shelf.pairs(
            f"select f.value, count(*) as n from ({which}) w cross join finding_facets f"  # noqa: S608
            f" on f.finding = w.finding and f.facet = ? group by f.value order by {order}",
            [*values, name],
        )
    else:
        counted = shelf.pairs(
            f"select value, n from finding_facet_counts where facet = ? order by {order}",  # noqa: S608
            [name],
        )
    if name == "severity":
        counted = {grave: counted[grave] for grave in SEVERITIES if grave in counted}
    here = chosen.get(name, "")
    shown = dict(list(counted.items())[: _SHOWN * 4 if name == "code" else _SHOWN])
    if here:
        shown.setdefault(here, counted.get(here, 0))
    titles = sources_of(shelf, shown) if name == "source" else {}
    return Facet(
        name,
        tuple(
            Choice(
                (titles[value]["title"] or value) if value in titles else _label(asked, name, value),
                n,
                _with(asked, **{name: "" if value == here else value}),
                value == here,
            )
            for value, n in shown.items()
        ),
        max(0, len(counted) - len(shown)),
    )


def _label(asked: Asked, facet: str, value: str) -> str:
    family = {"severity": "severity", "kind": "finding", "status": "status"}.get(facet)
    return asked.words.named(family, value) if family else value


PAGE = Page(
    name="findings",
    section="findings",
    view=findings,
    template="findings.html",
    parameters=(*FACETS, "part"),
    is_long=True,
)
