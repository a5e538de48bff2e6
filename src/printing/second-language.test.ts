import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#kernel/money.ts';
import { anInvoiceDocument, aSeller, day } from '../../test/support/printed-documents.ts';
import { invoicePage } from './invoice-document.ts';
import { DOCUMENT_LANGUAGES, SECOND_LANGUAGES } from './language.ts';
import { PRINT_LABELS } from './print-labels.ts';
import { writtenIn } from './second-language.ts';
import { wordsOfBoth } from './words-of-both.ts';

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('which languages a document has follows from the choice, the company and the customer', () => {
  const spoken = SECOND_LANGUAGES.map((choice) => {
    const { language, secondLanguage } = writtenIn(choice, { ours: 'de', theirs: 'pl' });
    return [choice, language, secondLanguage];
  });
  assert.deepEqual(spoken, [
    ['none', 'pl', undefined],
    ['company', 'pl', 'de'],
    ['english', 'pl', 'en'],
    ['customer', 'de', 'pl'],
  ]);
  for (const choice of SECOND_LANGUAGES)
    assert.deepEqual(writtenIn(choice, { ours: 'en', theirs: 'en' }), { language: 'en' });
});

test('labels stand beside one another, heads of columns and sentences one under the other, the same word once', () => {
  const discounts = [{ until: day('2026-12-04'), percent: '2', amount: money(18_941n, 'EUR') }];
  const page = invoicePage(
    anInvoiceDocument({ language: 'de', secondLanguage: 'en', change: { discounts } }),
  );
  assert.equal(page.heading, 'Rechnung / Invoice 2026-00012');
  assert.equal(page.pageOf, 'Seite {page} von {pages} / Page {page} of {pages}');
  const [table, totals, payment] = page.blocks;
  assert.ok(table?.type === 'table' && totals?.type === 'totals' && payment?.type === 'payment');
  assert.deepEqual(table.columns.map(({ title }) => title).slice(1), [
    ['Bezeichnung', 'Description'],
    ['Menge', 'Quantity'],
    ['Einzelpreis', 'Unit price'],
    ['USt.', 'VAT'],
    ['Betrag EUR', 'Amount'],
  ]);
  assert.equal(plain(totals.rows[1]?.label ?? ''), 'USt. 19 % auf 162,42 / VAT 19 % on 162,42');
  assert.deepEqual(payment.notes.map(plain), [
    'Bei Zahlung bis 04.12.2026 zahlen Sie 189,41 EUR (2 % Skonto).',
    'Pay EUR 189.41 by 4 Dec 2026 and save 2%.',
  ]);
  assert.ok(payment.facts.some(({ label }) => label === 'Bank'));
});

test('words of the other direction keep their own beside the first', () => {
  const { invoice } = PRINT_LABELS.ar;
  const heading = invoicePage(anInvoiceDocument({ language: 'de', secondLanguage: 'ar' })).heading;
  assert.equal(heading, `Rechnung / \u2068${invoice}\u2069 2026-00012`);
});

test('each two languages stand together with nothing left unsaid', () => {
  for (const [at, language] of DOCUMENT_LANGUAGES.entries()) {
    const secondLanguage = DOCUMENT_LANGUAGES[(at + 7) % DOCUMENT_LANGUAGES.length] ?? 'en';
    const page = invoicePage(anInvoiceDocument({ language, secondLanguage }));
    assert.doesNotMatch(JSON.stringify(page), /undefined|null|\{\w+\}(?<!\{pages?\})/);
    assert.ok(page.heading.includes(PRINT_LABELS[language].invoice));
    assert.ok(page.heading.includes(PRINT_LABELS[secondLanguage].invoice));
  }
});

test('words of a document are said in both languages, names and figures once', () => {
  const said = (words: string, footnotes: readonly string[]) => {
    const document = anInvoiceDocument({ lineCount: 1 });
    const [line] = document.lines;
    assert.ok(line);
    return {
      ...document,
      lines: [{ ...line, detail: `Art. 1\n${words}` }],
      references: [{ label: words, value: 'A-1' }],
      footnotes,
    };
  };
  const first = { ...said('Lieferschein', ['Steuerfrei.', 'Danke']), language: 'de' as const };
  const both = wordsOfBoth(first, said('Despatch note', ['Exempt from tax.', 'Danke']));
  assert.deepEqual(both.references, [{ label: 'Lieferschein / Despatch note', value: 'A-1' }]);
  assert.equal(both.lines[0]?.detail, 'Art. 1\nLieferschein / Despatch note');
  assert.equal(both.lines[0]?.description, 'Milling cutter, carbide, 1 mm');
  assert.deepEqual(both.footnotes, ['Steuerfrei.', 'Exempt from tax.', 'Danke']);
  assert.deepEqual(both.totals, first.totals);
});

test('the code to scan is that of the banks of the currency, else of the link to pay by', () => {
  const paid = (currency: 'EUR' | 'INR' | 'CZK', change: { payLink?: string; upiId?: string }) => {
    const wish = { currency, change: { seller: { ...aSeller, ...change } } };
    const block = invoicePage(anInvoiceDocument(wish)).blocks.find(({ type }) => type === 'payment');
    assert.ok(block?.type === 'payment');
    return { codes: block.codes.map(({ svg }) => svg), facts: block.facts };
  };
  const payLink = 'https://pay.example/i/{number}?amount={amount}';
  const upiId = 'shop@bank';
  const codesOf = (...of: Parameters<typeof paid>) => paid(...of).codes;
  assert.deepEqual(codesOf('EUR', { payLink, upiId }), codesOf('EUR', {}));
  assert.deepEqual(codesOf('INR', { payLink, upiId }), codesOf('INR', { upiId }));
  assert.notDeepEqual(codesOf('INR', { payLink }), codesOf('INR', { upiId }));
  assert.equal(codesOf('CZK', { payLink, upiId }).length, 1);
  assert.deepEqual(codesOf('CZK', { upiId }), []);
  const fact = paid('CZK', { payLink }).facts.find(({ label }) => label === 'Pay online');
  assert.equal(fact?.link, 'https://pay.example/i/2026-00012?amount=193.28');
  assert.equal(fact.value.replaceAll('\u200b', ''), 'pay.example/i/2026-00012');
});

test('a link for the whole amount is not given where it is due in parts', () => {
  const instalments = [day('2026-12-01'), day('2027-01-01')].map((dueOn) => ({
    dueOn,
    amount: money(9_664n, 'EUR'),
  }));
  const linkOf = (payLink: string) => {
    const change = { instalments, seller: { ...aSeller, payLink } };
    const block = invoicePage(anInvoiceDocument({ change })).blocks.find(({ type }) => type === 'payment');
    return block?.type === 'payment' ? block.facts.find(({ link }) => link)?.link : undefined;
  };
  assert.equal(linkOf('https://pay.example/{amount}'), undefined);
  assert.equal(linkOf('https://pay.example/{number}'), 'https://pay.example/2026-00012');
});
