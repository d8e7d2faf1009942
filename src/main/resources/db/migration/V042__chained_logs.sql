-- room: run
alter table run_event
    add column digest bytea;                      -- SHA-256 over this row and the digest before it; null in older logs
alter table run
    add column sealed boolean not null default false,  -- whether its log has digests from its first event on
    add column cut    boolean not null default false;  -- whether rows of its log were taken out on purpose
