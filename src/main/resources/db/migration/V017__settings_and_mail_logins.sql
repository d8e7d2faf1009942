-- room: setting
create table setting (
    key        text primary key,
    value      text not null,
    changed_at timestamptz not null
);

-- room: access
create table login_email (                               -- who may log in by mail
    id       bigint generated always as identity primary key,
    email    text not null unique,                       -- in lower case
    added_by text not null,
    source   text not null,                              -- manual, or agent_sharing
    added_at timestamptz not null
);

create table login_code (
    id         bigint generated always as identity primary key,
    email      text not null,
    hash       text not null,
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    tries      int not null default 0,
    used_at    timestamptz
);
create index login_code_by_email on login_code (email, id desc);

alter table credential add column description text;
alter table credential add column reach text;            -- of an MCP key: user, agent or system
alter table credential add column uses bigint not null default 0;
create index credential_of_agent on credential (agent_id) where agent_id is not null;
