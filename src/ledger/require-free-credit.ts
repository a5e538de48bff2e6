// Holding credit against being used twice: once as the refund it was granted for, and once elsewhere.

import type { Act } from '#command/command.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type CreditPlace, type CreditUse, FreeCredit } from './granted-credit.ts';
import { findGrantedCredit, lockGrants } from './store-granted.ts';

/**
 * What credit of customers may be used beside refunds that were granted. The items that are used are locked by the caller; the
 * refunds are locked here, so that two who use credit of one customer at once do so one after the other.
 */
export async function takeFreeCredit(act: Act, places: readonly CreditPlace[]): Promise<FreeCredit> {
  const customerIds = [...new Set(places.map(({ customerId }) => customerId))];
  if (customerIds.length === 0 || !(await lockGrants(act, customerIds))) return new FreeCredit([]);
  return new FreeCredit(await findGrantedCredit(act, customerIds));
}

/**
 * Makes sure that using credit leaves what was granted back as refunds.
 *
 * Refuses: `credit_granted_back` (with all the credit there is, and what of it was granted).
 */
export async function requireFreeCredit(act: Act, uses: readonly CreditUse[]): Promise<void> {
  const short = (await takeFreeCredit(act, uses)).take(uses);
  if (short === undefined) return;
  const shown = (minor: bigint): string => toDecimal(money(minor, short.currency));
  throw new Refusal('credit_granted_back', {
    customerId: short.customerId,
    credit: shown(short.creditMinor),
    granted: shown(short.grantedMinor),
    currency: short.currency,
  });
}
