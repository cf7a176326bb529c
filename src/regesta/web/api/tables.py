"""What makes the answers about tables: some rows in the order of the shelf, from a place on, with what belongs to them.

A list is cut at `limit`, and goes on from the row that its cursor names, so the last part costs what the first does. What
belongs to rows (passages, members) is read for all of them at once. Nothing here knows HTTP.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import msgspec

from regesta.chronicle.rows import (
    BlockRow,
    ClaimRow,
    CoverageRow,
    DecisionRow,
    EvidenceRow,
    FindingMemberRow,
    IdentityRow,
    MentionRow,
    ObservationRow,
    OriginRow,
    RejectionRow,
    SharedRow,
    SupportRow,
)
from regesta.shelf import Row, Shelf
from regesta.web.api import shapes

__all__ = ["Given", "Moved", "listed", "one_of", "row_as"]


@dataclass(frozen=True, slots=True)
class Given:
    """What a request gave: the values of its parameters, checked, and the key in its address."""

    values: Mapping[str, Any]
    key: str = ""

    def get(self, name: str) -> Any:
        """Return a value, None where it was not given and has no default."""
        return self.values.get(name)


@dataclass(frozen=True, slots=True)
class Moved:
    """What is asked for has another key: it was merged into another."""

    key: str


@cache
def _as_json(shape: type) -> frozenset[str]:
    """Return the fields of a shape that a shelf keeps as JSON text."""
    return frozenset(
        field.name
        for field in fields(shape)
        if str(field.type).startswith(("tuple", "list", "dict")) or field.name == "value_stops"
    )


def row_as(shape: type, row: Row | Mapping[str, Any], **more: Any) -> Any:
    """Return a row of a shelf as a value of a shape; `more` are fields that the row has not."""
    values: dict[str, Any] = dict(row)
    for name in _as_json(shape) & values.keys():
        if isinstance(values[name], str):
            values[name] = json.loads(values[name])
    return msgspec.convert({**values, **more}, shape, strict=False)


Completing = Callable[[Shelf, Sequence[Row]], list[Any]]


def listed(
    shape: type,
    table: str,
    filters: Mapping[str, str],
    *,
    columns: str = "t.*",
    complete: Completing | None = None,
) -> Callable[[Shelf, Given], shapes.Listing[Any]]:
    """Return what answers with rows of a table; `filters` has a condition for each parameter, `t` being the table."""

    def answer(shelf: Shelf, given: Given) -> shapes.Listing[Any]:
        wanted = [(filters[name], given.get(name)) for name in filters if given.get(name) is not None]
        where = " and ".join(condition for condition, _ in wanted) or "true"
        values = [value for _, value in wanted]
        limit = given.get("limit")
        rows = shelf.rows(
            f"select t.rowid as row_, {columns} from {table} t where {where} and t.rowid > ? order by t.rowid limit ?",  # noqa: S608 - of constants
            [*values, given.get("cursor") or 0, limit + 1],
        )
        here = rows[:limit]
        items = complete(shelf, here) if complete else [row_as(shape, row) for row in here]
        n = None
        if given.get("count"):
            n = shelf.value(f"select count(*) from {table} t where {where}", values)  # noqa: S608 - the same
        return shapes.Listing(items, str(here[-1]["row_"]) if len(rows) > limit else None, n)

    return answer


def one_of(
    table: str, shape: type, *, column: str = "id", columns: str = "t.*", complete: Completing | None = None
) -> Callable[[Shelf, Given], object | None]:
    """Return what answers with the one row of a key, None where there is none."""

    def answer(shelf: Shelf, given: Given) -> object | None:
        rows = shelf.rows(f"select {columns} from {table} t where t.{column} = ? limit 1", [given.key])  # noqa: S608 - the same
        if not rows:
            return None
        found: object = complete(shelf, rows)[0] if complete else row_as(shape, rows[0])
        return found

    return answer


def _grouped(shelf: Shelf, sql: str, ids: Iterable[str]) -> dict[str, list[Row]]:
    """Return rows by their first column, for all ids at once."""
    found: dict[str, list[Row]] = {}
    for row in shelf.rows(sql, [json.dumps(list(ids))]):
        found.setdefault(row[0], []).append(row)
    return found


def claims(shelf: Shelf, rows: Sequence[Row]) -> list[shapes.Claim]:
    """Return claims with what they stand on."""
    ids = [row["id"] for row in rows]
    each = "from json_each(?) w cross join"
    evidence = _grouped(
        shelf, f"select e.* {each} claim_evidence e on e.claim = w.value order by e.claim, e.position", ids
    )
    cited = _grouped(
        shelf, f"select c.* {each} claim_citations c on c.claim = w.value order by c.claim, c.position", ids
    )
    support = _grouped(shelf, f"select s.* {each} claim_support s on s.claim = w.value", ids)
    made: list[shapes.Claim] = []
    for row in rows:
        held = support.get(row["id"])
        plain: ClaimRow = row_as(ClaimRow, row)
        made.append(
            row_as(
                shapes.Claim,
                row,
                value=plain.value,
                evidence=[row_as(EvidenceRow, x) for x in evidence.get(row["id"], ())],
                citations=[x["citation"] for x in cited.get(row["id"], ())],
                support=row_as(SupportRow, held[0]) if held else None,
            )
        )
    return made


def findings(shelf: Shelf, rows: Sequence[Row]) -> list[shapes.Finding]:
    """Return findings with their passages."""
    members = _grouped(
        shelf,
        "select m.* from json_each(?) w cross join finding_members m on m.finding = w.value order by m.finding, m.position",
        [row["id"] for row in rows],
    )
    return [
        row_as(shapes.Finding, row, members=[row_as(FindingMemberRow, x) for x in members.get(row["id"], ())])
        for row in rows
    ]


def entity(shelf: Shelf, given: Given) -> shapes.EntityDetail | Moved | None:
    """Return one entity with its spellings; `Moved` where it was merged into another."""
    row = shelf.row(f"select {ENTITY} from entities t where t.id = ?", [given.key])  # noqa: S608 - of constants
    if row is None:
        to = shelf.value("select redirect from identities where id = ? and redirect is not null", [given.key])
        return Moved(to) if to else None
    spellings = shelf.rows(
        "select quote, form, source, count(*) as n from mentions where entity = ? and form <> 'pronoun' "
        "group by quote, form, source order by form desc, n desc, quote, source limit 200",
        [given.key],
    )
    detail: shapes.EntityDetail = row_as(shapes.EntityDetail, row, spellings=[dict(x) for x in spellings])
    return detail


def text(shelf: Shelf, given: Given) -> shapes.Text | None:
    """Return a stretch of a text, at most 100,000 code points."""
    source = given.get("source")
    length = shelf.value("select n_characters from sources where name = ?", [source])
    if length is None:
        return None
    start = min(given.get("start") or 0, length)
    end = min(length, start + LONGEST_TEXT if given.get("end") is None else given.get("end"))
    end = max(start, min(end, start + LONGEST_TEXT))
    return shapes.Text(source, start, end, length, shelf.text(source, start, end))


def facets(shelf: Shelf, given: Given) -> shapes.Listing[shapes.Facet]:  # noqa: ARG001 - one shape for all
    """Return what people and groups are sorted into."""
    found: dict[str, list[shapes.FacetValue]] = {}
    for row in shelf.rows(
        "select facet, value, n from (select *, row_number() over (partition by facet order by n desc, value) as nth "
        "from facet_counts) where nth <= 200 order by facet, nth"
    ):
        found.setdefault(row["facet"], []).append(shapes.FacetValue(row["value"], row["n"]))
    return shapes.Listing([shapes.Facet(name, values) for name, values in found.items()])


def families(shelf: Shelf, given: Given) -> shapes.Listing[shapes.Family]:
    """Return the families of sources, by the first source of each."""
    limit, start = given.get("limit"), given.get("cursor") or 0
    rows = shelf.rows(
        "select family, json_group_array(name) as sources from (select family, name from sources order by name) "
        "group by family order by min(name) limit ? offset ?",
        [limit + 1, start],
    )
    n = shelf.value("select count(distinct family) from sources") if given.get("count") else None
    after = str(start + limit) if len(rows) > limit else None
    return shapes.Listing([row_as(shapes.Family, row) for row in rows[:limit]], after, n)


def series(shelf: Shelf, given: Given) -> shapes.Listing[shapes.Series]:
    """Return the statistical series, by source and place."""
    limit, start = given.get("limit"), given.get("cursor") or 0
    source = given.get("source")
    where = "where source = ?" if source is not None else ""
    values = [source] if source is not None else []
    rows = shelf.rows(
        "select series, min(series_label) as series_label, source, count(*) as n_observations from observations "  # noqa: S608 - of constants
        f"{where} group by series, source order by source, min(start_char), series limit ? offset ?",
        [*values, limit + 1, start],
    )
    n = None
    if given.get("count"):
        n = shelf.value(f"select count(distinct series) from observations {where}", values)  # noqa: S608 - the same
    after = str(start + limit) if len(rows) > limit else None
    return shapes.Listing([row_as(shapes.Series, row) for row in rows[:limit]], after, n)


def arrivals(shelf: Shelf, given: Given) -> shapes.Listing[shapes.ArrivalsOfYear]:  # noqa: ARG001 - the same
    """Return the people and groups that arrived in each year, as the chart of the first page has it."""
    rows = shelf.rows("select value as year, n from facet_counts where facet = 'year' order by value")
    return shapes.Listing([row_as(shapes.ArrivalsOfYear, row) for row in rows])


def legs(shelf: Shelf, given: Given) -> shapes.Listing[shapes.Leg]:
    """Return the legs of journeys, those of most travellers first."""
    limit, start = given.get("limit"), given.get("cursor") or 0
    rows = shelf.rows(
        "select start_text as start, end_text as end, nullif(by_what, '') as transport, count(*) as n from legs "
        "group by start_text, end_text, by_what order by n desc, start_text, end_text, by_what limit ? offset ?",
        [limit + 1, start],
    )
    after = str(start + limit) if len(rows) > limit else None
    return shapes.Listing([row_as(shapes.Leg, row) for row in rows[:limit]], after)


LONGEST_TEXT = 100_000
"""Code points of a text that one answer holds."""
ENTITY = (
    "t.*, (select n_claims from cards c where c.id = t.id) as n_claims, (select n_sources from cards c where c.id = t.id) as n_sources, "
    "(select n_families from cards c where c.id = t.id) as n_families, (select arrival from cards c where c.id = t.id) as arrival, "
    "(select role from cards c where c.id = t.id) as role"
)
_SOURCE = (
    "t.*, (select count(*) from claims c where c.source = t.name) as n_claims, "
    "(select count(*) from citations r where r.source = t.name) as n_citations"
)
_CITATION = "t.*, (select json_group_array(claim) from (select claim from claim_citations c where c.citation = t.id limit 500)) as claims"
_LINK = (
    "t.*, (select entity from referents r where r.key = t.left_referent) as left_entity, "
    "(select label from referents r where r.key = t.left_referent) as left_label, "
    "(select entity from referents r where r.key = t.right_referent) as right_entity, "
    "(select label from referents r where r.key = t.right_referent) as right_label"
)
_OF_FACET = "t.id in (select entity from facets where facet = '{}' and value = ?)"
_PEOPLE = {name: _OF_FACET.format(name) for name in ("year", "role", "transport", "route", "source")} | {
    "kind": "t.kind = ?",
    "is_named": "t.is_named = ?",
    "name": "t.id in (select n.entity from (select ? as begun) b cross join names n on n.word >= b.begun and n.word < b.begun || char(1114111))",
}


def _equal(*names: str) -> dict[str, str]:
    return {name: f"t.{name} = ?" for name in names}


def _in_span(start: str, end: str) -> dict[str, str]:
    return {"start": f"t.{end} > ?", "end": f"t.{start} < ?"}


sources = listed(shapes.Source, "sources", _equal("family", "format", "language"), columns=_SOURCE)
source = one_of("sources", shapes.Source, column="name", columns=_SOURCE)
blocks = listed(BlockRow, "blocks", _equal("source", "kind") | _in_span("start_char", "end_char"))
entities = listed(shapes.Entity, "entities", _PEOPLE, columns=ENTITY)
people = listed(
    shapes.Entity,
    "(select rowid, * from entities where kind in ('person', 'group'))",
    _PEOPLE,
    columns=ENTITY,
)
mentions = listed(MentionRow, "mentions", _equal("entity", "source", "form"))
claim_list = listed(
    shapes.Claim,
    "claims",
    _equal("subject", "predicate", "source", "value_entity", "modality", "rank", "method")
    | {"from": "t.latest >= ?", "to": "t.earliest <= ?"},
    complete=claims,
)
claim = one_of("claims", shapes.Claim, complete=claims)
evidence = listed(
    EvidenceRow, "claim_evidence", _equal("claim", "source") | _in_span("start_char", "end_char")
)
finding_list = listed(
    shapes.Finding,
    "findings",
    _equal("kind", "severity", "status", "code")
    | {
        "claim": "t.id in (select finding from finding_members where claim = ?)",
        "source": "t.id in (select finding from finding_members where source = ?)",
        "entity": "t.id in (select m.finding from claims c join finding_members m on m.claim = c.id where c.subject = ?)",
    },
    complete=findings,
)
finding = one_of("findings", shapes.Finding, complete=findings)
shared = listed(
    SharedRow, "shared_passages", {"family": "t.family = ?", "source": "? in (t.a_source, t.b_source)"}
)
observations = listed(ObservationRow, "observations", _equal("series", "source", "role"))
citation_list = listed(shapes.Citation, "citations", _equal("source", "kind"), columns=_CITATION)
citation = one_of("citations", shapes.Citation, columns=_CITATION)
links = listed(
    shapes.Link,
    "links",
    _equal("verdict")
    | {
        "entity": "t.rowid in (select l.rowid from referents r cross join links l "
        "on l.left_referent = r.key or l.right_referent = r.key where r.entity = ?)",
        "referent": "t.rowid in (select l.rowid from (select ? as who) b cross join links l "
        "on l.left_referent = b.who or l.right_referent = b.who)",
    },
    columns=_LINK,
)
decisions = listed(DecisionRow, "decisions", _equal("kind", "made_by", "status"))
rejections = listed(RejectionRow, "rejections", _equal("source", "code"))
coverage = listed(CoverageRow, "coverage", _equal("source"))
origins = listed(OriginRow, "origins", _equal("source", "how"))
identities = listed(IdentityRow, "identities", _equal("id", "redirect"))
