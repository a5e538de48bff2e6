// What a credit note for a dispute would be: for each invoice what is disputed of it, and what that is without each of its taxes.

import type { z } from 'zod';
import type { Tx } from '#db/transaction.ts';
import { readAmounts } from '#disputes/read-amounts.ts';
import { readTaxShares } from '#invoicing/read-taxes.ts';
import { present } from '#kernel/assert.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { readItems } from '#ledger/read-items.ts';
import type * as contract from './contract.ts';
import { netOf } from './net-of.ts';

/** What may be credited for a dispute, by invoice. Refuses: `dispute_not_found`. */
export async function readCreditPlan(
  tx: Tx,
  disputeId: string,
): Promise<z.input<typeof contract.readDisputeCreditPlan.reply>> {
  const parts = (await readAmounts(tx, [disputeId])).get(disputeId);
  if (!parts) throw new Refusal('dispute_not_found', { disputeId });
  const items = await readItems(
    tx,
    parts.map((part) => part.itemId),
  );
  const invoices = items.filter((item) => item.kind === 'invoice');
  const shares = await readTaxShares(
    tx,
    invoices.map((item) => item.documentId),
  );
  const openOf = new Map(parts.map(({ itemId, amounts }) => [itemId, amounts.open]));
  const byInvoice = Map.groupBy(invoices, (item) => item.documentId);
  return {
    invoices: [...byInvoice].map(([invoiceId, own]) => {
      const first = present(own[0], 'a group has a member');
      const disputed = money(
        own.reduce((sum, item) => sum + (openOf.get(item.id) ?? 0n), 0n),
        first.amount.currency,
      );
      return {
        invoiceId,
        number: first.reference,
        disputed: shownMoney(disputed),
        taxes: (shares.get(invoiceId) ?? []).map(({ category, percent }) => ({
          category,
          percent,
          net: shownMoney(netOf(disputed, parseDecimal(percent === '' ? '0' : percent))),
        })),
      };
    }),
  };
}
