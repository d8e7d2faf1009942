-- room: run
alter table run add column dollars double precision not null default 0;  -- what programs say that they cost
