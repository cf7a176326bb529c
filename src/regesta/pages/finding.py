"""One finding: its passages side by side with the differing words marked, how it was worked out, who settled it.

Each passage stands in its context and leads to its place in the source, and to the claim that it makes. Beside them: what else
is said of the same subjects, and the findings before and after within what the reader had chosen. Nothing here judges; the
working is that of the check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from regesta.pages.collating import Words, beside_each_other, in_context
from regesta.pages.findings import FACETS, chosen_findings
from regesta.pages.page import Asked, Page
from regesta.pages.passages import Texts, sources_of
from regesta.pages.telling import Value, value_of
from regesta.pages.working import Worked, worked
from regesta.shelf import Row, Shelf

__all__ = ["PAGE", "Finding", "Member", "finding"]

_AT_ONCE = 24
"""Passages on one page; more are on the next."""
_MOST = 14
"""Other claims, and decisions."""


@dataclass(frozen=True, slots=True)
class Member:
    """A passage of a finding."""

    source: str
    start: int
    end: int
    words: tuple[Words, ...]
    is_cut: bool
    address: str
    """Of its place in the source."""
    claim: Row | None
    """id, subject, subject_label, predicate, of the claim that it makes."""


@dataclass(frozen=True, slots=True)
class Other:
    """A claim about the same subject that is not part of the finding."""

    row: Row
    value: Value


@dataclass(frozen=True, slots=True)
class Finding:
    """The page."""

    row: Row
    members: tuple[Member, ...]
    n_members: int
    sources: tuple[Row, ...]
    """Of the passages, each once: name, title, family, date."""
    n_families: int
    working: tuple[Worked, ...]
    decisions: tuple[Row, ...]
    others: tuple[Other, ...]
    chosen: Mapping[str, str]
    """The reader's choice among findings; the finding may stand outside it, if the address says so."""
    before: str | None
    after: str | None
    place: int
    """Among the chosen, from 1; 0 where it is none of them."""
    n: int
    collation: str | None
    """Address where all that two sources share stands side by side, for a finding about that."""
    part: int
    n_parts: int

    @property
    def columns(self) -> tuple[tuple[Member, ...], ...]:
        """The passages as they stand beside each other: those of one claim below one another, in the order of the argument."""
        columns: dict[object, list[Member]] = {}
        for index, member in enumerate(self.members):
            key = (member.claim["id"], member.source) if member.claim else index
            columns.setdefault(key, []).append(member)
        return tuple(map(tuple, columns.values()))

    @property
    def titles(self) -> dict[str, str]:
        """Of the sources by name."""
        return {row["name"]: row["title"] or row["name"] for row in self.sources}


def finding(shelf: Shelf, asked: Asked) -> Finding | None:
    """Return the page."""
    row = shelf.row("select * from findings where id = ?", [asked.key])
    if row is None:
        return None
    n_members = shelf.value("select count(*) from finding_members where finding = ?", [row["id"]])
    n_parts = max(1, -(-n_members // _AT_ONCE))
    part = asked.number("part", most=n_parts)
    rows = shelf.rows(_MEMBERS, [row["id"], _AT_ONCE, (part - 1) * _AT_ONCE])
    claims = _claims(shelf, row["id"])
    names = [name[0] for name in shelf.rows(_SOURCES, [row["id"]])]
    sources = sources_of(shelf, names)
    chosen = {facet: asked.get(facet) for facet in FACETS if asked.get(facet)}
    before, after, place, n = _neighbours(shelf, row["id"], chosen)
    return Finding(
        row=row,
        members=_members(shelf, asked, rows, claims),
        n_members=n_members,
        sources=tuple(sources[name] for name in names if name in sources),
        n_families=len({source["family"] for source in sources.values()}),
        working=worked(row["computed"], asked.words),
        decisions=_decisions(shelf, row["fingerprint"], claims),
        others=_others(shelf, asked, claims),
        chosen=chosen,
        before=before,
        after=after,
        place=place,
        n=n,
        collation=_collation(shelf, asked, row["kind"], rows),
        part=part,
        n_parts=n_parts,
    )


def _members(
    shelf: Shelf, asked: Asked, rows: Sequence[Row], claims: Mapping[str, Row]
) -> tuple[Member, ...]:
    texts = Texts(shelf)
    tellings = [
        replace(
            in_context(texts, row["source"], row["start_char"], row["end_char"]),
            value=(claims[row["claim"]]["value"] or "") if row["claim"] in claims else "",
        )
        for row in rows
    ]
    told = beside_each_other(tellings)
    return tuple(
        Member(
            row["source"],
            row["start_char"],
            row["end_char"],
            words,
            telling.is_cut,
            asked.links.source(
                row["source"], leaf=row["leaf"] or 1, at=row["claim"] or f"p{row['start_char']}"
            ),
            claims.get(row["claim"] or ""),
        )
        for row, telling, words in zip(rows, tellings, told, strict=True)
    )


def _claims(shelf: Shelf, key: str) -> dict[str, Row]:
    """Return the claims that the passages make, by id."""
    return {row["id"]: row for row in shelf.rows(_CLAIMS, [key])}


def _others(shelf: Shelf, asked: Asked, claims: Mapping[str, Row]) -> tuple[Other, ...]:
    """Return what else is said of the same subjects, what is said with the same predicate first."""
    subjects = json.dumps(sorted({claim["subject"] for claim in claims.values()}))
    predicates = json.dumps(sorted({claim["predicate"] for claim in claims.values()}))
    rows = shelf.rows(_OTHERS, [subjects, json.dumps(sorted(claims)), predicates, _MOST])
    return tuple(Other(row, value_of(row, asked.words)) for row in rows)


def _decisions(shelf: Shelf, fingerprint: str, claims: Mapping[str, Row]) -> tuple[Row, ...]:
    """Return what people decided about the finding or its claims, oldest first."""
    targets = [fingerprint, *(claim["fingerprint"] for claim in claims.values())]
    return tuple(shelf.rows(_DECISIONS, [json.dumps(targets), _MOST]))


def _neighbours(shelf: Shelf, key: str, chosen: Mapping[str, str]) -> tuple[str | None, str | None, int, int]:
    """Return the findings before and after within what is chosen, the place among them, and how many there are."""
    here = shelf.value("select place from finding_order where finding = ?", [key])
    which, values = chosen_findings(chosen)
    among = f"({which}) w cross join finding_order o on o.finding = w.finding"
    if not chosen:
        among = "finding_order o"
    before = shelf.value(
        f"select o.finding from {among} where o.place < ? order by o.place desc limit 1",  # noqa: S608
        [*values, here],
    )
    after = shelf.value(
        f"select o.finding from {among} where o.place > ? order by o.place limit 1",  # noqa: S608
        [*values, here],
    )
    if not chosen:
        return before, after, here, shelf.value("select count(*) from finding_order")
    counted = shelf.row(
        f"select count(*), coalesce(sum(o.place < ?), 0), coalesce(sum(o.place = ?), 0) from {among}",  # noqa: S608
        [here, here, *values],
    )
    assert counted is not None
    return before, after, counted[1] + 1 if counted[2] else 0, counted[0]


def _collation(shelf: Shelf, asked: Asked, kind: str, rows: Sequence[Row]) -> str | None:
    if kind != "shared-text" or len(rows) < 2:
        return None
    names = [row["source"] for row in rows]
    one = names[0]
    other = next((name for name in names if name != one), one)
    found = shelf.value(_SHARED, [one, other])
    return asked.links.collation(one, other) if found else None


_MEMBERS = """
select m.source, m.start_char, m.end_char, m.claim, (select l.number from leaves l where l.source = m.source
    and l.start_char <= m.start_char order by l.start_char desc limit 1) as leaf
from finding_members m where m.finding = ? order by m.position limit ? offset ?
"""

_SOURCES = """
select source from finding_members where finding = ? group by source order by min(position) limit 200
"""

_CLAIMS = """
select distinct c.id, c.subject, c.subject_label, c.predicate, c.fingerprint,
    coalesce(c.value_text, substr(c.value_edtf, 1, 4)) as value
from finding_members m cross join claims c on c.id = m.claim where m.finding = ? order by c.id limit 500
"""

_OTHERS = """
select c.* from json_each(?1) as wanted cross join claims c on c.subject = wanted.value
where c.id not in (select value from json_each(?2))
order by c.predicate not in (select value from json_each(?3)), c.subject_label, c.predicate, c.earliest, c.source, c.id limit ?4
"""

_DECISIONS = """
select distinct d.id, d.made_at, d.kind, d.made_by, d.why, d.value, d.status, d.note from json_each(?) as t
cross join decided on decided.target = t.value cross join decisions d on d.id = decided.decision
order by d.made_at, d.id limit ?
"""

_SHARED = """
select 1 from shared_passages where (a_source = ?1 and b_source = ?2) or (a_source = ?2 and b_source = ?1) limit 1
"""

PAGE = Page(
    name="finding",
    section="findings",
    view=finding,
    template="finding.html",
    has_key=True,
    parameters=(*FACETS, "part"),
)
