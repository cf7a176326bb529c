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

-- table happenings
-- Claims with a date, in the order of time, so that the first of many need no sorting. `nth` counts the claims that say the same, `nth_here` those of one
-- source among them: a list of what happened takes the first of each. Most say what no other says, and are not counted at all.
with dated as (
    select c.id as claim, c.subject_kind as kind, c.predicate, c.source,
        c.value_type = 'date' or c.predicate in ('event', 'status', 'award', 'first', 'superlative', 'introduced_by') as is_event,
        coalesce(c.value_edtf, c.when_edtf) as edtf, coalesce(c.earliest, c.latest)::varchar as sorted,
        case when c.earliest is null and c.latest is not null then '' else c.earliest::varchar end as first_day,
        case when c.latest is null and c.earliest is not null then '~' else c.latest::varchar end as last_day
    from claims c where coalesce(c.value_edtf, c.when_edtf) is not null and c.rank <> 'deprecated'
), again as (
    select d.claim, row_number() over (partition by s.statement order by d.source, d.claim) as nth,
        row_number() over (partition by s.statement, d.source order by d.claim) as nth_here
    from dated d join claim_support s on s.claim = d.claim
    where s.statement in (select statement from claim_support group by statement having count(*) > 1)
)
select d.*, coalesce(a.nth, 1) as nth, coalesce(a.nth_here, 1) as nth_here
from dated d left join again a on a.claim = d.claim
order by d.sorted nulls first, d.claim;

-- table happening_counts
-- How many there are of each sort and date, each statement once: what a timeline counts, without reading them all.
select kind, predicate, is_event, first_day, last_day, count(*) as n from happenings where nth = 1
group by kind, predicate, is_event, first_day, last_day order by coalesce(nullif(first_day, ''), last_day) nulls first, kind, predicate;

-- table happening_sources
-- How many each source tells of, each statement once in a source.
select source, kind, predicate, is_event, count(*) as n from happenings where nth_here = 1
group by source, kind, predicate, is_event order by source, kind, predicate;

-- table foremost
-- What most independent sources tell of but for people: the small timeline of the front page.
select h.claim, h.edtf, h.first_day, h.last_day, row_number() over (order by s.independent desc nulls last, h.sorted, h.claim) as place
from happenings h left join claim_support s on s.claim = h.claim
where h.is_event and h.nth = 1 and h.kind not in ('person', 'group') and h.sorted is not null
qualify place <= 24 order by place;

-- table legs
-- The ways from stop to stop of all routes, each once for a subject however many sources tell it.
with stops as (
    select c.id, c.subject, c.source, c.value_text, unnest(c.value_stops) as stop, generate_subscripts(c.value_stops, 1) as nth
    from claims c where c.predicate = 'route' and c.rank <> 'deprecated' and c.modality <> 'denied'
), told as (
    select s.subject, s.id, s.stop.text as start_text, lead(s.stop.text) over (partition by s.id order by s.nth) as end_text,
        lower(coalesce(s.value_text, (select min(v.value_text) from claims v
            where v.subject = s.subject and v.predicate = 'vehicle' and v.source = s.source), '')) as by_what
    from stops s
), one as (
    select start_text, end_text, by_what, subject, min(id) as claim from told where end_text is not null
    group by start_text, end_text, by_what, subject
)
select * from one qualify by_what <> '' or max(by_what) over (partition by start_text, end_text, subject) = ''
order by start_text, end_text, by_what, subject;

-- table journeys
-- Routes in the order of their time, those of several sources once: a list of them needs no sorting.
with one as (
    select min(c.id) as id from claims c left join claim_support s on s.claim = c.id
    where c.predicate = 'route' group by coalesce(s.statement, c.id)
)
select c.id as claim, row_number() over (order by coalesce(c.earliest::varchar, '9999'), c.subject_label, c.id) as place
from one join claims c on c.id = one.id order by place;

-- table finding_order
-- Findings by how much they matter: what nobody settled, the gravest, kinds as a reader would take them up, where most voices speak.
with voices as (
    select m.finding, count(distinct s.family) as n_families, count(distinct m.source) as n_sources, count(*) as n_members
    from finding_members m join sources s on s.name = m.source group by m.finding
)
select f.id as finding, row_number() over (order by
        f.status <> 'open', list_position(['error', 'warning', 'info', 'undetermined', 'ok'], f.severity) nulls last,
        list_position(['date-conflict', 'value-conflict', 'sum-mismatch', 'total-mismatch', 'chronology', 'convention-breach',
            'first-claim', 'superlative-conflict', 'coverage-gap', 'coverage-overlap', 'missing-part', 'duplicate-entry', 'one-sided',
            'dangling-marker', 'orphan-reference', 'date-bound', 'arithmetic-check', 'same-name', 'spelling-variant', 'shared-text',
            'uncited'], f.kind) nulls last,
        f.kind, coalesce(v.n_families, 0) desc, f.code, f.summary, f.id) as place,
    coalesce(v.n_families, 0) as n_families, coalesce(v.n_sources, 0) as n_sources, coalesce(v.n_members, 0) as n_members
from findings f left join voices v on v.finding = f.id order by place;

-- table finding_facets
-- What findings are sorted into: one row for each value that one has.
select distinct facet, value, finding from (
    select 'severity' as facet, severity as value, id as finding from findings
    union all select 'kind', kind, id from findings
    union all select 'status', status, id from findings
    union all select 'code', code, id from findings
    union all select 'source', source, finding from finding_members
) where value is not null and value <> '' order by facet, value, finding;

-- table finding_facet_counts
-- How many findings have each value.
select facet, value, count(*) as n from finding_facets group by facet, value order by facet, n desc, value;
