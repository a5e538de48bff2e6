import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#kernel/money.ts';
import { swissBill } from './swiss-bill.ts';
import { type SwissPayment, splitStreet, swissCode } from './swiss-code.ts';

const creditor = {
  name: 'Robert Schneider AG',
  street: 'Rue du Lac',
  houseNumber: '1268',
  postalCode: '2501',
  city: 'Biel',
  country: 'CH',
};
const QR_IBAN = 'CH44 3199 9123 0008 8901 2';
const IBAN = 'CH93 0076 2011 6238 5295 7';
const QRR = '21 00000 00003 13947 14300 09017';
const payment: SwissPayment = {
  creditor,
  iban: QR_IBAN,
  currency: 'CHF',
  amount: money(194_975n, 'CHF'),
  debtor: { ...creditor, name: 'Pia Rutschmann', street: 'Marktgasse', houseNumber: '28' },
  reference: QRR,
};
const linesOf = (change: Partial<SwissPayment> = {}): string[] | undefined =>
  swissCode({ ...payment, ...change })?.payload.split('\n');

test('the code has its thirty-one lines in order', () => {
  assert.deepEqual(linesOf(), [
    ...['SPC', '0200', '1', 'CH4431999123000889012'],
    ...['S', 'Robert Schneider AG', 'Rue du Lac', '1268', '2501', 'Biel', 'CH'],
    ...['', '', '', '', '', '', ''],
    ...['1949.75', 'CHF'],
    ...['S', 'Pia Rutschmann', 'Marktgasse', '28', '2501', 'Biel', 'CH'],
    ...['QRR', '210000000003139471430009017', '', 'EPD'],
  ]);
});

test('an account for QR references takes only those; any other takes a creditor reference or tells it in the message', () => {
  assert.equal(linesOf({ reference: '2026-00012' }), undefined);
  assert.equal(linesOf({ reference: QRR.replace(/7$/, '8') }), undefined);
  assert.deepEqual(linesOf({ iban: IBAN, reference: 'RF18 5390 0754 7034' })?.slice(27), [
    ...['SCOR', 'RF18539007547034', '', 'EPD'],
  ]);
  assert.deepEqual(linesOf({ iban: IBAN, reference: '2026-00012', message: 'Milling' })?.slice(27), [
    ...['NON', '', '2026-00012 Milling', 'EPD'],
  ]);
});

test('there is no code for other currencies, other accounts, or where something is missing', () => {
  const cases: Partial<SwissPayment>[] = [
    { currency: 'USD', amount: money(1n, 'USD') },
    { currency: 'EUR' },
    { iban: 'DE89370400440532013000' },
    { iban: 'CH94 0076 2011 6238 5295 7' },
    { amount: money(0n, 'CHF') },
    { amount: money(100_000_000_000n, 'CHF') },
    { creditor: { ...creditor, city: ' ' } },
    { creditor: { ...creditor, country: 'Schweiz' } },
  ];
  for (const change of cases) assert.equal(linesOf(change), undefined, JSON.stringify(Object.keys(change)));
  assert.ok(linesOf({ amount: money(99_999_999_999n, 'CHF') }));
});

test('without amount or payer the fields stay empty, and the slip leaves room to write', () => {
  const lines = linesOf({ amount: undefined, debtor: undefined });
  assert.deepEqual([lines?.[18], ...(lines?.slice(20, 27) ?? [])], ['', '', '', '', '', '', '', '']);
  const slip = swissBill({ ...payment, amount: undefined, debtor: undefined }, 'de');
  assert.deepEqual([slip?.amount, slip?.debtor], [undefined, undefined]);
  assert.equal(slip?.words.payableByBlank, 'Zahlbar durch (Name/Adresse)');
});

test('letters that the scheme does not know are written with those it knows', () => {
  const name = 'Ștefan Żółć & 株式会社 \u1ef8nh';
  assert.equal(linesOf({ creditor: { ...creditor, name } })?.[5], 'Ștefan Żółć & .... Ynh');
});

test('a house number is told apart from its street', () => {
  assert.deepEqual(splitStreet('Rue du Lac 22a'), { street: 'Rue du Lac', houseNumber: '22a' });
  assert.deepEqual(splitStreet('Strasse des 17. Juni 135'), {
    street: 'Strasse des 17. Juni',
    houseNumber: '135',
  });
  assert.deepEqual(splitStreet('12 High Street'), { street: '12 High Street', houseNumber: '' });
});

test('the slip groups what people read, in the language of the document where it exists in it', () => {
  const slip = swissBill(payment, 'fr');
  const plain = (text: string | undefined): string | undefined => text?.replaceAll('\u00a0', ' ');
  assert.deepEqual(
    [
      slip?.words.receipt,
      slip?.currency,
      plain(slip?.amount),
      plain(slip?.reference),
      plain(slip?.account[0]),
    ],
    ['Récépissé', 'CHF', '1 949.75', QRR, QR_IBAN],
  );
  assert.equal(swissBill(payment, 'cs')?.words.receipt, 'Receipt');
});
