-- Experiments with steps of policies: what is to be measured is registered before anybody is part of it and never changed; who took part
-- and what was open then are facts; so is that one ended.

create table experiment (
  tenant_id uuid not null references tenant,
  id uuid not null,
  number integer not null check (number >= 1),
  name text not null check (length(name) between 1 and 100),
  -- Why: what is expected to be seen.
  note text not null check (length(note) between 1 and 1000),
  -- The step, by its policy and its day: it stays the same when another version of the policy comes into force.
  policy_code text not null,
  offset_days integer not null,
  phase text not null check (phase in ('upcoming', 'due', 'reminder')),
  kind text not null check (kind in ('hold_out', 'later')),
  later_days smallint check (later_days between 1 and 60),
  share_percent smallint not null check (share_percent between 1 and 50),
  -- Who is in which part follows from this and from the customer alone.
  seed text not null check (length(seed) between 16 and 100),
  metric text not null check (metric in ('share_paid', 'days_to_pay')),
  window_days smallint not null check (window_days between 1 and 120),
  -- The difference somebody hopes to see, in percentage points or days: the scale of the interval that may be looked at any day.
  expected smallint not null check (expected between 1 and 100),
  starts_on date not null,
  ends_on date not null,
  registered_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  constraint experiment_days check (ends_on >= starts_on),
  constraint experiment_later check ((kind = 'later') = (later_days is not null))
);

create table experiment_end (
  tenant_id uuid not null references tenant,
  experiment_id uuid not null,
  kind text not null check (kind in ('stopped', 'harm', 'over')),
  note text check (length(note) between 1 and 1000),
  -- What the figures were then.
  found jsonb not null check (jsonb_typeof(found) = 'object'),
  ended_on date not null,
  ended_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, experiment_id),
  foreign key (tenant_id, experiment_id) references experiment (tenant_id, id),
  constraint experiment_end_said check (kind <> 'stopped' or note is not null)
);

-- A customer of whom the step was to be said for the first time: told it as usual, or part of what is tried.
create table experiment_entry (
  tenant_id uuid not null references tenant,
  experiment_id uuid not null,
  customer_id uuid not null,
  company_id uuid not null,
  arm text not null check (arm in ('usual', 'tried')),
  entered_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, experiment_id, customer_id),
  foreign key (tenant_id, experiment_id) references experiment (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

create table experiment_item (
  tenant_id uuid not null references tenant,
  experiment_id uuid not null,
  customer_id uuid not null,
  item_id uuid not null,
  -- What was open of it then, less what was promised or in dispute.
  open_minor bigint not null check (open_minor > 0),
  primary key (tenant_id, experiment_id, item_id),
  foreign key (tenant_id, experiment_id, customer_id) references experiment_entry (tenant_id, experiment_id, customer_id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id)
);
create index experiment_item_customer on experiment_item (tenant_id, experiment_id, customer_id);

do $$ declare t text; begin
  foreach t in array array['experiment', 'experiment_end', 'experiment_entry', 'experiment_item'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
