import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cashByLag,
  DIMENSIONS,
  type EffectSums,
  effectBy,
  stepLabel,
  totalOf,
  veiled,
  withoutOthers,
} from './effect.ts';

const traits = {
  currency: fc.constantFrom('EUR', 'JPY'),
  step: fc.constantFrom('reminder:7', 'demand:21', 'call'),
  template: fc.constantFrom('reminder', 'demand', null),
  channel: fc.constantFrom('email', 'post', 'phone'),
  policy: fc.constantFrom('everybody', 'key_account', null),
  collector: fc.constantFrom('automatic', 'user:a', 'user:b'),
};
const count = fc.nat(50);
const sumsOf: fc.Arbitrary<EffectSums> = fc.record({
  contacts: fc.array(
    fc.record({ ...traits, contacts: count, reached: count, withPromise: count, withCash: count }),
  ),
  // Money that was taken back may outweigh what came on a day.
  cash: fc.array(
    fc.record({
      ...traits,
      lagDays: fc.integer({ min: 1, max: 14 }),
      minor: fc.bigInt({ min: -9999n, max: 99999n }),
    }),
  ),
  promises: fc.array(
    fc.record({ ...traits, promises: count, promised: fc.bigInt(0n, 9999n), kept: fc.bigInt(0n, 9999n) }),
  ),
});

test('by whatever trait the report is read, its rows sum to the same total, and so do the days after the contact', () => {
  fc.assert(
    fc.property(sumsOf, (sums) => {
      for (const currency of ['EUR', 'JPY']) {
        const total = totalOf(sums, currency);
        for (const by of DIMENSIONS) {
          const rows = effectBy(sums, currency, by);
          assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
          for (const figure of ['contacts', 'reached', 'withPromise', 'withCash', 'promises'] as const)
            assert.equal(
              rows.reduce((sum, row) => sum + row[figure], 0),
              total[figure],
            );
          for (const figure of ['promised', 'kept', 'cash'] as const)
            assert.equal(
              rows.reduce((sum, row) => sum + row[figure].minor, 0n),
              total[figure].minor,
            );
        }
        const lags = cashByLag(sums, currency, 14);
        assert.equal(
          lags.reduce((sum, one) => sum + one.minor, 0n),
          total.cash.minor,
        );
      }
    }),
  );
});

test('the days to the money are weighted by it, to a tenth', () => {
  const one = {
    currency: 'EUR',
    step: 'call',
    template: null,
    channel: 'phone',
    policy: null,
    collector: 'user:a',
  };
  const cash = [
    { ...one, lagDays: 1, minor: 100n },
    { ...one, lagDays: 4, minor: 200n },
  ];
  assert.equal(totalOf({ contacts: [], cash, promises: [] }, 'EUR').meanDays, 3);
  assert.equal(totalOf({ contacts: [], cash: [], promises: [] }, 'EUR').meanDays, null);
});

test('who may not see colleagues sees themselves, what went by itself, and all others as one', () => {
  fc.assert(
    fc.property(sumsOf, (sums) => {
      const seen = withoutOthers(sums, 'user:a');
      const names = [...seen.contacts, ...seen.cash, ...seen.promises].map(({ collector }) => collector);
      assert.ok(names.every((name) => ['automatic', 'user:a', 'others'].includes(name)));
      assert.deepEqual(totalOf(seen, 'EUR'), totalOf(sums, 'EUR'));
    }),
  );
  assert.equal(veiled('user:b', 'user:a'), 'others');
});

test('a step is told by its phase and its day', () => {
  assert.equal(stepLabel('reminder:7'), 'Reminder, 7 days after the due date');
  assert.equal(stepLabel('upcoming:-1'), 'Upcoming, 1 day before the due date');
  assert.equal(stepLabel('due:0'), 'Due, on the due date');
  assert.equal(stepLabel('final_notice:40'), 'Final notice, 40 days after the due date');
  assert.equal(stepLabel('call'), 'Call');
});
