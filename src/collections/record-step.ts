// What a person did in place of a message: a call, a visit, or letting a step pass. It moves the steps of items on as a
// message would,
// so that nobody is written to about what they were just called about.

import { type Act, actorText } from '#command/command.ts';
import type { CustomerId, ItemId } from '#kernel/id.ts';
import type { Phase } from '#policies/cadence.ts';
import { lockCustomers } from './store.ts';
import { insertStepActs, updateStepsTakenBack } from './store-steps.ts';

/** How a step was done without a message; `skipped`: it was let pass. */
export const STEP_ACTS = ['called', 'visited', 'written', 'skipped'] as const;
export type StepAct = (typeof STEP_ACTS)[number];

/** A step of an item that waited for a person. */
export type WaitingStep = {
  readonly itemId: ItemId;
  readonly policy: string;
  readonly step: number;
  readonly offsetDays: number;
  readonly phase: Phase;
};

/**
 * Notes that a person did what steps ask, under an act by which it can be taken back. A step that was said or done meanwhile
 * stays as it was. Gives how many were noted.
 */
export async function recordStepActs(
  act: Act,
  customerId: CustomerId,
  steps: readonly WaitingStep[],
  { way, actId }: { readonly way: StepAct; readonly actId: string },
): Promise<number> {
  await lockCustomers(act, [customerId]);
  return insertStepActs(act, { customerId, way, actId, on: act.today, by: actorText(act.actor) }, steps);
}

/** Takes back what an act noted of steps of a customer, and nothing that another noted. */
export async function takeBackStepActs(act: Act, customerId: CustomerId, actId: string): Promise<void> {
  await lockCustomers(act, [customerId]);
  updateStepsTakenBack(act, { customerId, actId, by: actorText(act.actor) });
}
