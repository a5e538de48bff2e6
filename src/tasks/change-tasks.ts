// What people do with tasks: done, put off, given to somebody; and undone again while nothing happened since.

import {
  recordStepActs,
  type StepAct,
  takeBackStepActs,
  type WaitingStep,
} from '#collections/record-step.ts';
import { type Act, actorText, type Command } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import type { PlainDate } from '#kernel/calendar.ts';
import { type CustomerId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { noteCalls, type TaskCall, takeBackCalls } from './record-calls.ts';
import { findBefore, lockTasks, moveTasks, type TaskMove, type TaskRow } from './store.ts';
import {
  type AssignedHow,
  checkSnooze,
  decideTask,
  type FinishOutcome,
  type TaskAct,
  type TaskOutcome,
  type TaskState,
} from './task.ts';

/** What an act came to: by `actId` it can be undone. */
export type TasksChanged = { readonly actId: string; readonly changed: number };

/** Tasks, and how often each had changed when it was looked at; one that is not told of is taken as it is. */
export type LookedAt = {
  readonly taskIds: readonly string[];
  readonly revisions?: readonly { readonly taskId: string; readonly revision: number }[] | undefined;
};

/** Tasks by id, locked. Refuses: `task_not_found`, `task_changed`. */
async function takeTasks(act: Act, { taskIds, revisions = [] }: LookedAt): Promise<readonly TaskRow[]> {
  const wanted = [...new Set(taskIds)];
  const found = await lockTasks(act, wanted);
  const missing = wanted.find((id) => !found.some((task) => task.id === id));
  if (missing !== undefined) throw new Refusal('task_not_found', { taskId: missing });
  const looked = new Map(revisions.map(({ taskId, revision }) => [taskId, revision]));
  // That one is closed is said by whoever decides.
  const other = found.find(
    ({ id, state, revision }) => state === 'open' && (looked.get(id) ?? revision) !== revision,
  );
  if (other) throw new Refusal('task_changed', { taskId: other.id });
  return found;
}

function decided(tasks: readonly TaskRow[], taskAct: TaskAct): readonly TaskMove[] {
  return tasks.map((task) => ({
    task,
    after: decideTask(
      {
        id: task.id,
        kind: task.kind,
        state: task.state,
        assignedTo: task.assigned_to,
        how: task.assigned_how,
        snoozedUntil: task.snoozed_until,
        outcome: task.outcome,
      },
      taskAct,
    ),
  }));
}

function change(
  act: Act,
  tasks: readonly TaskRow[],
  taskAct: TaskAct,
  note: string | undefined,
): TasksChanged {
  const actId = newId();
  const moves = decided(tasks, taskAct);
  moveTasks(act, moves, { actId, kind: taskAct.kind, note, by: actorText(act.actor) });
  return { actId, changed: moves.length };
}

function record(
  act: Act,
  type: string,
  tasks: readonly TaskRow[],
  data: Record<string, string | null>,
): void {
  for (const task of tasks)
    act.record({
      type,
      subjectId: task.id,
      customerId: task.customer_id,
      data: { kind: task.kind, title: task.title, ...data },
    });
}

/**
 * Closes tasks as done. A step that waited for a person says how it was done, and is moved on by it as by a message. Where a
 * message or somebody else moved all of its items on meanwhile, nothing is noted of the step and the task is superseded. The
 * call or visit by which it was done is noted in the same act, or was noted today: it happened either way.
 *
 * Refuses: `task_not_found`, `task_changed`, `task_closed`, `task_outcome_missing`, `task_outcome_not_fitting`, what
 * `noteCalls` refuses.
 */
export const finishTasks: Command<
  LookedAt & {
    readonly outcome: FinishOutcome;
    readonly note?: string | undefined;
    /** Of what was called or visited: the call or visit. Left out, one that was noted today. */
    readonly call?: TaskCall | undefined;
  },
  TasksChanged & { readonly superseded: number }
> = {
  name: 'finish-tasks',
  permission: 'call.record',
  async run(act, { outcome, note, call, ...looked }) {
    const tasks = await takeTasks(act, looked);
    const actId = newId();
    const all = decided(tasks, { kind: 'done', outcome });
    await noteCalls(act, tasks, { actId, outcome, call });
    const moves: TaskMove[] = [];
    for (const move of all) {
      const isSuperseded =
        outcome !== 'done' && (await noteSteps(act, move.task, { way: outcome, actId })) === 0;
      moves.push(isSuperseded ? { ...move, after: { ...move.after, outcome: 'superseded' } } : move);
    }
    moveTasks(act, moves, { actId, kind: 'done', note, by: actorText(act.actor) });
    for (const { task, after } of moves)
      record(act, 'task.done', [task], { outcome: after.outcome, note: note ?? null });
    const superseded = moves.filter(({ after }) => after.outcome === 'superseded').length;
    return { actId, changed: moves.length, superseded };
  },
};

/** How many steps of a task were noted as done. */
async function noteSteps(
  act: Act,
  task: TaskRow,
  what: { readonly way: StepAct; readonly actId: string },
): Promise<number> {
  return recordStepActs(act, task.customer_id as CustomerId, stepsOf(task), what);
}

function stepsOf({ seen }: TaskRow): readonly WaitingStep[] {
  return (seen.steps ?? []) as readonly WaitingStep[];
}

/**
 * Puts tasks off until a day. They are not late meanwhile, and come back by themselves.
 *
 * Refuses: `task_not_found`, `task_changed`, `task_closed`, `task_snooze_past`, `task_snooze_too_long`.
 */
export const snoozeTasks: Command<
  LookedAt & { readonly until: PlainDate; readonly note?: string | undefined },
  TasksChanged
> = {
  name: 'snooze-tasks',
  permission: 'call.record',
  async run(act, { until, note, ...looked }) {
    checkSnooze(until, act.today);
    const tasks = await takeTasks(act, looked);
    const result = change(act, tasks, { kind: 'snoozed', until }, note);
    record(act, 'task.snoozed', tasks, { until: until.toString(), note: note ?? null });
    return result;
  },
};

/**
 * Gives tasks to a member, or lays them open again for whoever has time.
 *
 * Refuses: `task_not_found`, `task_changed`, `task_closed`, `member_not_found`.
 */
export const assignTasks: Command<LookedAt & { readonly userId: string | null }, TasksChanged> = {
  name: 'assign-tasks',
  permission: 'call.record',
  async run(act, { userId, ...looked }) {
    if (userId !== null && (await readMembers(act, [userId])).length === 0)
      throw new Refusal('member_not_found', { userId });
    const tasks = await takeTasks(act, looked);
    const result = change(act, tasks, { kind: 'assigned', userId }, undefined);
    record(act, 'task.assigned', tasks, { userId });
    return result;
  },
};

/**
 * Takes back what one act did to tasks, all of it, while nothing happened to any of them since: they stand as before, steps that
 * were moved on wait for a person again, and calls that it noted are corrected: they were not made.
 *
 * Refuses: `task_act_not_found`, `task_moved_on` (something happened to one of them since), `call_took_more` (a promise or
 * dispute was taken with the call), `call_corrected`.
 */
export const undoTaskAct: Command<{ readonly actId: string }, TasksChanged> = {
  name: 'undo-task-act',
  permission: 'call.record',
  async run(act, { actId }) {
    const before = await findBefore(act, actId);
    if (before.length === 0 || before.some(({ changed_by }) => changed_by === 'system'))
      throw new Refusal('task_act_not_found', { actId });
    const tasks = await takeTasks(act, { taskIds: before.map(({ task_id }) => task_id) });
    const moved = tasks.find((task) => task.change_id !== actId);
    if (moved) throw new Refusal('task_moved_on', { taskId: moved.id });
    const beforeOf = new Map(before.map((row) => [row.task_id, row]));
    const moves = tasks.flatMap((task): readonly TaskMove[] => {
      const row = beforeOf.get(task.id);
      if (!row) return [];
      const after = {
        state: row.state_before as TaskState,
        assignedTo: row.assigned_before,
        how: row.how_before as AssignedHow,
        snoozedUntil: row.snoozed_before,
        outcome: row.outcome_before as TaskOutcome | null,
      };
      return [{ task, after }];
    });
    const undoId = newId();
    moveTasks(act, moves, { actId: undoId, kind: 'undone', by: actorText(act.actor) });
    for (const { task, after } of moves)
      if (task.kind === 'step_for_person' && task.state === 'done' && after.state === 'open')
        await takeBackStepActs(act, task.customer_id as CustomerId, actId);
    await takeBackCalls(act, actId);
    record(act, 'task.undone', tasks, {});
    return { actId: undoId, changed: moves.length };
  },
};
