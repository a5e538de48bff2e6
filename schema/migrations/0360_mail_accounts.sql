-- Mailboxes at a mail server of the company's own, read over IMAP: where they are, how far they were read, and what stood in the way.
-- The password is sealed with the secret of the server; where a mailbox is never changes, so that what was read stays what it was.
create table mail_account (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  -- What its mails are: answers of customers, or lists of what payments are for.
  brings text not null check (brings in ('inbox', 'remittances')),
  host text not null check (length(host) between 1 and 253),
  port integer not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  user_name text not null check (length(user_name) between 1 and 254),
  sealed_password bytea not null,
  folder text not null check (length(folder) between 1 and 500),
  -- Mails from this day on are read, by the clock of the mail server.
  read_from date not null,
  -- What is done with a mail that was taken; where nothing is, the folder is opened so that nothing can be.
  afterwards text not null check (afterwards in ('leave', 'mark_seen', 'move')),
  move_to text check (length(move_to) between 1 and 500),
  opened_by text not null,
  opened_at timestamptz not null,
  closed_by text,
  closed_at timestamptz,
  -- How far it was read: the UIDs of a folder mean the same for as long as its validity stays.
  uid_validity bigint,
  last_uid bigint not null,
  mails_taken integer not null check (mails_taken >= 0),
  -- Until when a worker has it in hand; one that died is not waited for longer.
  in_hand_until timestamptz,
  read_at timestamptz,
  trouble text,
  trouble_words text check (length(trouble_words) <= 500),
  trouble_since timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  check ((afterwards = 'move') = (move_to is not null)),
  check ((closed_by is null) = (closed_at is null)),
  check (num_nonnulls(trouble, trouble_words, trouble_since) in (0, 3))
);
create unique index mail_account_once on mail_account (tenant_id, lower(host), lower(user_name), folder) where closed_at is null;
create index mail_account_company on mail_account (tenant_id, company_id);

-- A mail that was not taken, with why: it is still where it was.
create table mail_account_skip (
  tenant_id uuid not null references tenant,
  id uuid not null,
  account_id uuid not null,
  uid_validity bigint not null,
  uid bigint not null,
  sender text not null check (length(sender) <= 320),
  subject text not null check (length(subject) <= 500),
  bytes bigint not null,
  reason text not null check (length(reason) between 1 and 60),
  noted_at timestamptz not null,
  primary key (tenant_id, id),
  constraint mail_account_skip_once unique (tenant_id, account_id, uid_validity, uid),
  foreign key (tenant_id, account_id) references mail_account (tenant_id, id)
);
create trigger mail_account_skip_kept before update or delete on mail_account_skip
  for each statement execute function refuse_change();
create trigger mail_account_not_deleted before delete on mail_account for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['mail_account','mail_account_skip'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;

-- Whose mailbox a mail came in by, where it was one of a company.
alter table inbound_mail add column company_id uuid;
alter table inbound_mail add foreign key (tenant_id, company_id) references company (tenant_id, id);
