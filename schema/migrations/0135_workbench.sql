-- Receipts that wait for a person: who was asked about one, which stay on account on purpose, and by which names and accounts
-- payers are known besides their own.

-- What was said of a receipt that waits. One counts at a time.
create table receipt_mark (
  tenant_id uuid not null references tenant,
  id uuid not null,
  payment_id uuid not null,
  -- `asked`: a colleague is to look at it. `kept`: it stays on account.
  kind text not null check (kind in ('asked', 'kept')),
  user_id text check ((user_id is not null) = (kind = 'asked')),
  note text not null check (length(note) <= 1000),
  marked_by text not null,
  marked_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  check ((ended_by is null) = (ended_at is null))
);
create unique index receipt_mark_once on receipt_mark (tenant_id, payment_id) where ended_at is null;
create trigger receipt_mark_kept before update on receipt_mark for each row execute function ended_once('{ended_by,ended_at}');

-- A name or an account from which somebody pays for a customer, as a person accepted it. Taken up again it is another row.
create table payer_alias (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null check (kind in ('name', 'account')),
  -- As the payer writes it, and what is compared.
  written text not null check (length(written) between 1 and 200),
  key text collate "C" not null check (key <> ''),
  customer_id uuid not null,
  -- How often it would have been right on the receipts there were, of how many.
  right_count integer not null check (right_count >= 0),
  asked_count integer not null check (asked_count >= right_count),
  -- The latest receipt that it was learnt from.
  payment_id uuid,
  -- The last value date on which it counts; null for always.
  until_on date,
  accepted_by text not null,
  accepted_at timestamptz not null,
  revoked_by text,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  check ((revoked_by is null) = (revoked_at is null))
);
create unique index payer_alias_once on payer_alias (tenant_id, kind, key, customer_id) where revoked_at is null;
create index payer_alias_latest on payer_alias (tenant_id, accepted_at desc, id desc);
create trigger payer_alias_kept before update on payer_alias for each row execute function ended_once('{revoked_by,revoked_at}');

do $$ declare t text; begin
  foreach t in array array['receipt_mark', 'payer_alias'] loop
    execute format('create trigger %I before delete on %I for each statement execute function refuse_change()', t || '_not_deleted', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
      t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
