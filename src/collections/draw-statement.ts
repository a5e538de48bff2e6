// The statement of account that goes with a reminder, where its step says so: what is open with the company on the day of the letter.

import type { MailAttachment } from '#carriers/mail-message.ts';
import type { ReadMore } from '#delivery/begin-sending.ts';
import { printStatement, readPrintedStatement, statementFileName } from '#statements/print-statement.ts';
import { readStatement } from '#statements/read-statement.ts';
import type { ReminderLetter } from './reminder-letter.ts';

/** Draws the statement of a letter, in its language. Refuses: `statement_too_long`, and what drawing refuses. */
export async function drawStatement(letter: ReminderLetter, more: ReadMore): Promise<MailAttachment> {
  const { usualCompany: company, customer, day } = letter;
  const { language } = letter.reader;
  const { document, name } = await more(async (tx) => {
    const wanted = { customerId: customer.id, companyId: company.id, kind: 'open_item', asOf: day } as const;
    const statement = await readStatement(tx, wanted);
    const printed = await readPrintedStatement(tx, statement, { language, letterhead: company });
    return { document: printed, name: statementFileName(statement) };
  });
  return {
    name: `${name}.pdf`,
    mediaType: 'application/pdf',
    content: await printStatement(document),
    signedAs: 'statement',
  };
}
