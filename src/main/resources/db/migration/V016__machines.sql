-- room: access
alter table app_user add column email text;              -- in lower case; null when none is known
create unique index app_user_by_email on app_user (email);

-- room: agent
create table agent_share (
    id         bigint generated always as identity primary key,
    agent_id   uuid not null references agent on delete cascade,
    email      text not null,                            -- in lower case; nobody needs to have it yet
    shared_by  uuid not null references app_user,
    created_at timestamptz not null,
    unique (agent_id, email)
);
create index agent_share_by_email on agent_share (email);

create table agent_permission (                          -- who may call whom
    source_id uuid not null references agent on delete cascade,
    target_id uuid not null references agent on delete cascade,
    primary key (source_id, target_id)
);
create index agent_permission_by_target on agent_permission (target_id);

create table agent_tag (
    agent_id uuid not null references agent on delete cascade,
    tag      text not null,
    primary key (agent_id, tag)
);
create index agent_tag_by_tag on agent_tag (tag);

-- room: machine
create table machine (
    agent_id       uuid primary key references agent,
    host           text not null,                        -- the installation whose disk has the workspace
    ready          boolean not null,                     -- false while it is being made
    kind           text not null,                        -- what Trinity calls the type of an agent
    runtime        text not null,
    runtime_model  text,
    template       text,
    repository     text,
    branch         text,
    tracks_branch  boolean not null,
    base_image     text not null,
    config         text not null,                        -- JSON: tools and MCP servers, as they were asked for
    port           int not null unique,
    cpu            text not null,                        -- as asked for at its birth
    memory         text not null,
    state          text not null,                        -- starting, running, stopped, exited
    wanted         boolean not null,                     -- whether it is on whenever its server is
    container      text not null,                        -- its name at the provider: 64 hex digits
    created_at     timestamptz not null,
    changed_at     timestamptz not null,
    cpu_limit      text,                                 -- in place of what was asked for, from the next start on
    memory_limit   text,
    read_only      boolean not null default false,
    blocked        text[],                               -- null for the usual patterns
    allowed        text[],
    autonomy       boolean not null default false,
    timeout_s      int not null default 900,
    parallel_tasks int not null default 3,
    platform_key   boolean not null default true,
    exposes        boolean not null default false,
    consumes       boolean not null default false
);
