-- How customers write the numbers of our documents, where it is not as they stand, as people accepted it: their last figures, the
-- customer's own letters in place of ours, its purchase orders. Taken up again it is another row.
create table writing_pattern (
  tenant_id uuid not null references tenant,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('ending', 'series', 'order')),
  -- `ending`: how many figures. `series`: the customer's letters and ours, as they are compared.
  figures smallint check ((figures is not null) = (kind = 'ending') and figures between 3 and 40),
  theirs text check ((theirs is not null) = (kind = 'series') and length(theirs) <= 40),
  ours text check ((ours is not null) = (kind = 'series') and length(ours) between 1 and 64),
  -- The form as one text.
  form text collate "C" not null,
  -- What the latest receipts said of it when it was accepted: numbers written so that named what was paid, something else, or both.
  right_count integer not null check (right_count >= 0),
  wrong_count integer not null check (wrong_count >= 0),
  tied_count integer not null check (tied_count >= 0),
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
create unique index writing_pattern_once on writing_pattern (tenant_id, customer_id, form) where revoked_at is null;
create index writing_pattern_latest on writing_pattern (tenant_id, accepted_at desc, id desc);
create trigger writing_pattern_kept before update on writing_pattern for each row execute function ended_once('{revoked_by,revoked_at}');
create trigger writing_pattern_not_deleted before delete on writing_pattern for each statement execute function refuse_change();
create trigger writing_pattern_not_truncated before truncate on writing_pattern for each statement execute function refuse_change();
alter table writing_pattern enable row level security;
alter table writing_pattern force row level security;
create policy wall on writing_pattern using (tenant_id = (select current_tenant()));
