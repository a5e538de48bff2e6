-- Pages that were drawn, kept for the next time the same is to be drawn. `named_by` is the SHA-256 of all that the drawing is made of,
-- so that what is found is what would be drawn. Nothing is lost with it: it is not logged, and empty after a crash of the database.
create unlogged table drawn_document (
  tenant_id uuid not null references tenant,
  named_by bytea not null check (length(named_by) = 32),
  pdf bytea not null check (length(pdf) between 1 and 20971520),
  used_on date not null,
  primary key (tenant_id, named_by)
);
-- PDF files are packed already.
alter table drawn_document alter column pdf set storage external;
create index drawn_document_used on drawn_document (tenant_id, used_on);
create trigger drawn_document_kept before update on drawn_document
  for each row when (old.tenant_id <> new.tenant_id or old.named_by <> new.named_by or old.pdf <> new.pdf) execute function refuse_change();

alter table drawn_document enable row level security;
alter table drawn_document force row level security;
create policy wall on drawn_document using (tenant_id = (select current_tenant()));
