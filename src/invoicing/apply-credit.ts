// Applying an open credit note to what its customer owes.

import type { Act, Command } from '#command/command.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { Refusal } from '#kernel/refusal.ts';
import { usesOf } from '#ledger/granted-credit.ts';
import { left, type OpenItem } from '#ledger/open-item.ts';
import { readItemsOfDocuments } from '#ledger/read-items.ts';
import { requireFreeCredit } from '#ledger/require-free-credit.ts';
import { businessDay, settleItems, takeItems } from '#ledger/settle-items.ts';
import { type CreditAllocation, creditsWanted } from './crediting.ts';
import { findInvoice, type InvoiceRow } from './store.ts';

export type ApplyCredit = {
  readonly creditNoteId: InvoiceId;
  readonly allocations: readonly CreditAllocation[];
  /** Business date; left out, today, or the day since which all that is settled is open if that is later. */
  readonly on?: PlainDate | undefined;
};

/** What a credit note gave: amounts as decimal text, items with what is left of them. */
export type CreditApplied = {
  readonly creditNoteId: string;
  readonly open: string;
  readonly currency: string;
  readonly applications: readonly { readonly id: string; readonly itemId: string; readonly amount: string }[];
  readonly items: readonly { readonly id: string; readonly reference: string; readonly open: string }[];
};

/**
 * Applies a credit note to open items of the same customer.
 *
 * Refuses: `credit_note_not_found`, `invoice_voided`, `item_not_found`, `dated_in_future`, `credit_granted_back`, what `creditsWanted` and
 * settling refuse.
 */
export const applyCredit: Command<ApplyCredit, CreditApplied> = {
  name: 'apply-credit',
  permission: 'payment.apply',
  async run(act, input) {
    const { row, ownIds } = await takeCreditNote(act, input.creditNoteId);
    const items = await takeItems(act, [...ownIds, ...input.allocations.map((a) => a.itemId)]);
    const own = items.filter((item) => ownIds.includes(item.id));
    const others = items.filter((item) => !ownIds.includes(item.id));

    const wanted = creditsWanted(own, others, input.allocations);
    const on = businessDay(input.on, items.map((item) => item.openSince).reduce(later, act.today));

    await requireFreeCredit(act, usesOf(items, wanted));
    const settlement = settleItems(act, items, wanted, { documentId: row.id, kind: 'application', on });
    const text = (item: OpenItem): string => toDecimal(money(left(item), item.open.currency));
    const applied: CreditApplied = {
      creditNoteId: row.id,
      open: openText(
        settlement.items.filter((item) => ownIds.includes(item.id)),
        row.currency,
      ),
      currency: row.currency,
      applications: settlement.applications.map((a) => ({
        id: a.id,
        itemId: a.debitItemId,
        amount: toDecimal(a.amount),
      })),
      items: settlement.items
        .filter((item) => !ownIds.includes(item.id))
        .map((item) => ({ id: item.id, reference: item.reference, open: text(item) })),
    };
    act.record({
      type: 'credit.applied',
      subjectId: row.id,
      customerId: row.customer_id,
      data: { ...applied, number: row.number, on: on.toString() },
    });
    return applied;
  },
};

/** A credit note that stands, with the ids of its items. Refuses: `credit_note_not_found`, `invoice_voided`. */
export async function takeCreditNote(
  act: Act,
  id: InvoiceId,
): Promise<{ readonly row: InvoiceRow; readonly ownIds: readonly OpenItem['id'][] }> {
  const [row, items] = await Promise.all([findInvoice(act, id), readItemsOfDocuments(act, [id])]);
  if (row?.kind !== 'credit_note') throw new Refusal('credit_note_not_found', { creditNoteId: id });
  if (row.voided_on) throw new Refusal('invoice_voided', { voidedOn: row.voided_on.toString() });
  return { row, ownIds: items.filter((item) => item.kind === 'credit_note').map((item) => item.id) };
}

/** What is left of items together, as decimal text. */
export function openText(items: readonly OpenItem[], currency: string): string {
  return toDecimal(
    money(
      items.reduce((total, item) => total + left(item), 0n),
      currency,
    ),
  );
}
