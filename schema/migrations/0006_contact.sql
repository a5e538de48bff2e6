-- What is said to customers: messages and their fate, reminders by cadence, holds; and what was taken over from files.

create table message (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  purpose text not null check (purpose in ('reminder', 'invoice', 'statement')),
  channel text not null check (channel in ('email')),
  -- queued → sending → sent | refused | unknown; queued → dropped when nothing was left to say. `failed` after the last try.
  state text not null check (state in ('queued', 'sending', 'sent', 'refused', 'failed', 'unknown', 'dropped')),
  recipient text not null,
  language text not null,
  subject text,
  message_header text not null,
  -- Exactly the bytes handed over, kept as proof.
  raw bytea,
  tries integer not null default 0,
  last_answer text,
  run_on date not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, message_header),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index message_newest on message (tenant_id, id desc);
create index message_customer on message (tenant_id, customer_id, id desc);
create index message_unfinished on message (tenant_id, state, id) where state in ('queued', 'sending');

create table cadence (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  replaced_at timestamptz,
  primary key (tenant_id, id)
);
create unique index cadence_current on cadence (tenant_id) where replaced_at is null;

create table cadence_step (
  tenant_id uuid not null references tenant,
  cadence_id uuid not null,
  step smallint not null check (step >= 1),
  -- Days from the due date; negative is before it.
  offset_days integer not null,
  phase text not null check (phase in ('upcoming', 'due', 'reminder', 'demand', 'final_notice')),
  template text not null,
  primary key (tenant_id, cadence_id, step),
  unique (tenant_id, cadence_id, offset_days),
  foreign key (tenant_id, cadence_id) references cadence (tenant_id, id)
);

-- A step said about an item. The key is the promise that no step is said twice.
create table reminder_item (
  tenant_id uuid not null references tenant,
  item_id uuid not null,
  cadence_id uuid not null,
  step smallint not null,
  message_id uuid not null,
  customer_id uuid not null,
  run_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, item_id, cadence_id, step),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, cadence_id, step) references cadence_step (tenant_id, cadence_id, step),
  foreign key (tenant_id, message_id) references message (tenant_id, id)
);
create index reminder_item_message on reminder_item (tenant_id, message_id);

create table hold (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  -- Null holds the whole customer.
  item_id uuid,
  reason text not null check (length(reason) between 1 and 500),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  placed_by text not null,
  recorded_at timestamptz not null,
  released_at timestamptz,
  released_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id)
);
create index hold_customer on hold (tenant_id, customer_id) where released_at is null;

create table import_batch (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null check (kind in ('invoices', 'payments', 'bank')),
  company_id uuid not null,
  file_name text not null,
  file_sha256 bytea not null,
  mapping jsonb not null,
  rows integer not null,
  created integer not null,
  unchanged integer not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  undone_at timestamptz,
  undone_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

create table import_mapping (
  tenant_id uuid not null references tenant,
  kind text not null,
  -- SHA-256 of the header cells, so that the same kind of file is understood at once the next time.
  header_hash bytea not null,
  mapping jsonb not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, kind, header_hash)
);

do $$ declare t text; begin
  foreach t in array array['message','cadence','cadence_step','reminder_item','hold','import_batch','import_mapping'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
