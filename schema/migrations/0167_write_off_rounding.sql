-- What is left of an item by the rounding of exchange rates alone is written off to exchange differences.
alter table write_off drop constraint write_off_kind_check;
alter table write_off add constraint write_off_kind_check
  check (kind in ('bad_debt', 'small_balance', 'dispute', 'goodwill', 'fx_rounding'));
