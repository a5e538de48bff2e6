import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#kernel/money.ts';
import { aBuyer, aSeller, aStatementPart, day } from '../../test/support/printed-documents.ts';
import { LANGUAGES } from './language.ts';
import type { PrintPage } from './print-page.ts';
import { type StatementDocument, type StatementPart, statementPage } from './statement-document.ts';

const asOf = day('2026-11-24');
const eur = (minor: bigint) => money(minor, 'EUR');

function statement(
  parts: readonly StatementPart[],
  more: Partial<StatementDocument> = {},
): StatementDocument {
  return { language: 'en', seller: aSeller, customer: aBuyer, asOf, parts, footnotes: [], ...more };
}

const typesOf = (page: PrintPage): readonly string[] => page.blocks.map(({ type }) => type);

function tableOf(page: PrintPage) {
  const table = page.blocks.find((block) => block.type === 'table');
  assert.ok(table?.type === 'table');
  return table;
}

test('an open-item statement says of every item how late it is, what is disputed, and the balance so far', () => {
  const page = statementPage(statement([aStatementPart()]));
  assert.deepEqual(typesOf(page), ['table', 'totals', 'summary', 'payment']);
  const table = tableOf(page);
  assert.deepEqual(
    table.rows.map((row) => [row[3], row[6]]),
    [
      ['–', '−2.50'],
      ['–', '7.50'],
      ['9', '17.50'],
    ],
  );
  assert.deepEqual(table.rows[0]?.[0], ['CN-2026-00001', 'Credit note']);
  assert.deepEqual(table.rows[2]?.[5], ['10.00', 'in dispute: 4.00']);
  assert.deepEqual(table.carried, ['−2.50', '7.50', '17.50']);
});

test('what is asked for leaves out what is disputed, and is a code for banking apps', () => {
  const payment = statementPage(statement([aStatementPart()])).blocks.find((b) => b.type === 'payment');
  assert.ok(payment?.type === 'payment');
  assert.ok(payment.facts.some(({ value }) => value.endsWith('13.50')));
  assert.ok(payment.facts.some(({ value }) => value === 'K-10442'));
  assert.equal(payment.codes.length, 1);
});

test('a balance brought forward begins with it and shows what was charged and credited', () => {
  const part = aStatementPart();
  const from = day('2026-11-01');
  const rows = [
    {
      kind: 'payment' as const,
      number: 'P-1',
      on: asOf,
      daysLate: 0,
      original: eur(-500n),
      amount: eur(-500n),
      balance: eur(1_500n),
    },
  ];
  const account = { opening: eur(2_000n), rows, closing: eur(1_500n) };
  const page = statementPage(statement([{ ...part, accounts: [account], closing: eur(1_500n) }], { from }));
  assert.deepEqual(
    tableOf(page).rows.map((row) => row.slice(2)),
    [
      ['', '', '20.00'],
      ['', '5.00', '15.00'],
    ],
  );
  assert.match(JSON.stringify(page.facts).replaceAll('\u00a0', ' '), /1 Nov 2026 to 24 Nov 2026/);
});

test('a group has a table and a sum for each customer, and parts of several companies their names', () => {
  const part = aStatementPart();
  const [account] = part.accounts;
  assert.ok(account);
  const accounts = [
    { ...account, name: 'North (K1)' },
    { ...account, name: 'South (K2)' },
  ];
  const page = statementPage(
    statement([
      { ...part, accounts, title: 'One GmbH · EUR' },
      { ...part, title: 'Two AG · EUR' },
    ]),
  );
  const titles = page.blocks.flatMap((block) => (block.type === 'table' ? [block.title] : []));
  assert.deepEqual(titles, ['One GmbH · EUR · North (K1)', 'South (K2)', 'Two AG · EUR']);
  const sums = page.blocks.flatMap((block) => (block.type === 'totals' ? [block.rows[0]?.label] : []));
  assert.deepEqual(sums, ['Sum of North (K1)', 'Sum of South (K2)', 'You owe', 'You owe']);
});

test('a balance in favour of the customer asks for nothing', () => {
  const page = statementPage(statement([{ ...aStatementPart(1), payable: eur(0n) }]));
  assert.deepEqual(typesOf(page), ['table', 'totals', 'summary']);
  const totals = page.blocks.find((block) => block.type === 'totals');
  assert.ok(totals?.type === 'totals' && totals.rows[0]?.label === 'In your favour');
});

test('a customer who owes nothing is thanked, without empty tables', () => {
  for (const language of LANGUAGES) {
    const page = statementPage(statement([], { language }));
    assert.deepEqual(page.blocks, []);
    assert.ok(page.notice && page.notice !== '');
  }
});
