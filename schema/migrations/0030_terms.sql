-- Payment terms in versions: what terms said when an invoice was issued stays on record whatever becomes of them. With the
-- terms a company gives by default, its rules for early-payment discounts, and the tenant's own days of business.

create table payment_terms_version (
  tenant_id uuid not null references tenant,
  payment_terms_id uuid not null,
  version integer not null check (version >= 1),
  rules jsonb not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, payment_terms_id, version),
  foreign key (tenant_id, payment_terms_id) references payment_terms (tenant_id, id)
);

-- What there is becomes version 1. The wall stands aside for the owner of the table while this file runs.
alter table payment_terms no force row level security;
insert into payment_terms_version (tenant_id, payment_terms_id, version, rules, recorded_at)
  select tenant_id, id, 1, jsonb_build_object(
    'instalments', jsonb_build_array(jsonb_build_object('share', jsonb_build_object('weight', '1'),
      'due', jsonb_build_object('kind', 'days', 'days', net_days))),
    'discounts', '[]'::jsonb, 'graceDays', 0, 'shift', 'none', 'calendar', 'none'), created_at
  from payment_terms;
alter table payment_terms force row level security;
alter table payment_terms add column version integer not null default 1 check (version >= 1);
alter table payment_terms drop column net_days;

-- Which terms a document was issued under.
create table issued_terms (
  tenant_id uuid not null references tenant,
  document_id uuid not null,
  payment_terms_id uuid not null,
  version integer not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, document_id),
  foreign key (tenant_id, payment_terms_id, version) references payment_terms_version (tenant_id, payment_terms_id, version)
);

-- What a company gives customers without terms of their own, and how it treats discounts for paying early.
create table terms_setting (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  payment_terms_id uuid,
  -- A percentage of the amount with tax, or without it.
  discount_base text not null default 'gross' check (discount_base in ('gross', 'net')),
  -- Whether the tax falls with the price.
  corrects_tax boolean not null default true,
  -- Whether a part payment earns its part of the discount.
  pro_rata boolean not null default false,
  unearned text not null default 'mark' check (unearned in ('mark', 'refuse')),
  changed_at timestamptz not null,
  primary key (tenant_id, company_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, payment_terms_id) references payment_terms (tenant_id, id)
);

-- Where the law of a customer's country says otherwise.
create table discount_country (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  discount_base text not null check (discount_base in ('gross', 'net')),
  corrects_tax boolean not null,
  primary key (tenant_id, company_id, country),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

-- Days that a tenant keeps closed, or open, whatever calendars say.
create table own_day (
  tenant_id uuid not null references tenant,
  on_day date not null,
  is_open boolean not null,
  name text not null check (length(name) between 1 and 100),
  primary key (tenant_id, on_day)
);

do $$ declare t text; begin
  foreach t in array array['payment_terms_version','issued_terms'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
  end loop;
  foreach t in array array['payment_terms_version','issued_terms','terms_setting','discount_country','own_day'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
