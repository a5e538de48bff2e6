-- Other words for a step of a policy: a company writes them beside its usual ones, and an experiment compares the two.
alter table message_template drop constraint message_template_kind_check;
alter table message_template add constraint message_template_kind_check check (kind in (
  'invoice_mail', 'credit_note_mail', 'statement_mail', 'thanks_mail',
  'upcoming', 'due_today', 'first_reminder', 'second_reminder', 'third_reminder', 'legal_announcement',
  'other_upcoming', 'other_due_today', 'other_first_reminder', 'other_second_reminder', 'other_third_reminder',
  'other_legal_announcement',
  'letter_upcoming', 'letter_due_today', 'letter_first_reminder', 'letter_second_reminder', 'letter_third_reminder',
  'letter_legal_announcement',
  'sms_upcoming', 'sms_due_today', 'sms_first_reminder', 'sms_second_reminder', 'sms_third_reminder',
  'sms_legal_announcement', 'sms_notice'));

alter table experiment drop constraint experiment_kind_check;
alter table experiment add constraint experiment_kind_check check (kind in ('hold_out', 'later', 'other_words'));
