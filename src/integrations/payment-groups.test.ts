import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, isBefore, parseDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, type ItemId, newId } from '#kernel/id.ts';
import { absolute, money } from '#kernel/money.ts';
import { type OpenItem, openItem } from '#ledger/open-item.ts';
import { decideSettlement } from '#ledger/settlement.ts';
import { type Claim, claimItems, groupPayments, type Side, spread } from './payment-groups.ts';
import type { PaymentRow } from './row.ts';

const DAY = parseDate('2026-02-01');
const companyId = newId<'company'>() as CompanyId;
const customerId = newId<'customer'>() as CustomerId;

function row(given: Partial<PaymentRow> & { readonly minor?: bigint }): PaymentRow {
  const { minor, ...rest } = given;
  return {
    line: 2,
    customerNumber: 'K1',
    paidOn: DAY,
    amount: money(minor ?? 100_00n, 'EUR'),
    documentNumber: undefined,
    paymentId: undefined,
    reference: undefined,
    payerAccount: undefined,
    ...rest,
  };
}

function item(minor: bigint, given: { readonly on?: string; readonly instalment?: number } = {}): OpenItem {
  return openItem({
    id: newId<'open_item'>() as ItemId,
    companyId,
    customerId,
    kind: minor > 0n ? 'invoice' : 'credit_note',
    documentId: newId(),
    instalment: given.instalment ?? 1,
    reference: 'R',
    account: 'receivables',
    amount: money(minor, 'EUR'),
    functional: money(minor, 'EUR'),
    postedOn: parseDate(given.on ?? '2026-01-01'),
    dueOn: DAY,
  });
}

const keysOf = (rows: readonly PaymentRow[], group: 'payment_id' | 'customer_day' | 'row') =>
  groupPayments(rows, group).map((g) => g.externalId);

test('the rows of a customer’s day are one payment, less the credits taken up', () => {
  const groups = groupPayments(
    [row({ minor: 100_00n }), row({ customerNumber: 'K2' }), row({ minor: -30_00n })],
    'customer_day',
  );
  assert.deepEqual(
    groups.map((g) => [g.externalId, g.net.minor, g.rows.length]),
    [
      ['K1/2026-02-01/EUR', 70_00n, 2],
      ['K2/2026-02-01/EUR', 100_00n, 1],
    ],
  );
});

test('another day or another currency is another payment', () => {
  const rows = [row({}), row({ paidOn: addDays(DAY, 1) }), row({ amount: money(5n, 'USD') })];
  assert.equal(keysOf(rows, 'customer_day').length, 3);
});

test('the payment id groups rows where there is one', () => {
  const rows = [row({ paymentId: 'T1' }), row({ paymentId: 'T2' }), row({ paymentId: 'T1' }), row({})];
  assert.deepEqual(keysOf(rows, 'payment_id'), [
    'T1/K1/2026-02-01/EUR',
    'T2/K1/2026-02-01/EUR',
    'K1/2026-02-01/EUR',
  ]);
});

test('row by row, equal rows are different payments with names of their own', () => {
  const rows = [row({ documentNumber: 'R1' }), row({ documentNumber: 'R1' }), row({ documentNumber: 'R2' })];
  assert.deepEqual(keysOf(rows, 'row'), [
    'K1/2026-02-01/EUR/R1/10000/1',
    'K1/2026-02-01/EUR/R1/10000/2',
    'K1/2026-02-01/EUR/R2/10000/1',
  ]);
});

const anyRow = fc
  .record({
    customer: fc.constantFrom('K1', 'K2', 'K3'),
    day: fc.integer({ min: 0, max: 2 }),
    minor: fc.bigInt({ min: -50n, max: 50n }).filter((n) => n !== 0n),
    id: fc.constantFrom(undefined, 'T1', 'T2'),
    document: fc.constantFrom(undefined, 'R1', 'R2'),
  })
  .map((r) =>
    row({
      customerNumber: r.customer,
      paidOn: addDays(DAY, r.day),
      minor: r.minor,
      paymentId: r.id,
      documentNumber: r.document,
    }),
  );
const anyGrouping = fc.constantFrom('payment_id' as const, 'customer_day' as const, 'row' as const);

test('grouping loses no row and no money, whatever the order of the file', () => {
  fc.assert(
    fc.property(
      fc.array(anyRow, { maxLength: 40 }),
      anyGrouping,
      fc.func(fc.integer()),
      (rows, by, weight) => {
        const groups = groupPayments(rows, by);
        assert.equal(groups.flatMap((g) => g.rows).length, rows.length);
        for (const group of groups)
          assert.equal(
            group.net.minor,
            group.rows.reduce((sum, r) => sum + r.amount.minor, 0n),
          );
        const shuffled = rows
          .map((r, index) => ({ r, weight: weight(index) }))
          .sort((a, b) => a.weight - b.weight)
          .map(({ r }) => r);
        const nets = (of: readonly PaymentRow[]) =>
          groupPayments(of, by)
            .map((g) => `${g.externalId} ${g.net.minor}`)
            .sort();
        assert.deepEqual(nets(shuffled), nets(rows));
      },
    ),
  );
});

test('a row claims its instalments in their order, and no more than they have open', () => {
  const [second, first] = [item(60_00n, { instalment: 2 }), item(60_00n, { instalment: 1 })];
  const open = () => 60_00n;
  const parts = claimItems(row({ minor: 100_00n }), [second, first], open);
  assert.deepEqual(
    parts?.map((c) => [c.item.instalment, c.minor]),
    [
      [1, 60_00n],
      [2, 40_00n],
    ],
  );
  assert.equal(claimItems(row({ minor: 120_01n }), [second, first], open), undefined);
  assert.equal(claimItems(row({ minor: -1n }), [second, first], open), undefined);
  assert.equal(claimItems(row({ amount: money(1n, 'USD') }), [first], open), undefined);
});

const group = (rows: readonly PaymentRow[]) => {
  const [only] = groupPayments(rows, 'customer_day');
  assert.ok(only);
  return only;
};
const money_ = (minor: bigint): Side => ({
  itemId: newId<'open_item'>() as ItemId,
  isDebit: minor < 0n,
  minor: absolute(minor),
  openSince: DAY,
});

test('credits are used before the money, and each part is settled on the day both sides were there', () => {
  const [early, late, note] = [item(100_00n), item(50_00n, { on: '2026-02-10' }), item(-30_00n)];
  const payment = money_(120_00n);
  const parts = spread(
    group([row({ minor: 100_00n }), row({ minor: 50_00n }), row({ minor: -30_00n })]),
    [
      { item: early, minor: 100_00n },
      { item: late, minor: 50_00n },
      { item: note, minor: 30_00n },
    ],
    payment,
    'batch',
  );
  assert.deepEqual(
    parts.map((p) => [p.on.toString(), p.wanted.debitItemId, p.wanted.creditItemId, p.wanted.amount.minor]),
    [
      ['2026-02-01', early.id, note.id, 30_00n],
      ['2026-02-01', early.id, payment.itemId, 70_00n],
      ['2026-02-10', late.id, payment.itemId, 50_00n],
    ],
  );
});

test('credits that are more than the invoices are paid back with money', () => {
  const [debt, note] = [item(20_00n), item(-100_00n)];
  const refund = money_(-80_00n);
  const parts = spread(
    group([row({ minor: 20_00n }), row({ minor: -100_00n })]),
    [
      { item: debt, minor: 20_00n },
      { item: note, minor: 100_00n },
    ],
    refund,
    'batch',
  );
  assert.deepEqual(
    parts.map((p) => [p.wanted.debitItemId, p.wanted.creditItemId, p.wanted.amount.minor]),
    [
      [debt.id, note.id, 20_00n],
      [refund.itemId, note.id, 80_00n],
    ],
  );
});

test('spreading never takes more than was claimed or paid, leaves one side empty, and settles as the ledger does', () => {
  const sizes = fc.array(
    fc.bigInt({ min: -90n, max: 90n }).filter((n) => n !== 0n),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(sizes, fc.bigInt({ min: -100n, max: 100n }), (amounts, onAccount) => {
      const items = amounts.map((minor) => item(minor));
      const claims: readonly Claim[] = items.map((i) => ({ item: i, minor: absolute(i.amount.minor) }));
      const rows = [...amounts, ...(onAccount === 0n ? [] : [onAccount])].map((minor) => row({ minor }));
      const only = group(rows);
      const side = only.net.minor === 0n ? undefined : money_(only.net.minor);
      const parts = spread(only, claims, side, 'batch');

      const used = new Map<string, bigint>();
      for (const { wanted, on } of parts) {
        assert.ok(wanted.amount.minor > 0n && !isBefore(on, DAY));
        for (const id of [wanted.debitItemId, wanted.creditItemId])
          used.set(id, (used.get(id) ?? 0n) + wanted.amount.minor);
      }
      const room = [
        ...claims.map((c) => [c.item.id, c.minor] as const),
        ...(side ? [[side.itemId, side.minor] as const] : []),
      ];
      const isDebitOf = new Map([
        ...claims.map((c) => [c.item.id, c.item.amount.minor > 0n] as const),
        ...(side ? [[side.itemId, side.isDebit] as const] : []),
      ]);
      const rest = { debit: 0n, credit: 0n };
      for (const [id, minor] of room) {
        assert.ok((used.get(id) ?? 0n) <= minor);
        rest[isDebitOf.get(id) ? 'debit' : 'credit'] += minor - (used.get(id) ?? 0n);
      }
      assert.ok(rest.debit === 0n || rest.credit === 0n, 'what could be settled was settled');
      if (parts.length === 0) return;
      const purse =
        side &&
        openItem({ ...item(side.isDebit ? side.minor : -side.minor), id: side.itemId, postedOn: DAY });
      const involved = [...items, ...(purse ? [purse] : [])];
      assert.doesNotThrow(() =>
        decideSettlement(
          involved,
          parts.map((p) => p.wanted),
          DAY,
        ),
      );
    }),
  );
});
