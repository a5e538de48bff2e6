import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BrokenRule } from '#kernel/assert.ts';
import { money } from '#kernel/money.ts';
import { anInvoiceDocument, aSeller, day, type InvoiceWish } from '../../test/support/printed-documents.ts';
import { type InvoiceDocument, invoicePage } from './invoice-document.ts';
import { DOCUMENT_LANGUAGES } from './language.ts';
import { fill, PRINT_LABELS } from './print-labels.ts';
import { type Block, printable } from './print-page.ts';

type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;

function blockOf<T extends Block['type']>(type: T, wish: InvoiceWish = {}): BlockOf<T> | undefined {
  return invoicePage(anInvoiceDocument(wish)).blocks.find(
    (block): block is BlockOf<T> => block.type === type,
  );
}

const plain = (text: string | undefined): string =>
  (text ?? '').replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u2068\u2069]/g, '');

test('an invoice is printed in its language, with nothing left unsaid', () => {
  for (const language of DOCUMENT_LANGUAGES) {
    const page = invoicePage(anInvoiceDocument({ language }));
    assert.equal(plain(page.heading), `${PRINT_LABELS[language].invoice} 2026-00012`);
    assert.doesNotMatch(JSON.stringify(page), /undefined|null|\{\w+\}(?<!\{pages?\})/);
  }
});

test('every phrase has the same places in every language', () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, phrase] of Object.entries(PRINT_LABELS.en)) {
    for (const language of DOCUMENT_LANGUAGES) {
      const same = PRINT_LABELS[language][key as keyof typeof PRINT_LABELS.en];
      assert.deepEqual(places(same), places(phrase), `${key} in ${language}`);
      assert.ok(same.trim() !== '', `${key} in ${language}`);
    }
  }
  assert.equal(fill('{a} of {b}, {c}', { a: '1', b: '2' }), '1 of 2, {c}');
});

/** Labels that a language has in common with English, each looked at. */
const AS_IN_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  de: ['bank'],
  et: ['number'],
  fr: ['date', 'contact', 'description', 'total', 'issued', 'sum', 'taxable'],
  es: ['total', 'sum'],
  pt: ['total', 'sum'],
  ro: ['total', 'sum'],
  nl: ['bank'],
  sv: ['bank'],
  da: ['bank'],
  nb: ['bank'],
  pl: ['bank', 'tax'],
  hu: ['bank'],
};

test('no label is English by accident', () => {
  for (const language of DOCUMENT_LANGUAGES.filter((each) => each !== 'en')) {
    const same = Object.entries(PRINT_LABELS.en).flatMap(([key, phrase]) =>
      PRINT_LABELS[language][key as keyof typeof PRINT_LABELS.en] === phrase ? [key] : [],
    );
    assert.deepEqual(
      same,
      same.filter((key) => AS_IN_ENGLISH[language]?.includes(key)),
      language,
    );
  }
});

test('the words of a document run in the letters of its language, figures and codes left aside', () => {
  const script: Readonly<Record<string, RegExp>> = {
    el: /\p{Script=Greek}/u,
    bg: /\p{Script=Cyrillic}/u,
    uk: /\p{Script=Cyrillic}/u,
    ar: /\p{Script=Arabic}/u,
    he: /\p{Script=Hebrew}/u,
    hi: /\p{Script=Devanagari}/u,
    'zh-Hans': /\p{Script=Han}/u,
    'zh-Hant': /\p{Script=Han}/u,
    ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
    ko: /\p{Script=Hangul}/u,
  };
  for (const language of DOCUMENT_LANGUAGES) {
    const letters = script[language] ?? /\p{Script=Latin}/u;
    for (const [key, phrase] of Object.entries(PRINT_LABELS[language]))
      assert.match(phrase, letters, `${key} in ${language}`);
  }
});

test('a document that does not add up is not printed', () => {
  const right = anInvoiceDocument();
  const { totals } = right;
  const one = money(1n, 'EUR');
  const wrong: Partial<InvoiceDocument>[] = [
    { lines: right.lines.slice(1) },
    { taxes: [] },
    { totals: { ...totals, gross: one } },
    { totals: { ...totals, open: one } },
    { totals: { ...totals, paid: one } },
    { currency: 'CZK' },
    { lines: right.lines.map((line) => ({ ...line, net: { ...line.net, currency: 'CZK' } })) },
  ];
  invoicePage(right);
  for (const change of wrong) {
    assert.throws(() => invoicePage({ ...right, ...change }), BrokenRule, Object.keys(change).join());
  }
});

test('an invoice without lines shows its totals', () => {
  const bare = anInvoiceDocument();
  const page = invoicePage({ ...bare, lines: [] });
  assert.deepEqual(
    page.blocks.map((block) => block.type),
    ['totals', 'payment'],
  );
});

test('what is carried over a page break is the sum of the rows before it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (lineCount) => {
      const table = blockOf('table', { lineCount });
      const digits = (text: string): bigint => BigInt(text.replaceAll(/\D/g, ''));
      let sum = 0n;
      for (const [index, row] of (table?.rows ?? []).entries()) {
        sum += digits(String(row.at(-1)));
        assert.equal(digits(table?.carried[index] ?? ''), sum);
      }
      assert.equal(table?.rows.length, lineCount);
    }),
  );
});

test('one payment in euro has a code for banking apps; instalments and other currencies have none', () => {
  assert.ok(blockOf('payment')?.codes[0]?.svg.startsWith('<svg'));
  assert.equal(blockOf('payment', { currency: 'CZK' })?.codes.length ?? 0, 0);
  assert.equal(
    blockOf('payment', { change: { seller: { ...aSeller, bank: undefined } } })?.codes.length ?? 0,
    0,
  );
  const instalments = [day('2026-12-01'), day('2027-01-01')].map((dueOn) => ({
    dueOn,
    amount: money(100n, 'EUR'),
  }));
  const block = blockOf('payment', { change: { instalments } });
  assert.equal(block?.codes.length ?? 0, 0);
  assert.deepEqual(
    block?.schedule?.rows.map((row) => row.map(plain)),
    [
      ['1 Dec 2026', 'EUR 1.00'],
      ['1 Jan 2027', 'EUR 1.00'],
    ],
  );
});

test('the account is given whole, grouped, with amount, day and reference', () => {
  const facts = blockOf('payment', { language: 'de' })?.facts.map(({ label, value }) => [
    label,
    plain(value),
  ]);
  assert.deepEqual(facts, [
    ['Zu zahlen', '193,28 EUR'],
    ['Fällig am', '24.12.2026'],
    ['Empfänger', 'Nordlicht Werkzeugbau GmbH'],
    ['IBAN', 'DE89 3704 0044 0532 0130 00'],
    ['BIC', 'COBADEFFXXX'],
    ['Bank', 'Commerzbank Hamburg'],
    ['Verwendungszweck', 'RF18 5390 0754 7034'],
  ]);
});

test('what is paid is taken off, and a paid invoice asks for nothing', () => {
  const rows = blockOf('totals', { paidMinor: 1_000n })?.rows.map(({ label, value }) => [
    label,
    plain(value),
  ]);
  assert.deepEqual(rows?.slice(-3), [
    ['Total', 'EUR 193.28'],
    ['Already paid or credited', '−10.00'],
    ['Amount due', 'EUR 183.28'],
  ]);
  assert.equal(blockOf('payment', { paidMinor: 19_328n }), undefined);
  assert.deepEqual(blockOf('text', { paidMinor: 19_328n })?.paragraphs, [
    'Nothing is left to pay. Thank you.',
  ]);
});

test('a credit note says so, names the invoice it corrects, and never asks for money', () => {
  for (const language of DOCUMENT_LANGUAGES) {
    const page = invoicePage(
      anInvoiceDocument({
        language,
        change: { kind: 'credit_note', correctedNumber: '2026-00011', instalments: [] },
      }),
    );
    const labels = PRINT_LABELS[language];
    assert.equal(plain(page.heading), `${labels.creditNote} 2026-00012`);
    assert.equal(page.notice, labels.creditExplained);
    assert.ok(
      page.facts.some(({ label, value }) => label === labels.correctedInvoice && value === '2026-00011'),
    );
    assert.ok(!page.blocks.some(({ type }) => type === 'payment'));
    assert.doesNotMatch(JSON.stringify(page), new RegExp(`"${labels.amountDue}"`));
  }
});

test('early payment is offered with the amount, the day and the percentage', () => {
  const discounts = [{ until: day('2026-12-04'), percent: '2.00', amount: money(28_966n, 'EUR') }];
  assert.deepEqual(blockOf('payment', { change: { discounts } })?.notes.map(plain), [
    'Pay EUR 289.66 by 4 Dec 2026 and save 2%.',
  ]);
});

test('a currency without decimals has none on paper', () => {
  const table = blockOf('table', { currency: 'JPY', lineCount: 1 });
  assert.deepEqual(table?.rows[0]?.slice(3), ['1,999', '19%', '1,999']);
});

test('text is made fit for paper: no control characters, whole letters, long words that can be broken', () => {
  assert.equal(printable('a\u0000b\tc\u2028d\ud800'), 'a b c d\ufffd');
  assert.equal(printable('line\r\nline'), 'line\nline');
  assert.equal(printable('Cafe\u0301'), 'Café');
  assert.equal(printable('x'.repeat(24)), 'x'.repeat(24));
  assert.equal(printable('x'.repeat(50)), `${'x'.repeat(24)}\u200b${'x'.repeat(24)}\u200bxx`);
});
