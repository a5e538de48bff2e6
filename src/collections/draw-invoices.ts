// The invoices that go with a reminder, drawn with what is open of them now.

import type { ReadMore } from '#delivery/begin-sending.ts';
import type { MailAttachment } from '#delivery/mail-message.ts';
import type { ReminderLetter } from './reminder-letter.ts';

export async function drawInvoices(
  _letter: ReminderLetter,
  _more: ReadMore,
): Promise<readonly MailAttachment[]> {
  return [];
}
