-- room: run
alter table run add column options  text;    -- JSON; null when nothing was said
alter table run add column metadata jsonb;   -- null when there is none
alter table run add column structured boolean not null default false;  -- whether the result is JSON, by a schema
create index run_by_metadata on run using gin (metadata jsonb_path_ops) where metadata is not null;

-- Files that lie in the workspace at the start; gone when the run has ended.
create table run_file (
    run_id      uuid not null,
    ordinal     int not null,
    path        text not null,
    bytes       bytea,
    artifact_id uuid,
    primary key (run_id, ordinal),
    check ((bytes is null) <> (artifact_id is null))
);

-- What the run has used so far; changed by the append that uses it.
alter table run add column iterations    int not null default 0;
alter table run add column input_tokens  bigint not null default 0;
alter table run add column output_tokens bigint not null default 0;
alter table run add column tools         text[] not null default '{}';
alter table run add column tool_calls    int[] not null default '{}';  -- how often each of them was called
