-- Addresses to which payers send their remittances, one for each company at a time. The token in it is 128 random bits; who has
-- the address can send to it, and a closed one takes nothing any more.
create table remittance_mailbox (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  -- The address that was set up, without the mark that is added to it.
  address text not null check (length(address) between 3 and 254),
  token text collate "C" not null check (length(token) = 26),
  opened_by text not null,
  opened_at timestamptz not null,
  closed_by text,
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  check ((closed_by is null) = (closed_at is null))
);
create unique index remittance_mailbox_once on remittance_mailbox (tenant_id, company_id) where closed_at is null;
create trigger remittance_mailbox_kept before update on remittance_mailbox
  for each row execute function ended_once('{closed_by,closed_at}');
create trigger remittance_mailbox_not_deleted before delete on remittance_mailbox for each statement execute function refuse_change();
create trigger remittance_mailbox_not_truncated before truncate on remittance_mailbox for each statement execute function refuse_change();
alter table remittance_mailbox enable row level security;
alter table remittance_mailbox force row level security;
create policy wall on remittance_mailbox using (tenant_id = (select current_tenant()));
