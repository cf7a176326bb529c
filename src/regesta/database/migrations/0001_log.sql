-- The log of decisions: the lines of decisions.jsonl, as they are. Rows are only added.

create schema if not exists regesta;

create table regesta.versions (
    number  integer primary key,
    name    text not null,
    sha256  text not null,
    done_at timestamptz not null default now()
);

create table regesta.lines (
    number   bigint generated always as identity primary key,
    line     bytea not null check (octet_length(line) between 1 and 65535), -- without its end
    digest   bytea not null generated always as (sha256(line)) stored unique,
    decision text,                                  -- what is in the line, for people who ask in SQL:
    kind     text,                                  -- null where it is no decision
    made_by  text,
    made_at  text,
    added_at timestamptz not null default clock_timestamp(),
    added_by text not null default session_user     -- the user of the database, not the person who decided
);
create index lines_decision on regesta.lines (decision);

-- Whoever adds a line waits for whoever adds one now. So numbers follow each other in the order in which lines came to
-- stand, and who has read up to a number has missed none before it.
create function regesta.one_at_a_time() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(29285, 2);
    return null;
end $$;
create trigger one_at_a_time before insert on regesta.lines
    for each statement execute function regesta.one_at_a_time();

create function regesta.only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the log of decisions is only added to: take a decision back with another one'
        using errcode = 'restrict_violation';
end $$;
create trigger only_added_to before update or delete or truncate on regesta.lines
    for each statement execute function regesta.only_added_to();

revoke update, delete, truncate on regesta.lines from public;
