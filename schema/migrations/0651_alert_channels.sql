-- Channels of chat services that are told what concerns everybody above: an address to post to for each, in versions.
create table alert_channel (
  tenant_id uuid not null references tenant,
  id uuid not null,
  channel_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  -- Whoever has the address may post there, so it is kept as a password is; its host is shown.
  sealed_url bytea not null check (length(sealed_url) between 28 and 4000),
  host text not null check (length(host) between 1 and 253),
  sealed_key bytea check (length(sealed_key) between 28 and 1000),
  kinds text[] not null,
  in_use boolean not null,
  stated_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index alert_channel_version on alert_channel (tenant_id, channel_id, recorded_at desc, id desc);

-- What came of posting to one.
create table alert_channel_try (
  tenant_id uuid not null references tenant,
  id uuid not null,
  channel_id uuid not null,
  alerts integer not null check (alerts > 0),
  outcome text not null check (outcome in ('sent', 'later', 'refused')),
  words text not null check (length(words) <= 500),
  recorded_at timestamptz not null,
  primary key (tenant_id, id)
);
create index alert_channel_try_last on alert_channel_try (tenant_id, channel_id, recorded_at desc, id desc);

create trigger alert_channel_kept before update or delete on alert_channel for each statement execute function refuse_change();
create trigger alert_channel_not_truncated before truncate on alert_channel for each statement execute function refuse_change();
create trigger alert_channel_try_kept before update or delete on alert_channel_try
  for each statement execute function refuse_change();
create trigger alert_channel_try_not_truncated before truncate on alert_channel_try
  for each statement execute function refuse_change();
alter table alert_channel enable row level security;
alter table alert_channel force row level security;
create policy wall on alert_channel using (tenant_id = (select current_tenant()));
alter table alert_channel_try enable row level security;
alter table alert_channel_try force row level security;
create policy wall on alert_channel_try using (tenant_id = (select current_tenant()));
