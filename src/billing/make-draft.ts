// Beginning a draft that is like an invoice issued before.

import type { Command } from '#command/command.ts';
import { readInvoice } from '#invoicing/read-invoice.ts';
import { type InvoiceId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { DraftId } from './draft.ts';
import { draftOfInvoice } from './draft-of-invoice.ts';
import type { DraftKept } from './keep-draft.ts';
import { insertDraft } from './store.ts';

/**
 * Copies an invoice into a new draft. Refuses: `invoice_not_found`, `not_an_invoice` (a credit note),
 * `invoice_without_lines` (taken over from another system by its total).
 */
export const makeDraft: Command<{ readonly invoiceId: InvoiceId }, DraftKept> = {
  name: 'make-draft',
  permission: 'invoice.issue',
  async run(act, input) {
    const { row, priced, content } = await readInvoice(act, input.invoiceId, act.today);
    if (row.kind !== 'invoice') throw new Refusal('not_an_invoice', { number: row.number });
    if (priced.lines.length === 0) throw new Refusal('invoice_without_lines', { number: row.number });
    const body = draftOfInvoice({
      companyId: row.company_id,
      customerId: row.customer_id,
      currency: row.currency,
      note: row.note,
      purchaseOrder: row.purchase_order,
      priced,
      content,
    });
    const draftId: DraftId = newId();
    insertDraft(act, { id: draftId, body, source: 'copied' });
    return { draftId, version: 1 };
  },
};
