-- Where other servers find each server, and which of those that share an installation has an agent's computer.
alter table node
    add column url        text,         -- null while it answers nobody yet
    add column host       text,         -- the installation on whose disk it works
    add column started_at timestamptz not null default now();

alter table machine
    add column node_id uuid;            -- the only server that may open it; null when any of its installation may
create index machine_node on machine (node_id);
