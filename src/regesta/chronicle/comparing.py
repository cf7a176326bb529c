"""What differs between two chronicles: asked of both at once, relation against relation.

    before.duckdb ─attached, read-only─┐
                                       ├─► changes of sources, entities, claims, findings: counts, and rows as far as asked
    after.duckdb ──attached, read-only─┘

Ids of claims and referents change with any edit of their document, so things are known again by their fingerprints: the words
that they stand on. No row is loaded but those that are told, so a chronicle of a million claims is compared in DuckDB's own
memory. Nothing here judges which of the two is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from regesta.chronicle import engine
from regesta.errors import StoreError

__all__ = ["SECTIONS", "Comparison"]

_SOURCES: Final = """
create temp table source_changes as
with gone as (select name, document from a.sources where name not in (select name from b.sources)),
new as (select name, document from b.sources where name not in (select name from a.sources)),
moved as (
    select g.name as was, n.name from gone g join new n on n.document = g.document
    qualify row_number() over (partition by g.name order by n.name) = 1
        and row_number() over (partition by n.name order by g.name) = 1
)
select 'new' as how, name, null as was from new where name not in (select name from moved)
union all select 'gone', name, null from gone where name not in (select was from moved)
union all select 'renamed', name, was from moved
union all select if(x.sha256 = y.sha256, 'read otherwise', 'changed'), y.name, null
    from a.sources x join b.sources y on y.name = x.name where x.sha256 <> y.sha256 or x.document <> y.document
"""

_ENTITIES: Final = """
create temp table a_marks as
    select fingerprint, min(entity) as entity from a.referents group by fingerprint having count(distinct entity) = 1;
create temp table b_marks as
    select fingerprint, min(entity) as entity from b.referents group by fingerprint having count(distinct entity) = 1;
create temp table kinships as
    select distinct x.entity as one, y.entity as other from a_marks x join b_marks y on y.fingerprint = x.fingerprint;
insert into kinships select x.id, y.id from a.entities x join b.entities y on y.id = x.id
    where x.id not in (select one from kinships) and y.id not in (select other from kinships);
insert into kinships select min(x.id), min(y.id) from
    (select id, kind, label from a.entities where id not in (select one from kinships)) x
    join (select id, kind, label from b.entities where id not in (select other from kinships)) y
    on y.kind = x.kind and y.label = x.label group by x.kind, x.label
    having count(distinct x.id) = 1 and count(distinct y.id) = 1;
create temp table entity_changes as
with counted as (
    select *, count(*) over (partition by one) as n_others, count(*) over (partition by other) as n_ones from kinships
)
select 'new' as how, id, kind, label, null as was from b.entities where id not in (select other from kinships)
union all select 'gone', id, kind, label, null from a.entities where id not in (select one from kinships)
union all select 'merged', any_value(e.id), any_value(e.kind), any_value(e.label),
    string_agg(x.label || ' (' || x.id || ')', ' and ' order by x.label, x.id)
    from counted c join b.entities e on e.id = c.other join a.entities x on x.id = c.one where n_ones > 1 group by c.other
union all select 'split', any_value(e.id), any_value(e.kind), any_value(e.label),
    string_agg(y.label || ' (' || y.id || ')', ' and ' order by y.label, y.id)
    from counted c join a.entities e on e.id = c.one join b.entities y on y.id = c.other where n_others > 1 group by c.one
union all select 'called otherwise', y.id, y.kind, y.label, x.label
    from counted c join a.entities x on x.id = c.one join b.entities y on y.id = c.other
    where n_ones = 1 and n_others = 1 and x.label <> y.label
"""

_VALUE: Final = """
case c.value_type when 'date' then c.value_edtf
    when 'quantity' then trim(concat_ws(' ', coalesce(format('{:.10g}', c.value_number),
        format('{:.10g} to {:.10g}', c.value_low, c.value_high), format('{:.10g}', c.value_low),
        format('{:.10g}', c.value_high)), c.value_unit))
    when 'route' then list_aggregate(list_transform(c.value_stops, lambda s: s.text), 'string_agg', ' > ')
    else c.value_text end
"""

_CLAIMS: Final = """
create temp table a_said as select fingerprint, min(id) as id, min(rank) as rank from a.claims group by fingerprint;
create temp table b_said as select fingerprint, min(id) as id, min(rank) as rank from b.claims group by fingerprint;
create temp table lost as
    select c.fingerprint, c.id, c.subject_label as subject, c.predicate, {value} as value, e.source, e.start_char, e.quote
    from a_said s join a.claims c on c.id = s.id join a.claim_evidence e on e.claim = c.id and e.position = 0
    where s.fingerprint not in (select fingerprint from b_said);
create temp table found as
    select c.fingerprint, c.id, c.subject_label as subject, c.predicate, {value} as value, e.source, e.start_char, e.quote
    from b_said s join b.claims c on c.id = s.id join b.claim_evidence e on e.claim = c.id and e.position = 0
    where s.fingerprint not in (select fingerprint from a_said);
create temp table turned (was varchar, now varchar);
"""

_TURNED: Final = """
insert into turned select min(l.fingerprint), min(f.fingerprint)
from (select * from lost where fingerprint not in (select was from turned)) l
join (select * from found where fingerprint not in (select now from turned)) f on {same}
group by {keys} having count(distinct l.fingerprint) = 1 and count(distinct f.fingerprint) = 1
"""

_PAIRINGS: Final = (
    ("predicate", "subject", "quote"),
    ("predicate", "quote", "value"),
    ("predicate", "subject", "source"),
    ("predicate", "subject"),
)
"""What a claim that is gone and a new one share to be one that has changed, the closest first; none may have two."""

_CLAIM_CHANGES: Final = """
create temp table claim_changes as
select 'new' as how, id, subject, predicate, value, source, start_char, quote, null as was from found
    where fingerprint not in (select now from turned)
union all select 'gone', id, subject, predicate, value, source, start_char, quote, null from lost
    where fingerprint not in (select was from turned)
union all select 'changed', f.id, f.subject, f.predicate, f.value, f.source, f.start_char, f.quote,
    concat_ws(', ', if(l.subject <> f.subject, l.subject, null), if(l.value is distinct from f.value, l.value, null),
        if(l.quote <> f.quote, '“' || l.quote || '”', null))
    from turned t join lost l on l.fingerprint = t.was join found f on f.fingerprint = t.now
union all select case y.rank when 'normal' then 'believed as others again' else y.rank end, c.id, c.subject_label,
    c.predicate, {value}, e.source, e.start_char, e.quote, x.rank
    from a_said x join b_said y on y.fingerprint = x.fingerprint and y.rank <> x.rank
    join b.claims c on c.id = y.id join b.claim_evidence e on e.claim = c.id and e.position = 0
"""

_FINDINGS: Final = """
create temp table a_found as select fingerprint, min(id) as id, if(bool_or(status = 'open'), 'open', min(status)) as status
    from a.findings group by fingerprint, severity = 'ok';
create temp table b_found as select fingerprint, min(id) as id, if(bool_or(status = 'open'), 'open', min(status)) as status
    from b.findings group by fingerprint, severity = 'ok';
create temp table finding_changes as
with both_ as (
    select x.id as one, y.id as other, x.status as was, y.status as now
    from a_found x full join b_found y on y.fingerprint = x.fingerprint
), told as (
    select case when one is null and now = 'open' then 'opened' when one is null then 'found and settled'
        when other is null then if(was = 'open', 'closed', 'gone, settled before')
        when was <> 'open' and now = 'open' then 'reopened' when was = 'open' and now <> 'open' then 'settled'
        when was <> now then 'settled otherwise' end as how,
        one, other, was, now from both_
)
select if(f.severity <> 'ok', t.how, if(other is null, 'no longer holds', 'holds')) as how, f.id, f.code, f.kind, f.severity,
    f.summary, if(f.severity = 'ok' or t.now is null or t.now = 'open', null, t.now) as now
from told t join (select *, true as is_new from b.findings union all select *, false from a.findings) f
    on f.id = coalesce(t.other, t.one) and f.is_new = (t.other is not null)
where t.how is not null and (f.severity <> 'ok' or one is null or other is null)
"""

_FINDINGS_TURNED: Final = """
create temp table passages as
    select g.id, g.code, g.kind, g.how, coalesce(c.fingerprint, m.quote) as says from finding_changes g
    join (select * from a.finding_members union all select * from b.finding_members) m on m.finding = g.id
    left join (select id, fingerprint from a.claims union select id, fingerprint from b.claims) c on c.id = m.claim
    where g.how in ('opened', 'closed', 'holds', 'no longer holds')
    qualify count(*) over (partition by g.code, g.how, coalesce(c.fingerprint, m.quote)) <= 50;
create temp table alike as
    select l.id as was, f.id as now, count(distinct f.says) as n from passages l join passages f
    on f.code = l.code and f.kind = l.kind and f.says = l.says
    where (l.how = 'closed' and f.how = 'opened') or (l.how = 'no longer holds' and f.how = 'holds') group by all;
create temp table pairs as
    select was, now from alike qualify row_number() over (partition by was order by n desc, now) = 1
        and row_number() over (partition by now order by n desc, was) = 1;
delete from finding_changes where how in ('closed', 'no longer holds') and id in (select was from pairs);
update finding_changes set how = 'changed' where how in ('opened', 'holds') and id in (select now from pairs);
"""

SECTIONS: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "sources": ("name", ("new", "changed", "renamed", "read otherwise", "gone")),
    "entities": ("kind not in ('person', 'group'), label, id", ("new", "merged", "split", "called otherwise", "gone")),
    "claims": (
        "source, start_char, predicate, id",
        ("new", "changed", "preferred", "deprecated", "believed as others again", "gone"),
    ),
    "findings": (
        "code, summary, id",
        (
            "opened", "reopened", "changed", "closed", "settled", "settled otherwise", "found and settled",
            "gone, settled before", "holds", "no longer holds",
        ),
    ),
}  # fmt: skip
"""Each section: the order of its rows, and the ways in which a thing may differ, in the order in which they are told."""

_TABLES: Final = {
    "sources": "source_changes", "entities": "entity_changes", "claims": "claim_changes",
    "findings": "finding_changes",
}  # fmt: skip


class Comparison:
    """Two chronicles side by side; close it, or use it in a `with` block."""

    def __init__(self, before: str | Path, after: str | Path) -> None:
        sides = {"a": Path(before), "b": Path(after)}
        self.meta = tuple(_meta_of(path) for path in sides.values())
        """What made each of them."""
        if sides["a"].samefile(sides["b"]):
            raise StoreError("both are one file", where=str(after), hint="name two chronicles")
        self._connection = engine.connect(":memory:")
        try:
            for name, path in sides.items():
                literal = "'" + str(path).replace("'", "''") + "'"  # ATTACH takes no parameters
                self._connection.execute(f"attach {literal} as {name} (read_only)")
            self._connection.execute("set enable_external_access = false")
            self._compare()
        except engine.Error as error:
            self.close()
            raise StoreError(f"cannot be compared: {str(error).splitlines()[0]}", where=str(after)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of both files."""
        self._connection.close()

    def _compare(self) -> None:
        statements = [_SOURCES, _ENTITIES, _CLAIMS.replace("{value}", _VALUE)]
        for keys in _PAIRINGS:
            same = " and ".join(f"f.{key} = l.{key}" for key in keys)
            statements.append(_TURNED.format(same=same, keys=", ".join(f"l.{key}" for key in keys)))
        statements += [_CLAIM_CHANGES.replace("{value}", _VALUE), _FINDINGS, _FINDINGS_TURNED]
        for statement in statements:
            self._connection.execute(statement)

    def counts(self, section: str) -> dict[str, int]:
        """Return how many things of a section differ in which way, those ways alone that there are."""
        found = dict(
            self._connection.execute(f"select how, count(*) from {_TABLES[section]} group by how").fetchall()  # noqa: S608
        )
        return {how: found[how] for how in SECTIONS[section][1] if how in found}

    def rows(self, section: str, how: str, limit: int | None = None) -> list[dict[str, Any]]:
        """Return the things of a section that differ in one way, in order, at most `limit`."""
        order = SECTIONS[section][0]
        cursor = self._connection.execute(
            f"select * exclude (how) from {_TABLES[section]} where how = ? order by {order}"  # noqa: S608
            + ("" if limit is None else f" limit {int(limit)}"),
            [how],
        )
        columns = [column[0] for column in cursor.description or ()]
        return [
            {name: value for name, value in zip(columns, row, strict=True) if value is not None}
            for row in cursor.fetchall()
        ]


def _meta_of(path: Path) -> dict[str, str]:
    """Return what made a chronicle; raises `StoreError` where it is none that this version reads."""
    from regesta.chronicle.query import Chronicle

    with Chronicle(path) as chronicle:
        return chronicle.meta
