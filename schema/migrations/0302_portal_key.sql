-- Who wants its documents in a portal is one thing for each customer and company, or for all companies: its key says so.

alter table delivery_by_portal add column of_company uuid not null
  generated always as (coalesce(company_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored;
drop index delivery_by_portal_once;
alter table delivery_by_portal add primary key (tenant_id, customer_id, of_company);
