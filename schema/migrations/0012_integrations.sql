-- Files handed in for import, kept in pieces so that any process can read them, and the runs over them with their progress.
-- These are working data, not facts: they are deleted after a while; what was created from them stays.

create table import_file (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null check (kind in ('invoices', 'payments', 'bank')),
  name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  created_by text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

create table import_file_part (
  tenant_id uuid not null references tenant,
  file_id uuid not null,
  part_no integer not null check (part_no >= 0),
  content bytea not null,
  primary key (tenant_id, file_id, part_no),
  foreign key (tenant_id, file_id) references import_file (tenant_id, id) on delete cascade
);
-- Bytes of files are compressed already or not worth it: keep them plain, so that pieces are read fast.
alter table import_file_part alter column content set storage external;

create table import_run (
  tenant_id uuid not null references tenant,
  id uuid not null,
  file_id uuid not null,
  kind text not null,
  company_id uuid not null,
  mode text not null check (mode in ('check', 'commit')),
  mapping jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  -- Rows read so far, and how much of the file that was, in thousandths.
  rows_done integer not null default 0,
  share integer not null default 0,
  result jsonb,
  started_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, file_id) references import_file (tenant_id, id) on delete cascade
);

do $$ declare t text; begin
  foreach t in array array['import_file','import_file_part','import_run'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
