-- room: conversation
create table conversation_settings (
    agent_id uuid primary key references agent,
    settings text not null,                       -- JSON
    past     text not null                        -- JSON: what it was before the last changes, oldest first
);

create table thread (
    lane       uuid primary key,                  -- of the runs that were had on it
    agent_id   uuid not null references agent,
    key        text not null,                     -- its name, which callers choose
    created_at timestamptz not null,
    unique (agent_id, key)
);
