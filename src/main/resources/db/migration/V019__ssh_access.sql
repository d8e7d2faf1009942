-- room: terminal
create table ssh_access (
    id         uuid primary key,
    agent_id   uuid not null references agent on delete cascade,
    public_key text,                                     -- as OpenSSH writes it, without a comment
    password   bytea,                                    -- SHA-256 of a random one; exactly one of the two is there
    comment    text not null,
    created_by text not null,                            -- as the audit names it
    created_at timestamptz not null,
    expires_at timestamptz not null,
    check ((public_key is null) <> (password is null))
);
create index ssh_access_by_agent on ssh_access (agent_id);
