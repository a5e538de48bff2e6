import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CLOCK_DEFAULT, clockFigures, clockState, countedHours, waitedLongerBefore } from './clock.ts';

const at = (text: string) => Temporal.Instant.from(text);
const calendar = { holidays: new Set(['2026-04-06']) };
const berlin = { timeZone: 'Europe/Berlin', calendar };

test('what came on Friday at three has waited a day on Monday at three; weekends and holidays do not count', () => {
  assert.equal(countedHours(at('2026-03-13T14:00:00Z'), at('2026-03-16T14:00:00Z'), berlin), 24);
  assert.equal(
    countedHours(at('2026-04-03T13:00:00Z'), at('2026-04-07T13:00:00Z'), berlin),
    24,
    'Easter Monday is none',
  );
  assert.equal(countedHours(at('2026-03-14T08:00:00Z'), at('2026-03-15T20:00:00Z'), berlin), 0);
  assert.equal(
    countedHours(at('2026-03-14T08:00:00Z'), at('2026-03-15T20:00:00Z'), { ...berlin, calendar: null }),
    36,
  );
});

test('days of a change of clocks have their own length', () => {
  const sunday = {
    timeZone: 'Europe/Berlin',
    calendar: { holidays: new Set<string>(), weekend: new Set<number>() },
  };
  assert.equal(countedHours(at('2026-03-28T23:00:00Z'), at('2026-03-29T22:00:00Z'), sunday), 23);
});

test('time adds up however it is cut, and never runs backwards', () => {
  const moment = fc
    .integer({ min: 0, max: 60 * 24 * 60 })
    .map((minutes) => at('2026-02-01T00:00:00Z').add({ minutes }));
  fc.assert(
    fc.property(fc.tuple(moment, moment, moment), (three) => {
      const [a, b, c] = three.toSorted(Temporal.Instant.compare) as [
        Temporal.Instant,
        Temporal.Instant,
        Temporal.Instant,
      ];
      const whole = countedHours(a, c, berlin);
      assert.ok(Math.abs(whole - countedHours(a, b, berlin) - countedHours(b, c, berlin)) < 1e-9);
      assert.ok(whole >= 0 && whole <= countedHours(a, c, { ...berlin, calendar: null }));
      assert.equal(countedHours(c, a, berlin), 0);
    }),
  );
});

test('a receipt is late after a day and escalates after two, not before', () => {
  assert.deepEqual(
    [24, 24.01, 48, 48.01].map((hours) => clockState(hours, CLOCK_DEFAULT)),
    ['running', 'late', 'late', 'escalated'],
  );
});

test('the figures count receipts: those in time, and the hours that half of them took at most', () => {
  const figures = clockFigures(
    [
      { hours: 30, receipts: 1 },
      { hours: 1, receipts: 2 },
      { hours: 24, receipts: 1 },
    ],
    CLOCK_DEFAULT,
  );
  assert.deepEqual(figures, { applied: 4, inTime: 3, medianHours: 1 });
  assert.deepEqual(clockFigures([], CLOCK_DEFAULT), { applied: 0, inTime: 0, medianHours: null });
});

test('all that was recorded before a moment waited longer, and nothing recorded from it on', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 * 24 * 60 }),
      fc.integer({ min: 0, max: 200 }),
      fc.constantFrom(berlin, { ...berlin, calendar: null }),
      (minutes, hours, place) => {
        const now = at('2026-04-01T10:30:00Z').add({ minutes });
        const moment = waitedLongerBefore(hours, now, place);
        assert.ok(countedHours(moment.subtract({ milliseconds: 1 }), now, place) > hours);
        assert.ok(countedHours(moment, now, place) <= hours);
      },
    ),
    { numRuns: 60 },
  );
  const never = {
    timeZone: 'UTC',
    calendar: { holidays: new Set<string>(), weekend: new Set([1, 2, 3, 4, 5, 6, 7]) },
  };
  const now = at('2026-04-01T10:30:00Z');
  assert.ok(
    Temporal.Instant.compare(waitedLongerBefore(24, now, never), now) < 0,
    'who never opens keeps nobody waiting',
  );
});
