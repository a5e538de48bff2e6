-- That a certificate to sign with ends is told to those who keep the settings.
alter table alert_notice drop constraint alert_notice_kind_check;
alter table alert_notice add constraint alert_notice_kind_check check (kind in ('task_assigned', 'task_nobodys', 'task_escalated',
  'promise_broken', 'due', 'breach', 'mentioned', 'certificate_ending', 'digest'));
