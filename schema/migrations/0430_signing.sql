-- With what a company signs the files it sends: a certificate, those it was issued by, and its key, which is sealed with the secret
-- of the server. One at a time; those of before stay, so that what was signed with them can be told. The chain is one certificate after
-- the other.
create table signing_certificate (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  certificate bytea not null check (length(certificate) between 1 and 65536),
  chain bytea not null check (length(chain) <= 786432),
  sealed_key bytea not null,
  -- What stands in the certificate.
  subject text not null check (length(subject) between 1 and 2000),
  issuer text not null check (length(issuer) between 1 and 2000),
  serial_number text not null check (length(serial_number) between 1 and 100),
  valid_from timestamptz not null,
  valid_until timestamptz not null check (valid_until > valid_from),
  signs_invoices boolean not null,
  kept_by text not null,
  kept_at timestamptz not null,
  removed_by text,
  removed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  check ((removed_by is null) = (removed_at is null))
);
create unique index signing_certificate_once on signing_certificate (tenant_id, company_id) where removed_at is null;
create trigger signing_certificate_not_deleted before delete on signing_certificate for each statement execute function refuse_change();
create trigger signing_certificate_not_truncated before truncate on signing_certificate for each statement execute function refuse_change();
alter table signing_certificate enable row level security;
alter table signing_certificate force row level security;
create policy wall on signing_certificate using (tenant_id = (select current_tenant()));
