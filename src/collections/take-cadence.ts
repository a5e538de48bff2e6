// The cadence to go by: the tenant's own, or the one Quittance comes with, which becomes the tenant's when it is first used.

import type { Act } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { present } from '#kernel/assert.ts';
import { newId } from '#kernel/id.ts';
import { FIRST_CADENCE, type Steps } from './cadence.ts';
import { findCadence, insertCadence, type StoredCadence } from './store.ts';

/** From what time of the company's day on reminders go out where nobody has said. */
export const RUNS_AT_DEFAULT = '07:00';

/** The steps to plan by; nothing is stored for it. */
export async function readSteps(tx: Tx): Promise<Steps> {
  return (await findCadence(tx))?.steps ?? FIRST_CADENCE.steps;
}

/** The cadence in force, which stays so until the transaction ends; the first one is stored where there is none. */
export async function takeCadence(act: Act): Promise<StoredCadence> {
  const found = await findCadence(act, 'share');
  if (found) return found;
  await insertCadence(act, {
    id: newId(),
    ...FIRST_CADENCE,
    runsDaily: true,
    runsAt: RUNS_AT_DEFAULT,
  });
  return present(await findCadence(act, 'share'), 'a cadence that was just added is there');
}
