// Voiding one invoice or credit note.

import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { later, type PlainDate } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { businessDay } from '#ledger/settle-items.ts';
import { takeVoidable, voidTaken } from './void-documents.ts';
import { voidableSince } from './voiding.ts';

export type VoidInvoice = {
  readonly invoiceId: InvoiceId;
  readonly reason: string;
  /** Left out, today, or the first day it can be voided on if that is later. */
  readonly on?: PlainDate | undefined;
};

export type InvoiceVoided = {
  readonly invoiceId: string;
  readonly number: string;
  readonly voidedOn: string;
};

/**
 * Voids a document that nothing was applied to. Its number stays used.
 *
 * Refuses: `invoice_not_found`, `invoice_voided`, `invoice_has_applications`, `invoice_has_credit_notes`,
 * `credit_granted_back` (of a credit note), `voided_too_early`, `dated_in_future`, `period_locked`.
 */
export const voidInvoice: Command<VoidInvoice, InvoiceVoided> = {
  name: 'void-invoice',
  permission: 'invoice.void',
  async run(act, input) {
    const [taken] = await takeVoidable(act, [input.invoiceId]);
    const document = present(taken, 'one document asked for, one in hand');
    const on = businessDay(input.on, later(act.today, voidableSince(document)));
    await voidTaken(act, [document], on);
    const { row } = document;
    act.record({
      type: row.kind === 'invoice' ? 'invoice.voided' : 'credit_note.voided',
      subjectId: row.id,
      customerId: row.customer_id,
      data: { number: row.number, reason: input.reason, on: on.toString() },
    });
    return { invoiceId: row.id, number: row.number, voidedOn: on.toString() };
  },
};
