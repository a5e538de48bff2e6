-- What reports read: open items by due date without touching the table, which items are credits, and the order of customers
-- by what they owe.

-- All that aging needs of an open item; in the order of due dates, so that a bucket is a range.
drop index open_item_due;
create index open_item_due on open_item (tenant_id, due_on, id)
  include (company_id, account, currency, open_minor, open_functional_minor) where open_minor <> 0;
-- Credit notes and their like, ever: aging as of a past day tells their movements from those of invoices.
create index open_item_credit on open_item (tenant_id, id) where amount_minor < 0 and account = 'receivables';

-- A customer's holds, the released ones too, for what happened with a customer.
create index hold_of_customer on hold (tenant_id, customer_id, recorded_at desc);

-- A cache, never a source: what customers owe, for sorting a hundred thousand of them. Written by one job only; lists
-- say when it was made and show figures of their own.
create table customer_figures (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  customer_id uuid not null,
  -- In the company's functional currency: invoices open, and of these what is past due.
  open_minor bigint not null,
  overdue_minor bigint not null,
  primary key (tenant_id, company_id, customer_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index customer_figures_open on customer_figures (tenant_id, company_id, open_minor desc, customer_id desc);
create index customer_figures_overdue on customer_figures (tenant_id, company_id, overdue_minor desc, customer_id desc);

create table customer_figures_state (
  tenant_id uuid not null references tenant,
  -- The day that decided what is past due, and up to when the books were looked at.
  as_of date not null,
  refreshed_at timestamptz not null,
  primary key (tenant_id)
);

do $$ declare t text; begin
  foreach t in array array['customer_figures','customer_figures_state'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
