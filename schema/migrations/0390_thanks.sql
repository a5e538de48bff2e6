-- Customers are thanked for payments that settle something: once for each payment, or not at all for a reason that is kept.
alter table message drop constraint message_purpose_check;
alter table message add constraint message_purpose_check
  check (purpose in ('reminder', 'invoice', 'statement', 'charge', 'reply', 'thanks'));

create table thanks (
  tenant_id uuid not null references tenant,
  payment_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  -- Null where nobody is thanked, with why not.
  message_id uuid,
  left_out text check (left_out in ('not_wanted', 'taken_back', 'in_doubt', 'nothing_settled', 'others_overdue', 'on_hold',
    'no_email')),
  recorded_at timestamptz not null,
  primary key (tenant_id, payment_id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id),
  constraint thanks_decided check ((message_id is null) <> (left_out is null))
);
create index thanks_message on thanks (tenant_id, message_id) where message_id is not null;
create trigger thanks_kept before update or delete on thanks for each statement execute function refuse_change();
create trigger thanks_not_truncated before truncate on thanks for each statement execute function refuse_change();
alter table thanks enable row level security;
alter table thanks force row level security;
create policy wall on thanks using (tenant_id = (select current_tenant()));
