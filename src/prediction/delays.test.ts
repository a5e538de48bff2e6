import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  delaysOfCustomer,
  learnUsualDelays,
  likelyDay,
  type PastItem,
  unpaidChance,
  weekdayOf,
} from './delays.ts';

/** A Monday. */
const MONDAY = 20_003;
const TODAY = MONDAY;

/** So many items, one due every week before today, each paid so many days after it was due. */
function weekly(count: number, delay: number, weekday = 0): readonly PastItem[] {
  return Array.from({ length: count }, (_, index) => {
    const due = TODAY - 7 * (index + 10) + weekday;
    return { issued: due - 30, due, settled: due + delay };
  });
}

const USUAL = learnUsualDelays(weekly(60, 2), TODAY);

const someItems = fc.array(
  fc
    .record({
      due: fc.integer({ min: TODAY - 600, max: TODAY + 60 }),
      term: fc.integer({ min: 0, max: 90 }),
      open: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
    })
    .map(({ due, term, open }): PastItem => {
      const issued = due - term;
      return { issued, due, settled: open === undefined ? undefined : issued + open };
    }),
  { maxLength: 40 },
);

test('the first of January 1970 was a Thursday', () => {
  assert.equal(weekdayOf(0), 3);
  assert.equal(weekdayOf(-4), 6);
  assert.equal(weekdayOf(MONDAY), 0);
});

test('who always pays two days late is expected to pay two days late', () => {
  const delays = delaysOfCustomer(USUAL, weekly(40, 2));
  assert.equal(likelyDay(delays, { due: TODAY + 7, from: TODAY }), TODAY + 9);
  assert.ok(unpaidChance(delays, { due: TODAY + 7, from: TODAY }, TODAY + 8) > 0.9);
  assert.ok(unpaidChance(delays, { due: TODAY + 7, from: TODAY }, TODAY + 9) < 0.1);
});

test('a customer without items of their own pays as is usual', () => {
  assert.equal(likelyDay(delaysOfCustomer(USUAL, []), { due: TODAY, from: TODAY }), TODAY + 2);
});

test('a customer with days of their own is not expected as all are', () => {
  const late = delaysOfCustomer(USUAL, weekly(40, 30));
  assert.equal(likelyDay(late, { due: TODAY, from: TODAY }), TODAY + 30);
});

test('who stopped paying is expected to pay later than before, although nothing late was ever paid', () => {
  const before = weekly(12, 2);
  const unpaid = Array.from({ length: 8 }, (_, index): PastItem => {
    const due = TODAY - 7 * (index + 2);
    return { issued: due - 30, due, settled: undefined };
  });
  const item = { due: TODAY, from: TODAY };
  const paying = delaysOfCustomer(USUAL, before);
  const stopped = delaysOfCustomer(USUAL, [...before, ...unpaid]);
  assert.ok(
    unpaidChance(stopped, item, TODAY + 14) > 2 * unpaidChance(paying, item, TODAY + 14),
    'open items count as days on which nothing was paid',
  );
});

test('payment runs have their weekday: what is due on a Monday and on a Thursday is paid on the same Friday', () => {
  const runs = [...weekly(40, 4, 0), ...weekly(40, 1, 3)];
  const delays = delaysOfCustomer(learnUsualDelays(runs, TODAY), runs);
  assert.equal(likelyDay(delays, { due: MONDAY + 7, from: MONDAY }), MONDAY + 11);
  assert.equal(likelyDay(delays, { due: MONDAY + 10, from: MONDAY }), MONDAY + 11);
});

test('what happened on the day asked for or later is not known yet', () => {
  const past = weekly(20, 2);
  const later: readonly PastItem[] = [
    { issued: TODAY, due: TODAY + 30, settled: TODAY + 1 },
    { issued: TODAY - 40, due: TODAY - 7, settled: TODAY },
  ];
  const unknown: PastItem = { issued: TODAY - 40, due: TODAY - 7, settled: undefined };
  const item = { due: TODAY, from: TODAY };
  assert.equal(
    unpaidChance(delaysOfCustomer(USUAL, [...past, ...later]), item, TODAY + 20),
    unpaidChance(delaysOfCustomer(USUAL, [...past, unknown]), item, TODAY + 20),
  );
});

test('chances lie between nought and one and never grow with time, whatever was seen', () => {
  fc.assert(
    fc.property(
      someItems,
      someItems,
      fc.integer({ min: -200, max: 200 }),
      fc.integer({ min: 0, max: 300 }),
      (all, own, ago, ahead) => {
        const delays = delaysOfCustomer(learnUsualDelays([...all, ...own], TODAY), own);
        const item = { due: TODAY + ago, from: TODAY };
        const sooner = unpaidChance(delays, item, TODAY + ahead);
        const later = unpaidChance(delays, item, TODAY + ahead + 1);
        assert.ok(later >= 0 && sooner <= 1 && later <= sooner);
        const likely = likelyDay(delays, item);
        if (likely !== undefined) {
          assert.ok(unpaidChance(delays, item, likely) <= 0.5);
          assert.ok(unpaidChance(delays, item, likely - 1) > 0.5);
        }
      },
    ),
  );
});

test('the order in which items are read changes nothing', () => {
  fc.assert(
    fc.property(someItems, (items) => {
      const item = { due: TODAY - 5, from: TODAY };
      const there = delaysOfCustomer(learnUsualDelays(items, TODAY), items);
      const back = delaysOfCustomer(learnUsualDelays(items.toReversed(), TODAY), items.toReversed());
      const difference = unpaidChance(there, item, TODAY + 14) - unpaidChance(back, item, TODAY + 14);
      assert.ok(Math.abs(difference) < 1e-9);
    }),
  );
});
