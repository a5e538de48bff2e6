-- Files that belong to documents. Equal bytes are kept once for each tenant, named by their SHA-256.

create table attachment_content (
  tenant_id uuid not null references tenant,
  sha256 bytea not null check (length(sha256) = 32),
  content bytea not null check (length(content) between 1 and 10485760),
  recorded_at timestamptz not null,
  primary key (tenant_id, sha256),
  constraint attachment_content_named_by_itself check (sha256 = sha256(content))
);

-- A file of a draft, or of an issued document. What was there when the document was issued is part of it for ever; what came later
-- is a supplement, and stays as well.
create table attachment (
  tenant_id uuid not null references tenant,
  id uuid not null,
  draft_id uuid,
  document_id uuid,
  sha256 bytea not null,
  name text not null check (length(name) between 1 and 120),
  media_type text not null check (length(media_type) between 1 and 100),
  bytes integer not null check (bytes > 0),
  is_supplement boolean not null,
  added_by text not null,
  recorded_at timestamptz not null,
  -- Only of a draft; undone by setting it to null again.
  removed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, sha256) references attachment_content (tenant_id, sha256),
  foreign key (tenant_id, draft_id) references invoice_draft (tenant_id, id),
  foreign key (tenant_id, document_id) references invoice (tenant_id, id),
  constraint attachment_of_one check (num_nonnulls(draft_id, document_id) = 1),
  constraint attachment_of_document_stays check (document_id is null or removed_at is null),
  constraint attachment_supplements_document check (not is_supplement or document_id is not null)
);
create index attachment_draft on attachment (tenant_id, draft_id) where draft_id is not null;
create index attachment_document on attachment (tenant_id, document_id) where document_id is not null;
create index attachment_sha256 on attachment (tenant_id, sha256);

create function attachment_kept() returns trigger language plpgsql as $$
begin
  if old.document_id is not null or to_jsonb(new) - 'removed_at' is distinct from to_jsonb(old) - 'removed_at' then
    raise exception 'a file of an issued document is never changed; add another one' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger attachment_kept before update on attachment for each row execute function attachment_kept();
create trigger attachment_not_deleted before delete on attachment for each statement execute function refuse_change();
create trigger attachment_not_truncated before truncate on attachment for each statement execute function refuse_change();
create trigger attachment_content_kept before update or delete on attachment_content
  for each statement execute function refuse_change();
create trigger attachment_content_not_truncated before truncate on attachment_content
  for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['attachment','attachment_content'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
