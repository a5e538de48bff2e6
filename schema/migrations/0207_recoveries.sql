-- Money that comes for what was written off: it is a recovery, which has an item of its own that the payment settles at once, in the
-- books an income of its own. The write-off stays. Taken back with the payment, the item is closed again.
alter table open_item drop constraint open_item_kind_check;
alter table open_item add constraint open_item_kind_check check (kind in
  ('invoice', 'credit_note', 'payment', 'refund', 'write_off', 'void', 'return', 'transfer', 'charge', 'charge_credit', 'recovery'))
  not valid;
alter table open_item validate constraint open_item_kind_check;

-- What goes back can be less than a cent of tax and yet be worth one in the currency of the books.
alter table tax_relief drop constraint tax_relief_tax_minor_check;
alter table tax_relief drop constraint tax_relief_sign;
alter table tax_relief add constraint tax_relief_moves check (tax_minor <> 0 or functional_minor <> 0);
alter table tax_relief add constraint tax_relief_sign check (
  case when why in ('claimed', 'recovery_undone') then tax_minor >= 0 and functional_minor >= 0
    else tax_minor <= 0 and functional_minor <= 0 end);

create table recovery (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  write_off_id uuid not null,
  -- The item that was written off, and the one that the payment settles in its place.
  item_id uuid not null,
  recovery_item_id uuid not null,
  payment_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  functional_minor bigint not null check (functional_minor >= 0),
  recovered_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, write_off_id) references write_off (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, recovery_item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index recovery_write_off on recovery (tenant_id, write_off_id, item_id);
create unique index recovery_item on recovery (tenant_id, recovery_item_id);
create index recovery_payment on recovery (tenant_id, payment_id);
create index recovery_day on recovery (tenant_id, company_id, recovered_on);

-- As much of a recovery went back as the payment does not settle any more.
create table recovery_undo (
  tenant_id uuid not null references tenant,
  id uuid not null,
  recovery_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  functional_minor bigint not null check (functional_minor >= 0),
  undone_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, recovery_id) references recovery (tenant_id, id)
);
create index recovery_undo_recovery on recovery_undo (tenant_id, recovery_id);

do $$ declare t text; begin
  foreach t in array array['recovery','recovery_undo'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
