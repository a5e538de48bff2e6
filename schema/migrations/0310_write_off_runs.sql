-- Writing many items off: the run as it was looked at and approved, and each of its items with how that ended. What is
-- done is noted with the write-off itself, so that a run goes on where it was after whatever happened to its worker.
create table write_off_run (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  kind text not null check (kind in ('bad_debt', 'small_balance', 'dispute', 'goodwill', 'fx_rounding')),
  reason text not null check (length(reason) between 1 and 500),
  -- What is known of the debts beside the books, by which their tax may be taken back.
  facts jsonb not null,
  state text not null check (state in ('running', 'done', 'undoing', 'undone')),
  items integer not null check (items >= 1),
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- How often it was taken back: what could not be is tried again.
  undos integer not null default 0 check (undos >= 0),
  undo_reason text check (length(undo_reason) between 1 and 500),
  undone_by text,
  undone_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint write_off_run_finished check ((state = 'running') = (finished_at is null)),
  constraint write_off_run_undoing check ((undos = 0) = (state in ('running', 'done')) and (undos = 0) = (undo_reason is null)
    and (undos = 0) = (undone_by is null) and (state = 'undone') = (undone_at is not null))
);
create index write_off_run_newest on write_off_run (tenant_id, started_at desc, id desc);

create table write_off_run_item (
  tenant_id uuid not null references tenant,
  run_id uuid not null,
  item_id uuid not null,
  position integer not null check (position >= 1),
  -- What was open of it when it was looked at: that is written off, or nothing.
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  outcome text not null check (outcome in ('waiting', 'written_off', 'left_out')),
  -- Why it was left out.
  obstacle jsonb,
  write_off_id uuid,
  -- Set while the run is taken back: how that ended for this item, and why its write-off stays.
  undo_outcome text check (undo_outcome in ('undone', 'kept')),
  undo_obstacle jsonb,
  primary key (tenant_id, run_id, item_id),
  foreign key (tenant_id, run_id) references write_off_run (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, write_off_id) references write_off (tenant_id, id),
  constraint write_off_run_item_ended check ((outcome = 'left_out') = (obstacle is not null)
    and (outcome = 'written_off') = (write_off_id is not null)),
  constraint write_off_run_item_undone check ((undo_outcome is null or outcome = 'written_off')
    and (undo_outcome is not distinct from 'kept') = (undo_obstacle is not null))
);
-- An item waits in one run only.
create unique index write_off_run_item_waiting on write_off_run_item (tenant_id, item_id) where outcome = 'waiting';
create index write_off_run_item_next on write_off_run_item (tenant_id, run_id, position);
create unique index write_off_run_item_write_off on write_off_run_item (tenant_id, write_off_id) where write_off_id is not null;

do $$ declare t text; begin
  foreach t in array array['write_off_run', 'write_off_run_item'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
