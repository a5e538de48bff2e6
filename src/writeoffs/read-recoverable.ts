// What was written off of a customer and may be what its money is for.

import type { Tx } from '#db/transaction.ts';
import { money } from '#kernel/money.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { findRecoverable } from './store-recoveries.ts';
import type { WriteOffKind } from './writing-off.ts';

/** Items written off of a customer in a company and currency of which not all is recovered, the latest first. */
export async function readRecoverable(
  tx: Tx,
  of: { readonly customerId: string; readonly companyId: string; readonly currency: string },
) {
  const rows = await findRecoverable(tx, of);
  return rows.map((row) => ({
    writeOffId: row.write_off_id,
    number: row.number,
    kind: row.kind as WriteOffKind,
    writtenOffOn: row.written_off_on.toString(),
    itemId: row.item_id,
    documentId: row.document_id,
    reference: row.reference,
    writtenOff: shownMoney(money(row.written_off_minor, row.currency)),
    left: shownMoney(money(row.written_off_minor - row.recovered_minor, row.currency)),
  }));
}
