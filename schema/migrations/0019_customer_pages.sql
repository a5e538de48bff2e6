-- What the pages of one customer read of a large ledger lies together: their lines in the order of days, the due dates of
-- their items, and what settled an item, each without a look into the table row by row.

create index journal_line_customer on journal_line (tenant_id, customer_id, posted_on, entry_id)
  include (company_id, item_id, due_on, account, currency, amount_minor, functional_minor, recorded_at)
  where item_id is not null;

drop index open_item_customer;
create index open_item_customer on open_item (tenant_id, customer_id, posted_on) include (id, kind, due_on);

drop index application_debit;
create index application_debit on application (tenant_id, debit_item_id)
  include (id, credit_item_id, amount_minor, debit_functional_minor, applied_on, recorded_at, reverses_id);

-- A day's movements in the order of due dates: a page of items as of a past day looks no further than the page reaches.
drop index journal_line_moved;
create index journal_line_moved on journal_line (tenant_id, posted_on, due_on)
  include (company_id, customer_id, item_id, account, currency, amount_minor, functional_minor, recorded_at)
  where item_id is not null;
