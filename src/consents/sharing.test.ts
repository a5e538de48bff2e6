import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ItemId, PaymentId } from '#kernel/id.ts';
import { shareOut } from './sharing.ts';

const minors = fc.array(fc.bigInt({ min: 1n, max: 10_000n }), { maxLength: 6 });

test('what is shared out is never more than a payment has, an item wants, or is free; and as much as can be', () => {
  fc.assert(
    fc.property(minors, minors, fc.bigInt({ min: 0n, max: 20_000n }), (has, wants, kept) => {
      const credits = has.map((minor, n) => ({ paymentId: `p${n}` as PaymentId, minor }));
      const items = wants.map((minor, n) => ({ itemId: `i${n}` as ItemId, minor }));
      const shares = shareOut(credits, items, { kept, currency: 'EUR' });
      const given = shares.flatMap(({ paymentId, allocations }) =>
        allocations.map(({ itemId, amount }) => ({ paymentId, itemId, minor: amount.minor })),
      );
      const sum = (some: readonly bigint[]): bigint => some.reduce((all, one) => all + one, 0n);
      const of = (fits: (one: (typeof given)[number]) => boolean): bigint =>
        sum(given.filter(fits).map((one) => one.minor));
      for (const { paymentId, minor } of credits)
        assert.ok(of((one) => one.paymentId === paymentId) <= minor);
      for (const { itemId, minor } of items) assert.ok(of((one) => one.itemId === itemId) <= minor);
      assert.ok(given.every((one) => one.minor > 0n));
      const free = sum(has) > kept ? sum(has) - kept : 0n;
      assert.equal(
        of(() => true),
        free < sum(wants) ? free : sum(wants),
      );
      // The oldest money is used up before newer money is touched.
      const used = credits.map(({ paymentId, minor }) => minor - of((one) => one.paymentId === paymentId));
      const touched = used.findLastIndex((left, n) => left < (credits[n]?.minor ?? 0n));
      assert.ok(used.slice(0, Math.max(0, touched)).every((left) => left === 0n));
    }),
  );
});
