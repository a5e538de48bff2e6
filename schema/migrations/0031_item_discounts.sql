-- What paying early saves, item by item, fixed when the invoice is issued or an offer accepted; the tax in a discount that was
-- given; and discounts that customers took after their day.

create table item_discount (
  tenant_id uuid not null references tenant,
  id uuid not null,
  item_id uuid not null,
  source text not null check (source in ('terms', 'offer')),
  until_on date not null,
  grace_days integer not null check (grace_days between 0 and 60),
  -- Null where an amount was agreed rather than a percentage.
  percent numeric(7, 4) check (percent > 0 and percent <= 100),
  currency char(3) not null,
  -- What is saved when all of the item is paid in time, and what is then to be paid.
  discount_minor bigint not null check (discount_minor > 0),
  pay_minor bigint not null check (pay_minor >= 0),
  corrects_tax boolean not null,
  pro_rata boolean not null,
  -- The offer that was accepted.
  offer_id uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  check ((source = 'offer') = (offer_id is not null))
);
create index item_discount_item on item_discount (tenant_id, item_id);
create index item_discount_pay on item_discount (tenant_id, pay_minor, item_id);

-- The part of a discount that is tax, in all and by category and percentage.
alter table application add column discount_tax_minor bigint not null default 0;
alter table application add column discount_taxes jsonb;
alter table application add constraint application_discount_tax check (
  (discount_minor >= 0 and discount_tax_minor between 0 and discount_minor)
  or (discount_minor < 0 and discount_tax_minor between discount_minor and 0));

-- Payments that were short by a discount whose day was past. The item stays open by it; whether it still is says the item.
create table late_discount (
  tenant_id uuid not null references tenant,
  application_id uuid not null,
  item_id uuid not null,
  payment_id uuid not null,
  customer_id uuid,
  currency char(3) not null,
  discount_minor bigint not null check (discount_minor > 0),
  -- The last day on which it would have been earned, and the day the money came.
  until_on date not null,
  paid_on date not null check (paid_on > until_on),
  recorded_at timestamptz not null,
  primary key (tenant_id, application_id),
  foreign key (tenant_id, application_id) references application (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index late_discount_paid on late_discount (tenant_id, paid_on desc, application_id desc);
create index late_discount_customer on late_discount (tenant_id, customer_id, paid_on desc);

do $$ declare t text; begin
  foreach t in array array['item_discount','late_discount'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
