-- room: access
alter table credential add column spawns_per_minute int;    -- null: as the plan says
alter table credential add column spawns_per_hour int;

-- room: usage
create table agent_time (
    user_id   uuid not null references app_user,
    month     date not null,                     -- its first day, UTC
    worked_ms bigint not null,                   -- of holders who let go; those at work are in the table run
    primary key (user_id, month)
);
insert into agent_time (user_id, month, worked_ms)
select owner_id, date_trunc('month', created_at at time zone 'UTC')::date, sum(worked_ms)
from run group by 1, 2;

-- room: run
create index run_live_of_owner on run (owner_id) where ended_at is null;
