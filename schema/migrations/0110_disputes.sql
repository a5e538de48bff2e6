-- Disputes and deductions: what a customer says is not owed, why, and what became of it. How much of it is paid, credited,
-- written off, released or open follows from the applications of its items; it is never stored.

create table dispute (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- A deduction is a dispute that a customer began by paying less.
  kind text not null check (kind in ('dispute', 'deduction')),
  company_id uuid not null,
  customer_id uuid not null,
  number text not null check (length(number) between 1 and 64),
  currency char(3) not null,
  opened_on date not null,
  opened_by text not null,
  source text not null check (source in ('person', 'short_payment', 'portal', 'message', 'import')),
  -- The payment that was short.
  payment_id uuid,
  -- The number the customer gave the claim, and the same for comparing; the reason in the customer's own code.
  claim_number text check (length(claim_number) between 1 and 100),
  claim_key text collate "C" generated always as (match_key(claim_number)) stored,
  claim_code text check (length(claim_code) between 1 and 50),
  -- A claim that says the same as an earlier one.
  duplicate_of uuid,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, duplicate_of) references dispute (tenant_id, id),
  constraint dispute_short_payment check ((source = 'short_payment') = (payment_id is not null))
);
create unique index dispute_number on dispute (tenant_id, company_id, number);
create index dispute_customer on dispute (tenant_id, customer_id, opened_on);
create index dispute_newest on dispute (tenant_id, opened_on desc, id desc);
create index dispute_claim on dispute (tenant_id, customer_id, claim_key) where claim_key <> '';
create index dispute_payment on dispute (tenant_id, payment_id) where payment_id is not null;

create table dispute_item (
  tenant_id uuid not null references tenant,
  dispute_id uuid not null,
  item_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  primary key (tenant_id, dispute_id, item_id),
  foreign key (tenant_id, dispute_id) references dispute (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id)
);
create index dispute_item_item on dispute_item (tenant_id, item_id);

-- The reason as it is understood; the latest counts. The first is what the customer stated.
create table dispute_reason (
  tenant_id uuid not null references tenant,
  id uuid not null,
  dispute_id uuid not null,
  reason text not null check (reason ~ '^[a-z][a-z0-9_]{1,39}$'),
  note text check (length(note) between 1 and 2000),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, dispute_id) references dispute (tenant_id, id)
);
create index dispute_reason_dispute on dispute_reason (tenant_id, dispute_id, recorded_at);

-- A part that is no more disputed: the item is owed as it was.
create table dispute_release (
  tenant_id uuid not null references tenant,
  id uuid not null,
  dispute_id uuid not null,
  item_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  released_on date not null,
  note text not null check (length(note) between 1 and 2000),
  released_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, dispute_id, item_id) references dispute_item (tenant_id, dispute_id, item_id)
);
create index dispute_release_dispute on dispute_release (tenant_id, dispute_id);

-- A credit note or write-off that was made for a dispute: what it takes off an item is taken off the disputed part first.
create table dispute_remedy (
  tenant_id uuid not null references tenant,
  dispute_id uuid not null,
  document_id uuid not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, document_id),
  foreign key (tenant_id, dispute_id) references dispute (tenant_id, id)
);
create index dispute_remedy_dispute on dispute_remedy (tenant_id, dispute_id);

-- The decision: what was right, what really went wrong. Whatever is still open then is released.
create table dispute_closing (
  tenant_id uuid not null references tenant,
  id uuid not null,
  dispute_id uuid not null,
  outcome text not null check (outcome in ('valid', 'invalid', 'goodwill', 'withdrawn', 'settled', 'undone')),
  root_cause text check (root_cause ~ '^[a-z][a-z0-9_]{1,39}$'),
  note text check (length(note) between 1 and 2000),
  closed_on date not null,
  closed_by text not null,
  recorded_at timestamptz not null,
  -- Taken back: the dispute is open again.
  reopened_on date,
  reopened_by text,
  reopened_note text check (length(reopened_note) between 1 and 2000),
  reopened_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, dispute_id) references dispute (tenant_id, id),
  constraint dispute_closing_reopened check (num_nulls(reopened_on, reopened_by, reopened_note, reopened_at) in (0, 4))
);
create unique index dispute_closing_once on dispute_closing (tenant_id, dispute_id) where reopened_at is null;
create index dispute_closing_dispute on dispute_closing (tenant_id, dispute_id);

-- What is left out of interest because it is disputed.
create table dispute_exclusion (
  tenant_id uuid not null references tenant,
  exclusion_id uuid not null,
  dispute_id uuid not null,
  item_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  recorded_at timestamptz not null,
  primary key (tenant_id, exclusion_id),
  foreign key (tenant_id, dispute_id, item_id) references dispute_item (tenant_id, dispute_id, item_id),
  foreign key (tenant_id, exclusion_id) references charge_exclusion (tenant_id, id)
);
create index dispute_exclusion_dispute on dispute_exclusion (tenant_id, dispute_id);

-- A reason that a tenant adds to those everybody has, or takes out of use; the latest of a code counts.
create table dispute_reason_kind (
  tenant_id uuid not null references tenant,
  id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text not null check (length(name) between 1 and 80),
  in_use boolean not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index dispute_reason_kind_code on dispute_reason_kind (tenant_id, code, recorded_at);

-- What a customer's (null: anybody's) own reason code means; the latest counts, a null reason takes it back.
create table claim_code (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid,
  code_key text collate "C" not null check (length(code_key) between 1 and 50),
  reason text check (reason ~ '^[a-z][a-z0-9_]{1,39}$'),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index claim_code_key on claim_code (tenant_id, code_key, recorded_at);

-- A closing is never changed but for being taken back, once.
create function dispute_closing_kept() returns trigger language plpgsql as $$
begin
  if old.reopened_at is not null or new.reopened_at is null
     or to_jsonb(new) - array['reopened_on', 'reopened_by', 'reopened_note', 'reopened_at']
        is distinct from to_jsonb(old) - array['reopened_on', 'reopened_by', 'reopened_note', 'reopened_at'] then
    raise exception 'the closing of a dispute is taken back once, and not changed otherwise' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger dispute_closing_kept before update on dispute_closing for each row execute function dispute_closing_kept();
create trigger dispute_closing_not_deleted before delete on dispute_closing for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['dispute','dispute_item','dispute_reason','dispute_release','dispute_remedy','dispute_exclusion',
    'dispute_reason_kind','claim_code'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['dispute','dispute_item','dispute_reason','dispute_release','dispute_remedy','dispute_closing','dispute_exclusion',
    'dispute_reason_kind','claim_code'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;

-- Companies that are there already number disputes as new ones do.
alter table company no force row level security;
alter table number_series no force row level security;
insert into number_series (tenant_id, company_id, document_kind, series, pattern)
select c.tenant_id, c.id, 'dispute', 'main', 'D-{year}-{nnnnn}' from company c;
alter table company force row level security;
alter table number_series force row level security;

-- What is in dispute is not asked for.
alter table reminder_left_out drop constraint reminder_left_out_reason_check;
alter table reminder_left_out add constraint reminder_left_out_reason_check
  check (reason in ('on_hold', 'in_dispute', 'covered_by_credit', 'no_email', 'closed', 'said_later_step'));
