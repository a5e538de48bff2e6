-- What an agency or law firm is told by mail of a claim that is with it: that it is recalled, or that its amount changed here.
alter table message drop constraint message_purpose_check;
alter table message add constraint message_purpose_check
  check (purpose in ('reminder', 'invoice', 'statement', 'charge', 'reply', 'thanks', 'agency'));

create table agency_notice (
  tenant_id uuid not null references tenant,
  id uuid not null,
  hand_over_id uuid not null,
  kind text not null check (kind in ('recalled', 'changed')),
  reason text check (length(reason) between 1 and 2000),
  message_id uuid not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, hand_over_id) references hand_over (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id)
);
create index agency_notice_of on agency_notice (tenant_id, hand_over_id, recorded_at);

create table agency_notice_item (
  tenant_id uuid not null references tenant,
  notice_id uuid not null,
  hand_over_id uuid not null,
  item_id uuid not null,
  -- What is open of it apart from what the agency itself collected, which it knows.
  known_minor bigint not null check (known_minor >= 0),
  primary key (tenant_id, notice_id, item_id),
  foreign key (tenant_id, notice_id) references agency_notice (tenant_id, id),
  foreign key (tenant_id, hand_over_id, item_id) references hand_over_item (tenant_id, hand_over_id, item_id)
);
create index agency_notice_item_of on agency_notice_item (tenant_id, hand_over_id, item_id);

create trigger agency_notice_kept before update or delete on agency_notice for each statement execute function refuse_change();
create trigger agency_notice_not_truncated before truncate on agency_notice for each statement execute function refuse_change();
create trigger agency_notice_item_kept before update or delete on agency_notice_item
  for each statement execute function refuse_change();
create trigger agency_notice_item_not_truncated before truncate on agency_notice_item
  for each statement execute function refuse_change();
alter table agency_notice enable row level security;
alter table agency_notice force row level security;
create policy wall on agency_notice using (tenant_id = (select current_tenant()));
alter table agency_notice_item enable row level security;
alter table agency_notice_item force row level security;
create policy wall on agency_notice_item using (tenant_id = (select current_tenant()));
