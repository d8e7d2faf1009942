-- room: run; what is old goes and stays counted
alter table run add column pruned_at timestamptz;  -- since when its log is only its end and what was said
create index run_whole on run (ended_at, id) where ended_at is not null and pruned_at is null;
create index run_pruned on run (ended_at, id) where pruned_at is not null;

create table run_tally (                           -- of runs that are gone, for the usage of months
    user_id       uuid not null references app_user,
    month         date not null,                   -- of their spawns: its first day, UTC
    spawned       bigint not null,
    completed     bigint not null,
    failed        bigint not null,
    stopped       bigint not null,
    input_tokens  bigint not null,
    output_tokens bigint not null,
    primary key (user_id, month)
);

-- room: audit
create index activity_by_time on activity (created_at);
