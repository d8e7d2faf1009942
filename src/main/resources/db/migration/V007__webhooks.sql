-- room: webhook
create table webhook (
    id              uuid primary key,
    owner_id        uuid not null references app_user,
    run_id          uuid,                        -- of the one run that brought it along; null for the account's own
    url             text not null,
    events          text[] not null,
    description     text,
    enabled         boolean not null,
    disabled_reason text,
    secret          bytea not null,              -- sealed under the root key; the id is bound to it
    key_id          text not null,
    old_secret      bytea,                       -- signs too until then, after a rotation
    old_key_id      text,
    old_until       timestamptz,
    failing_since   timestamptz,                 -- since when there was nothing but failures
    created_at      timestamptz not null,
    updated_at      timestamptz not null
);
create index webhook_of_owner on webhook (owner_id, id desc) where run_id is null;
create unique index webhook_of_run on webhook (run_id) where run_id is not null;

create table webhook_delivery (
    id              uuid primary key,
    webhook_id      uuid not null,               -- no foreign key: what was sent outlives the hook
    owner_id        uuid not null references app_user,
    run_id          uuid,
    own_hook        boolean not null,            -- whether the hook came with the run
    agent_id        uuid,
    type            text not null,
    body            text not null,
    status          text not null,
    attempts        int not null default 0,
    failures        int not null default 0,      -- in a row, since it was first sent or sent again
    http_status     int,
    error           text,
    created_at      timestamptz not null,
    next_attempt_at timestamptz,
    held_until      timestamptz                  -- some server is sending it, unless that server was lost
);
create unique index webhook_delivery_once on webhook_delivery (webhook_id, run_id, type);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at) where status = 'pending';
create index webhook_delivery_of_hook on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_of_agent on webhook_delivery (agent_id, id desc);
create index webhook_delivery_by_time on webhook_delivery (created_at);
