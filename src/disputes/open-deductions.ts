// Deductions of a payment that was short: called by whatever applies the payment, in the same transaction; and taken back
// with it.

import { type Act, actorText } from '#command/command.ts';
import { type ApplicationId, newId, type PaymentId } from '#kernel/id.ts';
import { alignExclusions } from './align-exclusions.ts';
import type { DisputeWish } from './dispute.ts';
import { beginDispute, type DisputeOpened, type DisputeSaid } from './open-dispute.ts';
import { findDeductionsOf, insertClosings } from './store.ts';

/** One deduction: how much is kept back of which items, and what the customer says about it. */
export type DeductionWish = DisputeSaid & { readonly items: readonly DisputeWish[] };

/**
 * Opens the deductions of a payment that was just applied. Each is a dispute of its own.
 *
 * Refuses what `openDispute` refuses, but for `claim_known`: a claim made twice is opened, and names the first.
 */
export async function openDeductions(
  act: Act,
  paymentId: PaymentId,
  wishes: readonly DeductionWish[],
): Promise<readonly DisputeOpened[]> {
  const opened: DisputeOpened[] = [];
  for (const wish of wishes)
    opened.push(await beginDispute(act, wish, { kind: 'deduction', source: 'short_payment', paymentId }));
  return opened;
}

/**
 * Applications of payments are taken back: the deductions that began with them never were. Those that were decided, or for
 * which something was credited, stay.
 */
export async function undoDeductions(
  act: Act,
  applicationIds: readonly ApplicationId[],
): Promise<readonly string[]> {
  const deductions = await findDeductionsOf(act, applicationIds);
  insertClosings(
    act,
    deductions.map((row) => ({
      id: newId(),
      dispute_id: row.id,
      outcome: 'undone',
      root_cause: null,
      note: null,
      closed_on: act.today,
      closed_by: actorText(act.actor),
      recorded_at: act.now,
    })),
  );
  for (const row of deductions) {
    await alignExclusions(act, {
      disputeId: row.id,
      number: row.number,
      currency: row.currency,
      open: new Map(),
      from: act.today,
      annul: true,
    });
    act.record({
      type: 'dispute.closed',
      subjectId: row.id,
      customerId: row.customer_id,
      data: { number: row.number, outcome: 'undone', paymentId: row.payment_id },
    });
  }
  return deductions.map((row) => row.id);
}
