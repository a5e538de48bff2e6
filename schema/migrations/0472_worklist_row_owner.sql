-- Whose account a row of the list is stands with the row: who looks at their own need not look through all of them.
alter table worklist_row no force row level security;
alter table worklist_owner no force row level security;
alter table worklist_row add column owner_id text, add column is_protected boolean not null default false;
update worklist_row r set owner_id = o.user_id, is_protected = o.is_protected from (
  select distinct on (tenant_id, company_id, customer_id) * from worklist_owner
  order by tenant_id, company_id, customer_id, recorded_at desc, id desc) o
  where o.tenant_id = r.tenant_id and o.company_id = r.company_id and o.customer_id = r.customer_id;
alter table worklist_row force row level security;
alter table worklist_owner force row level security;
create index worklist_row_owner on worklist_row (tenant_id, owner_id, points desc, expected_minor desc, customer_id, company_id);
