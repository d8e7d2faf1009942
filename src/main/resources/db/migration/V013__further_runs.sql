-- room: agent
alter table agent
    add column prompt     text,                   -- its own system prompt; null when its profile's will do
    add column runs       int not null default 0, -- how many it had, which is the number of the newest
    add column deleted_at timestamptz;            -- its runs stay counted, it is in no list any more
update agent set runs = 1;

-- room: run
alter table run
    add column lane  uuid,                        -- runs of one lane are worked one after the other, as they came
    add column brief text;                        -- JSON: how it is asked, where that is not what its profile says
create index run_of_lane on run (lane, ordinal) where lane is not null;
