-- room: memory
-- One row a user. Every change of the user's memories locks it and takes the next revision, so that revisions are
-- committed in their order: whoever has read up to one of them has missed nothing before it.
create table memory_pool (
    user_id  uuid primary key references app_user,
    revision bigint not null
);

create table memory (
    id            uuid primary key,               -- stable over versions
    user_id       uuid not null references app_user,
    namespace     text not null,
    key           text not null,
    value         text not null,
    tags          text[] not null,
    importance    int not null,
    source        text not null,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    expires_at    timestamptz,
    access_count  bigint not null default 0,
    version       int not null,
    deleted_at    timestamptz,
    revision      bigint not null,                -- of the pool, when this row last changed
    embedded_by   text,                           -- the model; null while its vectors are owed
    claimed_until timestamptz,                    -- a node is at work on the vectors until then
    unique (user_id, namespace, key)
);
create index memory_of_user on memory (user_id, id desc);
create index memory_changed on memory (user_id, revision);
create index memory_owed on memory (id) where embedded_by is null and deleted_at is null;
create index memory_deleted on memory (deleted_at) where deleted_at is not null;
create index memory_expiring on memory (expires_at) where expires_at is not null;

create table memory_version (
    memory_id   uuid not null references memory on delete cascade,
    version     int not null,
    value       text not null,
    tags        text[] not null,
    importance  int not null,
    source      text not null,
    replaced_at timestamptz not null,
    deleted_at  timestamptz,
    primary key (memory_id, version)
);

create table memory_embedding (
    memory_id uuid primary key references memory on delete cascade,
    version   int not null,                       -- the one these vectors are of
    vectors   bytea not null                      -- of each: length, scale (float4), a byte a dimension
);

-- The model whose vectors the pools hold. Nodes set to another one leave vectors alone.
create table embedding_model (
    only_one boolean primary key default true check (only_one),
    name     text not null
);
