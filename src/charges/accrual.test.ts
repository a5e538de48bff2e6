import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import type { ItemId } from '#kernel/id.ts';
import { money } from '#kernel/money.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import {
  accrue,
  EXACT,
  exactTotal,
  type LateItem,
  type Reduction,
  roundInterest,
  type Span,
  spansAfter,
  spansThrough,
} from './accrual.ts';
import { countDays, DAY_COUNTS } from './day-count.ts';
import { KNOWN_RATES } from './known-rates.ts';
import { readTerms, type Terms } from './policy.ts';
import { READY_MADE } from './ready-made.ts';
import { histories, rateInForce } from './reference-rate.ts';

const day = parseDate;
const rates = histories(KNOWN_RATES, []);
const readyMade = (code: string): Terms => {
  const found = READY_MADE.find((r) => r.code === code);
  assert.ok(found);
  return found.terms;
};

function item(minor: bigint, dueOn: string, given: Partial<LateItem> = {}, currency = 'EUR'): LateItem {
  return {
    id: 'i' as ItemId,
    documentId: 'd',
    reference: 'INV-1',
    issuedOn: day('2020-01-01'),
    dueOn: day(dueOn),
    amount: money(minor, currency),
    reductions: [],
    exclusions: [],
    ...given,
  };
}

const paid = (on: string, minor: bigint, cause: Reduction['cause'] = 'money'): Reduction => ({
  on: day(on),
  minor,
  cause,
});
const short = (spans: readonly Span[]) =>
  spans.map((s) => [s.from.toString(), s.to.toString(), s.days, s.baseMinor, decimalText(s.percent)]);
const sum = (spans: readonly Span[]) => spans.reduce((total, s) => total + s.exact, 0n);

test('statutory interest of the EU moves with each half-year, the United Kingdom keeps the rate of the start', () => {
  const eu = accrue(item(1_000_00n, '2025-05-31'), readTerms(readyMade('eu')), rates, day('2026-02-28'));
  assert.deepEqual(short(eu), [
    ['2025-06-01', '2025-06-30', 30, 1_000_00n, '11.15'],
    ['2025-07-01', '2025-12-31', 184, 1_000_00n, '10.15'],
    ['2026-01-01', '2026-02-28', 59, 1_000_00n, '10.15'],
  ]);
  const gb = accrue(
    item(1_000_00n, '2024-06-29', {}, 'GBP'),
    readTerms(readyMade('gb')),
    rates,
    day('2026-01-31'),
  );
  assert.deepEqual(short(gb), [['2024-06-30', '2026-01-31', 581, 1_000_00n, '13.25']]);
  const later = accrue(
    item(1_00n, '2025-12-31', {}, 'GBP'),
    readTerms(readyMade('gb')),
    rates,
    day('2026-01-01'),
  );
  assert.deepEqual(short(later), [['2026-01-01', '2026-01-01', 1, 1_00n, '11.75']]);
});

test('the German rate follows the base rate of section 247, below zero too', () => {
  const spans = accrue(item(100_00n, '2022-12-30'), readTerms(readyMade('de')), rates, day('2023-01-01'));
  assert.deepEqual(short(spans), [
    ['2022-12-31', '2022-12-31', 1, 100_00n, '8.12'],
    ['2023-01-01', '2023-01-01', 1, 100_00n, '10.62'],
  ]);
  const rules = readTerms({
    ...readyMade('de'),
    rate: {
      mode: 'reference',
      code: 'de-base',
      margin: '0.5',
      moves: 'each_half_year',
      referenceDay: 'first_day',
    },
  });
  assert.equal(sum(accrue(item(100_00n, '2022-06-01'), rules, rates, day('2022-12-31'))), 0n);
});

test('a rate nobody stated is not guessed', () => {
  const rules = readTerms(readyMade('eu'));
  assert.throws(() => accrue(item(1n, '2026-06-01'), rules, rates, day('2026-07-01')), {
    code: 'reference_rate_missing',
    facts: { code: 'ecb-mro', on: '2026-07-01' },
  });
  const stated = histories(KNOWN_RATES, [
    { code: 'ecb-mro', validFrom: day('2026-07-01'), percent: parseDecimal('2.15'), source: 'typed' },
  ]);
  assert.equal(accrue(item(1n, '2026-06-01'), rules, stated, day('2026-12-31')).length, 2);
  assert.throws(() => accrue(item(1n, '2026-06-01'), rules, stated, day('2027-01-01')), {
    code: 'reference_rate_missing',
  });
});

test('what the tenant states overrules what is shipped for that day', () => {
  const own = { code: 'ecb-mro', validFrom: day('2025-06-11'), percent: parseDecimal('2'), source: 'typed' };
  const history = histories(KNOWN_RATES, [own]).get('ecb-mro');
  assert.equal(rateInForce(history, 'ecb-mro', day('2026-01-01')).source, 'typed');
  assert.equal(history?.knownThrough.toString(), '2026-04-01');
});

test('interest runs from the day after the due date to the day before money came, or that day too, as the terms say', () => {
  const late = item(100_00n, '2026-01-10', { reductions: [paid('2026-01-15', 100_00n)] });
  const days = (terms: Partial<Terms>) =>
    short(accrue(late, readTerms({ ...readyMade('eu'), ...terms }), rates, day('2026-01-31')));
  assert.deepEqual(days({}), [['2026-01-11', '2026-01-14', 4, 100_00n, '10.15']]);
  assert.deepEqual(days({ receiptDay: 'charged' }), [['2026-01-11', '2026-01-15', 5, 100_00n, '10.15']]);
  assert.deepEqual(days({ graceDays: 2 }), [['2026-01-11', '2026-01-14', 4, 100_00n, '10.15']]);
  assert.deepEqual(days({ graceDays: 2, startRule: 'day_after_grace' }), [
    ['2026-01-13', '2026-01-14', 2, 100_00n, '10.15'],
  ]);
  assert.deepEqual(days({ graceDays: 5 }), [], 'paid on the last day of grace');
  assert.deepEqual(days({ graceDays: 4 }).length, 1, 'paid on the day after the grace');
  assert.deepEqual(days({ dueShift: 'following' }), [['2026-01-13', '2026-01-14', 2, 100_00n, '10.15']]);
  assert.deepEqual(days({ maxDays: 2 }), [['2026-01-11', '2026-01-12', 2, 100_00n, '10.15']]);
});

test('a due date on which banks are closed moves as the terms say, and only by the calendar they name', () => {
  // Good Friday 2026 is 3 April; the Monday after it is closed for T2 too.
  const first = (given: Partial<Terms>) =>
    accrue(
      item(100_00n, '2026-04-03'),
      readTerms({ ...readyMade('eu'), ...given }),
      rates,
      day('2026-04-20'),
    )[0]?.from.toString();
  assert.equal(first({}), '2026-04-04');
  assert.equal(first({ dueShift: 'following' }), '2026-04-04', 'a Friday, were it not for the calendar');
  assert.equal(first({ dueShift: 'following', dueCalendar: 't2' }), '2026-04-08');
  assert.equal(first({ dueShift: 'preceding', dueCalendar: 't2' }), '2026-04-03');
  assert.equal(first({ dueShift: 'none', dueCalendar: 't2' }), '2026-04-04');
});

test('paid on the due date, nothing is late; a day after, one day bears interest only if the day of receipt does', () => {
  const rules = readTerms(readyMade('eu'));
  const on = (text: string, receiptDay: 'free' | 'charged') =>
    accrue(
      item(100_00n, '2026-01-10', { reductions: [paid(text, 100_00n)] }),
      { ...rules, receiptDay },
      rates,
      day('2026-01-31'),
    ).length;
  assert.deepEqual([on('2026-01-10', 'free'), on('2026-01-10', 'charged')], [0, 0]);
  assert.deepEqual([on('2026-01-11', 'free'), on('2026-01-11', 'charged')], [0, 1]);
  assert.deepEqual([on('2026-01-12', 'free'), on('2026-01-12', 'charged')], [1, 1]);
});

test('part payments, credit notes, voids and exclusions lower what bears interest from their days', () => {
  const rules = readTerms({ ...readyMade('eu'), creditNotes: 'from_their_day' });
  const late = item(100_00n, '2026-01-31', {
    reductions: [paid('2026-02-05', 30_00n), paid('2026-02-10', 20_00n, 'credit_note')],
    exclusions: [{ from: day('2026-02-07'), to: day('2026-02-08'), minor: 50_00n }],
  });
  const bases = (r: typeof rules) =>
    accrue(late, r, rates, day('2026-02-11')).map((s) => [s.from.day, s.to.day, s.baseMinor]);
  assert.deepEqual(bases(rules), [
    [1, 4, 100_00n],
    [5, 6, 70_00n],
    [7, 8, 20_00n],
    [9, 9, 70_00n],
    [10, 11, 50_00n],
  ]);
  assert.equal(bases({ ...rules, creditNotes: 'from_start' })[0]?.[2], 80_00n);
  const voided = item(100_00n, '2026-01-31', { reductions: [paid('2026-03-01', 100_00n, 'void')] });
  assert.deepEqual(accrue(voided, rules, rates, day('2026-04-01')), []);
  const handedOver = item(100_00n, '2026-01-31', {
    exclusions: [{ from: day('2026-02-03'), to: null, minor: null }],
  });
  assert.equal(accrue(handedOver, rules, rates, day('2026-04-01')).at(-1)?.to.toString(), '2026-02-02');
});

test('rounded once at the end, not by the day: the example of gov.uk comes to 11.64, not 11.50', () => {
  const rules = readTerms({
    ...readyMade('gb'),
    rate: { mode: 'fixed', percent: '8.5' },
    graceDays: 0,
  });
  const spans = accrue(item(1_000_00n, '2026-01-31', {}, 'GBP'), rules, rates, day('2026-03-22'));
  assert.equal(spans[0]?.days, 50);
  assert.equal(roundInterest(sum(spans)), 11_64n);
  assert.equal(roundInterest((spans[0]?.exact ?? 0n) / 50n) * 50n, 11_50n);
});

test('1.5 % a month on 30/360 is 1.5 % for each calendar month, whatever its length', () => {
  const rules = readTerms(readyMade('us'));
  for (const [due, through] of [
    ['2025-12-31', '2026-01-31'],
    ['2026-01-31', '2026-02-28'],
    ['2026-03-31', '2026-04-30'],
  ] as const)
    assert.equal(roundInterest(sum(accrue(item(1_000_00n, due), rules, rates, day(through)))), 15_00n, due);
});

test('days are counted by their convention', () => {
  const count = (from: string, to: string, how: (typeof DAY_COUNTS)[number]) =>
    countDays(day(from), day(to), how).map((c) => [c.days, c.yearDays]);
  assert.deepEqual(count('2023-12-30', '2024-01-02', 'actual/actual'), [
    [2, 365],
    [2, 366],
  ]);
  assert.deepEqual(count('2025-12-30', '2026-01-02', 'actual/actual'), [[4, 365]]);
  assert.deepEqual(count('2024-01-01', '2024-12-31', 'actual/365'), [[366, 365]]);
  assert.deepEqual(count('2024-01-01', '2024-12-31', 'actual/360'), [[366, 360]]);
  assert.deepEqual(count('2024-01-01', '2024-12-31', '30/360'), [[360, 360]]);
  assert.deepEqual(count('2026-01-30', '2026-01-30', '30/360'), [[0, 360]]);
  assert.deepEqual(count('2026-02-28', '2026-02-28', '30/360'), [[3, 360]]);
  assert.deepEqual(count('2026-01-02', '2026-01-01', 'actual/365'), []);
});

test('caps end what one item bears', () => {
  const rules = readTerms({
    ...readyMade('us'),
    capPercent: '10',
    capAmounts: [{ amount: '7.00', currency: 'USD' }],
  });
  const total = (minor: bigint, currency: string) => {
    const one = item(minor, '2023-01-01', {}, currency);
    return roundInterest(exactTotal(one, rules, accrue(one, rules, rates, day('2026-01-01'))));
  };
  assert.equal(total(1_000_00n, 'EUR'), 100_00n);
  assert.equal(total(1_000_00n, 'USD'), 7_00n);
});

const anyDay = fc.integer({ min: 0, max: 1_200 }).map((n) => addDays(day('2022-10-01'), n));
const anyTerms = fc
  .record({
    base: fc.constantFrom(
      ...READY_MADE.filter((r) => r.code !== 'at' && r.code !== 'pl').map((r) => r.terms),
    ),
    dayCount: fc.constantFrom(...DAY_COUNTS),
    graceDays: fc.integer({ min: 0, max: 20 }),
    startRule: fc.constantFrom('day_after_due' as const, 'day_after_grace' as const),
    receiptDay: fc.constantFrom('free' as const, 'charged' as const),
    creditNotes: fc.constantFrom('from_start' as const, 'from_their_day' as const),
  })
  .map(({ base, ...rest }) => readTerms({ ...base, ...rest }));
const anyItem = fc
  .record({
    minor: fc.bigInt({ min: 1n, max: 10_000_000_00n }),
    due: anyDay,
    parts: fc.array(
      fc.tuple(anyDay, fc.integer({ min: 1, max: 60 }), fc.constantFrom('money', 'credit_note')),
      {
        maxLength: 5,
      },
    ),
    out: fc.array(fc.tuple(anyDay, fc.integer({ min: 0, max: 90 }), fc.bigInt({ min: 1n, max: 5_000_00n })), {
      maxLength: 2,
    }),
  })
  .map(({ minor, due, parts, out }) => {
    let left = minor;
    const reductions = parts.flatMap(([on, percent, cause]) => {
      const part = (left * BigInt(percent)) / 100n;
      left -= part;
      return part > 0n ? [{ on, minor: part, cause: cause as Reduction['cause'] }] : [];
    });
    const exclusions = out.map(([from, days, some]) => ({ from, to: addDays(from, days), minor: some }));
    return item(minor, due.toString(), { reductions, exclusions });
  });

test('whatever a span is cut into, the interest of its parts is the interest of the whole, exactly', () => {
  fc.assert(
    fc.property(anyItem, anyTerms, anyDay, anyDay, (one, rules, cut, through) => {
      const whole = accrue(one, rules, rates, through);
      const first = spansThrough(whole, cut, rules);
      const rest = spansAfter(whole, cut, rules);
      assert.equal(sum(first) + sum(rest), sum(whole));
      assert.ok(first.every((s) => Temporal.PlainDate.compare(s.to, cut) <= 0));
      assert.ok(rest.every((s) => Temporal.PlainDate.compare(s.from, cut) > 0));
    }),
  );
});

test('the sheet is a reckoning day by day: each day once, with what was open at its end', () => {
  fc.assert(
    fc.property(anyItem, anyTerms, anyDay, (one, rules, through) => {
      const spans = accrue(one, rules, rates, through);
      let before = one.dueOn;
      for (const span of spans) {
        assert.ok(Temporal.PlainDate.compare(span.from, before) > 0, 'days do not overlap');
        assert.ok(span.baseMinor > 0n && span.baseMinor <= one.amount.minor);
        before = span.to;
      }
      assert.ok(spans.every((s) => Temporal.PlainDate.compare(s.to, through) <= 0));
    }),
    { numRuns: 60 },
  );
});

test('money that comes earlier never costs more', () => {
  fc.assert(
    fc.property(anyItem, anyTerms, anyDay, fc.integer({ min: 1, max: 200 }), (one, rules, through, days) => {
      const sooner = {
        ...one,
        reductions: one.reductions.map((r) => ({ ...r, on: addDays(r.on, -days) })),
      };
      assert.ok(sum(accrue(sooner, rules, rates, through)) <= sum(accrue(one, rules, rates, through)));
    }),
  );
});

test('one minor unit is so many exact units that years of 360, 365 and 366 days come out even', () => {
  for (const yearDays of [360n, 365n, 366n]) assert.equal(EXACT % yearDays, 0n);
});
