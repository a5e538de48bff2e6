import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { type DiscountRight, discountOnOpen, earnedDiscount, lateDiscount } from './discount.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const day = parseDate;

function right(discount: bigint, untilOn: string, more: Partial<DiscountRight> = {}): DiscountRight {
  return {
    source: 'terms',
    untilOn: day(untilOn),
    graceDays: 0,
    percent: null,
    discount: eur(discount),
    correctsTax: true,
    proRata: false,
    ...more,
  };
}

const item = (amount: bigint, open = amount) => ({ amount: eur(amount), open: eur(open) });
const earned = (
  rights: readonly DiscountRight[],
  of: ReturnType<typeof item>,
  given: bigint,
  paidOn: string,
) => earnedDiscount(rights, of, { amount: eur(given), paidOn: day(paidOn) })?.discount.minor ?? 0n;

test('a discount is earned up to its day, and its days of grace', () => {
  const rights = [right(20_00n, '2026-03-12')];
  const one = item(1000_00n);
  assert.equal(earned(rights, one, 980_00n, '2026-03-12'), 20_00n);
  assert.equal(earned(rights, one, 980_00n, '2026-03-13'), 0n);
  assert.equal(earned([right(20_00n, '2026-03-12', { graceDays: 3 })], one, 980_00n, '2026-03-15'), 20_00n);
});

test('of several tiers the best that is still open counts', () => {
  const tiers = [right(20_00n, '2026-03-12'), right(10_00n, '2026-03-22')];
  assert.equal(earned(tiers, item(1000_00n), 980_00n, '2026-03-12'), 20_00n);
  assert.equal(earned(tiers, item(1000_00n), 990_00n, '2026-03-13'), 10_00n);
  assert.equal(earned(tiers, item(1000_00n), 980_00n, '2026-03-13'), 0n);
});

test('whoever pays more than is needed is given what is left, and whoever pays all of it nothing', () => {
  const rights = [right(20_00n, '2026-03-12')];
  assert.equal(earned(rights, item(1000_00n), 985_00n, '2026-03-01'), 15_00n);
  assert.equal(earned(rights, item(1000_00n), 1000_00n, '2026-03-01'), 0n);
});

test('a part payment earns its part only where the right says so: 49 paid at 2 % earn 1', () => {
  assert.equal(earned([right(2_00n, '2026-03-12')], item(100_00n), 49_00n, '2026-03-01'), 0n);
  const proRata = [right(2_00n, '2026-03-12', { proRata: true })];
  assert.equal(earned(proRata, item(100_00n), 49_00n, '2026-03-01'), 1_00n);
  // The other half earns the rest.
  assert.equal(earned(proRata, item(100_00n, 50_00n), 49_00n, '2026-03-01'), 1_00n);
});

test('what was credited takes its part of the discount along: 900 open of 1,000 at 2 % are paid with 882', () => {
  const rights = [right(20_00n, '2026-03-12')];
  assert.equal(discountOnOpen(rights[0] ?? assert.fail(), item(1000_00n, 900_00n)).minor, 18_00n);
  assert.equal(earned(rights, item(1000_00n, 900_00n), 882_00n, '2026-03-01'), 18_00n);
});

test('a payment short by a discount whose day is past took it late; any other shortness did not', () => {
  const rights = [right(20_00n, '2026-03-12')];
  const late = (given: bigint, paidOn: string) =>
    lateDiscount(rights, item(1000_00n), { amount: eur(given), paidOn: day(paidOn) })?.discount.minor;
  assert.equal(late(980_00n, '2026-03-13'), 20_00n);
  assert.equal(late(980_00n, '2026-03-12'), undefined);
  assert.equal(late(979_00n, '2026-03-13'), undefined);
  assert.equal(late(1000_00n, '2026-03-13'), undefined);
});

test('nothing earned is more than the right, or than is left, and all parts of a paid item earn no more than the whole', () => {
  const amount = fc.bigInt({ min: 100n, max: 10n ** 10n });
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: 1, max: 2_000 }),
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 9_999 }), { maxLength: 6 }),
      (minor, bp, proRata, cuts) => {
        const whole = (minor * BigInt(bp)) / 10_000n;
        if (whole === 0n) return;
        const rights = [right(whole, '2026-03-12', { proRata })];
        let open = minor;
        let total = 0n;
        for (const cut of cuts) {
          const given = (open * BigInt(cut)) / 10_000n;
          const gain = earned(rights, item(minor, open), given, '2026-03-01');
          assert.ok(gain >= 0n && given + gain <= open);
          total += gain;
          open -= given + gain;
        }
        // Each part rounds to the minor unit by itself.
        assert.ok(total <= whole + BigInt(cuts.length));
      },
    ),
    { numRuns: 300 },
  );
});
