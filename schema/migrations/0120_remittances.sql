-- Remittances: what payers say their payments are for. What came in is kept as it came; what was read of it, and every time
-- a person mended that, is a reading of its own; the latest counts.

create table remittance (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  origin text not null check (origin in ('upload', 'typed')),
  file_name text check (length(file_name) between 1 and 255),
  -- Of the content: the same content comes in once for each company.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The rows of the table as they were read, so that each number can be shown where it stands; null when typed in.
  source jsonb,
  received_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  constraint remittance_source check ((origin = 'typed') = (source is null))
);
create unique index remittance_content on remittance (tenant_id, company_id, sha256);
create index remittance_newest on remittance (tenant_id, received_on desc, id desc);

create table remittance_reading (
  tenant_id uuid not null references tenant,
  id uuid not null,
  remittance_id uuid not null,
  revision integer not null check (revision >= 1),
  customer_id uuid,
  payer_name text check (length(payer_name) between 1 and 200),
  currency char(3) not null,
  -- What the payment should be: as the payer says, else the sum of the lines.
  total_minor bigint not null,
  total_stated boolean not null,
  paid_on date,
  payment_reference text check (length(payment_reference) between 1 and 140),
  payment_reference_key text collate "C" generated always as (match_key(payment_reference)) stored,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, remittance_id) references remittance (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create unique index remittance_reading_revision on remittance_reading (tenant_id, remittance_id, revision);

create table remittance_line (
  tenant_id uuid not null references tenant,
  reading_id uuid not null,
  position integer not null check (position >= 1),
  -- The number of the document as the payer writes it, and the same for comparing.
  document text not null check (length(document) between 1 and 140),
  document_key text collate "C" generated always as (match_key(document)) stored,
  amount_minor bigint not null,
  discount_minor bigint not null check (discount_minor >= 0),
  deduction_minor bigint not null check (deduction_minor >= 0),
  reason text check (length(reason) between 1 and 500),
  claim_number text check (length(claim_number) between 1 and 100),
  claim_code text check (length(claim_code) between 1 and 50),
  -- Where each number stands in the source: name of the number → row and column. Null where a person gave the line.
  place jsonb,
  primary key (tenant_id, reading_id, position),
  foreign key (tenant_id, reading_id) references remittance_reading (tenant_id, id)
);

-- Which payment a remittance is about. A join is taken back, never deleted: what a person parted is not joined again by itself.
create table remittance_join (
  tenant_id uuid not null references tenant,
  id uuid not null,
  remittance_id uuid not null,
  payment_id uuid not null,
  rule text not null check (rule in ('person', 'payment_reference', 'payer_amount_date')),
  joined_by text not null,
  joined_at timestamptz not null,
  parted_by text,
  parted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, remittance_id) references remittance (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  constraint remittance_join_parted check (num_nulls(parted_by, parted_at) in (0, 2))
);
create unique index remittance_join_once on remittance_join (tenant_id, remittance_id) where parted_at is null;
create unique index remittance_join_payment on remittance_join (tenant_id, payment_id) where parted_at is null;
create index remittance_join_known on remittance_join (tenant_id, remittance_id, payment_id);

create function remittance_join_kept() returns trigger language plpgsql as $$
begin
  if old.parted_at is not null or new.parted_at is null
     or to_jsonb(new) - array['parted_by', 'parted_at'] is distinct from to_jsonb(old) - array['parted_by', 'parted_at'] then
    raise exception 'a remittance is parted from its payment once, and its join not changed otherwise' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger remittance_join_kept before update on remittance_join for each row execute function remittance_join_kept();
create trigger remittance_join_not_deleted before delete on remittance_join for each statement execute function refuse_change();

do $$ declare t text; begin
  foreach t in array array['remittance','remittance_reading','remittance_line'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['remittance','remittance_reading','remittance_line','remittance_join'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
