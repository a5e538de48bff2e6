-- The books. Journal lines are the one record of what happened; open items keep what is left, in the same transaction.

create table ledger_account (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  account text not null check (account ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  code text not null,
  name text not null,
  kind text not null check (kind in ('asset', 'liability', 'income', 'expense')),
  -- A control account is kept item by item: each of its lines names the open item it moves.
  control boolean not null default false,
  primary key (tenant_id, company_id, account),
  unique (tenant_id, company_id, code),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

create table accounting_period (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  locked_at timestamptz,
  locked_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  exclude using gist (tenant_id with =, company_id with =, daterange(starts_on, ends_on, '[]') with &&)
);

create table number_series (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  document_kind text not null,
  series text not null,
  pattern text not null,
  next_number bigint not null default 1 check (next_number >= 1),
  primary key (tenant_id, company_id, document_kind, series),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);

create table exchange_rate (
  tenant_id uuid not null references tenant,
  id uuid not null,
  base char(3) not null,
  quote char(3) not null,
  valid_on date not null,
  rate numeric(24, 12) not null check (rate > 0),
  source text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  check (base <> quote)
);
create index exchange_rate_day on exchange_rate (tenant_id, base, quote, valid_on desc, recorded_at desc);

create table journal_entry (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  posted_on date not null,
  recorded_at timestamptz not null,
  kind text not null,
  document_id uuid not null,
  reverses_id uuid,
  command_id uuid not null,
  primary key (tenant_id, id),
  unique (tenant_id, reverses_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, reverses_id) references journal_entry (tenant_id, id)
);
create index journal_entry_document on journal_entry (tenant_id, document_id);

create table open_item (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  -- Null only for money received from somebody not yet identified.
  customer_id uuid,
  kind text not null check (kind in
    ('invoice', 'credit_note', 'payment', 'refund', 'write_off', 'void', 'return', 'transfer')),
  document_id uuid not null,
  instalment smallint not null default 1 check (instalment >= 1),
  reference text not null,
  account text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  open_minor bigint not null,
  functional_minor bigint not null,
  open_functional_minor bigint not null,
  posted_on date not null,
  due_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, document_id, kind, instalment),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer (tenant_id, id),
  constraint open_item_within_amount check (
    (amount_minor > 0 and open_minor between 0 and amount_minor)
    or (amount_minor < 0 and open_minor between amount_minor and 0)),
  constraint open_item_functional_within check (
    (functional_minor >= 0 and open_functional_minor between 0 and functional_minor)
    or (functional_minor <= 0 and open_functional_minor between functional_minor and 0)),
  constraint open_item_closed_in_both check (open_minor <> 0 or open_functional_minor = 0)
);
-- What is open now: the worklist of aging, chasing and matching; closed items leave it.
create index open_item_open on open_item (tenant_id, customer_id, due_on, id)
  include (company_id, account, currency, open_minor, open_functional_minor) where open_minor <> 0;
create index open_item_due on open_item (tenant_id, due_on, id) where open_minor <> 0;
create index open_item_customer on open_item (tenant_id, customer_id, posted_on);
create index open_item_reference on open_item (tenant_id, reference);

create table journal_line (
  tenant_id uuid not null references tenant,
  entry_id uuid not null,
  line_no smallint not null check (line_no >= 1),
  company_id uuid not null,
  account text not null,
  customer_id uuid,
  -- On control accounts: the item moved, with its due date, so that aging as of any date needs no join.
  item_id uuid,
  due_on date,
  currency char(3) not null,
  -- Debit positive, credit negative.
  amount_minor bigint not null,
  functional_minor bigint not null,
  posted_on date not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, entry_id, line_no),
  foreign key (tenant_id, entry_id) references journal_entry (tenant_id, id),
  foreign key (tenant_id, company_id, account) references ledger_account (tenant_id, company_id, account),
  check ((item_id is null) = (due_on is null))
);
create index journal_line_item on journal_line (tenant_id, item_id) where item_id is not null;
create index journal_line_moved on journal_line (tenant_id, posted_on)
  include (company_id, customer_id, item_id, due_on, account, currency, amount_minor, functional_minor, recorded_at)
  where item_id is not null;
create index journal_line_learned on journal_line using brin (recorded_at) with (pages_per_range = 32);

create table application (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  debit_item_id uuid not null,
  credit_item_id uuid not null,
  currency char(3) not null,
  -- What the credit item gives.
  amount_minor bigint not null,
  -- What the debit item loses beyond that: early-payment discount, and differences written off within tolerance.
  discount_minor bigint not null default 0,
  difference_minor bigint not null default 0,
  debit_functional_minor bigint not null,
  credit_functional_minor bigint not null,
  method text not null check (method in ('manual', 'reference', 'amount', 'import', 'credit', 'write_off', 'void', 'return', 'transfer')),
  evidence jsonb,
  applied_on date not null,
  recorded_at timestamptz not null,
  entry_id uuid not null,
  reverses_id uuid,
  primary key (tenant_id, id),
  unique (tenant_id, reverses_id),
  foreign key (tenant_id, debit_item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, credit_item_id) references open_item (tenant_id, id),
  foreign key (tenant_id, entry_id) references journal_entry (tenant_id, id),
  foreign key (tenant_id, reverses_id) references application (tenant_id, id),
  constraint application_sign check (
    (reverses_id is null and amount_minor >= 0 and discount_minor >= 0 and difference_minor >= 0
      and amount_minor + discount_minor + difference_minor > 0)
    or (reverses_id is not null and amount_minor <= 0 and discount_minor <= 0 and difference_minor <= 0
      and amount_minor + discount_minor + difference_minor < 0)),
  check (debit_item_id <> credit_item_id)
);
create index application_debit on application (tenant_id, debit_item_id);
create index application_credit on application (tenant_id, credit_item_id);

-- Each statement that adds lines adds a balanced set to every entry it touches, so an entry is balanced always:
-- in the functional currency, and in every other currency by itself.
create function journal_lines_balance() returns trigger language plpgsql as $$
declare wrong record;
begin
  select entry_id, currency, sum(amount_minor) as amount, sum(functional_minor) as functional into wrong
  from added group by entry_id, currency having sum(amount_minor) <> 0 limit 1;
  if found then
    raise exception 'entry % does not balance: % % left over', wrong.entry_id, wrong.amount, wrong.currency
      using errcode = 'check_violation', constraint = 'journal_lines_balance';
  end if;
  select entry_id, sum(functional_minor) as functional into wrong
  from added group by entry_id having sum(functional_minor) <> 0 limit 1;
  if found then
    raise exception 'entry % does not balance: functional % left over', wrong.entry_id, wrong.functional
      using errcode = 'check_violation', constraint = 'journal_lines_balance';
  end if;
  return null;
end $$;
create trigger journal_lines_balance after insert on journal_line
  referencing new table as added for each statement execute function journal_lines_balance();

-- The foreign key from entry to company holds the company row in key-share mode; locking a period takes it for update.
-- So a posting either sees the lock or is waited for by it.
create function journal_entry_period_open() returns trigger language plpgsql as $$
declare wrong record;
begin
  select p.starts_on, p.ends_on into wrong
  from (select distinct tenant_id, company_id, posted_on from added) a
  join accounting_period p on p.tenant_id = a.tenant_id and p.company_id = a.company_id
    and a.posted_on between p.starts_on and p.ends_on
  where p.locked_at is not null limit 1;
  if found then
    raise exception 'the period % to % is locked', wrong.starts_on, wrong.ends_on
      using errcode = 'check_violation', constraint = 'journal_entry_period_open';
  end if;
  return null;
end $$;
create trigger journal_entry_period_open after insert on journal_entry
  referencing new table as added for each statement execute function journal_entry_period_open();

-- Of an open item only what is left may change.
create function open_item_identity_kept() returns trigger language plpgsql as $$
begin
  if (new.tenant_id, new.id, new.company_id, new.customer_id, new.kind, new.document_id, new.instalment, new.account, new.currency,
      new.amount_minor, new.functional_minor, new.posted_on, new.due_on, new.recorded_at)
     is distinct from
     (old.tenant_id, old.id, old.company_id, old.customer_id, old.kind, old.document_id, old.instalment, old.account, old.currency,
      old.amount_minor, old.functional_minor, old.posted_on, old.due_on, old.recorded_at) then
    raise exception 'of an open item only what is left may change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger open_item_identity_kept before update on open_item for each row execute function open_item_identity_kept();

do $$ declare t text; begin
  foreach t in array array['journal_entry','journal_line','application','exchange_rate'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
  end loop;
  foreach t in array array['journal_entry','journal_line','application','exchange_rate','open_item'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
  end loop;
  create trigger open_item_not_deleted before delete on open_item for each statement execute function refuse_change();
  foreach t in array array['ledger_account','accounting_period','number_series','exchange_rate','journal_entry','journal_line','open_item','application'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
