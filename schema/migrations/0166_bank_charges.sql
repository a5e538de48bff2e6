-- What a payment is short by may be what banks kept on its way: then it is booked to bank charges, by a rule of its own, or because
-- the bank's statement says so.
alter table application add column difference_kind text not null default 'small_balance'
  constraint application_difference_kind check (difference_kind in ('small_balance', 'bank_charge'));

alter table tolerance_rule add column kind text not null default 'small_balance'
  constraint tolerance_rule_kind check (kind in ('small_balance', 'bank_charge'));

alter table dropped_difference add column kind text not null default 'small_balance'
  constraint dropped_difference_kind check (kind in ('small_balance', 'bank_charge'));
alter table dropped_difference drop constraint dropped_difference_basis_check;
alter table dropped_difference add constraint dropped_difference_basis_check
  check (basis in ('tolerance', 'stated', 'limit', 'approval'));
