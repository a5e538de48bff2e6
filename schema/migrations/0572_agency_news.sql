-- What agencies tell of claims beside what courts do: paid in part, paid, given back; and that we asked for one back.
alter table hand_over_news drop constraint hand_over_news_status_check;
alter table hand_over_news add constraint hand_over_news_status_check check (status in ('accepted', 'rejected', 'in_progress',
  'instalments', 'part_paid', 'paid', 'order_for_payment', 'judgment', 'enforcement', 'insolvent', 'uncollectible', 'returned',
  'recall_asked', 'recalled', 'closed'));
