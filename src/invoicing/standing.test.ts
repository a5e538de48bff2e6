import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { type ItemKind, type OpenItem, openItem } from '#ledger/open-item.ts';
import { type StandingFacts, standingOf } from './standing.ts';

const today = parseDate('2026-03-01');
const eur = (minor: bigint) => money(minor, 'EUR');

function item(kind: ItemKind, minor: bigint, openMinor: bigint, dueOn: string): OpenItem {
  return {
    ...openItem({
      id: newId(),
      companyId: newId() as CompanyId,
      customerId: newId() as CustomerId,
      kind,
      documentId: newId(),
      instalment: 1,
      reference: 'X',
      account: 'receivables',
      amount: eur(minor),
      functional: eur(minor),
      postedOn: parseDate('2026-01-01'),
      dueOn: parseDate(dueOn),
    }),
    open: eur(openMinor),
    openFunctional: eur(openMinor),
  };
}

function facts(given: Partial<StandingFacts>): StandingFacts {
  return {
    kind: 'invoice',
    given: 100n,
    currency: 'EUR',
    dueOn: parseDate('2026-04-01'),
    voidedOn: null,
    items: [],
    settledBy: new Map(),
    ...given,
  };
}

test('an invoice is late since the oldest instalment that is open', () => {
  const items = [
    item('invoice', 50n, 50n, '2026-04-01'),
    item('invoice', 30n, 10n, '2026-02-01'),
    item('invoice', 20n, 0n, '2026-01-01'),
  ];
  const standing = standingOf(facts({ items }), today);
  assert.deepEqual(
    [standing.open.minor, standing.state, standing.dueOn.toString(), standing.daysLate],
    [60n, 'partly_paid', '2026-02-01', 28],
  );
});

test('a settled invoice is due when it was, and never late; nor is a credit', () => {
  const settled = standingOf(facts({ items: [item('invoice', 100n, 0n, '2026-01-01')] }), today);
  assert.deepEqual([settled.dueOn.toString(), settled.daysLate, settled.state], ['2026-04-01', 0, 'paid']);
  const credit = standingOf(
    facts({ kind: 'credit_note', items: [item('credit_note', -100n, -40n, '2026-01-01')] }),
    today,
  );
  assert.deepEqual([credit.open.minor, credit.state, credit.daysLate], [40n, 'partly_applied', 0]);
});

test('what was moved or refunded counts as payment, counter-items as nothing', () => {
  const items = [item('invoice', 100n, 0n, '2026-01-01'), item('void', -100n, 0n, '2026-01-01')];
  const state = (
    settledBy: readonly (readonly [ItemKind, bigint])[],
    voidedOn: StandingFacts['voidedOn'] = null,
  ) => standingOf(facts({ items, settledBy: new Map(settledBy), voidedOn }), today).state;
  assert.equal(
    state([
      ['transfer', 60n],
      ['credit_note', 40n],
    ]),
    'paid',
  );
  assert.equal(
    state([
      ['credit_note', 60n],
      ['payment', 40n],
    ]),
    'credited',
  );
  assert.equal(state([['void', 100n]], today), 'voided');
});
