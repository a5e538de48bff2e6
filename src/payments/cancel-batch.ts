// Taking back the payments of an import, as if they had never been: what they settled is taken back on the day it was
// settled, and each is closed on the day it was received. The books keep both the payments and their end.

import type { Act } from '#command/command.ts';
import { reopenRemedied } from '#disputes/close-dispute.ts';
import { isBefore } from '#kernel/calendar.ts';
import type { BatchId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { creditOf } from '#ledger/granted-credit.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { postEntries } from '#ledger/post-entries.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { settleMany, takeItems, unsettleImported } from '#ledger/settle-items.ts';
import { returnPosting } from './payment.ts';
import {
  type BatchPayment,
  findItemIds,
  findItemsInUse,
  insertReturns,
  lockBatchPayments,
  updateReturnedAtOnce,
} from './store-batch.ts';

/** Payments named when a batch is in use; enough to look at. */
const NAMED_MAX = 20;
const REASON = 'The import was undone';

/**
 * Takes back all payments and refunds that an import recorded and all that it settled, inside a command; says how many
 * payments that were. Those that came back before stay as they are.
 *
 * Refuses: `batch_in_use` (a payment is applied or moved otherwise, or was until a later day), `credit_granted_back`,
 * `changed_meanwhile`, `period_locked`.
 */
export async function cancelBatch(act: Act, batchId: BatchId): Promise<number> {
  const payments = await lockBatchPayments(act, batchId);
  const ids = payments.map((payment) => payment.id);
  const own = await findItemIds(act, ids);
  const ownIds = own.map((item) => item.id);
  const taken = await takeItems(act, ownIds);
  await checkUnused(act, batchId, payments, taken);
  await requireFreeCredit(act, creditOf(taken));
  const takenBack = await unsettleImported(act, batchId);
  const items = await takeItems(act, ownIds);
  closeAll(
    act,
    payments,
    Map.groupBy(items, (item) => item.documentId),
  );
  await act.settle();
  await reopenRemedied(act, takenBack, `${REASON}.`);
  return payments.length;
}

/** Their items are locked, so that nothing can be applied any more. */
async function checkUnused(
  act: Act,
  batchId: BatchId,
  payments: readonly BatchPayment[],
  own: readonly OpenItem[],
): Promise<void> {
  const inUse = await findItemsInUse(
    act,
    own.map((item) => item.id),
    batchId,
  );
  // Taken back on a later day, an application of it stays in the books of the days between.
  const isUsed = (item: OpenItem): boolean => inUse.has(item.id) || isBefore(item.postedOn, item.openSince);
  const used = new Set<string>(own.filter(isUsed).map((item) => item.documentId));
  if (used.size === 0) return;
  const named = payments.filter((payment) => used.has(payment.id)).slice(0, NAMED_MAX);
  throw new Refusal('batch_in_use', { count: used.size, documents: named.map((payment) => payment.number) });
}

/** Closes each payment on its own day, at the rate it came in at. */
function closeAll(
  act: Act,
  payments: readonly BatchPayment[],
  itemsOf: ReadonlyMap<string, readonly OpenItem[]>,
): void {
  if (payments.length === 0) return;
  const closings = payments.map((payment) =>
    returnPosting(itemsOf.get(payment.id) ?? [], payment.receivedOn),
  );
  postEntries(
    act,
    closings.map((closing) => closing.entry),
    closings.flatMap((closing) => closing.items),
  );
  settleMany(
    act,
    [...itemsOf.values()].flat().concat(closings.flatMap((closing) => closing.items)),
    closings.map(({ entry: { documentId, kind, postedOn }, wanted }) => ({
      wanted,
      occasion: { documentId, kind, on: postedOn },
    })),
  );
  updateReturnedAtOnce(
    act,
    payments.map((payment) => payment.id),
  );
  insertReturns(
    act,
    payments.map((payment) => ({
      payment_id: payment.id,
      returned_on: payment.receivedOn,
      reason: REASON,
      code: null,
      fee_minor: 0n,
      statement_line_id: null,
      recorded_at: act.now,
    })),
  );
}
