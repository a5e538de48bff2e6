-- Mails that say what payments are for, kept as they came, with what became of each of their parts.

create table remittance_mail (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Its Message-ID without brackets.
  identifier text check (length(identifier) between 1 and 500),
  -- The address it says it is from, and the one customer with a contact of that address: a hint, as anybody writes any address.
  sender text not null check (length(sender) <= 320),
  subject text not null check (length(subject) <= 500),
  hint_customer_id uuid,
  raw bytea not null,
  received_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, hint_customer_id) references customer (tenant_id, id)
);
alter table remittance_mail alter column raw set storage external;
create unique index remittance_mail_content on remittance_mail (tenant_id, company_id, sha256);
create unique index remittance_mail_identifier on remittance_mail (tenant_id, company_id, identifier) where identifier is not null;
create index remittance_mail_newest on remittance_mail (tenant_id, received_on desc, id desc);

create table remittance_mail_part (
  tenant_id uuid not null references tenant,
  mail_id uuid not null,
  position integer not null check (position >= 1),
  name text not null check (length(name) between 1 and 255),
  remittance_id uuid,
  -- Why it became none of its own.
  code text check (length(code) between 1 and 100),
  primary key (tenant_id, mail_id, position),
  foreign key (tenant_id, mail_id) references remittance_mail (tenant_id, id),
  foreign key (tenant_id, remittance_id) references remittance (tenant_id, id),
  constraint remittance_mail_part_outcome check (num_nonnulls(remittance_id, code) >= 1)
);
create index remittance_mail_part_remittance on remittance_mail_part (tenant_id, remittance_id) where remittance_id is not null;

do $$ declare t text; begin
  foreach t in array array['remittance_mail','remittance_mail_part'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
