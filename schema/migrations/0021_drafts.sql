-- Invoices that are being written, issued many at a time, or made again and again. Drafts are working data: they have no
-- number and stand in no books until they are issued.

create table invoice_draft (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- What issuing would be asked for, as far as it is written; it may be incomplete.
  body jsonb not null,
  -- Taken from the body, for lists; null while it is not known.
  company_id uuid,
  customer_id uuid,
  currency char(3),
  total_minor bigint,
  version integer not null default 1 check (version >= 1),
  source text not null check (source in ('written', 'copied', 'recurring')),
  state text not null check (state in ('open', 'issued', 'discarded')),
  invoice_id uuid,
  -- Why it could not be issued when that was last tried.
  refusal jsonb,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, invoice_id) references invoice (tenant_id, id),
  constraint invoice_draft_issued check ((state = 'issued') = (invoice_id is not null))
);
create index invoice_draft_open on invoice_draft (tenant_id, changed_at desc, id desc) where state = 'open';
create unique index invoice_draft_invoice on invoice_draft (tenant_id, invoice_id) where invoice_id is not null;

-- Issuing many drafts: the run, and each of its drafts with how that ended.
create table issue_run (
  tenant_id uuid not null references tenant,
  id uuid not null,
  state text not null check (state in ('running', 'done')),
  drafts integer not null check (drafts >= 1),
  started_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  constraint issue_run_finished check ((state = 'done') = (finished_at is not null))
);
create index issue_run_newest on issue_run (tenant_id, created_at desc, id desc);

create table issue_run_draft (
  tenant_id uuid not null references tenant,
  run_id uuid not null,
  draft_id uuid not null,
  -- The order they are issued in, and so the order of their numbers.
  position integer not null check (position >= 1),
  outcome text not null check (outcome in ('waiting', 'issued', 'refused')),
  refusal jsonb,
  primary key (tenant_id, run_id, draft_id),
  foreign key (tenant_id, run_id) references issue_run (tenant_id, id),
  foreign key (tenant_id, draft_id) references invoice_draft (tenant_id, id),
  constraint issue_run_draft_refused check ((outcome = 'refused') = (refusal is not null))
);
create index issue_run_draft_waiting on issue_run_draft (tenant_id, run_id, position) where outcome = 'waiting';

do $$ declare t text; begin
  foreach t in array array['invoice_draft','issue_run','issue_run_draft'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
