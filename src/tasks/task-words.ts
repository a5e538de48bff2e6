// What kinds of tasks are called. Pure.

import type { TaskKind } from './rule.ts';

export type { TaskKind };

/** A kind in a few words, as a task of it is headed. */
export const TASK_KIND_WORDS: Readonly<Record<TaskKind, string>> = {
  due_today: 'Much falls due today',
  high_due: 'A large item falls due',
  broken_promise: 'A promise was broken',
  bounce: 'Something did not arrive',
  step_for_person: 'A step for a person',
  reply_waits: 'A customer waits for an answer',
  hold_ends: 'A hold ends soon',
  dispute_waits: 'Nothing happens about a dispute',
  manual: 'Made by a person',
};
