-- room: context
create table context (
    id           uuid primary key,
    owner_id     uuid not null references app_user,
    agent_id     uuid not null references agent,
    name         text not null,
    description  text not null,
    type         text not null,
    is_temporary boolean not null,
    created_at   timestamptz not null,
    revision     bigint not null default 1       -- rises with every change of its pieces, in the order of commits
);
create index context_of_agent on context (agent_id, id);
create index context_of_owner on context (owner_id);
create index context_temporary on context (created_at) where is_temporary;

create table context_piece (
    context_id    uuid not null references context on delete cascade,
    ordinal       int not null,
    text          text not null,
    revision      bigint not null default 1,     -- of the context, when this row last changed
    vectors       bytea,                         -- as in memory_embedding
    embedded_by   text,                          -- the model; null while its vectors are owed
    claimed_until timestamptz,                   -- a node is at work on the vectors until then
    primary key (context_id, ordinal)
);
create index context_piece_changed on context_piece (context_id, revision);
create index context_piece_owed on context_piece (context_id desc, ordinal) where embedded_by is null;
