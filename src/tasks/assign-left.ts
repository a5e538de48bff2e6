// What members had who left: it goes to whoever stands in for them, else to whoever takes such tasks.

import type { Act } from '#command/command.ts';
import { readMembers } from '#identity/read-people.ts';
import { newId } from '#kernel/id.ts';
import { type Candidate, type RoutedTask, routeTasks } from './routing.ts';
import { type LeaverTask, lockLeaverTasks, moveTasks } from './store.ts';
import { findAssignees, findCollectorsToday } from './store-people.ts';

/** Gives open tasks of those who are no members any more to others. What nobody takes is nobody's, and the team sees it. */
export async function assignLeft(act: Act, people: readonly Candidate[]): Promise<void> {
  const known = new Set(people.map(({ userId }) => userId));
  const others = (await findAssignees(act)).filter((userId) => !known.has(userId));
  if (others.length === 0) return;
  const members = new Set((await readMembers(act, others)).map(({ userId }) => userId));
  const left = others.filter((userId) => !members.has(userId));
  if (left.length === 0) return;
  const tasks = await lockLeaverTasks(act, left);
  const standIns = (await findCollectorsToday(act, act.today)).filter(
    ({ userId, substituteId }) => left.includes(userId) && substituteId !== null,
  );
  const away = standIns.map(
    ({ userId, substituteId }): Candidate => ({ ...NOTHING_TAKEN, userId, substituteId }),
  );
  const wanted = tasks.map((task) => ({ ...routedTaskOf(task, known), task }));
  moveTasks(
    act,
    routeTasks(wanted, [...people, ...away]).map(({ task: { task }, routed }) => ({
      task,
      after: {
        state: task.state,
        assignedTo: routed.userId,
        how: routed.how,
        snoozedUntil: task.snoozed_until,
        outcome: task.outcome,
      },
    })),
    { actId: newId(), kind: 'routed', by: 'system' },
  );
}

const NOTHING_TAKEN = {
  takes: false,
  languages: [],
  companyIds: [],
  policies: [],
  kinds: [],
  amountFrom: null,
  amountTo: null,
  minutesADay: 1,
  minutes: 0,
} as const;

/** Whose the account is by now goes before whoever had the task. */
function routedTaskOf(task: LeaverTask, members: ReadonlySet<string>): RoutedTask {
  const { account_owner: owner } = task;
  return {
    kind: task.kind,
    minutes: task.minutes,
    ownerId: owner !== null && members.has(owner) ? owner : task.assigned_to,
    language: task.language,
    companyId: task.company_id,
    policy: task.seen.policy ?? null,
    units: null,
  };
}
