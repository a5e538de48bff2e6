-- What may become of a receipt that pays for several customers of one group.

alter table matching_rules
  -- Waits for a person; is applied to debts of the group; or to these less credits of another of the group.
  add column group_payments text not null default 'never'
    constraint matching_rules_group_payments check (group_payments in ('never', 'debts', 'net'));
