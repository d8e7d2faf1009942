-- The tables of the first rooms. A room writes only its own; its XxxStore holds the SQL.

-- room: access
create table app_user (
    id            uuid primary key,
    name          text not null unique,
    role          text not null,
    password_hash text,
    created_at    timestamptz not null
);

create table credential (
    id           uuid primary key,
    hash         bytea not null unique,          -- SHA-256 of the secret; the secret itself is nowhere
    kind         text not null,
    user_id      uuid not null references app_user,
    agent_id     uuid,
    name         text not null,
    prefix       text not null,
    scopes       text[] not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index credential_of_user on credential (user_id, id);

create table failed_login (
    address text not null,
    at      timestamptz not null
);
create index failed_login_by_address on failed_login (address, at);

-- room: audit
create table audit (
    id     uuid primary key,
    at     timestamptz not null,
    actor  text not null,
    action text not null,
    target text not null,
    detail text not null
);
create index audit_by_time on audit (at);

-- room: agent
create table agent (
    id         uuid primary key,
    owner_id   uuid not null references app_user,
    name       text not null,
    slug       text not null unique,
    origin     text not null,
    profile    text not null,
    parent_id  uuid references agent,
    created_at timestamptz not null
);
create index agent_of_owner on agent (owner_id, origin, id desc);

-- room: run
create table node (
    id      uuid primary key,
    seen_at timestamptz not null
);

create table run (
    id         uuid primary key,
    agent_id   uuid not null references agent,
    owner_id   uuid not null references app_user,
    ordinal    int not null,                     -- 1 is the run that a Jettson agent stands for
    rate_key   text not null,                    -- whose window the spawn counts in
    task       text not null,
    region     text not null,
    status     text not null,
    computer   text not null,
    result     text,
    error      text,
    created_at timestamptz not null,
    ended_at   timestamptz,
    held_at    timestamptz,                      -- since when the holder has been working; null while spawning
    worked_ms  bigint not null default 0,        -- run time of earlier holders; time while no server ran is not in it
    node_id    uuid,                             -- who holds the lease; null once over
    fence      bigint not null default 0,        -- rises with each holder; every append names it
    unique (agent_id, ordinal)
);
create index run_of_owner on run (owner_id, created_at);
create index run_by_rate_key on run (rate_key, created_at);
create index run_live on run (node_id) where ended_at is null;

create table run_event (
    run_id  uuid not null,                       -- no foreign key: every append joins run by its fence anyway
    seq     bigint not null,
    step    bigint,                              -- null for what is no step for people
    at      timestamptz not null,
    kind    text not null,
    label   text not null,                       -- the line of a short story: a remark, or a tool's name
    payload text not null,                       -- JSON
    primary key (run_id, seq)
);
create unique index run_event_step on run_event (run_id, step) where step is not null;

create table spawn_once (
    user_id     uuid not null references app_user,
    key         text not null,
    fingerprint text not null,
    agent_id    uuid not null references agent,
    created_at  timestamptz not null,
    primary key (user_id, key)
);
