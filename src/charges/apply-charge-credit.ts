// A credit on charges is applied at once: a waiver to the charge it is of, a correction to the oldest open charges. What they
// have no more open stays an open credit of the customer.

import type { Act } from '#command/command.ts';
import { later } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { settleItems, takeItems } from '#ledger/settle-items.ts';
import type { Wanted } from '#ledger/settlement.ts';
import type { ReadyCharge } from './posting.ts';
import { findOpenChargeItems } from './store.ts';

/** Applies the credit item, which was just made in this transaction, as far as there is something open to settle. */
export async function applyChargeCredit(act: Act, credit: ReadyCharge, item: OpenItem): Promise<void> {
  const ids = credit.correctsId
    ? (await readItemsOfDocuments(act, [credit.correctsId])).map((own) => own.id)
    : await findOpenChargeItems(act, { ...credit, currency: credit.total.currency });
  const debits = (await takeItems(act, ids)).filter((debit) => debit.kind === 'charge' && left(debit) > 0n);
  let rest = left(item);
  const wanted = debits.flatMap((debit): readonly Wanted[] => {
    const part = left(debit) < rest ? left(debit) : rest;
    rest -= part;
    if (part === 0n) return [];
    const amount = money(part, debit.open.currency);
    return [{ debitItemId: debit.id, creditItemId: item.id, amount, method: 'credit' }];
  });
  if (wanted.length === 0) return;
  const touched = new Set(wanted.map((w) => w.debitItemId));
  const settled = debits.filter((debit) => touched.has(debit.id));
  settleItems(act, [...settled, item], wanted, {
    documentId: credit.id,
    kind: 'application',
    on: settled.map((debit) => debit.openSince).reduce(later, credit.chargedOn),
  });
}
