-- What gateways paid out. The account at the gateway is a bank account like others, its payout reports are its statements; what is added
-- is what a row is, as the gateway says, and by which line of the bank a payout arrived.

alter table statement_line add column payout_kind text
  check (payout_kind in ('charge', 'refund', 'dispute', 'reversal', 'fee', 'payout', 'carried', 'other'));
create index statement_line_payout on statement_line (tenant_id, booked_on desc, id desc) where payout_kind is not null;

-- A payout arrived by a line of the bank, for as long as that line is explained so.
create table payout_arrival (
  tenant_id uuid not null references tenant,
  explanation_id uuid not null,
  gateway_line_id uuid not null,
  bank_line_id uuid not null,
  rule text not null check (rule in ('reference', 'name', 'person')),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, explanation_id),
  foreign key (tenant_id, explanation_id) references line_explanation (tenant_id, id),
  foreign key (tenant_id, gateway_line_id) references statement_line (tenant_id, id),
  foreign key (tenant_id, bank_line_id) references statement_line (tenant_id, id)
);
create index payout_arrival_gateway on payout_arrival (tenant_id, gateway_line_id);
create index payout_arrival_bank on payout_arrival (tenant_id, bank_line_id);

create trigger payout_arrival_kept before update or delete on payout_arrival for each statement execute function refuse_change();
create trigger payout_arrival_not_truncated before truncate on payout_arrival for each statement execute function refuse_change();
alter table payout_arrival enable row level security;
alter table payout_arrival force row level security;
create policy wall on payout_arrival using (tenant_id = (select current_tenant()));
