import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompanyId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { credit, debit, entry, type Line, reversed } from './journal.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const usd = (minor: bigint) => money(minor, 'USD');

function post(lines: readonly Line[]) {
  return entry({
    companyId: newId() as CompanyId,
    postedOn: Temporal.PlainDate.from('2026-01-15'),
    kind: 'invoice',
    documentId: newId(),
    lines,
  });
}

test('debits are positive, credits negative, and an entry sums to nothing', () => {
  const made = post([
    debit('receivables', eur(119_00n), eur(119_00n)),
    credit('revenue', eur(100_00n), eur(100_00n)),
    credit('tax', eur(19_00n), eur(19_00n)),
  ]);
  assert.deepEqual(
    made.lines.map((l) => l.amount.minor),
    [119_00n, -100_00n, -19_00n],
  );
});

test('lines that move nothing are left out', () => {
  const made = post([
    debit('receivables', eur(1n), eur(1n)),
    credit('revenue', eur(1n), eur(1n)),
    credit('tax', eur(0n), eur(0n)),
  ]);
  assert.equal(made.lines.length, 2);
});

test('an entry that does not balance in the functional currency is our mistake', () => {
  assert.throws(
    () => post([debit('receivables', usd(10n), eur(9n)), credit('revenue', usd(10n), eur(8n))]),
    /an entry balances in the functional currency/,
  );
});

test('an entry must balance in each currency by itself, even if the functional amounts do', () => {
  assert.throws(
    () => post([debit('receivables', usd(10n), eur(9n)), credit('revenue', usd(9n), eur(9n))]),
    /an entry balances in each currency/,
  );
});

test('an exchange difference has no amount in the document currency', () => {
  const made = post([
    debit('unapplied-cash', usd(10n), eur(8n)),
    credit('receivables', usd(10n), eur(9n)),
    debit('fx-differences', usd(0n), eur(1n)),
  ]);
  assert.equal(made.lines.length, 3);
});

test('an entry of one line, or of none, is our mistake', () => {
  assert.throws(
    () => post([debit('bank', eur(0n), eur(0n)), credit('bank', eur(0n), eur(0n))]),
    /two lines or more/,
  );
});

test('what undoes lines are the same lines with the sides changed', () => {
  const lines = [debit('bank', eur(5n), eur(5n)), credit('receivables', eur(5n), eur(5n))];
  assert.deepEqual(reversed(reversed(lines)), lines);
  post([...reversed(lines)]);
});
