import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countedHours } from '#clocks/clock.ts';
import { momentAfter } from './deadline.ts';
import { type Candidate, fits, type RoutedTask, routeTask, routeTasks } from './routing.ts';
import { checkTaskRules, FIRST_TASK_RULES, leastOf, type TaskRule } from './rule.ts';

const ANYTHING: Omit<Candidate, 'userId'> = {
  takes: true,
  languages: [],
  companyIds: [],
  policies: [],
  kinds: [],
  amountFrom: null,
  amountTo: null,
  minutesADay: 240,
  minutes: 0,
  substituteId: null,
};
const someone = (userId: string, more: Partial<Candidate> = {}): Candidate => ({
  ...ANYTHING,
  userId,
  ...more,
});
const TASK: RoutedTask = {
  kind: 'bounce',
  minutes: 10,
  ownerId: null,
  language: 'fr',
  companyId: 'one',
  policy: 'strict',
  units: 500n,
};

test('an owner gets what is theirs, whatever their skills and load', () => {
  const people = [someone('anna', { takes: false, minutes: 900 }), someone('ben')];
  assert.deepEqual(routeTask({ ...TASK, ownerId: 'anna' }, people), { userId: 'anna', how: 'owner' });
});

test('while an owner is away their substitute gets it; where that one is away too, it goes by skills', () => {
  const away = someone('anna', { substituteId: 'ben' });
  const mine = { ...TASK, ownerId: 'anna' };
  assert.deepEqual(routeTask(mine, [away, someone('ben'), someone('carl')]), {
    userId: 'ben',
    how: 'substitute',
  });
  assert.deepEqual(routeTask(mine, [away, someone('ben', { substituteId: 'anna' }), someone('carl')]), {
    userId: 'carl',
    how: 'skill',
  });
});

test('an owner who is no member any more is passed over, and what nobody takes is nobody’s', () => {
  assert.deepEqual(routeTask({ ...TASK, ownerId: 'gone' }, [someone('ben')]), {
    userId: 'ben',
    how: 'skill',
  });
  assert.deepEqual(routeTask(TASK, [someone('ben', { languages: ['de'] })]), { userId: null, how: 'nobody' });
  assert.deepEqual(routeTask(TASK, [someone('ben', { substituteId: 'x' })]), { userId: null, how: 'nobody' });
});

test('skills are languages, companies, policies, kinds and a band of amounts, whose end is not in it', () => {
  const cases: readonly (readonly [Partial<Candidate>, boolean])[] = [
    [{}, true],
    [{ takes: false }, false],
    [{ languages: ['de', 'fr'] }, true],
    [{ languages: ['de'] }, false],
    [{ companyIds: ['two'] }, false],
    [{ policies: ['strict'] }, true],
    [{ policies: ['mild'] }, false],
    [{ kinds: ['high_due'] }, false],
    [{ amountFrom: 500n }, true],
    [{ amountFrom: 501n }, false],
    [{ amountTo: 500n }, false],
    [{ amountTo: 501n }, true],
  ];
  for (const [skill, expected] of cases)
    assert.equal(fits(TASK, someone('a', skill)), expected, JSON.stringify(Object.keys(skill)));
  const unknown = { ...TASK, language: null, companyId: null, policy: null, units: null };
  const narrow = someone('a', { languages: ['de'], companyIds: ['x'], policies: ['y'], amountFrom: 9n });
  assert.equal(fits(unknown, narrow), true, 'what is not known speaks against nobody');
});

test('given out one after the other, nobody has more for what they can do than another had before they got their last', () => {
  const people = fc.uniqueArray(
    fc.record({
      userId: fc.string({ minLength: 1, maxLength: 3 }),
      minutes: fc.nat(200),
      minutesADay: fc.integer({ min: 10, max: 480 }),
    }),
    { selector: (one) => one.userId, minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(people, fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 }), (loads, minutes) => {
      const given = routeTasks(
        minutes.map((one) => ({ ...TASK, minutes: one })),
        loads.map(({ userId, ...load }) => someone(userId, load)),
      );
      const have = new Map(loads.map((one) => [one.userId, one.minutes]));
      const loadOf = (userId: string): number =>
        (have.get(userId) ?? 0) / (loads.find((one) => one.userId === userId)?.minutesADay ?? 1);
      for (const { task, routed } of given) {
        const who = routed.userId ?? '';
        assert.ok(loads.every(({ userId }) => loadOf(who) <= loadOf(userId) + 1e-9));
        have.set(who, (have.get(who) ?? 0) + task.minutes);
      }
    }),
  );
});

const moment = (text: string) => Temporal.Instant.from(text);
const BERLIN = { timeZone: 'Europe/Berlin', calendar: { holidays: new Set<string>() } };

test('what is made on Friday noon is to be done in 24 hours of business by Monday noon', () => {
  assert.equal(momentAfter(moment('2026-03-06T11:00:00Z'), 24, BERLIN).toString(), '2026-03-09T11:00:00Z');
  assert.equal(momentAfter(moment('2026-03-07T11:00:00Z'), 24, BERLIN).toString(), '2026-03-09T23:00:00Z');
  const everyHour = { ...BERLIN, calendar: null };
  assert.equal(momentAfter(moment('2026-03-06T11:00:00Z'), 24, everyHour).toString(), '2026-03-07T11:00:00Z');
});

test('by the moment it is to be done exactly so many hours have counted, over changes of clocks too', () => {
  const at = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
  fc.assert(
    fc.property(at, fc.integer({ min: 1, max: 400 }), (ms, hours) => {
      const from = Temporal.Instant.fromEpochMilliseconds(ms);
      const until = momentAfter(from, hours, BERLIN);
      assert.ok(Math.abs(countedHours(from, until, BERLIN) - hours) < 1e-6);
      const before = until.subtract({ milliseconds: 1 });
      assert.ok(countedHours(from, before, BERLIN) < hours);
    }),
  );
});

test('a calendar that is never open does not go on for ever', () => {
  const closed = {
    timeZone: 'UTC',
    calendar: { holidays: new Set<string>(), weekend: new Set([1, 2, 3, 4, 5, 6, 7]) },
  };
  assert.ok(momentAfter(moment('2026-03-06T11:00:00Z'), 24, closed));
});

test('rules are one for each kind, each with what its kind needs, and escalate no sooner than they are to be done', () => {
  checkTaskRules(FIRST_TASK_RULES);
  const problems = (change: (rules: TaskRule[]) => unknown): unknown => {
    const rules = FIRST_TASK_RULES.map((rule) => ({ ...rule }));
    const other = change(rules);
    try {
      checkTaskRules(Array.isArray(other) ? other : rules);
    } catch (error) {
      return (error as { facts?: { problems?: unknown } }).facts?.problems;
    }
    return 'none';
  };
  assert.deepEqual(
    problems((rules) => rules.slice(1)),
    ['due_today is missing'],
  );
  assert.deepEqual(
    problems((rules) => rules.concat(rules.slice(0, 1))),
    ['due_today stands there twice'],
  );
  assert.deepEqual(
    problems((rules) =>
      rules.map((one) => (one.kind === 'bounce' ? { ...one, days: 3, escalateHours: 1 } : one)),
    ),
    ['bounce: days means nothing here', 'bounce: it escalates before it is to be done'],
  );
  assert.deepEqual(
    problems((rules) => rules.map(({ days: _days, ...one }) => one)),
    ['high_due: days is missing', 'hold_ends: days is missing', 'dispute_waits: days is missing'],
  );
});

test('an amount is whole units of the currency of the books', () => {
  assert.equal(leastOf({ amount: 5 }, 'EUR'), 500n);
  assert.equal(leastOf({ amount: 5 }, 'JPY'), 5n);
  assert.equal(leastOf({ amount: 5 }, 'KWD'), 5000n);
});
