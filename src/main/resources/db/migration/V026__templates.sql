-- room: machine
alter table machine add column template_due boolean not null default false;  -- it is still to be fetched
alter table machine add column template_failure text;                       -- why the last attempt failed
