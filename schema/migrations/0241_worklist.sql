-- The worklist: which accounts a person looks at today, in which order and why. Rules, what was done, put off and given to whom are facts;
-- the list itself is a cache that is made anew each day and for whoever changed.

-- Rules that give points, in versions; the latest counts.
create table worklist_rules (
  tenant_id uuid not null references tenant,
  id uuid not null,
  number int not null check (number >= 1),
  rules jsonb not null,
  note text check (length(note) between 1 and 500),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  constraint worklist_rules_number unique (tenant_id, number)
);

-- The list as it stands: for which day, by which rules, and what is usual of all customers, so that one can be looked at anew alone.
create table worklist_day (
  tenant_id uuid not null references tenant,
  listed_on date not null,
  rules_id uuid,
  usual jsonb not null,
  made_at timestamptz not null,
  refreshed_at timestamptz not null,
  primary key (tenant_id),
  foreign key (tenant_id, rules_id) references worklist_rules (tenant_id, id)
);

create table worklist_row (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  customer_id uuid not null,
  -- The functional currency of the company; amounts are in it.
  currency char(3) not null,
  points int not null,
  expected_minor bigint not null,
  overdue_minor bigint not null,
  -- What was seen of the account, and which rules gave which points.
  facts jsonb not null,
  reasons jsonb not null,
  -- Put off by a call until this day.
  hidden_until date,
  -- The last thing that brings an account back although it was done or put off.
  woke_at timestamptz,
  primary key (tenant_id, company_id, customer_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index worklist_row_points on worklist_row (tenant_id, points desc, expected_minor desc, customer_id, company_id);
create index worklist_row_expected on worklist_row (tenant_id, expected_minor desc, points desc, customer_id, company_id);
create index worklist_row_customer on worklist_row (tenant_id, customer_id);

-- An account was dealt with on a day, with the call by which it was.
create table worklist_done (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  done_on date not null,
  call_id uuid,
  note text check (length(note) between 1 and 1000),
  done_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, call_id) references call (tenant_id, id)
);
create index worklist_done_account on worklist_done (tenant_id, customer_id, company_id, recorded_at desc);
create index worklist_done_by on worklist_done (tenant_id, done_by, done_on);

-- An account was put off until a day, with the reason; the latest counts. Without a day: it is back.
create table worklist_snooze (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  until_on date,
  reason text check (length(reason) between 1 and 500),
  snoozed_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint worklist_snooze_reason check (until_on is null or reason is not null)
);
create index worklist_snooze_account on worklist_snooze (tenant_id, customer_id, company_id, recorded_at desc);

-- Whose account it is; the latest counts. Nobody's without a user. A protected one is never given to another by balancing.
create table worklist_owner (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  user_id text,
  is_protected boolean not null,
  assigned_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index worklist_owner_account on worklist_owner (tenant_id, customer_id, company_id, recorded_at desc, id desc);

-- What a collector can do in a day, who stands in, and what is aimed at; the latest of a member counts.
create table collector_setting (
  tenant_id uuid not null references tenant,
  id uuid not null,
  user_id text not null,
  customers_a_day int check (customers_a_day between 1 and 1000),
  substitute_id text,
  away_from date,
  away_to date,
  target_calls int check (target_calls between 1 and 1000),
  target_currency char(3),
  target_promised_minor bigint check (target_promised_minor > 0),
  target_collected_minor bigint check (target_collected_minor > 0),
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  check (num_nulls(substitute_id, away_from, away_to) in (0, 3)),
  check (away_to >= away_from),
  check (substitute_id <> user_id),
  check (target_currency is not null or num_nonnulls(target_promised_minor, target_collected_minor) = 0)
);
create index collector_setting_user on collector_setting (tenant_id, user_id, recorded_at desc, id desc);

-- Who has an account in hand, and until when: state, not a fact.
create table worklist_claim (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  customer_id uuid not null,
  held_by text not null,
  held_until timestamptz not null,
  constraint worklist_claim_one primary key (tenant_id, company_id, customer_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);

-- Which customers something happened to lately.
create index event_customer_recorded on event (tenant_id, recorded_at) where customer_id is not null;

do $$ declare t text; begin
  foreach t in array array['worklist_rules', 'worklist_done', 'worklist_snooze', 'worklist_owner', 'collector_setting'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
  end loop;
  foreach t in array array['worklist_rules', 'worklist_day', 'worklist_row', 'worklist_done', 'worklist_snooze', 'worklist_owner', 'collector_setting',
      'worklist_claim'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
