import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, isBefore, monthEnd, parseDate } from '#kernel/calendar.ts';
import { checkDueRule, type DueRule, dayByRule } from './due-rule.ts';

const due = (rule: DueRule, issuedOn: string): string => dayByRule(rule, parseDate(issuedOn)).toString();

const monthEndRule = (more: Partial<Extract<DueRule, { kind: 'month_end' }>>): DueRule => ({
  kind: 'month_end',
  daysBefore: 0,
  months: 0,
  daysAfter: 0,
  cutOffDay: null,
  ...more,
});
const fixed = (
  days: readonly number[],
  more: Partial<Extract<DueRule, { kind: 'fixed_day' }>> = {},
): DueRule => ({
  kind: 'fixed_day',
  days,
  daysBefore: 0,
  months: 0,
  cutOffDay: null,
  ...more,
});

test('net days count from the day of issue, over month ends and leap days', () => {
  assert.equal(due({ kind: 'days', days: 30 }, '2026-01-31'), '2026-03-02');
  assert.equal(due({ kind: 'days', days: 30 }, '2024-01-31'), '2024-03-01');
  assert.equal(due({ kind: 'days', days: 0 }, '2026-01-31'), '2026-01-31');
});

test('a month after the 31st is the last day of a shorter month', () => {
  assert.equal(due({ kind: 'months', months: 1 }, '2026-01-31'), '2026-02-28');
  assert.equal(due({ kind: 'months', months: 1 }, '2024-01-31'), '2024-02-29');
  assert.equal(due({ kind: 'months', months: 3 }, '2026-11-30'), '2027-02-28');
});

test('days after a month’s end and a month’s end after days are two things', () => {
  assert.equal(due(monthEndRule({ daysAfter: 30 }), '2026-01-15'), '2026-03-02');
  assert.equal(due(monthEndRule({ daysBefore: 30 }), '2026-01-15'), '2026-02-28');
  assert.equal(due(monthEndRule({}), '2026-02-28'), '2026-02-28');
  assert.equal(due(monthEndRule({ months: 1 }), '2026-01-31'), '2026-02-28');
});

test('a fixed day of the next month; what is issued after the cut-off day goes one month further', () => {
  const rule = fixed([15], { months: 1, cutOffDay: 20 });
  assert.equal(due(rule, '2026-01-20'), '2026-02-15');
  assert.equal(due(rule, '2026-01-21'), '2026-03-15');
  assert.equal(due(fixed([31], { months: 1 }), '2026-01-05'), '2026-02-28');
});

test('of several fixed days the next one counts, the day of issue included', () => {
  const rule = fixed([25, 10]);
  assert.equal(due(rule, '2026-01-10'), '2026-01-10');
  assert.equal(due(rule, '2026-01-11'), '2026-01-25');
  assert.equal(due(rule, '2026-01-26'), '2026-02-10');
  assert.equal(due(fixed([10, 25], { daysBefore: 30 }), '2026-01-11'), '2026-02-10');
});

test('fixed days that contradict each other are refused', () => {
  for (const rule of [fixed([]), fixed([10, 10]), fixed([10, 25], { months: 1 })])
    assert.throws(() => checkDueRule(rule), { code: 'fixed_days_not_valid' });
});

const anyDay = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays(parseDate('1990-01-01'), n));
const cutOffDay = fc.option(fc.integer({ min: 1, max: 31 }), { nil: null });
const anyRule: fc.Arbitrary<DueRule> = fc.oneof(
  fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 0, max: 730 }) }),
  fc.record({ kind: fc.constant('months' as const), months: fc.integer({ min: 1, max: 24 }) }),
  fc.record({
    kind: fc.constant('month_end' as const),
    daysBefore: fc.integer({ min: 0, max: 120 }),
    months: fc.integer({ min: 0, max: 6 }),
    daysAfter: fc.integer({ min: 0, max: 120 }),
    cutOffDay,
  }),
  fc.record({
    kind: fc.constant('fixed_day' as const),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 4 }),
    daysBefore: fc.integer({ min: 0, max: 120 }),
    months: fc.integer({ min: 0, max: 6 }),
    cutOffDay,
  }),
);

test('whatever the rule, nothing is due before it is issued', () => {
  fc.assert(
    fc.property(anyRule, anyDay, (rule, day) => !isBefore(dayByRule(rule, day), day)),
    { numRuns: 500 },
  );
});

test('without a cut-off day, what is issued later is never due earlier', () => {
  const withoutCutOff = anyRule.map((rule) => ('cutOffDay' in rule ? { ...rule, cutOffDay: null } : rule));
  fc.assert(
    fc.property(
      withoutCutOff,
      anyDay,
      fc.integer({ min: 0, max: 90 }),
      (rule, day, later) => !isBefore(dayByRule(rule, addDays(day, later)), dayByRule(rule, day)),
    ),
    { numRuns: 500 },
  );
});

test('a fixed day is that day of its month, or the month’s last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 6 }), anyDay, (n, months, day) => {
      const found = dayByRule(fixed([n], { months }), day);
      return found.day === n || (found.day < n && found.equals(monthEnd(found)));
    }),
  );
});
