-- room: machine
create table machine_log (
    agent_id uuid not null references agent on delete cascade,
    id       bigint generated always as identity,
    at       timestamptz not null,
    line     text not null,
    primary key (agent_id, id)
);

create table machine_once (                              -- idempotency keys of creations and what they made
    user_id     uuid not null references app_user,
    key         text not null,
    fingerprint text not null,
    agent_id    uuid not null references agent on delete cascade,
    created_at  timestamptz not null,
    primary key (user_id, key)
);
