// The mail with what somebody is told: kind by kind, the first of each named, all of them counted. Pure.

import { ALERT_KINDS, type Alert, type AlertKind } from './alert.ts';

/** Alerts of a kind named in a mail; the rest is a number. */
const NAMED = 15;

const HEADS: Readonly<Record<AlertKind, string>> = {
  breach: 'Reminders that should not have been sent',
  certificate_ending: 'Certificates that end',
  task_escalated: 'Tasks that were not done in time',
  promise_broken: 'Promises that were broken',
  mentioned: 'Comments that mention you',
  task_assigned: 'Tasks of yours that are new',
  task_nobodys: 'Tasks that nobody has',
  due: 'Due dates',
};

/** How a kind is counted in the subject: one, and more than one. */
const COUNTED: Readonly<Record<AlertKind, readonly [string, string]>> = {
  breach: ['wrong reminder', 'wrong reminders'],
  certificate_ending: ['certificate that ends', 'certificates that end'],
  task_escalated: ['escalated task', 'escalated tasks'],
  promise_broken: ['broken promise', 'broken promises'],
  mentioned: ['comment that mentions you', 'comments that mention you'],
  task_assigned: ['new task', 'new tasks'],
  task_nobodys: ['task that nobody has', 'tasks that nobody has'],
  due: ['due date', 'due dates'],
};

/** Where the program is found: the pages of tasks, of wrong reminders and of certificates; nothing where nobody said where. */
export type AlertPages = {
  readonly tasks: string | undefined;
  readonly breaches: string | undefined;
  readonly certificates: string | undefined;
};

/** Kinds that are not looked at on the page of tasks. */
const ELSEWHERE: ReadonlySet<AlertKind> = new Set(['breach', 'certificate_ending', 'due', 'mentioned']);

/** Subject and text of what somebody is told. */
export function alertMail(
  name: string,
  alerts: readonly Alert[],
  pages: AlertPages,
): { readonly subject: string; readonly text: string } {
  const parts = ALERT_KINDS.map((kind) => ({ kind, own: alerts.filter((one) => one.kind === kind) })).filter(
    ({ own }) => own.length > 0,
  );
  const counted = parts.map(({ kind, own }) => `${own.length} ${COUNTED[kind][own.length === 1 ? 0 : 1]}`);
  const urls = [
    parts.some(({ kind }) => !ELSEWHERE.has(kind)) ? pages.tasks : undefined,
    parts.some(({ kind }) => kind === 'breach') ? pages.breaches : undefined,
    parts.some(({ kind }) => kind === 'certificate_ending') ? pages.certificates : undefined,
  ];
  return {
    subject: counted.join(', '),
    text: [
      `Hello ${name},`,
      ...parts.map(({ kind, own }) => {
        const more = own.length - NAMED;
        const lines = own.slice(0, NAMED).map(({ line }) => `- ${line}`);
        return [`${HEADS[kind]}:`, ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
      }),
      ...urls.filter((url) => url !== undefined),
      'Which of these come, and at which hour, you set under Tasks, Alerts.',
    ].join('\n\n'),
  };
}
