// The calls and visits by which steps were done. A step counts as called only by a call that is noted: so the rules on calls
// see it, and nobody gets round them by closing tasks.

import { correctCall } from '#calls/change-call.ts';
import { readCallsOf } from '#calls/read-calls.ts';
import { type RecordCall, recordCall } from '#calls/record-call.ts';
import type { Act } from '#command/command.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { findOwnCalls, insertTaskCalls, type TaskRow } from './store.ts';
import type { FinishOutcome } from './task.ts';

/** What is said of the call or visit; whom, and what about, the task says. */
export type TaskCall = Omit<RecordCall, 'customerId' | 'companyId' | 'way' | 'itemIds' | 'on'>;

/** What was done: closing tasks with an outcome, under an act by which it is undone. */
type Done = { readonly actId: string; readonly outcome: FinishOutcome; readonly call: TaskCall | undefined };

/**
 * Notes the call or visit by which tasks were done: one for each customer, about the items of all their tasks. Where nothing
 * is said of it, one that was noted today stands for it.
 *
 * Refuses: `task_call_not_fitting` (neither called nor visited), `task_call_missing` (nothing is said of it, and none was
 * noted today), what `recordCall` refuses: `call_not_allowed` above all.
 */
export async function noteCalls(act: Act, tasks: readonly TaskRow[], done: Done): Promise<void> {
  const { actId, outcome, call } = done;
  if (outcome !== 'called' && outcome !== 'visited') {
    if (call !== undefined) throw new Refusal('task_call_not_fitting', { outcome });
    return;
  }
  const way = outcome === 'called' ? 'phone' : 'visit';
  // In one order for all, so that two people never wait for each other.
  const byCustomer = [...Map.groupBy(tasks, (task) => task.customer_id as CustomerId)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  for (const [customerId, own] of byCustomer) {
    const companyIds = [...new Set(own.map(({ company_id }) => company_id as CompanyId))];
    if (call === undefined) {
      const callId = await notedToday(act, customerId, way);
      insertTaskCalls(act, [{ act_id: actId, call_id: callId, is_own: false }]);
      continue;
    }
    const { callId } = await recordCall.run(act, {
      ...call,
      customerId,
      way,
      companyId: companyIds.length === 1 ? companyIds[0] : undefined,
      itemIds: [
        ...new Set(own.flatMap(({ seen }) => (seen.steps ?? []).map(({ itemId }) => itemId as ItemId))),
      ],
    });
    insertTaskCalls(act, [{ act_id: actId, call_id: callId, is_own: true }]);
  }
}

/** The latest call or visit with a customer that was noted of today. Refuses: `task_call_missing`. */
async function notedToday(act: Act, customerId: CustomerId, way: 'phone' | 'visit'): Promise<string> {
  const calls = await readCallsOf(act, customerId, act.today);
  const found = calls.find((one) => (one.way === 'visit') === (way === 'visit'));
  if (!found) throw new Refusal('task_call_missing', { customerId });
  return found.callId;
}

/** Corrects the calls that an act noted: they were not made. Refuses: `call_took_more`. */
export async function takeBackCalls(act: Act, actId: string): Promise<void> {
  for (const callId of await findOwnCalls(act, actId))
    await correctCall.run(act, { callId, note: 'Noted with a task, and undone' });
}
