-- What is handed over to an agency or to lawyers: who they are, what was handed over under which conditions, what became of it.

-- A version of an agency, or a law firm; the latest of an `agency_id` counts.
create table agency (
  tenant_id uuid not null references tenant,
  id uuid not null,
  agency_id uuid not null,
  kind text not null check (kind in ('agency', 'lawyer')),
  name text not null check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 254),
  -- Our number there.
  client_number text check (length(client_number) between 1 and 60),
  -- What they keep or ask for: percentages by age of the item, a fixed sum for each case, tax on it.
  fees jsonb not null,
  -- `net`: they keep their fee of what they pay on; `gross`: they pay on all of it and ask for the fee.
  remits text not null check (remits in ('net', 'gross')),
  in_use boolean not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index agency_version on agency (tenant_id, agency_id, recorded_at desc, id desc);

create table hand_over (
  tenant_id uuid not null references tenant,
  id uuid not null,
  number bigint not null check (number >= 1),
  company_id uuid not null,
  customer_id uuid not null,
  currency char(3) not null,
  route text not null check (route in ('agency', 'legal')),
  -- The version of the agency whose fees are agreed; none where it goes to a court without anybody.
  agency_version_id uuid,
  handed_on date not null,
  interest text not null check (interest in ('goes_on', 'cut_off')),
  -- What was looked at, condition by condition, with the proof, as it was.
  conditions jsonb not null,
  note text check (length(note) between 1 and 2000),
  handed_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, agency_version_id) references agency (tenant_id, id),
  constraint hand_over_agency_named check (route <> 'agency' or agency_version_id is not null)
);
create index hand_over_customer on hand_over (tenant_id, customer_id, recorded_at desc);

create table hand_over_item (
  tenant_id uuid not null references tenant,
  hand_over_id uuid not null,
  item_id uuid not null,
  -- What was open.
  amount_minor bigint not null check (amount_minor > 0),
  interest_exclusion_id uuid,
  -- It came back, or nothing of it is open any more.
  ended_on date,
  ended text check (ended in ('recalled', 'closed')),
  primary key (tenant_id, hand_over_id, item_id),
  foreign key (tenant_id, hand_over_id) references hand_over (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  constraint hand_over_item_ended check ((ended_on is null) = (ended is null))
);
-- An item is with one of them at a time.
create unique index hand_over_item_standing on hand_over_item (tenant_id, item_id) where ended_on is null;

create function hand_over_item_kept() returns trigger language plpgsql as $$
begin
  if old.ended_on is not null or (new.tenant_id, new.hand_over_id, new.item_id, new.amount_minor, new.interest_exclusion_id)
     is distinct from (old.tenant_id, old.hand_over_id, old.item_id, old.amount_minor, old.interest_exclusion_id) then
    raise exception 'of an item that was handed over only its end is noted, once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger hand_over_item_kept before update on hand_over_item for each row execute function hand_over_item_kept();
create trigger hand_over_item_not_deleted before delete on hand_over_item for each statement execute function refuse_change();

-- What they, or we, said about it afterwards.
create table hand_over_news (
  tenant_id uuid not null references tenant,
  id uuid not null,
  hand_over_id uuid not null,
  status text not null check (status in ('accepted', 'rejected', 'in_progress', 'instalments', 'order_for_payment', 'judgment',
    'enforcement', 'insolvent', 'uncollectible', 'recalled', 'closed')),
  happened_on date not null,
  reference text check (length(reference) between 1 and 100),
  note text check (length(note) between 1 and 2000),
  -- What it costs, where it costs anything.
  fee_minor bigint check (fee_minor >= 0),
  told_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, hand_over_id) references hand_over (tenant_id, id)
);
create index hand_over_news_of on hand_over_news (tenant_id, hand_over_id, recorded_at);

-- Reminders leave out what was handed over: one more reason beside those there are.
do $$ declare known text; begin
  select pg_get_constraintdef(oid) into known from pg_constraint
    where conname = 'reminder_left_out_reason_check' and conrelid = 'reminder_left_out'::regclass;
  alter table reminder_left_out drop constraint reminder_left_out_reason_check;
  execute format('alter table reminder_left_out add constraint reminder_left_out_reason_check %s',
    replace(known, 'ARRAY[', 'ARRAY[''handed_over''::text, '));
end $$;

do $$ declare t text; begin
  foreach t in array array['agency', 'hand_over', 'hand_over_news'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['agency', 'hand_over', 'hand_over_item', 'hand_over_news'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
