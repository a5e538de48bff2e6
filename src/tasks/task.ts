// How a task stands, and what may be done with it. Pure.

import { addDays, isAfter, type PlainDate } from '#kernel/calendar.ts';
import { Refusal } from '#kernel/refusal.ts';
import { TASK_SNOOZE_DAYS_MAX } from './limits.ts';
import type { TaskKind } from './rule.ts';

/** `gone`: its cause ended, and it closed by itself. */
export const TASK_STATES = ['open', 'done', 'gone'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** How it came to whoever has it. `person`: somebody gave it, or took it. */
export const ASSIGNED_HOW = ['owner', 'substitute', 'skill', 'person', 'nobody'] as const;
export type AssignedHow = (typeof ASSIGNED_HOW)[number];

/** What came of it; the others than `done` say how a step that waited for a person was done. */
export const FINISH_OUTCOMES = ['done', 'called', 'visited', 'written', 'skipped'] as const;
/** `superseded`: what its steps asked was said or done by another meanwhile, so that nothing was noted of it. */
export const TASK_OUTCOMES = [...FINISH_OUTCOMES, 'superseded'] as const;
export type TaskOutcome = (typeof TASK_OUTCOMES)[number];
export type FinishOutcome = (typeof FINISH_OUTCOMES)[number];

/** What of a task changes. */
export type TaskStanding = {
  readonly state: TaskState;
  readonly assignedTo: string | null;
  readonly how: AssignedHow;
  readonly snoozedUntil: PlainDate | null;
  readonly outcome: TaskOutcome | null;
};

/** What is done with tasks. */
export type TaskAct =
  | { readonly kind: 'done'; readonly outcome: FinishOutcome }
  | { readonly kind: 'snoozed'; readonly until: PlainDate }
  | { readonly kind: 'assigned'; readonly userId: string | null };

/**
 * How a task stands after an act.
 *
 * Refuses: `task_closed` (it was done, or its cause ended), `task_outcome_missing` (a step says how it was done),
 * `task_outcome_not_fitting` (only a step is called or let pass).
 */
export function decideTask(
  task: TaskStanding & { readonly id: string; readonly kind: TaskKind },
  act: TaskAct,
): TaskStanding {
  if (task.state !== 'open') throw new Refusal('task_closed', { taskId: task.id, state: task.state });
  const { state, assignedTo, how, snoozedUntil, outcome } = task;
  const standing = { state, assignedTo, how, snoozedUntil, outcome };
  switch (act.kind) {
    case 'done': {
      const isStep = task.kind === 'step_for_person';
      if (isStep && act.outcome === 'done') throw new Refusal('task_outcome_missing', { taskId: task.id });
      if (!isStep && act.outcome !== 'done')
        throw new Refusal('task_outcome_not_fitting', { taskId: task.id, outcome: act.outcome });
      return { ...standing, state: 'done', outcome: act.outcome, snoozedUntil: null };
    }
    case 'snoozed':
      return { ...standing, snoozedUntil: act.until };
    case 'assigned':
      return { ...standing, assignedTo: act.userId, how: act.userId === null ? 'nobody' : 'person' };
  }
}

/** Refuses: `task_snooze_past`, `task_snooze_too_long`: a task is put off for some days, not for good. */
export function checkSnooze(until: PlainDate, today: PlainDate): void {
  const facts = { until: until.toString(), daysMax: TASK_SNOOZE_DAYS_MAX };
  if (!isAfter(until, today)) throw new Refusal('task_snooze_past', facts);
  if (isAfter(until, addDays(today, TASK_SNOOZE_DAYS_MAX))) throw new Refusal('task_snooze_too_long', facts);
}
