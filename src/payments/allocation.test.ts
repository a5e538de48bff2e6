import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId, ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import type { Line } from '#ledger/journal.ts';
import { left, type OpenItem, openItem } from '#ledger/open-item.ts';
import { decideReversal, decideSettlement } from '#ledger/settlement.ts';
import { type Allocation, givenBy, inOrder, wantedOf } from './allocation.ts';

const on = parseDate('2026-01-10');
const usd = (minor: bigint) => money(minor, 'USD');

function item(id: string, minor: bigint, functional: bigint, kind: OpenItem['kind']): OpenItem {
  return openItem({
    id: id as ItemId,
    companyId: 'company' as CompanyId,
    customerId: 'customer' as CustomerId,
    kind,
    documentId: id,
    instalment: 1,
    reference: id,
    account: kind === 'invoice' ? 'receivables' : 'unapplied-cash',
    amount: usd(minor),
    functional: money(functional, 'EUR'),
    postedOn: on,
    dueOn: on,
  });
}

const how = { method: 'manual' } as const;
const invoice = (id: string, minor: bigint, functional = minor) => item(id, minor, functional, 'invoice');
const payment = (id: string, minor: bigint, functional = minor) => item(id, -minor, -functional, 'payment');
const give = (id: string, minor: bigint, extra: Partial<Allocation> = {}): Allocation => ({
  itemId: id as ItemId,
  amount: usd(minor),
  ...extra,
});

test('a received payment gives to debts, a refund takes from credits', () => {
  const [pay, bill] = [payment('p', 100n), invoice('i', 60n)];
  assert.deepEqual(wantedOf([pay], [bill], [give('i', 60n)], how), [
    {
      debitItemId: 'i',
      creditItemId: 'p',
      amount: usd(60n),
      discount: undefined,
      difference: undefined,
      differenceKind: undefined,
      method: 'manual',
    },
  ]);
  const refund = item('r', 50n, 50n, 'refund');
  const [wanted] = wantedOf([refund], [pay], [give('p', 50n)], how);
  assert.deepEqual([wanted?.debitItemId, wanted?.creditItemId], ['r', 'p']);
});

test('a payment in several items is used up in their order; extras go once', () => {
  const wanted = wantedOf(
    [payment('p1', 30n), payment('p2', 50n)],
    [invoice('i', 100n), invoice('j', 100n)],
    [give('i', 40n, { discount: usd(2n) }), give('j', 40n)],
    how,
  );
  assert.deepEqual(
    wanted.map((w) => [w.creditItemId, w.debitItemId, w.amount.minor, w.discount?.minor]),
    [
      ['p1', 'i', 30n, 2n],
      ['p2', 'i', 10n, undefined],
      ['p2', 'j', 40n, undefined],
    ],
  );
});

test('what cannot be meant is refused', () => {
  const own = [payment('p', 100n)];
  const items = [invoice('i', 100n), ...own];
  const refuse = (code: string, allocations: readonly Allocation[]) =>
    assert.throws(() => wantedOf(own, items, allocations, how), { code });
  refuse('nothing_to_apply', []);
  refuse('too_many_allocations', Array(1_001).fill(give('i', 1n)));
  refuse('item_named_twice', [give('i', 1n), give('i', 1n)]);
  refuse('own_item_named', [give('p', 1n)]);
  refuse('exceeds_unapplied', [give('i', 101n)]);
});

test('in order, as much of each as it has, never more than asked', () => {
  const items = [payment('a', 30n), payment('b', 50n), payment('c', 20n)];
  const taken = (minor: bigint) => inOrder(items, usd(minor)).map((a) => [a.itemId, a.amount.minor]);
  assert.deepEqual(taken(60n), [
    ['a', 30n],
    ['b', 30n],
  ]);
  assert.equal(givenBy(inOrder(items, usd(500n)), 'USD').minor, 100n);
  assert.deepEqual(taken(0n), []);
});

// — properties —

const size = fc.bigInt({ min: 1n, max: 10_000_000n });
const position = fc.record({ minor: size, functional: size });
/** A payment of one to three items, some debts, and for each debt a share of what it could take. */
const anyCase = fc
  .record({
    own: fc.array(position, { minLength: 1, maxLength: 3 }),
    debts: fc.array(
      fc.record({ ...{ minor: size, functional: size }, share: fc.nat(100), discount: fc.nat(20) }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ own, debts }) => {
    const payments = own.map((p, n) => payment(`p${n}`, p.minor, p.functional));
    const items = debts.map((d, n) => invoice(`i${n}`, d.minor, d.functional));
    let room = payments.reduce((total, p) => total + left(p), 0n);
    const allocations = debts.flatMap((d, n): Allocation[] => {
      const discount = (d.minor * BigInt(d.discount)) / 100n;
      const wanted = ((d.minor - discount) * BigInt(d.share)) / 100n;
      const amount = wanted < room ? wanted : room;
      room -= amount;
      return amount === 0n ? [] : [give(`i${n}`, amount, { discount: usd(discount) })];
    });
    return { payments, items, allocations };
  })
  .filter((c) => c.allocations.length > 0);

/** What lines come to, by account and item. */
function totals(lines: readonly Line[]): ReadonlyMap<string, readonly [bigint, bigint]> {
  const sums = new Map<string, readonly [bigint, bigint]>();
  for (const line of lines) {
    const key = `${line.account} ${line.item?.id ?? ''}`;
    const [a, f] = sums.get(key) ?? [0n, 0n];
    sums.set(key, [a + line.amount.minor, f + line.functional.minor]);
  }
  return sums;
}

test('sums are preserved: what the payment loses is what debts lose less discounts, and the books balance', () => {
  fc.assert(
    fc.property(anyCase, ({ payments, items, allocations }) => {
      const all = [...payments, ...items];
      const settled = decideSettlement(all, wantedOf(payments, items, allocations, how), on);
      const open = (of: readonly OpenItem[], ids: readonly OpenItem[]) =>
        of.filter((i) => ids.some((x) => x.id === i.id)).reduce((total, i) => total + left(i), 0n);
      const given = givenBy(allocations, 'USD').minor;
      const discounts = allocations.reduce((total, a) => total + (a.discount?.minor ?? 0n), 0n);
      assert.equal(open(all, payments) - open(settled.items, payments), given);
      assert.equal(open(all, items) - open(settled.items, items), given + discounts);
      const sums = [...totals(settled.lines).values()];
      assert.equal(
        sums.reduce((total, [a]) => total + a, 0n),
        0n,
      );
      assert.equal(
        sums.reduce((total, [, f]) => total + f, 0n),
        0n,
      );
      // Each item has in the books exactly what is left of it, in both currencies.
      for (const before of all) {
        const after = settled.items.find((i) => i.id === before.id) ?? before;
        const [a, f] = totals(settled.lines).get(`${before.account} ${before.id}`) ?? [0n, 0n];
        assert.equal(before.open.minor + a, after.open.minor);
        assert.equal(before.openFunctional.minor + f, after.openFunctional.minor);
      }
    }),
    { numRuns: 300 },
  );
});

test('taking back is the exact inverse: items, functional amounts and the books are as they were', () => {
  fc.assert(
    fc.property(anyCase, ({ payments, items, allocations }) => {
      const all = [...payments, ...items];
      const settled = decideSettlement(all, wantedOf(payments, items, allocations, how), on);
      const back = decideReversal(settled.items, settled.applications, on);
      assert.deepEqual(back.items, all);
      for (const [a, f] of totals([...settled.lines, ...back.lines]).values())
        assert.deepEqual([a, f], [0n, 0n]);
    }),
    { numRuns: 300 },
  );
});

test('the order of applications changes no total', () => {
  fc.assert(
    fc.property(anyCase, ({ payments, items, allocations }) => {
      const run = (order: readonly Allocation[]) => {
        let [own, others] = [payments as readonly OpenItem[], items as readonly OpenItem[]];
        const lines: Line[] = [];
        for (const allocation of order) {
          const settled = decideSettlement([...own, ...others], wantedOf(own, others, [allocation], how), on);
          own = settled.items.slice(0, own.length);
          others = settled.items.slice(own.length);
          lines.push(...settled.lines);
        }
        return { own, others, lines };
      };
      const [there, back] = [run(allocations), run(allocations.toReversed())];
      const opens = (run: typeof there) => [...run.own, ...run.others].map((i) => i.open);
      assert.deepEqual(opens(there), opens(back));
      // What an item is worth in the books is rounded step by step; when nothing is left, nothing is left of that either.
      for (const i of [...there.own, ...there.others, ...back.own, ...back.others])
        if (left(i) === 0n) assert.equal(i.openFunctional.minor, 0n);
      const documentTotals = (lines: readonly Line[]) =>
        [...totals(lines)]
          .map(([key, [a]]) => `${key} ${a}`)
          .filter((t) => !t.endsWith(' 0'))
          .sort();
      assert.deepEqual(documentTotals(there.lines), documentTotals(back.lines));
    }),
    { numRuns: 300 },
  );
});
