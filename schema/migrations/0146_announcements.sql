-- What is told of money at the bank beside the statement that books it: notifications and their details, intraday reports.
-- Nothing of it is booked; it says what a booked sum is made of, and what is still to come.

create table announcement (
  tenant_id uuid not null references tenant,
  id uuid not null,
  bank_account_id uuid not null,
  origin text not null check (origin in ('camt.052', 'camt.054', 'mt942')),
  -- As the bank says: booked, pending, for information.
  status text not null check (length(status) <= 20),
  -- The identity a statement line of the same entry has, so that the two are one.
  identity bytea not null,
  booked_on date not null,
  value_on date not null,
  currency char(3) not null,
  amount_minor bigint not null,
  bank_reference text check (length(bank_reference) between 1 and 100),
  batch_message_id text check (length(batch_message_id) between 1 and 100),
  batch_payment_id text check (length(batch_payment_id) between 1 and 100),
  -- The message it came in; a statement may name it as the place of its details.
  message_id text check (length(message_id) between 1 and 100),
  part_count integer not null check (part_count >= 1),
  file_name text not null,
  file_sha256 bytea not null check (length(file_sha256) = 32),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references bank_account (tenant_id, id),
  -- A notification with the parts comes beside one without them; the same one again changes nothing.
  constraint announcement_once unique (tenant_id, bank_account_id, identity, part_count)
);
create index announcement_amount on announcement (tenant_id, bank_account_id, amount_minor, booked_on);
create index announcement_newest on announcement (tenant_id, booked_on desc, id desc);

-- One payment of it: with several they add up to it exactly.
create table announcement_part (
  tenant_id uuid not null references tenant,
  announcement_id uuid not null,
  position integer not null check (position >= 1),
  amount_minor bigint not null,
  payer_name text,
  payer_account text,
  end_to_end_id text,
  structured_reference text,
  remittance text not null,
  returned boolean not null,
  details jsonb not null,
  primary key (tenant_id, announcement_id, position),
  foreign key (tenant_id, announcement_id) references announcement (tenant_id, id)
);

-- Which booked line an announcement took apart, once.
create table announcement_use (
  tenant_id uuid not null references tenant,
  announcement_id uuid not null,
  statement_line_id uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, announcement_id),
  foreign key (tenant_id, announcement_id) references announcement (tenant_id, id),
  foreign key (tenant_id, statement_line_id) references statement_line (tenant_id, id),
  constraint announcement_use_line unique (tenant_id, statement_line_id)
);

do $$ declare t text; begin
  foreach t in array array['announcement', 'announcement_part', 'announcement_use'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
