-- What payments need beyond recording: finding what a receipt is for among a million open items, the facts of returns and of
-- write-offs taken back, and moving a payment to the customer whose it is.

-- What a document number, reference or name is compared by: capital letters and digits only. The same in src/payments/reference.ts.
create function match_key(given text) returns text language sql immutable strict parallel safe
  return regexp_replace(translate(given, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), '[^A-Z0-9]', '', 'g');

-- Kept as columns, not as index expressions: row-level security lets an index answer only what is compared as stored.
alter table open_item add column reference_key text generated always as (match_key(reference)) stored;
create index open_item_reference_key on open_item (tenant_id, reference_key);
alter table customer add column name_key text generated always as (match_key(name)) stored;
create index customer_name_key on customer (tenant_id, name_key) where archived_at is null;
create index invoice_payment_reference on invoice (tenant_id, payment_reference) where payment_reference is not null;

-- Debts by what is open of them, for receipts that say no more than an amount.
create index open_item_amount on open_item (tenant_id, open_minor, customer_id) where open_minor > 0;
-- Money that waits.
create index open_item_unapplied on open_item (tenant_id, document_id) where open_minor <> 0 and account = 'unapplied-cash';

-- A payment can move from one customer to another, never back to nobody.
create or replace function payment_content_kept() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'returned_on' - 'customer_id' is distinct from to_jsonb(old) - 'returned_on' - 'customer_id'
     or (old.returned_on is not null)
     or (old.customer_id is not null and new.customer_id is null) then
    raise exception 'a recorded payment is never changed; return it or move it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create index payment_amount on payment (tenant_id, amount_minor, received_on);

-- That a payment came back, why, and which bank line took it.
create table payment_return (
  tenant_id uuid not null references tenant,
  payment_id uuid not null,
  returned_on date not null,
  reason text not null check (length(reason) between 1 and 500),
  statement_line_id uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, payment_id),
  constraint payment_return_line unique (tenant_id, statement_line_id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, statement_line_id) references statement_line (tenant_id, id)
);
create trigger payment_return_kept before update or delete on payment_return for each statement execute function refuse_change();

alter table write_off add column number text not null;
create unique index write_off_number on write_off (tenant_id, company_id, number);
create index write_off_customer on write_off (tenant_id, customer_id, id);

create table write_off_undo (
  tenant_id uuid not null references tenant,
  write_off_id uuid not null,
  undone_on date not null,
  reason text not null check (length(reason) between 1 and 500),
  recorded_at timestamptz not null,
  primary key (tenant_id, write_off_id),
  foreign key (tenant_id, write_off_id) references write_off (tenant_id, id)
);
create trigger write_off_undo_kept before update or delete on write_off_undo for each statement execute function refuse_change();


do $$ declare t text; begin
  foreach t in array array['payment_return','write_off_undo'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
