import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';
import { money } from '#kernel/money.ts';
import { parseDecimal } from '#kernel/percent.ts';
import { penaltiesOf } from './penalties.ts';
import type { Rules } from './policy.ts';

const rules = {
  name: 'Ours',
  rate: { mode: 'fixed', percent: parseDecimal('12') },
  graceDays: 3,
  startRule: 'day_after_due',
  dueShift: 'none',
  debtors: ['business', 'consumer'],
  fixedSums: [
    { from: money(0n, 'EUR'), fee: money(40_00n, 'EUR') },
    { from: money(1_000_00n, 'EUR'), fee: money(70_00n, 'EUR') },
  ],
  reminderFees: [
    { phase: 'demand', fee: money(5_00n, 'EUR') },
    { phase: 'final_notice', fee: money(10_00n, 'EUR') },
  ],
} as unknown as Rules;
const day = parseDate('2026-03-02');
const item = (dueOn: string, minor: bigint) => ({ dueOn: parseDate(dueOn), open: money(minor, 'EUR') });
const items = [item('2026-03-10', 2_000_00n), item('2026-03-05', 100_00n)];

test('rate and first day of interest, the least fixed sum and the least fee are told; nothing of who is not asked', () => {
  const told = penaltiesOf(rules, new Map(), { items, debtor: 'business', day });
  assert.deepEqual(
    [told.rate, told.from?.toString(), told.fixedSum, told.reminderFee],
    ['12', '2026-03-06', money(40_00n, 'EUR'), money(5_00n, 'EUR')],
  );
  assert.deepEqual(penaltiesOf(rules, new Map(), { items, debtor: 'authority', day }), {});
  const consumer = penaltiesOf(rules, new Map(), { items, debtor: 'consumer', day });
  assert.equal(consumer.fixedSum, undefined);
  const afterGrace = penaltiesOf({ ...rules, startRule: 'day_after_grace' }, new Map(), {
    items,
    debtor: 'business',
    day,
  });
  assert.equal(afterGrace.from?.toString(), '2026-03-09');
});

test('a rate that is not known is not told, and nothing is made up for it', () => {
  const reference = {
    mode: 'reference',
    code: 'none',
    margin: parseDecimal('8'),
    moves: 'each_half_year',
    referenceDay: 'first_day',
  };
  const told = penaltiesOf({ ...rules, rate: reference } as Rules, new Map(), {
    items,
    debtor: 'business',
    day,
  });
  assert.deepEqual([told.rate, told.from], [undefined, undefined]);
});
