-- Offers to take less from whoever pays early: so much a year on the days gained. What became of an offer is a fact of its own;
-- an offer that nobody accepted by its day gives nothing.

create table discount_offer (
  tenant_id uuid not null references tenant,
  id uuid not null,
  item_id uuid not null,
  company_id uuid not null,
  customer_id uuid not null,
  currency char(3) not null,
  -- All of the item, open when it was offered.
  amount_minor bigint not null check (amount_minor > 0),
  -- Percent a year, and of how many days a year is made.
  apr numeric(7, 4) not null check (apr > 0 and apr <= 100),
  year_days smallint not null check (year_days in (360, 365)),
  due_on date not null,
  offered_on date not null,
  expires_on date not null check (expires_on >= offered_on),
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id)
);
create index discount_offer_item on discount_offer (tenant_id, item_id);
create index discount_offer_customer on discount_offer (tenant_id, customer_id, id desc);

create table discount_offer_answer (
  tenant_id uuid not null references tenant,
  offer_id uuid not null,
  answer text not null check (answer in ('accepted', 'withdrawn')),
  answered_on date not null,
  -- The day the customer pays on, and what is saved then.
  pay_on date,
  discount_minor bigint check (discount_minor > 0),
  recorded_at timestamptz not null,
  constraint discount_offer_answered primary key (tenant_id, offer_id),
  foreign key (tenant_id, offer_id) references discount_offer (tenant_id, id),
  check ((answer = 'accepted') = (pay_on is not null) and (pay_on is null) = (discount_minor is null))
);

alter table item_discount add foreign key (tenant_id, offer_id) references discount_offer (tenant_id, id);

do $$ declare t text; begin
  foreach t in array array['discount_offer','discount_offer_answer'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
