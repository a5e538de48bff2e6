// Before a discount goes, with the payment that earned it: what credit notes took back of it has to go first.

import type { Act } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readItems, readItemsOfDocuments, readStandingApplications } from '#ledger/read-items.ts';
import type { Application } from '#ledger/settlement.ts';
import { findReversedDiscounts } from './store-credits.ts';

/**
 * Makes sure, after applications were taken back, that no credit note takes back more of a discount than is granted: a customer
 * who owes all again would have been given too little. Called while the items are locked.
 *
 * Refuses: `discount_taken_back`, which names the credit notes to void first.
 */
export async function requireDiscounts(act: Act, takenBack: readonly Application[]): Promise<void> {
  const discounted = takenBack.filter((application) => application.discount.minor !== 0n);
  if (discounted.length === 0) return;
  const touched = await readItems(act, [...new Set(discounted.map((a) => a.debitItemId))]);
  const invoiceIds = [...new Set(touched.map((item) => item.documentId))];
  const reversed = await findReversedDiscounts(act, invoiceIds);
  if (reversed.length === 0) return;
  const items = await readItemsOfDocuments(
    act,
    reversed.map((row) => row.invoice_id),
  );
  const standing = await readStandingApplications(act, { itemIds: items.map((item) => item.id) });
  for (const row of reversed) {
    const own = new Set(items.filter((item) => item.documentId === row.invoice_id).map((item) => item.id));
    const granted = standing
      .filter((application) => own.has(application.debitItemId))
      .reduce((total, application) => total + application.discount.minor, 0n);
    if (granted < row.minor) throw new Refusal('discount_taken_back', { creditNotes: row.numbers });
  }
}
