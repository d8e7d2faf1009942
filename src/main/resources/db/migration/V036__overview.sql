-- room: overview, which has no table of its own: what is asked for over all agents and accounts
-- runs come and end in the order of their rows, nearly: coarse indexes find them, and cost a spawn nothing
create index run_by_time on run using brin (created_at);
create index run_by_end on run using brin (ended_at);
create index heartbeat_run_by_time on heartbeat_run (created_at);
create index heartbeat_run_by_end on heartbeat_run (finished_at) where finished_at is not null;
create index cost_event_by_time on cost_event (created_at);
create index approval_pending on approval (created_at) where status = 'pending';
