-- room: webhook
alter table webhook
    add column form text not null default 'notices', -- or 'answer': what the run was answered with, told once, unsigned
    alter column secret drop not null,
    alter column key_id drop not null;
