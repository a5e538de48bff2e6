-- The link in a mail to see and save the documents it carries, without signing in. Whoever has the mail has the link: the
-- token is 128 random bits, known to nobody else. It ends by the company's setting, or when a person ends it.
create table view_link (
  tenant_id uuid not null references tenant,
  message_id uuid not null,
  token text not null check (length(token) = 26),
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  primary key (tenant_id, message_id),
  unique (tenant_id, token),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  check ((ended_at is null) = (ended_by is null))
);
alter table view_link enable row level security;
alter table view_link force row level security;
create policy wall on view_link using (tenant_id = (select current_tenant()));
create trigger view_link_not_truncated before truncate on view_link for each statement execute function refuse_change();
create trigger view_link_not_deleted before delete on view_link for each statement execute function refuse_change();

-- For how many days after sending the link works; without a number there is none.
alter table delivery_setting add column view_days integer check (view_days between 1 and 3650);
