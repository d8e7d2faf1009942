-- room: agent
create table agent_skill (                               -- names of folders in the library of skills
    agent_id uuid not null references agent on delete cascade,
    skill    text not null,
    primary key (agent_id, skill)
);

create table agent_avatar (
    agent_id   uuid primary key references agent on delete cascade,
    identity   text,                                     -- what a picture is to show, in words
    type       text,                                     -- of the picture: image/webp or image/png
    picture    bytea,
    updated_at timestamptz not null
);
