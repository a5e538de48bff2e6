// A file that is added to a document after it was issued: shown apart from those it was issued with.

import { addAttachment } from '#attachments/add-attachment.ts';
import type { KeptContent } from '#attachments/attachment.ts';
import type { Command } from '#command/command.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { lockInvoices } from './store.ts';

export type AddSupplement = { readonly invoiceId: InvoiceId; readonly file: KeptContent };

/** Adds a file to an issued invoice or credit note. Refuses: `invoice_not_found`, what `addAttachment` refuses. */
export const addSupplement: Command<AddSupplement, { readonly attachmentId: string; readonly name: string }> =
  {
    name: 'add-supplement',
    permission: 'invoice.issue',
    async run(act, input) {
      const [row] = await lockInvoices(act, [input.invoiceId]);
      if (!row) throw new Refusal('invoice_not_found', { invoiceId: input.invoiceId });
      const { id, name, bytes, sha256 } = await addAttachment(act, { documentId: row.id }, input.file);
      act.record({
        type: row.kind === 'invoice' ? 'invoice.file_added' : 'credit_note.file_added',
        subjectId: row.id,
        customerId: row.customer_id,
        data: { number: row.number, attachmentId: id, name, bytes, sha256 },
      });
      return { attachmentId: id, name };
    },
  };
