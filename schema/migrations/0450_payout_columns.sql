-- What the columns of a gateway's payout report mean, where the program does not know them: a person said it once. Said anew, it is
-- another version; the one before stays.
create table payout_columns (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- How the gateway is called.
  gateway text not null check (length(gateway) between 1 and 100),
  -- The row of headings as it was written, and the same for comparing.
  headings jsonb not null check (jsonb_typeof(headings) = 'array'),
  key text collate "C" not null check (length(key) between 1 and 4000),
  columns jsonb not null check (jsonb_typeof(columns) = 'object'),
  version integer not null check (version >= 1),
  said_by text not null,
  said_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  check ((ended_by is null) = (ended_at is null))
);
create unique index payout_columns_once on payout_columns (tenant_id, md5(key)) where ended_at is null;
create trigger payout_columns_kept before update on payout_columns
  for each row execute function ended_once('{ended_by,ended_at}');
create trigger payout_columns_not_deleted before delete on payout_columns for each statement execute function refuse_change();
create trigger payout_columns_not_truncated before truncate on payout_columns for each statement execute function refuse_change();
alter table payout_columns enable row level security;
alter table payout_columns force row level security;
create policy wall on payout_columns using (tenant_id = (select current_tenant()));
