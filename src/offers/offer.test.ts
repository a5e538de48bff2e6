import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { money, toDecimal } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { annualCostOfAmounts } from '#terms/discount-cost.ts';
import { discountForDays, offerState, quotesUntilDue } from './offer.ts';

const eur = (minor: bigint) => money(minor, 'EUR');
const rate = (apr: string, yearDays: 360 | 365 = 360) => ({ apr: parseDecimal(apr), yearDays });

test('10,000 at 18 % for 7 days of 360 saves 35.00, at 24 % for 14 days 93.33', () => {
  assert.equal(toDecimal(discountForDays(eur(10_000_00n), rate('18'), 7)), '35.00');
  assert.equal(toDecimal(discountForDays(eur(10_000_00n), rate('24'), 14)), '93.33');
  assert.equal(toDecimal(discountForDays(eur(10_000_00n), rate('18', 365), 7)), '34.52');
  assert.equal(toDecimal(discountForDays(eur(10_000_00n), rate('18'), 0)), '0.00');
});

test('what 2 % for twenty days costs a year is told in money too', () => {
  const cost = (yearDays: 360 | 365) => {
    const found = annualCostOfAmounts(eur(20_00n), eur(980_00n), { daysEarlier: 20, yearDays });
    return found && decimalText(found);
  };
  assert.deepEqual([cost(365), cost(360)], ['37.2', '36.7']);
});

test('an offer is open to its last day, then gives nothing', () => {
  const offer = { expiresOn: parseDate('2026-03-10') };
  const state = (on: string) => offerState(offer, undefined, parseDate(on));
  assert.deepEqual([state('2026-03-10'), state('2026-03-11')], ['open', 'expired']);
  const answer = {
    answer: 'accepted',
    answeredOn: parseDate('2026-03-01'),
    payOn: null,
    discount: null,
  } as const;
  assert.equal(offerState(offer, answer, parseDate('2026-04-01')), 'accepted');
});

test('the sooner it is paid the more is saved, and nothing is saved on the due date', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.integer({ min: 1, max: 6_000 }),
      fc.integer({ min: 1, max: 200 }),
      (minor, bp, days) => {
        const from = parseDate('2026-01-01');
        const when = { from, dueOn: addDays(from, days) };
        const quotes = quotesUntilDue(eur(minor), rate(String(bp / 100)), when);
        assert.ok(quotes.length >= 1 && quotes.length <= 60);
        quotes.forEach((quote, index) => {
          assert.equal(quote.discount.minor + quote.pay.minor, minor);
          const next = quotes[index + 1];
          assert.ok(!next || next.discount.minor <= quote.discount.minor);
        });
      },
    ),
  );
});
