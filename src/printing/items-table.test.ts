import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { aBuyer, aSeller, day } from '../../test/support/printed-documents.ts';
import { daysLateOn, type ItemRow, itemsBlock, openTotals } from './items-table.ts';
import { letterPage } from './letter-document.ts';

const asOf = day('2026-11-24');
const eur = (minor: bigint) => money(minor, 'EUR');

/** An item of 1.00 that is that many days late (or due in so many, when negative). */
function late(days: number, part: Partial<ItemRow> = {}): ItemRow {
  const dueOn = asOf.subtract({ days });
  return {
    number: `N${days}`,
    issuedOn: dueOn.subtract({ days: 30 }),
    dueOn,
    amount: eur(100n),
    open: eur(100n),
    ...part,
  };
}

test('an item is late from the day after it is due, and what is never due is never late', () => {
  assert.deepEqual(
    [-1, 0, 1, 40].map((days) => daysLateOn(asOf.subtract({ days }), asOf)),
    [0, 0, 1, 40],
  );
  assert.equal(daysLateOn(undefined, asOf), 0);
});

test('totals are of one currency each, and sum the items', () => {
  const row = fc.record({
    minor: fc.bigInt({ min: -10_000n, max: 1_000_000n }),
    currency: fc.constantFrom('EUR', 'CZK', 'JPY'),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (wanted) => {
      const totals = openTotals(
        wanted.map(({ minor, currency }) => late(1, { open: money(minor, currency) })),
      );
      for (const total of totals) {
        const theirs = wanted.filter(({ currency }) => currency === total.currency);
        assert.equal(
          total.minor,
          theirs.reduce((a, { minor }) => a + minor, 0n),
        );
      }
      assert.equal(totals.length, new Set(wanted.map(({ currency }) => currency)).size);
    }),
  );
});

test('the table says how late each item is, and what is disputed', () => {
  const table = itemsBlock([late(12), late(-3), late(40, { disputed: money(200_00n, 'EUR') })], asOf, {
    language: 'en',
  });
  const rows = table.type === 'table' ? table.rows : [];
  assert.deepEqual(
    rows.map((row) => row[3]),
    ['12', '–', '40'],
  );
  assert.deepEqual(rows[2]?.[0], ['N40', 'in dispute: EUR\u00a0200.00']);
});

test('with several currencies every amount says which it is, and nothing is carried over a page', () => {
  const rows = [late(1), late(2, { open: money(5n, 'JPY'), amount: money(5n, 'JPY') })];
  const table = itemsBlock(rows, asOf, { language: 'en' });
  assert.ok(table.type === 'table' && table.carried.every((sum) => sum === ''));
  assert.match(JSON.stringify(table), /EUR\u00a01\.00.*JPY\u00a05/);
});

test('a letter puts its words around the items, and for each currency says what is to be paid, with a code where that is euro', () => {
  const letter = {
    language: 'de',
    seller: aSeller,
    customer: aBuyer,
    date: asOf,
    subject: 'Zahlungserinnerung',
  } as const;
  const words = { opening: ['Guten Tag,'], closing: ['Mit freundlichen Grüßen'] };
  const page = letterPage({ ...letter, ...words, rows: [late(9), late(10)] });
  assert.deepEqual(
    page.blocks.map(({ type }) => type),
    ['text', 'table', 'totals', 'payment', 'text'],
  );
  const mixed = letterPage({ ...letter, ...words, rows: [late(9), late(1, { open: money(1n, 'CZK') })] });
  assert.deepEqual(
    mixed.blocks.map(({ type }) => type),
    ['text', 'table', 'totals', 'payment', 'table', 'totals', 'payment', 'text'],
  );
  const payments = mixed.blocks.flatMap((block) => (block.type === 'payment' ? [block] : []));
  assert.deepEqual(
    payments.map(({ codes, facts }) => [
      codes.length,
      facts.find(({ label }) => label === 'Zu zahlen')?.value,
    ]),
    [
      [0, '0,01\u00a0CZK'],
      [1, '1,00\u00a0EUR'],
    ],
  );
});
