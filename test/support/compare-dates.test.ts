import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from '#kernel/calendar.ts';

const may = () => parseDate('2026-05-01');
const june = () => parseDate('2026-06-01');

// Seen to fail without what is loaded before tests: Node takes any two dates for deeply equal.
test('dates that differ are not deeply equal, wherever they stand', () => {
  const holding = (day: unknown) => [
    day,
    [day],
    { day, to: { day } },
    new Map([['day', day]]),
    new Set([day]),
    [new Map([['x', { list: [1, day] }]])],
  ];
  for (const [index, of] of holding(may()).entries()) {
    const same = holding(may())[index];
    const other = holding(june())[index];
    assert.deepEqual(of, same);
    assert.throws(() => assert.deepEqual(of, other), /2026-05-01 and not 2026-06-01/);
    assert.throws(() => assert.notDeepEqual(of, same));
    assert.notDeepEqual(of, other);
  }
});

// Seen to fail where what was looked at once was not looked at again.
test('one day that stands in two places is compared in both, and so is what holds it; circles come to their end', () => {
  const day = may();
  assert.throws(
    () => assert.deepEqual([day, day], [may(), june()]),
    /it\.1 is 2026-05-01 and not 2026-06-01/,
  );
  const held = { day };
  assert.throws(() => assert.deepEqual([held, held], [{ day: may() }, { day: june() }]), /it\.1\.day is/);
  const circle = (of: unknown) => {
    const round: { of: unknown; self?: unknown } = { of };
    round.self = round;
    return round;
  };
  assert.deepEqual(circle(may()), circle(may()));
  assert.throws(() => assert.deepEqual(circle(may()), circle(june())), /it\.of is/);
});

test('instants and durations are compared too, and what shows nothing of itself is not taken for equal', () => {
  const at = (text: string) => Temporal.Instant.from(text);
  assert.throws(() => assert.deepEqual(at('2026-05-01T08:00Z'), at('2026-05-01T08:01Z')), /it is/);
  assert.throws(() => assert.deepEqual(Temporal.Duration.from('P1D'), Temporal.Duration.from('P2D')));
  class Sealed {
    readonly #kept: number;
    constructor(kept: number) {
      this.#kept = kept;
    }
    isSealed(): boolean {
      return this.#kept > 0;
    }
  }
  assert.throws(() => assert.deepEqual(new Sealed(1), new Sealed(1)), /cannot be compared: Sealed/);
});

test('what differs otherwise is told as Node tells it, and with the words of the test where it has some', () => {
  assert.throws(() => assert.deepEqual({ a: may(), b: 1 }, { a: may(), b: 2 }), /deeply|deep-equal|equal/);
  assert.throws(
    () => assert.deepEqual([may()], [june()], 'the day it is due'),
    /^AssertionError.*the day it is due/,
  );
});
