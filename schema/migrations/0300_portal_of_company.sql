-- What a customer wants of its portal can differ between our companies: what is stated for one of them counts before what is
-- stated for all.

alter table portal_setting add column company_id uuid;
alter table portal_setting add foreign key (tenant_id, company_id) references company (tenant_id, id);
-- What was stated for one company is taken back: what is stated for all counts for it again.
alter table portal_setting add column follows boolean not null default false;
alter table portal_setting alter column follows drop default;
alter table portal_setting add constraint portal_setting_follows
  check (not follows or (company_id is not null and not in_use));
drop index portal_setting_customer;
create index portal_setting_customer on portal_setting (tenant_id, customer_id, company_id, recorded_at desc, id desc);

-- Of one company, or of all. Without a portal: documents of this company are sent, whatever is said of all.
alter table delivery_by_portal drop constraint delivery_by_portal_pkey;
alter table delivery_by_portal add column company_id uuid;
alter table delivery_by_portal add foreign key (tenant_id, company_id) references company (tenant_id, id);
alter table delivery_by_portal alter column portal drop not null;
alter table delivery_by_portal alter column from_on drop not null;
alter table delivery_by_portal add constraint delivery_by_portal_whole
  check (num_nonnulls(portal, from_on) in (0, 2) and (company_id is not null or portal is not null));
create unique index delivery_by_portal_once on delivery_by_portal (tenant_id, customer_id, company_id) nulls not distinct;
