-- room: artifact
create table artifact (
    id         uuid primary key,
    agent_id   uuid not null references agent,
    path       text not null,
    size_bytes bigint not null,
    mime_type  text not null,
    sha256     text not null,
    created_at timestamptz not null,
    unique (agent_id, path)
);
create index artifact_of_agent on artifact (agent_id, id);

create table artifact_piece (
    artifact_id uuid not null,                   -- stored before the file it belongs to, in the same transaction
    ordinal     int not null,
    bytes       bytea not null,
    primary key (artifact_id, ordinal)
);
alter table artifact_piece alter column bytes set storage external;
