// A dispute in the hands of a command: its items are locked first, then the dispute, so that neither money nor another
// decision moves it meanwhile.

import type { Act } from '#command/command.ts';
import type { CompanyId, CustomerId, PaymentId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeItems } from '#ledger/settle-items.ts';
import type { Dispute, DisputeSource } from './dispute.ts';
import { type ItemAmounts, readAmounts } from './read-amounts.ts';
import { type Amounts, sumOf } from './standing.ts';
import { type ClosingRow, type DisputeRow, findDisputeItems, lockDispute } from './store.ts';

/** A dispute as it stands, locked. */
export type TakenDispute = {
  readonly dispute: Dispute;
  readonly number: string;
  readonly closing: ClosingRow | undefined;
  readonly items: readonly ItemAmounts[];
  readonly amounts: Amounts;
};

/** A dispute as stored, as the rules see it. */
export function toDispute(row: DisputeRow): Dispute {
  return {
    id: row.id,
    kind: row.kind as Dispute['kind'],
    companyId: row.company_id as CompanyId,
    customerId: row.customer_id as CustomerId,
    currency: row.currency,
    openedOn: row.opened_on,
    source: row.source as DisputeSource,
    paymentId: row.payment_id as PaymentId | null,
    claimNumber: row.claim_number,
    claimCode: row.claim_code,
    duplicateOf: row.duplicate_of,
  };
}

/** Locks a dispute and says how it stands. Refuses: `dispute_not_found`. */
export async function takeDispute(act: Act, disputeId: string): Promise<TakenDispute> {
  const parts = await findDisputeItems(act, [disputeId]);
  if (parts.length === 0) throw new Refusal('dispute_not_found', { disputeId });
  await takeItems(
    act,
    parts.map((part) => part.itemId),
  );
  const locked = await lockDispute(act, disputeId);
  if (!locked) throw new Refusal('dispute_not_found', { disputeId });
  const items = (await readAmounts(act, [disputeId])).get(disputeId) ?? [];
  return {
    dispute: toDispute(locked.dispute),
    number: locked.dispute.number,
    closing: locked.closing,
    items,
    amounts: sumOf(items.map((item) => item.amounts)),
  };
}
