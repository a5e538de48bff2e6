-- Payments that come back: what was told of it, which payment it was, what the bank kept for it, why, and what is done about it.

-- Why, in the bank's code; and what the bank took on top, booked with the return.
alter table payment_return
  add column code text check (code ~ '^[A-Z0-9]{2,8}$'),
  add column fee_minor bigint not null default 0 check (fee_minor >= 0);

-- That something came back, as it was told: by a line of a statement, by a file of the clearing house, by a gateway.
create table return_notice (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  origin text not null check (origin in ('bank_line', 'ach', 'payout')),
  kind text not null check (kind in ('return', 'dishonoured', 'contested')),
  -- What tells it from others: the line, or all the file says of it.
  identity bytea not null check (length(identity) = 32),
  statement_line_id uuid,
  currency char(3) not null,
  -- What came back of the payment, and what the bank is known to have taken on top.
  amount_minor bigint not null check (amount_minor > 0),
  fee_minor bigint not null check (fee_minor >= 0),
  returned_on date not null,
  code text check (code ~ '^[A-Z0-9]{2,8}$'),
  end_to_end_id text check (length(end_to_end_id) between 1 and 100),
  -- Other references of the payment that came back, as the file gives them.
  original_references jsonb not null check (jsonb_typeof(original_references) = 'array'),
  payer_name text check (length(payer_name) between 1 and 200),
  payer_account text check (length(payer_account) between 1 and 64),
  said text not null check (length(said) <= 4000),
  file_name text,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, statement_line_id) references statement_line (tenant_id, id),
  constraint return_notice_line check ((origin = 'bank_line') = (statement_line_id is not null)),
  constraint return_notice_once unique (tenant_id, identity)
);
create index return_notice_line_of on return_notice (tenant_id, statement_line_id);
create index return_notice_newest on return_notice (tenant_id, returned_on desc, id desc);

-- What became of a notice: the payment was booked as returned by it; it is another word of a return that was booked; or it is
-- no return of a payment at all.
create table return_outcome (
  tenant_id uuid not null references tenant,
  notice_id uuid not null,
  kind text not null check (kind in ('booked', 'known', 'set_aside')),
  payment_id uuid,
  rule text not null check (rule in ('reference', 'account', 'person')),
  -- What spoke for the payment, and which others fitted.
  evidence jsonb not null,
  note text check (length(note) between 1 and 500),
  decided_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, notice_id),
  foreign key (tenant_id, notice_id) references return_notice (tenant_id, id),
  foreign key (tenant_id, payment_id) references payment (tenant_id, id),
  constraint return_outcome_payment check ((kind = 'set_aside') = (payment_id is null))
);
create unique index return_outcome_booked_once on return_outcome (tenant_id, payment_id) where kind = 'booked';
create index return_outcome_payment_of on return_outcome (tenant_id, payment_id);

-- That somebody did what a returned payment asks for.
create table return_follow_up (
  tenant_id uuid not null references tenant,
  payment_id uuid not null,
  note text not null check (length(note) between 1 and 500),
  done_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, payment_id),
  foreign key (tenant_id, payment_id) references payment_return (tenant_id, payment_id)
);

-- What customers are asked for a payment that came back by their doing, by currency; versions by their day.
create table return_fee_rule (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  currency char(3) not null,
  -- Nothing is asked where it is zero.
  amount_minor bigint not null check (amount_minor >= 0),
  valid_from date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id) references company (tenant_id, id)
);
create index return_fee_rule_latest on return_fee_rule (tenant_id, company_id, currency, valid_from desc, recorded_at desc);

-- The fee is a part of a charge of its own, once for each payment.
alter table charge_part drop constraint charge_part_kind_check;
alter table charge_part add constraint charge_part_kind_check
  check (kind in ('interest', 'fixed_sum', 'reminder_fee', 'return_fee', 'correction', 'fee_correction', 'waiver'));
create unique index charge_part_return_once on charge_part (tenant_id, document_id) where kind = 'return_fee';

do $$ declare t text; begin
  foreach t in array array['return_notice', 'return_outcome', 'return_follow_up', 'return_fee_rule'] loop
    execute format('create trigger %I before update or delete on %I for each statement execute function refuse_change()', t || '_kept', t);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', t || '_not_truncated', t);
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy wall on %I using (tenant_id = (select current_tenant()))', t);
  end loop;
end $$;

-- What came back is looked for by what the bank repeats of it.
create index statement_line_end_to_end on statement_line (tenant_id, end_to_end_id) where end_to_end_id is not null;
