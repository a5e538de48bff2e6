-- What channels are to be told leaves by way of posts: one is made in the transaction that notes its alerts as told, and stays
-- open until it is known whether it was taken over. A worker that dies in between loses none: another posts it again, under the
-- same id.
create table alert_channel_post (
  tenant_id uuid not null references tenant,
  id uuid not null,
  channel_id uuid not null,
  alerts jsonb not null,
  made_at timestamptz not null,
  -- Whoever posts it has it until then; afterwards another may.
  claimed_until timestamptz not null,
  tries integer not null check (tries > 0),
  ended_at timestamptz,
  primary key (tenant_id, id)
);
-- A channel is told one thing after the other.
create unique index alert_channel_post_open on alert_channel_post (tenant_id, channel_id) where ended_at is null;
alter table alert_channel_post enable row level security;
alter table alert_channel_post force row level security;
create policy wall on alert_channel_post using (tenant_id = (select current_tenant()));
