import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isBusinessDay, parseDate } from '#kernel/calendar.ts';
import { type Money, money, sum, toDecimal } from '#kernel/money.ts';
import { parseDecimal, percentOf } from '#kernel/percent.ts';
import { parseNotation } from './notation.ts';
import type { Share, TermsRules } from './payment-terms.ts';
import { planPayment, splitByShares, splitOverRows } from './schedule.ts';
import { settlementCalendar } from './settlement-calendar.ts';

const eur = (minor: bigint): Money => money(minor, 'EUR');
const NO_HOLIDAYS = { holidays: new Set<string>() };

function plan(rules: TermsRules, issuedOn = '2026-03-02', total = eur(1000_00n), net = total) {
  return planPayment(rules, { issuedOn: parseDate(issuedOn), total, net, base: 'gross' }, NO_HOLIDAYS);
}

const brief = (parts: ReturnType<typeof plan>) =>
  parts.map((part) => [
    part.dueOn.toString(),
    toDecimal(part.amount),
    ...part.discounts.map((d) => `${d.percent} % until ${d.untilOn}: ${toDecimal(d.pay)}`),
  ]);

test('2/10, 1/20, net 30 over 1,000.00', () => {
  assert.deepEqual(brief(plan(parseNotation('2/10, 1/20, net 30'))), [
    ['2026-04-01', '1000.00', '2 % until 2026-03-12: 980.00', '1 % until 2026-03-22: 990.00'],
  ]);
});

test('instalments share the discounts of the whole to the cent', () => {
  const rules = { ...parseNotation('30/60/90'), discounts: parseNotation('3/10 net 30').discounts };
  const parts = plan(rules, '2026-03-02', eur(100_00n));
  assert.deepEqual(
    parts.map((part) => [toDecimal(part.amount), part.discounts.map((d) => toDecimal(d.discount)).join()]),
    [
      ['33.34', '1.00'],
      ['33.33', '1.00'],
      ['33.33', '1.00'],
    ],
  );
});

test('fixed amounts come first, as far as the total goes, and weights share the rest', () => {
  const shares: readonly Share[] = [{ amount: '500' }, { weight: '1' }, { weight: '1' }];
  assert.deepEqual(splitByShares(eur(1000_01n), shares).map(toDecimal), ['500.00', '250.01', '250.00']);
  assert.deepEqual(splitByShares(eur(300_00n), shares).map(toDecimal), ['300.00', '0.00', '0.00']);
  const rules: TermsRules = {
    ...parseNotation('net 30'),
    instalments: shares.map((share) => ({ share, due: { kind: 'days', days: 30 } })),
  };
  assert.equal(plan(rules, '2026-03-02', eur(300_00n)).length, 1);
  assert.throws(() => splitByShares(eur(1_00n), [{ amount: '0.005' }, { weight: '1' }]), {
    code: 'amount_too_many_decimals',
  });
});

test('a split of net and tax over rows adds up both ways: 130 as 50, 50, 30 with 120 net and 10 tax', () => {
  const rows = splitOverRows([eur(50_00n), eur(50_00n), eur(30_00n)], [eur(120_00n), eur(10_00n)]);
  assert.deepEqual(
    rows.map((row) => row.map(toDecimal)),
    [
      ['46.15', '3.85'],
      ['46.16', '3.84'],
      ['27.69', '2.31'],
    ],
  );
});

test('a net base leaves the tax out of the percentage', () => {
  const [part] = planPayment(
    parseNotation('2/10 net 30'),
    { issuedOn: parseDate('2026-03-02'), total: eur(119_00n), net: eur(100_00n), base: 'net' },
    NO_HOLIDAYS,
  );
  assert.equal(part && toDecimal(part.discounts[0]?.pay ?? part.amount), '117.00');
});

test('dates move to business days of the calendar, discount dates too, and a discount ends when all is due', () => {
  const rules: TermsRules = { ...parseNotation('2/10 net 30'), shift: 'following' };
  const calendar = settlementCalendar('t2', [2026]);
  const planOn = (issuedOn: string, r = rules) =>
    brief(
      planPayment(
        r,
        { issuedOn: parseDate(issuedOn), total: eur(1_00n), net: eur(1_00n), base: 'gross' },
        calendar,
      ),
    );
  // Ten days after 24 March is Good Friday, thirty days after it is Thursday 23 April.
  assert.deepEqual(planOn('2026-03-24'), [['2026-04-23', '1.00', '2 % until 2026-04-07: 0.98']]);
  const short = { ...rules, instalments: parseNotation('net 5').instalments };
  assert.deepEqual(planOn('2026-03-02', short), [['2026-03-09', '1.00', '2 % until 2026-03-09: 0.98']]);
});

test('a date is never moved before the day of issue', () => {
  const rules: TermsRules = { ...parseNotation('net 0'), shift: 'preceding' };
  assert.equal(plan(rules, '2026-03-07')[0]?.dueOn.toString(), '2026-03-07');
});

const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });
const shares = fc
  .array(
    fc.oneof(
      fc.integer({ min: 1, max: 10_000 }).map((n): Share => ({ weight: String(n / 100) })),
      fc.integer({ min: 1, max: 100_000 }).map((n): Share => ({ amount: (n / 100).toFixed(2) })),
    ),
    { maxLength: 12 },
  )
  .chain((some) =>
    fc.integer({ min: 0, max: some.length }).map((at) => some.toSpliced(at, 0, { weight: '1' })),
  );

test('whatever the shares, the parts sum to the total and none is negative', () => {
  fc.assert(
    fc.property(positive, shares, (minor, given) => {
      const parts = splitByShares(eur(minor), given);
      assert.equal(sum(parts, 'EUR').minor, minor);
      assert.ok(parts.every((part) => part.minor >= 0n) && parts.length === given.length);
    }),
  );
});

test('whatever is split over rows, rows and components sum to what they were', () => {
  const component = fc.bigInt({ min: 0n, max: 10n ** 9n });
  fc.assert(
    fc.property(
      fc.array(component, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 8 }),
      (taxes, weights) => {
        const net = 10n ** 10n;
        const total = eur(net + taxes.reduce((a, b) => a + b));
        const rows = splitByShares(
          total,
          weights.map((w) => ({ weight: String(w) })),
        );
        const split = splitOverRows(rows, [eur(net), ...taxes.map(eur)]);
        for (const [index, row] of split.entries()) assert.equal(sum(row, 'EUR').minor, rows[index]?.minor);
        for (const [index, whole] of [net, ...taxes].entries()) {
          const column = split.map((row) => row[index] ?? eur(0n));
          assert.equal(sum(column, 'EUR').minor, whole);
        }
      },
    ),
  );
});

test('whatever the total and the parts, discounts sum to the percentage of the total, and dates are business days', () => {
  const calendar = settlementCalendar('fed', [2026, 2027, 2028]);
  fc.assert(
    fc.property(
      positive,
      shares,
      fc.integer({ min: 1, max: 2_000 }),
      fc.integer({ min: 0, max: 364 }),
      (minor, given, bp, day) => {
        const percent = String(bp / 100);
        const rules: TermsRules = {
          instalments: given.map((share, n) => ({ share, due: { kind: 'days', days: 30 * (n + 1) } })),
          discounts: [{ percent, until: { kind: 'days', days: 10 } }],
          graceDays: 0,
          shift: 'modified_following',
          calendar: 'fed',
        };
        const issuedOn = parseDate('2026-01-01').add({ days: day });
        const parts = planPayment(
          rules,
          { issuedOn, total: eur(minor), net: eur(minor), base: 'gross' },
          calendar,
        );
        assert.equal(
          sum(
            parts.map((p) => p.amount),
            'EUR',
          ).minor,
          minor,
        );
        const discounts = parts.flatMap((p) => p.discounts);
        assert.equal(
          sum(
            discounts.map((d) => d.discount),
            'EUR',
          ).minor,
          percentOf(eur(minor), parseDecimal(percent)).minor,
        );
        for (const part of parts) assert.ok(isBusinessDay(part.dueOn, calendar));
      },
    ),
    { numRuns: 200 },
  );
});
