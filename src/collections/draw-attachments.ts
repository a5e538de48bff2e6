// The files that go with a reminder by mail: the statement, and the invoices, drawn with what is paid and left of them now, in the language of the letter.

import type { MailAttachment } from '#carriers/mail-message.ts';
import type { ReadMore } from '#delivery/begin-sending.ts';
import { printInvoicesOnce, readPrintables } from '#invoicing/print-invoice.ts';
import { present } from '#kernel/assert.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { ATTACHMENT_BYTES_MAX } from '#kernel/limits.ts';
import { drawStatement } from './draw-statement.ts';
import { attachedTo, carries, type ReminderLetter } from './reminder-letter.ts';

/**
 * Draws the invoices of a letter, the oldest first, so many as a mail can carry; the words of the letter name all of them.
 *
 * Refuses: `invoice_not_found`, and what drawing refuses.
 */
async function drawInvoices(
  letter: ReminderLetter,
  more: ReadMore,
  bytesMax = ATTACHMENT_BYTES_MAX,
): Promise<readonly MailAttachment[]> {
  const attached = attachedTo(letter.items);
  const ids = attached.map(({ documentId }) => documentId as InvoiceId);
  const { language } = letter.reader;
  const documents = await more((tx) => readPrintables(tx, ids, { language }));
  const files: MailAttachment[] = [];
  let bytes = 0;
  for await (const { pdf } of printInvoicesOnce(documents, more)) {
    bytes += pdf.length;
    if (bytes > bytesMax) break;
    const { fileName } = present(attached[files.length], 'every document asked for was read');
    files.push({ name: fileName, mediaType: 'application/pdf', content: pdf, signedAs: 'invoice' });
  }
  return files;
}

/** Draws what goes with a letter by mail: the statement, then the invoices, so many as a mail can carry. */
export async function drawAttachments(
  letter: ReminderLetter,
  more: ReadMore,
): Promise<readonly MailAttachment[]> {
  const statement = carries(letter, 'statement') ? [await drawStatement(letter, more)] : [];
  if (!carries(letter, 'invoices')) return statement;
  const taken = statement.reduce((bytes, file) => bytes + file.content.length, 0);
  return [...statement, ...(await drawInvoices(letter, more, ATTACHMENT_BYTES_MAX - taken))];
}
