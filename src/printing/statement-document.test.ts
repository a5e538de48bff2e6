import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { aBuyer, aSeller, day } from '../../test/support/printed-documents.ts';
import { LANGUAGES } from './language.ts';
import { letterPage } from './letter-document.ts';
import {
  ageRows,
  daysLateOn,
  type StatementDocument,
  type StatementRow,
  statementPage,
} from './statement-document.ts';

const asOf = day('2026-11-24');
const eur = (minor: bigint) => money(minor, 'EUR');

/** An item of 1.00 that is that many days late (or due in so many, when negative). */
function late(days: number, part: Partial<StatementRow> = {}): StatementRow {
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

function statement(rows: readonly StatementRow[], part: Partial<StatementDocument> = {}): StatementDocument {
  return { language: 'en', seller: aSeller, customer: aBuyer, asOf, rows, footnotes: [], ...part };
}

test('an item falls into the age of its days late; on the due day it is not late', () => {
  const minors = (days: number): bigint[] =>
    ageRows([late(days)], asOf)[0]?.ages.map(({ minor }) => minor) ?? [];
  const ages: readonly (readonly [number, number])[] = [
    [-5, 0],
    [0, 0],
    [1, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
    [90, 3],
    [91, 4],
    [4_000, 4],
  ];
  for (const [days, age] of ages) {
    assert.deepEqual(
      minors(days),
      [0, 1, 2, 3, 4].map((index) => (index === age ? 100n : 0n)),
      `${days} days late`,
    );
  }
});

test('a credit without a due day is never late and lowers what is not due', () => {
  const credit: StatementRow = {
    number: 'C',
    issuedOn: day('2026-01-01'),
    amount: eur(-40n),
    open: eur(-40n),
  };
  const [total] = ageRows([late(0), credit], asOf);
  assert.equal(total?.ages[0]?.minor, 60n);
  assert.equal(daysLateOn(undefined, asOf), 0);
});

test('ages sum to the total, and totals to the items, for each currency', () => {
  const row = fc.record({
    days: fc.integer({ min: -100, max: 400 }),
    minor: fc.bigInt({ min: -10_000n, max: 1_000_000n }),
    currency: fc.constantFrom('EUR', 'CZK', 'JPY'),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (wanted) => {
      const rows = wanted.map(({ days, minor, currency }) => late(days, { open: money(minor, currency) }));
      for (const { currency, ages, total } of ageRows(rows, asOf)) {
        const ofItems = rows
          .filter(({ open }) => open.currency === currency)
          .reduce((a, { open }) => a + open.minor, 0n);
        assert.equal(total.minor, ofItems);
        assert.equal(
          ages.reduce((a, { minor }) => a + minor, 0n),
          ofItems,
        );
      }
    }),
  );
});

test('a statement lists every item with its days late, what is disputed, and totals', () => {
  const page = statementPage(statement([late(12), late(-3), late(40, { disputed: true })]));
  const table = page.blocks.find((block) => block.type === 'table');
  const rows = table?.type === 'table' ? table.rows : [];
  assert.deepEqual(
    rows.map((row) => row[3]),
    ['12', '–', '40'],
  );
  assert.deepEqual(rows[2]?.[0], ['N40', 'in dispute']);
  assert.deepEqual(
    page.blocks.map(({ type }) => type),
    ['table', 'totals', 'summary', 'payment'],
  );
});

test('with several currencies every amount says which it is, and nothing is summed across them', () => {
  const page = statementPage(
    statement([late(1), late(2, { open: money(5n, 'JPY'), amount: money(5n, 'JPY') })]),
  );
  const table = page.blocks.find((block) => block.type === 'table');
  assert.ok(table?.type === 'table' && table.carried.every((sum) => sum === ''));
  assert.match(JSON.stringify(table), /EUR\u00a01\.00.*JPY\u00a05/);
  const totals = page.blocks.find((block) => block.type === 'totals');
  assert.equal(totals?.type === 'totals' && totals.rows.length, 2);
});

test('a customer who owes nothing is thanked, without empty tables', () => {
  for (const language of LANGUAGES) {
    const page = statementPage(statement([], { language }));
    assert.deepEqual(page.blocks, []);
    assert.ok(page.notice && page.notice !== '');
  }
});

test('a letter puts its words around the items, and a code for the sum where one payment in euro settles it', () => {
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
  const payment = page.blocks.find((block) => block.type === 'payment');
  assert.ok(payment?.type === 'payment' && payment.codes.length === 1);
  const mixed = letterPage({ ...letter, ...words, rows: [late(9), late(1, { open: money(1n, 'CZK') })] });
  const other = mixed.blocks.find((block) => block.type === 'payment');
  assert.ok(
    other?.type === 'payment' &&
      other.codes.length === 0 &&
      !other.facts.some(({ label }) => label === 'Zu zahlen'),
  );
});
