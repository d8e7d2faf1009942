-- room: audit; pages of the book newest first, and what was done to one thing
drop index audit_by_time;
create index audit_by_time on audit (at, id);
create index audit_by_target on audit (target, at, id);
