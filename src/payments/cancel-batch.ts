// Taking back the payments of an import, as if they had never been: what they settled is taken back on the day it was
// settled, and each is closed on the day it was received. The books keep both the payments and their end.

import type { Act } from '#command/command.ts';
import { reopenRemedied } from '#disputes/close-dispute.ts';
import { present } from '#kernel/assert.ts';
import { isBefore } from '#kernel/calendar.ts';
import type { BatchId, ItemId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { creditOf } from '#ledger/granted-credit.ts';
import type { OpenItem } from '#ledger/open-item.ts';
import { readItemIdsOfDocuments } from '#ledger/read-items.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { saveIfMuch, saveSettling, takeBackImported, takeImported } from '#ledger/settle-items.ts';
import type { Settling } from '#ledger/settling.ts';
import { returnPosting } from './payment.ts';
import {
  type BatchPayment,
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
  const own = await readItemIdsOfDocuments(
    act,
    payments.map((payment) => payment.id),
  );
  const taken = await takeImported(
    act,
    batchId,
    own.map((item) => item.id),
  );
  const itemOf = new Map(taken.items.map((item) => [item.id, item]));
  const ownItems = own.map(({ id }) => present(itemOf.get(id), 'what was asked for is locked'));
  await checkUnused(act, batchId, payments, ownItems);
  await requireFreeCredit(act, creditOf(ownItems));
  const settling = await takeBackImported(act, taken, batchId);
  const itemsOf = Map.groupBy(own, (item) => item.documentId);
  for (const payment of payments) {
    close(payment, settling, itemsOf.get(payment.id) ?? []);
    await saveIfMuch(act, settling);
  }
  saveSettling(act, settling);
  saveReturns(act, payments);
  await act.settle();
  await reopenRemedied(
    act,
    taken.applications.map((application) => application.id),
    `${REASON}.`,
  );
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

/** Closes a payment on its own day, at the rate it came in at. */
function close(payment: BatchPayment, settling: Settling, own: readonly { readonly id: ItemId }[]): void {
  const items = own.map(({ id }) => settling.itemNow(id));
  const closing = returnPosting(items, payment.receivedOn);
  const { documentId, kind, postedOn } = closing.entry;
  settling.post([closing]);
  settling.settle({ wanted: closing.wanted, occasion: { documentId, kind, on: postedOn } });
}

function saveReturns(act: Act, payments: readonly BatchPayment[]): void {
  if (payments.length === 0) return;
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
