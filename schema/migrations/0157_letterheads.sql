-- What stands at the head and foot of a company's documents and around their lines, by language, in versions: a document keeps the
-- one it was issued with.

create table letterhead (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  version integer not null check (version > 0),
  -- [{language, head: [line], columns: [[line]], before, after, creditBefore, creditAfter}]
  texts jsonb not null check (jsonb_typeof(texts) = 'array'),
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint letterhead_version unique (tenant_id, company_id, version)
);
alter table letterhead enable row level security;
alter table letterhead force row level security;
create policy wall on letterhead using (tenant_id = (select current_tenant()));
create trigger letterhead_kept before update or delete on letterhead for each statement execute function refuse_change();
create trigger letterhead_not_truncated before truncate on letterhead for each statement execute function refuse_change();

-- Documents issued while the company had none say what is usual.
alter table invoice_content add column letterhead_id uuid;
alter table invoice_content add constraint invoice_content_letterhead
  foreign key (tenant_id, letterhead_id) references letterhead (tenant_id, id) not valid;
alter table invoice_content validate constraint invoice_content_letterhead;
