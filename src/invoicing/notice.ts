// The short notice that an invoice is there: who it is from, which, how much, until when, and whom to ask. No link, so that nobody
// learns to follow one in a text message.

import type { MailedDocument } from '#delivery/template.ts';
import type { Company } from '#parties/company.ts';
import type { Language } from '#printing/language.ts';
import { formatDate, formatMoney } from '#printing/print-format.ts';

type Words = {
  readonly invoice: string;
  readonly credit: string;
  readonly due: string;
  readonly ask: string;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: { invoice: 'Invoice', credit: 'Credit note', due: 'due', ask: 'Questions:' },
  de: { invoice: 'Rechnung', credit: 'Gutschrift', due: 'fällig am', ask: 'Fragen:' },
  fr: { invoice: 'Facture', credit: 'Avoir', due: 'échéance le', ask: 'Questions :' },
  cs: { invoice: 'Faktura', credit: 'Dobropis', due: 'splatnost', ask: 'Dotazy:' },
};

/** `Nordlicht GmbH: Invoice RE-1, €100.00, due 1 February 2026. Questions: +49 30 1234`. */
export function noticeText(
  company: Pick<Company, 'name' | 'phone' | 'email'>,
  document: MailedDocument,
  language: Language,
): string {
  const words = WORDS[language];
  const name = document.kind === 'invoice' ? words.invoice : words.credit;
  const due = document.dueOn ? `, ${words.due} ${formatDate(document.dueOn, language)}` : '';
  const ask = company.phone ?? company.email;
  const amount = formatMoney(document.open, language);
  return `${company.name}: ${name} ${document.number}, ${amount}${due}.${ask ? ` ${words.ask} ${ask}` : ''}`;
}
