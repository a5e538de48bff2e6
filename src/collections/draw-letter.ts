// A reminder on paper: words around a table for each currency, with what it comes to and where to
// pay it. Invoices do not go along: the table names them.

import { bankOf, paidIn } from '#banking/pay-account.ts';
import type { Tx } from '#db/transaction.ts';
import type { Parcel, ReadMore } from '#delivery/begin-sending.ts';
import { buyerAtIssue, sellerAtIssue } from '#invoicing/document-content.ts';
import { buyerOf, lookOf, sellerOf } from '#invoicing/printed-invoice.ts';
import { present } from '#kernel/assert.ts';
import { readAddresses } from '#parties/read-customer.ts';
import { chooseDocumentLanguage, type DocumentLanguage } from '#printing/language.ts';
import type { LetterDocument } from '#printing/letter-document.ts';
import { readCustomerLanguages, readLooks } from '#printing/read-looks.ts';
import { renderLetterPdf } from '#printing/render-pdf.ts';
import { saidInTurn, saidTogether, writtenIn } from '#printing/second-language.ts';
import { readAccountsPaidBy } from '#receiving/read-receiving.ts';
import { letterKindOf } from '#wording/message-template.ts';
import { readTemplate } from '#wording/read-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { type LetterTemplate, reminderVariables, type TemplateVariables } from '#wording/template.ts';
import {
  itemFactsOf,
  messageFactsOf,
  type PaperWords,
  type ReminderLetter,
  toldBesides,
} from './reminder-letter.ts';

/**
 * What is printed of a reminder, in the look and with the letterhead of today; in two languages, one after the other,
 * where the customer or the company wants a second one on its documents. Refuses: `template_not_rendered`.
 */
export async function readPrintedLetter(tx: Tx, letter: ReminderLetter): Promise<LetterDocument> {
  const { company, customer, items } = letter;
  const [addresses, { look, written }, accounts] = await Promise.all([
    readAddresses(tx, [customer.id]),
    readPaper(tx, letter),
    readAccountsPaidBy(tx, [letter.usualCompany], customer.id),
  ]);
  const facts = messageFactsOf(letter, 0);
  const variables = reminderVariables(facts, itemFactsOf(items), toldBesides(letter));
  const said = await wordsIn(tx, letter, variables, languagesOf(written));
  const say = (part: 'subject' | 'opening' | 'closing') => (language: DocumentLanguage) =>
    present(said.get(language), 'both languages were filled in')[part].trim();
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
    rows: itemFactsOf(items),
    closing: saidInTurn(say('closing'), written).flatMap(paragraphsOf),
    paymentReference: facts.paymentReference,
  };
}

type OnPaper = Pick<ReminderLetter, 'company' | 'customer' | 'reader'>;

/** In which look and languages a letter is printed. */
async function readPaper(tx: Tx, { company, customer, reader }: OnPaper) {
  const [looks, seconds] = await Promise.all([
    readLooks(tx, [company]),
    readCustomerLanguages(tx, [customer.id]),
  ]);
  const look = looks.get(company.id);
  const wanted = seconds.get(customer.id) ?? look?.extras.secondLanguage ?? 'none';
  const written = writtenIn(wanted, {
    ours: chooseDocumentLanguage([company.language]),
    theirs: reader.language,
  });
  return { look, written };
}

function languagesOf({ language, secondLanguage }: ReturnType<typeof writtenIn>): DocumentLanguage[] {
  return secondLanguage ? [language, secondLanguage] : [language];
}

/**
 * The words in force for a letter, in each language it is printed in. They are facts of the letter as its amounts are: changed
 * while it lies ready, it is written anew.
 */
export async function readPaperWords(
  tx: Tx,
  letter: OnPaper & Pick<ReminderLetter, 'template'>,
): Promise<PaperWords> {
  const { written } = await readPaper(tx, letter);
  const kind = letterKindOf(letter.template);
  const words = await Promise.all(
    languagesOf(written).map(
      async (language) => [language, await readTemplate(tx, letter.company.id, kind, language)] as const,
    ),
  );
  return Object.fromEntries(words);
}

/** The words around the table, filled in: the company's own in a language, else those that come with the program. */
async function wordsIn(
  tx: Tx,
  letter: ReminderLetter,
  variables: TemplateVariables,
  languages: readonly DocumentLanguage[],
): Promise<ReadonlyMap<DocumentLanguage, LetterTemplate>> {
  const kind = letterKindOf(letter.template);
  const filled = await Promise.all(
    languages.map(async (language) => {
      const own =
        letter.paperWords?.[language] ?? (await readTemplate(tx, letter.company.id, kind, language));
      const words = renderTemplate(own, variables, language);
      const { subject = letter.company.name, text, closing = '' } = words;
      return [language, { subject, opening: text, closing }] as const;
    }),
  );
  return new Map(filled);
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
