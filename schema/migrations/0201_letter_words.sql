-- A company's own words for reminders on paper: what stands under the table is a part of its own.
alter table message_template add column closing text;
alter table message_template drop constraint message_template_kind_check;
alter table message_template add constraint message_template_kind_check check (kind in (
  'invoice_mail', 'credit_note_mail', 'statement_mail',
  'upcoming', 'due_today', 'first_reminder', 'second_reminder', 'third_reminder',
  'letter_upcoming', 'letter_due_today', 'letter_first_reminder', 'letter_second_reminder', 'letter_third_reminder',
  'sms_notice'));
alter table message_template add constraint message_template_closing
  check (closing is null or (plain is not null and html is null and kind like 'letter\_%'));
