"""How well a claim is supported: in how many passages, documents and independent families its statement stands.

    claims that say the same ──► statement ──► n passages, m documents, k independent

Claims say the same where subject, predicate, value, part and event are the same, and neither denies what the other says. Case,
accents, punctuation and a leading article are no difference, nor is "about". A date is also said by a closer one: 12 February
1997 says 1997 too, not the other way round. Where one thing is said of several years, each year is a statement.

Independent are families, not documents; families that share the very words that say it count as one. It judges no claim.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from regesta.chronicle import engine

__all__ = ["count_support"]

_SAID: Final = r"""
create temp table said as
with worded as (
    select c.id as claim, e.source, s.family, e.start_char, e.end_char, c.value_type, c.value_edtf,
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
                       regexp_replace(lower(strip_accents(c.value_text)), '[''’]', '', 'g'), '[^\p{L}\p{N}]+', ' ', 'g')),
                       '^(the|an?) ', '')
                   else '' end) as thing
    from claims c join claim_evidence e on e.claim = c.id and e.position = 0 join sources s on s.name = e.source
), years as (
    select thing from worded group by thing having min(low) <> max(low) or min(high) <> max(high)
)
select claim, source, family, start_char, end_char,
       'st-' || left(md5(concat_ws(chr(31), thing, value_edtf,
           if(thing in (from years), concat(coalesce(low, 0), '/', coalesce(high, 0)), null))), 16) as statement,
       case when regexp_full_match(value_edtf, '[0-9]{4}-[0-9]{2}(-[0-9]{2})?') then list_transform(
           list_filter([left(value_edtf, 7), left(value_edtf, 4)], lambda d: d <> value_edtf),
           lambda d: 'st-' || left(md5(concat_ws(chr(31), thing, d)), 16)) end as implied
from worded
"""

_COUNTED: Final = """
create temp table told as
select statement, source, family, start_char, end_char from said
union all
select statement, source, family, start_char, end_char
from (select unnest(implied) as statement, source, family, start_char, end_char from said where implied is not null)
where statement in (select statement from said);
create temp table counted as
select statement, count(distinct (source, start_char, end_char)) as passages, count(distinct source) as documents,
       count(distinct family) as independent
from told group by statement;
"""

_BIN: Final = 1024
"""Code points of a stretch of text in which passages are looked up."""

# Two joins and not one of three: while the tables are being written nothing is known of their sizes, and all sources
# would be held against all sources first.
_SAME_WORDS: Final = """
with left_sides as materialized (
    select p.*, a.family from shared_passages p join sources a on a.name = p.a_source
), across as (
    select p.* exclude (family), row_number() over () as pair
    from left_sides p join sources b on b.name = p.b_source where p.family <> b.family
), sides as (
    select pair, 0 as side, a_source as source, a_start as start_char, a_end as end_char from across
    union all select pair, 1, b_source, b_start, b_end from across
), binned as (
    select *, unnest(range(start_char // $size, (end_char - 1) // $size + 1)) as bin from sides
), touching as (
    select distinct t.statement, t.family, b.pair, b.side
    from told t join counted c on c.statement = t.statement and c.independent > 1
    join binned b on b.source = t.source and b.bin = ((t.start_char + t.end_char) // 2) // $size
      and (t.start_char + t.end_char) // 2 >= b.start_char and (t.start_char + t.end_char) // 2 < b.end_char
)
select distinct l.statement, l.family, r.family from touching l
join touching r on r.pair = l.pair and r.statement = l.statement and l.side = 0 and r.side = 1
where l.family <> r.family order by all
"""


def count_support(connection: engine.DuckDBPyConnection) -> int:
    """Fill `claim_support`, a row for each claim, and return how many rows it has.

    Time is close to proportional to the claims; only statements of several families whose words are shared are looked at one
    by one.
    """
    connection.execute(_SAID)
    connection.execute(_COUNTED)
    edges = connection.execute(_SAME_WORDS, {"size": _BIN}).fetchall()
    less = _merged(edges)
    connection.execute(
        "create temp table merged as select unnest(?::varchar[]) as statement, unnest(?::bigint[]) as n",
        [list(less), list(less.values())],
    )
    connection.execute(
        "insert into claim_support select s.claim, s.statement, c.passages, c.documents, c.independent - coalesce(m.n, 0) "
        "from said s join counted c on c.statement = s.statement left join merged m on m.statement = s.statement"
    )
    connection.execute("drop table said; drop table told; drop table counted; drop table merged")
    (row,) = connection.execute("select count(*) from claim_support").fetchall()
    return int(row[0])


def _merged(edges: list[tuple[str, str, str]]) -> dict[str, int]:
    """Return by how many each statement has fewer independent families, for some share the words that say it.

    >>> _merged([("st-1", "a", "b"), ("st-1", "b", "c"), ("st-1", "a", "c"), ("st-2", "a", "b")])
    {'st-1': 2, 'st-2': 1}
    """
    parents: dict[str, dict[str, str]] = defaultdict(dict)
    found: dict[str, int] = defaultdict(int)
    for statement, one, two in edges:
        parent = parents[statement]
        roots = []
        for name in (one, two):
            while parent.get(name, name) != name:
                parent[name] = parent.get(parent[name], parent[name])
                name = parent[name]  # noqa: PLW2901 - the walk to the root
            roots.append(name)
        if roots[0] != roots[1]:
            parent[roots[1]] = roots[0]
            found[statement] += 1
    return dict(found)
