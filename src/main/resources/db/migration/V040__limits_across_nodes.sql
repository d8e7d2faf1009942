-- room: run; how long each node may be silent before it is taken for dead: written by the node itself, read by all
alter table node add column lease interval not null default '3 seconds';

-- room: credential; keys of the servers themselves, which are the same on all of them
create table server_key (
    name    text primary key,
    print   text,                              -- tells the key in force apart, and nothing about it
    sealed  bytea,                             -- one that is kept here; null as long as it is given by a setting
    key_id  text,                              -- the root key that opens it
    since   timestamptz not null
);

-- room: usage; requests in the newest minute, counted by all servers; unlogged, since a crash may forget a minute
create unlogged table request_count (
    organization int primary key,
    minute       timestamptz not null,
    requests     int not null
) with (fillfactor = 50);
