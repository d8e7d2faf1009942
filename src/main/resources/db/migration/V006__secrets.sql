-- room: credential
create table root_key (
    one   boolean primary key default true check (one),  -- there is one row at most
    id    text not null,
    since timestamptz not null
);

create table secret (
    owner_id     uuid not null references app_user,
    name         text not null,
    sealed       bytea not null,                 -- AES-256-GCM under the root key; owner and name are bound to it
    key_id       text not null,
    description  text,
    hosts        text[],                         -- where it may be sent to; null for anywhere
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    last_used_at timestamptz,
    primary key (owner_id, name)
);
