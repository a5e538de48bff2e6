// Keeping habits, as acts inside the command that learns them.

import type { Act } from '#command/command.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { type AmountHabits, noAmounts } from '#matching/amounts.ts';
import { type Habits, noHabits } from '#matching/habits.ts';
import {
  deleteHabits,
  findHabits,
  findPools,
  type LearntTo,
  lockLearning,
  saveHabits,
  savePool,
} from './store.ts';

/** What is known of all customers of a company, and how far it was learnt; null before the first. */
export type KeptPool = {
  readonly habits: Habits;
  readonly amounts: AmountHabits;
  readonly learntTo: LearntTo | null;
};

/** What is kept of a company, for whoever learns more: nobody else learns of it until the commit. `isAnew` forgets it first. */
export async function takePool(act: Act, companyId: CompanyId, isAnew: boolean): Promise<KeptPool> {
  await lockLearning(act, companyId);
  if (isAnew) deleteHabits(act, companyId);
  const [kept] = await findPools(act, [companyId]);
  return kept ?? { habits: noHabits(), amounts: noAmounts(), learntTo: null };
}

/** The habits kept of customers of a company; those who have none yet are left out. */
export async function takeHabits(
  act: Act,
  companyId: CompanyId,
  customerIds: readonly CustomerId[],
): Promise<Map<CustomerId, Habits>> {
  const kept = await findHabits(
    act,
    customerIds.map((customerId) => ({ companyId, customerId })),
  );
  return new Map(kept.map((one) => [one.customerId, one.habits]));
}

/** Keeps what was learnt in place of what was kept before. */
export function recordHabits(
  act: Act,
  companyId: CompanyId,
  learnt: { readonly own: ReadonlyMap<CustomerId, Habits>; readonly pool: KeptPool },
): void {
  saveHabits(act, companyId, learnt.own);
  savePool(act, { companyId, ...learnt.pool });
}
