-- Twenty messages leave in one transaction and are handed over five at a time: of a process that dies, only those that were handed over
-- are in doubt. Tries that stand here already were handed over as soon as they were begun.
alter table message_attempt add column is_handed boolean not null default true;
select draw_known_views();

-- Rows that are written and soon changed keep room beside them, so that a change need not be told to each index.
alter table message_attempt set (fillfactor = 60);
alter table reminder_item set (fillfactor = 80);
