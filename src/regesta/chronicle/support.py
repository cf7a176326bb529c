"""How well a claim is supported: in how many passages, documents and independent families its statement stands.

    claims that say the same ──► statement ──► n passages, m documents, k independent

Claims say the same where subject, predicate, value, part and event are the same, and neither denies what the other says. Case,
accents, punctuation and a leading article are no difference, nor is "about". A date is also said by a closer one: 12 February
1997 says 1997 too, not the other way round. Where one thing is said of several years, each year is a statement.

Independent are families, not documents; families that share the very words that say it count as one. Words become numbers first;
what counts and joins them is plain SQL over integers, which a cluster reads too where there are very many. It judges no claim.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.chronicle import engine
    from regesta.relations import Relations

__all__ = ["count_support"]

_NUMBERED: Final = """
create temp macro number_of(words) as ((('0x' || left(md5(words), 16))::ubigint)::hugeint - (1::hugeint << 63))::bigint;
create temp macro spelled(number) as 'st-' || printf('%016x', (number::hugeint + (1::hugeint << 63))::ubigint);
create temp table numbered as
select name, row_number() over (order by name) as source, dense_rank() over (order by family) as family from sources;
"""
"""A statement's number is its hash, moved to where numbers have signs."""

_SAID: Final = r"""
create temp table said as
with worded as (
    select c.id as claim, s.source, s.family, e.start_char, e.end_char, c.value_type, c.value_edtf,
           if(c.value_type = 'date', null, year(c.earliest)) as low, if(c.value_type = 'date', null, year(c.latest)) as high,
           concat_ws(chr(31), c.subject, c.predicate, c.value_type,
               case c.modality when 'denied' then '-' when 'intended' then '>' else '' end,
               coalesce(lower(c.at_event), ''), coalesce(lower(c.subset), ''),
               case c.value_type
                   when 'entity' then coalesce(c.value_entity, lower(c.value_text))
                   when 'route' then concat_ws(chr(30), lower(c.value_text), array_to_string(list_transform(
                       c.value_stops, lambda stop: coalesce(stop.entity, lower(stop.text))), chr(30)))
                   when 'quantity' then concat_ws(chr(30), c.value_unit, coalesce(c.value_number::varchar, '?'),
                       coalesce(c.value_low::varchar, '?'), coalesce(c.value_high::varchar, '?'),
                       if(c.bound in ('min', 'max'), c.bound, ''))
                   when 'text' then regexp_replace(trim(regexp_replace(
                       regexp_replace(lower(strip_accents(c.value_text)), '[''’]', '', 'g'), '[^\p{{L}}\p{{N}}]+', ' ', 'g')),
                       '^(the|an?) ', '')
                   else '' end) as thing
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0 join numbered s on s.name = e.source {which}
), years as (
    select thing from worded group by thing having min(low) <> max(low) or min(high) <> max(high)
)
select claim, source, family, start_char, end_char,
       number_of(concat_ws(chr(31), thing, value_edtf,
           if(thing in (from years), concat(coalesce(low, 0), '/', coalesce(high, 0)), null))) as statement,
       case when regexp_full_match(value_edtf, '[0-9]{{4}}-[0-9]{{2}}(-[0-9]{{2}})?') then list_transform(
           list_filter([left(value_edtf, 7), left(value_edtf, 4)], lambda d: d <> value_edtf),
           lambda d: number_of(concat_ws(chr(31), thing, d))) end as implied
from worded
"""

_BIN: Final = 1024
"""Code points of a stretch of text in which passages are looked up."""

_TOLD: Final = f"""
create temp table told as
with every as (
    select statement, source, family, start_char, end_char from said
    union all
    select statement, source, family, start_char, end_char
    from (select unnest(implied) as statement, source, family, start_char, end_char from said where implied is not null)
    where statement in (select statement from said)
)
select *, (start_char + end_char) // 2 as middle, (start_char + end_char) // {2 * _BIN} as bin from every
"""  # noqa: S608 - a number of ours

_COUNTED: Final = """
select statement, count(*) as passages, count(distinct source) as documents, count(distinct family) as independent
from (select distinct statement, source, family, start_char, end_char from told) passages group by statement
"""

# Two joins and not one of three: while the tables are being written nothing is known of their sizes, and all sources
# would be held against all sources first.
_SIDES: Final = f"""
create temp table sides as
with left_sides as materialized (
    select a.source as a, a.family as a_family, a_start, a_end, b_source, b_start, b_end
    from shared_passages p join numbered a on a.name = p.a_source
), across as (
    select p.*, b.source as b, row_number() over () as pair
    from left_sides p join numbered b on b.name = p.b_source where p.a_family <> b.family
), both_sides as (
    select pair, 0 as side, a as source, a_start as start_char, a_end as end_char from across
    union all select pair, 1, b, b_start, b_end from across
)
select *, unnest(range(start_char // {_BIN}, (end_char - 1) // {_BIN} + 1)) as bin from both_sides
"""  # noqa: S608 - a number of ours

_JOINED: Final = """
with touching as (
    select distinct t.statement, t.family, b.pair, b.side from told t
    join counted c on c.statement = t.statement and c.independent > 1
    join sides b on b.source = t.source and b.bin = t.bin and t.middle >= b.start_char and t.middle < b.end_char
)
select distinct l.statement, l.family as one, r.family as other from touching l
join touching r on r.pair = l.pair and r.statement = l.statement and l.side = 0 and r.side = 1 and l.family <> r.family
"""
"""Families that share the words that tell a statement."""

_FILLED: Final = """
insert into claim_support
select s.claim, spelled(s.statement), c.passages, c.documents, c.independent - coalesce(m.n, 0)
from said s join counted c on c.statement = s.statement left join merged m on m.statement = s.statement
"""


def count_support(
    connection: engine.DuckDBPyConnection, relations: Relations | None = None, subjects: str = ""
) -> int:
    """Fill `claim_support`, a row for each claim, and return how many rows it has; where a table names `subjects`, for claims of these.

    Time is close to proportional to the claims; only statements of several families whose words are shared are looked at one
    by one. `relations` is asked where rows are very many.
    """
    connection.execute(_NUMBERED)
    which = f"where c.subject in (select subject from {subjects})" if subjects else ""  # noqa: S608 - our own name
    connection.execute(_SAID.format(which=which))
    connection.execute(_TOLD)
    _make(connection, "counted", _COUNTED, ("told",), relations)
    connection.execute(_SIDES)
    _make(connection, "joined", _JOINED, ("told", "counted", "sides"), relations)
    less = _merged(connection.execute("from joined").fetchall())
    connection.execute(
        "create temp table merged as select unnest(?::bigint[]) as statement, unnest(?::bigint[]) as n",
        [list(less), list(less.values())],
    )
    connection.execute(_FILLED)
    for table in ("numbered", "said", "told", "counted", "sides", "joined", "merged"):
        connection.execute(f"drop table {table}")
    connection.execute("drop macro number_of; drop macro spelled")
    (row,) = connection.execute("select count(*) from claim_support").fetchall()
    return int(row[0])


def _make(
    connection: engine.DuckDBPyConnection,
    table: str,
    query: str,
    of: tuple[str, ...],
    relations: Relations | None,
) -> None:
    """Make a table of what a query gives of others, the largest first: here, or where rows are very many by a cluster."""
    (row,) = connection.execute(f"select count(*) from {of[0]}").fetchall()  # noqa: S608 - our own names
    if relations is not None and row[0] >= relations.least:
        given = {name: connection.execute(f"from {name}").fetchnumpy() for name in of}
        for number, answer in enumerate(relations.ask(query, given)):
            connection.register("answer", answer)
            way = f"insert into {table}" if number else f"create temp table {table} as"
            connection.execute(f"{way} from answer")
        return
    connection.execute(f"create temp table {table} as {query}")


def _merged(edges: list[tuple[int, int, int]]) -> dict[int, int]:
    """Return by how many each statement has fewer independent families, for some share the words that say it.

    >>> _merged([(7, 1, 2), (7, 2, 3), (7, 1, 3), (8, 1, 2)])
    {7: 2, 8: 1}
    """
    parents: dict[int, dict[int, int]] = defaultdict(dict)
    found: dict[int, int] = defaultdict(int)
    for statement, one, two in edges:
        parent = parents[statement]
        roots = []
        for family in (one, two):
            while parent.get(family, family) != family:
                parent[family] = parent.get(parent[family], parent[family])
                family = parent[family]  # noqa: PLW2901 - the walk to the root
            roots.append(family)
        if roots[0] != roots[1]:
            parent[roots[1]] = roots[0]
            found[statement] += 1
    return dict(found)
