-- room: scenario
create table scenario (
    id         int generated always as identity primary key,
    owner_id   uuid not null references app_user,
    recipe     text not null,                    -- JSON
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index scenario_of_owner on scenario (owner_id, id);
