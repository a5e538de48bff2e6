-- The bank and the books, tied out day by day: what bank lines are that no customer paid, which lines show what was recorded by
-- hand, and days of an account signed off, from when on nothing of them changes.

-- Ledger accounts for what moves at the bank and is of no customer. Numbers a company gave to something else are left to it.
alter table company no force row level security;
alter table ledger_account no force row level security;
insert into ledger_account (tenant_id, company_id, account, code, name, kind, control)
select c.tenant_id, c.id, n.account,
  case when exists (select 1 from ledger_account a where a.tenant_id = c.tenant_id and a.company_id = c.id and a.code = n.code)
    then n.code || '-' || n.account else n.code end, n.name, n.kind, false
from company c cross join (values
    ('bank-transfers', '1080', 'Transfers between bank accounts', 'asset'),
    ('bank-other', '1085', 'Bank lines of other books', 'asset'),
    ('bank-charges', '6970', 'Bank charges', 'expense'),
    ('bank-interest', '7110', 'Bank interest', 'income')) as n(account, code, name, kind);
alter table company force row level security;
alter table ledger_account force row level security;

-- What a bank line is, where it is not the receipt it was recorded as, or money that went out. The latest that stands counts.
create table line_explanation (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  bank_account_id uuid not null,
  statement_line_id uuid not null,
  booked_on date not null,
  kind text not null check (kind in ('fee', 'interest', 'transfer', 'sweep', 'other', 'deposit', 'refund', 'return')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  -- As it was booked; null where the line shows what was booked before.
  functional_minor bigint,
  note text check (length(note) between 1 and 500),
  -- The rule that said so; null where a person did.
  rule_id uuid,
  -- The receipt the import recorded of the line, given up because it is none.
  given_up_id uuid,
  -- The receipt recorded in its place, where the line turned out to be a customer's money after all.
  recorded_id uuid,
  explained_by text not null,
  recorded_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  undone_note text check (length(undone_note) between 1 and 500),
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references bank_account (tenant_id, id),
  foreign key (tenant_id, statement_line_id) references statement_line (tenant_id, id),
  foreign key (tenant_id, given_up_id) references payment (tenant_id, id),
  foreign key (tenant_id, recorded_id) references payment (tenant_id, id),
  constraint line_explanation_undone check (num_nulls(undone_by, undone_at, undone_note) in (0, 3))
);
create unique index line_explanation_once on line_explanation (tenant_id, statement_line_id) where undone_at is null;
create index line_explanation_line on line_explanation (tenant_id, statement_line_id);
create index line_explanation_given_up on line_explanation (tenant_id, given_up_id) where given_up_id is not null;

-- What was recorded by hand and a bank line shows: deposits, refunds, returned payments.
create table explained_payment (
  tenant_id uuid not null references tenant,
  explanation_id uuid not null,
  payment_id uuid not null,
  primary key (tenant_id, explanation_id, payment_id),
  foreign key (tenant_id, explanation_id) references line_explanation (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id)
);
create index explained_payment_payment on explained_payment (tenant_id, payment_id);

-- What the text of a line says that it is.
create table bank_rule (
  tenant_id uuid not null references tenant,
  id uuid not null,
  -- Null: lines of all bank accounts.
  bank_account_id uuid,
  text text not null check (length(text) between 3 and 100),
  direction text not null check (direction in ('in', 'out', 'both')),
  kind text not null check (kind in ('fee', 'interest', 'transfer', 'sweep', 'other')),
  added_by text not null,
  recorded_at timestamptz not null,
  retired_by text,
  retired_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references bank_account (tenant_id, id),
  constraint bank_rule_retired check (num_nulls(retired_by, retired_at) in (0, 2))
);

-- A day of an account whose figures somebody vouches for.
create table day_sign_off (
  tenant_id uuid not null references tenant,
  id uuid not null,
  bank_account_id uuid not null,
  day date not null,
  figures jsonb not null,
  figures_sha256 bytea not null check (length(figures_sha256) = 32),
  note text check (length(note) between 1 and 500),
  signed_by text not null,
  signed_at timestamptz not null,
  reopened_by text,
  reopened_at timestamptz,
  reopened_reason text check (length(reopened_reason) between 1 and 500),
  primary key (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references bank_account (tenant_id, id),
  constraint day_sign_off_reopened check (num_nulls(reopened_by, reopened_at, reopened_reason) in (0, 3)),
  constraint day_sign_off_second_person check (reopened_by <> signed_by)
);
create unique index day_sign_off_once on day_sign_off (tenant_id, bank_account_id, day) where reopened_at is null;

create index statement_line_day on statement_line (tenant_id, bank_account_id, booked_on);
create index payment_unbanked on payment (tenant_id, company_id, received_on) where statement_line_id is null;

-- Signing takes the bank account for itself; whatever changes a day holds it shared. So a change either sees the signature, or
-- is waited for and stands in the figures that are signed.
create function bank_day_open() returns trigger language plpgsql as $$
declare wrong record;
begin
  perform 1 from bank_account b
    where (b.tenant_id, b.id) in (select tenant_id, bank_account_id from added) for key share;
  select a.booked_on into wrong from (select distinct tenant_id, bank_account_id, booked_on from added) a
  join day_sign_off s on s.tenant_id = a.tenant_id and s.bank_account_id = a.bank_account_id and s.day = a.booked_on
  where s.reopened_at is null limit 1;
  if found then
    raise exception 'the day % of this bank account is signed off', wrong.booked_on
      using errcode = 'check_violation', constraint = 'bank_day_open';
  end if;
  return null;
end $$;
create trigger statement_line_day_open after insert on statement_line
  referencing new table as added for each statement execute function bank_day_open();
create trigger line_explanation_day_open after insert on line_explanation
  referencing new table as added for each statement execute function bank_day_open();
create trigger line_explanation_day_open_undo after update on line_explanation
  referencing new table as added for each statement execute function bank_day_open();

-- An explanation is never changed but for being undone, a rule but for being retired, a signature but for the day being opened
-- again; each once.
create function ended_once() returns trigger language plpgsql as $$
declare free text[] := tg_argv[0]::text[];
begin
  if to_jsonb(old) ->> free[1] is not null or to_jsonb(new) ->> free[1] is null
     or to_jsonb(new) - free is distinct from to_jsonb(old) - free then
    raise exception 'a row of % is ended once, and not changed otherwise', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger line_explanation_kept before update on line_explanation
  for each row execute function ended_once('{undone_at,undone_by,undone_note}');
create trigger bank_rule_kept before update on bank_rule for each row execute function ended_once('{retired_at,retired_by}');
create trigger day_sign_off_kept before update on day_sign_off
  for each row execute function ended_once('{reopened_at,reopened_by,reopened_reason}');

-- A line shows one thing: what is explained takes no payment back, and the other way round. Both sides hold the line.
create function line_shows_one_thing() returns trigger language plpgsql as $$
begin
  if exists (select from line_explanation x where x.tenant_id = new.tenant_id
      and x.statement_line_id = new.statement_line_id and x.undone_at is null) then
    raise exception 'the bank line is explained' using errcode = 'check_violation', constraint = 'line_shows_one_thing';
  end if;
  return new;
end $$;
create trigger payment_return_line_free after insert on payment_return for each row
  when (new.statement_line_id is not null) execute function line_shows_one_thing();

create trigger explained_payment_kept before update or delete on explained_payment
  for each statement execute function refuse_change();
do $$ declare t text; begin
  foreach t in array array['line_explanation','bank_rule','day_sign_off'] loop
    execute format('create trigger %I before delete on %I for each statement execute function refuse_change()', t || '_not_deleted', t);
  end loop;
  foreach t in array array['line_explanation','explained_payment','bank_rule','day_sign_off'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;
