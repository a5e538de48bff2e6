-- Evidence packs that were asked for: drawn by a worker, and kept as the very bytes that were handed out.
create table evidence_pack (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  -- What an agency or lawyers are given of a hand-over; null: all that is owed.
  hand_over_id uuid,
  asked_by text not null,
  asked_at timestamptz not null,
  -- Counted up by each worker that takes it in hand, so that what one that was given up says no longer counts; and when one was
  -- heard of last.
  drawing_no integer not null default 0,
  worked_at timestamptz not null,
  drawn integer not null default 0 check (drawn >= 0),
  to_draw integer not null default 0 check (to_draw >= 0),
  -- Drawn, or given up for the reason under `problem`.
  ended_at timestamptz,
  problem text,
  problem_facts jsonb,
  as_of date,
  -- The items it proves with what was open of each.
  items jsonb,
  bytes integer check (bytes > 0),
  sha256 bytea check (length(sha256) = 32),
  -- Of the list inside, which `quittance evidence verify` prints.
  list_sha256 bytea check (length(list_sha256) = 32),
  -- Its bytes were taken away; what they were stays.
  removed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, hand_over_id) references hand_over (tenant_id, id),
  constraint evidence_pack_whole check (
    num_nonnulls(as_of, items, bytes, sha256, list_sha256) = case when ended_at is not null and problem is null then 5 else 0 end),
  constraint evidence_pack_problem check (problem is null or ended_at is not null),
  constraint evidence_pack_removed check (removed_at is null or sha256 is not null)
);
-- One is drawn at a time of what is owed, and of each hand-over.
create unique index evidence_pack_open on evidence_pack (tenant_id, company_id, customer_id, hand_over_id) nulls not distinct
  where ended_at is null;
create index evidence_pack_customer on evidence_pack (tenant_id, customer_id, asked_at desc, id desc);

-- The bytes of a pack, in parts small enough to be read one by one. Never changed.
create table evidence_pack_part (
  tenant_id uuid not null references tenant,
  pack_id uuid not null,
  part_no integer not null check (part_no >= 0),
  content bytea not null,
  primary key (tenant_id, pack_id, part_no),
  foreign key (tenant_id, pack_id) references evidence_pack (tenant_id, id)
);
-- Archives are packed already: they are not packed once more on their way in.
alter table evidence_pack_part alter column content set storage external;
create trigger evidence_pack_part_kept before update on evidence_pack_part for each statement execute function refuse_change();
create trigger evidence_pack_part_not_truncated before truncate on evidence_pack_part for each statement execute function refuse_change();

-- What was drawn stays what it was; only its bytes can be taken away once it is old.
create function evidence_pack_kept() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null and to_jsonb(new) - 'removed_at' is distinct from to_jsonb(old) - 'removed_at' then
    raise exception 'an evidence pack that ended is never changed; ask for another one' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger evidence_pack_kept before update on evidence_pack for each row execute function evidence_pack_kept();

do $$ declare t text; begin
  foreach t in array array['evidence_pack', 'evidence_pack_part'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
