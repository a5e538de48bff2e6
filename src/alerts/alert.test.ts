import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { ALERTS_DEFAULT, type Alert, alertsNow, certificateAlert, dueAlerts, isMailOfDay } from './alert.ts';
import { alertMail } from './alert-mail.ts';

const day = parseDate;
const urgent: Alert = { kind: 'task_assigned', subject: 'a', isUrgent: true, line: 'Call them' };
const plain: Alert = { kind: 'task_assigned', subject: 'b', isUrgent: false, line: 'Write to them' };
const due: Alert = { kind: 'due', subject: 'c', isUrgent: false, line: '1 invoice falls due today' };

test('what is urgent is told at once, everything else with the mail of the day', () => {
  assert.deepEqual(alertsNow([urgent, plain, due], ALERTS_DEFAULT, false).told, [urgent]);
  assert.deepEqual(alertsNow([urgent, plain, due], ALERTS_DEFAULT, true).told, [urgent, plain, due]);
});

test('what somebody does not want is not told, and noted so that it is not told later', () => {
  const now = alertsNow([urgent, due], { hour: 7, off: ['task_assigned'] }, true);
  assert.deepEqual(now, { told: [due], unwanted: [urgent] });
});

test('the mail of the day leaves once a day, from one’s hour on', () => {
  const at = (hour: number, last?: string) =>
    isMailOfDay({ hour: 8, off: [] }, { today: day('2026-03-02'), hour, last: last ? day(last) : undefined });
  assert.deepEqual([at(7), at(8), at(23)], [false, true, true]);
  assert.deepEqual([at(8, '2026-03-01'), at(8, '2026-03-02')], [true, false]);
});

test('due dates since the last mail of the day are told, each as it is seen from today', () => {
  const sum = (dueOn: string, invoices = 1) => ({
    dueOn: day(dueOn),
    currency: 'EUR',
    invoices,
    amount: '10.00',
  });
  const sums = [sum('2026-03-02', 2), sum('2026-03-01'), sum('2026-02-27')];
  const lines = (last?: string) =>
    dueAlerts(sums, { today: day('2026-03-02'), last: last ? day(last) : undefined }).map(({ line }) => line);
  assert.deepEqual(lines(), [
    '2 invoices fall due today: 10.00 EUR',
    '1 invoice is overdue since 2026-03-01: 10.00 EUR',
  ]);
  assert.equal(lines('2026-02-27').length, 3, 'no mail left over the weekend');
});

test('a mail counts in its subject what it tells, and names the first of each kind', () => {
  const many = Array.from({ length: 17 }, (_, n) => ({ ...plain, line: `Task ${n}` }));
  const mail = alertMail('Ann', [...many, due], {
    tasks: 'https://q.example/t/tasks',
    breaches: 'x',
    certificates: 'x',
  });
  assert.equal(mail.subject, '17 new tasks, 1 due date');
  assert.match(
    mail.text,
    /- Task 14\n- and 2 more\n\nDue dates:\n- 1 invoice falls due today\n\nhttps:\/\/q/,
  );
  assert.doesNotMatch(mail.text, /Task 15|\nx\n/);
});

test('the end of a certificate is told at 30 days, at 7 and when it is over, each time as it stands', () => {
  const told = (today: string, isOver = false) =>
    certificateAlert(
      { certificateId: 'c', companyName: 'Seller', endsOn: day('2026-07-31'), isOver },
      day(today),
    );
  const subjects = ['2026-06-30', '2026-07-01', '2026-07-23', '2026-07-24', '2026-07-31'].map(
    (today) => told(today)?.subject,
  );
  assert.deepEqual(subjects, [undefined, 'c 30', 'c 30', 'c 7', 'c 7']);
  assert.match(told('2026-07-24')?.line ?? '', /^Seller: .* ends on 2026-07-31: ask its issuer/);
  assert.equal(told('2026-07-24')?.isUrgent, false);
  const over = told('2026-07-31', true);
  assert.deepEqual([over?.subject, over?.isUrgent], ['c 0', true]);
  assert.match(over?.line ?? '', /ended on 2026-07-31: what it sends goes out unsigned/);
});
