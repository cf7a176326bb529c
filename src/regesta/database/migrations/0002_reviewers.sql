-- Who may decide on the pages, and who is there. Reviewers are never deleted: their names stand beside what they decided.

create table regesta.reviewers (
    number      bigint generated always as identity primary key,
    name        text not null check (char_length(name) between 1 and 80),
    key         text not null unique,               -- the name, so that no two look alike
    password    text not null,                      -- by argon2id, with its salt
    role        text not null check (role in ('reviewer', 'protection')),
    since       timestamptz not null default now(),
    disabled_at timestamptz
);

create table regesta.sessions (
    digest   bytea primary key,                     -- SHA-256 of what the browser has
    reviewer bigint not null references regesta.reviewers,
    since    timestamptz not null default now(),
    until    timestamptz not null
);
create index sessions_reviewer on regesta.sessions (reviewer);

create table regesta.attempts (                     -- to come in, that did not end well or have not ended
    number bigint generated always as identity primary key,
    key    text not null,                           -- of the name that was tried
    at     timestamptz not null default clock_timestamp()
);
create index attempts_key on regesta.attempts (key, at);
create index attempts_at on regesta.attempts (at);
