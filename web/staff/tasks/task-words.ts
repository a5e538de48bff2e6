// Tasks in words.

import { type CAUSE_KINDS, type listTasks, TASK_KIND_WORDS, type TASK_VIEWS } from '#tasks/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { PHASE_WORDS } from '../escalation/escalation-words.ts';

export type Task = Reply<typeof listTasks>['rows'][number];
export type Kind = Task['kind'];
export type View = (typeof TASK_VIEWS)[number];

export const KIND_WORDS = TASK_KIND_WORDS;

/** What makes a task of a kind, where somebody sets that up. */
export const CAUSE_WORDS: Readonly<Record<(typeof CAUSE_KINDS)[number], string>> = {
  due_today: 'An account has so much falling due today',
  high_due: 'An item of so much falls due within so many days',
  broken_promise: 'A promise was not kept',
  bounce: 'A mail, letter or upload did not arrive',
  step_for_person: 'A step of a policy does not go out by itself',
  reply_waits: 'A mail of a customer has no answer',
  hold_ends: 'A hold ends within so many days',
  dispute_waits: 'Nothing was said or done about a dispute for so many days',
};

export const VIEW_WORDS: readonly (readonly [View, string])[] = [
  ['mine', 'Mine'],
  ['team', 'Team'],
  ['unassigned', 'Nobody’s'],
  ['late', 'Late'],
  ['snoozed', 'Put off'],
  ['closed', 'Closed'],
];

export const OUTCOME_WORDS = {
  done: 'done',
  called: 'called',
  visited: 'visited',
  written: 'written to',
  skipped: 'let pass',
  superseded: 'overtaken: it was said or done already',
} as const;

export const HOW_WORDS: Readonly<Record<Task['assignedHow'], string>> = {
  owner: 'the account is theirs',
  substitute: 'stands in for the owner',
  skill: 'by skill and load',
  person: 'given by hand',
  nobody: 'nobody takes such tasks',
};

/** What a task is called. */
export function headOf({ kind, title }: Task): string {
  return kind === 'manual' ? (title ?? '') : KIND_WORDS[kind];
}

/** What was seen of the cause. */
export function seenWords({ kind, seen, title }: Task): string {
  switch (kind) {
    case 'manual':
      return title ?? '';
    case 'due_today':
      return `${seen.items === 1 ? '1 item' : `${seen.items ?? 0} items`} due ${dayText(seen.dueOn)}`;
    case 'high_due':
      return `${seen.reference ?? ''} due ${dayText(seen.dueOn)}`;
    case 'broken_promise':
      return `promised for ${dayText(seen.promisedFor)}`;
    case 'bounce':
      return [seen.problem?.replaceAll('_', ' '), seen.address].filter(Boolean).join(': ');
    case 'step_for_person':
      return [
        PHASE_WORDS[seen.phase as keyof typeof PHASE_WORDS] ?? seen.phase,
        `policy ${seen.policy ?? ''}`,
        seen.items === 1 ? seen.reference : `${seen.items ?? 0} items`,
      ].join(' · ');
    case 'reply_waits':
      return [seen.subject, seen.since ? `since ${momentWords(seen.since)}` : ''].filter(Boolean).join(' · ');
    case 'hold_ends':
      return [seen.reason?.replaceAll('_', ' '), `until ${dayText(seen.endsOn)}`].filter(Boolean).join(' · ');
    case 'dispute_waits':
      return `${seen.reference ?? ''} · nothing since ${dayText(seen.since)}`;
  }
}

function dayText(day: string | undefined): string {
  return day ? dayWords(day) : '';
}

/** Where a task is worked on, below the tenant; nothing where there is no such place. */
export function placeOf(task: Task): string | undefined {
  const { kind, customer, companyId, subjectId, seen } = task;
  switch (kind) {
    case 'high_due':
      return subjectId ? `invoices/${subjectId}` : undefined;
    case 'reply_waits':
      return subjectId ? `inbox/${subjectId}` : 'inbox';
    case 'dispute_waits':
      return subjectId ? `disputes/${subjectId}` : undefined;
    case 'hold_ends':
      return customer ? `customers/${customer.id}` : 'holds';
    case 'bounce':
      return seen.documentId
        ? `invoices/${seen.documentId}`
        : customer
          ? `customers/${customer.id}`
          : undefined;
    default:
      if (!customer) return undefined;
      return companyId
        ? `worklist/next?company=${companyId}&customer=${customer.id}`
        : `customers/${customer.id}`;
  }
}

/** Tasks as an act names them: by id, and how often each had changed when it was looked at. */
export function lookedAt(tasks: readonly Task[]) {
  return {
    taskIds: tasks.map(({ taskId }) => taskId),
    revisions: tasks.map(({ taskId, revision }) => ({ taskId, revision })),
  };
}
