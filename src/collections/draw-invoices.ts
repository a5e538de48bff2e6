// The invoices that go with a reminder, drawn with what is paid and left of them now, in the language of the letter.

import type { MailAttachment } from '#carriers/mail-message.ts';
import type { ReadMore } from '#delivery/begin-sending.ts';
import { printInvoice, readPrintables } from '#invoicing/print-invoice.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { ATTACHMENT_BYTES_MAX } from '#kernel/limits.ts';
import { attachedTo, type ReminderLetter } from './reminder-letter.ts';

/**
 * Draws the invoices of a letter, the oldest first, so many as a mail can carry; the words of the letter name all of them.
 *
 * Refuses: `invoice_not_found`, and what drawing refuses.
 */
export async function drawInvoices(
  letter: ReminderLetter,
  more: ReadMore,
): Promise<readonly MailAttachment[]> {
  const attached = attachedTo(letter.items);
  const ids = attached.map(({ documentId }) => documentId as InvoiceId);
  const { language } = letter.reader;
  const documents = await more((tx) => readPrintables(tx, ids, { language }));
  const files: MailAttachment[] = [];
  let bytes = 0;
  for (const [index, { fileName }] of attached.entries()) {
    const { pdf } = await printInvoice(present(documents[index], 'every document asked for was read'));
    bytes += pdf.length;
    if (bytes > ATTACHMENT_BYTES_MAX) break;
    files.push({ name: fileName, mediaType: 'application/pdf', content: pdf });
  }
  return files;
}
