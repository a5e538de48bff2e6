// A reminder on paper: the words that come with the program around a table for each currency, with what it comes to and where to
// pay it. Invoices do not go along: the table names them.

import { bankOf, paidIn } from '#banking/pay-account.ts';
import { readPayAccounts } from '#banking/read-pay-accounts.ts';
import type { Tx } from '#db/transaction.ts';
import type { Parcel, ReadMore } from '#delivery/begin-sending.ts';
import { buyerAtIssue, sellerAtIssue } from '#invoicing/document-content.ts';
import { buyerOf, lookOf, sellerOf } from '#invoicing/printed-invoice.ts';
import { readAddresses } from '#parties/read-customer.ts';
import type { LetterDocument } from '#printing/letter-document.ts';
import { readLooks } from '#printing/read-looks.ts';
import { renderLetterPdf } from '#printing/render-pdf.ts';
import { builtInReminderLetter } from '#wording/built-in-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { reminderVariables } from '#wording/template.ts';
import { itemFactsOf, messageFactsOf, type ReminderLetter } from './reminder-letter.ts';

/** What is printed of a reminder, in the look and with the letterhead of today. Refuses: `template_not_rendered`. */
export async function readPrintedLetter(tx: Tx, letter: ReminderLetter): Promise<LetterDocument> {
  const { company, customer, reader, items } = letter;
  const [addresses, looks, accounts] = await Promise.all([
    readAddresses(tx, [customer.id]),
    readLooks(tx, [company]),
    readPayAccounts(tx, [company.id]),
  ]);
  const { language } = reader;
  const facts = messageFactsOf(letter, 0);
  const variables = reminderVariables(facts, itemFactsOf(items));
  const words = renderTemplate(builtInReminderLetter(letter.template, language), variables, language);
  const seller = sellerAtIssue(company);
  const currencies = [...new Set(items.map((item) => item.open.currency))];
  return {
    language,
    seller: { ...sellerOf(seller), ...lookOf(looks.get(company.id)) },
    banks: new Map(
      currencies.map((currency) => [currency, bankOf(paidIn(letter.usualCompany, accounts, currency))]),
    ),
    customer: buyerOf({ seller, buyer: buyerAtIssue(customer, addresses) }, language),
    date: letter.day,
    subject: words.subject,
    opening: paragraphsOf(words.opening),
    rows: items.map(({ reference, issuedOn, dueOn, amount, open }) => ({
      number: reference,
      issuedOn,
      dueOn,
      amount,
      open,
    })),
    closing: paragraphsOf(words.closing),
    paymentReference: facts.paymentReference,
  };
}

function paragraphsOf(text: string): readonly string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

/** A reminder as one file to print. Refuses: what `readPrintedLetter` and drawing refuse. */
export async function drawReminderLetter(letter: ReminderLetter, more: ReadMore): Promise<Parcel> {
  const document = await more((tx) => readPrintedLetter(tx, letter));
  const name = `${letter.template}-${letter.customer.number}-${letter.day}`.replace(
    /[^\p{L}\p{N}._-]+/gu,
    '_',
  );
  const file = {
    name: `${name}.pdf`,
    mediaType: 'application/pdf',
    content: await renderLetterPdf(document),
  };
  return { subject: document.subject, file };
}
