-- room: run
create index agent_of_parent on agent (parent_id) where parent_id is not null;  -- what an agent made
