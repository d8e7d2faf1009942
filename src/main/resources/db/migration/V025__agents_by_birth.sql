-- room: agent
create index agent_by_birth on agent (created_at desc, id desc) where deleted_at is null;
