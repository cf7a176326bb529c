-- What pages ask by, reckoned once by DuckDB when a shelf is made. Each `-- table NAME` is a query; its rows become a table.

-- table cards
-- An entity in one row: what a list shows of it and sorts by.
with said as (
    select c.subject as entity, count(*) as n_claims,
        min(c.earliest) filter (c.predicate = 'arrival') as arrival_first,
        arg_min(c.value_edtf, (c.earliest, c.value_edtf)) filter (c.predicate = 'arrival' and c.earliest is not null) as arrival,
        arg_min(c.value_text, (c.source, c.id)) filter (c.predicate = 'role') as role
    from claims c group by c.subject
), named as (
    select m.entity, count(distinct m.source) as n_sources, count(distinct s.family) as n_families
    from mentions m join sources s on s.name = m.source group by m.entity
)
select e.id, e.kind, e.label, lower(e.label) as sorted, e.is_named, coalesce(said.n_claims, 0) as n_claims,
    coalesce(named.n_sources, 0) as n_sources, coalesce(named.n_families, 0) as n_families,
    said.arrival, said.arrival_first, said.role
from entities e left join said on said.entity = e.id left join named on named.entity = e.id
order by sorted, e.id;

-- table facets
-- What people are sorted into: one row for each value that somebody has.
with who as (select id, kind, is_named from entities where kind in ('person', 'group'))
select distinct facet, value, entity from (
    select 'kind' as facet, kind as value, id as entity from who
    union all select 'named', case when is_named then 'yes' else 'no' end, id from who
    union all select 'source', m.source, m.entity from mentions m join who on who.id = m.entity
    union all select 'year', strftime(c.earliest, '%Y'), c.subject from claims c join who on who.id = c.subject
        where c.predicate = 'arrival' and year(c.earliest) = year(c.latest)
    union all select 'role', lower(c.value_text), c.subject from claims c join who on who.id = c.subject
        where c.predicate in ('role', 'rank') and length(c.value_text) <= 60
    union all select 'transport', lower(c.value_text), c.subject from claims c join who on who.id = c.subject
        where c.predicate = 'vehicle' and length(c.value_text) <= 60
    union all select 'route', stops.stop.text, c.subject
        from claims c join who on who.id = c.subject, unnest(c.value_stops) as stops(stop) where c.predicate = 'route'
) where value is not null and value <> '' order by facet, value, entity;

-- table facet_counts
-- How many people have each value.
select facet, value, count(*) as n from facets group by facet, value order by facet, n desc, value;

-- table names
-- Every word that a name begins with, for finding people by the beginning of any part of their names.
select distinct word, entity from (
    select unnest(string_split(regexp_replace(lower(spelled), '[-''’.,]', ' ', 'g'), ' ')) as word, id as entity from (
        select id, unnest(list_append(aliases, label)) as spelled from entities where kind in ('person', 'group'))
) where word <> '' order by word, entity;

-- table decided
-- What each decision is about, a target a row.
select distinct t.target, d.id as decision from decisions d, unnest(d.targets) as t(target) order by target, decision;
