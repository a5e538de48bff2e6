import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { closePdf, renderPage } from '#printing/render-pdf.ts';
import { builtInDocumentMail } from '#wording/built-in-template.ts';
import { renderTemplate } from '#wording/render-template.ts';
import { invoiceMailVariables } from '#wording/template.ts';
import { readPdf } from '../../test/support/pdf-reader.ts';
import { chargeMail } from './charge-mail.ts';
import { chargePage, type PrintedCharge } from './charge-page.ts';
import { CHARGE_WORDS } from './charge-words.ts';
import type { Part } from './charging.ts';

after(closePdf);

/** All strings of a word list, by their path. */
function stringsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : stringsOf(value, `${path}${key}.`),
  );
}

test('every word of a charge is there in every language, with the same places for facts', () => {
  const places = (text: string): string[] => (text.match(/\{\{.*?\}\}|\{\w+\}/g) ?? []).sort();
  const english = stringsOf(CHARGE_WORDS.en);
  for (const language of DOCUMENT_LANGUAGES) {
    const theirs = stringsOf(CHARGE_WORDS[language]);
    assert.deepEqual(
      theirs.map(([key]) => key),
      english.map(([key]) => key),
      language,
    );
    for (const [index, [key, text]] of theirs.entries()) {
      assert.ok(text.trim() !== '', `${language} ${key}`);
      assert.deepEqual(places(text), places(english[index]?.[1] ?? ''), `${language} ${key}`);
    }
  }
});

test('a mail that carries a charge or a credit says number, day and amount in every language', () => {
  for (const language of DOCUMENT_LANGUAGES) {
    for (const kind of ['charge', 'charge_credit'] as const) {
      const template = builtInDocumentMail(chargeMail(kind, language), language, kind === 'charge');
      const document = {
        kind,
        number: 'Z-2026-7',
        issuedOn: parseDate('2026-03-02'),
        dueOn: kind === 'charge' ? parseDate('2026-03-16') : undefined,
        total: money(47_50n, 'EUR'),
        open: money(47_50n, 'EUR'),
      };
      const facts = {
        today: parseDate('2026-03-02'),
        company: { name: 'Nordlicht' },
        customer: { name: 'Čapek', number: 'K-1' },
        contactName: undefined,
        paymentReference: 'Z-2026-7',
        attachmentCount: 1,
      };
      const { subject, text } = renderTemplate(template, invoiceMailVariables(facts, document), language);
      const said = `${subject} ${text}`;
      for (const part of ['Z-2026-7', '2026', '47'])
        assert.ok(said.includes(part), `${language} ${kind} ${part}`);
      assert.doesNotMatch(said, /[{}]|undefined/, `${language} ${kind}`);
    }
  }
});

test('a charge is drawn in every language', async () => {
  const part = {
    kind: 'reminder_fee',
    reference: 'final_notice',
    amount: money(5_00n, 'EUR'),
    from: null,
    to: null,
    spans: [],
  } as unknown as Part;
  for (const language of DOCUMENT_LANGUAGES) {
    const charge: PrintedCharge = {
      kind: 'charge',
      language,
      seller: { name: 'Nordlicht', addressLines: ['Hamburg'], country: 'DE' },
      buyer: { name: 'Čapek', addressLines: ['Brno'] },
      number: 'Z-2026-7',
      chargedOn: parseDate('2026-03-02'),
      through: parseDate('2026-03-01'),
      dueOn: parseDate('2026-03-16'),
      interest: money(0n, 'EUR'),
      fees: money(5_00n, 'EUR'),
      total: money(5_00n, 'EUR'),
      open: money(5_00n, 'EUR'),
      reason: null,
      parts: [part],
      legalSources: [],
    };
    const page = chargePage(charge);
    assert.ok(page.title.startsWith(CHARGE_WORDS[language].title), language);
    const { pages } = readPdf(await renderPage(page));
    assert.equal(pages.length, 1, language);
    assert.ok(pages.join(' ').includes('Z-2026-7'), language);
  }
});
