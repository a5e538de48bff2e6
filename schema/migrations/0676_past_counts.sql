-- What a past day comes to with a company, counted by a worker, step by step: a count that a worker left is gone on with by another.
-- It is kept for a while, since what was told of that day may still change.
create table past_count (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  on_day date not null,
  counts jsonb not null,
  -- Customers looked at so far, and the last of them.
  looked integer not null check (looked >= 0),
  after_id uuid,
  begun_at timestamptz not null,
  looked_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
-- One counts at a time.
create unique index past_count_open on past_count (tenant_id, company_id, on_day) where finished_at is null;
create index past_count_day on past_count (tenant_id, company_id, on_day, begun_at desc);
alter table past_count enable row level security;
alter table past_count force row level security;
create policy wall on past_count using (tenant_id = (select current_tenant()));
