-- room: schedule
create table schedule (
    id            uuid primary key,
    agent_id      uuid not null references agent,
    name          text not null,
    cron          text not null,
    zone          text not null,
    message       text not null,
    enabled       boolean not null,
    description   text,
    timeout_s     int not null,
    allowed_tools text[],                        -- null for all that agents have
    profile       text,                          -- null for the agent's own
    created_by    uuid not null references app_user,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    last_at       timestamptz,                   -- when it last began a run
    next_at       timestamptz                    -- the next due moment; null while it cannot fire
);
create index schedule_of_agent on schedule (agent_id, id);
create index schedule_by_due on schedule (next_at) where next_at is not null;
