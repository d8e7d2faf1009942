-- room: access
alter table app_user add column disabled_at timestamptz;
alter table app_user add column generation int not null default 0; -- of tokens: those of an earlier one are no good

create table console_session (
    id         uuid primary key,
    hash       bytea not null unique,            -- SHA-256 of the secret; the secret itself is in a browser alone
    user_id    uuid not null references app_user on delete cascade,
    mode       text not null,                    -- how the user logged in
    address    text not null,                    -- where it was last used from
    client     text not null,                    -- and with what
    created_at timestamptz not null,
    used_at    timestamptz not null,
    expires_at timestamptz not null
);
create index console_session_of_user on console_session (user_id, used_at desc);
