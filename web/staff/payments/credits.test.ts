import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money } from '#kernel/money.ts';
import { lessCreditsOf, type Part, splitCredits } from './credits.ts';

const part = (itemId: string, minor: bigint, dueOn = '2026-01-01'): Part => ({
  itemId,
  dueOn,
  amount: money(minor, 'EUR'),
});

test('however many items and credits: each cent of a credit goes to one item, and money and credits are what was typed', () => {
  const minors = fc.array(fc.bigInt({ min: 1n, max: 90_000n }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(minors, minors, (owed, less) => {
      const debits = owed.map((minor, n) => part(`d${n}`, minor, `2026-01-0${(n % 3) + 1}`));
      const credits = less.map((minor, n) => part(`c${n}`, minor));
      const split = splitCredits(debits, credits);
      const minorOf = (amount: { amount: string }): bigint => BigInt(amount.amount.replace('.', ''));
      const given = split.nettings.reduce((sum, one) => sum + minorOf(one.amount), 0n);
      const [all, most] = [owed.reduce((a, b) => a + b, 0n), less.reduce((a, b) => a + b, 0n)];
      assert.equal(given, all < most ? all : most);
      for (const { itemId, amount } of debits) {
        const off = split.nettings.filter((one) => one.itemId === itemId);
        const credited = off.reduce((sum, one) => sum + minorOf(one.amount), 0n);
        assert.equal((split.money.get(itemId)?.minor ?? 0n) + credited, amount.minor);
      }
      for (const { itemId, amount } of credits) {
        const off = split.nettings.filter((one) => one.creditItemId === itemId);
        assert.ok(off.reduce((sum, one) => sum + minorOf(one.amount), 0n) <= amount.minor);
      }
    }),
    { numRuns: 200 },
  );
});

test('credits pay what is due first, and no money is asked of an item that they pay wholly', () => {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  const due: Readonly<Record<string, string>> = { late: '2026-03-01', early: '2026-02-01' };
  const asked = lessCreditsOf(
    [
      { itemId: 'late', amount: eur('80.00') },
      { itemId: 'early', amount: eur('20.00') },
    ],
    (itemId) => ({ dueOn: due[itemId] ?? '' }),
    [part('note', 25_00n)],
  );
  assert.deepEqual(asked, {
    allocations: [{ itemId: 'late', amount: eur('75.00') }],
    credits: [
      { creditItemId: 'note', itemId: 'early', amount: eur('20.00') },
      { creditItemId: 'note', itemId: 'late', amount: eur('5.00') },
    ],
  });
});

test('credits go to items of their own customer before those of another of its group that are due first', () => {
  const of = (customerId: string, one: Part): Part => ({ ...one, customerId });
  const debits = [
    of('north', part('theirs', 60_00n, '2026-01-01')),
    of('south', part('own', 40_00n, '2026-03-01')),
  ];
  const { nettings } = splitCredits(debits, [of('south', part('note', 50_00n))]);
  assert.deepEqual(
    nettings.map(({ itemId, amount }) => [itemId, amount.amount]),
    [
      ['own', '40.00'],
      ['theirs', '10.00'],
    ],
  );
});
