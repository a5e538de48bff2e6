import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { toDecimal } from '#kernel/money.ts';
import { amountsIn } from './amount-words.ts';
import { daysIn } from './day-words.ts';
import { exampleOf, modelWith, shippedModel } from './examples.ts';
import type { Proposal } from './intent.ts';
import { newWords } from './new-words.ts';
import { proposalsOf } from './proposals.ts';
import { sentencesOf, wordsIn } from './sentence.ts';

/** A Wednesday. */
const TODAY = parseDate('2026-03-11');
const VIEW = { today: TODAY, currency: 'EUR' };

const read = (text: string): readonly Proposal[] => proposalsOf(text, VIEW, shippedModel());
const kinds = (text: string): readonly string[] => read(text).map(({ intent }) => intent);
const days = (text: string, more: { looksBack?: boolean; monthFirst?: boolean } = {}) =>
  daysIn(wordsIn(text, { from: 0, to: text.length }), { today: TODAY, ...more }).map(({ on }) =>
    on.toString(),
  );
const amounts = (text: string, own = 'EUR') =>
  amountsIn(text, { from: 0, to: text.length }, own).map((one) => `${toDecimal(one)} ${one.currency}`);

test('days are read as people name them, from the day of the mail on', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['by 2026-04-02', '2026-04-02'],
    ['am 15.03.2026', '2026-03-15'],
    ['bis 15.3. ist es da', '2026-03-15'],
    ['le 15/04/26', '2026-04-15'],
    ['on March 20th', '2026-03-20'],
    ['on 20 March 2027', '2027-03-20'],
    ['am 15. April', '2026-04-15'],
    ['le 1er avril', '2026-04-01'],
    ['el 5 de mayo de 2026', '2026-05-05'],
    ['op 3 april', '2026-04-03'],
    ['in January 5', '2027-01-05'],
    ['on Friday', '2026-03-13'],
    ['am Mittwoch', '2026-03-18'],
    ['nächsten Freitag', '2026-03-13'],
    ['Friday next week', '2026-03-20'],
    ['nächste Woche Dienstag', '2026-03-17'],
    ['vendredi prochain', '2026-03-13'],
    ['tomorrow', '2026-03-12'],
    ['mañana', '2026-03-12'],
    ['übermorgen', '2026-03-13'],
    ['end of the month', '2026-03-31'],
    ['Ende März', '2026-03-31'],
    ['fin avril', '2026-04-30'],
    ['a fine mese', '2026-03-31'],
    ['next week', '2026-03-20'],
    ['volgende maand', '2026-04-30'],
    ['within 10 days', '2026-03-21'],
    ['innerhalb von zwei Wochen', '2026-03-25'],
    ['dans les 8 jours', '2026-03-19'],
    ['within 3 working days', '2026-03-16'],
    ['dentro de 5 días', '2026-03-16'],
  ];
  for (const [text, on] of cases) assert.deepEqual(days(text), [on], text);
});

test('a greeting is no day, and neither is a day that does not exist', () => {
  for (const text of [
    'Guten Morgen',
    'goede morgen',
    'por la mañana',
    '31.02.2026',
    '45/13/2026',
    'version 1.2',
  ])
    assert.deepEqual(days(text), [], text);
});

test('what was is read backwards', () => {
  assert.deepEqual(days('on Friday', { looksBack: true }), ['2026-03-06']);
  assert.deepEqual(days('am 15. Dezember', { looksBack: true }), ['2025-12-15']);
  assert.deepEqual(days('gestern', { looksBack: true }), ['2026-03-10']);
});

test('a day that reads both ways says so, and goes by where its writer sits', () => {
  const [found] = daysIn(wordsIn('05/04/2026', { from: 0, to: 10 }), { today: TODAY });
  assert.equal(found?.on.toString(), '2026-04-05');
  assert.equal(found?.isUncertain, true);
  assert.deepEqual(days('05/04/2026', { monthFirst: true }), ['2026-05-04']);
  assert.deepEqual(days('03/25/2026'), ['2026-03-25']);
});

test('amounts are read in the ways they are written, and only with a currency', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['€ 1.250,00', ['1250.00 EUR']],
    ['1,250.00 EUR', ['1250.00 EUR']],
    ["CHF 1'250.50", ['1250.50 CHF']],
    ['1 250,5 €', ['1250.50 EUR']],
    ['500 Euro', ['500.00 EUR']],
    ['$99.90', ['99.90 USD']],
    ['12.345', []],
    ['JPY 12,000', ['12000 JPY']],
    ['half of 300 EUR and 20 GBP', ['300.00 EUR', '20.00 GBP']],
    ['invoice 4711', []],
  ];
  for (const [text, wanted] of cases) assert.deepEqual(amounts(text), wanted, text);
  assert.deepEqual(amounts('$10', 'CAD'), ['10.00 CAD']);
});

test('only the new words count: what is quoted and who signs is left out', () => {
  const text = 'Hello,\n\nwe pay on Friday.\n\nKind regards\nAnna\n\n> We dispute this.\n';
  const kept = newWords(text).map(({ from, to }) => text.slice(from, to));
  assert.equal(kept.join(' ').includes('dispute'), false);
  assert.equal(kept.join(' ').includes('Anna'), false);
  assert.deepEqual(kinds(text), ['promise']);
  for (const above of [
    'On Mon, 2 Mar 2026 at 10:00, Seller <a@b.example> wrote:',
    'Am 02.03.2026 um 10:00 schrieb Seller:',
    'Le lun. 2 mars 2026, Seller a écrit :',
    '-----Original Message-----',
    'Von: Seller\nGesendet: Montag\nAn: Anna',
  ])
    assert.deepEqual(kinds(`Thank you.\n\n${above}\nWe already paid this invoice.`), [], above);
});

test('answers between quoted lines are read', () => {
  const text = 'On Monday Seller wrote:\n> Please pay.\nWe will pay on Friday.\n> Regards\n';
  assert.deepEqual(kinds(text), ['promise']);
});

test('a promise has its day and amount', () => {
  for (const text of [
    'We will transfer 1,200.00 EUR on 20 March.',
    'Wir werden die 1.200,00 € am 20.03.2026 überweisen.',
    'Nous allons payer 1 200,00 € le 20 mars.',
    'Pagaremos 1.200,00 EUR el 20 de marzo.',
    'Pagheremo 1.200,00 euro entro il 20 marzo.',
    'Wij zullen € 1.200,00 op 20 maart betalen.',
  ]) {
    const [found] = read(text);
    assert.equal(found?.intent, 'promise', text);
    assert.equal(found?.facts.parts[0]?.on?.toString(), '2026-03-20', text);
    assert.equal(found?.facts.parts[0]?.amount?.minor, 120_000n, text);
  }
});

test('instalments are kept in their order', () => {
  const [found] = read('We will pay 500 EUR on 20 March and 700 EUR on 20 April.');
  assert.deepEqual(
    found?.facts.parts.map(({ on, amount }) => [on?.toString(), amount?.minor]),
    [
      ['2026-03-20', 50_000n],
      ['2026-04-20', 70_000n],
    ],
  );
});

test('who will not pay promises nothing', () => {
  for (const text of [
    'We will not pay on Friday.',
    'Wir werden am Freitag nicht zahlen.',
    'We cannot pay this month.',
  ])
    assert.ok(!kinds(text).includes('promise'), text);
});

test('disputes have their reason', () => {
  const reason = (text: string) => read(text).find(({ intent }) => intent === 'dispute')?.facts.reason;
  assert.equal(reason('The goods arrived damaged.'), 'quality');
  assert.equal(reason('You invoiced us twice.'), 'duplicate');
  assert.equal(reason('Der Preis stimmt nicht.'), 'pricing');
  assert.equal(reason('Nous contestons la facture, le prix est erroné.'), 'pricing');
});

test('who paid says when, and what', () => {
  const [found] = read('We have already paid invoice RE-2026/17 on 3 March.');
  assert.equal(found?.intent, 'paid_already');
  assert.equal(found?.facts.parts[0]?.on?.toString(), '2026-03-03');
  assert.deepEqual(found?.facts.references, ['RE-2026/17']);
});

test('a new address is named, also in the next sentence', () => {
  const [found] = read('Frau Keller ist nicht mehr bei uns tätig. Bitte schreiben Sie an ap@buyer.example.');
  assert.equal(found?.intent, 'contact_change');
  assert.equal(found?.facts.address, 'ap@buyer.example');
});

test('what people say of proposals is learnt', () => {
  const text = 'The wire is on the rails for Tuesday.';
  const before = proposalsOf(text, VIEW, shippedModel()).find(({ intent }) => intent === 'promise');
  const taught = modelWith(Array.from({ length: 6 }, () => exampleOf(text, ['promise'])));
  const after = proposalsOf(text, VIEW, taught).find(({ intent }) => intent === 'promise');
  assert.ok((after?.confidence ?? 0) > (before?.confidence ?? 0));
  const sure = 'We will pay the invoice on Friday.';
  const rejected = modelWith(Array.from({ length: 40 }, () => exampleOf(sure, [])));
  assert.deepEqual(proposalsOf(sure, VIEW, rejected), []);
});

const FRAGMENTS = [
  'We will pay 1.200,00 € on Friday',
  'am 15.03. überweisen wir',
  '>',
  '\n',
  '\r\n',
  '\n\n',
  '. ',
  '? ',
  ', ',
  'ﬁﬃ İ ß é',
  '𝒜👩‍👧',
  'nicht',
  "CHF 1'250.50",
  'Kind regards',
  'From: x\nSent: y',
  'a@b.example',
  '--',
  '\u0301',
];
const someText = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));

test('whatever is written, the quotation is exactly what stands there, in the new words, and chances are chances', () => {
  fc.assert(
    fc.property(someText, (text) => {
      const spans = newWords(text);
      for (const sentence of sentencesOf(text)) {
        assert.ok(spans.some(({ from, to }) => from <= sentence.from && sentence.to <= to));
        for (const word of sentence.words) assert.ok(sentence.from <= word.from && word.to <= sentence.to);
      }
      for (const one of read(text)) {
        assert.equal(one.quote, text.slice(one.from, one.to));
        assert.ok(one.quote.trim().length > 0);
        assert.ok(one.confidence >= 0.5 && one.confidence <= 1);
        for (const { amount } of one.facts.parts) assert.ok(amount === null || amount.minor > 0n);
      }
    }),
    { numRuns: 400 },
  );
});

test('a hostile mail takes no longer than a long one', () => {
  const hostile = [
    '1 '.repeat(20_000),
    '1.'.repeat(20_000),
    'a'.repeat(40_000),
    'will '.repeat(8_000),
    'a@'.repeat(20_000),
    '\n'.repeat(40_000),
    '> '.repeat(20_000),
    'on '.repeat(10_000),
    '1.111'.repeat(8_000),
    'a-'.repeat(20_000),
    'a.'.repeat(20_000),
  ];
  for (const text of hostile) {
    const start = performance.now();
    read(text);
    assert.ok(performance.now() - start < 2_000, `${text.slice(0, 6)} took ${performance.now() - start} ms`);
  }
});

test('what is wrong is looked for in the sentences beside the one that asks for a credit note', () => {
  const text = 'Two of the devices were damaged. Please issue a credit note for them.';
  const found = proposalsOf(text, { today: parseDate('2026-03-02'), currency: 'EUR' }, shippedModel());
  assert.equal(found.find(({ intent }) => intent === 'dispute')?.facts.reason, 'quality');
});
