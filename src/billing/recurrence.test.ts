import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, parseDate } from '#kernel/calendar.ts';
import { decimalText, parseDecimal } from '#kernel/percent.ts';
import { checkRecurrence, duePeriods, periodsOf, type Recurrence } from './recurrence.ts';
import { priceIn } from './recurring.ts';

const monthly = (
  given: Partial<Recurrence> & { readonly start: string; readonly end?: string },
): Recurrence => {
  const { start, end, ...rest } = given;
  return {
    unit: 'month',
    every: 1,
    timing: 'advance',
    ...rest,
    startsOn: parseDate(start),
    ...(end ? { endsOn: parseDate(end) } : {}),
  };
};

const shown = (recurrence: Recurrence, count: number) =>
  periodsOf(recurrence, count).map((p) => `${p.from}..${p.to} ${p.days}/${p.ofDays}`);

test('periods that begin on the last of a month come back to it after a shorter one', () => {
  assert.deepEqual(shown(monthly({ start: '2027-01-31' }), 4), [
    '2027-01-31..2027-02-27 28/28',
    '2027-02-28..2027-03-30 31/31',
    '2027-03-31..2027-04-29 30/30',
    '2027-04-30..2027-05-30 31/31',
  ]);
  assert.deepEqual(shown(monthly({ start: '2028-02-29', unit: 'year' }), 2), [
    '2028-02-29..2029-02-27 365/365',
    '2029-02-28..2030-02-27 365/365',
  ]);
});

test('a start before or after the day that periods begin on makes the first one shorter', () => {
  assert.deepEqual(shown(monthly({ start: '2026-02-10', anchorDay: 1, end: '2026-04-15' }), 9), [
    '2026-02-10..2026-02-28 19/28',
    '2026-03-01..2026-03-31 31/31',
    '2026-04-01..2026-04-15 15/30',
  ]);
  assert.deepEqual(shown(monthly({ start: '2026-02-10', anchorDay: 15, every: 3 }), 2), [
    '2026-02-10..2026-02-14 5/92',
    '2026-02-15..2026-05-14 89/89',
  ]);
});

test('in advance a period is due on its first day, in arrears on its last', () => {
  const days = (timing: Recurrence['timing'], today: string) =>
    duePeriods(monthly({ start: '2026-01-01', timing }), parseDate(today), 20).map((p) =>
      p.issueOn.toString(),
    );
  assert.deepEqual(days('advance', '2026-02-01'), ['2026-01-01', '2026-02-01']);
  assert.deepEqual(days('arrears', '2026-02-27'), ['2026-01-31']);
  assert.deepEqual(days('arrears', '2026-02-28'), ['2026-01-31', '2026-02-28']);
});

test('periods follow each other without gap or overlap from the first day to the last, whatever is agreed', () => {
  const recurrences = fc.record({
    unit: fc.constantFrom('week' as const, 'month' as const, 'year' as const),
    every: fc.integer({ min: 1, max: 13 }),
    timing: fc.constantFrom('advance' as const, 'arrears' as const),
    startDay: fc.integer({ min: 0, max: 2_000 }),
    length: fc.integer({ min: 0, max: 3_000 }),
    anchorDay: fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(recurrences, ({ startDay, length, anchorDay, ...rest }) => {
      const startsOn = addDays(parseDate('2026-01-01'), startDay);
      const endsOn = addDays(startsOn, length);
      const recurrence = { ...rest, startsOn, endsOn, ...(rest.unit === 'week' ? {} : { anchorDay }) };
      const periods = periodsOf(recurrence, 1_000);
      assert.equal(periods[0]?.from.toString(), startsOn.toString());
      assert.equal(periods.at(-1)?.to.toString(), endsOn.toString());
      for (const [index, period] of periods.entries()) {
        assert.ok(period.days >= 1 && period.days <= period.ofDays);
        const next = periods[index + 1];
        if (next) assert.equal(next.from.toString(), addDays(period.to, 1).toString());
        if (index > 0 && next) assert.equal(period.days, period.ofDays);
      }
      assert.equal(
        periods.reduce((sum, period) => sum + period.days, 0),
        length + 1,
      );
    }),
  );
});

test('what cannot recur is refused', () => {
  const refused = (code: string, given: Parameters<typeof monthly>[0]) =>
    assert.throws(() => checkRecurrence(monthly(given)), { code });
  refused('recurrence_not_valid', { start: '2026-01-01', every: 0 });
  refused('recurrence_not_valid', { start: '2026-01-01', anchorDay: 32 });
  refused('recurrence_not_valid', { start: '2026-01-01', unit: 'week', anchorDay: 1 });
  refused('ends_before_start', { start: '2026-01-02', end: '2026-01-01' });
});

test('prices rise at steps and anniversaries, each rounded, and a short period costs its share of days', () => {
  const agreement = {
    startsOn: parseDate('2026-01-01'),
    priceSteps: [{ from: parseDate('2026-07-01'), percent: parseDecimal('10') }],
    yearlyPercent: parseDecimal('2.5'),
    prorates: true,
  };
  const price = (from: string, days = 30, ofDays = 30, text = '99.99') =>
    decimalText(priceIn(agreement, { from: parseDate(from), days, ofDays }, parseDecimal(text), 2));
  assert.equal(price('2026-06-30'), '99.99');
  assert.equal(price('2026-07-01'), '109.99');
  assert.equal(price('2026-12-31'), '109.99');
  // 109.99 × 1.025 = 112.73975.
  assert.equal(price('2027-01-01'), '112.74');
  assert.equal(price('2026-01-01', 10, 31, '100'), '32.26');
  assert.equal(price('2026-01-01', 10, 31, '0.0125'), '0.004');
  assert.equal(
    decimalText(
      priceIn(
        { ...agreement, prorates: false },
        { from: agreement.startsOn, days: 1, ofDays: 31 },
        parseDecimal('5'),
        2,
      ),
    ),
    '5',
  );
});
