-- Payments found by how their number, payer or reference begins, and how the CSV statements of a bank account are read.

alter table payment add column number_key text collate "C" generated always as (match_key(number)) stored;
alter table payment add column payer_key text collate "C" generated always as (match_key(payer_name)) stored;
alter table payment add column reference_key text collate "C" generated always as (match_key(left(reference, 100))) stored;
create index payment_number_key on payment (tenant_id, number_key);
create index payment_payer_key on payment (tenant_id, payer_key) where payer_key <> '';
create index payment_reference_key on payment (tenant_id, reference_key) where reference_key <> '';
create index payment_payer_account on payment (tenant_id, payer_account) where payer_account is not null;

-- Generated columns are empty in `new` when this runs, hence left out of the comparison like the two that may change.
create or replace function payment_content_kept() returns trigger language plpgsql as $$
declare free text[] := array['returned_on', 'customer_id', 'number_key', 'payer_key', 'reference_key'];
begin
  if to_jsonb(new) - free is distinct from to_jsonb(old) - free
     or (old.returned_on is not null)
     or (old.customer_id is not null and new.customer_id is null) then
    raise exception 'a recorded payment is never changed; return it or move it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- What the columns of this bank's CSV files mean; null until the first such file.
alter table bank_account add column csv_profile jsonb;

comment on column bank_statement.difference_minor is 'opening + entries - closing: zero when the statement agrees, null when it gives no balances';
