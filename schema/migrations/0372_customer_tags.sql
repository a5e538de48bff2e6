-- Tags of customers: words of a tenant's own, by which policies tell accounts apart. What stands here is what is so now; who gave a tag
-- and took it away is told by events.
create table customer_tag (
  tenant_id uuid not null references tenant,
  customer_id uuid not null,
  tag text not null check (length(tag) between 1 and 40 and tag = lower(tag) and tag = btrim(tag)),
  tagged_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, customer_id, tag),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index customer_tag_tag on customer_tag (tenant_id, tag, customer_id);
create trigger customer_tag_kept before update on customer_tag for each statement execute function refuse_change();
create trigger customer_tag_not_truncated before truncate on customer_tag for each statement execute function refuse_change();
alter table customer_tag enable row level security;
alter table customer_tag force row level security;
create policy wall on customer_tag using (tenant_id = (select current_tenant()));
