// A reminder on paper: the words that come with the program around a table for each currency, with what it comes to and where to
// pay it. Invoices do not go along: the table names them.

import { bankOf, paidIn } from '#banking/pay-account.ts';
import { readPayAccounts } from '#banking/read-pay-accounts.ts';
import type { Tx } from '#db/transaction.ts';
import type { Parcel, ReadMore } from '#delivery/begin-sending.ts';
import { buyerAtIssue, sellerAtIssue } from '#invoicing/document-content.ts';
import { buyerOf, lookOf, sellerOf } from '#invoicing/printed-invoice.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import type { LetterDocument } from '#printing/letter-document.ts';
import { readCustomerLanguages, readLooks } from '#printing/read-looks.ts';
import { renderLetterPdf } from '#printing/render-pdf.ts';
import { saidInTurn, saidTogether, writtenIn } from '#printing/second-language.ts';
import { builtInReminderLetter } from '#wording/built-in-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { reminderVariables, type TemplateVariables } from '#wording/template.ts';
import { itemFactsOf, messageFactsOf, type ReminderLetter } from './reminder-letter.ts';

/**
 * What is printed of a reminder, in the look and with the letterhead of today; in two languages, one after the other, where the
 * customer or the company wants a second one on its documents. Refuses: `template_not_rendered`.
 */
export async function readPrintedLetter(tx: Tx, letter: ReminderLetter): Promise<LetterDocument> {
  const { company, customer, reader, items } = letter;
  const [addresses, looks, accounts, seconds] = await Promise.all([
    readAddresses(tx, [customer.id]),
    readLooks(tx, [company]),
    readPayAccounts(tx, [company.id]),
    readCustomerLanguages(tx, [customer.id]),
  ]);
  const look = looks.get(company.id);
  const written = writtenIn(seconds.get(customer.id) ?? look?.extras.secondLanguage ?? 'none', {
    ours: chooseDocumentLanguage([company.language]),
    theirs: reader.language,
  });
  const facts = messageFactsOf(letter, 0);
  const variables = reminderVariables(facts, itemFactsOf(items));
  const say = (part: 'subject' | 'opening' | 'closing') => (language: DocumentLanguage) =>
    wordsIn(letter, variables, language)[part].trim();
  const seller = sellerAtIssue(company);
  const currencies = [...new Set(items.map((item) => item.open.currency))];
  return {
    ...written,
    seller: { ...sellerOf(seller), ...lookOf(look) },
    banks: new Map(
      currencies.map((currency) => [currency, bankOf(paidIn(letter.usualCompany, accounts, currency))]),
    ),
    customer: buyerOf({ seller, buyer: buyerAtIssue(customer, addresses) }, written.language),
    date: letter.day,
    subject: saidTogether(say('subject'), written),
    opening: saidInTurn(say('opening'), written).flatMap(paragraphsOf),
    rows: items.map(({ reference, issuedOn, dueOn, amount, open }) => ({
      number: reference,
      issuedOn,
      dueOn,
      amount,
      open,
    })),
    closing: saidInTurn(say('closing'), written).flatMap(paragraphsOf),
    paymentReference: facts.paymentReference,
  };
}

function wordsIn(letter: ReminderLetter, variables: TemplateVariables, language: DocumentLanguage) {
  return renderTemplate(builtInReminderLetter(letter.template, language), variables, language);
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
