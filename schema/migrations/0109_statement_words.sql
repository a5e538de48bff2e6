-- The mail of a statement of account can be written in words of one's own, as the other messages can.

alter table message_template drop constraint message_template_kind_check;
alter table message_template add constraint message_template_kind_check check (kind in ('invoice_mail', 'credit_note_mail',
  'statement_mail', 'upcoming', 'due_today', 'first_reminder', 'second_reminder', 'third_reminder', 'sms_notice'));
