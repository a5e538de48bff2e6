-- The list is made in steps of some thousand customers, each in a transaction of its own: customers after this one still stand as they
-- stood before. Null: the list is whole.
alter table worklist_day add column made_upto uuid;
