-- room: run
create index run_live_of_agent on run (agent_id) where ended_at is null;

-- room: execution
create table chat_session (
    id         uuid primary key,                 -- the lane of its runs
    agent_id   uuid not null references agent,
    started_by uuid not null references app_user,
    created_at timestamptz not null,
    closed_at  timestamptz
);
create unique index chat_session_open on chat_session (agent_id) where closed_at is null;
create index chat_session_of_agent on chat_session (agent_id, id desc);

create table execution (
    id          uuid primary key,                -- of its run too, which knows how it went; there is none if it was skipped
    agent_id    uuid not null references agent,
    session_id  uuid references chat_session,    -- null for what is no chat
    schedule_id uuid,
    tick        timestamptz,                     -- the due moment it stands for; null when nothing was due
    trigger     text not null,                   -- manual, chat, schedule, agent
    source      text,                            -- the name of the agent that called
    profile     text not null,
    context_tokens int not null,                 -- how many the model reads and writes in one call
    message     text,                            -- only of one that was skipped: the run has it else
    reason      text,                            -- why it was skipped
    created_at  timestamptz not null
);
create index execution_of_agent on execution (agent_id, id desc);
create index execution_of_schedule on execution (schedule_id, id desc) where schedule_id is not null;
create unique index execution_of_tick on execution (schedule_id, tick) where tick is not null;
create index execution_by_time on execution (created_at);
